//! Whole documents: what goes in as one dialect or several files comes out as one skeleton and flat schemas.

use super::testing::{assert_clean, at, document, node, normalized, one, place, schema};
use crate::diagnostic::{Code, Diagnostics};
use crate::model;

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
