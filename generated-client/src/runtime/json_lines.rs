//! JSON documents one per line (NDJSON, JSON Lines) or after record separators (RFC 7464), as a stream of typed values.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::body::BodyStream;
use super::error::{DecodeError, Error};
use super::json::{self, Json};
use super::response::Origin;

/// Typed values, read line by line: see [`try_next`](Self::try_next).
#[must_use = "lines are read only when the stream is"]
pub struct JsonLines<T> {
    body: BodyStream,
    held: BytesMut,
    /// How much of what is held has no end of line.
    searched: usize,
    state: State,
    origin: Option<Origin>,
    item: PhantomData<fn() -> T>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// The body has ended; what is held is the last line.
    Ended,
    Done,
}

impl<T> Unpin for JsonLines<T> {}

impl<T: Json> JsonLines<T> {
    pub(crate) fn new(body: BodyStream, origin: Option<Origin>) -> Self {
        Self { body, held: BytesMut::new(), searched: 0, state: State::Reading, origin, item: PhantomData }
    }

    /// The next value; `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a line is not of the type, after which the stream goes on; [`Error::Connect`] when the
    /// connection is lost.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The next value, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`JsonLines::try_next`].
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<T>, Error> {
        super::block_on(self.try_next())
    }

    /// The next line that is held whole, without white space; it may be empty.
    fn line(&mut self) -> Option<Bytes> {
        let end = self.held.get(self.searched..)?.iter().position(|byte| matches!(byte, b'\n' | b'\r' | 0x1e));
        match (end, self.state) {
            (Some(end), _) => {
                let line = self.held.split_to(self.searched + end + 1).freeze();
                self.searched = 0;
                Some(line.slice(..line.len() - 1))
            }
            (None, State::Reading) => {
                self.searched = self.held.len();
                None
            }
            (None, State::Ended | State::Done) => {
                self.searched = 0;
                self.state = State::Done;
                Some(self.held.split().freeze())
            }
        }
    }

    fn fail(&mut self, error: DecodeError) -> Error {
        Error::Decode(error.of(self.origin.as_ref().map_or("", |origin| origin.call.facts.id)))
    }

    fn is_too_long(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| self.held.len() > origin.call.client.settings().max_body)
    }
}

impl<T: Json> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.state == State::Done {
                return Poll::Ready(None);
            }
            if let Some(line) = self.line() {
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let value = json::from_slice(&line).map_err(|error| self.fail(DecodeError::json(&error, line)));
                return Poll::Ready(Some(value));
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(chunk)) => {
                    self.held.extend_from_slice(&chunk);
                    if self.is_too_long() {
                        self.state = State::Done;
                        let error = DecodeError::new("a line is longer than the limit", Bytes::new());
                        return Poll::Ready(Some(Err(self.fail(error))));
                    }
                }
                None => self.state = State::Ended,
                Some(Err(error)) => {
                    self.state = State::Done;
                    let error = match &self.origin {
                        Some(origin) => origin.call.failure(error),
                        None => Error::Decode(DecodeError::new(error.to_string(), Bytes::new())),
                    };
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}
