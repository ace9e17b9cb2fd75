//! Walking through the pages of a list.

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::sync::Arc;

use super::driver::{self, Call};
use super::error::{BuildError, Error};
use super::operation::Operation;
use super::pages::{Page, Paginated, Position, advance};
use super::request::{Request, read};
use super::stream::{ApiStream, Source};

/// The pages of a list, each asked for when it is read. A link to another origin is [`Error::Build`].
pub type PageStream<O> = ApiStream<Page<<O as Paginated>::Item>, <O as Operation>::Error>;

/// The items of a list, asked for page by page.
pub type ItemStream<O> = ApiStream<<O as Paginated>::Item, <O as Operation>::Error>;

impl<O: Paginated> Request<'_, O> {
    /// Every page from this one on.
    pub fn pages(self) -> PageStream<O> {
        ApiStream::of(Walk::<O>::from(self.call()))
    }

    /// Every item from this page on, whatever page it is on.
    pub fn items(self) -> ItemStream<O> {
        ApiStream::of(Items { walk: Walk::<O>::from(self.call()), items: VecDeque::new() })
    }
}

/// The way through the pages.
struct Walk<O> {
    next: Turn,
    operation: PhantomData<fn() -> O>,
}

enum Turn {
    Ask(Arc<Call>),
    /// The last page was given; why there is no further one comes next.
    Broken(BuildError),
    Done,
}

impl<O> From<Arc<Call>> for Walk<O> {
    fn from(first: Arc<Call>) -> Self {
        Self { next: Turn::Ask(first), operation: PhantomData }
    }
}

impl<O: Paginated> Source<Page<O::Item>, O::Error> for Walk<O> {
    async fn next(&mut self) -> Result<Option<Page<O::Item>>, Error<O::Error>> {
        let call = match std::mem::replace(&mut self.next, Turn::Done) {
            Turn::Ask(call) => call,
            Turn::Broken(problem) => return Err(problem.into()),
            Turn::Done => return Ok(None),
        };
        let response = driver::execute(call.clone()).await.map_err(Error::typed)?;
        let (headers, origin) = (response.headers().clone(), response.origin.clone());
        let page = O::page(read::<O>(response)?);
        let Some(origin) = origin else { return Ok(Some(page)) };
        self.next = match advance(O::PAGES, &Position::after(&page, &origin, &headers)) {
            Ok(Some(draft)) => Turn::Ask(Arc::new(Call { draft, ..(*call).clone() })),
            Ok(None) => Turn::Done,
            Err(problem) => Turn::Broken(problem),
        };
        Ok(Some(page))
    }
}

struct Items<O: Paginated> {
    walk: Walk<O>,
    items: VecDeque<O::Item>,
}

impl<O: Paginated> Source<O::Item, O::Error> for Items<O> {
    async fn next(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        while self.items.is_empty() {
            match self.walk.next().await? {
                Some(page) => self.items = page.into_items().into(),
                None => return Ok(None),
            }
        }
        Ok(self.items.pop_front())
    }
}
