//! `serde` for every type of the crate, over its own JSON.

use super::Json;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Serializes a value as the tree of its JSON.
///
/// # Errors
///
/// Fails when the serializer does.
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    super::RawJson::new(value).to_value().serialize(serializer)
}

/// Deserializes a value from the tree of its JSON.
///
/// # Errors
///
/// Fails when the deserializer does, or when the tree is not a value of this type.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tree = serde_json::Value::deserialize(deserializer)?;
    let text = super::to_vec(&tree);
    super::from_slice(&text).map_err(|error| D::Error::custom(format_args!("{error}, {}", error.path(&text))))
}
