//! Whole documents: what goes in as one dialect or several files comes out as one skeleton and flat schemas.

use super::grammar::Disposition;
use super::testing::{node, normalized, text};
use super::{Normalized, Version};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Node;
use crate::model;

/// A document around some paths and components.
fn document(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: t, version: '1'}}\n{rest}")
}

fn one(text: &str) -> (Normalized, Diagnostics) {
    normalized(&[("api.yaml", text)])
}

/// A schema as text; what is missing is named.
fn schema(normalized: &Normalized, pointer: &str) -> String {
    normalized.schemas.get(pointer).map_or_else(|| format!("{pointer} is missing"), text)
}

fn place<'a>(normalized: &'a Normalized, pointer: &str) -> Option<&'a Node> {
    crate::pointer::find(&normalized.skeleton, pointer)
}

fn at(normalized: &Normalized, pointer: &str) -> String {
    place(normalized, pointer).map_or_else(|| format!("{pointer} is missing"), text)
}

fn assert_clean(diagnostics: &Diagnostics) {
    assert!(diagnostics.is_empty(), "{:#?}", diagnostics.iter().collect::<Vec<_>>());
}

#[test]
fn schemas_are_one_level_deep_and_keyed_by_their_pointers() {
    let (found, diagnostics) = one(&document(
        "3.1.0",
        "components: {schemas: {Lead: {type: object, properties: {a: {type: array, items: {type: string}}, b: {$ref: '#/components/schemas/Lead'}}}}}",
    ));
    assert_clean(&diagnostics);
    assert_eq!(
        schema(&found, "/components/schemas/Lead"),
        r#"{"type":"object","properties":{"a":{"$ref":"/components/schemas/Lead/properties/a"},"b":{"$ref":"/components/schemas/Lead"}}}"#
    );
    assert_eq!(
        schema(&found, "/components/schemas/Lead/properties/a"),
        r#"{"type":"array","items":{"$ref":"/components/schemas/Lead/properties/a/items"}}"#
    );
    let keys: Vec<&str> = found.schemas.keys().map(String::as_str).collect();
    assert_eq!(keys.len(), 3);
    assert_eq!(at(&found, "/components/schemas"), r#"{"Lead":{"$ref":"/components/schemas/Lead"}}"#);
}

#[test]
fn nest_of_ten_thousand_levels_does_not_overflow() {
    let mut tree = node("{type: string}");
    for _ in 0..10_000 {
        let mut outer = node("{type: array}");
        outer.insert("items", tree);
        tree = outer;
    }
    let mut root = node(&document("3.1.0", "components: {schemas: {Deep: {}}}"));
    if let Some(schemas) = root.get_mut("components").and_then(|components| components.get_mut("schemas")) {
        schemas.insert("Deep", tree);
    }
    let mut files = crate::source::Files::default();
    let mut diagnostics = Diagnostics::new();
    let Ok(mut documents) = crate::document::load_text("api.yaml", "openapi: 3.1.0", &mut files, &mut diagnostics)
    else {
        panic!()
    };
    if let Some(entry) = documents.roots.first_mut() {
        entry.tree = root;
    }
    let Ok(found) = super::normalize(documents, &mut diagnostics) else { panic!() };
    assert_eq!(found.schemas.len(), 10_001);
    let read = model::read(found, &mut diagnostics);
    assert_eq!(read.map(|model| model.schemas.by_pointer.len()).ok(), Some(10_001));
}

#[test]
fn parameter_reference_is_replaced_by_a_copy_that_keeps_the_identity_of_its_schema() {
    let (found, diagnostics) = one(&document(
        "3.0.3",
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Limit'}], responses: {'200': {description: ok}}}}}
components: {parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}}",
    ));
    assert_clean(&diagnostics);
    assert_eq!(
        at(&found, "/paths/~1a/get/parameters/0"),
        r#"{"name":"limit","in":"query","schema":{"$ref":"/components/parameters/Limit/schema"}}"#
    );
}

