//! JSON documents one per line (NDJSON, JSON Lines) or after record separators (RFC 7464), as a stream of typed values.

use bytes::{Bytes, BytesMut};

use super::arriving::Arriving;
use super::error::{DecodeError, Erased, Error};
use super::json::{self, Json};
use super::response::Response;
use super::stream::{ApiStream, Source};

/// Typed values, read line by line.
pub type JsonLines<T> = ApiStream<T>;

impl Response {
    /// The body as a stream of JSON documents, one per line. Getting it cannot fail.
    pub fn json_lines<T: Json + 'static>(self) -> Result<JsonLines<T>, DecodeError> {
        Ok(ApiStream::of(Lines { body: self.into(), held: BytesMut::new(), searched: 0 }))
    }
}

struct Lines {
    body: Arriving,
    held: BytesMut,
    /// How much of what is held has no end of line.
    searched: usize,
}

impl<T: Json> Source<T, Erased> for Lines {
    async fn next(&mut self) -> Result<Option<T>, Error> {
        loop {
            if let Some(line) = self.line() {
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let value = json::from_slice(&line);
                return value.map(Some).map_err(|error| self.body.undecodable(DecodeError::json(&error, line)));
            }
            let chunk = match self.body.chunk().await {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.held.clear();
                    return Err(self.body.failure(error));
                }
            };
            match chunk {
                Some(chunk) => self.held.extend_from_slice(&chunk),
                None if self.held.is_empty() => return Ok(None),
                // What is left is the last line.
                None => self.held.extend_from_slice(b"\n"),
            }
            if let Err(error) = self.body.bound("a line", self.held.len(), None) {
                self.held.clear();
                return Err(error);
            }
        }
    }
}

impl Lines {
    /// The next line that is held whole; it may be empty.
    fn line(&mut self) -> Option<Bytes> {
        let end = self.held.get(self.searched..)?.iter().position(|byte| matches!(byte, b'\n' | b'\r' | 0x1e));
        let Some(end) = end else {
            self.searched = self.held.len();
            return None;
        };
        let line = self.held.split_to(self.searched + end + 1).freeze();
        self.searched = 0;
        Some(line.slice(..line.len() - 1))
    }
}
