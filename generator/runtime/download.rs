//! A body that is handed over as a stream of bytes.

use std::io::Write;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, StatusCode};

use super::arriving::Arriving;
use super::error::{DecodeError, Erased, Error};
use super::response::Response;
use super::stream::{ApiStream, Source};
use super::transport::TransportError;

impl Response {
    /// The body as a stream of bytes. Getting it cannot fail.
    pub fn download(self) -> Result<Download, DecodeError> {
        let (status, headers) = (self.status_code(), self.headers().clone());
        Ok(Download { status, headers, body: self.into() })
    }
}

/// A file or another body of bytes, read piece by piece.
#[derive(Debug)]
#[must_use = "a download is read only when it is asked for its bytes"]
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    body: Arriving,
}

impl Download {
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
    /// [`Error::Connect`] when the connection is lost, [`Error::Timeout`] when nothing came for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.body.chunk().await.map_err(|error| self.body.failure(error))
    }

    /// The next piece, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`Download::chunk`].
    #[cfg(feature = "blocking")]
    pub fn chunk_blocking(&mut self) -> Result<Option<Bytes>, Error> {
        super::blocking::block_on(self.chunk())
    }

    /// All bytes at once, but not more than `limit`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when there are more; see also [`Download::chunk`].
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
            self.body.bound("the body", all.len(), Some(limit))?;
        }
        Ok(all.freeze())
    }

    /// Writes all bytes to `out`, and says how many there were.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] when `out` fails; see also [`Download::chunk`].
    pub async fn write_to(mut self, out: &mut (impl Write + Send)) -> Result<u64, Error> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            out.write_all(&chunk).map_err(|error| self.body.failure(TransportError::other(error)))?;
            written += u64::try_from(chunk.len()).unwrap_or_default();
        }
        Ok(written)
    }

    /// The bytes as a `Stream`.
    pub fn into_stream(self) -> ApiStream<Bytes> {
        ApiStream::of(self)
    }
}

impl Source<Bytes, Erased> for Download {
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Error>> + Send {
        self.chunk()
    }
}