#[test]
fn references_into_other_files_are_named_by_their_path() {
    let main = document(
        "3.0.3",
        "paths: {/a: {$ref: 'parts/paths.yaml#/a'}}
components: {schemas: {Main: {type: string}}}",
    );
    let parts =
        "a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'pet.yaml'}}}}}}}";
    let pet = "{type: object, properties: {main: {$ref: '../api.yaml#/components/schemas/Main'}, friend: {$ref: 'pet.yaml#'}}}";
    let (found, diagnostics) = normalized(&[("api.yaml", &main), ("parts/paths.yaml", parts), ("parts/pet.yaml", pet)]);
    assert_clean(&diagnostics);
    assert_eq!(
        at(&found, "/paths/~1a/get/responses/200/content/application~1json/schema"),
        r##"{"$ref":"parts/pet.yaml#"}"##
    );
    assert_eq!(
        schema(&found, "parts/pet.yaml#"),
        r##"{"type":"object","properties":{"main":{"$ref":"/components/schemas/Main"},"friend":{"$ref":"parts/pet.yaml#"}}}"##
    );
}

#[test]
fn component_that_stands_for_another_file_gives_it_its_name() {
    let main = document(
        "3.0.3",
        "paths: {}
components: {schemas: {Pet: {$ref: 'pet.yaml'}, Same: {$ref: 'pet.yaml'}}}",
    );
    let (found, diagnostics) =
        normalized(&[("api.yaml", &main), ("pet.yaml", "{type: object, properties: {friend: {$ref: 'pet.yaml'}}}")]);
    assert_clean(&diagnostics);
    let pet = r#"{"type":"object","properties":{"friend":{"$ref":"/components/schemas/Pet"}}}"#;
    assert_eq!(schema(&found, "/components/schemas/Pet"), pet);
    assert_eq!(schema(&found, "/components/schemas/Same"), r#"{"$ref":"/components/schemas/Pet"}"#);
    assert_eq!(found.schemas.len(), 2);
}

#[test]
fn dangling_reference_is_reported_with_the_nearest_name() {
    let (found, diagnostics) = one(&document(
        "3.0.3",
        "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Laed'}}}}}}}}
components: {schemas: {Lead: {type: object}}}",
    ));
    let Some(first) = diagnostics.iter().next() else { panic!() };
    assert_eq!(
        (first.code, first.message.as_str()),
        (Code::UnknownReference, "nothing is defined at `#/components/schemas/Laed`")
    );
    assert_eq!(first.help, ["did you mean `Lead`?"]);
    assert_eq!(schema(&found, "/paths/~1a/get/responses/200/content/application~1json/schema"), "{}");
}

#[test]
fn circle_of_references_is_reported() {
    let (_, diagnostics) = one(&document(
        "3.0.3",
        "paths: {}
components: {parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}},
  schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
    ));
    assert!(diagnostics.count(Code::ReferenceCycle) >= 2);
}

#[test]
fn reference_into_a_property_and_through_another_reference_is_found() {
    let (found, diagnostics) = one(&document(
        "3.1.0",
        "components: {schemas: {A: {properties: {x: {type: string}}}, B: {$ref: '#/components/schemas/A'},
  C: {items: {$ref: '#/components/schemas/B/properties/x'}}}}",
    ));
    assert_clean(&diagnostics);
    assert_eq!(schema(&found, "/components/schemas/C"), r#"{"items":{"$ref":"/components/schemas/A/properties/x"}}"#);
}

