//! Text that must not be shown.

use super::json::{Json, JsonError, Reader, Writer};
use std::fmt;

/// A text that neither `Debug` nor `Display` shows, such as a password.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl Json for Secret {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        String::decode(reader).map(Self)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.0);
    }
}

serde_impls! { Secret }
