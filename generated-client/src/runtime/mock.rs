//! A transport for tests: it answers by rules, notes what it was asked, and has a clock of its own.

mod reply;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde_json::Value;

use super::body::{Body, BodyStream};
use super::clock::Instant;
use super::error::Error;
use super::operation::Operation;
use super::request::Request;
use super::transport::{BoxFuture, OperationId, Transport, TransportError};

pub use self::reply::MockReply;
use self::reply::Outcome;

/// A transport that sends nothing. A clone is the same transport.
///
/// A request for which there is no rule is answered with 501; the message of the error tells the nearest rule.
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
    wanted: Wanted,
    /// What is answered, one after the other; the last answer is given from then on.
    replies: VecDeque<MockReply>,
}

/// What a rule is for.
#[derive(Debug)]
enum Wanted {
    Request(Box<MockRequest>),
    Operation(&'static str),
    Anything,
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

impl Mock {
    /// A mock without rules.
    pub fn new() -> Self {
        let (rules, requests, waits) = (Vec::new(), Vec::new(), Vec::new());
        let state = State { rules, requests, waits, start: Instant::now(), elapsed: Duration::ZERO };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// What is answered to an operation: each reply once, the last one from then on.
    #[must_use]
    pub fn on<O: Operation>(self, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.rule(Wanted::Operation(O::FACTS.id), replies)
    }

    /// What is answered to every request for which there is no rule of its own.
    #[must_use]
    pub fn otherwise(self, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.rule(Wanted::Anything, replies)
    }

    /// What is answered to one certain request, with these parameters, headers and this body; made by a client of the mock.
    ///
    /// # Errors
    ///
    /// Fails when the request cannot be made: see [`Request::into_http`].
    pub fn when<O: Operation>(
        &self,
        request: Request<'_, O>,
        replies: impl IntoIterator<Item = MockReply>,
    ) -> Result<(), Error> {
        let (head, body) = request.into_http()?.into_parts();
        let body = body.as_bytes().cloned().unwrap_or_default();
        self.clone().rule(Wanted::Request(Box::new(MockRequest::new(head, body))), replies);
        Ok(())
    }

    fn rule(self, wanted: Wanted, replies: impl IntoIterator<Item = MockReply>) -> Self {
        self.state().rules.push(Rule { wanted, replies: replies.into_iter().collect() });
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
        let reply = state.reply(&request);
        state.requests.push(request);
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

impl State {
    /// The reply of the most particular rule that fits.
    fn reply(&mut self, request: &MockRequest) -> MockReply {
        let fitting = self.rules.iter_mut().filter(|rule| rule.wanted.differences(request).is_empty());
        let found = fitting.min_by_key(|rule| rule.wanted.rank());
        let next = found.and_then(
            |Rule { replies, .. }| {
                if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() }
            },
        );
        next.unwrap_or_else(|| MockReply::value(501, &serde_json::json!({ "message": self.nearest(request) })))
    }

    /// What would have to be otherwise for a rule to fit.
    fn nearest(&self, request: &MockRequest) -> String {
        let differences = self.rules.iter().map(|rule| rule.wanted.differences(request));
        let nearest = differences.filter(|differences| !differences.is_empty()).min_by_key(Vec::len);
        let nearest =
            nearest.map_or_else(|| "there are none".to_owned(), |all| format!("the nearest wants {}", all.join(", ")));
        let MockRequest { operation, method, uri, .. } = request;
        format!("no rule of the mock fits `{operation}`, {method} {}; {nearest}", uri.path())
    }
}

impl Wanted {
    /// The more particular it is, the less.
    fn rank(&self) -> u8 {
        match self {
            Self::Request(_) => 0,
            Self::Operation(_) => 1,
            Self::Anything => 2,
        }
    }

    /// How a request differs from what is wanted: the wanted parts.
    fn differences(&self, found: &MockRequest) -> Vec<String> {
        match self {
            Self::Anything => Vec::new(),
            Self::Operation(id) if *id == found.operation => Vec::new(),
            // It differs in everything.
            Self::Operation(id) => vec![format!("the operation `{id}`"), "its path".to_owned()],
            Self::Request(wanted) => wanted.differences(found),
        }
    }
}

impl MockRequest {
    fn new(head: http::request::Parts, body: Bytes) -> Self {
        let operation = head.extensions.get::<OperationId>().map_or("", |id| id.0);
        Self { operation, method: head.method, uri: head.uri, headers: head.headers, body }
    }

    fn differences(&self, found: &Self) -> Vec<String> {
        let mut all = Vec::new();
        if self.operation != found.operation {
            all.push(format!("the operation `{}`", self.operation));
        }
        if self.uri.path() != found.uri.path() {
            all.push(format!("the path `{}`", self.uri.path()));
        }
        if pairs(&self.uri) != pairs(&found.uri) {
            all.push(format!("the query `{}`", self.uri.query().unwrap_or_default()));
        }
        // Values are not shown, because some are secrets.
        let others = self.headers.iter().filter(|(name, value)| found.headers.get(*name) != Some(value));
        all.extend(others.map(|(name, _)| format!("another header `{name}`")));
        if self.json() != found.json() {
            all.push(format!("the body `{}`", String::from_utf8_lossy(&self.body)));
        }
        all
    }

    /// The body for comparison: what is no JSON is a text.
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| String::from_utf8_lossy(&self.body).into())
    }
}

fn pairs(uri: &Uri) -> Vec<&str> {
    let mut pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').collect();
    pairs.sort_unstable();
    pairs
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
            self.answer(MockRequest::new(head, body), deadline)
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
