//! Before 3.1 nothing beside `$ref` counted: prose and flags are kept as the author meant them, the rest is left out.

use super::{Context, Version};
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::repair::Repair;

/// What is kept beside a reference.
const KEPT: &[&str] = &[
    "$ref",
    "title",
    "description",
    "nullable",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$defs",
    "definitions",
];

/// Whether a keyword beside `$ref` counts.
pub(in crate::normalize) fn holds(key: &str, version: Version) -> bool {
    version >= Version::V3_1 || KEPT.contains(&key) || key.starts_with("x-")
}

pub(super) fn apply(schema: &mut Node, context: &mut Context<'_, '_>) {
    if context.version >= Version::V3_1 || schema.get("$ref").is_none() {
        return;
    }
    let span = schema.span;
    let Value::Object(object) = &mut schema.value else { return };
    object.retain(|key, entry| {
        if &**key == "$ref" {
            return true;
        }
        if holds(key, context.version) {
            let message = format!("`{key}` beside `$ref` was read as it is meant");
            let diagnostic = context.diagnostics.report(Code::RepairedReference, Some(entry.key), message);
            diagnostic.repair(Repair::AllOf(span));
            return true;
        }
        if &**key == "type" {
            let message = "`type` beside `$ref` was taken to repeat what the reference says";
            let diagnostic = context.diagnostics.report(Code::RepairedReference, Some(entry.key), message);
            diagnostic.repair(Repair::Remove(entry.key));
            return false;
        }
        let message = format!("`{key}` beside `$ref` has no effect before OpenAPI 3.1");
        context
            .diagnostics
            .report(Code::UnsupportedKeyword, Some(entry.key), message)
            .help("put the `$ref` into `allOf`")
            .repair(Repair::Remove(entry.key));
        false
    });
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::diagnostic::Code;
    use crate::normalize::Version;

    #[test]
    fn prose_beside_a_reference_is_kept_and_structure_is_not() {
        let diagnostics = check(
            Version::V3_0,
            r#"{"$ref": "a", "description": "d", "type": "object", "required": ["x"]}"#,
            r#"{"$ref": "a", "description": "d"}"#,
        );
        assert_eq!(diagnostics.count(Code::RepairedReference), 2);
        assert_eq!(diagnostics.count(Code::UnsupportedKeyword), 1);
    }

    #[test]
    fn siblings_count_from_3_1_on() {
        let diagnostics = check(Version::V3_1, r#"{"$ref": "a", "minLength": 1}"#, r#"{"$ref": "a", "minLength": 1}"#);
        assert!(diagnostics.is_empty());
    }
}
