//! What can go wrong with a call. Neither `Display` nor `Debug` shows a secret or the content of a body.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::auth::AuthError;
use super::json::{self, Json, JsonError};
use super::operation::{Facts, Repetition};
use super::rate_limit::{RateLimit, retry_after};
use super::retry::{is_transient, refuses};
use super::transport::{Sent, TransportError};

/// Why a call did not give its output. `E` is what the operation documents beside success.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = Erased> {
    /// The server answered with something other than success.
    Api(Box<ApiError<E>>),
    /// The time was up.
    Timeout(CallError),
    /// No connection could be made, or it was lost.
    Connect(CallError),
    /// The response was a success, but its body is not what the document says.
    Decode(DecodeError),
    /// The request could not be given a credential.
    Auth(AuthError),
    /// The request could not be made from what was given.
    Build(BuildError),
}

/// Stands for a typed error that was left behind: the default of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {}

/// The typed error of operations that document none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undocumented {}

/// A response that is not a success.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError<E = Erased> {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came, cut at the client's limit.
    pub body: Bytes,
    /// The body as the document describes it, if it does and the body is such.
    pub typed: Option<E>,
    message: Option<String>,
    repetition: Repetition,
    echo: Echo,
}

/// Whether the body repeats a credential of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Echo {
    Nothing,
    Secret,
}

/// What an operation documents beside success; implemented by the table `errors!`.
pub trait TypedError: fmt::Debug + Sized {
    /// Reads the body of a response that is not a success.
    fn decode(response: &ErrorResponse<'_>) -> Option<Self>;
}

impl TypedError for Undocumented {
    fn decode(_: &ErrorResponse<'_>) -> Option<Self> {
        None
    }
}

/// The status and body of a response that is not a success.
#[derive(Debug, Clone, Copy)]
pub struct ErrorResponse<'a> {
    status: StatusCode,
    body: &'a Bytes,
}

impl ErrorResponse<'_> {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as JSON.
    pub fn json<T: Json>(&self) -> Option<T> {
        json::from_slice(self.body).ok()
    }

    /// The body as text.
    pub fn text(&self) -> Option<String> {
        Some(String::from_utf8_lossy(self.body).into_owned())
    }

    /// The body as it came.
    pub fn bytes<T: From<Bytes>>(&self) -> Option<T> {
        Some(T::from(self.body.clone()))
    }
}

/// Implements [`TypedError`] by a table of statuses and the variants they give; `_` stands for every other status.
// An API that documents no error does not use it.
#[allow(unused_macros)]
macro_rules! errors {
    ($error:ident { $($status:pat => $variant:ident $(($how:ident))?),+ $(,)? }) => {
        impl $crate::runtime::TypedError for $error {
            // A table with `_` leaves nothing for the last arm; variants may be deprecated.
            #[allow(unreachable_patterns, deprecated)]
            fn decode(response: &$crate::runtime::ErrorResponse<'_>) -> Option<Self> {
                match response.status() {
                    $($status => errors!(@ $error $variant response $($how)?),)+
                    _ => None,
                }
            }
        }
    };
    (@ $error:ident $variant:ident $response:ident) => { Some($error::$variant) };
    (@ $error:ident $variant:ident $response:ident $how:ident) => { $response.$how().map($error::$variant) };
}

impl ApiError {
    pub(crate) fn new(
        facts: &Facts,
        repetition: Repetition,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        let message = message(&body);
        Self { operation: facts.id, status, headers, body, typed: None, message, repetition, echo: Echo::Nothing }
    }

    /// Shows neither the message nor the typed error where the body repeats a credential.
    pub(crate) fn censor(&mut self, shows_secret: impl Fn(&str) -> bool) {
        if shows_secret(&String::from_utf8_lossy(&self.body)) {
            self.message = None;
            self.echo = Echo::Secret;
        }
    }
}

impl<E> ApiError<E> {
    fn with<T>(self, typed: Option<T>) -> ApiError<T> {
        ApiError {
            operation: self.operation,
            status: self.status,
            headers: self.headers,
            body: self.body,
            typed,
            message: self.message,
            repetition: self.repetition,
            echo: self.echo,
        }
    }

    /// What the server says about it, where the body has a usual place for that.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What the response says about the rate limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed: &dyn fmt::Debug = match self.echo {
            Echo::Nothing => &self.typed,
            Echo::Secret => &format_args!("not shown: it repeats a credential"),
        };
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("typed", typed)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the server answered {}", self.operation, self.status)?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

