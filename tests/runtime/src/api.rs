//! Sample operations, written as the generator writes them.

use crate::runtime::{
    DecodeError, Download, EventStream, Facts, File, JsonLines, Operation, Page, Pages, Paginated, Response, Scheme,
    ServerEvent, Undocumented, Value,
};

/// Basic authentication.
pub const API_KEY: Scheme = Scheme::basic("ApiKeyAuth");
/// Bearer token.
pub const OAUTH: Scheme = Scheme::bearer("OAuth2");
/// Key in a header.
pub const HEADER_KEY: Scheme = Scheme::header_key("HeaderKey", "X-Key");
/// Key in the query.
pub const QUERY_KEY: Scheme = Scheme::query_key("QueryKey", "key");
/// Key in a cookie.
pub const COOKIE_KEY: Scheme = Scheme::cookie_key("CookieKey", "sid");

const SECURITY: &[&[Scheme]] = &[&[API_KEY], &[OAUTH]];

errors!(Problem of Operation::output {
    /// 400
    400 => BadRequest(Value as json),
    /// 404
    404 => NotFound,
    /// 5xx
    500..=599 => ServerError(Value as json),
    /// Others.
    _ => Other(String as text),
});

/// One item.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Item {
    /// Identifier.
    pub id: i64,
}

object! { Item { "id" => id } }

/// A list of items.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Items {
    /// Items.
    pub data: Vec<Item>,
    /// Whether there are more.
    pub has_more: Option<bool>,
    /// Link or cursor.
    pub next: Option<String>,
}

object! { Items { "data" => data, "has_more" => has_more, "next" => next } }

/// A form with a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Title.
    pub title: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Content.
    pub file: File,
    /// Note.
    pub note: Option<String>,
}

object! { Upload { "title" => title, "tags" => tags, "file" => file, "note" => note } }

macro_rules! operations {
    ($($(#[$docs:meta])* $name:ident: $output:ty, $error:ty, $facts:expr, $read:ident;)+) => { $(
        $(#[$docs])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Operation for $name {
            type Output = $output;
            type Error = $error;
            const FACTS: Facts = $facts;
            fn output(response: Response) -> Result<$output, DecodeError> {
                response.$read()
            }
        }
    )+ };
}

operations! {
    /// Gets one.
    Get: Value, Problem, Facts::new("get", "GET", "/opportunity/{id}/").security(SECURITY), json;
    /// Creates one.
    Create: Value, Problem, Facts::new("create", "POST", "/opportunity/").security(SECURITY), json;
    /// Replaces one.
    Put: Value, Problem, Facts::new("put", "PUT", "/opportunity/").security(SECURITY), json;
    /// Deletes one.
    Delete: (), Undocumented, Facts::new("delete", "DELETE", "/opportunity/{id}/").security(SECURITY), empty;
    /// Needs no credential.
    Open: Value, Problem, Facts::new("open", "GET", "/open"), json;
    /// Needs a credential or not.
    Either: Value, Problem, Facts::new("either", "GET", "/either").security(&[&[], &[API_KEY]]), json;
    /// Needs two keys.
    Both: Value, Problem, Facts::new("both", "GET", "/both").security(&[&[HEADER_KEY, QUERY_KEY], &[COOKIE_KEY]]), json;
    /// Streams bytes.
    Fetch: Download, Problem, Facts::new("fetch", "GET", "/file").accept("*/*").stream(), download;
    /// Streams events.
    Watch: EventStream<Item>, Problem, Facts::new("watch", "GET", "/events").accept("text/event-stream").stream(), events;
    /// Streams events as they come.
    Notices: EventStream<ServerEvent>, Problem, Facts::new("notices", "GET", "/notices").accept("text/event-stream").stream(), events;
    /// Streams lines of any JSON.
    Rows: JsonLines<Value>, Problem, Facts::new("rows", "GET", "/rows").accept("application/x-ndjson").stream(), json_lines;
    /// Streams lines.
    Export: JsonLines<Item>, Problem, Facts::new("export", "GET", "/lines").accept("application/x-ndjson").stream(), json_lines;
    /// Has a server of its own.
    Elsewhere: Value, Problem, Facts::new("elsewhere", "GET", "/x").servers(&["https://files.example.com/v2"]), json;
}

macro_rules! lists {
    ($($(#[$docs:meta])* $name:ident $pages:expr, |$page:ident, $output:ident| $more:expr;)+) => { $(
        $(#[$docs])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Operation for $name {
            type Output = Items;
            type Error = Problem;
            const FACTS: Facts = Facts::new("list", "GET", "/items/").security(SECURITY);
            fn output(response: Response) -> Result<Items, DecodeError> {
                response.json()
            }
        }

        impl Paginated for $name {
            type Item = Item;
            const PAGES: Pages = $pages;
            fn page($output: Items) -> Page<Item> {
                let $page = Page::new($output.data);
                $more
            }
        }
    )+ };
}

lists! {
    /// By offset.
    ByOffset Pages::offset("_skip"), |page, output| page.has_more(output.has_more);
    /// By page number, without a word about more.
    ByPage Pages::page("page", 1), |page, output| page;
    /// By cursor.
    ByCursor Pages::cursor("cursor"), |page, output| page.next(output.next);
    /// By offset in the body.
    ByBodyOffset Pages::offset("/options/offset").in_body(), |page, output| page.has_more(output.has_more);
    /// By page number in the body.
    ByBodyPage Pages::page("/page", 1).in_body(), |page, output| page;
    /// By cursor in the body.
    ByBodyCursor Pages::cursor("/cursor").in_body(), |page, output| page.next(output.next);
    /// By number in the body.
    ByBodyNumber Pages::cursor("/a~1b").number_in_body(), |page, output| page.next(output.next);
    /// By link in the body.
    ByUrl Pages::next_url(), |page, output| page.next(output.next);
    /// By link in the header.
    ByLink Pages::link_header(), |page, output| page;
}

/// By the last item.
#[derive(Debug, Clone, Copy)]
pub struct ByLast;

impl Operation for ByLast {
    type Output = Items;
    type Error = Problem;
    const FACTS: Facts = Facts::new("list", "GET", "/items/").security(SECURITY);
    fn output(response: Response) -> Result<Items, DecodeError> {
        response.json()
    }
}

impl Paginated for ByLast {
    type Item = Item;
    const PAGES: Pages = Pages::cursor("starting_after");
    fn page(output: Items) -> Page<Item> {
        let last = output.data.last().map(|item| item.id.to_string());
        Page::new(output.data).has_more(output.has_more).next(last)
    }
}
