//! Whole calls over real sockets, for both transports.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;
use std::time::{Duration, Instant};

use runtime_tests::runtime::*;
use support::{Create, Fetch, Get, Open, Server, builder, json, reply};

const SENT: &str = "POST /v1/opportunity/ HTTP/1.1\n\
    accept: application/json\n\
    authorization: Basic eW91cmFwaWtleTo=\n\
    content-length: 12\n\
    content-type: application/json\n\
    user-agent: test/1.0\n\
    x-tz-offset: -4\n\
    \n\
    {\"value\":50}";

fn client(server: &Server) -> Client {
    builder(&format!("{}/v1", server.url)).header("x-tz-offset", "-4").build().unwrap()
}

fn create(client: &Client) -> Request<'_, Create> {
    Request::new(client).json(&serde_json::json!({"value": 50}))
}

#[tokio::test]
async fn a_post_has_exactly_these_bytes() {
    let server = Server::start([json("200 OK", "{\"id\":1}")]);
    let value = create(&client(&server)).await.unwrap();
    assert_eq!(value, serde_json::json!({"id": 1}));
    assert_eq!(server.request(), SENT);
}

#[test]
fn a_blocking_post_has_the_same_bytes() {
    let server = Server::start([json("200 OK", "{\"id\":1}")]);
    let value = create(&client(&server)).send_blocking().unwrap();
    assert_eq!(value, serde_json::json!({"id": 1}));
    assert_eq!(server.request(), SENT);
}

