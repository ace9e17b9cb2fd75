//! What happens between a request and its response: credentials, attempts, redirects, the deadline and the size limit.

use std::fmt;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderMap, LOCATION, RANGE, SET_COOKIE, USER_AGENT};
use http::{StatusCode, Uri};

use super::auth::{AuthError, Shown, choose, reveal, reveal_fixed};
use super::body::{Body, BodyStream};
use super::client::Client;
use super::draft::Draft;
use super::error::{ApiError, BuildError, DecodeError, Error};
use super::operation::{Delivery, Facts, Repetition};
use super::request::RawResponse;
use super::response::{Content, Origin, Response, is_json};
use super::retry::{Attempts, Failure, RetryPolicy, Verdict, is_transient};
use super::transport::{BodyUse, Deadline, OperationId, Transport, TransportError};
use super::url;

/// How many redirects are followed.
const REDIRECTS: u32 = 10;

/// One call: everything that is needed to send its request, also a second time.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) facts: &'static Facts,
    pub(crate) draft: Box<Draft>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({} {})", self.facts.method, self.facts.path)
    }
}

impl Call {
    pub(crate) fn new(
        client: &Client,
        transport: Arc<dyn Transport>,
        facts: &'static Facts,
        draft: Box<Draft>,
    ) -> Arc<Self> {
        Arc::new(Self { client: client.clone(), transport, facts, draft })
    }

    pub(crate) fn policy(&self) -> RetryPolicy {
        self.draft.retry.unwrap_or(self.client.settings().retry)
    }

    pub(crate) fn failure(&self, error: TransportError) -> Error {
        Error::call(self.facts, self.draft.repetition(self.facts), error)
    }

    /// The request without the credentials of token providers.
    pub(crate) fn into_http(self: Arc<Self>) -> Result<http::Request<Body>, Error> {
        let settings = self.client.settings();
        let (url, headers) = self.draft.assemble(self.facts, settings)?;
        let proofs = choose(self.facts.security, &self.draft.credentials, &settings.credentials, &headers)?;
        self.seal(url, headers, &reveal_fixed(&proofs))
    }

    /// Puts credentials and body to a URL and headers.
    fn seal(&self, mut url: String, mut headers: HeaderMap, shown: &[Shown<'_>]) -> Result<http::Request<Body>, Error> {
        for credential in shown {
            credential.apply(&mut url, &mut headers)?;
        }
        let body = self.draft.body.clone().unwrap_or_default();
        let problem = |_| BuildError::new(format!("{}: the parameters make no valid URL", self.facts.id));
        let uri: Uri = url.parse().map_err(problem)?;
        let request = http::Request::builder().method(self.facts.method.as_str()).uri(uri).body(body);
        let mut request =
            request.map_err(|_| BuildError::new(format!("{}: the method is not valid", self.facts.id)))?;
        *request.headers_mut() = headers;
        request.extensions_mut().insert(OperationId(self.facts.id));
        Ok(request)
    }
}

/// Sends the request, if need be more than once, and gives the response if it is a success.
#[cfg(not(feature = "tracing"))]
pub(crate) async fn execute(call: Arc<Call>) -> Result<Response, Error> {
    run(call, None).await
}

/// Sends the request inside a span of its own.
#[cfg(feature = "tracing")]
pub(crate) async fn execute(call: Arc<Call>) -> Result<Response, Error> {
    use tracing::Instrument as _;

    let (facts, status) = (call.facts, tracing::field::Empty);
    let (operation, method, path) = (facts.id, facts.method.as_str(), facts.path);
    let span = tracing::info_span!("api_call", operation, method, path, status, attempts = tracing::field::Empty);
    let result = run(call, None).instrument(span.clone()).await;
    let status = match &result {
        Ok(response) => Some(response.status_code()),
        Err(error) => error.status(),
    };
    if let Some(status) = status {
        span.record("status", status.as_u16());
    }
    result
}

/// Sends the request again for the rest of a stream that broke off after an event.
pub(crate) async fn resume(call: Arc<Call>, last_event: String) -> Result<Response, Error> {
    run(call, Some(last_event)).await
}

/// Sends the request and gives whatever comes back.
pub(crate) async fn execute_raw(call: Arc<Call>) -> Result<RawResponse, Error> {
    let outcome = attempts(&call, None, BodyUse::Buffered).await?;
    let Arrived { response, .. } = outcome.arrived;
    let (head, body) = response.into_parts();
    let body = match buffer(&call, body, outcome.deadline).await? {
        Buffered::Whole(body) => body,
        Buffered::Cut(body) => return Err(Error::Decode(too_long(&call, body))),
    };
    Ok(RawResponse::new(head.status, hide_cookies(head.headers), body))
}

async fn run(call: Arc<Call>, last_event: Option<String>) -> Result<Response, Error> {
    let body_use = match call.facts.delivery {
        Delivery::Buffered => BodyUse::Buffered,
        Delivery::Streamed => BodyUse::Streamed,
    };
    let Outcome { arrived, deadline, shown } = attempts(&call, last_event, body_use).await?;
    let Arrived { response, home, url } = arrived;
    let (head, body) = response.into_parts();
    let headers = hide_cookies(head.headers);
    if !head.status.is_success() {
        return Err(api_error(&call, head.status, headers, body, deadline, &shown).await);
    }
    let content = if body_use == BodyUse::Streamed && !is_plain_answer(call.facts, &headers) {
        Content::Streamed(body)
    } else {
        match buffer(&call, body, deadline).await? {
            Buffered::Whole(body) => Content::Buffered(body),
            Buffered::Cut(body) => return Err(Error::Decode(too_long(&call, body))),
        }
    };
    Ok(Response::received(head.status, headers, content, Origin { call: call.clone(), home, url }))
}

/// An operation that can answer with JSON or with a stream did the former.
fn is_plain_answer(facts: &Facts, headers: &HeaderMap) -> bool {
    facts.accept.contains(',') && facts.accept.contains("json") && is_json(headers)
}

/// The last response, with what was used to get it.
struct Outcome<'a> {
    arrived: Arrived,
    deadline: Deadline,
    shown: Vec<Shown<'a>>,
}

