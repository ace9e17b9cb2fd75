//! What can be wrong with a document, and where.

use super::kind::Kind;
use super::path;
use std::fmt;

/// JSON that could not be read: what is wrong, and at which byte. It never holds the value itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    problem: Problem,
    offset: usize,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The text is not JSON, for the given reason.
    Syntax(&'static str),
    /// The input ends in the middle of a value.
    UnexpectedEnd,
    /// The input is not UTF-8.
    InvalidUtf8,
    /// Something other than white space follows the value.
    TrailingData,
    /// Arrays and objects are nested too deeply.
    TooDeep,
    /// The value has another JSON type.
    Mismatch {
        /// What belongs there, with its article: `a string`.
        expected: &'static str,
        /// What is there.
        found: Kind,
    },
    /// The value has the right JSON type, but is not one of the named type: `an RFC 3339 date-time`.
    Invalid(&'static str),
    /// A required member of an object is missing.
    Missing(&'static str),
}

impl JsonError {
    /// An error at a byte of the input.
    pub fn new(problem: Problem, offset: usize) -> Self {
        Self { problem, offset }
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The byte of the input at which the value in question begins, or at which the text stops being JSON.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Where the value in question stands in the input it was read from: `$.data[3].status_id`.
    pub fn path(&self, input: &[u8]) -> String {
        let mut path = path::to_offset(input, self.offset);
        if let Problem::Missing(name) = self.problem {
            path::push_member(&mut path, name);
        }
        path
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            Problem::Syntax(reason) => f.write_str(reason)?,
            Problem::UnexpectedEnd => f.write_str("the input ends in the middle of a value")?,
            Problem::InvalidUtf8 => f.write_str("the input is not UTF-8")?,
            Problem::TrailingData => f.write_str("something follows the value")?,
            Problem::TooDeep => f.write_str("arrays and objects are nested too deeply")?,
            Problem::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}")?,
            Problem::Invalid(expected) => write!(f, "expected {expected}")?,
            Problem::Missing(name) => write!(f, "`{name}` is missing")?,
        }
        write!(f, " at byte {}", self.offset)
    }
}

impl std::error::Error for JsonError {}