#[test]
fn anchors_and_ids_are_resolved() {
    let (found, diagnostics) = one(&document(
        "3.1.0",
        "components: {schemas: {A: {$id: 'https://example.com/a', $defs: {n: {$anchor: node, type: string}}, properties: {p: {$ref: '#node'}, q: {$ref: '#/$defs/n'}}},
  B: {items: {$ref: 'https://example.com/a'}}, C: {$dynamicAnchor: c, items: {$dynamicRef: '#c'}}}}",
    ));
    assert_clean(&diagnostics);
    let n = r##"{"$ref":"/components/schemas/A/$defs/n"}"##;
    assert_eq!(
        schema(&found, "/components/schemas/A"),
        format!(r#"{{"$id":"https://example.com/a","properties":{{"p":{n},"q":{n}}}}}"#)
    );
    assert_eq!(schema(&found, "/components/schemas/B"), r#"{"items":{"$ref":"/components/schemas/A"}}"#);
    assert_eq!(schema(&found, "/components/schemas/C/items"), r#"{"$ref":"/components/schemas/C"}"#);
}

#[test]
fn mapping_by_bare_name_is_the_component() {
    let (found, diagnostics) = one(&document(
        "3.0.3",
        "paths: {}
components: {schemas: {Dog: {type: object}, Cat: {type: object}, Pet: {oneOf: [{$ref: '#/components/schemas/Dog'}],
  discriminator: {propertyName: kind, mapping: {d: Dog, c: '#/components/schemas/Cat'}}}}}",
    ));
    assert_clean(&diagnostics);
    assert_eq!(
        schema(&found, "/components/schemas/Pet"),
        r#"{"oneOf":[{"$ref":"/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"d":"/components/schemas/Dog","c":"/components/schemas/Cat"}}}"#
    );
}

#[test]
fn words_that_openapi_3_0_lacks_ride_in_extensions() {
    let (found, diagnostics) = one(&document(
        "3.2.0",
        "$self: https://example.com/api
tags: [{name: a, parent: b, kind: nav}]
webhooks: {ping: {post: {responses: {'200': {description: ok}}}}}
paths:
  /a:
    query: {responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: object}}}}}}
    additionalOperations: {COPY: {responses: {'200': {description: ok}}}}
    get:
      parameters: [{name: q, in: querystring, content: {application/json: {schema: {type: object}}}}]
      responses: {'200': {description: ok}}
