//! The feature `serde`: the same JSON through `serde`.
#![cfg(feature = "serde")]

use runtime_tests::types::{Details, Level, Opportunity, Pet, Tree, ValuePeriod, Wide};
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

#[test]
fn integer_beyond_64_bits_is_exact_or_an_error() {
    let text = r#"{"wide":170141183460469231731687303715884105727}"#;
    let value: Wide = runtime_tests::json::from_text(text).expect("128 bits");
    assert_eq!(serde_json::to_string(&value).expect("JSON"), text);
    // `serde_json` itself hands out a double here.
    let error = serde_json::from_str::<Wide>(text).expect_err("a rounded integer");
    assert!(error.to_string().contains("rounded") && error.to_string().contains("$.wide"), "{error}");
    assert_eq!(
        serde_json::from_str::<Wide>(r#"{"wide":1e3}"#).ok(),
        runtime_tests::json::from_text(r#"{"wide":1000}"#).ok()
    );
}
