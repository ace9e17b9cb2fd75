//! Walking through the pages of a list.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::client::Client;
use super::draft::Draft;
use super::driver::{self, Call};
use super::error::{BuildError, Error};
use super::operation::{Operation, Paginated};
use super::pages::{Page, Position, advance};
use super::transport::{BoxFuture, Transport};

type Turn<O> =
    Result<(Page<<O as Paginated>::Item>, Result<Option<Box<Draft>>, BuildError>), Error<<O as Operation>::Error>>;

/// The pages of a list, asked for one by one: see [`try_next`](Self::try_next).
#[must_use = "pages are asked for only when the stream is read"]
pub struct PageStream<'c, O: Paginated> {
    client: &'c Client,
    transport: Arc<dyn Transport>,
    state: State<'c, O>,
}

enum State<'c, O: Paginated> {
    Ready(Box<Draft>),
    Asking(BoxFuture<'c, Turn<O>>),
    /// The last page was given; why there is no further one comes next.
    Broken(BuildError),
    Done,
}

// Nothing in it is pinned in place: the future is in a box.
impl<O: Paginated> Unpin for PageStream<'_, O> {}

impl<'c, O: Paginated> PageStream<'c, O> {
    pub(crate) fn new(client: &'c Client, draft: Box<Draft>) -> Self {
        Self { client, transport: client.transport(), state: State::Ready(draft) }
    }

    /// The next page; `None` after the last one. After an error there are no more.
    ///
    /// # Errors
    ///
    /// See [`Error`]; a link to another origin is [`Error::Build`].
    pub async fn try_next(&mut self) -> Result<Option<Page<O::Item>>, Error<O::Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The next page, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`PageStream::try_next`].
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<Page<O::Item>>, Error<O::Error>> {
        self.transport = self.client.blocking_transport();
        super::block_on(self.try_next())
    }
}

async fn turn<O: Paginated>(call: Arc<Call>) -> Turn<O> {
    let response = driver::execute(call.clone()).await.map_err(Error::typed)?;
    let (headers, origin) = (response.headers().clone(), response.origin().cloned());
    let output = O::output(response).map_err(|error| Error::Decode(error.of(O::FACTS.id)))?;
    let page = O::page(output);
    let Some(origin) = origin else { return Ok((page, Ok(None))) };
    let next = advance(O::PAGES, &Position::after(&page, &call.draft, &origin, &headers));
    Ok((page, next))
}

impl<'c, O: Paginated> Stream for PageStream<'c, O> {
    type Item = Result<Page<O::Item>, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Broken(problem) => return Poll::Ready(Some(Err(Error::Build(problem)))),
                State::Ready(draft) => {
                    let call = Call::new(self.client, self.transport.clone(), const { &O::FACTS }, draft);
                    self.state = State::Asking(Box::pin(turn::<O>(call)));
                }
                State::Asking(mut future) => match future.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.state = State::Asking(future);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok((page, next))) => {
                        self.state = match next {
                            Ok(Some(draft)) => State::Ready(draft),
                            Ok(None) => State::Done,
                            Err(problem) => State::Broken(problem),
                        };
                        return Poll::Ready(Some(Ok(page)));
                    }
                },
            }
        }
    }
}

impl<O: Paginated> fmt::Debug for PageStream<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageStream({})", O::FACTS.id)
    }
}

/// The items of a list, asked for page by page: see [`try_next`](Self::try_next).
#[must_use = "items are asked for only when the stream is read"]
pub struct ItemStream<'c, O: Paginated> {
    pages: PageStream<'c, O>,
    items: VecDeque<O::Item>,
}

impl<O: Paginated> Unpin for ItemStream<'_, O> {}

impl<'c, O: Paginated> ItemStream<'c, O> {
    pub(crate) fn new(pages: PageStream<'c, O>) -> Self {
        Self { pages, items: VecDeque::new() }
    }

    /// The next item; `None` after the last one of the last page. After an error there are no more.
    ///
    /// # Errors
    ///
    /// See [`PageStream::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The next item, for threads without an executor.
    ///
    /// # Errors
    ///
    /// See [`PageStream::try_next`].
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        self.pages.transport = self.pages.client.blocking_transport();
        super::block_on(self.try_next())
    }
}

impl<O: Paginated> Stream for ItemStream<'_, O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => self.items = page.into_items().into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<O: Paginated> fmt::Debug for ItemStream<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemStream({})", O::FACTS.id)
    }
}
