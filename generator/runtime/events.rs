//! Server-sent events (WHATWG HTML, section 9.2) as a stream of typed values.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::arriving::Arriving;
use super::driver::{self, Call};
use super::error::{DecodeError, Erased, Error};
use super::json::raw::RawJson;
use super::json::{self, Json};
use super::operation::Repetition;
use super::response::Response;
use super::stream::{ApiStream, Source};
use super::transport::TransportError;

/// Typed events, read one by one.
///
/// An event whose data is `[DONE]` ends the stream. If the connection breaks off or falls silent after an event with an id,
/// and the operation does no harm when repeated, it is made anew with `Last-Event-ID`.
pub type EventStream<T> = ApiStream<T>;

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
    /// The time after which to connect again, if the event says so.
    pub retry: Option<Duration>,
}

/// What the data of an event is, where the document describes the event as an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventData {
    /// Text as it is.
    Text,
    /// JSON.
    Json,
    /// JSON objects and arrays; text, a number or a boolean if it is none.
    Either,
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

impl Response {
    /// The body as a stream of server-sent events. Getting it cannot fail.
    pub fn events<T: FromEvent + 'static>(self) -> Result<EventStream<T>, DecodeError> {
        self.events_by(EventData::Text, |event, _| T::from_event(event))
    }

    /// The body as a stream of server-sent events, each read as an object with the members `event`, `data`, `id` and `retry`.
    /// Getting it cannot fail.
    pub fn event_objects<T: Json + 'static>(self, data: EventData) -> Result<EventStream<T>, DecodeError> {
        self.events_by(data, whole)
    }

    fn events_by<T: 'static>(self, data: EventData, read: Read<T>) -> Result<EventStream<T>, DecodeError> {
        Ok(ApiStream::of(Events { body: self.into(), parser: Parser::default(), resumed: 0, data, read }))
    }
}

/// How an event is read.
type Read<T> = fn(ServerEvent, EventData) -> Result<T, DecodeError>;

/// Reads a whole event as an object.
fn whole<T: Json>(event: ServerEvent, data: EventData) -> Result<T, DecodeError> {
    let object = |data: &str| {
        let mut text = format!("{{\"event\":{},\"data\":{data}", json::to_string(&event.event));
        if !event.id.is_empty() {
            text.push_str(&format!(",\"id\":{}", json::to_string(&event.id)));
        }
        if let Some(retry) = event.retry {
            text.push_str(&format!(",\"retry\":{}", retry.as_millis()));
        }
        text.push('}');
        Bytes::from(text)
    };
    let read = |body: Bytes| json::from_slice(&body).map_err(|error| DecodeError::json(&error, body));
    let quoted = json::to_string(&event.data);
    let is_json = json::from_text::<RawJson>(&event.data).is_ok();
    let structured = is_json && event.data.trim_start().starts_with(['{', '[']);
    match data {
        EventData::Json if is_json => read(object(&event.data)),
        EventData::Text | EventData::Json => read(object(&quoted)),
        // The text may be that of a number or a boolean, or look like JSON by accident.
        EventData::Either if structured => read(object(&event.data)).or_else(|_| read(object(&quoted))),
        EventData::Either if is_json => read(object(&quoted)).or_else(|_| read(object(&event.data))),
        EventData::Either => read(object(&quoted)),
    }
}

/// The events of one call, over as many connections as it takes.
struct Events<T> {
    body: Arriving,
    parser: Parser,
    /// How often the connection was made anew since the last event.
    resumed: u32,
    data: EventData,
    read: Read<T>,
}

impl<T: 'static> Source<T, Erased> for Events<T> {
    async fn next(&mut self) -> Result<Option<T>, Error> {
        loop {
            if let Some(event) = self.parser.ready.pop_front() {
                if event.data.trim() == "[DONE]" {
                    self.body.body = None;
                    self.parser.ready.clear();
                    return Ok(None);
                }
                self.resumed = 0;
                return (self.read)(event, self.data).map(Some).map_err(|error| self.body.undecodable(error));
            }
            match self.body.chunk().await {
                Ok(None) => return Ok(None),
                Ok(Some(chunk)) => {
                    self.parser.push(&chunk);
                    self.body.bound("an event", self.parser.held(), None)?;
                }
                Err(error) => self.resume(error).await?,
            }
        }
    }
}

impl<T: 'static> Events<T> {
    /// Makes the connection anew after it was lost.
    async fn resume(&mut self, error: TransportError) -> Result<(), Error> {
        let call = match &self.body.origin {
            Some(origin) if self.may_resume(&origin.call) => origin.call.clone(),
            _ => return Err(self.body.failure(error)),
        };
        let wait = self.parser.retry.unwrap_or_else(|| call.policy().bound(self.resumed));
        self.resumed += 1;
        self.parser.restart();
        call.client.transport().sleep(wait).await;
        let mut draft = call.draft.clone();
        draft.header("last-event-id", &self.parser.id);
        self.body = driver::execute(Arc::new(Call { draft, ..(*call).clone() })).await?.into();
        Ok(())
    }

    fn may_resume(&self, call: &Call) -> bool {
        let harmless = call.draft.repetition(call.facts) == Repetition::Harmless;
        harmless && !self.parser.id.is_empty() && self.resumed < call.policy().retries
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
    /// What the event that has begun says about it.
    own_retry: Option<Duration>,
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
                self.own_retry = value.parse().ok().map(Duration::from_millis).or(self.own_retry);
                self.retry = self.own_retry.or(self.retry);
            }
            // Also comments, whose field is empty.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        let retry = self.own_retry.take();
        if data.pop().is_some() {
            let event = if event.is_empty() { "message".to_owned() } else { event };
            self.ready.push_back(ServerEvent { event, data, id: self.id.clone(), retry });
        }
    }

    fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    /// Forgets what was begun: a new connection begins a new line and a new event.
    fn restart(&mut self) {
        *self = Self { id: std::mem::take(&mut self.id), retry: self.retry, ..Self::default() };
    }
}
