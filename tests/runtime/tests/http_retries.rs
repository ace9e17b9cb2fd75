//! Attempts, waits, deadlines and what an error says afterwards, by the clock of the mock.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(feature = "mock")]

mod support;

use std::time::Duration;

use runtime_tests::runtime::*;
use support::{Create, Delete, Get, Open, Problem, Put, builder};

fn client(mock: &Mock) -> Client {
    builder("https://h/v1").transport(mock.clone()).build().unwrap()
}

fn ok() -> MockReply {
    MockReply::json(200, "{}")
}

fn mock(replies: impl IntoIterator<Item = MockReply>) -> Mock {
    Mock::new().otherwise(replies)
}

fn get(client: &Client) -> Request<'_, Open> {
    Request::new(client)
}

fn create(client: &Client) -> Request<'_, Create> {
    Request::new(client).json(&Value::Null)
}

#[tokio::test]
async fn reads_are_tried_again_after_transient_failures() {
    let failures =
        [408, 429, 502, 503, 504].map(MockReply::status).into_iter().chain([MockReply::refused(), MockReply::lost()]);
    for failure in failures {
        let mock = mock([failure, ok()]);
        assert!(get(&client(&mock)).await.is_ok(), "{mock:?}");
        assert_eq!(mock.requests().len(), 2);
    }
}

#[tokio::test]
async fn other_statuses_are_final() {
    for status in [400, 401, 403, 404, 500, 501] {
        let mock = mock([MockReply::status(status), ok()]);
        assert_eq!(get(&client(&mock)).await.unwrap_err().status().unwrap(), status);
        assert_eq!(mock.requests().len(), 1);
    }
}

#[tokio::test]
async fn posts_are_tried_again_only_where_the_server_has_refused() {
    let retry_after = |status| MockReply::status(status).header("retry-after", "1");
    let table = [
        (MockReply::status(429), 2),
        (retry_after(429), 2),
        (retry_after(503), 2),
        (MockReply::status(503), 1),
        (retry_after(502), 1),
        (MockReply::status(504), 1),
        (MockReply::status(408), 1),
        (MockReply::refused(), 1),
        (MockReply::lost(), 1),
        (MockReply::timed_out(), 1),
    ];
    for (failure, requests) in table {
        let mock = mock([failure.clone(), ok()]);
        let _ = create(&client(&mock)).await;
        assert_eq!(mock.requests().len(), requests, "{failure:?}");
    }
}

