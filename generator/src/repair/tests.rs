use super::*;
use crate::diagnostic::Code;
use crate::document::{FileId, overlay as overlays, parse};

/// Repairs `text`, applies the overlay that comes out to it, and gives back what the document then says.
fn repaired(text: &str, repairs: impl Fn(&dyn Fn(&str) -> Span) -> Vec<Repair>) -> (String, serde_json::Value) {
    let mut diagnostics = Diagnostics::new();
    let tree = parse(FileId(0), text, &mut diagnostics).unwrap();
    let place = |part: &str| {
        let start = text.find(part).unwrap();
        Span { file: FileId(0), start: start as u32, end: (start + part.len()) as u32 }
    };
    let found = diagnostics.report(Code::UnknownKeyword, None, "m");
    repairs(&place).into_iter().for_each(|repair| _ = found.repair(repair));
    let entry = Document { file: FileId(0), path: "api.json".into(), tree: tree.clone() };
    let (expected, _) = mend::mend(&tree, &diagnostics);
    let overlay = overlay(&entry, &diagnostics);
    assert_eq!((overlay.mended, overlay.elsewhere), (1, 0));
    let written = overlay.text.unwrap();
    let actions = parse(FileId(1), &written, &mut diagnostics).unwrap();
    let mut applied = tree;
    overlays::apply(&mut applied, &actions, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{written}\n{diagnostics:?}");
    let json = |node: &Node| serde_json::to_value(node).unwrap();
    assert_eq!(json(&applied), json(&expected), "{written}");
    (written, json(&applied))
}

#[test]
fn a_member_is_taken_out_whatever_its_key_is() {
    let (overlay, json) =
        repaired(r#"{"paths": {"/a/{b}'s \\": {"x y": 1, "ok": 2}}}"#, |at| vec![Repair::Remove(at(r#""x y""#))]);
    assert_eq!(json, serde_json::json!({ "paths": { "/a/{b}'s \\": { "ok": 2 } } }));
    assert!(overlay.contains("description: 'unknown-keyword: m'") && overlay.contains("x-expect: 1"), "{overlay}");
}

#[test]
fn several_elements_of_a_list_are_taken_out_and_others_changed() {
    let (_, json) = repaired(r#"{"l": [{"a": 1}, {"b": 2}, {"c": 3}, {"d": 4}]}"#, |at| {
        vec![Repair::Remove(at(r#"{"a": 1}"#)), Repair::RemoveItem(at(r#"{"c": 3}"#)), Repair::Remove(at("4"))]
    });
    assert_eq!(json, serde_json::json!({ "l": [{ "b": 2 }, {}] }));
}

#[test]
fn values_are_replaced_in_objects_and_in_lists() {
    let (_, json) = repaired(r#"{"a": {"deep": 1}, "l": ["x", "y"], "n": "5"}"#, |at| {
        vec![
            Repair::Replace(at(r#"{"deep": 1}"#), Value::Array(Vec::new())),
            Repair::Replace(at(r#""y""#), Value::String("z".into())),
            Repair::Replace(at(r#""n""#), Value::Number("5".into())),
        ]
    });
    assert_eq!(json, serde_json::json!({ "a": [], "l": ["x", "z"], "n": 5 }));
}

#[test]
fn keys_are_renamed_unless_the_name_is_taken() {
    let text = r#"{"Type": 1, "sumary": 2, "summary": 3}"#;
    let (_, json) = repaired(text, |at| {
        vec![
            Repair::Rename(at(r#""Type""#), "type".to_owned()),
            Repair::Rename(at(r#""sumary""#), "summary".to_owned()),
        ]
    });
    assert_eq!(json, serde_json::json!({ "type": 1, "sumary": 2, "summary": 3 }));
}

#[test]
fn a_required_flag_moves_to_the_list_of_the_object() {
    let text = r#"{"properties": {"a": {"required": true}, "b": {"required":  true}}, "required": ["c"]}"#;
    let (_, json) = repaired(text, |at| {
        let whole = Repair::Append(at(text), "required".to_owned(), Value::String("a".into()));
        vec![Repair::Remove(at("true}, ").shortened(4)), whole]
    });
    assert_eq!(
        json,
        serde_json::json!({ "properties": { "a": {}, "b": { "required": true } }, "required": ["c", "a"] })
    );
}

#[test]
fn a_reference_with_prose_beside_it_goes_into_all_of_once() {
    let text = r##"{"$ref": "#/a", "title": "t"}"##;
    let (_, json) = repaired(text, |at| vec![Repair::AllOf(at(text)), Repair::AllOf(at(text))]);
    assert_eq!(json, serde_json::json!({ "title": "t", "allOf": [{ "$ref": "#/a" }] }));
}

#[test]
fn a_parameter_is_declared_as_the_version_says() {
    let declare = |text: &'static str| {
        repaired(text, |at| vec![Repair::Declare(at(r#"{"get": 1}"#), "id".to_owned())]).1["o"]["parameters"][0].clone()
    };
    let expected = serde_json::json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    assert_eq!(declare(r#"{"o": {"get": 1}}"#), expected);
    let expected = serde_json::json!({ "name": "id", "in": "path", "required": true, "type": "string" });
    assert_eq!(declare(r#"{"swagger": "2.0", "o": {"get": 1}}"#), expected);
}

#[test]
fn a_place_in_another_file_is_not_reached() {
    let mut diagnostics = Diagnostics::new();
    let tree = parse(FileId(0), "{\"a\": 1}", &mut diagnostics).unwrap();
    let span = Span { file: FileId(7), start: 1, end: 4 };
    diagnostics.report(Code::UnknownKeyword, Some(span), "m").repair(Repair::Remove(span));
    let overlay = overlay(&Document { file: FileId(0), path: "a".into(), tree }, &diagnostics);
    assert_eq!((overlay.text, overlay.mended, overlay.elsewhere), (None, 0, 1));
}

trait Shortened {
    /// The span with only so many bytes.
    fn shortened(self, length: u32) -> Span;
}

impl Shortened for Span {
    fn shortened(self, length: u32) -> Span {
        Span { end: self.start + length, ..self }
    }
}
