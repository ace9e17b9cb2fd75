//! Objects: fields, constants, prefixes, the rest, and where errors are.

use runtime_tests::json::{self, Json, Problem};
use runtime_tests::types::{Counts, Dog, Empty, Level, Opportunity, OpportunityList, ValuePeriod};
use runtime_tests::{Field, JsonError, PrefixedFields, Value};

const SMALL: &str = r#"{"id":"o","status_id":"s","date_won":null,"object":"opportunity"}"#;

fn read<T: Json>(text: &str) -> Result<T, JsonError> {
    json::from_slice(text.as_bytes())
}

fn small() -> Opportunity {
    Opportunity::new("o", "s")
}

/// The path and the message of the error.
#[track_caller]
#[expect(clippy::expect_used, reason = "a test helper fails by panic")]
fn refused<T: Json + std::fmt::Debug>(text: &str) -> (String, String) {
    let error = read::<T>(text).expect_err(text);
    (error.path(text.as_bytes()), error.to_string())
}

#[test]
fn optional_field_is_omitted_when_none_and_nullable_one_is_null() {
    assert_eq!(json::to_string(&small()), SMALL);
    assert_eq!(read(SMALL), Ok(small()));
}

#[test]
fn absent_and_null_read_alike_for_an_option() {
    let text = r#"{"id":"o","status_id":"s","value":null,"attachments":null,"parent":null}"#;
    assert_eq!(read(text), Ok(small()));
}

#[test]
fn three_state_field_is_written_in_each_state() {
    for (opportunity, sent) in
        [(small(), None), (small().clear_note_html(), Some("null")), (small().note_html("x"), Some("\"x\""))]
    {
        let text = json::to_string(&opportunity);
        assert_eq!(text.split_once("\"note_html\":").and_then(|(_, rest)| rest.split(',').next()), sent);
        assert_eq!(read(&text), Ok(opportunity));
    }
    assert_eq!(read::<Opportunity>(SMALL).map(|read| read.note_html), Ok(Field::Absent));
}

