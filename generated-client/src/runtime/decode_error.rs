//! Why the body of a success could not be read, without the content of the body.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::json::JsonError;

/// A successful response whose body is not what the document says.
pub struct DecodeError {
    detail: Box<DecodeDetail>,
}

struct DecodeDetail {
    operation: &'static str,
    path: Option<String>,
    message: String,
    excerpt: String,
    body: Bytes,
}

impl DecodeError {
    /// A body that is not what the document says, for a reason in words.
    pub fn new(message: impl Into<String>, body: Bytes) -> Self {
        let detail = DecodeDetail { operation: "", path: None, message: message.into(), excerpt: String::new(), body };
        Self { detail: Box::new(detail) }
    }

    /// A body that is not the JSON it should be.
    pub(crate) fn json(error: &JsonError, body: Bytes) -> Self {
        let mut made = Self::new(error.to_string(), body);
        made.detail.path = Some(error.path(&made.detail.body));
        made.detail.excerpt = excerpt(&made.detail.body, error.offset());
        made
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.detail.operation = operation;
        self
    }

    /// Where in the JSON body it is: `$.data[3].status_id`.
    pub fn path(&self) -> Option<&str> {
        self.detail.path.as_deref()
    }

    /// A short part of the body around the place, with every letter replaced by `x` and every digit by `0`.
    pub fn excerpt(&self) -> &str {
        &self.detail.excerpt
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.detail.body
    }
}

/// The shape of the text around a byte, without its content.
fn excerpt(body: &[u8], offset: usize) -> String {
    let start = offset.saturating_sub(20);
    let near = body.get(start..).unwrap_or_default();
    let text = String::from_utf8_lossy(near.get(..60).unwrap_or(near));
    let mask = |c: char| match c {
        '0'..='9' => '0',
        c if c.is_ascii_punctuation() => c,
        c if c.is_whitespace() || c.is_control() => ' ',
        _ => 'x',
    };
    text.chars().map(mask).collect()
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &*self.detail;
        write!(f, "{}: the response could not be read: {}", detail.operation, detail.message)?;
        match &detail.path {
            Some(path) => write!(f, " ({path}, near `{}`)", detail.excerpt),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &*self.detail;
        f.debug_struct("DecodeError")
            .field("operation", &detail.operation)
            .field("path", &detail.path)
            .field("message", &detail.message)
            .field("excerpt", &detail.excerpt)
            .field("body", &format_args!("{} bytes", detail.body.len()))
            .finish()
    }
}

impl StdError for DecodeError {}