struct Arrived {
    response: http::Response<BodyStream>,
    home: Uri,
    url: Uri,
}

/// Sends the request until there is a response that is final.
async fn attempts(call: &Call, last_event: Option<String>, body_use: BodyUse) -> Result<Outcome<'_>, Error> {
    let (settings, transport) = (call.client.settings(), &*call.transport);
    let deadline = Deadline::start(transport, call.draft.timeout.or(settings.timeout));
    let (url, mut headers) = call.draft.assemble(call.facts, settings)?;
    if let Some(id) = last_event.and_then(|id| http::HeaderValue::from_bytes(id.as_bytes()).ok()) {
        headers.insert("last-event-id", id);
    }
    let proofs = choose(call.facts.security, &call.draft.credentials, &settings.credentials, &headers)?;
    let replayable = call.draft.body.as_ref().is_none_or(Body::is_replayable);
    let policy = if replayable { call.policy() } else { RetryPolicy::never() };
    let mut attempts = Attempts::new(policy, call.draft.repetition(call.facts));
    let mut refreshed = false;
    loop {
        let shown = with_deadline(call, deadline, reveal(&proofs, transport)).await?;
        let mut request = call.seal(url.clone(), headers.clone(), &shown)?;
        request.extensions_mut().insert(body_use);
        let result = exchange(transport, deadline, request).await;
        let verdict = match &result {
            Ok(arrived) => {
                let status = arrived.response.status();
                if !is_transient(status) {
                    settings.budget.deposit();
                }
                if status == StatusCode::UNAUTHORIZED && replayable && !refreshed && refuse(&shown) {
                    refreshed = true;
                    continue;
                }
                let failure = Failure::Status(status, arrived.response.headers());
                attempts.after(failure, deadline.left(transport), &settings.budget, fastrand::f64())
            }
            Err(error) => {
                attempts.after(Failure::Transport(error), deadline.left(transport), &settings.budget, fastrand::f64())
            }
        };
        match (verdict, result) {
            (Verdict::Again(wait), _) => {
                #[cfg(feature = "tracing")]
                tracing::debug!(wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "trying again");
                transport.sleep(wait).await;
            }
            (Verdict::Stop, Ok(arrived)) => return Ok(Outcome { arrived, deadline, shown }),
            (Verdict::Stop, Err(error)) => return Err(call.failure(error)),
        }
    }
}

/// Gets the credentials, which may take requests of their own, within the time of the call.
async fn with_deadline<T>(
    call: &Call,
    deadline: Deadline,
    work: impl Future<Output = Result<T, AuthError>>,
) -> Result<T, Error> {
    let covered = deadline.cover(&*call.transport, async { Ok(work.await) }).await;
    // Nothing of the call itself was sent yet.
    covered.map_err(|error| call.failure(error.unsent()))?.map_err(Error::Auth)
}

