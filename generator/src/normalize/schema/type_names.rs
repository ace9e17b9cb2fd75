//! `type` holds names of JSON types only: names of other languages are translated, `file` is binary text, `any` says nothing.

use super::Context;
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::repair::Repair;
use crate::suggest::closest;

const TYPES: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];

/// What other names mean: type and format.
const MEANT: &[(&str, &str, Option<&str>)] = &[
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("bool", "boolean", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("none", "null", None),
    ("any", "", None),
];

/// What gives a schema a shape, beside `type`.
const SHAPES: &[&str] =
    &["$ref", "properties", "additionalProperties", "items", "allOf", "anyOf", "oneOf", "enum", "const"];

pub(super) fn apply(schema: &mut Node, context: &mut Context<'_, '_>) {
    formats(schema, context);
    let Some(types) = schema.get("type").cloned() else { return };
    let list = matches!(types.value, Value::Array(_));
    let items = match types.value {
        Value::Array(items) => items,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => vec![types.clone()],
    };
    let mut names: Vec<Node> = Vec::new();
    let mut open = false;
    for item in items {
        let Some(name) = item.as_str() else { continue };
        match meaning(name) {
            Some((name, format)) => {
                open |= name.is_empty();
                if let Some(format) = format.filter(|_| schema.get("format").is_none()) {
                    schema.insert("format", Node::string(format, item.span));
                }
                if !name.is_empty() && !names.iter().any(|known| known.as_str() == Some(name)) {
                    names.push(Node::string(name, item.span));
                }
            }
            None => unknown(name, &item, context),
        }
        if let Some((meant, format)) = meaning(name).filter(|_| !TYPES.contains(&name) && name != "file") {
            let message = format!("`{name}` is not the name of a JSON type");
            let diagnostic = context.diagnostics.report(Code::RepairedValue, Some(item.span), message);
            if !meant.is_empty() && format.is_none() {
                diagnostic.repair(Repair::Replace(item.span, Value::String(meant.into())));
            }
        }
    }
    let value = match (names.pop(), names.is_empty(), list) {
        (last, ..) if open || last.is_none() => {
            schema.remove("type");
            return;
        }
        (None, ..) => return,
        (Some(only), true, false) => only.value,
        (Some(last), ..) => {
            names.push(last);
            Value::Array(names)
        }
    };
    schema.insert("type", Node::new(value, types.span));
}

/// A type that stands as `format`, and the objects that converters make of Swagger's files.
fn formats(schema: &mut Node, context: &mut Context<'_, '_>) {
    if SHAPES.iter().any(|keyword| context.written.get(keyword).is_some()) {
        return;
    }
    let Some(format) = schema.get("format").cloned() else { return };
    let ty = schema.get("type").and_then(Node::as_str);
    let (ty, message) = match (ty, format.as_str()) {
        (None, Some(name @ ("string" | "integer" | "number" | "boolean"))) => {
            (name, format!("`{name}` is a type and stands as a format"))
        }
        (Some("object"), Some("file")) => ("file", "an object whose format is `file` is read as a file".to_owned()),
        _ => return,
    };
    schema.insert("type", Node::string(ty, format.span));
    schema.remove("format");
    context.diagnostics.report(Code::RepairedValue, Some(format.span), message);
}

/// The JSON type and the format that a name stands for; an empty type is any.
fn meaning(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let lower = name.trim().to_ascii_lowercase();
    let standard = TYPES.iter().find(|known| **known == lower).map(|known| (*known, None));
    standard.or_else(|| MEANT.iter().find(|(known, ..)| *known == lower).map(|(_, name, format)| (*name, *format)))
}

fn unknown(name: &str, item: &Node, context: &mut Context<'_, '_>) {
    let message = format!("`{name}` is not the name of a JSON type; any value is accepted");
    let near = closest(name, TYPES.iter().copied());
    let diagnostic = context.diagnostics.report(Code::WrongType, Some(item.span), message);
    if let Some(near) = near {
        diagnostic.help(format!("did you mean `{near}`?"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::diagnostic::Code;
    use crate::normalize::Version;

    #[test]
    fn list_of_types_is_kept() {
        check(Version::V3_1, r#"{"type": ["string", "null"]}"#, r#"{"type": ["string", "null"]}"#);
    }

    #[test]
    fn file_is_binary_text() {
        let diagnostics = check(Version::Swagger2, r#"{"type": "file"}"#, r#"{"type": "string", "format": "binary"}"#);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn type_that_stands_as_a_format_is_the_type() {
        let diagnostics = check(Version::V3_0, r#"{"format": "string"}"#, r#"{"type": "string"}"#);
        assert_eq!(diagnostics.count(Code::RepairedValue), 1);
        for other in [r#"{"format": "host-name"}"#, r#"{"format": "string", "enum": [1]}"#] {
            assert!(check(Version::V3_0, other, other).is_empty());
        }
    }

    #[test]
    fn object_in_the_format_of_a_file_is_binary_text() {
        let file = r#"{"type": "string", "format": "binary"}"#;
        let diagnostics = check(Version::V3_0, r#"{"type": "object", "format": "file"}"#, file);
        assert_eq!(diagnostics.count(Code::RepairedValue), 1);
        let object = r#"{"type": "object", "format": "file", "properties": {}}"#;
        assert!(check(Version::V3_0, object, object).is_empty());
    }

    #[test]
    fn type_of_another_language_is_translated() {
        let diagnostics = check(Version::V3_0, r#"{"type": "int64"}"#, r#"{"type": "integer", "format": "int64"}"#);
        assert_eq!(diagnostics.count(Code::RepairedValue), 1);
    }

    #[test]
    fn unknown_type_says_nothing() {
        let diagnostics = check(Version::V3_0, r#"{"type": "strng"}"#, "{}");
        assert_eq!(diagnostics.iter().next().map(|d| d.help.clone()), Some(vec!["did you mean `string`?".to_owned()]));
    }
}
