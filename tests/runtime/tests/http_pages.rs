//! Walking through pages.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(feature = "mock")]

mod support;

use runtime_tests::runtime::*;
use support::{
    ByBodyCursor, ByBodyNumber, ByBodyOffset, ByBodyPage, ByCursor, ByLast, ByLink, ByOffset, ByPage, ByUrl, Item,
    builder,
};

fn page(ids: &[i64], rest: &str) -> MockReply {
    let items: Vec<String> = ids.iter().map(|id| format!("{{\"id\":{id}}}")).collect();
    MockReply::json(200, format!("{{\"data\":[{}]{rest}}}", items.join(",")))
}

async fn walk<O: Paginated<Item = Item, Error = support::Problem>>(
    request: impl FnOnce(Request<'_, O>) -> Request<'_, O>,
    replies: impl IntoIterator<Item = MockReply>,
) -> (Vec<i64>, Vec<String>, Option<String>) {
    let (ids, asked, error) = requests(request, replies).await;
    let asked = asked.iter().map(|request| request.uri.path_and_query().unwrap().to_string()).collect();
    (ids, asked, error)
}

/// The bodies that were sent, beside the media type of the last one.
async fn bodies<O: Paginated<Item = Item, Error = support::Problem>>(
    body: Option<&str>,
    replies: impl IntoIterator<Item = MockReply>,
) -> (Vec<String>, String) {
    let (_, asked, error) = requests::<O>(
        |request| match body {
            Some(body) => request.text("application/vnd.x+json", body),
            None => request,
        },
        replies,
    )
    .await;
    assert_eq!(error, None);
    let media_type = asked.last().unwrap().headers.get("content-type").unwrap().to_str().unwrap().to_owned();
    (asked.iter().map(|request| String::from_utf8(request.body.to_vec()).unwrap()).collect(), media_type)
}

async fn requests<O: Paginated<Item = Item, Error = support::Problem>>(
    request: impl FnOnce(Request<'_, O>) -> Request<'_, O>,
    replies: impl IntoIterator<Item = MockReply>,
) -> (Vec<i64>, Vec<MockRequest>, Option<String>) {
    let mock = Mock::new().otherwise(replies);
    let client = builder("https://h/v1").transport(mock.clone()).build().unwrap();
    let mut items = request(Request::<O>::new(&client)).items();
    let mut ids = Vec::new();
    let error = loop {
        match items.try_next().await {
            Ok(Some(item)) => ids.push(item.id),
            Ok(None) => break None,
            Err(error) => break Some(error.to_string()),
        }
    };
    assert!(items.try_next().await.unwrap().is_none(), "a stream that has ended stays so");
    (ids, mock.requests(), error)
}

#[tokio::test]
async fn offset_counts_items_and_stops_when_there_are_no_more() {
    let replies = [page(&[1, 2], ",\"has_more\":true"), page(&[3], ",\"has_more\":false"), page(&[4], "")];
    let (ids, asked, _) = walk::<ByOffset>(|request| request.query("_limit", Style::FORM, &2), replies).await;
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(asked, ["/v1/items/?_limit=2", "/v1/items/?_limit=2&_skip=2"]);
}

#[tokio::test]
async fn offset_goes_on_from_where_the_call_begins() {
    let replies = [page(&[1], ",\"has_more\":true"), page(&[2], ",\"has_more\":true"), page(&[], ",\"has_more\":true")];
    let (ids, asked, _) = walk::<ByOffset>(|request| request.query("_skip", Style::FORM, &10), replies).await;
    assert_eq!(ids, [1, 2]);
    assert_eq!(asked, ["/v1/items/?_skip=10", "/v1/items/?_skip=11", "/v1/items/?_skip=12"]);
}

#[tokio::test]
async fn missing_has_more_ends_the_stream() {
    let (ids, asked, _) = walk::<ByOffset>(|request| request, [page(&[1], ""), page(&[2], "")]).await;
    assert_eq!((ids, asked.len()), (vec![1], 1));
}

#[tokio::test]
async fn page_numbers_go_on_until_an_empty_page() {
    let (ids, asked, _) = walk::<ByPage>(|request| request, [page(&[1], ""), page(&[2], ""), page(&[], "")]).await;
    assert_eq!(ids, [1, 2]);
    assert_eq!(asked, ["/v1/items/", "/v1/items/?page=2", "/v1/items/?page=3"]);
}

#[tokio::test]
async fn cursors_go_on_until_there_is_none() {
    let replies = [page(&[1], ",\"next\":\"a b\""), page(&[2], ",\"next\":null")];
    let (ids, asked, _) = walk::<ByCursor>(|request| request, replies).await;
    assert_eq!(ids, [1, 2]);
    assert_eq!(asked, ["/v1/items/", "/v1/items/?cursor=a%20b"]);
}

#[tokio::test]
async fn a_cursor_that_does_not_move_ends_the_stream() {
    let (ids, asked, _) = walk::<ByCursor>(|request| request, [page(&[1], ",\"next\":\"a\"")]).await;
    assert_eq!((ids.len(), asked.len()), (2, 2));
}

#[tokio::test]
async fn the_last_item_leads_to_the_next_page() {
    let replies = [page(&[1, 7], ",\"has_more\":true"), page(&[9], ",\"has_more\":false")];
    let (ids, asked, _) = walk::<ByLast>(|request| request, replies).await;
    assert_eq!(ids, [1, 7, 9]);
    assert_eq!(asked, ["/v1/items/", "/v1/items/?starting_after=7"]);
}

#[tokio::test]
async fn an_offset_in_the_body_is_replaced_there_and_the_rest_stays_as_it_was() {
    let replies = [page(&[1, 2], ",\"has_more\":true"), page(&[3], ",\"has_more\":false")];
    let body = r#"{"z": 1.50, "options": {"offset": 3, "count": 2}, "big": 123456789012345678901234567890}"#;
    let (asked, media_type) = bodies::<ByBodyOffset>(Some(body), replies).await;
    assert_eq!(asked[0], body);
    assert_eq!(asked[1], r#"{"z":1.50,"options":{"offset":5,"count":2},"big":123456789012345678901234567890}"#);
    assert_eq!((asked.len(), &*media_type), (2, "application/vnd.x+json"));
}

#[tokio::test]
async fn what_is_missing_on_the_way_to_an_offset_is_made() {
    let replies = || [page(&[1], ",\"has_more\":true"), page(&[2], ",\"has_more\":false")];
    let (asked, media_type) = bodies::<ByBodyOffset>(None, replies()).await;
    assert_eq!(asked, ["", r#"{"options":{"offset":1}}"#]);
    assert_eq!(media_type, "application/json");
    let (asked, _) = bodies::<ByBodyOffset>(Some(r#"{"options":null}"#), replies()).await;
    assert_eq!(asked[1], r#"{"options":{"offset":1}}"#);
}

#[tokio::test]
async fn page_numbers_in_the_body_are_numbers() {
    let (asked, _) = bodies::<ByBodyPage>(Some(r#"{"page":4}"#), [page(&[1], ""), page(&[], "")]).await;
    assert_eq!(asked, [r#"{"page":4}"#, r#"{"page":5}"#]);
}

#[tokio::test]
async fn cursors_in_the_body_are_strings_or_numbers() {
    let (asked, _) = bodies::<ByBodyCursor>(Some("{}"), [page(&[1], ",\"next\":\"7\""), page(&[2], "")]).await;
    assert_eq!(asked, ["{}", r#"{"cursor":"7"}"#]);
    let (asked, _) = bodies::<ByBodyNumber>(Some("{}"), [page(&[1], ",\"next\":\"7\""), page(&[2], "")]).await;
    assert_eq!(asked, ["{}", r#"{"a/b":7}"#]);
}

#[tokio::test]
async fn a_cursor_in_the_body_that_does_not_move_ends_the_stream() {
    let (asked, _) = bodies::<ByBodyCursor>(None, [page(&[1], ",\"next\":\"a\"")]).await;
    assert_eq!(asked.len(), 2);
}

#[tokio::test]
async fn a_body_without_room_for_the_cursor_is_an_error_after_the_page() {
    let replies = [page(&[1], ",\"next\":\"a\"")];
    let (ids, asked, error) =
        requests::<ByBodyCursor>(|request| request.text("application/json", "[1]"), replies).await;
    assert_eq!((ids, asked.len()), (vec![1], 1));
    assert_eq!(error.unwrap(), "the body is no JSON object that has room for `/cursor`");
}

#[tokio::test]
async fn next_urls_are_followed_on_the_same_origin() {
    let replies =
        [page(&[1], ",\"next\":\"https://h:443/v1/items/?p=2\""), page(&[2], ",\"next\":\"?p=3\""), page(&[3], "")];
    let (ids, asked, error) = walk::<ByUrl>(|request| request.query("q", Style::FORM, "x"), replies).await;
    assert_eq!((ids, error), (vec![1, 2, 3], None));
    assert_eq!(asked, ["/v1/items/?q=x", "/v1/items/?p=2", "/v1/items/?p=3"]);
}

#[tokio::test]
async fn a_next_url_on_another_origin_is_an_error_after_the_page_and_is_not_asked() {
    for url in ["https://evil/v1/items/", "http://h/v1/items/", "https://h:444/", "//evil/x", "https://h@evil/"] {
        let (ids, asked, error) = walk::<ByUrl>(|request| request, [page(&[1], &format!(",\"next\":\"{url}\""))]).await;
        assert_eq!((ids, asked.len()), (vec![1], 1), "{url}");
        assert!(error.unwrap().starts_with("the link to the next page"), "{url}");
    }
}

#[tokio::test]
async fn link_headers_are_followed() {
    let link =
        "<https://h/v1/items/?p=0>; rel=\"prev\", <https://h/v1/items/?a=1,2&p=2>; title=\"x\"; rel=\"last next\"";
    let replies =
        [page(&[1], "").header("link", link), page(&[2], "").header("link", "<https://h/v1/items/>; rel=first")];
    let (ids, asked, _) = walk::<ByLink>(|request| request, replies).await;
    assert_eq!(ids, [1, 2]);
    assert_eq!(asked, ["/v1/items/", "/v1/items/?a=1,2&p=2"]);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let replies = [page(&[1], ",\"has_more\":true"), MockReply::status(500)];
    let (ids, _, error) = walk::<ByOffset>(|request| request, replies).await;
    assert_eq!(ids, [1]);
    assert_eq!(error.unwrap(), "list: the server answered 500 Internal Server Error");
}

#[tokio::test]
async fn pages_keep_their_items_together() {
    let mock = Mock::new().otherwise([page(&[1, 2], ",\"has_more\":true"), page(&[3], ",\"has_more\":false")]);
    let client = builder("https://h/v1").transport(mock).build().unwrap();
    let mut pages = Request::<ByOffset>::new(&client).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.items().len());
    }
    assert_eq!(sizes, [2, 1]);
}

#[cfg(feature = "blocking")]
#[test]
fn items_can_be_read_by_a_blocked_thread() {
    let mock = Mock::new().otherwise([page(&[1, 2], ",\"has_more\":true"), page(&[3], ",\"has_more\":false")]);
    let client = builder("https://h/v1").transport(mock).build().unwrap();
    let mut items = Request::<ByOffset>::new(&client).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next_blocking().unwrap() {
        ids.push(item.id);
    }
    assert_eq!(ids, [1, 2, 3]);
}
