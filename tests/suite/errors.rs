//! What arrives when a call fails: typed bodies, rate limits, what is sent again and what is not, and what stays secret.

use std::time::Duration;

use close_client::api::opportunities::{CreateError, GetError};
use close_client::types::{CreateOpportunity, ErrorBody, RateLimitBody};
use close_client::{ApiKey, Client, Error, RetryPolicy};
use tests::server::{Script, Server, hang_up, json, reply};
use tests::{AUTHORIZATION, KEY, block_on, builder, fixture};

/// A client that waits no longer than it has to.
fn quick(server: &Server) -> Client {
    let policy = RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(2));
    builder(server).retry(policy).timeout(Duration::from_secs(20)).build().unwrap()
}

fn get(server: &Server) -> Result<String, Error<GetError>> {
    block_on(quick(server).opportunities().get("oppo_1").send()).map(|opportunity| opportunity.id)
}

fn create(server: &Server) -> Result<String, Error<CreateError>> {
    let body = CreateOpportunity::new().lead_id("lead_1");
    block_on(quick(server).opportunities().create(body).send()).map(|opportunity| opportunity.id)
}

fn found() -> Script {
    json("200 OK", &fixture("opportunity.2025.json"))
}

/// The typed error of a status with a body from the fixtures.
fn refused(status: &str, name: &str) -> (GetError, Option<String>) {
    let server = Server::start([json(status, &fixture(name))]);
    let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
    let Err(Error::Api(error)) = block_on(client.opportunities().get("oppo_1").send()) else {
        panic!("{status} is not an answer of the API")
    };
    let message = error.message().map(str::to_owned);
    (error.typed.unwrap(), message)
}

#[test]
fn each_form_of_error_body_arrives_typed() {
    let body = |name: &str| close_client::from_slice::<ErrorBody>(fixture(name).as_bytes()).unwrap();
    type Variant = fn(ErrorBody) -> GetError;
    let table: [(&str, &str, Variant, Option<&str>); 6] = [
        ("400 Bad Request", "error.400.fields.json", GetError::BadRequest, None),
        ("400 Bad Request", "error.400.fields_only.json", GetError::BadRequest, None),
        ("400 Bad Request", "error.400.error.json", GetError::BadRequest, Some("The body could not be read as JSON.")),
        ("401 Unauthorized", "error.401.json", GetError::Unauthorized, Some("Unauthorized")),
        ("404 Not Found", "error.404.error.json", GetError::NotFound, Some("No matching opportunity.")),
        ("404 Not Found", "error.404.errors.json", GetError::NotFound, Some("The lead is gone.")),
    ];
    for (status, name, variant, message) in table {
        assert_eq!(refused(status, name), (variant(body(name)), message.map(str::to_owned)), "{name}");
    }
}

#[test]
fn messages_of_fields_are_found_by_the_names_that_the_server_uses() {
    let (GetError::BadRequest(body), _) = refused("400 Bad Request", "error.400.fields.json") else {
        panic!("400 is a bad request")
    };
    assert_eq!(body.field_errors.unwrap()["lead"], "This lead does not exist.");
    assert_eq!(body.errors, Some(Vec::new()));
}

#[test]
fn a_refusal_for_the_rate_arrives_typed() {
    let expected: RateLimitBody = close_client::from_slice(fixture("error.429.legacy.json").as_bytes()).unwrap();
    let (error, message) = refused("429 Too Many Requests", "error.429.legacy.json");
    assert_eq!(error, GetError::TooManyRequests(Box::new(expected)));
    assert_eq!(message.as_deref(), Some("Too many calls in this window"));
}

#[test]
fn a_gateway_timeout_without_a_body_is_an_answer() {
    let empty = || json("504 Gateway Timeout", &fixture("error.504.empty.json"));
    let server = Server::start([empty(), empty(), empty()]);
    let error = get(&server).unwrap_err();
    assert_eq!(error.status().unwrap(), 504);
    assert!(error.typed_error().is_none());
    assert_eq!(error.to_string(), "opportunities_get: the server answered 504 Gateway Timeout");
    assert!(error.is_retryable() && !error.outcome_unknown());
    assert_eq!(server.requests().len(), 3);
}

