//! The default transport in a browser: `reqwest` over the page's `fetch`.
//!
//! The browser follows redirects by itself, withholds `Cookie` and `User-Agent`, and sends no body piece by piece.

use std::time::Duration;

use futures_util::stream::TryStreamExt as _;
use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;

use super::body::{Body, BodyStream};
use super::error::BuildError;
use super::transport::{BoxFuture, Transport, TransportError};

/// Sends requests with the page's `fetch`. What it returns stays on the thread that it was made on.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: SendWrapper<reqwest::Client>,
}

impl ReqwestTransport {
    /// A transport with the usual settings.
    ///
    /// # Errors
    ///
    /// Fails when the client cannot be made.
    pub fn new() -> Result<Self, BuildError> {
        Self::build(reqwest::Client::builder())
    }

    /// A transport with settings of one's own.
    ///
    /// # Errors
    ///
    /// Fails when the client cannot be made.
    pub fn build(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        let client = builder.build();
        let client = client.map_err(|error| BuildError::new(format!("the transport could not be made: {error}")))?;
        Ok(Self { client: SendWrapper::new(client) })
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        _deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let client = self.client.clone();
        Box::pin(SendWrapper::new(async move {
            let (head, body) = request.into_parts();
            let url = reqwest::Url::parse(&head.uri.to_string()).map_err(TransportError::connect)?;
            let mut request = reqwest::Request::new(head.method, url);
            *request.headers_mut() = head.headers;
            let body = body.into_bytes().await.map_err(TransportError::connect)?;
            // A browser refuses a `GET` with a body, also with an empty one.
            *request.body_mut() = (!body.is_empty()).then(|| body.into());
            let response = client.execute(request).await.map_err(failure)?;
            let mut answer = http::Response::new(());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            let chunks = response.bytes_stream().map_err(failure);
            Ok(answer.map(|()| BodyStream::new(SendWrapper::new(chunks))))
        }))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // A browser counts the milliseconds in 31 bits.
        let millis = duration.as_millis().try_into().unwrap_or(i32::MAX.unsigned_abs()).min(i32::MAX.unsigned_abs());
        Box::pin(SendWrapper::new(TimeoutFuture::new(millis)))
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    // The URL may hold a key.
    let error = error.without_url();
    if error.is_timeout() { TransportError::timeout() } else { TransportError::other(error.to_string()) }
}
