//! `items` as an array becomes `prefixItems`, and `additionalItems` beside it becomes `items`.

use crate::document::{Node, Value};

pub(super) fn apply(schema: &mut Node) {
    let more = schema.remove("additionalItems");
    if schema.get("items").is_none_or(|items| !matches!(items.value, Value::Array(_))) {
        return;
    }
    let Some(prefix) = schema.remove("items") else { return };
    schema.insert("prefixItems", prefix);
    if let Some(more) = more {
        schema.insert("items", more);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn array_of_items_is_a_prefix() {
        check(
            Version::V3_0,
            r#"{"items": [{"$ref": "a"}], "additionalItems": {"$ref": "b"}}"#,
            r#"{"prefixItems": [{"$ref": "a"}], "items": {"$ref": "b"}}"#,
        );
    }

    #[test]
    fn items_of_all_kinds_alike_stay() {
        check(Version::V3_0, r#"{"items": {"$ref": "a"}}"#, r#"{"items": {"$ref": "a"}}"#);
    }
}
