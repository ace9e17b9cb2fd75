//! Values that arrive one by one: events and lines of a body, pages and items of a list.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::error::{Erased, Error};

/// Values that arrive one by one. Read them with [`try_next`](Self::try_next), or as a `Stream`.
#[must_use = "nothing is read or asked for before the stream is"]
pub struct ApiStream<T, E = Erased> {
    values: Pin<Box<dyn Stream<Item = Result<T, Error<E>>> + Send>>,
}

/// Where the values come from.
pub(crate) trait Source<T, E>: Send + 'static {
    /// The next value; `None` at the end, and again `None` from then on.
    fn next(&mut self) -> impl Future<Output = Result<Option<T>, Error<E>>> + Send;
}

impl<T: 'static, E: 'static> ApiStream<T, E> {
    pub(crate) fn of<S: Source<T, E>>(source: S) -> Self {
        let step = |mut source: S| async move { Some((source.next().await.transpose()?, source)) };
        Self { values: Box::pin(stream::unfold(source, step).fuse()) }
    }
}

impl<T, E> ApiStream<T, E> {
    /// The next value; `None` at the end.
    ///
    /// # Errors
    ///
    /// See [`Error`]. After [`Error::Decode`] events and lines go on, after all others nothing comes any more.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        self.values.try_next().await
    }

    /// The next value, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`try_next`](Self::try_next).
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<T>, Error<E>> {
        super::blocking::block_on(self.try_next())
    }
}

impl<T, E> Stream for ApiStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.values.as_mut().poll_next(cx)
    }
}

impl<T, E> fmt::Debug for ApiStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiStream")
    }
}
