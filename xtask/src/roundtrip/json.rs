//! JSON as the document writes it and as a test compares it.

use std::collections::BTreeSet;

use oasmith::document::{Node, Value};
use oasmith::model::Schema;

/// The number that a node holds.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A node as a value.
pub(super) fn value(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(text) => serde_json::from_str(text).unwrap_or_default(),
        Value::String(text) => (&**text).into(),
        Value::Array(items) => items.iter().map(value).collect(),
        Value::Object(members) => members.iter().map(|(key, entry)| (key.to_string(), value(&entry.node))).collect(),
    }
}

/// `nullable: true` on a schema without `type`.
pub(super) fn is_marked_nullable(schema: &Schema) -> bool {
    schema.extensions.get("x-norm-nullable").and_then(Node::as_bool) == Some(true)
}

/// Whether a schema has no keyword that describes a value.
pub(super) fn says_nothing(schema: &Schema) -> bool {
    let Schema { reference, values, constant, properties, items, all_of, one_of, any_of, .. } = schema;
    schema.types.is_unsaid()
        && (reference.is_none() && values.is_none() && constant.is_none() && items.is_none())
        && (properties.is_empty() && all_of.is_empty() && one_of.is_empty() && any_of.is_empty())
}

/// Where the first difference is, as a path from the root; `None` when the values mean the same.
///
/// `1` and `1.0` are the same number; a member that is `null`, and one whose name is in `loose`, may be left out.
pub(super) fn difference(
    sent: &serde_json::Value,
    came: &serde_json::Value,
    loose: &BTreeSet<String>,
) -> Option<String> {
    use serde_json::Value::{Array, Number, Object};
    match (sent, came) {
        (Number(left), Number(right)) if left == right || left.as_f64() == right.as_f64() && !exact(sent, came) => None,
        (Array(left), Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| Some(format!("[{index}]{}", difference(left, right, loose)?)))
        }
        (Object(left), Object(right)) => {
            let kept = left.iter().filter(|(key, value)| !value.is_null() || right.contains_key(*key));
            let kept = kept.filter(|(key, _)| !loose.contains(*key) || right.contains_key(*key));
            let mut kept = kept.map(|(key, value)| (key, value, right.get(key)));
            kept.find_map(|(key, value, other)| match other {
                Some(other) => Some(format!(".{key}{}", difference(value, other, loose)?)),
                None => Some(format!(".{key} is lost")),
            })
            .or_else(|| right.keys().find(|key| !left.contains_key(*key)).map(|key| format!(".{key} is new")))
        }
        (left, right) if left == right => None,
        (left, right) => Some(format!(": {left} became {right}")),
    }
}

/// Whether both are integers, which are never rounded.
fn exact(left: &serde_json::Value, right: &serde_json::Value) -> bool {
    let integer = |value: &serde_json::Value| value.is_i64() || value.is_u64();
    integer(left) && integer(right)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::difference as compare;

    fn difference(sent: &serde_json::Value, came: &serde_json::Value) -> Option<String> {
        compare(sent, came, &BTreeSet::new())
    }

    #[test]
    fn integer_and_its_float_are_the_same() {
        assert_eq!(difference(&json!({"a": [1]}), &json!({"a": [1.0]})), None);
    }

    #[test]
    fn null_member_may_be_left_out_and_none_may_appear() {
        assert_eq!(difference(&json!({"a": null}), &json!({})), None);
        assert_eq!(difference(&json!({}), &json!({"a": null})).as_deref(), Some(".a is new"));
    }

    #[test]
    fn lost_member_is_named_by_its_path() {
        assert_eq!(difference(&json!({"a": [{"b": 1}]}), &json!({"a": [{}]})).as_deref(), Some(".a[0].b is lost"));
    }

    #[test]
    fn large_integers_are_not_rounded() {
        let (left, right) = (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64));
        assert!(difference(&left, &right).is_some());
    }
}
