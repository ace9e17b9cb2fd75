//! What is read from JSON and YAML text.

use super::super::*;
use crate::diagnostic::{Code, Diagnostics};

fn read(text: &str) -> (Option<Node>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let node = parse(FileId(0), text, &mut diagnostics).ok();
    (node, diagnostics)
}

/// The tree as compact JSON; everything must have been read without a diagnostic.
fn json(text: &str) -> String {
    let (node, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    write(&node.unwrap())
}

pub(super) fn write(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => serde_json::to_string(text).unwrap(),
        Value::Array(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let name = |key: &str| serde_json::to_string(key).unwrap();
            let members: Vec<_> =
                object.iter().map(|(key, entry)| format!("{}:{}", name(key), write(&entry.node))).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

/// The only diagnostic: its code, and the text that it points at.
fn problem(text: &str) -> (Code, String) {
    let (_, diagnostics) = read(text);
    let list: Vec<_> = diagnostics.iter().collect();
    assert_eq!(list.len(), 1, "{list:?}");
    let span = list[0].span.unwrap();
    (list[0].code, text[span.start as usize..span.end as usize].to_owned())
}

fn slice<'a>(text: &'a str, node: &Node) -> &'a str {
    &text[node.span.start as usize..node.span.end as usize]
}

#[test]
fn json_keeps_order_and_numbers() {
    let text = r#"{"z": 1.10, "a": [123456789012345678901234567890, -0.0E+5, true, null, {}], "": []}"#;
    assert_eq!(json(text), text.replace(": ", ":").replace(", ", ","));
}

#[test]
fn json_escapes_are_decoded_and_lone_surrogates_replaced() {
    assert_eq!(
        json(r#"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00", "\ud83d!", "\ude00\ud83d\u0041"]"#),
        "[\"\\\"\\\\/\\b\\f\\n\\r\\té😀\",\"\u{FFFD}!\",\"\u{FFFD}\u{FFFD}A\"]"
    );
}

#[test]
fn byte_order_mark_is_skipped() {
    assert_eq!(json("\u{FEFF}{\"a\": 1}"), r#"{"a":1}"#);
    assert_eq!(json("\u{FEFF}a: 1"), r#"{"a":1}"#);
}

#[test]
fn json_spans_cover_keys_and_values() {
    let text = r#" {"a": [1, "b"] } "#;
    let (node, _) = read(text);
    let node = node.unwrap();
    assert_eq!(slice(text, &node), r#"{"a": [1, "b"] }"#);
    let entry = &node.as_object().unwrap()["a"];
    assert_eq!(&text[entry.key.start as usize..entry.key.end as usize], "\"a\"");
    assert_eq!(slice(text, &entry.node), r#"[1, "b"]"#);
    assert_eq!(slice(text, &entry.node.as_array().unwrap()[1]), "\"b\"");
}

#[test]
fn duplicate_keys_are_refused_and_the_first_kept() {
    assert_eq!(problem(r#"{"a": 1, "a": 2}"#), (Code::DuplicateKey, "\"a\"".into()));
    assert_eq!(problem("a: 1\n'a': 2\n"), (Code::DuplicateKey, "'a'".into()));
    assert_eq!(read("a: 1\na: 2\n").0.map(|node| write(&node)), Some("{\"a\":1}".into()));
}

#[test]
fn broken_json_is_reported_where_it_breaks() {
    assert_eq!(problem("{\"a\": 1,\n \"b\" 2}"), (Code::Syntax, "2".into()));
    assert_eq!(problem("{\"a\": 01}\n}"), (Code::Syntax, "1".into()));
    assert_eq!(problem("{\"a\": [1, 2}"), (Code::Syntax, "}".into()));
    assert_eq!(problem("{\"a\": \"x"), (Code::Syntax, String::new()));
}

#[test]
fn flow_mapping_that_is_no_json_is_read_as_yaml() {
    assert_eq!(json("{a: 1, b: [x, 'y',],}\n"), r#"{"a":1,"b":["x","y"]}"#);
    assert_eq!(json("{\"a\": 1} # comment\n"), r#"{"a":1}"#);
}

#[test]
fn deep_nesting_is_reported_and_not_fatal() {
    for opening in ["[", "{\"a\":", "[\n", "- "] {
        assert_eq!(problem(&opening.repeat(20_000)).0, Code::TooDeep, "{opening}");
    }
    assert_eq!(json(&format!("{}{}", "[".repeat(1000), "]".repeat(1000))).len(), 2000);
}

#[test]
fn yaml_keys_are_always_strings() {
    let text = "200: a\nnull: b\n1.0: c\ntrue: d\non: e\n0x10: f\n~: g\n'': h\n";
    assert_eq!(json(text), r#"{"200":"a","null":"b","1.0":"c","true":"d","on":"e","0x10":"f","~":"g","":"h"}"#);
}

#[test]
fn yaml_scalars_follow_the_core_schema() {
    let text = "- on\n- 1_000\n- 2013-02-20\n- 0o17\n- .5\n- '1'\n- \n- >-\n  a\n  b\n- |\n  a\n  b\n";
    assert_eq!(json(text), r#"["on","1_000","2013-02-20",15,0.5,"1",null,"a b","a\nb\n"]"#);
}

#[test]
fn yaml_tags_are_honored() {
    let text = "- !!str 1\n- !!int '1'\n- ! 1\n- !!float 1\n- !local 1\n- !!timestamp 2013-02-20\n- !!map {a: !!null ''}\n- !!str\n";
    assert_eq!(json(text), r#"["1",1,"1",1,1,"2013-02-20",{"a":null},""]"#);
}

#[test]
fn aliases_repeat_their_anchor() {
    assert_eq!(json("a: &x {b: [1]}\nc: *x\nd: &k e\n*k : f\n"), r#"{"a":{"b":[1]},"c":{"b":[1]},"d":"e","e":"f"}"#);
    assert_eq!(json("&k 200: a\nb: *k\n"), r#"{"200":"a","b":200}"#);
}

#[test]
fn merge_keys_give_what_the_object_lacks() {
    let base = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\n";
    assert_eq!(
        json(&format!("{base}z:\n  <<: *x\n  b: own\n")),
        r#"{"x":{"a":1,"b":2},"y":{"b":3,"c":4},"z":{"a":1,"b":"own"}}"#
    );
    assert_eq!(
        json(&format!("{base}z:\n  c: own\n  <<: [*x, *y]\n")),
        r#"{"x":{"a":1,"b":2},"y":{"b":3,"c":4},"z":{"c":"own","a":1,"b":2}}"#
    );
    assert_eq!(json("z:\n  <<: {<<: {a: 1}, b: {c: 2}}\n  '<<': 3\n"), r#"{"z":{"a":1,"b":{"c":2},"<<":3}}"#);
    assert_eq!(problem("z:\n  <<: text\n"), (Code::Syntax, "text".into()));
}

#[test]
fn alias_bombs_are_refused_at_once() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let previous = level - 1;
        let aliases = vec![format!("*a{previous}"); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(problem(&text).0, Code::TooLarge);
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(100_000));
    assert_eq!(problem(&long).0, Code::TooLarge);
}

#[test]
fn alias_inside_its_own_value_is_refused() {
    assert_eq!(problem("a: &a [1, *a]\n"), (Code::Syntax, "*a".into()));
}

#[test]
fn yaml_spans_are_exact() {
    let text = "a:  'x'  # no\nb: &b\n  c: |\n    long\n    text\n\n# comment\nd: [1, 2 ]\n";
    let (node, _) = read(text);
    let node = node.unwrap();
    assert_eq!(slice(text, node.get("a").unwrap()), "'x'");
    assert_eq!(slice(text, node.get("b").unwrap()), "c: |\n    long\n    text");
    assert_eq!(slice(text, node.get("b").unwrap().get("c").unwrap()), "long\n    text");
    assert_eq!(slice(text, node.get("d").unwrap()), "[1, 2 ]");
    assert_eq!(slice(text, &node), text.trim_end());
    let key = node.as_object().unwrap()["d"].key;
    assert_eq!(&text[key.start as usize..key.end as usize], "d");
}

#[test]
fn several_documents_are_refused() {
    assert_eq!(problem("a: 1\n---\nb: 2\n").0, Code::MultipleDocuments);
    assert_eq!(json("---\na: 1\n...\n"), r#"{"a":1}"#);
    assert_eq!(json("a: 1\n---\n"), r#"{"a":1}"#);
}

#[test]
fn empty_text_and_broken_yaml_are_reported() {
    assert_eq!(problem("# nothing\n").0, Code::Syntax);
    assert_eq!(problem("a: [1\nb: 2\n").0, Code::Syntax);
    assert_eq!(problem("a: *nowhere\n").0, Code::Syntax);
    assert_eq!(problem("[a]: 1\n").0, Code::Syntax);
}

#[test]
fn infinity_becomes_a_string_with_a_warning() {
    assert_eq!(problem("a: -.inf\n"), (Code::NonFiniteNumber, "-.inf".into()));
    assert_eq!(json("a: '.inf'\n"), r#"{"a":".inf"}"#);
}
