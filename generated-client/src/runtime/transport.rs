//! The boundary to the network: one small trait that sends a request and can wait, and what goes wrong there.

use std::error::Error as StdError;
use std::fmt;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_util::future::{Either, select};

use super::body::{Body, BodyStream};
use super::clock::Instant;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests. It knows nothing of authentication, retries and redirects: those are done above it.
///
/// An implementation must not follow redirects, and must not add credentials of its own.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and answers with the head of the response and a stream of its body.
    ///
    /// `deadline` is the time that is left for the whole call. The caller stops waiting by itself when it
    /// has passed; an implementation that blocks its thread has to keep it. The request's extensions hold
    /// a [`BodyUse`], which tells whether the deadline covers the body too.
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>>;

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The present, by the clock that [`Transport::sleep`] goes by. In a browser it is an `Instant` of `web-time`.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// What is done with the body of a response; found in the extensions of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyUse {
    /// It is read to its end before the call returns.
    Buffered,
    /// It is handed to the caller as a stream, for which there is no deadline.
    Streamed,
}

/// The id of the operation that a request belongs to; found in the extensions of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationId(pub &'static str);

/// Why a request got no response, or a body did not come to its end.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    sent: Sent,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made.
    Connect,
    /// The time was up.
    Timeout,
    /// The connection was lost, or what came was not HTTP.
    Other,
}

/// Whether the server may have seen the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It certainly has not.
    No,
    /// It may have.
    Maybe,
}

impl TransportError {
    /// No connection could be made, so nothing was sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind: TransportErrorKind::Connect, sent: Sent::No, source: Some(source.into()) }
    }

    /// The time was up after the request may have been sent.
    pub fn timeout() -> Self {
        Self { kind: TransportErrorKind::Timeout, sent: Sent::Maybe, source: None }
    }

    /// The connection was lost after the request may have been sent.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind: TransportErrorKind::Other, sent: Sent::Maybe, source: Some(source.into()) }
    }

    /// The same error for a request of which nothing was sent.
    #[must_use]
    pub fn unsent(mut self) -> Self {
        self.sent = Sent::No;
        self
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have seen the request.
    pub fn sent(&self) -> Sent {
        self.sent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            TransportErrorKind::Connect => "no connection could be made",
            TransportErrorKind::Timeout => "the time was up",
            TransportErrorKind::Other => "the connection failed",
        };
        match &self.source {
            Some(source) => write!(f, "{what}: {}", root(&**source)),
            None => f.write_str(what),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The innermost cause: the ones around it only say that something went wrong.
fn root<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

/// The point in time at which a call has to be over, if there is one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(crate) fn start(transport: &dyn Transport, limit: Option<Duration>) -> Self {
        Self(limit.and_then(|limit| transport.now().checked_add(limit)))
    }

    /// The time that is left; `None` where there is no deadline.
    pub(crate) fn left(self, transport: &dyn Transport) -> Option<Duration> {
        self.0.map(|end| end.saturating_duration_since(transport.now()))
    }

    /// Waits for `work`, but not longer than the deadline.
    pub(crate) async fn cover<T>(
        self,
        transport: &dyn Transport,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let Some(left) = self.left(transport) else {
            return work.await;
        };
        if left.is_zero() {
            return Err(TransportError::timeout());
        }
        match select(pin!(work), transport.sleep(left)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(TransportError::timeout()),
        }
    }
}
