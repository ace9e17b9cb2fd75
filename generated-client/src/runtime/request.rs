//! A request that is being built, and the ways to send it.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::auth::Credential;
use super::body::Body;
use super::client::Client;
use super::draft::Draft;
use super::driver::{self, Call};
use super::error::Error;
use super::json::{self, ToJson};
use super::multipart::{self, Encoding};
use super::operation::{Operation, Paginated};
use super::paginate::{ItemStream, PageStream};
use super::params::{Style, Tree};
use super::rate_limit::RateLimit;
use super::response::Response;
use super::retry::RetryPolicy;
use super::transport::BoxFuture;

/// A request for one operation: await it, or choose another way to send it.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<'c, O> {
    client: &'c Client,
    draft: Box<Draft>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> fmt::Debug for Request<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {})", O::FACTS.method, O::FACTS.path)
    }
}

/// What every call can be given.
impl<'c, O: Operation> Request<'c, O> {
    /// The time for the whole call, retries included. For streams it is the time until the stream begins.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = Some(timeout);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// Adds a query parameter that the document does not know.
    pub fn add_query(mut self, name: &str, value: &str) -> Self {
        self.draft.add_query(name, value);
        self
    }

    /// When this request is sent again after a failure.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.draft.retry = Some(policy);
        self
    }

    /// Sends an `Idempotency-Key`, with which the server does a thing once however often it is asked; retries then do no harm.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.draft.idempotency_key(key);
        self
    }

    /// Sends this request, with its credentials, to another server.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.draft.base_url(base_url.into());
        self
    }

    /// Uses a credential for this request in place of the client's one of its kind.
    pub fn credentials(mut self, credential: impl Into<Credential>) -> Self {
        self.draft.credentials.push(credential.into());
        self
    }

    /// Sends the request: the same as awaiting it.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send(self) -> Result<O::Output, Error<O::Error>> {
        finish::<O>(driver::execute(self.call()).await)
    }

    /// Sends the request, and gives the response as it came, whatever its status.
    ///
    /// # Errors
    ///
    /// See [`Error`]; it is never [`Error::Api`] or [`Error::Decode`].
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        driver::execute_raw(self.call()).await
    }

    /// Sends the request, and gives status and headers beside the output.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn with_response(self) -> Result<WithResponse<O::Output>, Error<O::Error>> {
        finish_with::<O>(driver::execute(self.call()).await)
    }

    /// The request as it would be sent, with credentials other than those of a token provider. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Build`] and [`Error::Auth`].
    pub fn into_http(self) -> Result<http::Request<Body>, Error> {
        self.call().into_http()
    }

    fn call(self) -> Arc<Call> {
        let transport = self.client.transport();
        Call::new(self.client, transport, const { &O::FACTS }, self.draft)
    }
}

/// The same for threads without an executor.
#[cfg(feature = "blocking")]
impl<O: Operation> Request<'_, O> {
    /// Sends the request, and blocks the thread until the output is there.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_blocking(self) -> Result<O::Output, Error<O::Error>> {
        finish::<O>(super::block_on(driver::execute(self.blocking_call())))
    }

    /// Sends the request, blocks the thread, and gives status and headers beside the output.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn with_response_blocking(self) -> Result<WithResponse<O::Output>, Error<O::Error>> {
        finish_with::<O>(super::block_on(driver::execute(self.blocking_call())))
    }

    fn blocking_call(self) -> Arc<Call> {
        Call::new(self.client, self.client.blocking_transport(), const { &O::FACTS }, self.draft)
    }
}

impl<'c, O: Paginated> Request<'c, O> {
    /// Every page from this one on.
    pub fn pages(self) -> PageStream<'c, O> {
        PageStream::new(self.client, self.draft)
    }

    /// Every item from this page on, whatever page it is on.
    pub fn items(self) -> ItemStream<'c, O> {
        ItemStream::new(self.pages())
    }
}

impl<'c, O: Operation> IntoFuture for Request<'c, O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn finish<O: Operation>(result: Result<Response, Error>) -> Result<O::Output, Error<O::Error>> {
    let response = result.map_err(Error::typed)?;
    O::output(response).map_err(|error| Error::Decode(error.of(O::FACTS.id)))
}

