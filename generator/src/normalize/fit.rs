//! One value against the shape that a table asks for: it fits, its meaning is evident, or it is wrong.

use super::grammar::Shape;
use crate::document::{Entry, Node, Object, Value};

/// The outcome.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fit {
    /// The value is as it should be.
    Fits,
    /// The value was written in another form; this is what it means.
    Means(Value),
    /// The value means nothing here.
    Wrong,
}

/// Compares a value with a shape that holds no objects of the specification.
pub(super) fn fit(shape: Shape, node: &Node) -> Fit {
    match shape {
        Shape::Text => text(node),
        Shape::OneOf(choices) => one_of(choices, node),
        Shape::Texts => texts(node),
        Shape::TextMap => text_map(node),
        Shape::Flag => flag(node),
        Shape::Number => number(node),
        Shape::Count => count(node),
        Shape::NumberOrFlag => either(number(node), flag(node)),
        Shape::TextsOrFlag => texts_or_flag(node),
        Shape::Types => types(node),
        Shape::AnyList => any_list(node),
        Shape::Any
        | Shape::Object(_)
        | Shape::ObjectList(_)
        | Shape::ObjectMap(_)
        | Shape::Schema
        | Shape::SchemaList
        | Shape::SchemaMap
        | Shape::SchemaOrList => Fit::Fits,
    }
}

/// What a value of this shape is called in a message.
pub(super) fn expected(shape: Shape) -> String {
    let words = match shape {
        Shape::Any => "any value",
        Shape::AnyList => "an array",
        Shape::Text => "a string",
        Shape::OneOf(choices) => {
            return format!(
                "one of {}",
                choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")
            );
        }
        Shape::Texts => "an array of strings",
        Shape::TextMap => "an object of strings",
        Shape::Flag => "`true` or `false`",
        Shape::Number | Shape::NumberOrFlag => "a number",
        Shape::Count => "a whole number from 0 up",
        Shape::TextsOrFlag => "an array of names",
        Shape::Types => "the name of a type or an array of them",
        Shape::Object(kind) => return kind.grammar().name.to_owned(),
        Shape::ObjectList(_) => "an array of objects",
        Shape::ObjectMap(_) => "an object of objects",
        Shape::Schema => "a schema",
        Shape::SchemaList => "an array of schemas",
        Shape::SchemaMap => "an object of schemas",
        Shape::SchemaOrList => "a schema or an array of schemas",
    };
    words.to_owned()
}

fn either(one: Fit, other: Fit) -> Fit {
    match (one, other) {
        (Fit::Fits, _) | (_, Fit::Fits) => Fit::Fits,
        (Fit::Means(value), _) | (_, Fit::Means(value)) => Fit::Means(value),
        (Fit::Wrong, Fit::Wrong) => Fit::Wrong,
    }
}

/// The text that a scalar would have been, had it been quoted.
fn scalar_text(node: &Node) -> Option<Box<str>> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn text(node: &Node) -> Fit {
    match &node.value {
        Value::String(_) => Fit::Fits,
        Value::Number(_) | Value::Bool(_) => {
            scalar_text(node).map_or(Fit::Wrong, |text| Fit::Means(Value::String(text)))
        }
        Value::Array(items) => {
            let lines: Option<Vec<&str>> = items.iter().map(Node::as_str).collect();
            lines.map_or(Fit::Wrong, |lines| Fit::Means(Value::String(lines.join("\n").into())))
        }
        Value::Null | Value::Object(_) => Fit::Wrong,
    }
}

fn one_of(choices: &[&str], node: &Node) -> Fit {
    let Some(text) = node.as_str() else { return Fit::Wrong };
    if choices.contains(&text) {
        return Fit::Fits;
    }
    let near = choices.iter().find(|choice| choice.eq_ignore_ascii_case(text.trim()));
    near.map_or(Fit::Wrong, |choice| Fit::Means(Value::String((*choice).into())))
}

fn texts(node: &Node) -> Fit {
    match &node.value {
        Value::Array(items) if items.iter().all(|item| item.as_str().is_some()) => Fit::Fits,
        Value::Array(items) => {
            let texts = items.iter().filter_map(|item| Some(Node::string(scalar_text(item)?, item.span)));
            Fit::Means(Value::Array(texts.collect()))
        }
        Value::Object(object) if object.is_empty() => Fit::Means(Value::Array(Vec::new())),
        Value::Null => Fit::Means(Value::Array(Vec::new())),
        Value::String(_) => Fit::Means(Value::Array(vec![node.clone()])),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Fit::Wrong,
    }
}