/// Tells the token providers that their tokens were refused; whether there are any.
fn refuse(shown: &[Shown<'_>]) -> bool {
    let mut any = false;
    for (provider, token) in shown.iter().filter_map(|shown| shown.token.as_ref()) {
        provider.refused(token);
        any = true;
    }
    any
}

/// Sends one request and follows redirects.
async fn exchange(
    transport: &dyn Transport,
    deadline: Deadline,
    request: http::Request<Body>,
) -> Result<Arrived, TransportError> {
    let home = request.uri().clone();
    let mut request = request;
    let mut redirects = 0;
    loop {
        let url = request.uri().clone();
        let template = is_read(&request)
            .then(|| (request.method().clone(), request.headers().clone(), request.extensions().clone()));
        let left = deadline.left(transport);
        let response = deadline.cover(transport, transport.send(request, left)).await?;
        let next = template.and_then(|template| Some((template, target(&url, &response)?)));
        match next {
            Some(((method, headers, extensions), target)) if redirects < REDIRECTS => {
                redirects += 1;
                let same = url::Origin::of(&url) == url::Origin::of(&target);
                let mut followed = http::Request::new(Body::empty());
                *followed.method_mut() = method;
                *followed.headers_mut() = if same { headers } else { harmless(&headers) };
                *followed.uri_mut() = target;
                *followed.extensions_mut() = extensions;
                request = followed;
            }
            _ => return Ok(Arrived { response, home, url }),
        }
    }
}

fn is_read(request: &http::Request<Body>) -> bool {
    let reads = *request.method() == http::Method::GET || *request.method() == http::Method::HEAD;
    reads && request.body().length() == Some(0)
}

/// Where a redirect leads, if it is one that may be followed. It never leaves encryption.
fn target(url: &Uri, response: &http::Response<BodyStream>) -> Option<Uri> {
    let followed = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| followed)?;
    let target = url::resolve(url, std::str::from_utf8(location.as_bytes()).ok()?)?;
    let downgrade = url::Origin::of(url).is_encrypted() && !url::Origin::of(&target).is_encrypted();
    (!downgrade).then_some(target)
}

/// The headers that another origin may see: any other one may be a credential, also one that the user has set.
fn harmless(headers: &HeaderMap) -> HeaderMap {
    let names = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];
    names.into_iter().filter_map(|name| headers.get(&name).cloned().map(|value| (name, value))).collect()
}

enum Buffered {
    Whole(Bytes),
    Cut(Bytes),
}

/// Reads a body to its end, or to the client's limit.
async fn buffer(call: &Call, body: BodyStream, deadline: Deadline) -> Result<Buffered, Error> {
    let limit = call.client.settings().max_body;
    let read = deadline.cover(&*call.transport, collect(body, limit));
    read.await.map_err(|error| call.failure(error))
}

async fn collect(mut body: BodyStream, limit: usize) -> Result<Buffered, TransportError> {
    let mut first = body.chunk().await?.unwrap_or_default();
    if first.len() > limit {
        return Ok(Buffered::Cut(first.split_to(limit)));
    }
    let Some(second) = body.chunk().await? else {
        return Ok(Buffered::Whole(first));
    };
    let mut all = BytesMut::from(&*first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        let room = limit - all.len();
        if let Some(fitting) = chunk.get(..room).filter(|_| chunk.len() > room) {
            all.extend_from_slice(fitting);
            return Ok(Buffered::Cut(all.freeze()));
        }
        all.extend_from_slice(&chunk);
        next = body.chunk().await?;
    }
    Ok(Buffered::Whole(all.freeze()))
}

fn too_long(call: &Call, body: Bytes) -> DecodeError {
    let limit = call.client.settings().max_body;
    DecodeError::new(format!("the body is longer than the limit of {limit} bytes"), body).of(call.facts.id)
}

/// The error for a response that is not a success. A body that cannot be read does not hide the status.
async fn api_error(
    call: &Call,
    status: StatusCode,
    headers: HeaderMap,
    body: BodyStream,
    deadline: Deadline,
    shown: &[Shown<'_>],
) -> Error {
    let body = match buffer(call, body, deadline).await {
        Ok(Buffered::Whole(body) | Buffered::Cut(body)) => body,
        Err(_) => Bytes::new(),
    };
    let repetition: Repetition = call.draft.repetition(call.facts);
    let mut error = ApiError::new(call.facts, repetition, status, headers, body);
    error.censor(|text| shown.iter().any(|credential| credential.is_in(text)));
    Error::Api(Box::new(error))
}

fn hide_cookies(mut headers: HeaderMap) -> HeaderMap {
    if let http::header::Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
        cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
    }
    headers
}
