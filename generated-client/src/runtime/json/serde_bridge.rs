//! `serde` for every type of the crate, over its own JSON.

use super::{Json, Outline, Reader};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};

/// Serializes a value as the tree of its JSON.
///
/// # Errors
///
/// Fails when the serializer does, which may have no room for integers beyond 64 bits.
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = super::to_string(value);
    // From here on, nothing can be nested too deeply.
    Reader::over(&text).skip().map_err(S::Error::custom)?;
    Tree(&text).serialize(serializer)
}

/// Deserializes a value from the tree of its JSON.
///
/// # Errors
///
/// Fails when the deserializer does, when the tree is not a value of this type, or when the deserializer has rounded
/// an integer to a double.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut bytes = Vec::new();
    serde_transcode::transcode(deserializer, &mut serde_json::Serializer::new(&mut bytes)).map_err(D::Error::custom)?;
    let mut reader = Reader::new(&bytes).map_err(D::Error::custom)?;
    reader.rounded = true;
    T::decode(&mut reader).map_err(|error| D::Error::custom(format_args!("{error}, {}", error.path(&bytes))))
}

/// A JSON value whose integers are exact up to 128 bits, where `serde_json::Value` makes doubles of them.
struct Tree<'a>(&'a str);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Outline::of(self.0) {
            Outline::Null => serializer.serialize_unit(),
            Outline::Scalar(text) if self.0.starts_with('"') => serializer.serialize_str(&text),
            Outline::Scalar(text) => match &*text {
                "true" => serializer.serialize_bool(true),
                "false" => serializer.serialize_bool(false),
                number => serialize_number(number, serializer),
            },
            Outline::List(items) => serializer.collect_seq(items.into_iter().map(Tree)),
            Outline::Object(members) => {
                serializer.collect_map(members.into_iter().map(|(key, json)| (key, Tree(json))))
            }
        }
    }
}

fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text.parse::<i128>() {
        // `-0` is a double, because no integer keeps its sign.
        Ok(value) if text != "-0" => match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => serializer.serialize_i64(value),
            (_, Ok(value)) => serializer.serialize_u64(value),
            _ => serializer.serialize_i128(value),
        },
        _ => serializer.serialize_f64(super::from_text(text).map_err(S::Error::custom)?),
    }
}
