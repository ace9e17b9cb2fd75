//! Descriptions with far too much of something: what is asserted is what becomes of them. A stage that compares each with
//! each, or follows the same way again and again, shows in these sizes as a test that takes minutes.

use oasmith::diagnostic::Code;
use serde_json::{Value, json};
use tests::Made;

use super::{bytes, chain, is_refused, reference, schemas};

/// What becomes of one schema.
fn schema(schema: &Value) -> Made {
    schemas(std::iter::once(("S".to_owned(), schema.to_string())))
}

fn list(count: usize, item: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..count).map(item).collect()
}

/// An object with one required property of its own.
fn object(number: usize) -> Value {
    let name = format!("p{number}");
    json!({"type": "object", "required": [name], "properties": {name: {"type": "string"}}})
}

#[track_caller]
fn file<'a>(made: &'a Made, path: &str) -> &'a str {
    &made.files.as_ref().unwrap_or_else(|| panic!("{}", made.report))[path]
}

#[test]
fn thousands_of_references_in_a_row_come_to_an_end() {
    let made = chain(3_000, |_, next| next);
    assert!(made.files.is_some(), "{}", made.report);
}

#[test]
fn circle_of_thousands_of_references_is_told() {
    let made = schemas((0..3_000).map(|number| (format!("S{number}"), reference((number + 1) % 3_000))));
    assert!(made.codes.contains(&Code::ReferenceCycle), "{}", made.report);
}

#[test]
fn chains_of_hundreds_of_schemas_come_to_an_end() {
    let made = chain(300, |number, next| {
        let own = json!({"type": "object", "properties": {format!("p{number}"): {"type": "string"}}});
        format!("{{\"allOf\":[{next},{own}]}}")
    });
    assert!(made.codes.contains(&Code::DeepType), "{:?}", made.codes.first());
    for link in [
        "{\"allOf\":[NEXT]}",
        "{\"oneOf\":[NEXT]}",
        "{\"type\":\"array\",\"items\":NEXT}",
        "{\"type\":\"object\",\"properties\":{\"p\":NEXT}}",
    ] {
        let made = chain(1_000, |_, next| link.replace("NEXT", &next));
        assert!(made.files.is_some(), "{link}: {}", made.report);
    }
}

#[test]
fn schemas_that_unfold_to_millions_of_fields_are_refused() {
    let properties = (0..1_000).map(|number| (format!("p{number}"), json!({"type": "string"})));
    let wide = json!({"type": "object", "properties": properties.collect::<serde_json::Map<_, _>>()});
    let taking = (1..1_000).map(|number| {
        let own = json!({"properties": {format!("own{number}"): {"type": "string"}}});
        (format!("S{number}"), format!("{{\"allOf\":[{},{own}]}}", reference(0)))
    });
    let made = schemas(std::iter::once(("S0".to_owned(), wide.to_string())).chain(taking));
    is_refused(&made, Code::TooLarge);
}

#[test]
fn enums_of_thousands_are_enums() {
    let values = json!({"type": "string", "enum": list(5_000, |number| json!(format!("v{number}")))});
    let constants = json!({"oneOf": list(5_000, |number| json!({"const": format!("v{number}")}))});
    for made in [schema(&values), schema(&constants)] {
        assert!(file(&made, "src/types/s.rs").contains("V4999"));
    }
}

#[test]
fn choice_of_thousands_of_objects_is_any_json() {
    let same = |_| json!({"type": "object", "properties": {"p": {"type": "string"}}});
    for members in [list(5_000, object), list(5_000, same)] {
        let made = schema(&json!({"oneOf": members}));
        assert!(made.codes.contains(&Code::UntypedSchema), "{}", made.report);
        assert!(made.report.contains("a choice of 5000 alternatives"), "{}", made.report);
        assert!(file(&made, "src/types/s.rs").contains("pub type S = Value;"), "{}", file(&made, "src/types/s.rs"));
    }
}

#[test]
fn choice_of_hundreds_of_objects_is_an_enum() {
    let made = schema(&json!({"oneOf": list(200, object)}));
    assert!(file(&made, "src/types/s.rs").contains("WithP199("), "{}", file(&made, "src/types/s.rs"));
}

#[test]
fn required_names_without_properties_are_told_together() {
    let names = list(10_000, |number| json!(format!("p{number}")));
    let made = schema(&json!({"type": "object", "properties": {"a": {}}, "required": names}));
    assert!(made.files.is_some() && made.report.contains("and 9996 more like it"), "{}", made.report);
}

#[test]
fn thousands_of_tags_are_groups() {
    let tags = list(2_000, |number| json!({"name": format!("tag {number}")}));
    let info = json!({"title": "T", "version": "1"});
    let made = bytes(json!({"openapi": "3.1.0", "info": info, "paths": {}, "tags": tags}).to_string().as_bytes());
    assert!(made.files.is_some(), "{}", made.report);
}

#[test]
fn thousands_of_misspelled_references_are_told() {
    let wrong =
        (0..3_000).map(|number| (format!("p{number}"), json!({"$ref": format!("#/components/schemas/Pxt{number}")})));
    let owner = json!({"type": "object", "properties": wrong.collect::<serde_json::Map<_, _>>()});
    let right = (0..1_000).map(|number| (format!("Pet{number}"), "{\"type\":\"string\"}".to_owned()));
    let made = schemas(right.chain([("Owner".to_owned(), owner.to_string())]));
    assert!(made.files.is_some() && made.codes.contains(&Code::UnknownReference), "{}", made.report);
    assert!(made.report.contains("did you mean `Pet"), "{}", made.report.lines().next().unwrap_or_default());
}

#[test]
fn description_of_megabytes_is_a_description() {
    // Words, lines, and beginnings of Markdown and HTML that never end.
    for (unit, length) in
        [("x", 10_000_000), ("x ", 5_000_000), ("x\n", 5_000_000), ("*[`<_", 200_000), ("<a href=", 200_000)]
    {
        let text = unit.repeat(length / unit.len());
        let properties = json!({"a": {"type": "string"}});
        let made = schema(&json!({"type": "object", "properties": properties, "description": text}));
        assert!(made.files.is_some(), "{}", made.report);
    }
}