components: {securitySchemes: {tls: {type: mutualTLS}}}",
    ));
    assert_clean(&diagnostics);
    assert_eq!(at(&found, "/x-norm-self"), r#""https://example.com/api""#);
    assert_eq!(at(&found, "/tags/0"), r#"{"name":"a","x-norm-parent":"b","x-norm-kind":"nav"}"#);
    assert!(place(&found, "/x-norm-webhooks/ping/post").is_some());
    assert!(place(&found, "/paths/~1a/x-norm-operations/COPY").is_some());
    assert_eq!(
        at(&found, "/paths/~1a/x-norm-operations/QUERY/responses/200/content/application~1jsonl"),
        r#"{"x-norm-item-schema":{"$ref":"/paths/~1a/query/responses/200/content/application~1jsonl/itemSchema"}}"#
    );
    assert_eq!(at(&found, "/paths/~1a/get/parameters/0/in"), r#""query""#);
    assert_eq!(at(&found, "/paths/~1a/get/parameters/0/x-norm-in"), r#""querystring""#);
    assert_eq!(at(&found, "/components/securitySchemes/tls"), r#"{"type":"http","scheme":"x-norm-mutual-tls"}"#);
    let mut diagnostics = diagnostics;
    assert!(model::read(found, &mut diagnostics).is_ok());
}

#[test]
fn evident_mistakes_are_repaired_and_reported() {
    let (found, diagnostics) = one(&document(
        "3.0.3",
        "paths: {a: {get: {deprecated: 'true', operationID: x, responses: {200: {}}}}}
components: {schemas: {A: {type: integer, minimum: '5', description: [one, two]}}}",
    ));
    assert_eq!(at(&found, "/paths/~1a/get"), r#"{"deprecated":true,"responses":{"200":{"description":""}}}"#);
    assert_eq!(schema(&found, "/components/schemas/A"), r#"{"type":"integer","minimum":5,"description":"one\ntwo"}"#);
    let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`minimum` should be a number, not a string",
            "`description` should be a string, not an array",
            "`a` stands for `/a`",
            "`deprecated` should be `true` or `false`, not a string",
            "an operation object has no keyword `operationID`",
            "a response object lacks `description`",
        ]
    );
}

/// Rows of the coverage of one text, without their places.
fn rows(text: &str) -> Vec<(String, Disposition, usize)> {
    let (mut files, mut diagnostics) = (crate::source::Files::default(), Diagnostics::new());
    let Ok(documents) = crate::document::load_text("api.yaml", text, &mut files, &mut diagnostics) else { panic!() };
    let rows = super::coverage(&documents).into_iter();
    rows.map(|row| (format!("{} {}", row.object, row.keyword), row.disposition, row.count)).collect()
}

#[track_caller]
fn assert_row(rows: &[(String, Disposition, usize)], name: &str, disposition: Disposition, count: usize) {
    let found: Vec<_> = rows.iter().filter(|row| row.0 == name).collect();
    assert_eq!(found, [&(name.to_owned(), disposition, count)], "{rows:#?}");
}

#[test]
fn coverage_counts_keywords_with_what_becomes_of_them() {
    let rows = rows(&document(
        "3.1.0",
        "components: {schemas: {A: {type: string, x-mine: 1}, B: {type: [string, 'null'], if: {}, x-rust-name: C, tpye: x}}}",
    ));
    assert_row(&rows, "a schema type: string", Disposition::Modelled, 2);
    assert_row(&rows, "a schema type: null", Disposition::Modelled, 1);
    assert_row(&rows, "a schema if", Disposition::Reported(Code::UnsupportedKeyword), 1);
    assert_row(&rows, "a schema x-mine", Disposition::PassedThrough, 1);
    assert_row(&rows, "a schema x-rust-name", Disposition::Modelled, 1);
    assert_row(&rows, "a schema tpye", Disposition::Reported(Code::UnknownKeyword), 1);
}

#[test]
fn coverage_of_swagger_is_in_its_own_words() {
    let rows = rows(SWAGGER);
    assert_row(&rows, "the OpenAPI object definitions", Disposition::Modelled, 1);
    assert_row(&rows, "the OpenAPI object basePath", Disposition::Modelled, 1);
    assert_row(&rows, "an operation object consumes", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object in: formData", Disposition::Modelled, 2);
    assert_row(&rows, "a parameter object in: body", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object collectionFormat: pipes", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object type: file", Disposition::Modelled, 1);
    assert_row(&rows, "a schema type: file", Disposition::Modelled, 1);
    assert_row(&rows, "a schema x-nullable", Disposition::Modelled, 1);
    assert_row(&rows, "a security scheme object flow: accessCode", Disposition::Modelled, 1);
    assert!(
        !rows.iter().any(|row| matches!(row.1, Disposition::Reported(_)) || row.0.contains("components")),
        "{rows:#?}"
    );
}

#[test]
fn coverage_counts_a_shared_object_once() {
    let rows = rows(&document(
        "3.0.3",
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}, {$ref: '#/components/parameters/P'}], responses: {}}}}
components: {parameters: {P: {name: p, in: query, schema: {type: string}}}}",
    ));
    assert_row(&rows, "a parameter object in: query", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object $ref", Disposition::Modelled, 2);
}

#[test]
fn nothing_that_swagger_says_is_dropped_in_silence() {
    let (_, diagnostics) = one("swagger: '2.0'
info: {title: t, version: '1'}
schemes: [https, wss]
host: example.com
paths:
  /a:
    post:
      produces: [application/json]
      parameters:
        - {name: f, in: formData, type: string, allowEmptyValue: true, nonsense: 1}
        - {name: q, in: query, type: string, collectionFormat: csv}
        - {name: r, in: query, type: array, items: {type: array, items: {type: string}, collectionFormat: pipes}}
      responses:
        200:
          description: ok
          schema: {type: object}
          examples: {text/csv: 'a,b'}
          headers: {X: {type: array, items: {type: string}, collectionFormat: ssv}}
    put:
      parameters: [{name: b, in: body, schema: {type: object}, type: string, collectionFormats: csv}]
      responses: {200: {description: ok}}
");
    let mut said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "`allowEmptyValue` of a form field has no effect on the client",
            "`collectionFormat` has no effect on a value that is no array",
            "`collectionFormat` of items has no effect on the client",
            "a parameter object has no keyword `collectionFormats`",
            "a parameter object has no keyword `nonsense`",
            "the client speaks HTTP only; addresses of web sockets have no effect",
            "the collection format `ssv` is not supported here; values are joined by commas",
            "the response is not of type `text/csv`, so its example has no effect",
        ]
    );
}

pub(super) const SWAGGER: &str = "swagger: '2.0'
info: {title: t, version: '1'}
host: api.example.com
basePath: /v1/
schemes: [http, https]
consumes: [application/json]
produces: [application/json, text/csv]
definitions:
  Pet: {type: object, properties: {name: {type: string, x-nullable: true}}}