/// The message that the usual shapes of error bodies hold, on one line and cut to a readable length.
fn message(body: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(body).ok()?;
    let direct = |value: &serde_json::Value| {
        let keys = ["message", "error_description", "detail", "error", "title"];
        keys.iter().find_map(|key| value.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
    };
    let first = || {
        let first = value.get("errors")?.get(0)?;
        first.as_str().map(str::to_owned).or_else(|| direct(first))
    };
    let text = direct(&value).or_else(|| direct(value.get("error")?)).or_else(first)?;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    Some(line)
}

/// A call that did not get a complete response.
#[derive(Debug)]
pub struct CallError {
    operation: &'static str,
    outcome: Outcome,
    source: Box<TransportError>,
}

/// Whether it is known what the server did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Known,
    Unknown,
}

impl CallError {
    /// The id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.source)?;
        match self.outcome {
            Outcome::Known => Ok(()),
            Outcome::Unknown => f.write_str("; the server may have done it nevertheless"),
        }
    }
}

impl StdError for CallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

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

/// A request or a client that could not be made from what was given.
#[derive(Debug, Clone)]
pub struct BuildError {
    message: String,
}

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {}

impl Error {
    /// A call without a complete response.
    pub(crate) fn call(facts: &Facts, repetition: Repetition, source: TransportError) -> Self {
        let outcome = match (repetition, source.sent()) {
            (Repetition::Harmful, Sent::Maybe) => Outcome::Unknown,
            (Repetition::Harmless, _) | (_, Sent::No) => Outcome::Known,
        };
        let kind = source.kind();
        let error = CallError { operation: facts.id, outcome, source: Box::new(source) };
        match kind {
            super::transport::TransportErrorKind::Timeout => Self::Timeout(error),
            super::transport::TransportErrorKind::Connect | super::transport::TransportErrorKind::Other => {
                Self::Connect(error)
            }
        }
    }

    /// The same error with its body read as the operation describes it.
    pub(crate) fn typed<E: TypedError>(self) -> Error<E> {
        match self {
            Self::Api(api) => {
                let typed = E::decode(&ErrorResponse { status: api.status, body: &api.body });
                Error::Api(Box::new(api.with(typed)))
            }
            other => other.untyped(|_| None),
        }
    }
}

impl<E> Error<E> {
    fn untyped<T>(self, convert: impl FnOnce(E) -> Option<T>) -> Error<T> {
        match self {
            Self::Api(mut api) => {
                let typed = api.typed.take().and_then(convert);
                Error::Api(Box::new(api.with(typed)))
            }
            Self::Timeout(error) => Error::Timeout(error),
            Self::Connect(error) => Error::Connect(error),
            Self::Decode(error) => Error::Decode(error),
            Self::Auth(error) => Error::Auth(error),
            Self::Build(error) => Error::Build(error),
        }
    }

    /// The response, if there was one that is not a success.
    pub fn api(&self) -> Option<&ApiError<E>> {
        match self {
            Self::Api(api) => Some(api),
            _ => None,
        }
    }

    /// What the operation documents for this status, if the body is such.
    pub fn typed_error(&self) -> Option<&E> {
        self.api()?.typed.as_ref()
    }

    /// The status, if there was a response that is not a success.
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(|api| api.status)
    }

    /// Whether the server answered 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 429.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// How long the server asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.api()?.headers)
    }

    /// Whether the same call may succeed later, and may be made again without doing something twice.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(api) => match api.repetition {
                Repetition::Harmless => is_transient(api.status),
                Repetition::Harmful => refuses(api.status, &api.headers),
            },
            Self::Timeout(_) | Self::Connect(_) => !self.outcome_unknown(),
            Self::Decode(_) | Self::Auth(_) | Self::Build(_) => false,
        }
    }

    /// Whether the server may have done what was asked, although the call failed, and it would be harmful to ask twice.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Api(api) => {
                let lost =
                    matches!(api.status.as_u16(), 408 | 500 | 502 | 503 | 504) && !refuses(api.status, &api.headers);
                lost && api.repetition == Repetition::Harmful
            }
            Self::Timeout(error) | Self::Connect(error) => error.outcome == Outcome::Unknown,
            Self::Decode(_) | Self::Auth(_) | Self::Build(_) => false,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Timeout(error) | Self::Connect(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Timeout(error) | Self::Connect(error) => error.source(),
            Self::Auth(error) => error.source(),
            Self::Api(_) | Self::Decode(_) | Self::Build(_) => None,
        }
    }
}

// `Erased` has no `TypedError`, so this does not overlap with `From<T> for T`.
impl<E: TypedError> From<Error<E>> for Error {
    fn from(error: Error<E>) -> Self {
        error.untyped(|_| None)
    }
}

impl<E> From<DecodeError> for Error<E> {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl<E> From<AuthError> for Error<E> {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl<E> From<BuildError> for Error<E> {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}
