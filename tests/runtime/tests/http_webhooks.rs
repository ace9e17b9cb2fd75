//! Signatures of webhooks.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::time::{Duration, SystemTime};

use runtime_tests::runtime::*;

const KEY: &str = "4f7c2a9b00ff";
const BODY: &str = r#"{"event":{"id":"ev_1"}}"#;

/// As Close signs: the hexadecimal digits of the HMAC of the timestamp and the body, by a key in hexadecimal digits.
fn close() -> HmacSha256 {
    HmacSha256::with_hex_key(KEY, "close-sig-hash").unwrap().timestamp("close-sig-timestamp")
}

fn headers(timestamp: &str, signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("close-sig-timestamp", timestamp.parse().unwrap());
    headers.insert("close-sig-hash", signature.parse().unwrap());
    headers
}

// Worked out by Python's `hmac`.
const SIGNATURE: &str = "d423e5540fdb555860655909e7973770dcfb2ef58a983d6dd2c54161afeca059";

#[test]
fn a_signature_of_timestamp_and_body_is_accepted_and_the_payload_is_read() {
    let headers = headers("1700000000", SIGNATURE);
    let payload: Value = receive(&headers, &Bytes::from(BODY), &close().any_age()).unwrap();
    assert_eq!(payload["event"]["id"], "ev_1");
    assert_eq!(format!("{:?}", close()), "HmacSha256(close-sig-hash)");
}

#[test]
fn anything_else_is_refused() {
    let check = close().any_age();
    let refused = |headers: &HeaderMap, body: &str| check.check(headers, body.as_bytes()) == Err(SignatureError);
    assert!(refused(&headers("1700000001", SIGNATURE), BODY), "another timestamp");
    assert!(refused(&headers("1700000000", SIGNATURE), "{}"), "another body");
    assert!(refused(&headers("1700000000", &SIGNATURE[2..]), BODY), "a part of the signature");
    assert!(refused(&headers("1700000000", "no digits"), BODY), "no signature");
    assert!(refused(&HeaderMap::new(), BODY), "no headers");
    let other = HmacSha256::with_hex_key("00", "close-sig-hash").unwrap().timestamp("close-sig-timestamp").any_age();
    assert!(other.check(&headers("1700000000", SIGNATURE), BODY.as_bytes()).is_err(), "another key");
    assert!(HmacSha256::with_hex_key("xyz", "h").is_err(), "a key that is none");
}

#[test]
fn an_old_request_is_refused_unless_age_does_not_matter() {
    let old = headers("1700000000", SIGNATURE);
    assert_eq!(close().check(&old, BODY.as_bytes()), Err(SignatureError));
    let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap() - Duration::from_secs(1_700_000_000);
    assert_eq!(close().tolerance(age + Duration::from_secs(100)).check(&old, BODY.as_bytes()), Ok(()));
    assert_eq!(close().tolerance(age - Duration::from_secs(100)).check(&old, BODY.as_bytes()), Err(SignatureError));
}

#[test]
fn a_bad_payload_with_a_good_signature_is_a_decode_error() {
    let headers = headers("1700000000", SIGNATURE);
    let error = receive::<i64>(&headers, &Bytes::from(BODY), &close().any_age()).unwrap_err();
    assert!(matches!(error, WebhookError::Decode(_)));
}
