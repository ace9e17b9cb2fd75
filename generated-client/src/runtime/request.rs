//! A request that is being built, and the ways to send it.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::body::Body;
use super::client::Client;
use super::credential::Credential;
use super::draft::Draft;
use super::driver::{self, Call};
use super::error::Error;
use super::json::{self, ToJson};
use super::operation::Operation;
use super::response::{RawResponse, Response, WithResponse};
use super::retry::RetryPolicy;
use super::transport::BoxFuture;

/// A request for one operation: await it, or choose another way to send it.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<'c, O> {
    client: &'c Client,
    pub(crate) draft: Box<Draft>,
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

    /// The longest time in which a stream may be silent before it counts as broken.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.draft.idle_timeout = Some(timeout);
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
        read::<O>(driver::execute(self.call()).await.map_err(Error::typed)?)
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
    pub async fn with_response(self) -> Result<WithResponse<O>, Error<O::Error>> {
        let response = driver::execute(self.call()).await.map_err(Error::typed)?;
        let (status, headers) = (response.status_code(), response.headers().clone());
        Ok(WithResponse { value: read::<O>(response)?, status, headers })
    }

    /// The request as it would be sent, with credentials other than those of a token provider. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Build`] and [`Error::Auth`].
    pub fn into_http(self) -> Result<http::Request<Body>, Error> {
        self.call().into_http()
    }

    pub(crate) fn call(self) -> Arc<Call> {
        Arc::new(Call { client: self.client.clone(), facts: const { &O::FACTS }, draft: self.draft })
    }
}

impl<'c, O: Operation> IntoFuture for Request<'c, O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// The output in a successful response.
pub(crate) fn read<O: Operation>(response: Response) -> Result<O::Output, Error<O::Error>> {
    O::output(response).map_err(|error| Error::Decode(error.of(O::FACTS.id)))
}

/// What the methods of an operation are made of. A value that is absent or null is not sent.
#[doc(hidden)]
impl<'c, O: Operation> Request<'c, O> {
    /// A request without anything.
    pub fn new(client: &'c Client) -> Self {
        Self { client, draft: Box::default(), operation: PhantomData }
    }

    /// A JSON body.
    pub fn json(self, value: &(impl ToJson + ?Sized)) -> Self {
        self.json_as("application/json", value)
    }

    /// A JSON body of another media type.
    pub fn json_as(self, media_type: &str, value: &(impl ToJson + ?Sized)) -> Self {
        self.bytes(media_type, json::to_vec(value))
    }

    /// A body of one JSON document per line.
    pub fn json_lines<T: ToJson>(self, media_type: &str, values: impl IntoIterator<Item = T>) -> Self {
        let lines = values.into_iter().map(|value| json::to_string(&value) + "\n");
        self.bytes(media_type, lines.collect::<String>())
    }

    /// A body of text.
    pub fn text(self, media_type: &str, text: impl Into<String>) -> Self {
        self.bytes(media_type, text.into())
    }

    /// A body of bytes.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.draft.content(media_type, body.into());
        self
    }
}
