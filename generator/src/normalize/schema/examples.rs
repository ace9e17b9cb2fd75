//! `example` becomes the first of `examples`; named examples lose their names.

use crate::document::{Node, Value};

pub(super) fn apply(schema: &mut Node) {
    let mut all: Vec<Node> = schema.remove("example").into_iter().collect();
    let span = match (schema.get("examples"), all.first()) {
        (Some(node), _) | (None, Some(node)) => node.span,
        (None, None) => return,
    };
    match schema.remove("examples").map(|node| node.value) {
        Some(Value::Array(items)) => all.extend(items),
        Some(Value::Object(named)) => {
            all.extend(named.into_values().map(|entry| entry.node.get("value").cloned().unwrap_or(entry.node)));
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
    }
    schema.insert("examples", Node::new(Value::Array(all), span));
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn example_is_the_first_of_the_examples() {
        check(Version::V3_0, r#"{"example": 1}"#, r#"{"examples": [1]}"#);
        check(Version::V3_1, r#"{"example": 1, "examples": [2]}"#, r#"{"examples": [1, 2]}"#);
    }

    #[test]
    fn named_examples_are_listed() {
        check(Version::V3_1, r#"{"examples": {"a": {"value": 1}}}"#, r#"{"examples": [1]}"#);
    }
}
