//! Server-sent events (WHATWG HTML, section 9.2) as a stream of typed values.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::body::BodyStream;
use super::driver;
use super::error::{DecodeError, Error};
use super::json::{self, Json};
use super::operation::Repetition;
use super::response::{Origin, Response};
use super::transport::{BoxFuture, TransportError};

/// One event as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerEvent {
    /// The type of the event; `message` if it has none.
    pub event: String,
    /// The lines of its data.
    pub data: String,
    /// The last id that was sent.
    pub id: String,
}

/// A type that an event is read as: [`ServerEvent`] itself, or any JSON type, which is read from the data.
pub trait FromEvent: Sized {
    /// Reads the event.
    ///
    /// # Errors
    ///
    /// Fails when the data is not JSON of this type.
    fn from_event(event: ServerEvent) -> Result<Self, DecodeError>;
}

impl FromEvent for ServerEvent {
    fn from_event(event: ServerEvent) -> Result<Self, DecodeError> {
        Ok(event)
    }
}

impl<T: Json> FromEvent for T {
    fn from_event(event: ServerEvent) -> Result<Self, DecodeError> {
        let data = Bytes::from(event.data);
        json::from_slice(&data).map_err(|error| DecodeError::json(&error, data))
    }
}

/// Cuts bytes into events, wherever they are cut into pieces.
#[derive(Debug, Default)]
struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return, so that a line feed now ends the same line.
    after_return: bool,
    begun: bool,
    event: String,
    data: String,
    id: String,
    retry: Option<Duration>,
    ready: VecDeque<ServerEvent>,
}

impl Parser {
    fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let same_line = std::mem::replace(&mut self.after_return, byte == b'\r') && byte == b'\n';
            match byte {
                _ if same_line => {}
                b'\n' | b'\r' => self.end_line(),
                _ => self.line.push(byte),
            }
        }
    }

    fn end_line(&mut self) {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        let line = if std::mem::replace(&mut self.begun, true) { &text } else { text.trim_start_matches('\u{feff}') };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // Also comments, whose field is empty.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_some() {
            let event = if event.is_empty() { "message".to_owned() } else { event };
            self.ready.push_back(ServerEvent { event, data, id: self.id.clone() });
        }
    }

    fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    /// Forgets what was begun: a new connection begins a new line and a new event.
    fn restart(&mut self) {
        let (id, retry, ready) = (std::mem::take(&mut self.id), self.retry, std::mem::take(&mut self.ready));
        *self = Self { id, retry, ready, ..Self::default() };
    }
}

/// Typed events, read one by one: see [`try_next`](Self::try_next).
///
/// An event whose data is `[DONE]` ends the stream. If the connection breaks off after an event with an id, and the operation
/// does no harm when repeated, it is made anew with `Last-Event-ID`.
#[must_use = "events are read only when the stream is"]
pub struct EventStream<T> {
    source: Source,
    parser: Parser,
    origin: Option<Origin>,
    /// How often the connection was made anew since the last event.
    resumed: u32,
    item: PhantomData<fn() -> T>,
}

enum Source {
    Body(BodyStream),
    Resuming(BoxFuture<'static, Result<Response, Error>>),
    Done,
}

// The future and the stream are in boxes of their own.
impl<T> Unpin for EventStream<T> {}

impl<T: FromEvent> EventStream<T> {
    pub(crate) fn new(body: BodyStream, origin: Option<Origin>) -> Self {
        Self { source: Source::Body(body), parser: Parser::default(), origin, resumed: 0, item: PhantomData }
    }

    /// The next event; `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when an event is not of the type, after which the stream goes on; [`Error::Connect`] when the
    /// connection is lost for good.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The next event, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`EventStream::try_next`].
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<T>, Error> {
        super::block_on(self.try_next())
    }

    /// What goes on after the connection was lost.
    fn after(&mut self, error: TransportError) -> Result<Source, Error> {
        let Some(origin) = self.origin.clone() else {
            return Err(Error::Decode(DecodeError::new(error.to_string(), Bytes::new())));
        };
        let call = origin.call;
        let repeatable = call.draft.repetition(call.facts) == Repetition::Harmless && !self.parser.id.is_empty();
        let policy = call.policy();
        if !repeatable || self.resumed >= policy.limit() {
            return Err(call.failure(error));
        }
        let wait = self.parser.retry.unwrap_or_else(|| policy.bound(self.resumed));
        self.resumed += 1;
        self.parser.restart();
        let id = self.parser.id.clone();
        Ok(Source::Resuming(Box::pin(async move {
            call.transport.sleep(wait).await;
            driver::resume(call, id).await
        })))
    }

    fn too_long(&self) -> Option<Error> {
        let call = &self.origin.as_ref()?.call;
        let limit = call.client.settings().max_body;
        let message = format!("an event is longer than the limit of {limit} bytes");
        (self.parser.held() > limit).then(|| Error::Decode(DecodeError::new(message, Bytes::new()).of(call.facts.id)))
    }

    fn read(&mut self, event: ServerEvent) -> Result<T, Error> {
        self.resumed = 0;
        let operation = self.origin.as_ref().map_or("", |origin| origin.call.facts.id);
        T::from_event(event).map_err(|error| Error::Decode(error.of(operation)))
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(event) = self.parser.ready.pop_front() {
                if event.data.trim() == "[DONE]" {
                    self.source = Source::Done;
                    self.parser.ready.clear();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(self.read(event)));
            }
            let next = match &mut self.source {
                Source::Done => return Poll::Ready(None),
                Source::Body(body) => match ready!(Pin::new(body).poll_next(cx)) {
                    Some(Ok(chunk)) => {
                        self.parser.push(&chunk);
                        match self.too_long() {
                            None => continue,
                            Some(error) => Err(error),
                        }
                    }
                    Some(Err(error)) => self.after(error),
                    None => Ok(Source::Done),
                },
                Source::Resuming(future) => {
                    ready!(future.as_mut().poll(cx)).map(|response| Source::Body(response.into_stream()))
                }
            };
            match next {
                Ok(source) => self.source = source,
                Err(error) => {
                    self.source = Source::Done;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}
