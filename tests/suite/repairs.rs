//! Documents that are broken in common ways: a client is made, and what was lost is named.

use oasmith::diagnostic::Code;

use crate::small::{api, schemas};

const BODY: &str = "content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}";

/// An operation with these parts, in a document with one schema.
fn operation(parts: &str) -> crate::small::Small {
    api(
        "3.0.3",
        &format!(
            "paths: {{'/pets/{{id}}': {{put: {{operationId: put_pet, tags: [pets], {parts}}}}}}}
components: {{schemas: {{Pet: {{type: object, properties: {{name: {{type: string}}}}}}}}}}"
        ),
    )
}

#[test]
fn a_schema_that_is_nowhere_defined_is_any_json() {
    schemas("3.0.3", "A: {type: object, properties: {b: {$ref: '#/components/schemas/Gone'}, c: {type: string}}}")
        .says(Code::UnknownReference, "nothing is defined at `#/components/schemas/Gone`")
        .has("a", &["pub b: Option<Value>,", "pub c: Option<String>,"]);
}

#[test]
fn a_file_that_is_not_there_costs_the_places_that_refer_to_it() {
    schemas("3.0.3", "A: {type: object, properties: {b: {$ref: 'gone.yaml#/B'}, c: {type: string}}}")
        .says(Code::UnknownReference, "there is no such file")
        .has("a", &["pub b: Option<Value>,", "pub c: Option<String>,"]);
}

#[test]
fn a_request_body_that_is_nowhere_defined_is_any_json() {
    let made = operation(&format!(
        "requestBody: {{$ref: '#/components/requestBodies/Gone'}}, responses: {{'200': {{description: ok, {BODY}}}}}"
    ));
    made.says(Code::UnknownReference, "requestBodies/Gone");
    assert!(made.file("src/api/pets.rs").contains("Value"), "{}", made.file("src/api/pets.rs"));
}

#[test]
fn a_response_that_is_nowhere_defined_is_any_json_unless_its_status_has_no_body() {
    let made = operation("responses: {'200': {$ref: '#/components/responses/Gone'}}");
    made.says(Code::UnknownReference, "responses/Gone");
    assert!(made.file("src/api/pets.rs").contains("output: Value as json,"), "{}", made.file("src/api/pets.rs"));
    let made = operation("responses: {'204': {$ref: '#/components/responses/Gone'}}");
    assert!(made.file("src/api/pets.rs").contains("output: () as empty,"), "{}", made.file("src/api/pets.rs"));
}

#[test]
fn a_parameter_that_is_nowhere_defined_is_left_out() {
    let made = operation(&format!(
        "parameters: [{{$ref: '#/components/parameters/Gone'}}, {{in: query, name: limit, schema: {{type: integer}}}}],
    responses: {{'200': {{description: ok, {BODY}}}}}"
    ));
    made.says(Code::UnknownReference, "parameters/Gone");
    let text = made.file("src/api/pets.rs");
    assert!(text.contains("limit"), "{text}");
    assert!(!text.contains("Gone"), "{text}");
}

#[test]
fn a_mapping_that_names_a_file_from_before_bundling_means_the_component() {
    schemas(
        "3.0.3",
        "Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {meow: 'models/pets.yml#/Cat', woof: 'schemas/Dog.yaml'}}}
Cat: {type: object, properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {type: object, properties: {kind: {type: string}, tail: {type: integer}}}",
    )
    .says(Code::RepairedReference, "`models/pets.yml#/Cat` is taken for the schema `Cat`")
    .has("pet", &["\"meow\"", "\"woof\""]);
}

#[test]
fn a_value_of_a_mapping_that_is_nowhere_defined_means_no_member() {
    schemas(
        "3.0.3",
        "Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, mapping: {meow: '#/components/schemas/Gone'}}}
Cat: {type: object, properties: {kind: {type: string}}}",
    )
    .says(Code::UnknownReference, "nothing is defined at `#/components/schemas/Gone`");
}

#[test]
fn a_success_that_is_a_stream_beside_json_is_boxed() {
    let made = operation(
        "responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}, application/x-msgpack: {}}}}",
    );
    let text = made.file("src/api/pets.rs");
    assert!(text.contains("XMsgpack(Box<Download>),"), "{text}");
}
