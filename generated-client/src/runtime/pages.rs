//! One page of a list, and the request for the page after it.

use std::borrow::Cow;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LINK};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::draft::Draft;
use super::error::BuildError;
use super::json;
use super::operation::Operation;
use super::pointer;
use super::response::Origin;
use super::style::Style;
use super::url;

/// An operation that answers page by page.
pub trait Paginated: Operation {
    /// What the pages hold.
    type Item: Send + 'static;
    /// How the next page is asked for.
    const PAGES: Pages;

    /// Takes the items, and what says whether there are more, out of a response.
    fn page(output: Self::Output) -> Page<Self::Item>;
}

/// How the next page of an operation is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    kind: Kind,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Offset(&'static str),
    Number { parameter: &'static str, first: u64 },
    Cursor(&'static str),
    NextUrl,
    LinkHeader,
}

/// Where the parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Query,
    /// A string in the JSON body; offsets and numbers of pages are numbers there.
    Body,
    /// A number in the JSON body.
    BodyNumber,
}

impl Pages {
    /// By the number of items to pass over.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::of(Kind::Offset(parameter))
    }

    /// By the number of the page.
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::of(Kind::Number { parameter, first })
    }

    /// By what a page gives: a cursor, or the id of its last item.
    pub const fn cursor(parameter: &'static str) -> Self {
        Self::of(Kind::Cursor(parameter))
    }

    /// By a URL that a page gives.
    pub const fn next_url() -> Self {
        Self::of(Kind::NextUrl)
    }

    /// By the `Link` header with the relation `next` (RFC 8288).
    pub const fn link_header() -> Self {
        Self::of(Kind::LinkHeader)
    }

    /// The parameter is not in the query but in the JSON body, and is named by a JSON Pointer (RFC 6901). A cursor is a string.
    #[must_use]
    pub const fn in_body(self) -> Self {
        Self { place: Place::Body, ..self }
    }

    /// As [`in_body`](Self::in_body), with a cursor that is a number.
    #[must_use]
    pub const fn number_in_body(self) -> Self {
        Self { place: Place::BodyNumber, ..self }
    }

    const fn of(kind: Kind) -> Self {
        Self { kind, place: Place::Query }
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
    Yes,
    /// There are none, or the page does not say so although it could.
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
        self.more = if more.into() == Some(true) { More::Yes } else { More::No };
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
pub(crate) struct Position<'a> {
    origin: &'a Origin,
    headers: &'a HeaderMap,
    count: usize,
    more: More,
    next: Option<&'a str>,
}

impl<'a> Position<'a> {
    pub(crate) fn after<T>(page: &'a Page<T>, origin: &'a Origin, headers: &'a HeaderMap) -> Self {
        Self { origin, headers, count: page.items.len(), more: page.more, next: page.next.as_deref() }
    }
}

/// The request for the page after one; `None` if that was the last.
pub(crate) fn advance(pages: Pages, page: &Position<'_>) -> Result<Option<Box<Draft>>, BuildError> {
    if page.count == 0 || page.more == More::No {
        return Ok(None);
    }
    let draft = &*page.origin.call.draft;
    let current = |parameter| pages.place.get(draft, parameter);
    let number = |parameter| current(parameter)?.parse::<u64>().ok();
    let (parameter, value) = match pages.kind {
        Kind::Offset(parameter) => {
            let count = u64::try_from(page.count).unwrap_or(u64::MAX);
            (parameter, number(parameter).unwrap_or(0).saturating_add(count).into())
        }
        Kind::Number { parameter, first } => (parameter, number(parameter).unwrap_or(first).saturating_add(1).into()),
        Kind::Cursor(parameter) => match page.next {
            // A server that gives the same cursor again would be asked for ever.
            Some(next) if current(parameter).as_deref() != Some(next) => (parameter, pages.place.cursor(next)),
            _ => return Ok(None),
        },
        Kind::NextUrl => return page.next.map_or(Ok(None), |link| follow(page, link)),
        Kind::LinkHeader => return next_link(page.headers).map_or(Ok(None), |link| follow(page, &link)),
    };
    let mut draft = Box::new(draft.clone());
    match pages.place {
        Place::Query => draft.query(parameter, Style::FORM, &json::to_string(&value)),
        Place::Body | Place::BodyNumber => {
            let body = draft.body.take().unwrap_or_default();
            let changed = body.as_bytes().and_then(|body| pointer::set(body, parameter, &value));
            let problem = || BuildError::new(format!("the body is no JSON object that has room for `{parameter}`"));
            draft.body = Some(changed.ok_or_else(problem)?.into());
            draft.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
    }
    Ok(Some(draft))
}

impl Place {
    /// The text of a parameter in a request.
    fn get(self, draft: &Draft, parameter: &str) -> Option<String> {
        match self {
            Self::Query => {
                let (_, pairs) = draft.query.iter().find(|(name, _)| name == parameter)?;
                let value = percent_decode_str(pairs.split_once('=')?.1).decode_utf8();
                value.ok().map(Cow::into_owned)
            }
            Self::Body | Self::BodyNumber => pointer::get(draft.body.as_ref()?.as_bytes()?, parameter),
        }
    }

    fn cursor(self, text: &str) -> Value {
        match self {
            Self::BodyNumber => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            Self::Query | Self::Body => text.into(),
        }
    }
}

/// Goes on at a link, which must lead to the same origin: credentials are sent along.
fn follow(page: &Position<'_>, link: &str) -> Result<Option<Box<Draft>>, BuildError> {
    let Origin { call, url } = page.origin;
    let target =
        url::resolve(url, link).ok_or_else(|| BuildError::new("the link to the next page is not a usable URL"))?;
    // The first URL, before any redirect, is the one that the credentials are for.
    let home = call.draft.url(call.facts, call.client.settings())?;
    if url::Origin::of(&target) != url::Origin::of(&home) {
        return Err(BuildError::new("the link to the next page leads to another origin"));
    }
    if target == *url || call.draft.url.as_ref() == Some(&target) {
        return Ok(None);
    }
    let mut draft = call.draft.clone();
    draft.url = Some(target);
    Ok(Some(draft))
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
