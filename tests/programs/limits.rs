//! `validate()` tells every constraint that a value breaks.

use limits_client::api::notes::CreateBody;
use limits_client::types::*;
use limits_client::{Invalid, Validate};

const VALID: &str = r#""id":1,"name":"Anna","amount":0.01,"lines":[{"sku":"ÄB-7","count":1}]"#;

/// The order with these properties beside, or instead of, the required ones.
fn order(properties: &str) -> Order {
    let mut all: serde_json::Value = serde_json::from_str(&format!("{{{VALID}}}")).unwrap();
    let own: serde_json::Value = serde_json::from_str(&format!("{{{properties}}}")).unwrap();
    all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

fn lines(checked: Result<(), Invalid>) -> Vec<String> {
    checked.err().map(|invalid| invalid.violations().iter().map(ToString::to_string).collect()).unwrap_or_default()
}

#[track_caller]
fn fails(properties: &str, wanted: &str) {
    assert_eq!(lines(order(properties).validate()), [wanted], "{properties}");
}

#[track_caller]
fn passes(properties: &str) {
    assert_eq!(lines(order(properties).validate()), Vec::<String>::new(), "{properties}");
}

#[test]
fn numbers_keep_their_bounds() {
    passes(r#""id":1,"copies":9,"amount":999999.99,"discount":0.5"#);
    passes(r#""id":9007199254740993,"copies":3,"discount":-0.5,"step":7"#);
    fails(r#""id":0"#, "$.id: expected at least 1, not 0");
    fails(r#""id":9007199254740994"#, "$.id: expected at most 9007199254740993, not 9007199254740994");
    fails(r#""amount":0"#, "$.amount: expected more than 0, not 0");
    fails(r#""amount":1000000"#, "$.amount: expected less than 1000000, not 1000000");
    fails(r#""amount":0.015"#, "$.amount: expected a multiple of 0.01, not 0.015");
    fails(r#""copies":0"#, "$.copies: expected more than 0, not 0");
    fails(r#""copies":12"#, "$.copies: expected less than 10, not 12");
    fails(r#""copies":4"#, "$.copies: expected a multiple of 3, not 4");
    fails(r#""discount":-0.6"#, "$.discount: expected at least -0.5, not -0.6");
}

#[test]
fn decimals_keep_their_bounds_exactly() {
    let rate = |value: i64| {
        let mut order = order("");
        order.rate = Some(rust_decimal::Decimal::new(value, 2));
        lines(order.validate())
    };
    assert_eq!(rate(-25), Vec::<String>::new());
    assert_eq!(rate(-30), ["$.rate: expected at least -0.25, not -0.30"]);
    assert_eq!(rate(7), ["$.rate: expected a multiple of 0.05, not 0.07"]);
}

#[test]
fn texts_keep_their_lengths_and_patterns() {
    passes(
        r#""name":"Zoë🦀!","nickname":"🦀🦀🦀🦀","code":null,"shout":"Hey!","password":"12345678","placed":"2026-01-02""#,
    );
    fails(r#""name":"A""#, "$.name: expected at least 2 characters");
    fails(r#""name":"Annabel""#, "$.name: expected at most 5 characters");
    fails(r#""nickname":"🦀🦀🦀🦀🦀""#, "$.nickname: expected at most 4 characters");
    fails(r#""code":"A""#, "$.code: expected at least 2 characters");
    fails(r#""shout":"Hey""#, "$.shout: expected a match of `!$`");
    fails(r#""shout":"Hello!""#, "$.shout: expected at most 5 characters");
    fails(r#""password":"secret""#, "$.password: expected at least 8 characters");
    fails(r#""placed":"1999-01-02""#, "$.placed: expected a match of `^20`");
    fails(r#""old":"no""#, "$.old: expected at most 1 character");
    fails(r#""lines":[{"sku":"äb-7"}]"#, r"$.lines[0].sku: expected a match of `^\p{Lu}{2}-\d+$`");
}

#[test]
fn lists_maps_and_tuples_are_checked_with_what_is_inside() {
    passes(r#""tags":["ab","cd"],"labels":{"a":"xyz"},"matrix":[[9,1],[]],"position":[90,-180],"nested":[[],[]]"#);
    fails(r#""lines":[]"#, "$.lines: expected at least 1 item, not 0");
    fails(r#""tags":["ab","cd","ab"]"#, "$.tags: expected no item twice, but [0] and [2] are equal");
    fails(r#""tags":["ab","c"]"#, "$.tags[1]: expected at least 2 characters");
    fails(r#""tags":["AB"]"#, "$.tags[0]: expected a match of `^[a-z]+$`");
    fails(r#""matrix":[[1],[2,10]]"#, "$.matrix[1][1]: expected at most 9, not 10");
    fails(r#""matrix":[[1,2,3]]"#, "$.matrix[0]: expected at most 2 items, not 3");
    fails(r#""labels":{}"#, "$.labels: expected at least 1 property, not 0");
    fails(r#""labels":{"a":"","b":"","c":""}"#, "$.labels: expected at most 2 properties, not 3");
    fails(r#""labels":{"a b":"long"}"#, "$.labels[\"a b\"]: expected at most 3 characters");
    fails(r#""position":[90.5,0]"#, "$.position[0]: expected at most 90, not 90.5");
    fails(r#""nested":[[],[[],[],[]]]"#, "$.nested[1]: expected at most 2 items, not 3");
}

#[test]
fn objects_and_unions_inside_are_checked() {
    passes(r#""contact":{"street":"s","city":"c"},"payment":{"kind":"Cash"},"either":7,"tree":{"left":{"weight":3}}"#);
    passes(r#""payment":{"kind":"Bitcoin","number":1}"#);
    fails(r#""contact":{}"#, "$.contact: expected at least 1 property, not 0");
    fails(r#""contact":{"street":"s","country":"c","a":6}"#, "$.contact: expected at most 2 properties, not 3");
    fails(r#""contact":{"city":"c"}"#, "$.contact: expected `street` beside `city`");
    fails(r#""contact":{"x-a":"long"}"#, "$.contact.x-a: expected at most 2 characters");
    fails(r#""contact":{"a":4}"#, "$.contact.a: expected at least 5, not 4");
    fails(r#""payment":{"kind":"Card","number":"12"}"#, r"$.payment.number: expected a match of `^\d{4}$`");
    fails(r#""payment":{"kind":"Transfer","iban":"12"}"#, "$.payment.iban: expected at least 4 characters");
    fails(r#""either":8"#, "$.either: expected at most 7, not 8");
    fails(r#""either":"long""#, "$.either: expected at most 3 characters");
    fails(
        r#""tree":{"left":{"children":[{"weight":4}]}}"#,
        "$.tree.left.children[0].weight: expected at most 3, not 4",
    );
}

#[test]
fn several_violations_come_together_one_on_each_line() {
    let invalid = order(r#""id":0,"name":"A","lines":[]"#).validate().unwrap_err();
    let said = "$.id: expected at least 1, not 0\n$.name: expected at least 2 characters\n$.lines: expected at least 1 item, not 0";
    assert_eq!(invalid.to_string(), said);
    assert_eq!(invalid.violations()[2].path(), "$.lines");
    assert_eq!(invalid.violations()[2].expected(), "at least 1 item, not 0");
}

#[test]
fn types_of_one_operation_are_checked_also_beside_a_setter_of_the_same_name() {
    assert_eq!(
        lines(Validate::validate(&CreateBody::new("").validate(true))),
        ["$.text: expected at least 1 character"]
    );
}