parameters:
  Limit: {name: limit, in: query, type: integer, default: 10}
  Body: {name: pet, in: body, required: true, schema: {type: object}}
responses:
  Missing: {description: none, schema: {$ref: '#/definitions/Pet'}}
securityDefinitions:
  key: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {r: read}}
paths:
  /pets:
    parameters: [{$ref: '#/parameters/Limit'}]
    get:
      parameters: [{name: tags, in: query, type: array, items: {type: string}, collectionFormat: pipes}]
      responses: {200: {description: ok, schema: {type: array, items: {$ref: '#/definitions/Pet'}}, headers: {X-Rate: {type: integer}}}, 404: {$ref: '#/responses/Missing'}}
    post:
      parameters: [{$ref: '#/parameters/Body'}]
      responses: {200: {description: ok, schema: {type: file}}}
    put:
      consumes: [multipart/form-data]
      parameters:
        - {name: file, in: formData, type: file, required: true}
        - {name: ids, in: formData, type: array, items: {type: string}, collectionFormat: multi}
      responses: {204: {description: ok}}
";

#[test]
fn swagger_operations_become_openapi_operations() {
    let (found, diagnostics) = one(SWAGGER);
    assert_clean(&diagnostics);
    assert_eq!(found.version, Version::Swagger2);
    assert_eq!(at(&found, "/servers"), r#"[{"url":"https://api.example.com/v1"},{"url":"http://api.example.com/v1"}]"#);
    assert_eq!(
        at(&found, "/paths/~1pets/parameters/0"),
        r#"{"name":"limit","in":"query","schema":{"$ref":"/components/parameters/Limit/schema"}}"#
    );
    assert_eq!(
        at(&found, "/paths/~1pets/get/parameters/0"),
        r#"{"name":"tags","in":"query","style":"pipeDelimited","explode":false,"schema":{"$ref":"/paths/~1pets/get/parameters/0/schema"}}"#
    );
    let shared = r#"{"schema":{"$ref":"/paths/~1pets/get/responses/200/content/application~1json/schema"}}"#;
    assert_eq!(
        at(&found, "/paths/~1pets/get/responses/200/content"),
        format!(r#"{{"application/json":{shared},"text/csv":{shared}}}"#)
    );
    assert_eq!(
        at(&found, "/paths/~1pets/get/responses/404/content/text~1csv/schema"),
        r#"{"$ref":"/components/schemas/Pet"}"#
    );
    assert_eq!(schema(&found, "/components/schemas/Pet/properties/name"), r#"{"type":["string","null"]}"#);
    assert_eq!(
        at(&found, "/components/securitySchemes/oauth/flows"),
        r#"{"authorizationCode":{"authorizationUrl":"a","tokenUrl":"t","scopes":{"r":"read"}}}"#
    );
    assert_eq!(at(&found, "/components/securitySchemes/key"), r#"{"type":"http","scheme":"basic"}"#);
}

#[test]
fn swagger_bodies_and_forms_become_request_bodies() {
    let (found, diagnostics) = one(SWAGGER);
    assert_clean(&diagnostics);
    assert_eq!(
        at(&found, "/paths/~1pets/post/requestBody"),
        r#"{"required":true,"x-norm-name":"pet","content":{"application/json":{"schema":{"$ref":"/components/x-norm-body-parameters/Body/schema"}}}}"#
    );
    assert_eq!(
        schema(&found, "/paths/~1pets/post/responses/200/content/text~1csv/schema"),
        r#"{"type":"string","format":"binary"}"#
    );
    let form = "/paths/~1pets/put/requestBody/content/multipart~1form-data";
    assert_eq!(
        at(&found, form),
        format!(
            r#"{{"schema":{{"$ref":"{form}/schema"}},"encoding":{{"ids":{{"style":"form","explode":true,"x-norm-explode":true}}}}}}"#
        )
    );
    assert_eq!(schema(&found, &format!("{form}/schema/properties/file")), r#"{"type":"string","format":"binary"}"#);
    let mut diagnostics = diagnostics;
    assert!(model::read(found, &mut diagnostics).is_ok());
}
