//! Lists that go on, on a real socket: found by rule or declared, in the query or in the body; and what the API sends.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use paging_client::api::declared::CursorInBodyBody;
use paging_client::api::found::{BodyCursorBody, BodyOffsetBody, BodyPageBody};
use paging_client::types::Item;
use paging_client::{Client, Error, Paginated, Request};
use programs::block_on;
use programs::server::{Script, Server, json, reply};

fn page(ids: &str, rest: &str) -> Script {
    let items: Vec<String> = ids.chars().map(|id| format!("{{\"id\":\"{id}\"}}")).collect();
    json("200 OK", &format!("{{\"data\":[{}]{rest}}}", items.join(",")))
}

/// The ids of all items, and the requests: method, path, query and body.
fn walk<O: Paginated<Item = Item>>(
    script: impl Fn(&str) -> Vec<Script>,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> (String, Vec<String>) {
    // The address is in the links, so that it has to be known before the replies are.
    let (server, ids) = with_address(script, |url| {
        let client = Client::builder(format!("{url}/specification/openapi.yaml")).build().unwrap();
        block_on(async {
            let mut items = call(&client).items();
            let mut ids = String::new();
            loop {
                match items.try_next().await {
                    Ok(Some(item)) => ids.push_str(&item.id),
                    Ok(None) => return ids,
                    Err(error) => panic!("{error}"),
                }
            }
        })
    });
    let line = |request: &String| {
        let (head, body) = request.split_once("\n\n").unwrap();
        let target = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").replace("/v1/", "");
        if body.is_empty() { target } else { format!("{target} {body}") }
    };
    (ids, server.requests().iter().map(line).collect())
}

fn with_address<T>(script: impl Fn(&str) -> Vec<Script>, run: impl FnOnce(&str) -> T) -> (Server, T) {
    let server = Server::start_with(script);
    let url = server.url.clone();
    let result = run(&url);
    (server, result)
}

#[track_caller]
fn check<O: Paginated<Item = Item>>(
    script: Vec<Script>,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
    ids: &str,
    asked: &[&str],
) {
    let (found, requests) = walk(|_| script.clone(), call);
    assert_eq!((found.as_str(), requests), (ids, asked.iter().map(|line| (*line).to_owned()).collect()));
}

#[test]
fn by_cursor() {
    let script = vec![page("ab", r#","next_cursor":"x y""#), page("c", r#","next_cursor":null"#)];
    check(script, |c| c.found().cursor(), "abc", &["GET found/cursor", "GET found/cursor?cursor=x%20y"]);
}

#[test]
fn by_the_last_item() {
    let script = vec![page("ab", r#","has_more":true"#), page("c", r#","has_more":false"#)];
    check(script, |c| c.found().last(), "abc", &["GET found/last", "GET found/last?starting_after=b"]);
}

#[test]
fn by_offset() {
    let script = vec![page("ab", ""), page("c", ""), page("", "")];
    check(
        script,
        |c| c.found().offset().limit(2),
        "abc",
        &["GET found/offset?limit=2", "GET found/offset?limit=2&offset=2", "GET found/offset?limit=2&offset=3"],
    );
    let script = vec![
        json("200 OK", r#"{"found":{"rows":[{"id":"a"}],"more":true}}"#),
        json("200 OK", r#"{"found":{"rows":[{"id":"b"}],"more":false}}"#),
    ];
    check(
        script,
        |c| c.declared().offset().from(10),
        "ab",
        &["GET declared/offset?from=10", "GET declared/offset?from=11"],
    );
}

#[test]
fn by_page_number() {
    let script = vec![page("a", r#","has_more":true"#), page("b", r#","has_more":false"#)];
    check(script, |c| c.found().page(), "ab", &["GET found/page", "GET found/page?page=2"]);
    let script = vec![page("a", ""), page("", "")];
    check(script, |c| c.declared().page(), "a", &["GET declared/page", "GET declared/page?p=1"]);
}

#[test]
fn by_the_url_of_the_next_page() {
    let (ids, asked) = walk(
        |url| vec![page("a", &format!(r#","next":"{url}/v1/found/next-url?p=2""#)), page("b", r#","next":null"#)],
        |c| c.found().next_url(),
    );
    assert_eq!((ids.as_str(), asked), ("ab", vec!["GET found/next-url".to_owned(), "GET found/next-url?p=2".to_owned()]));
    let script = vec![page("a", r#","more_at":"?p=2""#), page("b", "")];
    check(script, |c| c.declared().next_url(), "ab", &["GET declared/next-url", "GET declared/next-url?p=2"]);
}

#[test]
fn by_the_link_header() {
    let link = |query: &str| format!("<?{query}>; rel=\"next\"");
    let list = |id: &str, link: &str| reply("200 OK", &[("content-type", "application/json"), ("link", link)], format!("[{{\"id\":\"{id}\"}}]"));
    let script = vec![list("a", &link("page=2")), list("b", "<?page=1>; rel=\"prev\"")];
    check(script, |c| c.found().link(), "ab", &["GET found/link", "GET found/link?page=2"]);
    let first = reply("200 OK", &[("content-type", "application/json"), ("link", &link("x"))], r#"{"data":[{"id":"a"}]}"#);
    check(vec![first, page("b", "")], |c| c.declared().link(), "ab", &["GET declared/link", "GET declared/link?x"]);
}

#[test]
fn by_a_member_of_the_body() {
    let script = vec![page("a", r#","next_cursor":"n""#), page("b", "")];
    check(
        script,
        |c| c.found().body_cursor(BodyCursorBody::new().filter("f")),
        "ab",
        &[
            r#"POST found/body-cursor {"filter":"f"}"#,
            r#"POST found/body-cursor {"filter":"f","cursor":"n"}"#,
        ],
    );
    check(
        vec![page("ab", ""), page("", "")],
        |c| c.found().body_offset(BodyOffsetBody::new().limit(2)),
        "ab",
        &[r#"POST found/body-offset {"limit":2}"#, r#"POST found/body-offset {"limit":2,"offset":2}"#],
    );
    check(
        vec![page("a", r#","has_more":true"#), page("b", "")],
        |c| c.found().body_page(BodyPageBody::new().page(3).page_size(1)),
        "ab",
        &[r#"POST found/body-page {"page":3,"page_size":1}"#, r#"POST found/body-page {"page":4,"page_size":1}"#],
    );
    check(
        vec![page("a", r#","paging":{"after":7}"#), page("b", "")],
        |c| c.declared().cursor_in_body(CursorInBodyBody::new()),
        "ab",
        &["POST declared/body {}", r#"POST declared/body {"paging":{"after":7}}"#],
    );
}

#[test]
fn a_link_to_another_origin_is_not_followed() {
    let server = Server::start([page("a", r#","next":"https://elsewhere.example.com/""#)]);
    let client = Client::builder(&server.url).build().unwrap();
    block_on(async {
        let mut items = client.found().next_url().items();
        assert_eq!(items.try_next().await.unwrap().unwrap().id, "a");
        assert!(matches!(items.try_next().await, Err(Error::Build(_))));
    });
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_relative_server_begins_where_the_document_came_from() {
    let (_, asked) = walk(|_| vec![page("", "")], |c| c.found().page());
    assert_eq!(asked, ["GET found/page"]);
    for document in ["", "openapi.yaml", "ftp://h/"] {
        assert!(Client::builder(document).build().is_err(), "{document}");
    }
}

mod received {
    use paging_client::{Bytes, HeaderMap, SignatureError, WebhookError, receive, webhooks};

    /// What stands for a signature here: the length of the body.
    fn check(headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let signature = headers.get("x-length").and_then(|value| value.to_str().ok());
        if signature == Some(&*body.len().to_string()) { Ok(()) } else { Err(SignatureError) }
    }

    #[test]
    fn payloads_of_webhooks_and_callbacks_have_types() {
        let event = webhooks::item_created(br#"{"item":{"id":"a"},"at":"2026-01-02T03:04:05Z"}"#).unwrap();
        assert_eq!((event.item.id.as_str(), event.at.unwrap().to_string()), ("a", "2026-01-02T03:04:05Z".to_owned()));
        assert_eq!(webhooks::shipped(br#"{"id":"b"}"#).unwrap().id, "b");
        assert!(webhooks::item_created(b"{}").unwrap_err().to_string().contains("item"));
    }

    #[test]
    fn a_signature_is_checked_before_the_payload_is_read() {
        let body = Bytes::from_static(br#"{"id":"b"}"#);
        let mut headers = HeaderMap::new();
        let read = |headers: &HeaderMap, body: &Bytes| receive::<paging_client::types::Item>(headers, body, &check);
        assert!(matches!(read(&headers, &body), Err(WebhookError::Signature(_))));
        headers.insert("x-length", "10".parse().unwrap());
        assert_eq!(read(&headers, &body).unwrap().id, "b");
        assert!(matches!(read(&headers, &Bytes::from_static(b"[1,2,3,45]")), Err(WebhookError::Decode(_))));
    }

    /// As Close signs: the digits of the HMAC of timestamp and body; the signature was worked out by Python's `hmac`.
    #[test]
    fn a_signature_by_hmac_is_checked_as_the_configuration_says() {
        use paging_client::HmacSha256;
        let check = HmacSha256::with_hex_key("4f7c2a9b00ff", "close-sig-hash").unwrap().timestamp("close-sig-timestamp");
        let check = check.any_age();
        let mut headers = HeaderMap::new();
        headers.insert("close-sig-timestamp", "1700000000".parse().unwrap());
        headers.insert("close-sig-hash", "734eebf13050132647a3ca3df9dad8159813a5385afffbf1472942a3816329bd".parse().unwrap());
        let read = |body: &'static [u8]| {
            receive::<paging_client::types::Item>(&headers, &Bytes::from_static(body), &check)
        };
        assert_eq!(read(br#"{"id":"b"}"#).unwrap().id, "b");
        assert!(matches!(read(br#"{"id":"c"}"#), Err(WebhookError::Signature(_))));
    }
}
