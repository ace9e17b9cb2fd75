//! The body of a response that is read while it arrives.

use bytes::Bytes;

use super::body::BodyStream;
use super::error::{DecodeError, Error};
use super::response::{Content, Origin, Response};
use super::transport::TransportError;

/// What has not arrived yet, and the call that it belongs to.
#[derive(Debug)]
pub(crate) struct Arriving {
    /// Nothing once it has ended or failed.
    pub(crate) body: Option<BodyStream>,
    pub(crate) origin: Option<Origin>,
}

impl From<Response> for Arriving {
    fn from(response: Response) -> Self {
        let body = match response.content {
            Content::Buffered(bytes) => bytes.into(),
            Content::Streamed(stream) => stream,
        };
        Self { body: Some(body), origin: response.origin }
    }
}

impl Arriving {
    /// The next piece; `None` at the end, and after a failure.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        let Some(mut body) = self.body.take() else { return Ok(None) };
        let chunk = body.chunk().await?;
        self.body = chunk.is_some().then_some(body);
        Ok(chunk)
    }

    /// The error for a connection that was lost.
    pub(crate) fn failure(&self, error: TransportError) -> Error {
        match &self.origin {
            Some(origin) => origin.call.failure(error),
            None => DecodeError::new(error.to_string(), Bytes::new()).into(),
        }
    }

    /// The error for content that is not what the document says.
    pub(crate) fn undecodable(&self, error: DecodeError) -> Error {
        error.of(self.origin.as_ref().map_or("", |origin| origin.call.facts.id)).into()
    }

    /// Fails when something is longer than its limit: the client's, if it has none of its own. Nothing is read any more then.
    pub(crate) fn bound(&mut self, what: &str, length: usize, own: Option<usize>) -> Result<(), Error> {
        let shared = self.origin.as_ref().map(|origin| origin.call.client.settings().max_body);
        match own.or(shared) {
            Some(limit) if length > limit => {
                self.body = None;
                let message = format!("{what} is longer than the limit of {limit} bytes");
                Err(self.undecodable(DecodeError::new(message, Bytes::new())))
            }
            _ => Ok(()),
        }
    }
}
