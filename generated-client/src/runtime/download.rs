//! A body that is handed over as a stream of bytes.

use std::future::poll_fn;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, StatusCode};

use super::body::BodyStream;
use super::error::{DecodeError, Error};
use super::response::Origin;
use super::transport::TransportError;

/// A file or another body of bytes, read piece by piece.
#[derive(Debug)]
#[must_use = "a download is read only when it is asked for its bytes"]
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    body: BodyStream,
    origin: Option<Origin>,
}

impl Download {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: BodyStream, origin: Option<Origin>) -> Self {
        Self { status, headers, body, origin }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The media type.
    pub fn media_type(&self) -> Option<&str> {
        self.text(&CONTENT_TYPE)
    }

    /// The number of bytes, where the server says it.
    pub fn length(&self) -> Option<u64> {
        self.text(&CONTENT_LENGTH)?.parse().ok()
    }

    /// The file name that the server proposes, without any folder.
    pub fn file_name(&self) -> Option<String> {
        let text = self.text(&CONTENT_DISPOSITION)?;
        let parameter = |wanted: &str| {
            text.split(';').find_map(|part| {
                let (name, value) = part.split_once('=')?;
                name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"').to_owned())
            })
        };
        let extended = parameter("filename*").and_then(|value| {
            let encoded = value.rsplit('\'').next()?.to_owned();
            Some(percent_encoding::percent_decode_str(&encoded).decode_utf8_lossy().into_owned())
        });
        let name = extended.or_else(|| parameter("filename"))?;
        let last = name.rsplit(['/', '\\']).next()?;
        (!matches!(last, "" | "." | "..")).then(|| last.to_owned())
    }

    fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] when the connection is lost.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// All bytes at once, but not more than `limit`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when there are more, [`Error::Connect`] when the connection is lost.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if all.len() + chunk.len() > limit {
                let message = format!("the body is longer than the limit of {limit} bytes");
                return Err(DecodeError::new(message, all.freeze()).into());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Writes all bytes to `out`, and says how many there were.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] when the connection is lost, or when `out` fails.
    pub async fn write_to(mut self, out: &mut (impl Write + Send)) -> Result<u64, Error> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            out.write_all(&chunk).map_err(|error| self.failure(TransportError::other(error)))?;
            written += u64::try_from(chunk.len()).unwrap_or_default();
        }
        Ok(written)
    }

    /// The next piece, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`Download::chunk`].
    #[cfg(feature = "blocking")]
    pub fn chunk_blocking(&mut self) -> Result<Option<Bytes>, Error> {
        super::block_on(self.chunk())
    }

    fn failure(&self, error: TransportError) -> Error {
        match &self.origin {
            Some(origin) => origin.call.failure(error),
            None => Error::Decode(DecodeError::new(error.to_string(), Bytes::new())),
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(cx);
        next.map(|next| next.map(|chunk| chunk.map_err(|error| self.failure(error))))
    }
}
