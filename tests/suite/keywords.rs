//! Nothing that a specification knows is unknown to the grammar, and what the coverage calls reported is reported.

use oasmith::diagnostic::Code;
use oasmith::job::{Job, Session};
use oasmith::normalize::grammar::{Disposition, Kind};
use oasmith::normalize::{Version, coverage};

/// Keywords that an official schema has by mistake.
const ERRATA: &[(&str, &str, &str)] =
    // The text of 3.1 (section 4.8.20.1) calls the field `server`, as 3.0 and 3.2 do.
    &[("3.1", "link", "body")];

/// The rows of the extract: version, object, keywords.
fn extract() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let lines = include_str!("keywords.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| {
        let [version, object, keywords] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        (version, object, keywords.split(' ').collect())
    });
    rows.collect()
}

fn version(text: &str) -> Version {
    let all = [Version::Swagger2, Version::V3_0, Version::V3_1, Version::V3_2];
    all.into_iter().find(|version| version.as_str() == text).unwrap()
}

/// The kind of object that a definition of an official schema describes.
fn kind(object: &str) -> Option<Kind> {
    let name = object.replace('-', "").to_lowercase();
    let kind = match name.as_str() {
        "document" => Kind::Root,
        "info" => Kind::Info,
        "contact" => Kind::Contact,
        "license" => Kind::License,
        "server" => Kind::Server,
        "servervariable" => Kind::ServerVariable,
        "components" => Kind::Components,
        "pathitem" => Kind::PathItem,
        "operation" => Kind::Operation,
        "bodyparameter" | "parameter" | "nonbodyparameter" | "parameterlocation" | "stylesforform" => Kind::Parameter,
        "header" => Kind::Header,
        "requestbody" => Kind::RequestBody,
        "mediatype" | "examples" => Kind::MediaType,
        "encoding" => Kind::Encoding,
        "responses" => Kind::Responses,
        "response" | "responsevalue" => Kind::Response,
        "link" => Kind::Link,
        // A reference may have prose beside it, which an example object has as well.
        "example" | "reference" | "jsonreference" => Kind::Example,
        "tag" => Kind::Tag,
        "externaldocs" | "externaldocumentation" => Kind::ExternalDocs,
        "oauthflows" => Kind::OAuthFlows,
        "implicit" | "password" | "clientcredentials" | "authorizationcode" | "deviceauthorization" => Kind::OAuthFlow,
        "schema" | "fileschema" => Kind::Schema,
        "discriminator" => Kind::Discriminator,
        "xml" => Kind::Xml,
        "primitivesitems" => Kind::Items,
        name if name.ends_with("parametersubschema") || name.starts_with("stylesfor") => Kind::Parameter,
        name if name.ends_with("security") || name.ends_with("securityscheme") => Kind::SecurityScheme,
        name if name.starts_with("type") => Kind::SecurityScheme,
        name if name.ends_with("flow") => Kind::OAuthFlow,
        _ => return None,
    };
    Some(kind)
}

#[test]
fn every_keyword_of_the_official_schemas_is_in_the_grammar() {
    let mut missing = Vec::new();
    for (text, object, keywords) in extract() {
        let Some(kind) = kind(object) else {
            missing.push(format!("{text} {object} is no kind of object"));
            continue;
        };
        for keyword in keywords.into_iter().filter(|keyword| !ERRATA.contains(&(text, object, keyword))) {
            let found = kind.keyword_in(version(text), keyword).map(|row| row.disposition);
            if matches!(found, None | Some(Disposition::Reported(Code::UnknownKeyword))) {
                missing.push(format!("{text} {object} {keyword}"));
            }
        }
    }
    assert!(missing.is_empty(), "the grammar lacks:\n{}", missing.join("\n"));
}

#[test]
fn the_extract_has_every_version_and_the_objects_that_matter() {
    for version in ["2.0", "3.0", "3.1", "3.2"] {
        let rows: Vec<_> = extract().into_iter().filter(|row| row.0 == version).collect();
        for kind in [Kind::Root, Kind::PathItem, Kind::Operation, Kind::Parameter, Kind::Schema, Kind::SecurityScheme] {
            assert!(rows.iter().any(|row| self::kind(row.1) == Some(kind)), "{version} has no {kind:?}");
        }
        let words: usize = rows.iter().map(|row| row.2.len()).sum();
        assert!(words > 150, "{version}: {words}");
    }
    for (version, object, keyword) in ERRATA {
        let has = |row: &(&str, &str, Vec<&str>)| row.0 == *version && row.1 == *object && row.2.contains(keyword);
        assert!(extract().iter().any(has), "{version} {object} {keyword} is no mistake any more");
    }
}

/// A description with a keyword of every kind that is reported.
const REPORTED: &str = "\
openapi: 3.0.3
info: {title: T, version: '1', author: me}
paths:
  /a:
    post:
      consumes: [application/json]
      parameters:
        - name: a
          in: query
          type: string
          schema:
            $ref: '#/components/schemas/A'
            minLength: 1
        - {name: b, in: body, schema: {}}
      requestBody:
        required: true
        $ref: '#/components/requestBodies/B'
      responses:
        '20': {description: no status}
        '200': {description: ok, headers: {X: {allowReserved: true, schema: {type: string}}}}
components:
  requestBodies: {B: {content: {application/json: {schema: {type: string}}}}}
  schemas:
    A:
      type: object
      if: {}
      then: {}
      else: {}
      dependentSchemas: {}
      properties:
        list: {type: array, items: {}, contains: {}, minContains: 1, maxContains: 2}
        text: {type: string, contentSchema: {}, lenght: 3}
";

/// The same for Swagger 2.0.
const REPORTED_SWAGGER: &str = "\
swagger: '2.0'
info: {title: T, version: '1'}
host: example.com
schemes: [https, ws]
paths:
  /a:
    get:
      parameters:
        - {name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}
        - name: b
          in: query
          type: array
          items: {type: array, items: {type: string}, collectionFormat: csv}
          nullable: true
      requestBodies: {}
      responses:
        200: {description: ok, headers: {X: {type: array, items: {type: string}, collectionFormat: pipes}}}
";

#[track_caller]
fn check_reported(text: &str, at_least: usize) {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("api.yaml");
    std::fs::write(&spec, text).unwrap();
    let job = Job { spec: Some(spec), ..Job::default() };
    let mut session = Session::default();
    let Ok(loaded) = job.load(&mut session) else { panic!("{session:?}") };
    let found = coverage(&loaded.documents);
    assert!(job.generate(loaded, &mut session).is_ok(), "{session:?}");
    let line = |span| session.files.line_col(span).0;
    let mut rows = 0;
    for row in &found {
        let Disposition::Reported(code) = row.disposition else { continue };
        rows += 1;
        let said = session.diagnostics.iter().any(|diagnostic| {
            diagnostic.code == code && diagnostic.span.is_some_and(|span| line(span) == line(row.first))
        });
        let (line, name) = (line(row.first), format!("{} {}", row.object, row.keyword));
        assert!(said, "{name} in line {line} is not reported as {code}: {:#?}", session.diagnostics);
    }
    assert!(rows >= at_least, "{rows}: {found:#?}");
}

#[test]
fn what_the_coverage_calls_reported_is_a_diagnostic_at_that_line() {
    check_reported(REPORTED, 17);
}

#[test]
fn what_the_coverage_of_swagger_calls_reported_is_a_diagnostic_at_that_line() {
    check_reported(REPORTED_SWAGGER, 6);
}
