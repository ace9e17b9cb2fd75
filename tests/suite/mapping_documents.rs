//! What documents may look like: one test for each row of `tests/mapping.toml`, section `documents`.

use oasmith::diagnostic::Code;

use crate::small::{Small, api, document, files, schemas};

/// One operation `look` in a group `t`, described by the rest of a path item's method.
fn operation(version: &str, rest: &str) -> Small {
    api(version, &format!("paths: {{/a: {{get: {{operationId: look, tags: [t], {rest}}}}}}}"))
}

const OK: &str = "responses: {'204': {description: ok}}";

#[test]
fn json_is_read_whatever_the_file_is_called_and_so_is_yaml() {
    let json = r#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {},
        "components": {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}}}"#;
    files(&[("api.yaml", json)]).is_clean().has("a", &["pub a: Option<String>,"]);
    let yaml =
        document("3.0.3", "paths: {}\ncomponents: {schemas: {A: {type: object, properties: {a: {type: string}}}}}");
    files(&[("api.json", &yaml)]).is_clean().has("a", &["pub a: Option<String>,"]);
}

#[test]
fn words_that_yaml_1_1_would_change_stay_what_they_are() {
    schemas("3.0.3", "A: {type: object, properties: {on: {type: string}, y: {type: string}, 1_000: {type: string}, 010: {type: string}, 2020-01-01: {type: string}}}\nE: {type: string, enum: [no, off, 2020-01-01, 1_000, 0o17]}")
        .is_clean()
        .has("a", &["\"on\" =>", "\"y\" =>", "\"1_000\" =>", "\"010\" =>", "\"2020-01-01\" =>"])
        .has("e", &["= \"no\",", "= \"off\",", "= \"2020-01-01\",", "= \"1_000\","]);
}

#[test]
fn duplicate_key_is_refused_with_its_place() {
    schemas("3.0.3", "A: {type: object}\nA: {type: string}").is_refused(Code::DuplicateKey, "api.yaml:7:5");
}

#[test]
fn types_come_from_other_files_by_path_pointer_and_bare_name() {
    let main = document(
        "3.0.3",
        "paths: {}
components:
  schemas:
    A: {type: object, properties: {whole: {$ref: pet.yaml}, part: {$ref: 'parts/more.yaml#/definitions/Part'}, bare: {$ref: B}}}
    B: {type: object, properties: {b: {type: string}}}",
    );
    let pet = "{type: object, properties: {name: {type: string}}}";
    let more = "definitions: {Part: {type: object, properties: {pet: {$ref: ../pet.yaml}}}}";
    files(&[("api.yaml", &main), ("pet.yaml", pet), ("parts/more.yaml", more)])
        .says(Code::RepairedReference, "a bare name stands for a component")
        .has("a", &["pub whole: Option<", "pub part: Option<", "pub bare: Option<B>,"]);
}

#[test]
fn types_are_found_by_id_anchor_and_defs() {
    schemas(
        "3.1.0",
        "A: {type: object, $id: 'https://example.com/a', $defs: {n: {$anchor: node, type: object, properties: {v: {type: integer}}}}, \
         properties: {p: {$ref: '#node'}, q: {$ref: '#/$defs/n'}, r: {$ref: 'https://example.com/a'}}}",
    )
    .is_clean()
    .has("a", &["pub r: Option<Box<A>>,", "pub v: Option<i64>,"]);
}

#[test]
fn types_of_two_files_may_contain_each_other() {
    let main = document(
        "3.0.3",
        "paths: {}\ncomponents: {schemas: {A: {type: object, properties: {b: {$ref: 'b.yaml#/B'}}}}}",
    );
    let other = "B: {type: object, properties: {a: {$ref: 'api.yaml#/components/schemas/A'}, list: {type: array, items: {$ref: '#/B'}}}}";
    files(&[("api.yaml", &main), ("b.yaml", other)]).is_clean().has("a", &["pub b: Option<"]);
}

