//! A `serde` deserializer over the tree: no detour through text.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, IntoDeserializer, Visitor};

use crate::document::{Node, Value};

/// Why a tree does not fit a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Reads a value of any type that implements `Deserialize` from a tree.
pub fn from_node<'de, T: de::Deserialize<'de>>(node: &'de Node) -> Result<T, Error> {
    T::deserialize(Reader(node))
}

/// A node that is being read.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'de>(pub &'de Node);

impl<'de> IntoDeserializer<'de, Error> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(text) => number(text, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Reader))),
            Value::Object(object) => {
                visitor.visit_map(MapDeserializer::new(object.iter().map(|(key, entry)| (&**key, Reader(&entry.node)))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.0.value {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Object(object) => {
                let members = object.iter().map(|(key, entry)| (&**key, Reader(&entry.node)));
                visitor.visit_enum(de::value::MapAccessDeserializer::new(MapDeserializer::new(members)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                Err(de::Error::custom(format_args!("expected a string, found {}", self.0.kind())))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The narrowest Rust number that holds a JSON number.
fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return visitor.visit_i64(value);
    }
    match text.parse::<f64>() {
        Ok(value) => visitor.visit_f64(value),
        Err(error) => Err(de::Error::custom(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::node;

    #[test]
    fn tree_is_read_as_any_value() {
        let tree = node(r#"{"a": [1, -2, 2.5, null, true, "x"]}"#);
        assert_eq!(from_node::<serde_json::Value>(&tree), Ok(serde_json::json!({"a": [1, -2, 2.5, null, true, "x"]})));
    }

    #[test]
    fn tree_that_does_not_fit_is_an_error() {
        let tree = node(r#"{"url": 1}"#);
        assert!(from_node::<openapiv3::Server>(&tree).is_err());
    }

    #[test]
    fn status_codes_are_read_from_text() {
        let tree = node(r#"{"200": {"description": ""}, "4XX": {"description": ""}}"#);
        let responses: Result<openapiv3::Responses, _> = from_node(&tree);
        assert_eq!(responses.map(|responses| responses.responses.len()), Ok(2));
    }
}
