//! A transport that blocks its thread, over `ureq`. Its futures are ready when they are first polled.

use std::future;
use std::io::{self, Read};
use std::iter;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_util::stream::{self, TryStreamExt as _};
use http::header::CONTENT_LENGTH;
use ureq::SendBody;
use ureq::config::AutoHeaderValue;

use super::blocking::block_on;
use super::body::{Body, BodyStream, ByteStream};
use super::transport::{BodyUse, BoxFuture, Transport, TransportError};

/// Sends requests with `ureq`, and blocks the thread while it waits.
#[derive(Debug, Clone)]
pub struct BlockingTransport {
    agent: ureq::Agent,
}

impl BlockingTransport {
    /// A transport with the usual settings.
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder();
        #[cfg(all(feature = "native-tls", not(feature = "rustls-tls")))]
        let config =
            config.tls_config(ureq::tls::TlsConfig::builder().provider(ureq::tls::TlsProvider::NativeTls).build());
        let config = config
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None);
        Self { agent: ureq::Agent::new_with_config(config.build()) }
    }

    fn exchange(
        &self,
        request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> Result<http::Response<BodyStream>, TransportError> {
        let body_use = request.extensions().get::<BodyUse>().copied().unwrap_or(BodyUse::Buffered);
        let (mut head, body) = request.into_parts();
        let empty = body.length() == Some(0);
        if let Some(length) = body.length().filter(|length| *length > 0) {
            head.headers.insert(CONTENT_LENGTH, length.into());
        }
        let body =
            if empty { SendBody::none() } else { SendBody::from_owned_reader(StreamReader::new(body.into_stream())) };
        let config = self.agent.configure_request(http::Request::from_parts(head, body));
        let config = match body_use {
            BodyUse::Buffered => config.timeout_global(deadline),
            BodyUse::Streamed => config.timeout_connect(deadline).timeout_recv_response(deadline),
        };
        let response = self.agent.run(config.build()).map_err(failure)?;
        let (head, body) = response.into_parts();
        let mut body = body.into_reader();
        Ok(http::Response::from_parts(head, BodyStream::new(stream::iter(iter::from_fn(move || chunk(&mut body))))))
    }
}

impl Default for BlockingTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for BlockingTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async move { self.exchange(request, deadline) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(future::poll_fn(move |_| {
            thread::sleep(duration);
            Poll::Ready(())
        }))
    }
}

fn failure(error: ureq::Error) -> TransportError {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => TransportError::timeout().unsent(),
        ureq::Error::Timeout(_) => TransportError::timeout(),
        ureq::Error::Io(error) => io_failure(error),
        // The text of this one holds the URL, which may hold a key.
        ureq::Error::BadUri(_) => TransportError::connect("the URL is not valid"),
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Tls(_) | ureq::Error::TlsRequired => {
            TransportError::connect(error)
        }
        other => TransportError::other(other),
    }
}

fn io_failure(error: io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::TimedOut => TransportError::timeout(),
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable => TransportError::connect(error),
        _ => TransportError::other(error),
    }
}

/// The next piece of a response body.
fn chunk(body: &mut ureq::BodyReader<'static>) -> Option<Result<Bytes, TransportError>> {
    let mut buffer = vec![0; 16 << 10];
    match body.read(&mut buffer) {
        Ok(0) => None,
        Ok(length) => {
            buffer.truncate(length);
            Some(Ok(buffer.into()))
        }
        // Timeouts of `ureq` come wrapped in other errors.
        Err(error) => Some(Err(match error.downcast::<ureq::Error>() {
            Ok(error) => failure(error),
            Err(error) => io_failure(error),
        })),
    }
}

/// A request body as a reader.
struct StreamReader {
    stream: ByteStream,
    current: Bytes,
}

impl StreamReader {
    fn new(stream: ByteStream) -> Self {
        Self { stream, current: Bytes::new() }
    }
}

impl Read for StreamReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            match block_on(self.stream.try_next())? {
                None => return Ok(0),
                Some(chunk) => self.current = chunk,
            }
        }
        let length = self.current.len().min(out.len());
        if let Some(room) = out.get_mut(..length) {
            self.current.copy_to_slice(room);
        }
        Ok(length)
    }
}
