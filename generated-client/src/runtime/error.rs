//! What can go wrong with a call. Neither `Display` nor `Debug` shows a secret or the content of a body.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::operation::{Facts, Repetition};
use super::rate_limit::retry_after;
use super::response::RawResponse;
use super::transport::{Sent, TransportError, TransportErrorKind};

pub(crate) use super::api_error::{ApiError, TypedError};
pub(crate) use super::credential::AuthError;
pub(crate) use super::decode_error::DecodeError;

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

/// A call that did not get a complete response.
#[derive(Debug)]
pub struct CallError {
    operation: &'static str,
    outcome: Outcome,
    source: Box<TransportError>,
    received: Option<Box<RawResponse>>,
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

    /// What had come when the connection was lost or the time was up: status, headers and the beginning of the body.
    pub fn received(&self) -> Option<&RawResponse> {
        self.received.as_deref()
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
        let error = CallError { operation: facts.id, outcome, source: Box::new(source), received: None };
        match kind {
            TransportErrorKind::Timeout => Self::Timeout(error),
            TransportErrorKind::Connect | TransportErrorKind::Other => Self::Connect(error),
        }
    }

    /// The same error with the part of a response that came before it.
    pub(crate) fn with_received(mut self, response: RawResponse) -> Self {
        if let Self::Timeout(error) | Self::Connect(error) = &mut self {
            error.received = Some(Box::new(response));
        }
        self
    }

    /// The same error with its body read as the operation describes it.
    pub(crate) fn typed<E: TypedError>(self) -> Error<E> {
        match self {
            Self::Api(api) => Error::Api(Box::new(api.decode())),
            other => other.untyped(),
        }
    }
}

impl<E> Error<E> {
    /// The same error without the typed body.
    fn untyped<T>(self) -> Error<T> {
        match self {
            Self::Api(api) => Error::Api(Box::new(api.with(None))),
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
            Self::Api(api) => api.is_retryable(),
            Self::Timeout(_) | Self::Connect(_) => !self.outcome_unknown(),
            Self::Decode(_) | Self::Auth(_) | Self::Build(_) => false,
        }
    }

    /// Whether the server may have done what was asked, although the call failed, and it would be harmful to ask twice.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Api(api) => api.outcome_unknown(),
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
        error.untyped()
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