#[test]
fn references_that_only_lead_to_each_other_across_files_are_any_json() {
    let main = document("3.0.3", "paths: {}\ncomponents: {schemas: {A: {$ref: 'b.yaml#/B'}}}");
    files(&[("api.yaml", &main), ("b.yaml", "B: {$ref: 'api.yaml#/components/schemas/A'}")])
        .says(Code::ReferenceCycle, "leads back to itself")
        .has("a", &["pub type A = Value;"]);
}

#[test]
fn remote_reference_without_a_vendored_copy_is_any_json_with_a_warning_or_with_a_note_when_allowed() {
    let main = document(
        "3.0.3",
        "paths: {}\ncomponents: {schemas: {A: {type: object, properties: {b: {$ref: 'https://x.test/b.yaml#/B'}}}}}",
    );
    let copy = "B: {type: object, properties: {n: {type: integer}}}";
    files(&[("api.yaml", &main)])
        .says(Code::RemoteReference, "`https://x.test/b.yaml` is on another host")
        .has("a", &["pub b: Option<Value>,"]);
    files(&[("api.yaml", &main), ("oasmith.toml", "allow-remote = true\n")])
        .says(Code::RemoteReferenceIgnored, "is on another host")
        .has("a", &["pub b: Option<Value>,"]);
    let config = "[vendored]\n\"https://x.test/b.yaml\" = \"copies/b.yaml\"\n";
    files(&[("api.yaml", &main), ("oasmith.toml", config), ("copies/b.yaml", copy)])
        .is_clean()
        .has("a", &["pub b: Option<B>,"])
        .has("b", &["pub n: Option<i64>,"]);
}