fn text_map(node: &Node) -> Fit {
    let string = |item: &Node| Node::string(scalar_text(item).unwrap_or_default(), item.span);
    match &node.value {
        Value::Object(object) if object.values().all(|entry| entry.node.as_str().is_some()) => Fit::Fits,
        Value::Object(object) => {
            let entry = |entry: &Entry| Entry { key: entry.key, node: string(&entry.node) };
            Fit::Means(Value::Object(object.iter().map(|(key, item)| (key.clone(), entry(item))).collect()))
        }
        Value::Array(items) => {
            let names = items.iter().filter_map(|item| Some((scalar_text(item)?, item.span)));
            let members = names.map(|(name, span)| (name, Entry { key: span, node: Node::string("", span) }));
            Fit::Means(Value::Object(members.collect()))
        }
        Value::Null => Fit::Means(Value::Object(Object::new())),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Fit::Wrong,
    }
}

fn flag(node: &Node) -> Fit {
    match &node.value {
        Value::Bool(_) => Fit::Fits,
        Value::String(text) | Value::Number(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Fit::Means(Value::Bool(true)),
            "false" | "no" | "off" | "0" => Fit::Means(Value::Bool(false)),
            _ => Fit::Wrong,
        },
        Value::Null | Value::Array(_) | Value::Object(_) => Fit::Wrong,
    }
}

fn number(node: &Node) -> Fit {
    match &node.value {
        Value::Number(_) => Fit::Fits,
        Value::String(text) => {
            let text = text.trim();
            let valid = serde_json::from_str::<serde_json::Number>(text).is_ok();
            if valid { Fit::Means(Value::Number(text.into())) } else { Fit::Wrong }
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Fit::Wrong,
    }
}

fn count(node: &Node) -> Fit {
    let (Value::Number(text) | Value::String(text)) = &node.value else { return Fit::Wrong };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) {
        return if matches!(node.value, Value::Number(_)) {
            Fit::Fits
        } else {
            Fit::Means(Value::Number(text.clone()))
        };
    }
    match text.trim().parse::<f64>() {
        Ok(value) if value >= 0.0 && value.fract() == 0.0 => {
            let whole = format!("{value:.0}");
            if digits(&whole) { Fit::Means(Value::Number(whole.into())) } else { Fit::Wrong }
        }
        Ok(_) | Err(_) => Fit::Wrong,
    }
}

fn texts_or_flag(node: &Node) -> Fit {
    match &node.value {
        Value::Bool(_) => Fit::Fits,
        Value::String(text) if matches!(&**text, "true" | "false") => Fit::Means(Value::Bool(&**text == "true")),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => texts(node),
    }
}

fn types(node: &Node) -> Fit {
    let name = |node: &Node| match &node.value {
        Value::String(text) => Some(Node::string(text.clone(), node.span)),
        Value::Null => Some(Node::string("null", node.span)),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    };
    match &node.value {
        Value::String(_) => Fit::Fits,
        Value::Null => Fit::Means(Value::String("null".into())),
        Value::Array(items) if items.iter().all(|item| item.as_str().is_some()) => Fit::Fits,
        Value::Array(items) => Fit::Means(Value::Array(items.iter().filter_map(name).collect())),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Fit::Wrong,
    }
}

fn any_list(node: &Node) -> Fit {
    match &node.value {
        Value::Array(_) => Fit::Fits,
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Fit::Means(Value::Array(vec![node.clone()])),
        Value::Null | Value::Object(_) => Fit::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::node;

    fn means(shape: Shape, json: &str) -> Option<Value> {
        match fit(shape, &node(json)) {
            Fit::Means(value) => Some(value),
            Fit::Fits | Fit::Wrong => None,
        }
    }

    #[test]
    fn number_in_quotes_is_a_number() {
        assert_eq!(means(Shape::Number, r#""5""#), Some(Value::Number("5".into())));
        assert_eq!(fit(Shape::Number, &node(r#""many""#)), Fit::Wrong);
    }

    #[test]
    fn truth_value_in_quotes_is_a_truth_value() {
        assert_eq!(means(Shape::Flag, r#""true""#), Some(Value::Bool(true)));
    }

    #[test]
    fn whole_number_with_a_fraction_of_zero_is_a_count() {
        assert_eq!(means(Shape::Count, "5.0"), Some(Value::Number("5".into())));
        assert_eq!(fit(Shape::Count, &node("-1")), Fit::Wrong);
    }

    #[test]
    fn lines_of_a_description_are_joined() {
        assert_eq!(means(Shape::Text, r#"["a", "b"]"#), Some(Value::String("a\nb".into())));
    }

    #[test]
    fn null_literal_is_the_type_null() {
        assert_eq!(means(Shape::Types, "null"), Some(Value::String("null".into())));
    }
}
