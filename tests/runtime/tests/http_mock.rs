//! The transport for tests, and what its users see of it.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(feature = "mock")]

mod support;

use runtime_tests::runtime::*;
use support::{ByOffset, Create, Get, Item, Open, builder};

fn client(mock: &Mock) -> Client {
    builder("https://h/v1").transport(mock.clone()).build().unwrap()
}

fn get<'c>(client: &'c Client, id: &str) -> Request<'c, Get> {
    Request::<Get>::new(client).path("id", Style::SIMPLE, id)
}

fn create<'c>(client: &'c Client, json: &str) -> Request<'c, Create> {
    Request::<Create>::new(client).json(&json.parse::<RawJson>().unwrap())
}

#[tokio::test]
async fn rules_for_a_certain_request_go_before_those_for_its_operation() {
    let mock = Mock::new().otherwise([MockReply::status(500)]).on::<Get>([MockReply::json(200, "1")]);
    let client = client(&mock);
    mock.when(get(&client, "b"), [MockReply::json(200, "2"), MockReply::json(200, "3")]).unwrap();
    assert_eq!(get(&client, "a").await.unwrap(), 1);
    assert_eq!(get(&client, "b").await.unwrap(), 2);
    assert_eq!(get(&client, "b").await.unwrap(), 3);
    assert_eq!(get(&client, "b").await.unwrap(), 3);
    assert_eq!(Request::<Open>::new(&client).await.unwrap_err().status().unwrap(), 500);
}

#[tokio::test]
async fn bodies_are_compared_as_json_and_queries_in_any_order() {
    let mock = Mock::new();
    let client = client(&mock);
    mock.when(create(&client, r#"{"a":1,"b":[2]}"#), [MockReply::json(200, "true")]).unwrap();
    assert_eq!(create(&client, r#"{ "b":[2], "a":1 }"#).await.unwrap(), true);
    let both = |first: &'static str, second: &'static str| {
        Request::<Open>::new(&client).query(first, Style::FORM, "x").query(second, Style::FORM, "x")
    };
    mock.when(both("a", "b"), [MockReply::json(200, "true")]).unwrap();
    assert_eq!(both("b", "a").await.unwrap(), true);
}

#[tokio::test]
async fn a_request_without_a_rule_shows_the_nearest_one() {
    let mock = Mock::new().on::<Open>([MockReply::status(200)]);
    let client = client(&mock);
    let list = |limit: i64| Request::<ByOffset>::new(&client).query("_limit", Style::FORM, &limit);
    mock.when(list(10), [MockReply::json(200, "{}")]).unwrap();
    let error = list(5).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "list: the server answered 501 Not Implemented: no rule of the mock fits `list`, GET /v1/items/; the nearest wants the query `_limit=10`"
    );
    let error = list(10).header("x-other", "1").credentials(ApiKey::new("second-key")).await.unwrap_err();
    assert!(error.to_string().ends_with("the nearest wants another header `authorization`"), "{error}");
    assert_eq!(mock.requests().len(), 2, "it is not tried again");
    let error = create(&super_client(), "1").await.unwrap_err();
    assert!(error.to_string().ends_with("POST /v1/opportunity/; there are none"), "{error}");
}

fn super_client() -> Client {
    client(&Mock::new())
}

#[tokio::test]
async fn replies_can_be_values_that_are_really_encoded_and_decoded() {
    let item: Item = from_slice(br#"{"id":7}"#).unwrap();
    let page = format!(r#"{{"data":[{}],"has_more":false}}"#, String::from_utf8(json::to_vec(&item)).unwrap());
    let mock = Mock::new().on::<ByOffset>([MockReply::json(200, page)]).on::<Open>([MockReply::value(200, &item)]);
    let client = client(&mock);
    assert_eq!(Request::<ByOffset>::new(&client).items().try_next().await.unwrap().unwrap(), item);
    assert_eq!(Request::<Open>::new(&client).await.unwrap()["id"], 7);
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocked_thread_has_every_way_to_send() {
    let mock = Mock::new().on::<Open>([MockReply::json(200, "1").header("x-a", "b")]);
    let client = client(&mock.on::<support::Fetch>([MockReply::status(200).body("bytes")]));
    let open = || Request::<Open>::new(&client);
    assert_eq!(open().send_blocking().unwrap(), 1);
    assert_eq!(open().send_raw_blocking().unwrap().body, "1");
    let answer = open().with_response_blocking().unwrap();
    assert_eq!((answer.value, answer.status, answer.headers["x-a"].to_str().unwrap()), (1.into(), StatusCode::OK, "b"));
    let mut download = Request::<support::Fetch>::new(&client).send_blocking().unwrap();
    assert_eq!(download.chunk_blocking().unwrap().unwrap(), "bytes");
    assert!(download.chunk_blocking().unwrap().is_none());
}
