//! One call from its request to its response: credentials, attempts, the deadline and the limits of the body.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::header::{CONTENT_LENGTH, Entry, HeaderMap, HeaderValue, SET_COOKIE};
use http::{StatusCode, Uri};

use super::auth::{Shown, choose, reveal, reveal_fixed};
use super::body::{Body, BodyStream, Extent, Held};
use super::client::Client;
use super::draft::Draft;
use super::error::{ApiError, AuthError, BuildError, DecodeError, Error};
use super::exchange::{Arrived, exchange};
use super::operation::Facts;
use super::response::{Content, Origin, RawResponse, Response, has_json};
use super::retry::{Attempts, Failure, RetryPolicy, Verdict, is_transient};
use super::trace::Trace;
use super::transport::{BodyUse, Deadline, OperationId, Transport, TransportError};

/// One call: everything that is needed to send its request, also a second time.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) facts: &'static Facts,
    pub(crate) draft: Box<Draft>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({} {})", self.facts.method, self.facts.path)
    }
}

impl Call {
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
        let problem = |what: &str| BuildError::new(format!("{}: {what}", self.facts.id));
        let uri: Uri = url.parse().map_err(|_| problem("the credentials make no valid URL"))?;
        let request = http::Request::builder().method(self.facts.method).uri(uri);
        let mut request = request
            .body(self.draft.body.clone().unwrap_or_default())
            .map_err(|_| problem("the method is not valid"))?;
        // Some servers refuse such a method without a length, even where there is no body (RFC 9110, section 8.6).
        if matches!(self.facts.method, "POST" | "PUT" | "PATCH") && request.body().length() == Some(0) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *request.headers_mut() = headers;
        request.extensions_mut().insert(OperationId(self.facts.id));
        Ok(request)
    }
}

/// Sends the request, if need be more than once, and gives the response if it is a success.
pub(crate) async fn execute(call: Arc<Call>) -> Result<Response, Error> {
    let trace = Trace::begin(call.facts);
    trace.around(success(&call, &trace)).await
}

/// Sends the request and gives whatever comes back.
pub(crate) async fn execute_raw(call: Arc<Call>) -> Result<RawResponse, Error> {
    let trace = Trace::begin(call.facts);
    let work = async {
        let Answer { arrived, transport, deadline, .. } = answer(&call, BodyUse::Buffered, &trace).await?;
        let (head, body) = arrived.response.into_parts();
        let headers = hide_cookies(head.headers);
        let read = read(&call, &*transport, body, deadline).await;
        let body = whole(&call, head.status, &headers, read)?;
        Ok(RawResponse { status: head.status, headers, body })
    };
    trace.around(work).await
}

async fn success(call: &Arc<Call>, trace: &Trace) -> Result<Response, Error> {
    let body_use = call.facts.body_use;
    let Answer { arrived: Arrived { response, url }, transport, deadline, shown } =
        answer(call, body_use, trace).await?;
    let (head, body) = response.into_parts();
    let headers = hide_cookies(head.headers);
    if !head.status.is_success() {
        // A body that cannot be read does not hide the status.
        let (body, _) = read(call, &*transport, body, deadline).await;
        return Err(api_error(call, head.status, headers, body, &shown));
    }
    let content = if body_use == BodyUse::Streamed && !is_plain_answer(call.facts, &headers) {
        let idle = call.draft.idle_timeout.or(call.client.settings().idle_timeout);
        Content::Streamed(watched(body, transport, idle))
    } else {
        let read = read(call, &*transport, body, deadline).await;
        Content::Buffered(whole(call, head.status, &headers, read)?)
    };
    Ok(Response::received(head.status, headers, content, Origin { call: call.clone(), url }))
}

/// An operation that can answer with JSON or with a stream did the former.
fn is_plain_answer(facts: &Facts, headers: &HeaderMap) -> bool {
    facts.accept.contains(',') && facts.accept.contains("json") && has_json(headers)
}

/// The last response, with what was used to get it.
struct Answer<'a> {
    arrived: Arrived,
    transport: Arc<dyn Transport>,
    deadline: Deadline,
    shown: Vec<Shown<'a>>,
}

