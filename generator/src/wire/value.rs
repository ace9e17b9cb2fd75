//! JSON values of a transcript: numbers keep their text, and objects the order of their members.

use serde_json::Value;

use super::encoder::json::{ToJson, Writer, to_string};
use crate::document;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    /// The content of a file.
    File(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Compact JSON, as the client writes it.
    pub(super) fn text(&self) -> String {
        to_string(self)
    }

    /// The same value, as a client holds any JSON: members in the order of their names.
    pub(super) fn any(&self) -> Self {
        serde_json::from_str::<Value>(&self.text()).map_or(Self::Null, |value| Self::from(&value))
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl ToJson for Json {
    fn write_json(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.boolean(*value),
            Self::Number(text) => writer.number(text),
            Self::String(text) | Self::File(text) => writer.string(text),
            Self::List(items) => writer.list(items),
            Self::Object(members) => {
                writer.begin_object();
                for (key, value) in members {
                    writer.key(key);
                    value.write_json(writer);
                }
                writer.end_object();
            }
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}

impl From<&document::Node> for Json {
    fn from(node: &document::Node) -> Self {
        match &node.value {
            document::Value::Null => Self::Null,
            document::Value::Bool(value) => Self::Bool(*value),
            document::Value::Number(text) => Self::Number(text.to_string()),
            document::Value::String(text) => Self::String(text.to_string()),
            document::Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            document::Value::Object(members) => {
                Self::Object(members.iter().map(|(key, entry)| (key.to_string(), Self::from(&entry.node))).collect())
            }
        }
    }
}