#[test]
fn nothing_that_is_shown_holds_the_key() {
    let echo = |text: &str| json("401 Unauthorized", &format!(r#"{{"error":"bad key {text}"}}"#));
    let server = Server::start([echo("eW91cmFwaWtleTo="), echo("yourapikey")]);
    let client = client(&server);
    let error = create(&client).send_blocking().unwrap_err();
    let raw_echo = create(&client).send_blocking().unwrap_err();
    let request = create(&client).into_http().unwrap();
    assert_eq!(request.headers()["authorization"], "Basic eW91cmFwaWtleTo=");
    let shown = [
        format!("{client:?}"),
        format!("{:?}", builder("http://h")),
        format!("{:?}", create(&client)),
        format!("{request:?}"),
        format!("{error:?}"),
        error.to_string(),
        format!("{raw_echo:?}"),
        raw_echo.to_string(),
    ];
    for text in shown {
        assert!(!text.contains("yourapikey") && !text.contains("eW91cmFwaWtleTo"), "{text}");
    }
}

#[tokio::test]
async fn a_post_that_timed_out_is_not_sent_again() {
    let server = Server::start([json("200 OK", "{}").late(Duration::from_secs(2)), json("200 OK", "{}")]);
    let client = client(&server);
    let start = Instant::now();
    let error = create(&client).timeout(Duration::from_millis(200)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.outcome_unknown(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_blocking_call_keeps_its_deadline() {
    let server = Server::start([json("200 OK", "{}").late(Duration::from_secs(2))]);
    let client = client(&server);
    let error = create(&client).timeout(Duration::from_millis(200)).send_blocking().unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn a_connection_that_is_refused_is_known_to_have_done_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(&base).build().unwrap();
    let error = create(&client).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)) && !error.outcome_unknown(), "{error}");
    let client = builder(&base).build().unwrap();
    let error = tokio::task::spawn_blocking(move || create(&client).send_blocking().unwrap_err()).await.unwrap();
    assert!(matches!(error, Error::Connect(_)) && !error.outcome_unknown(), "{error}");
}

#[tokio::test]
async fn redirects_keep_credentials_within_an_origin_only() {
    let other = Server::start([json("200 OK", "1")]);
    let to_other = reply("302 Found", &[("location", &format!("{}/there?a=b", other.url))], "");
    let server = Server::start([reply("307 Temporary Redirect", &[("location", "../x/./y")], ""), to_other]);
    let client = client(&server);
    let request = Request::<Get>::new(&client)
        .path("id", Style::SIMPLE, "a")
        .header("x-custom", "c")
        .credentials(ApiKey::new("yourapikey"));
    assert_eq!(request.await.unwrap(), 1);
    let requests = server.requests();
    assert!(requests[1].starts_with("GET /v1/opportunity/x/y HTTP/1.1\n"), "{}", requests[1]);
    assert!(requests[1].contains("authorization: Basic eW91cmFwaWtleTo=\n"));
    assert_eq!(other.request(), "GET /there?a=b HTTP/1.1\naccept: application/json\nuser-agent: test/1.0\n\n");
}

#[tokio::test]
async fn a_redirected_post_is_an_error() {
    let server = Server::start([reply("307 Temporary Redirect", &[("location", "/x")], ""), json("200 OK", "{}")]);
    let error = create(&client(&server)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(error.api().unwrap().headers["location"], "/x");
    assert_eq!(server.requests().len(), 1);
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn compressed_bodies_are_read_and_bounded_by_their_real_size() {
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let long = format!("\"{}\"", "a".repeat(100_000));
    let script = || [reply("200 OK", &headers, gzip("[1]")), reply("200 OK", &headers, gzip(&long))];
    let server = Server::start(script());
    let small = builder(&server.url).max_body(50_000).build().unwrap();
    assert_eq!(Request::<Open>::new(&small).await.unwrap(), serde_json::json!([1]));
    let error = Request::<Open>::new(&small).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    let server = Server::start(script());
    let small = builder(&server.url).max_body(50_000).build().unwrap();
    let blocking = move || (Request::<Open>::new(&small).send_blocking(), Request::<Open>::new(&small).send_blocking());
    let (first, second) = tokio::task::spawn_blocking(blocking).await.unwrap();
    assert_eq!(first.unwrap(), serde_json::json!([1]));
    assert!(matches!(second.unwrap_err(), Error::Decode(_)));
}

#[tokio::test]
async fn streamed_bodies_are_sent_by_both_transports() {
    let script = || [json("200 OK", "{}"), json("200 OK", "{}")];
    let server = Server::start(script());
    let client = client(&server);
    let known = Body::replayable(Some(5), || Body::from("hello").into_stream());
    let unknown = Body::stream(None, Body::from("hello").into_stream());
    let send = move |body: Body, client: Client| async move {
        Request::<Create>::new(&client).bytes("application/octet-stream", body).await.unwrap();
    };
    send(known.clone(), client.clone()).await;
    send(unknown, client.clone()).await;
    let requests = server.requests();
    assert!(requests[0].contains("content-length: 5\n") && requests[0].ends_with("\n\nhello"), "{}", requests[0]);
    assert!(
        requests[1].contains("transfer-encoding: chunked\n") && requests[1].ends_with("\n\nhello"),
        "{}",
        requests[1]
    );
    let server = Server::start(script());
    let client = support::builder(&server.url).build().unwrap();
    let blocking =
        move || Request::<Create>::new(&client).bytes("application/octet-stream", known).send_blocking().unwrap();
    tokio::task::spawn_blocking(blocking).await.unwrap();
    assert!(server.request().ends_with("\n\nhello"), "{}", server.request());
}

#[tokio::test]
async fn downloads_are_streams_with_a_file_name() {
    let headers = [("content-type", "text/csv"), ("content-disposition", "attachment; filename=\"../a.csv\"")];
    let server = Server::start([reply("200 OK", &headers, "a,b")]);
    let client = client(&server);
    let download = Request::<Fetch>::new(&client).await.unwrap();
    assert_eq!((download.media_type(), download.length()), (Some("text/csv"), Some(3)));
    assert_eq!(download.file_name().as_deref(), Some("a.csv"));
    let mut out = Vec::new();
    assert_eq!(download.write_to(&mut out).await.unwrap(), 3);
    assert_eq!(out, b"a,b");
}

#[tokio::test]
async fn per_call_headers_go_before_those_of_the_client() {
    let server = Server::start([json("200 OK", "{}")]);
    let client = client(&server);
    Request::<Open>::new(&client).header("x-tz-offset", "2").header("accept", "a/b").await.unwrap();
    assert_eq!(server.request(), "GET /v1/open HTTP/1.1\naccept: a/b\nuser-agent: test/1.0\nx-tz-offset: 2\n\n");
}
