//! A transport for tests: it answers by rules, notes what it was asked, and has a clock of its own.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use super::body::{Body, BodyStream};
use super::clock::Instant;
use super::operation::Operation;
use super::transport::{BoxFuture, OperationId, Transport, TransportError};

/// A transport that sends nothing. A clone is the same transport.
#[derive(Debug, Clone)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    rules: Vec<Rule>,
    requests: Vec<MockRequest>,
    waits: Vec<Duration>,
    start: Instant,
    elapsed: Duration,
}

#[derive(Debug)]
struct Rule {
    /// The operation that it is for; `None` for all.
    operation: Option<&'static str>,
    /// What is answered, one after the other; the last answer is given from then on.
    replies: VecDeque<MockReply>,
}

/// A request as it would have been sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MockRequest {
    /// The id of the operation; empty for requests that belong to none.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// An answer of a [`Mock`].
#[derive(Debug, Clone)]
pub struct MockReply {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Outcome {
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

impl Mock {
    /// A mock without rules, which answers 404 to everything.
    pub fn new() -> Self {
        let (rules, requests, waits) = (Vec::new(), Vec::new(), Vec::new());
        let state = State { rules, requests, waits, start: Instant::now(), elapsed: Duration::ZERO };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// What is answered to an operation: each reply once, the last one from then on.
    #[must_use]
    pub fn on<O: Operation>(self, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.rule(Some(O::FACTS.id()), replies)
    }

    /// What is answered to every request for which there is no rule of its own.
    #[must_use]
    pub fn otherwise(self, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.rule(None, replies)
    }

    fn rule(self, operation: Option<&'static str>, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.state().rules.push(Rule { operation, replies: replies.into_iter().collect() });
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The requests so far, without their credentials being marked.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.state().requests.clone()
    }

    /// How long was waited between attempts so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    fn answer(
        &self,
        request: MockRequest,
        deadline: Option<Duration>,
    ) -> Result<http::Response<BodyStream>, TransportError> {
        let mut state = self.state();
        let exact = state.rules.iter().position(|rule| rule.operation == Some(request.operation));
        let found = exact.or_else(|| state.rules.iter().position(|rule| rule.operation.is_none()));
        state.requests.push(request);
        let rule = found.and_then(|index| state.rules.get_mut(index));
        let reply = rule.and_then(|rule| {
            if rule.replies.len() > 1 { rule.replies.pop_front() } else { rule.replies.front().cloned() }
        });
        let reply = reply.unwrap_or_else(|| MockReply::status(404));
        if let Some(deadline) = deadline.filter(|deadline| reply.delay >= *deadline) {
            state.elapsed += deadline;
            return Err(TransportError::timeout());
        }
        state.elapsed += reply.delay;
        match reply.outcome {
            Outcome::Response { status, headers, body } => {
                let mut response = http::Response::new(body.into());
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            Outcome::Refused => Err(TransportError::connect("connection refused")),
            Outcome::Lost => Err(TransportError::other("connection reset")),
            Outcome::TimedOut => Err(TransportError::timeout()),
        }
    }
}

impl Default for Mock {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.into_bytes().await.map_err(TransportError::other)?;
            let operation = head.extensions.get::<OperationId>().map_or("", |id| id.0);
            let (method, uri, headers) = (head.method, head.uri, head.headers);
            self.answer(MockRequest { operation, method, uri, headers, body }, deadline)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Time passes only for whoever waits to its end: a future that is dropped has not waited.
        Box::pin(poll_fn(move |_| {
            let mut state = self.state();
            state.elapsed += duration;
            state.waits.push(duration);
            Poll::Ready(())
        }))
    }

    fn now(&self) -> Instant {
        let state = self.state();
        state.start.checked_add(state.elapsed).unwrap_or(state.start)
    }
}
