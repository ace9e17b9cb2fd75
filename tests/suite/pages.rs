//! Lists that come in pages.

use close_client::types::Opportunity;
use close_client::{Client, Error};
use tests::server::{Server, json};
use tests::{block_on, client, fixture};

fn two_pages() -> Server {
    Server::start(["list.page1.json", "list.page2.json"].map(|name| json("200 OK", &fixture(name))))
}

/// The first lines of the requests.
fn lines(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.lines().next().unwrap().to_owned()).collect()
}

async fn ids(client: &Client) -> Vec<String> {
    let mut items = client.opportunities().list().limit(2).user_id("user_1").items();
    let mut ids = Vec::new();
    while let Some(Opportunity { id, .. }) = items.try_next().await.unwrap() {
        ids.push(id);
    }
    ids
}

#[test]
fn items_are_walked_over_all_pages() {
    let server = two_pages();
    let found = block_on(ids(&client(&server)));
    let all: serde_json::Value = serde_json::from_str(&fixture("list.json")).unwrap();
    let expected: Vec<_> = all["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(found, expected);
    assert_eq!(
        lines(&server),
        [
            "GET /api/v1/opportunity/?_limit=2&user_id=user_1 HTTP/1.1",
            "GET /api/v1/opportunity/?_limit=2&user_id=user_1&_skip=2 HTTP/1.1",
        ]
    );
}

#[test]
fn a_walk_begins_where_the_caller_wants() {
    let server = two_pages();
    let client = client(&server);
    let mut pages = client.opportunities().list().skip(10).pages();
    let mut counts = Vec::new();
    while let Some(page) = pages.next_blocking().unwrap() {
        counts.push(page.items().len());
    }
    assert_eq!(counts, [2, 1]);
    assert_eq!(
        lines(&server),
        ["GET /api/v1/opportunity/?_skip=10 HTTP/1.1", "GET /api/v1/opportunity/?_skip=12 HTTP/1.1"]
    );
}

#[test]
fn an_empty_list_is_one_request() {
    let server = Server::start([json("200 OK", &fixture("list.empty.json"))]);
    assert_eq!(block_on(ids(&client(&server))), Vec::<String>::new());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_error_on_a_later_page_comes_after_the_items_before_it() {
    let server = Server::start([
        json("200 OK", &fixture("list.page1.json")),
        json("404 Not Found", &fixture("error.404.error.json")),
    ]);
    let client = client(&server);
    let mut items = client.opportunities().list().items();
    assert!(items.next_blocking().unwrap().is_some());
    assert!(items.next_blocking().unwrap().is_some());
    assert!(matches!(items.next_blocking(), Err(Error::Api(_))));
}
