//! JSON kept as the text it came as.

use super::{Json, JsonError, Reader, ToJson, Writer};
use std::fmt;
use std::str::FromStr;

/// One JSON value as text: it is written byte for byte as it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// The JSON of a value.
    pub fn new<T: ToJson + ?Sized>(value: &T) -> Self {
        Self(super::to_string(value).into())
    }

    /// The text.
    pub fn get(&self) -> &str {
        &self.0
    }

    /// Reads the text as a type.
    ///
    /// # Errors
    ///
    /// Fails when the text is not a value of this type.
    pub fn decode_as<T: Json>(&self) -> Result<T, JsonError> {
        super::from_text(&self.0)
    }

    /// The text as a tree of values, where numbers lose what a `serde_json::Number` cannot hold.
    pub fn to_value(&self) -> serde_json::Value {
        self.decode_as().unwrap_or_default()
    }

    /// Keeps a text that is known to be one JSON value.
    pub(super) fn of(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.0)
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RawJson {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, JsonError> {
        super::from_text(text)
    }
}

impl From<serde_json::Value> for RawJson {
    fn from(value: serde_json::Value) -> Self {
        Self::new(&value)
    }
}

impl Json for RawJson {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.raw().map(Self::of)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw(&self.0);
    }
}

serde_impls! { RawJson }
