//! Unions: which variant a value becomes, and what is kept of one that becomes none.

use runtime_tests::JsonError;
use runtime_tests::json::{self, Json};
use runtime_tests::types::{
    Animal, Attached, Details, Dog, End, Long, Message, Nested, Node, Pet, Placed, Short, ValuePeriod,
};

fn read<T: Json>(text: &str) -> Result<T, JsonError> {
    json::from_slice(text.as_bytes())
}

#[track_caller]
#[expect(clippy::expect_used, reason = "a test helper fails by panic")]
fn details(text: &str) -> Details {
    read(text).expect(text)
}

#[test]
fn tag_decides_wherever_it_stands() {
    let text = r#"{"lives":9,"nested":{"petType":"dog"},"petType":"cat"}"#;
    assert!(matches!(read(text), Ok(Pet::Cat(cat)) if cat.lives == 9));
    assert!(matches!(read(r#"{"petType":"wolf"}"#), Ok(Pet::Dog(_))));
}

#[test]
fn tag_that_the_member_does_not_carry_is_added_when_written() {
    for (text, written) in [
        (r#"{"petType":"dog"}"#, r#"{"petType":"dog"}"#),
        (
            r#"{"friend":{"lives":1,"petType":"cat"},"petType":"dog"}"#,
            r#"{"petType":"dog","friend":{"petType":"cat","lives":1}}"#,
        ),
    ] {
        assert_eq!(json::to_string(&read::<Pet>(text).expect(text)), written);
    }
    let dog = Pet::Dog(Box::new(Dog::new().friend(Pet::Dog(Box::new(Dog::new())))));
    assert_eq!(json::to_string(&dog), r#"{"petType":"dog","friend":{"petType":"dog"}}"#);
}

#[test]
fn unknown_or_missing_tag_is_kept_byte_for_byte() {
    for text in [
        r#"{ "petType" : "fish",  "fins": 2.50 }"#,
        r#"{"lives":9}"#,
        r#"{"petType":null}"#,
        r#"{"petType":["cat"]}"#,
        "7",
        "null",
        r#"["petType","cat"]"#,
    ] {
        let pet: Pet = read(text).expect(text);
        assert!(matches!(pet, Pet::Unknown(_)), "{text}");
        assert_eq!(json::to_string(&pet), text);
        assert_eq!(json::to_string(&vec![pet.clone(), pet]), format!("[{text},{text}]"));
    }
}

#[test]
fn value_with_another_tag_or_none_is_the_fallback_and_stays_what_it_is() {
    for text in [r#"{"petType":"ant","legs":6}"#, r#"{"petType":"other","legs":4}"#, r#"{"legs":8}"#] {
        let animal: Animal = read(text).expect(text);
        assert!(matches!(animal, Animal::Other(_)), "{text}");
        assert_eq!(json::to_string(&animal), text);
    }
    assert!(matches!(read(r#"{"petType":"cat","lives":9}"#), Ok(Animal::Cat(_))));
}

#[test]
fn value_that_the_fallback_cannot_hold_is_kept_as_it_came() {
    for text in [r#"{ "petType":"ant", "legs":"six" }"#, r#"{"petType":"fish"}"#, "7"] {
        let animal: Animal = read(text).expect(text);
        assert!(matches!(animal, Animal::Unknown(_)), "{text}");
        assert_eq!(json::to_string(&animal), text);
    }
}

#[test]
fn a_member_that_is_a_union_and_does_not_know_the_value_leaves_it_to_the_next_member() {
    assert!(matches!(read(r#"{"petType":"cat","lives":9}"#), Ok(Nested::Pet(Pet::Cat(_)))));
    assert!(matches!(read(r#"{"petType":"fish","fins":2}"#), Ok(Nested::Fish(_))));
    assert!(matches!(read("7"), Ok(Nested::Unknown(_))));
}

#[test]
fn known_tag_with_a_broken_body_is_an_error_with_its_path() {
    let text = r#"[{"petType":"cat","lives":1},{"petType":"dog","friend":{"petType":"cat","lives":"x"}}]"#;
    let error = read::<Vec<Pet>>(text).expect_err("broken");
    assert_eq!(error.path(text.as_bytes()), "$[1].friend.lives");
    let text = r#"{"petType":"cat"}"#;
    assert_eq!(read::<Pet>(text).expect_err("broken").path(text.as_bytes()), "$.lives");
}

#[test]
fn text_that_is_not_json_is_an_error_before_and_after_the_tag() {
    for text in [r#"{"x":tru,"petType":"fish"}"#, r#"{"petType":"fish","x":tru}"#, r#"{"petType":"fish""#, "{"] {
        assert!(read::<Pet>(text).is_err(), "{text}");
    }
    for text in [r#"{"x":tru}"#, "[1,]", "\"a", ""] {
        assert!(read::<Details>(text).is_err(), "{text}");
    }
}

#[test]
fn guards_decide_in_their_order() {
    assert!(matches!(details(r#"{"subject":"s","contact_id":"c"}"#), Details::Email(_)));
    assert!(matches!(details(r#"{"type":"a","id":1}"#), Details::Typed(_)));
    assert!(matches!(details(r#"{"type":"b","id":1,"contact_id":"c"}"#), Details::Typed(_)));
    assert!(matches!(details(r#"{"type":"c","id":1}"#), Details::Unknown(_)));
    assert_eq!(details("\"monthly\""), Details::Period(ValuePeriod::Monthly));
    assert_eq!(details("\"yearly\""), Details::Text("yearly".to_owned()));
    assert_eq!(details("false"), Details::Flag(false));
    assert_eq!(details("2.0"), Details::Count(2));
    assert_eq!(details("2.5"), Details::Amount(2.5));
    assert_eq!(details("[1]"), Details::Many(vec![1]));
    assert_eq!(details(" null "), Details::Nothing);
}

#[test]
fn value_that_fails_behind_its_guard_falls_through() {
    let email_that_is_typed = r#"{"type":"a","id":1,"contact_id":1,"subject":"s"}"#;
    assert!(matches!(details(email_that_is_typed), Details::Typed(_)));
    let beyond_i64 = details("1e30");
    assert_eq!(beyond_i64, Details::Amount(1e30));
    let unknown = details(r#"[1, "x"]"#);
    assert!(matches!(&unknown, Details::Unknown(raw) if raw.get() == r#"[1, "x"]"#));
    assert_eq!(json::to_string(&unknown), r#"[1, "x"]"#);
}

#[test]
fn every_variant_round_trips() {
    for text in [
        r#"{"contact_id":"c","subject":"s"}"#,
        r#"{"type":"a","id":1}"#,
        "\"monthly\"",
        "\"x\"",
        "true",
        "1",
        "1.5",
        "[1,2]",
        "null",
        r#"{"else":1}"#,
    ] {
        assert_eq!(json::to_string(&details(text)), text);
    }
}

#[test]
fn nested_unions_that_fail_late_do_not_take_exponential_time() {
    let depth = 200;
    let text = format!("{}1{}", r#"{"child":"#.repeat(depth), "}".repeat(depth));
    let node: Node = read(&text).expect("JSON");
    assert_eq!(json::to_string(&node), text);
    let text = format!("{}1{}", r#"{"child":"#.repeat(depth), r#","right":1}"#.repeat(depth));
    let node: Node = read(&text).expect("JSON");
    assert_eq!(json::to_string(&node), text);
}

#[test]
fn key_that_only_one_member_declares_decides_for_it() {
    let attached = |text: &str| matches!(read(text), Ok(End::Attached(Attached { .. })));
    let placed = |text: &str| matches!(read(text), Ok(End::Placed(Placed { .. })));
    assert!(attached(r#"{"node":"n","magnet":"top"}"#) && attached(r#"{"side":1}"#));
    assert!(placed(r#"{"node":"n","place":1}"#) && placed(r#"{"node":"n"}"#) && placed("{}"));
    // What only looks like the member is left to the others.
    assert!(placed(r#"{"node":"n","side":"left"}"#));
}

#[test]
fn member_whose_constant_would_overwrite_another_is_not_chosen() {
    let short = |text: &str| matches!(read(text), Ok(Message::Short(Short { .. })));
    assert!(
        short(r#"{"from":{"kind":"short"}}"#) && short(r#"{"from":{"kind":"sh\u006frt"}}"#) && short(r#"{"from":{}}"#)
    );
    let text = r#"{"from":{"kind":"long"}}"#;
    let message: Message = read(text).expect(text);
    assert!(matches!(message, Message::Long(Long { .. })));
    assert_eq!(json::to_string(&message), text);
}

#[test]
fn member_whose_enum_knows_the_value_is_chosen_and_any_for_a_new_value() {
    let message = |often: &str| read::<Message>(&format!(r#"{{"from":{{}},"often":"{often}"}}"#));
    assert!(matches!(message("monthly"), Ok(Message::Short(_))));
    assert!(matches!(message("daily"), Ok(Message::Long(_))));
    assert!(matches!(message("hourly"), Ok(Message::Short(Short { often: Some(ValuePeriod::Unknown(_)), .. }))));
}
