//! A successful response, and the ways to read its body.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Uri};

use super::body::BodyStream;
use super::driver::Call;
use super::error::DecodeError;
use super::json::{self, Json};
use super::operation::Operation;
use super::rate_limit::RateLimit;

/// A successful response whose body was not looked at yet.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    pub(crate) content: Content,
    pub(crate) origin: Option<Origin>,
}

#[derive(Debug)]
pub(crate) enum Content {
    Buffered(Bytes),
    #[allow(dead_code, reason = "an API may have no streams")]
    Streamed(BodyStream),
}

/// Where a response comes from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    #[allow(dead_code, reason = "an API may have neither lists nor streams")]
    pub(crate) call: Arc<Call>,
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

    /// The URL that answered, after redirects; `None` if the response was not sent for.
    pub fn url(&self) -> Option<&Uri> {
        self.origin.as_ref().map(|origin| &origin.url)
    }

    /// Whether the body has a media type; its parameters are not compared. `text/*` and `*/*` stand for many.
    pub fn is(&self, media_type: &str) -> bool {
        let (Some(found), wanted) = (media_type_of(&self.headers), essence(media_type)) else { return false };
        match wanted.strip_suffix("/*") {
            Some("*") => true,
            Some(kind) => found.split_once('/').is_some_and(|(found, _)| found == kind),
            None => found == wanted,
        }
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Fails when the body is not JSON of this type.
    pub fn json<T: Json>(self) -> Result<T, DecodeError> {
        let body = self.bytes()?;
        json::from_slice(&body).map_err(|error| DecodeError::json(&error, body))
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    ///
    /// # Errors
    ///
    /// Fails when the body is a stream.
    pub fn text(self) -> Result<String, DecodeError> {
        Ok(String::from_utf8_lossy(&self.bytes()?).into_owned())
    }

    /// The body as it came.
    ///
    /// # Errors
    ///
    /// Fails when the body is a stream.
    pub fn bytes(self) -> Result<Bytes, DecodeError> {
        match self.content {
            Content::Buffered(bytes) => Ok(bytes),
            Content::Streamed(_) => Err(DecodeError::new("the body is a stream", Bytes::new())),
        }
    }

    /// Nothing, whatever the body is, so that it cannot fail.
    pub fn empty(self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// The error for a success that the document does not name.
    pub fn unexpected(self) -> DecodeError {
        let media_type = media_type_of(&self.headers).unwrap_or_else(|| "no media type".to_owned());
        let message =
            format!("the document names no success of status {} with {}", self.status, media_type.escape_debug());
        DecodeError::new(message, self.bytes().unwrap_or_default())
    }
}

/// What an output of several kinds is read into: by status and media type, in this order; `_` stands for every other status.
#[allow(unused_macros, reason = "an API may have no operation with several kinds of success")]
macro_rules! successes {
    ($output:ident {
        $($status:pat $(if $media_type:literal)? => $variant:ident $(($($read:tt)+))?),+ $(,)?
    }) => {
        #[allow(unreachable_patterns, deprecated, reason = "a table with `_` leaves nothing for the last arm")]
        impl $output {
            fn read(
                response: $crate::runtime::Response,
            ) -> ::std::result::Result<Self, $crate::runtime::DecodeError> {
                match response.status() {
                    $($status $(if response.is($media_type))? => successes!(@ $variant response $($($read)+)?),)+
                    _ => Err(response.unexpected()),
                }
            }
        }
    };
    (@ $variant:ident $response:ident) => { Ok(Self::$variant) };
    (@ $variant:ident $response:ident boxed $read:ident $(($detail:expr))?) => {
        $response.$read($($detail)?).map(|body| Self::$variant(Box::new(body)))
    };
    (@ $variant:ident $response:ident $read:ident $(($detail:expr))?) => {
        $response.$read($($detail)?).map(Self::$variant)
    };
}

/// A response as it came.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
}

impl RawResponse {
    /// What the response says about the rate limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// An output with the status and the headers it came with.
#[non_exhaustive]
pub struct WithResponse<O: Operation> {
    /// The output.
    pub value: O::Output,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
}

impl<O: Operation<Output: fmt::Debug>> fmt::Debug for WithResponse<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithResponse")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish()
    }
}

impl<O: Operation<Output: Clone>> Clone for WithResponse<O> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), status: self.status, headers: self.headers.clone() }
    }
}

impl<O: Operation> WithResponse<O> {
    /// What the response says about the rate limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// The text of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Whether the body is JSON of some kind.
pub(crate) fn has_json(headers: &HeaderMap) -> bool {
    media_type_of(headers).is_some_and(|found| is_json(&found))
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn media_type_of(headers: &HeaderMap) -> Option<String> {
    Some(essence(headers.get(CONTENT_TYPE)?.to_str().ok()?))
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