fn finish_with<O: Operation>(result: Result<Response, Error>) -> Result<WithResponse<O::Output>, Error<O::Error>> {
    let response = result.map_err(Error::typed)?;
    let (status, headers) = (response.status_code(), response.headers().clone());
    let value = finish::<O>(Ok(response))?;
    Ok(WithResponse { value, status, headers })
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
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }

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
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WithResponse<T> {
    /// The output.
    pub value: T,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
}

impl<T> WithResponse<T> {
    /// What the response says about the rate limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// The text of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What the methods of an operation are made of. A value that is absent or null is not sent.
#[doc(hidden)]
impl<'c, O: Operation> Request<'c, O> {
    /// A request without anything.
    pub fn new(client: &'c Client) -> Self {
        Self { client, draft: Box::default(), operation: PhantomData }
    }

    /// A path parameter.
    pub fn path(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.path(name, style, &Tree::of(value));
        self
    }

    /// A path parameter whose value is a document of its own.
    pub fn path_content(mut self, name: &'static str, media_type: &str, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.path(name, Style::SIMPLE, &content(media_type, value));
        self
    }

    /// A query parameter.
    pub fn query(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.query(name, style, &Tree::of(value));
        self
    }

    /// A query parameter of several values.
    pub fn query_list<T: ToJson>(
        mut self,
        name: &'static str,
        style: Style,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.draft.query(name, style, &Tree::list(values));
        self
    }

    /// A query parameter whose value is a document of its own.
    pub fn query_content(mut self, name: &'static str, media_type: &str, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.query(name, Style::FORM, &content(media_type, value));
        self
    }

    /// The members of an object as the query.
    pub fn query_string(mut self, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.query_string(&Tree::of(value));
        self
    }

    /// A header parameter.
    pub fn header_param(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.header_param(name, style, &Tree::of(value));
        self
    }

    /// A header parameter whose value is a document of its own.
    pub fn header_param_content(
        mut self,
        name: &'static str,
        media_type: &str,
        value: &(impl ToJson + ?Sized),
    ) -> Self {
        self.draft.header_param(name, Style::SIMPLE, &content(media_type, value));
        self
    }

    /// A cookie.
    pub fn cookie(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.cookie(name, style, &Tree::of(value));
        self
    }

    /// A cookie whose value is a document of its own.
    pub fn cookie_content(mut self, name: &'static str, media_type: &str, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.cookie(name, Style::FORM, &content(media_type, value));
        self
    }

    /// A JSON body.
    pub fn json(self, value: &(impl ToJson + ?Sized)) -> Self {
        self.json_as("application/json", value)
    }

    /// A JSON body of another media type.
    pub fn json_as(mut self, media_type: &str, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.content(media_type, json::to_vec(value).into());
        self
    }

    /// The members of an object as a URL-encoded form.
    pub fn form(mut self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        self.draft.content("application/x-www-form-urlencoded", multipart::form(value, encodings).into());
        self
    }

    /// The members of an object as the parts of a body.
    pub fn multipart(mut self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        let (media_type, body) = multipart::multipart(value, encodings);
        self.draft.content(&media_type, body);
        self
    }

    /// A body of text.
    pub fn text(mut self, media_type: &str, text: impl Into<String>) -> Self {
        self.draft.content(media_type, text.into().into());
        self
    }

    /// A body of bytes.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.draft.content(media_type, body.into());
        self
    }

    /// A body of one JSON document per line.
    pub fn json_lines<T: ToJson>(mut self, media_type: &str, values: impl IntoIterator<Item = T>) -> Self {
        let mut lines = Vec::new();
        for value in values {
            lines.extend_from_slice(&json::to_vec(&value));
            lines.push(b'\n');
        }
        self.draft.content(media_type, lines.into());
        self
    }
}

/// The text of a parameter that has a media type of its own.
fn content(media_type: &str, value: &(impl ToJson + ?Sized)) -> Tree {
    let json = json::to_string(value);
    match Tree::parse(&json) {
        Tree::Null => Tree::Null,
        Tree::Scalar(text) if media_type.starts_with("text/") => Tree::Scalar(text),
        Tree::Scalar(_) | Tree::List { .. } | Tree::Object { .. } => Tree::Scalar(json),
    }
}