/// A document of Swagger 2.0 with one operation.
fn swagger(rest: &str) -> Small {
    files(&[("api.yaml", &format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{rest}\n"))])
}

#[test]
fn definitions_of_swagger_are_types() {
    swagger("paths: {}\ndefinitions: {Pet: {type: object, properties: {name: {type: string, x-nullable: true}, id: {type: integer, format: int64}}}}")
        .is_clean()
        .has("pet", &["pub name: Option<String>,", "pub id: Option<i64>,"]);
}

#[test]
fn body_and_form_parameters_of_swagger_are_bodies() {
    swagger(
        "paths:
  /a:
    post: {operationId: send, tags: [t], consumes: [application/json], parameters: [{name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}], responses: {204: {description: ok}}}
    put: {operationId: form, tags: [t], parameters: [{name: f, in: formData, type: string, required: true}], responses: {204: {description: ok}}}
    patch: {operationId: upload, tags: [t], consumes: [multipart/form-data], parameters: [{name: f, in: formData, type: file, required: true}], responses: {204: {description: ok}}}
definitions: {Pet: {type: object, properties: {name: {type: string}}}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["pub fn send(self, body: Pet)", ".form(&body, &[])", ".multipart(&body, &[])", "pub f: File,"]);
}

#[test]
fn collection_formats_of_swagger_are_styles() {
    swagger(
        "paths: {/a: {get: {operationId: a, tags: [t], parameters: [
  {name: p, in: query, type: array, items: {type: string}, collectionFormat: pipes},
  {name: s, in: query, type: array, items: {type: string}, collectionFormat: ssv},
  {name: m, in: query, type: array, items: {type: string}, collectionFormat: multi},
  {name: c, in: query, type: array, items: {type: string}, collectionFormat: csv}], responses: {204: {description: ok}}}}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["\"p\", Style::PIPE", "\"s\", Style::SPACE", "\"m\", Style::FORM,", "\"c\", Style::FORM_JOINED"]);
}

#[test]
fn media_types_of_swagger_are_those_of_the_operation_or_else_of_the_document() {
    swagger(
        "consumes: [application/json]\nproduces: [application/json]\npaths:
  /a:
    get: {operationId: own, tags: [t], produces: [text/plain], responses: {200: {description: ok, schema: {type: string}}}}
    post: {operationId: shared, tags: [t], responses: {200: {description: ok, schema: {type: object, properties: {a: {type: string}}}}}}",
    )
    .contains("src/api/t.rs", &["accept: \"text/plain\",", " as json,\n    error: Undocumented,\n}"]);
}

#[test]
fn host_base_path_and_schemes_of_swagger_are_the_server() {
    swagger("host: api.example.com\nbasePath: /v1/\nschemes: [http, https]\npaths: {/a: {get: {operationId: a, tags: [t], responses: {204: {description: ok}}}}}")
        .is_clean()
        .contains("src/client.rs", &["https://api.example.com/v1"]);
}

#[test]
fn file_of_swagger_is_a_download() {
    swagger("paths: {/a: {get: {operationId: fetch, tags: [t], responses: {200: {description: ok, schema: {type: file}}}}}}")
        .is_clean()
        .contains("src/api/t.rs", &["output: Download as download,"]);
}

#[test]
fn version_3_0_says_nullable_and_exclusive_with_flags() {
    schemas("3.0.3", "A: {type: object, required: [n], properties: {n: {type: string, nullable: true}, e: {type: number, minimum: 1, exclusiveMinimum: true}}}")
        .is_clean()
        .has("a", &["\"n\" => n nullable,", "More than `1`."]);
}

#[test]
fn version_3_1_says_type_lists_const_and_exclusive_numbers() {
    schemas("3.1.0", "A: {type: object, required: [n, k], properties: {n: {type: [string, 'null']}, k: {const: x}, e: {type: number, exclusiveMaximum: 7}}}")
        .is_clean()
        .has("a", &["\"n\" => n nullable,", "Less than `7`.", "\"k\""])
        .lacks("a", &["pub k:"]);
}

#[test]
fn keywords_beside_a_reference_hold_from_3_1_on() {
    let text = "B: {type: object, properties: {b: {type: string}}}\nA: {$ref: '#/components/schemas/B', properties: {a: {type: string}}}";
    schemas("3.1.0", text).is_clean().has("a", &["pub a: Option<String>,", "pub b: Option<String>,"]);
    schemas("3.0.3", text)
        .says(Code::UnsupportedKeyword, "`properties` beside `$ref` has no effect before OpenAPI 3.1");
}

#[test]
fn content_encoding_base64_is_bytes() {
    schemas(
        "3.1.0",
        "A: {type: object, properties: {a: {type: string, contentEncoding: base64, contentMediaType: image/png}}}",
    )
    .is_clean()
    .has("a", &["pub a: Option<Base64>,", "Media type of the content: `image/png`."]);
}

#[test]
fn boolean_schemas_allow_anything_or_nothing() {
    schemas("3.1.0", "A: {type: object, properties: {yes: true, no: false}}")
        .is_clean()
        .has("a", &["pub yes: Option<Value>,"])
        .lacks("a", &["pub no"]);
}

#[test]
fn webhooks_have_payload_types() {
    api("3.1.0", "webhooks: {ping: {post: {operationId: ping, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Ping'}}}}, responses: {'200': {description: ok}}}}}\ncomponents: {schemas: {Ping: {type: object, properties: {n: {type: integer}}}}}")
        .is_clean()
        .has("ping", &["pub n: Option<i64>,"]);
}

#[test]
fn path_items_come_from_components() {
    api("3.1.0", &format!("paths: {{/a: {{$ref: '#/components/pathItems/A'}}}}\ncomponents: {{pathItems: {{A: {{get: {{operationId: look, tags: [t], {OK}}}}}}}}}"))
        .is_clean()
        .contains("src/api/t.rs", &["pub fn look(self)"]);
}

#[test]
fn dialect_of_schemas_is_no_obstacle() {
    api("3.1.0", "jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base\npaths: {}\ncomponents: {schemas: {A: {$schema: 'https://json-schema.org/draft/2020-12/schema', type: object, properties: {a: {type: string}}}}}")
        .is_clean()
        .has("a", &["pub a: Option<String>,"]);
}

#[test]
fn item_schema_is_a_stream_of_items() {
    operation("3.2.0", "responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: object, properties: {a: {type: string}}}}}}}")
        .is_clean()
        .contains("src/api/t.rs", &["output: JsonLines<"]);
}

#[test]
fn query_method_and_additional_operations_are_operations() {
    api("3.2.0", &format!("paths: {{/a: {{query: {{operationId: look, tags: [t], {OK}}}, additionalOperations: {{COPY: {{operationId: dup, tags: [t], {OK}}}}}}}}}"))
        .is_clean()
        .contains("src/api/t.rs", &["\"QUERY\" \"/a\",", "\"COPY\" \"/a\","])
        .contains("API.md", &["`#/paths/~1a/query`", "`#/paths/~1a/additionalOperations/COPY`"]);
}

#[test]
fn callbacks_of_a_query_have_payload_types() {
    api("3.2.0", "paths: {/a: {query: {operationId: look, tags: [t], responses: {'204': {description: ok}}, callbacks: {done: {'{$request.body#/u}': {post: {operationId: done, requestBody: {content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}, responses: {'200': {description: ok}}}}}}}}}")
        .is_clean()
        .contains("API.md", &["Done"]);
}

#[test]
fn query_string_is_one_typed_parameter() {
    operation("3.2.0", &format!("parameters: [{{name: q, in: querystring, content: {{application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}], {OK}"))
        .is_clean()
        .contains("src/api/t.rs", &["query_form(&q, &[])"]);
}

#[test]
fn tags_may_have_parents_kinds_and_summaries() {
    api("3.2.0", &format!("tags: [{{name: t, summary: Things, parent: u, kind: nav}}, {{name: u}}]\npaths: {{/a: {{get: {{operationId: look, tags: [t], {OK}}}}}}}"))
        .is_clean()
        .contains("src/api/t.rs", &["Things", "pub fn look(self)"]);
}

#[test]
fn default_mapping_is_the_member_for_other_tags() {
    let text = |default: &str| {
        format!(
            "X: {{type: object, required: [k], properties: {{k: {{const: x}}, x: {{type: string}}}}}}\n\
             Y: {{type: object, properties: {{k: {{type: string}}, y: {{type: string}}}}}}\n\
             P: {{oneOf: [{{$ref: '#/components/schemas/X'}}, {{$ref: '#/components/schemas/Y'}}], discriminator: {{propertyName: k, defaultMapping: {default}}}}}"
        )
    };
    schemas("3.2.0", &text("Y")).is_clean().has(
        "p",
        &[
            "    \"Y\" => Y(Y),\n    _ => Y,\n",
            "/// * The property `k` decides; without it, or with a value of no member, it is `Y`.",
        ],
    );
    schemas("3.2.0", &text("X"))
        .says(
            Code::UnsupportedKeyword,
            "`defaultMapping` has no effect on the client: the member has no room for other values of `k`",
        )
        .lacks("p", &["_ =>"]);
}

#[test]
fn default_mapping_to_a_member_without_the_tag_is_reported() {
    schemas("3.2.0", "X: {type: object, properties: {x: {type: string}}}\nY: {type: object, properties: {y: {type: string}}}\nP: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}], discriminator: {propertyName: k, defaultMapping: X}}")
        .says(Code::UnsupportedKeyword, "`defaultMapping` has no effect on the client");
}

#[test]
fn document_is_known_by_its_own_address() {
    api("3.2.0", "$self: https://example.com/api.yaml\npaths: {}\ncomponents: {schemas: {A: {type: object, properties: {b: {$ref: 'https://example.com/api.yaml#/components/schemas/B'}}}, B: {type: object, properties: {c: {type: string}}}}}")
        .is_clean()
        .has("a", &["pub b: Option<B>,"]);
}

const TWO: &str =
    "paths: {}\ncomponents: {schemas: {A: {type: object, properties: {a: {type: string}, b: {type: string}}}}}";

fn overlaid(document: &str, expect: usize) -> Small {
    let overlay = format!(
        "overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\nactions: [{{target: $.components.schemas.*.properties.*, update: {{type: integer}}, x-expect: {expect}}}]\n"
    );
    let config = "overlays = [\"fix.yaml\"]\n";
    files(&[("api.yaml", &self::document("3.0.3", document)), ("fix.yaml", &overlay), ("oasmith.toml", config)])
}

#[test]
fn overlay_changes_the_document_before_anything_else() {
    overlaid(TWO, 2).is_clean().has("a", &["pub a: Option<i64>,", "pub b: Option<i64>,"]);
}

#[test]
fn overlay_whose_target_moved_is_refused() {
    overlaid(&TWO.replace(", b: {type: string}", ""), 2).is_refused(Code::OverlayCount, "matches 1 place");
    overlaid("paths: {}", 0).says(Code::OverlayNoMatch, "fix.yaml");
}

#[test]
fn extensions_do_no_harm() {
    let made = api(
        "3.0.3",
        &format!(
            "x-root: 1\npaths: {{x-paths: 1, /a: {{x-item: 1, get: {{x-operation: {{deep: [1]}}, operationId: look, tags: [t], {OK}}}}}}}\ncomponents: {{schemas: {{A: {{type: object, x-schema: 1, properties: {{a: {{type: string, x-go-name: A}}}}}}}}}}"
        ),
    );
    made.is_clean().contains("src/api/t.rs", &["pub fn look(self)"]).has("a", &["pub a: Option<String>,"]);
}

#[test]
fn names_in_extensions_are_taken() {
    schemas("3.0.3", "A: {type: object, x-rust-name: Renamed, properties: {a: {type: string, x-rust-name: alpha}}}")
        .is_clean()
        .has("renamed", &["pub struct Renamed {", "pub alpha: Option<String>,", "\"a\" => alpha,"]);
}

#[test]
fn type_of_another_crate_stands_for_a_schema() {
    let schemas = "A: {type: object, properties: {m: {$ref: '#/components/schemas/Money'}, n: {type: integer, x-rust-type: 'std::num::NonZeroU32'}, \
                   p: {$ref: '#/components/schemas/Price'}, o: {allOf: [{$ref: '#/components/schemas/Plain'}], x-rust-type: 'my_crate::Odd'}}}, \
                   Money: {type: string, x-rust-type: 'my_crate::Money'}, Price: {type: number}, Plain: {type: string}";
    let config = "[dependencies]\nmy-crate = { version = \"1\", features = [\"money\"] }\n[schemas.Price]\nrust-type = \"my_crate::Price\"\n";
    files(&[
        ("api.yaml", &document("3.1.0", &format!("paths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}"))),
        ("oasmith.toml", config),
    ])
    .is_clean()
    .has("a", &["pub m: Option<Money>,", "pub n: Option<std::num::NonZeroU32>,", "pub p: Option<Price>,"])
    .has("a", &["pub o: Option<my_crate::Odd>,"])
    .has("money", &["pub type Money = my_crate::Money;"])
    .has("price", &["pub type Price = my_crate::Price;"])
    .has("plain", &["pub type Plain = String;"])
    .contains("src/formats.rs", &["text_format!(my_crate::Money);", "number_format!(my_crate::Price);"])
    .contains("Cargo.toml", &["my-crate = { features = [\"money\"], version = \"1\" }\n"]);
}

#[test]
fn dependency_that_cannot_be_added_is_refused() {
    let refused = |line: &str, text: &str| {
        let config = format!("[dependencies]\n{line}\n");
        files(&[("api.yaml", &document("3.1.0", "paths: {}")), ("oasmith.toml", &config)])
            .is_refused(Code::ConfigSyntax, text);
    };
    refused("serde = \"1\"", "every client depends on `serde` already");
    refused("\"a\\nb\" = \"1\"", "is no name of a crate");
    refused("money = 1", "`money` needs a version");
}

#[test]
fn names_and_descriptions_of_enum_values_are_taken_from_extensions() {
    schemas("3.0.3", "E: {type: string, enum: [a, b], x-enum-varnames: [First, Second], x-enum-descriptions: [The first one., The second.]}")
        .is_clean()
        .has("e", &["First = \"a\",", "Second = \"b\",", "/// The first one."]);
}

#[test]
fn nullable_and_deprecated_in_extensions_are_understood() {
    schemas("3.0.3", "A: {type: object, required: [a], properties: {a: {type: string, x-nullable: true}, b: {type: string, x-deprecated: true}}}")
        .is_clean()
        .has("a", &["\"a\" => a nullable,", "#[deprecated]"]);
}

#[test]
fn operation_without_an_id_or_with_a_taken_one_has_a_name() {
    api("3.0.3", &format!("paths: {{/pets: {{get: {{{OK}}}}}}}")).says(Code::MissingOperationId, "operation");
    api("3.0.3", &format!("paths: {{/a: {{get: {{operationId: same, tags: [t], {OK}}}}}, /b: {{get: {{operationId: same, tags: [t], {OK}}}}}}}"))
        .says(Code::DuplicateOperationId, "same");
}

#[test]
fn path_parameters_are_those_of_the_path() {
    operation("3.0.3", OK).says_no(Code::UndeclaredPathParameter);
    api("3.0.3", &format!("paths: {{'/a/{{id}}': {{get: {{operationId: look, tags: [t], {OK}}}}}}}"))
        .says(Code::UndeclaredPathParameter, "id")
        .contains("src/api/t.rs", &["pub fn look(self, id: &str)"]);
    operation(
        "3.0.3",
        &format!("parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}"),
    )
    .says(Code::UnusedPathParameter, "id");
}

#[test]
fn required_that_names_an_absent_property_is_reported() {
    schemas("3.0.3", "A: {type: object, required: [gone], properties: {a: {type: string}}}")
        .says(Code::MissingProperty, "`required` names `gone`, which is not among the properties")
        .has("a", &["pub a: Option<String>,"]);
}

#[test]
fn prose_beside_a_reference_in_3_0_is_kept_with_a_note() {
    schemas("3.0.3", "B: {type: object, properties: {b: {type: string}}}\nA: {type: object, properties: {b: {$ref: '#/components/schemas/B', description: As it is meant.}}}")
        .says(Code::RepairedReference, "`description` beside `$ref` was read as it is meant")
        .has("a", &["/// As it is meant.", "pub b: Option<B>,"]);
}

#[test]
fn nullable_without_a_type_is_nullable() {
    schemas("3.0.3", "B: {type: object, properties: {b: {type: string}}}\nA: {type: object, required: [b], properties: {b: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}}}")
        .has("a", &["pub b: Option<B>,", "\"b\" => b nullable,"]);
}

#[test]
fn missing_responses_are_assumed_empty() {
    api("3.0.3", "paths: {/a: {get: {operationId: look, tags: [t]}}}")
        .says(Code::MissingKeyword, "an operation object lacks `responses`")
        .contains("src/api/t.rs", &["output: () as empty,"]);
}

#[test]
fn properties_without_a_type_make_an_object() {
    schemas("3.0.3", "A: {properties: {a: {type: string}}}")
        .is_clean()
        .has("a", &["pub struct A {", "pub a: Option<String>,"]);
}

#[test]
fn numbers_in_quotes_are_numbers() {
    schemas("3.0.3", "A: {type: object, properties: {a: {type: integer, minimum: '5'}}}")
        .says(Code::RepairedValue, "`minimum` should be a number, not a string")
        .has("a", &["At least `5`."]);
}
