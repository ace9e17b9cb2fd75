//! How strictly a value is read while the members of a union are tried.

use super::error::{JsonError, Problem};
use super::reader::Reader;

/// How much a value has to be like its type, beyond what the type has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// What is not known is kept, and constants are not looked at.
    Usual,
    /// A member of a union is tried: constants must be what they are, so that a value never becomes a member which
    /// would write others.
    Choosing,
    /// As before, and values of enums and unions must be known: which decides between members whose enums differ.
    Exact,
}

impl Care {
    /// How a member of a union is read that has already been decided for.
    pub fn decided(self) -> Self {
        match self {
            Self::Usual | Self::Choosing => Self::Choosing,
            Self::Exact => Self::Exact,
        }
    }

    /// How the members of a union are tried, one after the other, inside a value that is read with this care.
    pub fn attempts(self) -> &'static [Self] {
        match self {
            Self::Usual | Self::Choosing => &[Self::Exact, Self::Choosing],
            Self::Exact => &[Self::Exact],
        }
    }
}

impl Reader<'_> {
    /// With how much care values are read.
    pub fn care(&self) -> Care {
        self.care
    }

    /// Passes over the member that always has the given value.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON, or when this decides between the members of a union and the value is another.
    pub fn constant(&mut self, json: &str) -> Result<(), JsonError> {
        let start = self.offset();
        let raw = self.raw()?;
        // `1.0` and `"\u0061"` are other texts of the same values.
        let same = || super::from_text::<serde_json::Value>(raw) == super::from_text(json);
        if self.care == Care::Usual || raw == json || same() {
            return Ok(());
        }
        Err(JsonError::new(Problem::Invalid("the value that the member always has"), start))
    }

    /// Succeeds unless a value that is not known has to be known here.
    ///
    /// # Errors
    ///
    /// Fails when the members of a union are tried with all care.
    pub fn unknown(&self) -> Result<(), JsonError> {
        match self.care {
            Care::Usual | Care::Choosing => Ok(()),
            Care::Exact => Err(JsonError::new(Problem::Invalid("a value that is known"), self.at)),
        }
    }
}
