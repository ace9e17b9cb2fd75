//! `null` among the values of an `enum` makes the type `null` possible.

use crate::document::{Node, Value};

pub(super) fn apply(schema: &mut Node) {
    let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
    let Some(span) = values.iter().find(|value| matches!(value.value, Value::Null)).map(|value| value.span) else {
        return;
    };
    let null = Node::string("null", span);
    match schema.get_mut("type").map(|node| &mut node.value) {
        Some(Value::Array(types)) if !types.iter().any(|name| name.as_str() == Some("null")) => types.push(null),
        Some(Value::String(name)) if &**name == "null" => {}
        Some(value @ Value::String(_)) => {
            let name = Node::new(value.clone(), span);
            *value = Value::Array(vec![name, null]);
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn null_among_the_values_is_a_type() {
        check(
            Version::V3_0,
            r#"{"type": "string", "enum": ["a", null]}"#,
            r#"{"type": ["string", "null"], "enum": ["a", null]}"#,
        );
    }

    #[test]
    fn values_without_null_change_nothing() {
        check(Version::V3_0, r#"{"type": "string", "enum": ["a"]}"#, r#"{"type": "string", "enum": ["a"]}"#);
    }
}