#[test]
fn setters_set_and_setter_of_deprecated_field_is_deprecated() {
    let text = json::to_string(&small().value(5).value_period("monthly").r#type("t").parent(small()));
    assert!(text.contains(r#""value":5,"value_period":"monthly""#), "{text}");
    assert!(text.contains(r#""type":"t""#), "{text}");
    #[expect(deprecated)]
    let old = small().old("x");
    assert!(json::to_string(&old).contains(r#""old":"x""#));
}

#[test]
fn last_of_duplicate_keys_wins() {
    let opportunity: Opportunity = read(r#"{"id":"a","id":"b","status_id":"s"}"#).expect("an opportunity");
    assert_eq!(opportunity.id, "b");
}

#[test]
fn escaped_key_is_the_same_key() {
    let opportunity: Opportunity = read(r#"{"\u0069d":"a","status\u005fid":"s"}"#).expect("an opportunity");
    assert_eq!((opportunity.id.as_str(), opportunity.status_id.as_str()), ("a", "s"));
}

#[test]
fn prefixed_members_lose_and_regain_their_prefix() {
    let text = r#"{"id":"o","status_id":"s","date_won":null,"object":"opportunity","custom.cf_1":[1],"custom.cf_2":"x","other":{"deep":1}}"#;
    let opportunity: Opportunity = read(text).expect("an opportunity");
    assert_eq!(opportunity.custom.get_str("cf_2"), Some("x"));
    assert_eq!(opportunity.custom.get("cf_1"), Some(&serde_json::json!([1])));
    assert_eq!(opportunity.extra.keys().collect::<Vec<_>>(), ["other"]);
    assert_eq!(json::to_string(&opportunity), text);
}

#[test]
fn prefixed_fields_are_read_by_type() {
    let mut fields: PrefixedFields =
        [("s", Value::from("x")), ("i", 3.into()), ("b", true.into())].into_iter().collect();
    fields.insert("l", vec!["a", "b"]);
    fields.insert("d", "2024-02-29");
    assert_eq!(fields.get_i64("i"), Some(3));
    assert_eq!(fields.get_f64("i"), Some(3.0));
    assert_eq!(fields.get_bool("b"), Some(true));
    assert_eq!(fields.get_list("l"), Some(vec!["a", "b"]));
    assert_eq!(fields.get_list("s"), Some(vec!["x"]));
    assert_eq!(fields.get_list("i"), None);
    assert_eq!(fields.get_date("d").and_then(|date| date.civil()), Some(jiff::civil::date(2024, 2, 29)));
    assert_eq!(fields.get_date("s"), None);
    assert_eq!(fields.remove("s"), Some(Value::from("x")));
    assert_eq!((fields.len(), fields.contains_key("s"), fields.is_empty()), (4, false, false));
}

#[test]
fn object_without_members_passes_over_everything() {
    assert_eq!(read(r#"{"a":[{"b":"}"}]}"#), Ok(Empty::new()));
    assert_eq!(json::to_string(&Empty::default()), "{}");
    assert_eq!(json::to_string(&Dog::new()), "{}");
}

#[test]
fn rest_alone_takes_every_member() {
    let counts: Counts = read(r#"{"a":1,"b":2}"#).expect("counts");
    assert_eq!(counts.extra.get("b"), Some(&2));
    assert_eq!(json::to_string(&counts), r#"{"a":1,"b":2}"#);
}

#[test]
fn error_says_where() {
    let list = |item: &str| format!(r#"{{"data":[{SMALL},{{"x":[{{"id":1}}]}},{item}]}}"#);
    let list = |item: &str| list(item).replace(r#"{"x":[{"id":1}]}"#, SMALL);
    for (item, path, message) in [
        (r#"{"id":"x"}"#, "$.data[2].status_id", "`status_id` is missing"),
        (r#"{"id":"x","status_id":1}"#, "$.data[2].status_id", "expected a string, found a number"),
        (r#"{"id":"x","status_id": {"a":1}}"#, "$.data[2].status_id", "expected a string, found an object"),
        (
            r#"{"attachments":[{"filename":"a"},{"filename":true}]}"#,
            "$.data[2].attachments[1].filename",
            "expected a string, found a boolean",
        ),
        (r#"{"value":1.5}"#, "$.data[2].value", "expected an integer"),
        ("7", "$.data[2]", "expected an object, found a number"),
        (r#"{"id":"a,[{\"","value":"}"}"#, "$.data[2].value", "expected a number, found a string"),
        (r#"{"parent":{"id":"p"}}"#, "$.data[2].parent.status_id", "`status_id` is missing"),
    ] {
        let (at, what) = refused::<OpportunityList>(&list(item));
        assert_eq!(at, path);
        assert!(what.starts_with(&format!("{message} at byte ")), "{what}");
    }
    assert_eq!(refused::<OpportunityList>("[]").0, "$");
    assert_eq!(refused::<Counts>(r#"{"a":1,"b \"c\"":"x"}"#).0, r#"$["b \"c\""]"#);
    assert_eq!(refused::<Vec<Vec<i64>>>("[[],[1,2,null]]").0, "$[1][2]");
}

#[test]
fn error_shows_no_value() {
    let (path, message) = refused::<OpportunityList>(r#"{"data":[{"id":"hunter2","value":"hunter2"}]}"#);
    assert!(!format!("{path} {message}").contains("hunter2"));
}

#[test]
fn truncated_document_is_an_error_at_every_length() {
    let text = r#"{"id":"oé","status_id":"\u0041","value":-1.0e0,"extra":[true,{"a":null}],"custom.x":[]}"#;
    assert!(read::<Opportunity>(text).is_ok());
    for end in 0..text.len() {
        let bytes = text.as_bytes().get(..end).expect("a prefix");
        let error = json::from_slice::<Opportunity>(bytes).expect_err("truncated");
        assert!(error.offset() <= end);
        error.path(bytes);
    }
}

#[test]
fn trailing_data_is_an_error() {
    for text in ["{} {}", "{}]", "{},", "{}x"] {
        assert_eq!(read::<Empty>(text).expect_err(text).problem(), &Problem::TrailingData);
    }
}

#[test]
fn depth_is_limited_and_skipping_does_not_recurse() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read::<Value>(&nested(256)).is_ok());
    assert_eq!(read::<Value>(&nested(257)).expect_err("deep").problem(), &Problem::TooDeep);
    assert!(read::<()>(&nested(256)).is_ok());
    assert_eq!(read::<()>(&nested(1_000_000)).expect_err("deep").problem(), &Problem::TooDeep);
    assert!(read::<Empty>(&format!(r#"{{"x":{}}}"#, nested(255))).is_ok());
}

#[test]
fn unknown_enum_value_round_trips() {
    assert_eq!(read(r#""monthly""#), Ok(ValuePeriod::Monthly));
    let unknown: ValuePeriod = read(r#""weekly\n""#).expect("a period");
    assert!(matches!(&unknown, ValuePeriod::Unknown(value) if value.as_str() == "weekly\n"));
    assert_eq!(json::to_string(&unknown), r#""weekly\n""#);
    assert_eq!("one_time".parse(), Ok(ValuePeriod::OneTime));
    assert_eq!(ValuePeriod::from("one_time".to_owned()).to_string(), "one_time");
    assert_eq!(ValuePeriod::ALL.iter().map(ValuePeriod::as_str).collect::<Vec<_>>(), ["one_time", "monthly", "yearly"]);
    assert!(read::<ValuePeriod>("1").is_err());
}

#[test]
fn unknown_integer_value_round_trips() {
    assert_eq!(read("-1"), Ok(Level::Below));
    assert_eq!(read("2.0"), Ok(Level::High));
    let unknown: Level = read("7").expect("a level");
    assert!(matches!(unknown, Level::Unknown(value) if value.get() == 7));
    assert_eq!(json::to_string(&unknown), "7");
    assert_eq!(Level::from_i64(1), Level::Low);
    assert_eq!(Level::ALL.len(), 3);
}

#[test]
fn key_of_the_rest_is_not_written_beside_the_field_of_that_name() {
    let mut opportunity = small();
    let extra = [("id", "other"), ("object", "lead"), ("date_won", "today"), ("value", "much"), ("y", "z")];
    opportunity.extra = extra.into_iter().map(|(key, text)| (key.to_owned(), Value::from(text))).collect();
    let written = json::to_string(&opportunity);
    // `value` is absent, so that nothing else writes it.
    let expected = r#"{"id":"o","status_id":"s","date_won":null,"object":"opportunity","value":"much","y":"z"}"#;
    assert_eq!(written, expected);
}