#[tokio::test]
async fn an_idempotency_key_makes_a_post_repeatable() {
    let mock = mock([MockReply::lost(), ok()]);
    assert!(create(&client(&mock)).idempotency_key("k").await.is_ok());
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].headers["idempotency-key"], "k");
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_never_sent_again() {
    let mock = mock([MockReply::status(429), ok()]);
    let body = Body::stream(None, Body::from("x").into_stream());
    let client = client(&mock);
    assert!(Request::<Put>::new(&client).bytes("text/plain", body).await.is_err());
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn backoff_stays_within_its_bounds() {
    let mock = mock([MockReply::status(503)]);
    let client = client(&mock);
    assert!(get(&client).retry(RetryPolicy::new().retries(7)).timeout(Duration::from_secs(100)).await.is_err());
    let bounds = [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0];
    assert_eq!(mock.waits().len(), bounds.len());
    for (wait, bound) in mock.waits().iter().zip(bounds) {
        assert!(wait.as_secs_f64() <= bound, "{wait:?} > {bound}");
    }
}

#[tokio::test]
async fn retry_after_is_kept_in_seconds_and_as_date() {
    let dated =
        |date: &str| MockReply::status(503).header("date", "Sun, 06 Nov 1994 08:49:30 GMT").header("retry-after", date);
    let reset = MockReply::status(429).header("ratelimit", "limit=100; remaining=0; reset=1.5");
    let table = [
        (MockReply::status(429).header("retry-after", "3"), Duration::from_secs(3)),
        // The three forms of RFC 9110, section 5.6.7.
        (dated("Sun, 06 Nov 1994 08:49:37 GMT"), Duration::from_secs(7)),
        (dated("Sunday, 06-Nov-94 08:49:37 GMT"), Duration::from_secs(7)),
        (dated("Sun Nov  6 08:49:37 1994"), Duration::from_secs(7)),
        (reset, Duration::from_millis(1500)),
    ];
    for (reply, wait) in table {
        let mock = mock([reply, ok()]);
        assert!(get(&client(&mock)).await.is_ok());
        assert_eq!(mock.waits(), [wait]);
    }
}

#[tokio::test]
async fn retry_after_of_zero_or_garbage_means_ordinary_backoff() {
    for text in ["0", "soon", "-5", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let mock = mock([MockReply::status(429).header("retry-after", text), ok()]);
        assert!(get(&client(&mock)).await.is_ok());
        assert!(mock.waits()[0] <= Duration::from_millis(500), "{text}");
    }
}

#[tokio::test]
async fn retry_after_beyond_the_deadline_fails_at_once_and_is_in_the_error() {
    let mock = mock([MockReply::status(429).header("retry-after", "30"), ok()]);
    let error = get(&client(&mock)).timeout(Duration::from_secs(10)).await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert!(mock.waits().is_empty());
}

#[tokio::test]
async fn the_deadline_covers_all_attempts() {
    let slow = MockReply::status(503).after(Duration::from_secs(6));
    let mock = mock([slow.clone(), slow]);
    let error = get(&client(&mock)).timeout(Duration::from_secs(10)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn the_retry_budget_is_shared_by_all_calls() {
    let mock = mock([MockReply::status(503)]);
    let client = client(&mock);
    for _ in 0..100 {
        assert!(get(&client).await.is_err());
    }
    assert_eq!(mock.requests().len(), 100 + 20);
}

#[tokio::test]
async fn a_post_without_response_has_an_unknown_outcome() {
    let table = [
        (MockReply::timed_out(), true),
        (MockReply::lost(), true),
        (MockReply::status(504), true),
        (MockReply::status(502), true),
        (MockReply::refused(), false),
        (MockReply::status(429), false),
        (MockReply::status(400), false),
    ];
    for (reply, unknown) in table {
        let mock = mock([reply.clone()]);
        let error = create(&client(&mock)).retry(RetryPolicy::never()).await.unwrap_err();
        assert_eq!(error.outcome_unknown(), unknown, "{reply:?}");
        let error = get(&client(&mock)).retry(RetryPolicy::never()).await.unwrap_err();
        assert!(!error.outcome_unknown());
    }
    let mock = mock([MockReply::lost()]);
    let error = create(&client(&mock)).await.unwrap_err().to_string();
    assert_eq!(error, "create: the connection failed: connection reset; the server may have done it nevertheless");
}

#[tokio::test]
async fn errors_are_typed_by_status() {
    let table = [
        (400, "{\"a\":1}", Some(Problem::BadRequest(serde_json::json!({"a": 1})))),
        (400, "not JSON", None),
        (404, "", Some(Problem::NotFound)),
        (500, "1", Some(Problem::ServerError(1.into()))),
        (418, "tea", Some(Problem::Other("tea".to_owned()))),
    ];
    for (status, body, typed) in table {
        let mock = mock([MockReply::json(status, body)]);
        let error = get(&client(&mock)).await.unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((api.status.as_u16(), &api.body[..], &api.typed), (status, body.as_bytes(), &typed));
    }
}

#[tokio::test]
async fn an_error_body_is_never_taken_for_a_success() {
    let mock = mock([MockReply::status(500).body("null")]);
    let client = client(&mock);
    assert!(Request::<Delete>::new(&client).path("id", Style::SIMPLE, "a").await.is_err());
}

#[tokio::test]
async fn a_gateway_timeout_with_an_empty_json_body_keeps_its_status() {
    let mock = mock([MockReply::json(504, "")]);
    let error = create(&client(&mock)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 504);
    assert_eq!(error.typed_error(), None);
    assert_eq!(error.to_string(), "create: the server answered 504 Gateway Timeout");
}

async fn erased(client: &Client) -> Result<Value, Error> {
    Ok(get(client).await?)
}

#[tokio::test]
async fn typed_errors_become_the_plain_one() {
    let mock = mock([MockReply::json(404, r#"{"error":"no such thing"}"#)]);
    let error = erased(&client(&mock)).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "open: the server answered 404 Not Found: no such thing");
}

#[tokio::test]
async fn a_decode_error_says_where_and_shows_no_value() {
    let mock = Mock::new().on::<support::ByOffset>([MockReply::json(200, r#"{"data":[{"id":1},{"id":"secret"}]}"#)]);
    let client = client(&mock);
    let error = Request::<support::ByOffset>::new(&client).await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert_eq!(error.path(), Some("$.data[1].id"));
    assert!(error.body().starts_with(b"{\"data\""));
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains("\"xxxxxx\"") || text.contains("\\\"xxxxxx\\\""), "{text}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_but_does_not_hide_a_status() {
    let mock = Mock::new()
        .on::<Open>([MockReply::json(200, "[1,2,3,4,5,6]")])
        .on::<Get>([MockReply::json(400, "[1,2,3,4,5,6]")]);
    let client = builder("https://h").max_body(10).transport(mock).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && error.to_string().contains("limit of 10 bytes"), "{error}");
    let error = Request::<Get>::new(&client).path("id", Style::SIMPLE, "a").await.unwrap_err();
    assert_eq!(&error.api().unwrap().body[..], b"[1,2,3,4,5");
}

#[tokio::test]
async fn raw_responses_keep_every_status() {
    let mock = mock([MockReply::json(404, "x")]);
    let raw = get(&client(&mock)).send_raw().await.unwrap();
    assert_eq!((raw.status.as_u16(), &raw.body[..]), (404, &b"x"[..]));
}

#[tokio::test]
async fn rate_limits_are_read_in_every_dialect() {
    let full = |limit, remaining, reset| (Some(limit), Some(remaining), Some(Duration::from_secs_f64(reset)));
    let table: [(&[(&str, &str)], _); 7] = [
        (&[("RateLimit", "limit=100, remaining=50, reset=5")], full(100, 50, 5.0)),
        (&[("ratelimit", "limit=100; remaining=50; reset=0.25")], full(100, 50, 0.25)),
        (&[("ratelimit", "\"default\";r=50;t=5")], (None, Some(50), Some(Duration::from_secs(5)))),
        (&[("RateLimit-Limit", "9"), ("RateLimit-Remaining", "8"), ("RateLimit-Reset", "7")], full(9, 8, 7.0)),
        (
            &[("x-rate-limit-limit", "9"), ("x-rate-limit-remaining", "8"), ("x-rate-limit-reset", "14.047826")],
            full(9, 8, 14.047_826),
        ),
        (
            &[
                ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                ("X-RateLimit-Remaining", "8"),
                ("X-RateLimit-Reset", "1784111787"),
            ],
            (None, Some(8), Some(Duration::from_secs(1_784_111_787 - 784_111_777))),
        ),
        (&[("ratelimit", "limit=abc, remaining=3")], (None, Some(3), None)),
    ];
    for (headers, expected) in table {
        let reply = headers.iter().fold(ok(), |reply, (name, value)| reply.header(name, value));
        let mock = mock([reply]);
        let limit = get(&client(&mock)).with_response().await.unwrap().rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining, limit.reset), expected, "{headers:?}");
    }
    assert_eq!(get(&client(&mock([ok()]))).with_response().await.unwrap().rate_limit(), None);
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Error<Problem>>() <= 64, "{}", size_of::<Error<Problem>>());
}

#[tokio::test]
async fn a_server_that_asks_for_more_patience_than_there_is_fails_at_once() {
    let mock = mock([MockReply::status(429).header("retry-after", "31"), ok()]);
    let policy = RetryPolicy::new().longest_retry_after(Duration::from_secs(30));
    let error = get(&client(&mock)).retry(policy).await.unwrap_err();
    assert_eq!((error.retry_after(), mock.requests().len()), (Some(Duration::from_secs(31)), 1));
}
