//! Walking through the pages of a list.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::HeaderMap;
use http::header::LINK;

use super::client::Client;
use super::draft::Draft;
use super::driver::{self, Call};
use super::error::{BuildError, Error};
use super::operation::{Operation, Paginated};
use super::params::{Style, Tree};
use super::response::Origin;
use super::transport::{BoxFuture, Transport};
use super::url;

/// How the next page of an operation is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Offset { offset: &'static str },
    Page { page: &'static str, first: u64 },
    Token { parameter: &'static str },
    NextUrl,
    LinkHeader,
}

impl Pages {
    /// By the number of items to pass over.
    pub const fn offset(offset: &'static str, _limit: Option<&'static str>) -> Self {
        Self(Kind::Offset { offset })
    }

    /// By the number of the page.
    pub const fn page(page: &'static str, first: u64) -> Self {
        Self(Kind::Page { page, first })
    }

    /// By a cursor that a page gives.
    pub const fn cursor(parameter: &'static str) -> Self {
        Self(Kind::Token { parameter })
    }

    /// By the last item of a page.
    pub const fn last_item(parameter: &'static str) -> Self {
        Self(Kind::Token { parameter })
    }

    /// By a URL that a page gives.
    pub const fn next_url() -> Self {
        Self(Kind::NextUrl)
    }

    /// By the `Link` header with the relation `next` (RFC 8288).
    pub const fn link_header() -> Self {
        Self(Kind::LinkHeader)
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    items: Vec<T>,
    more: More,
    next: Option<String>,
}

/// What a page says about further ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    /// The API has no such member.
    Unsaid,
    /// The API has one, but the page has not.
    Missing,
    Yes,
    No,
}

impl<T> Page<T> {
    /// A page of items.
    pub fn new(items: Vec<T>) -> Self {
        Self { items, more: More::Unsaid, next: None }
    }

    /// What the page says about whether there are more; a page that says nothing is the last one.
    #[must_use]
    pub fn has_more(mut self, more: impl Into<Option<bool>>) -> Self {
        self.more = match more.into() {
            Some(true) => More::Yes,
            Some(false) => More::No,
            None => More::Missing,
        };
        self
    }

    /// The cursor, URL or last item from which the next page follows.
    #[must_use]
    pub fn next(mut self, next: impl Into<Option<String>>) -> Self {
        self.next = next.into().filter(|next| !next.is_empty());
        self
    }

    /// The items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items, taken out.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

/// The page that was just read, without its items.
struct Position<'a> {
    draft: &'a Draft,
    origin: &'a Origin,
    headers: &'a HeaderMap,
    count: usize,
    more: More,
    next: Option<&'a str>,
}

/// The request for the page after one; `None` if that was the last.
fn advance(pages: Pages, page: &Position<'_>) -> Result<Option<Box<Draft>>, BuildError> {
    if page.count == 0 || matches!(page.more, More::No | More::Missing) {
        return Ok(None);
    }
    let mut draft = Box::new(page.draft.clone());
    match pages.0 {
        Kind::Offset { offset } => {
            let count = u64::try_from(page.count).unwrap_or(u64::MAX);
            let start = number(page.draft, offset).unwrap_or(0);
            draft.query(offset, Style::FORM, &Tree::Scalar(start.saturating_add(count).to_string()));
        }
        Kind::Page { page: parameter, first } => {
            let current = number(page.draft, parameter).unwrap_or(first);
            draft.query(parameter, Style::FORM, &Tree::Scalar(current.saturating_add(1).to_string()));
        }
        Kind::Token { parameter } => match page.next {
            // A server that gives the same cursor again would be asked for ever.
            Some(next) if page.draft.query_value(parameter) != Some(next) => {
                draft.query(parameter, Style::FORM, &Tree::Scalar(next.to_owned()));
            }
            _ => return Ok(None),
        },
        Kind::NextUrl => return page.next.map_or(Ok(None), |next| follow(draft, page.origin, next)),
        Kind::LinkHeader => return next_link(page.headers).map_or(Ok(None), |next| follow(draft, page.origin, &next)),
    }
    Ok(Some(draft))
}

fn number(draft: &Draft, parameter: &str) -> Option<u64> {
    draft.query_value(parameter)?.parse().ok()
}

/// Goes on at a link, which must lead to the same origin: credentials are sent along.
fn follow(mut draft: Box<Draft>, origin: &Origin, link: &str) -> Result<Option<Box<Draft>>, BuildError> {
    let target = url::resolve(&origin.url, link)
        .ok_or_else(|| BuildError::new("the link to the next page is not a usable URL"))?;
    if url::Origin::of(&target) != url::Origin::of(&origin.home) {
        return Err(BuildError::new("the link to the next page leads to another origin"));
    }
    let again = target == origin.url || draft.url.as_ref() == Some(&target);
    draft.url = Some(target);
    Ok((!again).then_some(draft))
}

/// The target of the link with the relation `next`.
fn next_link(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(|text| {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('<') {
            let (target, after) = after.split_once('>')?;
            let parameters = after.split('<').next().unwrap_or_default();
            if parameters.split([';', ',']).any(is_next) {
                return Some(target.to_owned());
            }
            rest = after;
        }
        None
    })
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let relations = value.trim().trim_matches('"');
    name.trim().eq_ignore_ascii_case("rel")
        && relations.split(' ').any(|relation| relation.eq_ignore_ascii_case("next"))
}

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
    let (count, more) = (page.items.len(), page.more);
    let position =
        Position { draft: &call.draft, origin: &origin, headers: &headers, count, more, next: page.next.as_deref() };
    let next = advance(O::PAGES, &position);
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
                Some(Ok(page)) => self.items = page.items.into(),
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
