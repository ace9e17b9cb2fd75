//! Descriptions that mean harm: too deep, too many, too long, no text at all, or texts that try to become code.
//!
//! No time is asserted: what is not linear in these sizes does not come to an end.

mod many;
mod text;
mod whole;

use std::fmt::Write as _;

use oasmith::diagnostic::Code;
use oasmith::job::Job;
use proptest::prelude::*;
use tests::{Made, documents, make, pipeline};

/// What becomes of a description given as bytes.
fn bytes(content: &[u8]) -> Made {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("api.yaml"), content).unwrap();
    make(Job { spec: Some(dir.path().join("api.yaml")), ..Job::default() })
}

/// What becomes of schemas, each a name with its JSON.
fn schemas(entries: impl Iterator<Item = (String, String)>) -> Made {
    let list: Vec<String> = entries.map(|(name, schema)| format!("{name:?}:{schema}")).collect();
    let schemas = list.join(",");
    let head = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"#;
    bytes(format!("{head}{schemas}}}}}}}").as_bytes())
}

fn reference(number: usize) -> String {
    format!("{{\"$ref\":\"#/components/schemas/S{number}\"}}")
}

/// A chain of schemas, each made out of a reference to the next one.
fn chain(length: usize, link: impl Fn(usize, String) -> String) -> Made {
    let last = (format!("S{length}"), "{\"type\":\"string\"}".to_owned());
    schemas((0..length).map(|number| (format!("S{number}"), link(number, reference(number + 1)))).chain([last]))
}

/// Runs on a stack as large as the command line's.
fn deep<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(work).unwrap().join().unwrap()
}

#[track_caller]
fn is_refused(made: &Made, code: Code) {
    assert!(made.files.is_none() && made.codes.contains(&code), "{}", made.report);
    assert!(made.report.contains("api.yaml:"), "it has no place: {}", made.report);
}

#[test]
fn nesting_of_ten_thousand_is_refused_in_json_and_in_both_styles_of_yaml() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    is_refused(&bytes(format!("{{\"openapi\":{open}{close}}}").as_bytes()), Code::TooDeep);
    is_refused(&bytes(format!("openapi: {open}{close}\n").as_bytes()), Code::Syntax);
    is_refused(&bytes(format!("openapi:\n  {}x\n", "- ".repeat(10_000)).as_bytes()), Code::TooDeep);
    is_refused(&bytes("{\"a\":".repeat(10_000).as_bytes()), Code::TooDeep);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for number in 1..12 {
        let alias = format!("*a{}, ", number - 1).repeat(10);
        let _ = writeln!(text, "a{number}: &a{number} [{alias}]");
    }
    let made = bytes(text.as_bytes());
    assert!(made.files.is_none() && made.report.contains("api.yaml:"), "{}", made.report);
}

#[test]
fn what_is_no_utf_8_is_refused_where_it_stands() {
    let made = bytes(b"openapi: 3.1.0\ninfo: {title: \xff\xfe, version: '1'}\n");
    is_refused(&made, Code::InvalidUtf8);
    assert!(made.report.contains("api.yaml:2:15"), "{}", made.report);
    let wide: Vec<u8> = "\u{feff}openapi: 3.1.0\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    is_refused(&bytes(&wide), Code::InvalidUtf8);
}

const SMALL: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

#[test]
fn byte_order_mark_is_no_part_of_the_text() {
    assert!(bytes(format!("\u{feff}{SMALL}").as_bytes()).files.is_some());
}

#[test]
fn zero_bytes_are_refused_or_harmless() {
    let made = bytes(SMALL.replace("title: T", "title: T\0").as_bytes());
    assert!(made.files.is_none() && made.report.contains("api.yaml:2:"), "{}", made.report);
    assert!(deep(|| pipeline::check(SMALL.replace("title: T", "title: \"T\\0\"").as_bytes())));
}

#[test]
fn files_that_contain_each_other_come_to_an_end() {
    let dir = tempfile::tempdir().unwrap();
    let file = |other: &str| {
        format!(
            "{SMALL}components:\n  schemas:\n    A: {{type: object, properties: {{o: {{$ref: '{other}#/components/schemas/A'}}}}}}\n"
        )
    };
    std::fs::write(dir.path().join("api.yaml"), file("b.yaml")).unwrap();
    std::fs::write(dir.path().join("b.yaml"), file("./api.yaml")).unwrap();
    let made = make(Job { spec: Some(dir.path().join("api.yaml")), ..Job::default() });
    assert!(made.files.is_some(), "{}", made.report);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_choices_make_a_crate_or_a_diagnostic(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        deep(move || {
            if let Ok(document) = documents::document(&mut arbitrary::Unstructured::new(&bytes)) {
                pipeline::check(document.to_string().as_bytes());
            }
        });
    }

    #[test]
    fn any_damage_to_a_description_is_a_crate_or_a_diagnostic(at: prop::sample::Index, with in "[\\x00-\\x7f]{0,3}", cut in 0..6_usize) {
        let text = include_str!("../../golden/unions/openapi.yaml");
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let damaged: String = chars.iter().take(at).copied().chain(with.chars()).chain(chars.iter().skip(at + cut).copied()).collect();
        deep(move || pipeline::check(damaged.as_bytes()));
    }
}
