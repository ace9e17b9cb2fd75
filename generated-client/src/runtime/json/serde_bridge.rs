//! `serde` for every type of the crate, over its own JSON.

use super::kind::Kind;
use super::{Json, JsonError, Reader, Writer};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Serializes a value as the tree of its JSON.
///
/// # Errors
///
/// Fails when the serializer does, which may have no room for integers beyond 64 bits.
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let tree: Tree = super::from_slice(&super::to_vec(value)).map_err(serde::ser::Error::custom)?;
    tree.serialize(serializer)
}

/// Deserializes a value from the tree of its JSON.
///
/// # Errors
///
/// Fails when the deserializer does, when the tree is not a value of this type, or when the deserializer has rounded
/// an integer to a double.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = super::to_string(&Tree::deserialize(deserializer)?);
    let mut reader = Reader::over(&text);
    reader.rounded = true;
    T::decode(&mut reader).map_err(|error| D::Error::custom(format_args!("{error}, {}", error.path(text.as_bytes()))))
}

/// A JSON value whose integers are exact up to 128 bits, where `serde_json::Value` makes doubles of them.
enum Tree {
    Null,
    Boolean(bool),
    Integer(i128),
    Double(f64),
    String(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Json for Tree {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        Ok(match reader.peek()? {
            Kind::Null => reader.null().map(|_| Self::Null)?,
            Kind::Boolean => Self::Boolean(reader.boolean()?),
            Kind::Number => {
                let mut ahead = reader.clone();
                // `-0` is a double, because no integer keeps its sign.
                match reader.number()? {
                    text if text != "-0" && text.parse::<i128>().is_ok() => Self::Integer(ahead.integer()?),
                    _ => Self::Double(f64::decode(&mut ahead)?),
                }
            }
            Kind::String => Self::String(reader.string()?.into_owned()),
            Kind::Array => Self::Array(Vec::decode(reader)?),
            Kind::Object => {
                let mut members = Vec::new();
                reader.begin_object()?;
                while let Some(key) = reader.key()? {
                    members.push((key.into_owned(), Self::decode(reader)?));
                }
                Self::Object(members)
            }
        })
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Boolean(value) => writer.boolean(*value),
            Self::Integer(value) => writer.wide_integer(*value),
            Self::Double(value) => writer.double(*value),
            Self::String(text) => writer.string(text),
            Self::Array(items) => writer.list(items),
            Self::Object(members) => {
                writer.begin_object();
                for (key, value) in members {
                    writer.key(key);
                    value.encode(writer);
                }
                writer.end_object();
            }
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (_, Ok(value)) => serializer.serialize_u64(value),
                _ => serializer.serialize_i128(*value),
            },
            Self::Double(value) => serializer.serialize_f64(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| seq.serialize_element(item))?;
                seq.end()
            }
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Integer(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Integer(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Double(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Object(members))
    }
}