/// Sends the request until there is a response that is final.
async fn answer<'a>(call: &'a Call, body_use: BodyUse, trace: &Trace) -> Result<Answer<'a>, Error> {
    let (settings, transport) = (call.client.settings(), call.client.transport());
    let deadline = Deadline::start(&*transport, call.draft.timeout.or(settings.timeout));
    let (url, headers) = call.draft.assemble(call.facts, settings)?;
    let proofs = choose(call.facts.security, &call.draft.credentials, &settings.credentials, &headers)?;
    let replayable = call.draft.body.as_ref().is_none_or(Body::is_replayable);
    let policy = if replayable { call.policy() } else { RetryPolicy::never() };
    let mut attempts = Attempts::new(policy, call.draft.repetition(call.facts));
    let mut may_refresh = replayable;
    let mut number = 0;
    loop {
        let shown = covered(call, &*transport, deadline, reveal(&proofs, &*transport)).await?;
        let mut request = call.seal(url.clone(), headers.clone(), &shown)?;
        request.extensions_mut().insert(body_use);
        number += 1;
        trace.attempt(number);
        let result = exchange(&*transport, deadline, request).await;
        let failure = match &result {
            Ok(arrived) => {
                let status = arrived.response.status();
                trace.status(status);
                if !is_transient(status) {
                    settings.budget.deposit();
                }
                if status == StatusCode::UNAUTHORIZED && std::mem::take(&mut may_refresh) && refuse(&shown) {
                    continue;
                }
                Failure::Status(status, arrived.response.headers())
            }
            Err(error) => Failure::Transport(error),
        };
        let verdict = attempts.after(failure, deadline.left(&*transport), &settings.budget, fastrand::f64());
        match (verdict, result) {
            (Verdict::Again(wait), _) => {
                trace.again(wait);
                transport.sleep(wait).await;
            }
            (Verdict::Stop, Ok(arrived)) => return Ok(Answer { arrived, transport, deadline, shown }),
            (Verdict::Stop, Err(error)) => return Err(call.failure(error)),
        }
    }
}

/// Gets the credentials, which may take requests of their own, within the time of the call.
async fn covered<T>(
    call: &Call,
    transport: &dyn Transport,
    deadline: Deadline,
    work: impl Future<Output = Result<T, AuthError>>,
) -> Result<T, Error> {
    let covered = deadline.cover(transport, async { Ok(work.await) }).await;
    // Nothing of the call itself was sent yet.
    covered.map_err(|error| call.failure(error.unsent()))?.map_err(Error::Auth)
}

/// Tells the token providers that their tokens were refused; whether there are any.
fn refuse(shown: &[Shown<'_>]) -> bool {
    let tokens = shown.iter().filter_map(|shown| Some((shown.provider?, &shown.text)));
    tokens.map(|(provider, token)| provider.refused(token)).count() > 0
}

/// What came of a body, and how far that is.
type Received = (Bytes, Result<Extent, TransportError>);

/// Reads a body to its end, to the client's limit, or as far as it comes.
async fn read(call: &Call, transport: &dyn Transport, mut body: BodyStream, deadline: Deadline) -> Received {
    let mut held = Held::default();
    let read = deadline.cover(transport, body.read(&mut held, call.client.settings().max_body)).await;
    (held.into_bytes(), read)
}

/// A body that has to be whole. What had come of a broken one is kept in the error.
fn whole(call: &Call, status: StatusCode, headers: &HeaderMap, received: Received) -> Result<Bytes, Error> {
    match received {
        (body, Ok(Extent::Whole)) => Ok(body),
        (body, Ok(Extent::Cut)) => {
            let limit = call.client.settings().max_body;
            let message = format!("the body is longer than the limit of {limit} bytes");
            Err(DecodeError::new(message, body).of(call.facts.id).into())
        }
        (body, Err(error)) => {
            let response = RawResponse { status, headers: headers.clone(), body };
            Err(call.failure(error).with_received(response))
        }
    }
}

/// A body that fails when nothing comes for too long.
fn watched(body: BodyStream, transport: Arc<dyn Transport>, idle: Option<Duration>) -> BodyStream {
    BodyStream::new(stream::unfold((body, transport), move |(mut body, transport)| async move {
        let deadline = Deadline::start(&*transport, idle);
        let chunk = deadline.cover(&*transport, body.chunk()).await.transpose()?;
        Some((chunk, (body, transport)))
    }))
}

fn api_error(call: &Call, status: StatusCode, headers: HeaderMap, body: Bytes, shown: &[Shown<'_>]) -> Error {
    let mut error = ApiError::new(call.facts, call.draft.repetition(call.facts), status, headers, body);
    error.censor(|text| shown.iter().any(|credential| credential.is_in(text)));
    Error::Api(Box::new(error))
}

fn hide_cookies(mut headers: HeaderMap) -> HeaderMap {
    if let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
        cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
    }
    headers
}
