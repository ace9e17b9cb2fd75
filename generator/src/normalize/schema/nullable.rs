//! `nullable: true` becomes the type `null`; where there is no type to add it to, `x-norm-nullable: true` keeps the meaning.

use super::Context;
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::repair::Repair;

/// Ways to say it, the standard one first.
const KEYWORDS: &[&str] = &["nullable", "x-nullable", "x-is-nullable", "x-isnullable"];

pub(super) fn apply(schema: &mut Node, context: &mut Context<'_, '_>) {
    let mut nullable = None;
    for keyword in KEYWORDS {
        let Some(node) = schema.remove(keyword) else { continue };
        let said = node.as_bool().or_else(|| node.as_str().map(|text| text == "true"));
        if said.is_none() {
            let message = format!("`{keyword}` should be `true` or `false`, not {}", node.kind());
            let diagnostic = context.diagnostics.report(Code::WrongType, Some(node.span), message);
            diagnostic.repair(Repair::Remove(node.span));
        }
        if said == Some(true) {
            nullable = Some(node.span);
        }
    }
    let Some(span) = nullable else { return };
    let null = Node::string("null", span);
    match schema.get_mut("type").map(|node| &mut node.value) {
        Some(Value::Array(types)) => {
            if !types.iter().any(|name| name.as_str() == Some("null")) {
                types.push(null);
            }
        }
        Some(value @ Value::String(_)) => {
            let name = Node::new(value.clone(), span);
            *value = Value::Array(vec![name, null]);
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {
            schema.insert("x-norm-nullable", Node::new(Value::Bool(true), span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn nullable_becomes_the_type_null() {
        check(Version::V3_0, r#"{"type": "string", "nullable": true}"#, r#"{"type": ["string", "null"]}"#);
        check(Version::Swagger2, r#"{"type": "string", "x-nullable": true}"#, r#"{"type": ["string", "null"]}"#);
    }

    #[test]
    fn nullable_without_a_type_is_kept_apart() {
        check(Version::V3_0, r#"{"allOf": [], "nullable": true}"#, r#"{"allOf": [], "x-norm-nullable": true}"#);
    }

    #[test]
    fn not_nullable_says_nothing() {
        check(Version::V3_0, r#"{"type": "string", "nullable": false}"#, r#"{"type": "string"}"#);
    }
}
