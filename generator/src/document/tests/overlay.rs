//! What overlays change, and which ones are refused.

use super::super::*;
use super::text::write;
use crate::diagnostic::Diagnostics;

const DOCUMENT: &str =
    "info: {title: a}\ntags: [{name: x}, {name: y}, {name: x}]\npaths: {/a: {get: {n: 1}, post: {n: 2}}}\n";

/// Applies actions; gives the document as JSON and the diagnostics.
fn run(actions: &str) -> (String, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let mut tree = parse(FileId(0), DOCUMENT, &mut diagnostics).unwrap();
    let text = format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    let overlay = parse(FileId(1), &text, &mut diagnostics).unwrap();
    overlay::apply(&mut tree, &overlay, &mut diagnostics);
    let line = |found: &crate::diagnostic::Diagnostic| {
        let place = found.span.map(|span| &text[span.start as usize..span.end as usize]).unwrap_or_default();
        format!("{} at {place}: {} {}", found.code, found.message, found.help.join("; ")).trim_end().to_owned()
    };
    (write(&tree), diagnostics.iter().map(line).collect())
}

fn check(actions: &str, before: &str, after: &str) {
    let (unchanged, _) = run("  []\n");
    let (changed, lines) = run(actions);
    assert_eq!(lines, Vec::<String>::new());
    assert!(unchanged.contains(before), "{unchanged}");
    assert_eq!(changed, unchanged.replace(before, after));
}

fn refused(actions: &str, expected: &str) {
    let (unchanged, _) = run("  []\n");
    assert_eq!(run(actions), (unchanged, vec![expected.to_owned()]));
}

#[test]
fn objects_are_merged_and_values_replaced() {
    check("- {target: $.info, update: {title: b, new: [1]}}\n", r#"{"title":"a"}"#, r#"{"title":"b","new":[1]}"#);
    check("- {target: $, update: {info: {x: {y: 1}}}}\n", r#"{"title":"a"}"#, r#"{"title":"a","x":{"y":1}}"#);
    check("- {target: $.info.title, update: c}\n", r#""title":"a""#, r#""title":"c""#);
}

#[test]
fn arrays_are_extended() {
    check("- {target: $.tags, update: {name: z}}\n", r#"{"name":"x"}]"#, r#"{"name":"x"},{"name":"z"}]"#);
    check("- {target: $.tags, update: [{name: z}]}\n", r#"{"name":"x"}]"#, r#"{"name":"x"},{"name":"z"}]"#);
    check("- {target: $, update: {tags: [1]}}\n", r#"{"name":"x"}]"#, r#"{"name":"x"},1]"#);
}

#[test]
fn removing_several_elements_removes_the_right_ones() {
    check(
        "- {target: \"$.tags[?@.name == 'x']\", remove: true}\n",
        r#"[{"name":"x"},{"name":"y"},{"name":"x"}]"#,
        r#"[{"name":"y"}]"#,
    );
    check(
        "- {target: '$..n', remove: true, x-expect: 2}\n",
        r#"{"get":{"n":1},"post":{"n":2}}"#,
        r#"{"get":{},"post":{}}"#,
    );
    check("- {target: '$.paths..*', remove: true}\n", r#"{"/a":{"get":{"n":1},"post":{"n":2}}}"#, "{}");
}

#[test]
fn copy_merges_another_place() {
    check("- {target: \"$.paths['/a'].get\", copy: $.info}\n", r#""get":{"n":1}"#, r#""get":{"n":1,"title":"a"}"#);
    refused(
        "- {target: $.info, copy: $.tags.*}\n",
        "overlay-count at $.tags.*: `copy` needs one place, and `$.tags.*` matches 3",
    );
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    check(
        "- {target: $.info, update: {b: {}}}\n- {target: $.info.b, update: {c: 1}}\n",
        r#"{"title":"a"}"#,
        r#"{"title":"a","b":{"c":1}}"#,
    );
}

#[test]
fn action_without_match_is_an_error_that_names_the_nearest() {
    refused(
        "- {target: $.info.titel, update: b}\n",
        "overlay-no-match at $.info.titel: nothing matches `$.info.titel` did you mean `title`?",
    );
    refused(
        "- {target: '$.paths[\"/b\"]', remove: true}\n",
        "overlay-no-match at '$.paths[\"/b\"]': nothing matches `$.paths[\"/b\"]` did you mean `/a`?",
    );
}

#[test]
fn unexpected_count_is_an_error_and_nothing_is_changed() {
    refused("- {target: '$..n', remove: true, x-expect: 3}\n", "overlay-count at 3: `$..n` matches 2 places, not 3");
}

#[test]
fn broken_actions_are_reported() {
    refused(
        "- {target: info, update: {}}\n",
        "overlay-syntax at info: this JSONPath cannot be read at `info`: a query begins with `$`",
    );
    refused(
        "- {target: $.info}\n",
        "overlay-syntax at {target: $.info}: an action needs `update`, `remove: true` or `copy`",
    );
    refused("- {update: {}}\n", "overlay-syntax at {update: {}}: an action needs a `target`");
    refused("- {target: $.info, update: 1}\n", "overlay-syntax at 1: an object cannot be updated with a number");
    refused("- {target: $, remove: true}\n", "overlay-syntax at $: the whole document cannot be removed");
    let (_, lines) = run("- {target: $.info, updte: {}, update: {}}\n");
    assert_eq!(lines, ["overlay-syntax at updte: an action has no key `updte` did you mean `update`?"]);
}

#[test]
fn what_is_brought_keeps_the_place_in_the_overlay() {
    let mut diagnostics = Diagnostics::new();
    let mut tree = parse(FileId(0), DOCUMENT, &mut diagnostics).unwrap();
    let overlay =
        parse(FileId(1), "overlay: 1.0.0\nactions: [{target: $.info, update: {title: b}}]\n", &mut diagnostics)
            .unwrap();
    overlay::apply(&mut tree, &overlay, &mut diagnostics);
    let info = tree.get("info").unwrap();
    assert_eq!(info.span.file, FileId(0));
    assert_eq!(info.get("title").map(|title| title.span.file), Some(FileId(1)));
}
