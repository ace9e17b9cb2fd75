//! What is sent and what comes back: bytes at hand, or a stream of them.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::transport::TransportError;

/// A boxed stream of bytes to be sent.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The body of a request.
#[derive(Clone)]
pub struct Body {
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Once { stream: Arc<Mutex<Option<ByteStream>>>, length: Option<u64> },
    Again { make: Arc<dyn Fn() -> ByteStream + Send + Sync>, length: Option<u64> },
}

impl Body {
    /// A body of no bytes.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// A body that is sent while it is made. It can be sent once, so that a call with it is never retried.
    pub fn stream(length: Option<u64>, stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        let stream: ByteStream = Box::pin(stream);
        Self { content: Content::Once { stream: Arc::new(Mutex::new(Some(stream))), length } }
    }

    /// A body that is sent while it is made, and can be made anew for each attempt.
    pub fn replayable(length: Option<u64>, make: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self { content: Content::Again { make: Arc::new(make), length } }
    }

    /// The bytes, where they are at hand.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Once { .. } | Content::Again { .. } => None,
        }
    }

    /// The number of bytes, where it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Once { length, .. } | Content::Again { length, .. } => *length,
        }
    }

    /// Whether the body can be sent more than once.
    pub fn is_replayable(&self) -> bool {
        match &self.content {
            Content::Bytes(_) | Content::Again { .. } => true,
            Content::Once { .. } => false,
        }
    }

    /// The body as a stream, whatever it is.
    pub fn into_stream(self) -> ByteStream {
        match self.content {
            Content::Bytes(bytes) => Box::pin(stream::iter((!bytes.is_empty()).then_some(Ok(bytes)))),
            Content::Again { make, .. } => make(),
            Content::Once { stream, .. } => {
                let taken = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.unwrap_or_else(|| Box::pin(stream::iter([Err(io::Error::other("the body was already sent"))])))
            }
        }
    }

    /// All bytes of the body, whatever it is.
    ///
    /// # Errors
    ///
    /// Fails when the stream does.
    pub async fn into_bytes(self) -> io::Result<Bytes> {
        if let Content::Bytes(bytes) = self.content {
            return Ok(bytes);
        }
        let mut stream = self.into_stream();
        let mut all = BytesMut::new();
        while let Some(chunk) = stream.try_next().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self { content: Content::Bytes(bytes.into()) }
    }
}

/// The body of a response, as it comes.
pub struct BodyStream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl BodyStream {
    /// A body that comes in pieces.
    pub fn new(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(stream.fuse()))
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// Fails when the connection is lost.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.0.try_next().await
    }

    /// Reads everything, but not more than `limit` bytes. What has come is held also when the rest does not, or when nobody
    /// waits for it any longer.
    pub(crate) async fn read(&mut self, held: &mut Held, limit: usize) -> Result<Extent, TransportError> {
        while let Some(mut chunk) = self.chunk().await? {
            let room = limit - held.length;
            if chunk.len() > room {
                held.push(chunk.split_to(room));
                return Ok(Extent::Cut);
            }
            held.push(chunk);
        }
        Ok(Extent::Whole)
    }
}

/// How much of a body is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    /// It is longer than the limit.
    Cut,
}

/// The pieces of a body. Most come in one piece, which need not be copied.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pieces: Vec<Bytes>,
    length: usize,
}

impl Held {
    fn push(&mut self, piece: Bytes) {
        self.length += piece.len();
        self.pieces.push(piece);
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        match self.pieces.as_slice() {
            [whole] => whole.clone(),
            pieces => pieces.concat().into(),
        }
    }
}

impl From<Bytes> for BodyStream {
    fn from(bytes: Bytes) -> Self {
        Self::new(stream::iter((!bytes.is_empty()).then_some(Ok(bytes))))
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}
