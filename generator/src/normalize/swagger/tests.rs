//! What becomes of Swagger 2.0, rule by rule.

use crate::model;
use crate::normalize::Version;
use crate::normalize::testing::{assert_clean, at, one, schema};

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

pub(in crate::normalize) const SWAGGER: &str = "swagger: '2.0'
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

/// The normalized form of one operation, with what is said about it.
fn operation(rest: &str) -> (crate::normalize::Normalized, Vec<String>) {
    let (found, diagnostics) = one(&format!(
        "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\nconsumes: [application/json]\npaths: {{/a: {{post: {{{rest}}}}}}}\n"
    ));
    (found, diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect())
}

const OK: &str = "responses: {200: {description: ok}}";

#[test]
fn body_of_the_path_serves_an_operation_without_its_own() {
    let (found, _) = one("swagger: '2.0'
info: {title: t, version: '1'}
paths: {/a: {parameters: [{name: b, in: body, schema: {type: string}}], post: {responses: {200: {description: ok}}}}}");
    assert!(at(&found, "/paths/~1a/post/requestBody").contains("application/json"));
    assert_eq!(at(&found, "/paths/~1a/parameters"), "[]");
}

#[test]
fn extension_of_a_form_field_stays_with_it() {
    let (found, said) =
        operation(&format!("parameters: [{{name: f, in: formData, type: string, x-rust-name: g}}], {OK}"));
    let form = "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f";
    assert_eq!(schema(&found, form), r#"{"type":"string","x-rust-name":"g"}"#);
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn form_with_a_file_is_multipart() {
    let (found, _) = operation(&format!(
        "consumes: [application/x-www-form-urlencoded], parameters: [{{name: f, in: formData, type: file}}], {OK}"
    ));
    assert!(at(&found, "/paths/~1a/post/requestBody/content").starts_with(r#"{"multipart/form-data""#));
}

#[test]
fn schemes_of_an_operation_are_its_servers() {
    let (found, _) = one("swagger: '2.0'
info: {title: t, version: '1'}
host: h
paths: {/a: {get: {schemes: [http], responses: {200: {description: ok}}}}}");
    assert_eq!(at(&found, "/paths/~1a/get/servers"), r#"[{"url":"http://h"}]"#);
}

#[test]
fn separator_that_later_versions_lack_is_reported() {
    let (_, said) = operation(&format!(
        "parameters: [{{name: q, in: query, type: array, items: {{type: string}}, collectionFormat: tsv}}], {OK}"
    ));
    assert_eq!(said, ["the collection format `tsv` is not supported here; values are joined by commas"]);
}

#[test]
fn example_of_a_response_goes_to_its_media_type() {
    let (found, said) = operation(
        "produces: [application/json], responses: {200: {description: ok, schema: {type: object}, examples: {application/json: {a: 1}}}}",
    );
    assert!(at(&found, "/paths/~1a/post/responses/200/content").contains(r#""example":{"a":1}"#));
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn file_that_only_json_is_declared_for_is_bytes() {
    let (found, _) =
        operation("produces: [application/json], responses: {200: {description: ok, schema: {type: file}}}");
    assert!(at(&found, "/paths/~1a/post/responses/200/content").starts_with(r#"{"application/octet-stream""#));
}

#[test]
fn flow_that_nobody_knows_is_reported() {
    let (found, diagnostics) = one("swagger: '2.0'
info: {title: t, version: '1'}
paths: {}
securityDefinitions: {o: {type: oauth2, flow: strange, tokenUrl: t, authorizationUrl: a, scopes: {}}}");
    let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(said, ["`flow` should be one of `implicit`, `password`, `application`, `accessCode`"]);
    assert!(at(&found, "/components/securitySchemes/o/flows").contains("authorizationCode"));
}
