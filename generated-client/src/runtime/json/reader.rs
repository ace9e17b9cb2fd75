//! A pull reader: it hands out one token at a time and builds nothing.

use super::care::Care;
use super::error::{JsonError, Problem};
use super::kind::Kind;
use std::borrow::Cow;

/// How deeply arrays and objects may be nested.
pub(super) const MAX_DEPTH: usize = 256;

/// Reads JSON from a text, token by token.
///
/// An object is read by [`begin_object`](Self::begin_object) and then [`key`](Self::key) until it returns `None`,
/// with exactly one value read or skipped after each key; an array by [`begin_array`](Self::begin_array) and then
/// [`element`](Self::element) until it returns `false`, with one value read after each `true`.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// An object or array was just opened, so no comma comes first.
    fresh: bool,
    /// How many more bytes may be read a second time while choosing among the members of unions.
    #[allow(dead_code, reason = "an API may have no unions")]
    pub(super) patience: usize,
    /// Whether large integers may have been rounded before they were written to this text.
    pub(super) rounded: bool,
    pub(super) care: Care,
}

impl<'a> Reader<'a> {
    /// A reader over UTF-8 bytes; a byte order mark is passed over.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<Self, JsonError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::over(text)),
            Err(error) => Err(JsonError::new(Problem::InvalidUtf8, error.valid_up_to())),
        }
    }

    /// A reader over a text; a byte order mark is passed over.
    pub fn over(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            text,
            at,
            depth: 0,
            fresh: false,
            patience: 64 * 1024 + 16 * text.len(),
            rounded: false,
            care: Care::Usual,
        }
    }

    /// The byte at which the next token begins.
    pub fn offset(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    /// The type of the next value, which is not consumed.
    ///
    /// # Errors
    ///
    /// Fails when no value begins here.
    pub fn peek(&mut self) -> Result<Kind, JsonError> {
        self.skip_space();
        match self.byte() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.wanted("a value is missing")),
        }
    }

    /// Consumes `null` if that is the next value, and tells whether it was.
    ///
    /// # Errors
    ///
    /// Fails when no value begins here.
    pub fn null(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        if self.byte() != Some(b'n') {
            return Ok(false);
        }
        self.literal("null").map(|()| true)
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// Fails when the next value is something else.
    pub fn boolean(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        match self.byte() {
            Some(b't') => self.literal("true").map(|()| true),
            Some(b'f') => self.literal("false").map(|()| false),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Reads a string. It is borrowed from the input unless it has escapes; a lone surrogate becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// Fails when the next value is something else.
    pub fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.skip_space();
        if self.byte() != Some(b'"') {
            return Err(self.mismatch("a string"));
        }
        self.quoted()
    }

    /// Enters an object, and returns the offset at which it begins.
    ///
    /// # Errors
    ///
    /// Fails when the next value is not an object, or is nested too deeply.
    pub fn begin_object(&mut self) -> Result<usize, JsonError> {
        self.begin(b'{', "an object")
    }

    /// Moves to the next member of the object: its key, or `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, JsonError> {
        if !self.advance(b'}')? {
            return Ok(None);
        }
        if self.byte() != Some(b'"') {
            return Err(self.wanted("a key is missing"));
        }
        let key = self.quoted()?;
        self.skip_space();
        if self.byte() != Some(b':') {
            return Err(self.wanted("a colon is missing"));
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Enters an array, and returns the offset at which it begins.
    ///
    /// # Errors
    ///
    /// Fails when the next value is not an array, or is nested too deeply.
    pub fn begin_array(&mut self) -> Result<usize, JsonError> {
        self.begin(b'[', "an array")
    }

    /// Moves to the next element of the array: `false` at its end.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn element(&mut self) -> Result<bool, JsonError> {
        self.advance(b']')
    }

    /// Succeeds if nothing but white space is left.
    ///
    /// # Errors
    ///
    /// Fails when something else is left.
    pub fn finish(&mut self) -> Result<(), JsonError> {
        self.skip_space();
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(JsonError::new(Problem::TrailingData, self.at)),
        }
    }

    fn begin(&mut self, open: u8, expected: &'static str) -> Result<usize, JsonError> {
        self.skip_space();
        if self.byte() != Some(open) {
            return Err(self.mismatch(expected));
        }
        if self.depth == MAX_DEPTH {
            return Err(JsonError::new(Problem::TooDeep, self.at));
        }
        let start = self.at;
        self.depth += 1;
        self.at += 1;
        self.fresh = true;
        Ok(start)
    }

    /// Moves to the next member or element, or past the closing bracket.
    fn advance(&mut self, close: u8) -> Result<bool, JsonError> {
        self.skip_space();
        let first = std::mem::replace(&mut self.fresh, false);
        match self.byte() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(b',') if !first => {
                self.at += 1;
                self.skip_space();
                Ok(true)
            }
            Some(_) if first => Ok(true),
            _ => Err(self.wanted("a comma or a closing bracket is missing")),
        }
    }

    pub(super) fn literal(&mut self, word: &'static str) -> Result<(), JsonError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        let same = rest.iter().zip(word.bytes()).take_while(|(a, b)| **a == *b).count();
        self.at += same;
        Err(self.wanted("a literal is misspelled"))
    }

    pub(super) fn skip_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The error for a value of another type, or for something that is no value.
    pub(super) fn mismatch(&mut self, expected: &'static str) -> JsonError {
        match self.peek() {
            Ok(found) => JsonError::new(Problem::Mismatch { expected, found }, self.at),
            Err(error) => error,
        }
    }

    /// The error for a missing piece of syntax: the end of the input, or something else in its place.
    pub(super) fn wanted(&self, reason: &'static str) -> JsonError {
        let problem = match self.byte() {
            None => Problem::UnexpectedEnd,
            Some(_) => Problem::Syntax(reason),
        };
        JsonError::new(problem, self.at)
    }
}
