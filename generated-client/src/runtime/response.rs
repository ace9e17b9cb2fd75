//! A successful response, and the ways to read its body.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Uri};

use super::body::BodyStream;
use super::download::Download;
use super::driver::Call;
use super::error::DecodeError;
use super::events::{EventStream, FromEvent};
use super::json::{self, Json};
use super::json_lines::JsonLines;

/// A successful response whose body was not looked at yet.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    content: Content,
    origin: Option<Origin>,
}

#[derive(Debug)]
pub(crate) enum Content {
    Buffered(Bytes),
    Streamed(BodyStream),
}

impl Content {
    fn into_stream(self) -> BodyStream {
        match self {
            Self::Buffered(bytes) => bytes.into(),
            Self::Streamed(stream) => stream,
        }
    }
}

/// Where a response comes from: what is needed to ask again.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) call: Arc<Call>,
    /// The URL that was asked first: its origin is the one that the credentials are for.
    pub(crate) home: Uri,
    /// The URL that answered, after redirects.
    pub(crate) url: Uri,
}

impl Response {
    /// A response from its parts, for those who read responses that came another way.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, content: Content::Buffered(body.into()), origin: None }
    }

    pub(crate) fn received(status: StatusCode, headers: HeaderMap, content: Content, origin: Origin) -> Self {
        Self { status, headers, content, origin: Some(origin) }
    }

    pub(crate) fn into_stream(self) -> BodyStream {
        self.content.into_stream()
    }

    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The status as a number.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status.
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether the body has a media type; its parameters are not compared. `text/*` and `*/*` stand for many.
    pub fn is(&self, media_type: &str) -> bool {
        media_type_matches(&self.headers, media_type)
    }

    fn into_bytes(self) -> Result<Bytes, DecodeError> {
        match self.content {
            Content::Buffered(bytes) => Ok(bytes),
            Content::Streamed(_) => Err(DecodeError::new("the body is a stream", Bytes::new())),
        }
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Fails when the body is not JSON of this type.
    pub fn json<T: Json>(self) -> Result<T, DecodeError> {
        let body = self.into_bytes()?;
        json::from_slice(&body).map_err(|error| DecodeError::json(&error, body))
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    ///
    /// # Errors
    ///
    /// Fails when the body is a stream.
    pub fn text(self) -> Result<String, DecodeError> {
        Ok(String::from_utf8_lossy(&self.into_bytes()?).into_owned())
    }

    /// The body as it came.
    ///
    /// # Errors
    ///
    /// Fails when the body is a stream.
    pub fn bytes(self) -> Result<Bytes, DecodeError> {
        self.into_bytes()
    }

    /// Nothing, whatever the body is.
    ///
    /// # Errors
    ///
    /// None.
    pub fn empty(self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// The error for a success that the document does not name.
    pub fn unexpected(self) -> DecodeError {
        let media_type =
            self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("no media type");
        let message =
            format!("the document names no success of status {} with {}", self.status, media_type.escape_debug());
        let body = match self.content {
            Content::Buffered(bytes) => bytes,
            Content::Streamed(_) => Bytes::new(),
        };
        DecodeError::new(message, body)
    }

    /// The body as a stream of bytes.
    ///
    /// # Errors
    ///
    /// None.
    pub fn download(self) -> Result<Download, DecodeError> {
        let (status, headers) = (self.status, self.headers);
        Ok(Download::new(status, headers, self.content.into_stream(), self.origin))
    }

    /// The body as a stream of server-sent events.
    ///
    /// # Errors
    ///
    /// None.
    pub fn events<T: FromEvent>(self) -> Result<EventStream<T>, DecodeError> {
        Ok(EventStream::new(self.content.into_stream(), self.origin))
    }

    /// The body as a stream of JSON documents, one per line.
    ///
    /// # Errors
    ///
    /// None.
    pub fn json_lines<T: Json>(self) -> Result<JsonLines<T>, DecodeError> {
        Ok(JsonLines::new(self.content.into_stream(), self.origin))
    }
}

/// Whether the `Content-Type` is `media_type`.
pub(crate) fn media_type_matches(headers: &HeaderMap, media_type: &str) -> bool {
    let Some(found) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (found, wanted) = (essence(found), essence(media_type));
    match wanted.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => found.split_once('/').is_some_and(|(found, _)| found == kind),
        None => found == wanted,
    }
}

/// Whether the body is JSON of some kind.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}
