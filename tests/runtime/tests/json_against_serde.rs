//! The codec against `serde_json`: the same documents are accepted, with the same values.

use proptest::prelude::*;
use runtime_tests::json;
use runtime_tests::types::{Details, Opportunity};
use runtime_tests::{RawJson, Value};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x7f]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        let key = prop_oneof![any::<String>(), "[a-z]{1,3}", Just("id".to_owned()), Just("custom.x".to_owned())];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// The two readers agree on whether this is JSON, and on what it says.
#[track_caller]
fn agree(text: &str) {
    let theirs = serde_json::from_str::<Value>(text).ok();
    let ours = json::from_slice::<Value>(text.as_bytes()).ok();
    assert_eq!(ours, theirs, "{text}");
    let raw = json::from_slice::<RawJson>(text.as_bytes()).is_ok();
    // Passing over a number does not compute it, so one that is out of range is no error there.
    assert!(raw == theirs.is_some() || (raw && text.contains(['e', 'E'])), "{text}");
}

proptest! {
    #[test]
    fn written_values_are_read_back_by_both(value in any_json()) {
        let ours = json::to_string(&value);
        prop_assert_eq!(serde_json::from_str::<Value>(&ours).ok(), Some(value.clone()));
        let pretty = serde_json::to_string_pretty(&value).expect("a tree");
        prop_assert_eq!(json::from_slice::<Value>(pretty.as_bytes()), Ok(value));
    }

    #[test]
    fn damaged_documents_are_judged_alike(value in any_json(), at in any::<prop::sample::Index>(), with in "[\\x00-\\x7f]{0,2}", cut in 0..3_usize) {
        let text = serde_json::to_string(&value).expect("a tree");
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let damaged: String =
            chars.iter().take(at).copied().chain(with.chars()).chain(chars.iter().skip(at + cut).copied()).collect();
        // A lone surrogate is the one thing on which the two differ by intent.
        prop_assume!(!damaged.contains("\\u"));
        agree(&damaged);
    }

    #[test]
    fn made_up_documents_are_judged_alike(text in r#"[\[\]{}:, 0-9eE.+\-"a\\tru\n]{0,12}"#) {
        prop_assume!(!text.contains("\\u"));
        agree(&text);
    }

    #[test]
    fn strings_and_numbers_are_written_alike(text in any::<String>(), integer in any::<i64>(), double in any::<f64>()) {
        prop_assert_eq!(json::to_string(text.as_str()), serde_json::to_string(&text).expect("text"));
        prop_assert_eq!(json::to_string(&integer), integer.to_string());
        let written = json::to_string(&double);
        prop_assert_eq!(json::from_slice::<f64>(written.as_bytes()).map(f64::to_bits), Ok(double.to_bits()));
    }

    #[test]
    fn integers_agree_with_exact_arithmetic(digits in 0..10_000_i64, zeros in 0..6_u32, exponent in -8..8_i32) {
        let text = format!("{digits}.{}e{exponent}", "0".repeat(zeros as usize + 1));
        let scaled = if exponent >= 0 {
            Some(digits * 10_i64.pow(exponent.unsigned_abs()))
        } else {
            let divisor = 10_i64.pow(exponent.unsigned_abs());
            (digits % divisor == 0).then_some(digits / divisor)
        };
        prop_assert_eq!(json::from_slice::<i64>(text.as_bytes()).ok(), scaled);
    }

    #[test]
    fn no_input_panics_any_type(bytes in prop::collection::vec(any::<u8>(), 0..64), value in any_json()) {
        let _ = json::from_slice::<Opportunity>(&bytes).map_err(|error| error.path(&bytes));
        let text = json::to_vec(&value);
        let _ = json::from_slice::<Opportunity>(&text).map_err(|error| error.path(&text));
        let details = json::from_slice::<Details>(&text).expect("a union takes any JSON");
        prop_assert_eq!(json::from_slice::<Details>(&json::to_vec(&details)), Ok(details));
    }
}

#[test]
fn documents_of_the_json_test_suite_are_judged_alike() {
    let cases = [
        "",
        " ",
        "[]",
        "[ ]",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "[1",
        "]",
        "[1]]",
        "{}",
        "{ }",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\"::1}",
        "{\"a\":1}}",
        "{\"\":0}",
        "[-]",
        "[-0]",
        "[-0.0]",
        "[0e1]",
        "[0e+1]",
        "[0E+]",
        "[1.0e]",
        "[1eE2]",
        "[2.e3]",
        "[-01]",
        "[-1.0.]",
        "[.2e-3]",
        "[012]",
        "[1e1000]",
        "[-1e1000]",
        "[1e-1000]",
        "[123123e100000]",
        "[100000000000000000000]",
        "[-237462374673276894279832749832423479823246327846]",
        "[18446744073709551616]",
        "[9223372036854775808]",
        "[-9223372036854775809]",
        "[0.4e006699999]",
        "[1.5e+9999999999999]",
        "[-2.]",
        "[1+2]",
        "[0x1]",
        "[Infinity]",
        "[-NaN]",
        "[1a]",
        "[nul]",
        "[truth]",
        "[fals]",
        "[True]",
        "nullx",
        "true",
        "\"\"",
        "[\"\\u0060\\u012a\\u12AB\"]",
        "[\"\\uD801\\udc37\"]",
        "[\"\\\\u0000\"]",
        "[\"\\a\"]",
        "[\"\\\"]",
        "[\"\t\"]",
        "[\"new\nline\"]",
        "[\"\u{7f}\"]",
        "[\"\u{2028}\"]",
        "[\"\u{10ffff}\"]",
        "[\"\\uFFFE\"]",
        "['a']",
        "[\"a\" \"b\"]",
        "[\"a\",\n4\n,1]",
        "\u{a0}1",
        "\u{c}1",
        "[1]\u{b}",
        "/**/1",
        "1//",
        "[1]#",
        "*",
        "<null>",
        "[<null>]",
        "[[]",
        "{\"a\":[}",
        "[{]}",
        "\u{2060}",
        "a\u{e5}",
        "[\u{e5}]",
        "{\"a\":/**/1}",
        "&",
        "[\"\\u00\"]",
        "[\"\\x00\"]",
        "[\"\\ \"]",
        "[\"\\",
        "\"\\u{0041}\"",
        "123",
        "-1",
        "1\n",
        "[3[4]]",
        "[*]",
        "[1,\n",
        "{]",
    ];
    for text in cases {
        agree(text);
    }
}
