//! Which credential is shown where, and OAuth 2.0 tokens.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(feature = "mock")]

mod support;

use std::time::Duration;

use runtime_tests::runtime::*;
use support::{API_KEY, Both, COOKIE_KEY, Either, Get, HEADER_KEY, OAUTH, Open, QUERY_KEY};

fn plain(mock: &Mock) -> ClientBuilder {
    ClientBuilder::new("https://h", "t").transport(mock.clone())
}

fn ok() -> MockReply {
    MockReply::json(200, "{}")
}

fn get(client: &Client) -> Request<'_, Get> {
    Request::new(client).path("id", Style::SIMPLE, "a")
}

fn authorization(request: &MockRequest) -> Option<&str> {
    request.headers.get("authorization").map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_missing_credential_is_named_and_nothing_is_sent() {
    let mock = Mock::new().otherwise([ok()]);
    let client = plain(&mock).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "no credential was given for `ApiKeyAuth` or `OAuth2`");
    let error = Request::<Both>::new(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "no credential was given for `HeaderKey` and `QueryKey` or `CookieKey`");
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn the_first_complete_alternative_is_chosen() {
    let mock = Mock::new().otherwise([ok()]);
    let client = plain(&mock).credential(OAUTH, Bearer::new("tok")).build().unwrap();
    get(&client).await.unwrap();
    let client =
        plain(&mock).credential(OAUTH, Bearer::new("tok")).credential(API_KEY, Basic::new("u", "p:w")).build().unwrap();
    get(&client).await.unwrap();
    let requests = mock.requests();
    assert_eq!(authorization(&requests[0]), Some("Bearer tok"));
    assert_eq!(authorization(&requests[1]), Some("Basic dTpwOnc="));
}

#[tokio::test]
async fn keys_go_where_their_scheme_says() {
    let mock = Mock::new().otherwise([ok()]);
    let client = plain(&mock)
        .credential(HEADER_KEY, ApiKey::new("h"))
        .credential(COOKIE_KEY, ApiKey::new("c d"))
        .build()
        .unwrap();
    Request::<Both>::new(&client).await.unwrap();
    let client =
        plain(&mock).credential(HEADER_KEY, ApiKey::new("h")).credential(QUERY_KEY, ApiKey::new("q&")).build().unwrap();
    Request::<Both>::new(&client).await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].headers["cookie"], "sid=c%20d");
    assert!(!requests[0].headers.contains_key("x-key"));
    assert_eq!(requests[1].headers["x-key"], "h");
    assert_eq!(requests[1].uri, "https://h/both?key=q%26");
}

#[tokio::test]
async fn an_optional_credential_is_shown_if_there_is_one() {
    let mock = Mock::new().otherwise([ok()]);
    Request::<Either>::new(&plain(&mock).build().unwrap()).await.unwrap();
    let client = plain(&mock).credential(API_KEY, ApiKey::new("k")).build().unwrap();
    Request::<Either>::new(&client).await.unwrap();
    Request::<Open>::new(&client).await.unwrap();
    let shown: Vec<bool> = mock.requests().iter().map(|request| authorization(request).is_some()).collect();
    assert_eq!(shown, [false, true, false]);
}

#[tokio::test]
async fn credentials_of_a_call_go_before_those_of_the_client() {
    let mock = Mock::new().otherwise([ok()]);
    let client = plain(&mock).credential(API_KEY, ApiKey::new("k")).build().unwrap();
    get(&client).credentials(Basic::new("a", "b")).await.unwrap();
    assert_eq!(authorization(&mock.requests()[0]), Some("Basic YTpi"));
}

#[tokio::test]
async fn a_credential_with_a_line_break_is_an_error_that_does_not_show_it() {
    let mock = Mock::new().otherwise([ok()]);
    let client = plain(&mock).credential(OAUTH, Bearer::new("a\r\nb: c")).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "the credential for `OAuth2` holds characters that cannot be sent");
}

