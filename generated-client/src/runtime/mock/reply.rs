//! Answers of the transport for tests.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::super::json::{self, ToJson};

/// An answer of a [`Mock`](super::Mock).
#[derive(Debug, Clone)]
pub struct MockReply {
    pub(super) outcome: Outcome,
    pub(super) delay: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Response { status: StatusCode, headers: HeaderMap, body: Bytes },
    Refused,
    Lost,
    TimedOut,
}

impl MockReply {
    /// A response without a body. A status that is no HTTP status is 500.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::of(Outcome::Response { status, headers: HeaderMap::new(), body: Bytes::new() })
    }

    /// A response with a JSON body.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::status(status).header("content-type", "application/json").body(body)
    }

    /// A response with a value as JSON.
    pub fn value(status: u16, value: &(impl ToJson + ?Sized)) -> Self {
        Self::json(status, json::to_vec(value))
    }

    /// No connection could be made.
    pub fn refused() -> Self {
        Self::of(Outcome::Refused)
    }

    /// The connection was lost before there was a response.
    pub fn lost() -> Self {
        Self::of(Outcome::Lost)
    }

    /// There was no response in time.
    pub fn timed_out() -> Self {
        Self::of(Outcome::TimedOut)
    }

    fn of(outcome: Outcome) -> Self {
        Self { outcome, delay: Duration::ZERO }
    }

    /// Adds a header; one that cannot be sent is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Outcome::Response { headers, .. }, Ok(name), Ok(value)) =
            (&mut self.outcome, HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, content: impl Into<Bytes>) -> Self {
        if let Outcome::Response { body, .. } = &mut self.outcome {
            *body = content.into();
        }
        self
    }

    /// Lets time pass before the answer, by the clock of the mock.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}
