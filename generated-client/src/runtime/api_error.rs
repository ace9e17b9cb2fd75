//! Responses that are not a success, typed by status where the document says how.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::error::Erased;
use super::operation::{Facts, Repetition};
use super::rate_limit::RateLimit;
use super::response::Response;
use super::retry::{is_transient, refuses};

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
    fn decode(response: Response) -> Option<Self>;
}

impl TypedError for Undocumented {
    fn decode(_: Response) -> Option<Self> {
        None
    }
}

/// What an operation documents beside success: statuses with the variants they give; `_` stands for every other status.
// An API that documents no error does not use it.
#[allow(unused_macros)]
macro_rules! errors {
    ($error:ident of $handle:ident::$method:ident {
        $($(#[$about:meta])* $status:pat => $variant:ident $(($body:ty as $read:ident))?),+ $(,)?
    }) => {
        #[doc = concat!("What [`", stringify!($handle), "::", stringify!($method), "`] documents beside success.")]
        #[allow(deprecated, reason = "a deprecated type is deprecated where it is named")]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $error {
            $($(#[$about])* $variant $(($body))?,)+
        }

        impl $crate::runtime::TypedError for $error {
            // A table with `_` leaves nothing for the last arm.
            #[allow(unreachable_patterns)]
            fn decode(response: $crate::runtime::Response) -> Option<Self> {
                match response.status() {
                    $($status => errors!(@ $variant response $($read)?),)+
                    _ => None,
                }
            }
        }
    };
    (@ $variant:ident $response:ident) => { Some(Self::$variant) };
    (@ $variant:ident $response:ident $read:ident) => { $response.$read().ok().map(Self::$variant) };
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

    /// The same error with its body read as the operation describes it.
    pub(crate) fn decode<E: TypedError>(self) -> ApiError<E> {
        let typed = E::decode(Response::new(self.status, self.headers.clone(), self.body.clone()));
        self.with(typed)
    }
}

impl<E> ApiError<E> {
    /// Whether the same call may succeed later, and may be made again without doing something twice.
    pub(crate) fn is_retryable(&self) -> bool {
        match self.repetition {
            Repetition::Harmless => is_transient(self.status),
            Repetition::Harmful => refuses(self.status, &self.headers),
        }
    }

    /// Whether the server may have done what was asked, and it would be harmful to ask twice.
    pub(crate) fn outcome_unknown(&self) -> bool {
        let lost = matches!(self.status.as_u16(), 408 | 500 | 502 | 503 | 504) && !refuses(self.status, &self.headers);
        lost && self.repetition == Repetition::Harmful
    }

    /// The same error with another typed body.
    pub(crate) fn with<T>(self, typed: Option<T>) -> ApiError<T> {
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