fn token(text: &str) -> MockReply {
    MockReply::json(200, format!(r#"{{"access_token":"{text}","expires_in":3600,"refresh_token":"next"}}"#))
}

/// A transport that lets other tasks go on before it answers.
struct Slow(Mock);

impl Transport for Slow {
    fn send(
        &self,
        request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.send(request, deadline).await
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn one_token_serves_many_calls_and_is_asked_for_once() {
    let mock = Mock::new().on::<Get>([ok()]).otherwise([token("t1"), token("t2")]);
    let oauth = OAuth2::client_credentials("https://h/token", "id", "se cret").scopes("a b");
    let client = plain(&mock).transport(Slow(mock.clone())).credential(OAUTH, Bearer::provider(oauth)).build().unwrap();
    let (first, second, third) = tokio::join!(get(&client).send(), get(&client).send(), get(&client).send());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    let requests = mock.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[0].uri, "https://h/token");
    assert_eq!(authorization(&requests[0]), Some("Basic aWQ6c2UlMjBjcmV0"));
    assert_eq!(requests[0].body, "grant_type=client_credentials&scope=a%20b");
    assert!(requests[1..].iter().all(|request| authorization(request) == Some("Bearer t1")));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    // Each call takes 20 minutes by the clock of the mock, and a token lives an hour.
    let slow = || ok().after(Duration::from_secs(1200));
    let mock = Mock::new().on::<Get>([slow()]).otherwise([token("t1"), token("t2")]);
    let oauth = OAuth2::client_credentials("https://h/token", "id", "secret");
    let client = plain(&mock).no_timeout().credential(OAUTH, Bearer::provider(oauth)).build().unwrap();
    for _ in 0..4 {
        get(&client).await.unwrap();
    }
    let requests = mock.requests();
    let shown: Vec<Option<&str>> = requests.iter().map(authorization).collect();
    let (first, second) = (Some("Bearer t1"), Some("Bearer t2"));
    assert_eq!((&shown[1..4], shown[5]), (&[first; 3][..], second));
    assert_eq!(requests.iter().filter(|request| request.uri.path() == "/token").count(), 2);
}

#[tokio::test]
async fn a_token_that_is_refused_again_is_not_replaced_a_second_time() {
    let mock = Mock::new().on::<Get>([MockReply::status(401)]).otherwise([token("t1"), token("t2"), token("t3")]);
    let oauth = OAuth2::client_credentials("https://h/token", "id", "secret");
    let client = plain(&mock).credential(OAUTH, Bearer::provider(oauth)).build().unwrap();
    assert_eq!(get(&client).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(mock.requests().len(), 4, "two tokens, two attempts");
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_a_rotated_refresh_token_is_told() {
    let mock = Mock::new().on::<Get>([MockReply::status(401), ok()]).otherwise([token("t1"), token("t2")]);
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = told.clone();
    let oauth = OAuth2::refresh_token("https://h/token", "id", "first")
        .on_refresh_token(move |token| sink.lock().unwrap().push(token.expose().to_owned()));
    let client = plain(&mock).credential(OAUTH, Bearer::provider(oauth)).build().unwrap();
    get(&client).await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].body, "grant_type=refresh_token&refresh_token=first&client_id=id");
    assert_eq!(requests[2].body, "grant_type=refresh_token&refresh_token=next&client_id=id");
    assert_eq!(authorization(&requests[3]), Some("Bearer t2"));
    assert_eq!(*told.lock().unwrap(), ["next"]);
}

#[tokio::test]
async fn a_token_endpoint_that_refuses_is_an_auth_error() {
    let mock = Mock::new().otherwise([MockReply::json(400, r#"{"error":"invalid_grant"}"#)]);
    let oauth = OAuth2::refresh_token("https://h/token", "id", "first");
    let client = plain(&mock).credential(OAUTH, Bearer::provider(oauth)).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)));
    assert_eq!(error.to_string(), "the token endpoint answered 400 Bad Request: invalid_grant");
}
