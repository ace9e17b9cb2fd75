//! The feature `serde`: the same JSON through `serde`.
#![cfg(feature = "serde")]

use runtime_tests::types::{Details, Level, Opportunity, Pet, Tree, ValuePeriod};
use runtime_tests::{DateTime, Field, PrefixedFields, RawJson};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[track_caller]
#[expect(clippy::expect_used, reason = "a test helper fails by panic")]
fn check<T: Serialize + DeserializeOwned>(text: &str) {
    let value: T = serde_json::from_str(text).expect(text);
    let tree: serde_json::Value = serde_json::from_str(text).expect(text);
    assert_eq!(serde_json::to_value(&value).expect(text), tree);
}

#[test]
fn types_go_through_their_own_json() {
    check::<Opportunity>(r#"{"id":"o","status_id":"s","date_won":null,"object":"opportunity","custom.x":1,"y":2}"#);
    check::<ValuePeriod>("\"weekly\"");
    check::<Level>("7");
    check::<Pet>(r#"{"petType":"dog"}"#);
    check::<Details>("2.5");
    check::<Tree>("[[],[]]");
    check::<DateTime>("\"2024-02-29T00:00:00Z\"");
    check::<Field<i64>>("null");
    check::<PrefixedFields<i64>>(r#"{"a":1}"#);
    check::<RawJson>(r#"{"a":[1,"x"]}"#);
}

#[test]
fn error_tells_the_path() {
    let error = serde_json::from_str::<Opportunity>(r#"{"id":"o","status_id":1}"#).expect_err("a number");
    assert!(error.to_string().contains("$.status_id"), "{error}");
}
