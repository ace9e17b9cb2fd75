//! The default transport, over `reqwest`.

use std::time::Duration;

use futures_util::stream::TryStreamExt as _;
use http::header::CONTENT_LENGTH;

use super::body::{Body, BodyStream};
use super::error::BuildError;
use super::transport::{BoxFuture, Transport, TransportError};

/// Sends requests with `reqwest`, inside a Tokio runtime.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with the usual settings.
    ///
    /// # Errors
    ///
    /// Fails when TLS cannot be set up.
    pub fn new() -> Result<Self, BuildError> {
        Self::build(reqwest::Client::builder())
    }

    /// A transport with settings of one's own: proxies, certificates, timeouts of connections. Redirects are always left to the client.
    ///
    /// # Errors
    ///
    /// Fails when TLS cannot be set up.
    pub fn build(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        // Where the program has chosen a provider already, that one is used.
        #[cfg(feature = "rustls-tls")]
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let builder = builder.redirect(reqwest::redirect::Policy::none());
        let client =
            builder.build().map_err(|error| BuildError::new(format!("the transport could not be made: {error}")))?;
        Ok(Self { client })
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        _deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            let body = match (body.as_bytes(), body.length()) {
                (Some(bytes), _) => reqwest::Body::from(bytes.clone()),
                (None, length) => {
                    if let Some(length) = length {
                        head.headers.insert(CONTENT_LENGTH, length.into());
                    }
                    reqwest::Body::wrap_stream(body.into_stream())
                }
            };
            let request = reqwest::Request::try_from(http::Request::from_parts(head, body)).map_err(failure)?;
            let response = self.client.execute(request).await.map_err(failure)?;
            let mut answer = http::Response::new(());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            Ok(answer.map(|()| BodyStream::new(response.bytes_stream().map_err(failure))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    // The URL may hold a key.
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout()
    } else {
        TransportError::other(error)
    }
}