/// What a server may say about the rate, and the limit, rest and milliseconds until the reset that are understood.
type Dialect = (&'static [(&'static str, &'static str)], Option<u64>, Option<u64>, Option<u64>);

const DIALECTS: &[Dialect] = &[
    (&[("RateLimit", "limit=100, remaining=50, reset=0.05")], Some(100), Some(50), Some(50)),
    (&[("ratelimit", "limit=100; remaining=0; reset=0.05")], Some(100), Some(0), Some(50)),
    (&[("ratelimit", "\"default\";r=3;t=0.05")], None, Some(3), Some(50)),
    (
        &[("ratelimit-limit", "60"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "0.05")],
        Some(60),
        Some(0),
        Some(50),
    ),
    (
        &[("X-Rate-Limit-Limit", "320"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "0.050")],
        Some(320),
        Some(0),
        Some(50),
    ),
    (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0.05")], None, Some(0), Some(50)),
];

#[test]
fn every_dialect_of_rate_limits_is_understood() {
    for (headers, limit, remaining, reset) in DIALECTS {
        let server = Server::start([reply("429 Too Many Requests", headers, "{}")]);
        let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
        let error = block_on(client.opportunities().list().send()).unwrap_err();
        assert!(error.is_rate_limited() && error.is_retryable(), "{headers:?}");
        let found = error.api().unwrap().rate_limit().unwrap();
        let reset = reset.map(Duration::from_millis);
        assert_eq!((found.limit, found.remaining, found.reset), (*limit, *remaining, reset), "{headers:?}");
    }
}

#[test]
fn a_refused_post_is_sent_again_in_every_dialect() {
    let others: [&[(&str, &str)]; 3] = [
        &[("retry-after", "0.05")],
        &[("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")],
        &[],
    ];
    for headers in DIALECTS.iter().map(|(headers, ..)| *headers).chain(others) {
        let server = Server::start([reply("429 Too Many Requests", headers, "{}"), found()]);
        assert!(create(&server).is_ok(), "{headers:?}");
        let requests = server.requests();
        assert_eq!(requests.len(), 2, "{headers:?}");
        assert_eq!(requests[0], requests[1], "{headers:?}");
    }
}

#[test]
fn an_answer_says_how_much_is_left() {
    let headers = [("content-type", "application/json"), ("ratelimit", "limit=100, remaining=99, reset=5")];
    let server = Server::start([reply("200 OK", &headers, fixture("me.json"))]);
    let response = block_on(quick(&server).users().get_me().with_response()).unwrap();
    let rate = response.rate_limit().unwrap();
    assert_eq!((rate.limit, rate.remaining, rate.reset), (Some(100), Some(99), Some(Duration::from_secs(5))));
}

#[test]
fn a_timed_out_post_is_not_sent_twice() {
    let server = Server::start([found().late(Duration::from_secs(2)), found()]);
    let body = CreateOpportunity::new();
    let client = quick(&server);
    let call = client.opportunities().create(body).timeout(Duration::from_millis(300));
    let error = block_on(call.send()).unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.outcome_unknown() && !error.is_retryable());
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_post_that_may_have_been_done_is_not_sent_twice() {
    let lost = [hang_up, || json("504 Gateway Timeout", ""), || json("502 Bad Gateway", "")];
    for lost in lost {
        let server = Server::start([lost(), found()]);
        let error = create(&server).unwrap_err();
        assert!(error.outcome_unknown(), "{error:?}");
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(server.requests().len(), 1, "{error:?}");
    }
}

#[test]
fn a_get_is_sent_again_where_a_post_is_not() {
    let lost = [hang_up, || json("504 Gateway Timeout", ""), || json("502 Bad Gateway", "")];
    for lost in lost {
        let server = Server::start([lost(), found()]);
        assert!(get(&server).is_ok());
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn a_redirect_to_another_origin_carries_no_credential() {
    let other = Server::start([found()]);
    let location = format!("{}/elsewhere", other.url);
    let server = Server::start([reply("302 Found", &[("location", &location)], "")]);
    let client = builder(&server).header("x-tenant", "secret-tenant").build().unwrap();
    block_on(client.opportunities().get("oppo_1").header("x-key", "k").send()).unwrap();
    assert!(server.request().contains(AUTHORIZATION));
    assert_eq!(
        other.request(),
        "GET /elsewhere HTTP/1.1\naccept: application/json\nuser-agent: close-client/0.1.0\n\n"
    );
}

#[test]
fn a_redirect_within_the_origin_keeps_the_credential() {
    let server = Server::start([reply("301 Moved Permanently", &[("location", "/moved/")], ""), found()]);
    assert!(get(&server).is_ok());
    let requests = server.requests();
    assert!(requests[1].starts_with("GET /moved/ "), "{requests:#?}");
    assert!(requests[1].contains(AUTHORIZATION));
}

#[test]
fn a_post_does_not_follow_a_redirect() {
    let other = Server::start([found()]);
    let server = Server::start([reply("307 Temporary Redirect", &[("location", &other.url)], "")]);
    assert_eq!(create(&server).unwrap_err().status().unwrap(), 307);
    assert_eq!(other.requests(), Vec::<String>::new());
}

/// Both texts of a value.
fn debug(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

#[track_caller]
fn keeps_secret(text: &str) {
    for secret in [KEY, AUTHORIZATION, AUTHORIZATION.strip_prefix("Basic ").unwrap()] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn the_key_of_the_test_vector_is_sent_as_documented() {
    let server = Server::start([json("200 OK", &fixture("me.json"))]);
    block_on(quick(&server).users().get_me().send()).unwrap();
    assert!(server.request().contains("\nauthorization: Basic eW91cmFwaWtleTo=\n"));
}

#[test]
fn debug_of_client_and_request_shows_no_key() {
    let server = Server::start([]);
    keeps_secret(&debug(&ApiKey::new(KEY)));
    keeps_secret(&debug(&builder(&server)));
    let client = quick(&server);
    keeps_secret(&debug(&client));
    keeps_secret(&debug(&client.opportunities()));
    keeps_secret(&debug(&client.users().get_me().credentials(ApiKey::new(KEY))));
    let request = client.users().get_me().into_http().unwrap();
    assert_eq!(request.headers()["authorization"], AUTHORIZATION);
    keeps_secret(&debug(&request));
}

#[test]
fn no_error_shows_the_key() {
    let echo = format!(r#"{{"error":"the key {KEY} ({AUTHORIZATION}) is not valid","id":"{KEY}"}}"#);
    let scripts = [
        json("401 Unauthorized", &echo),
        json("400 Bad Request", &echo),
        json("500 Internal Server Error", &echo),
        json("200 OK", &echo),
        reply("200 OK", &[("content-type", "text/html")], &echo),
        hang_up(),
    ];
    for script in scripts {
        let server = Server::start([script]);
        let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
        let error = block_on(client.opportunities().get("oppo_1").send()).unwrap_err();
        keeps_secret(&debug(&error));
        keeps_secret(&error.to_string());
        keeps_secret(&debug(&Error::<close_client::Erased>::from(error)));
    }
    let closed = builder(&Server::start([])).base_url("http://127.0.0.1:1/").build().unwrap();
    keeps_secret(&debug(&block_on(closed.users().get_me().send()).unwrap_err()));
}

#[test]
fn a_call_without_a_credential_is_not_made() {
    let server = Server::start([]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let error = block_on(client.users().get_me().send()).unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert_eq!(error.to_string(), "no credential was given for `ApiKeyAuth` or `OAuth2`");
}

#[test]
fn a_body_that_is_not_as_documented_names_the_place_and_hides_the_content() {
    let mut list: serde_json::Value = serde_json::from_str(&fixture("list.json")).unwrap();
    list["data"][2]["confidence"] = "very confidential".into();
    let server = Server::start([json("200 OK", &list.to_string())]);
    let Err(Error::Decode(error)) = block_on(quick(&server).opportunities().list().send()) else {
        panic!("a text is no confidence")
    };
    assert_eq!(error.path(), Some("$.data[2].confidence"));
    assert!(!format!("{error:?} {error}").contains("confidential"), "{error:?}");
}
