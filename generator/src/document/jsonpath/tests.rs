//! What queries select, and which ones are refused.

use super::super::{FileId, parse};
use super::*;
use crate::diagnostic::Diagnostics;

const STORE: &str = r#"{
  "paths": {
    "/a": {"get": {"tags": ["x"], "n": 1}, "post": {"tags": ["y"], "n": 2, "x-e": null}},
    "/b": {"get": {"tags": ["x", "z"], "n": 10, "m": 1e1}}
  },
  "list": [0, 1, 2, 3, 4],
  "name": "x"
}"#;

/// The selected places as JSON Pointers.
fn check(query: &str, expected: &[&str]) {
    let root = parse(FileId(0), STORE, &mut Diagnostics::new()).unwrap();
    let pointers: Vec<String> = Query::parse(query).unwrap().select(&root).iter().map(|steps| pointer(steps)).collect();
    assert_eq!(pointers, expected, "{query}");
}

fn pointer(steps: &[Step]) -> String {
    let mut pointer = crate::pointer::Pointer::root();
    for step in steps {
        match step {
            Step::Key(key) => pointer.push(key),
            Step::Index(index) => pointer.push_index(*index),
        }
    }
    pointer.into()
}

fn refused(query: &str, at: usize, message: &str) {
    assert_eq!(Query::parse(query), Err(QueryError { at, message: message.into() }), "{query}");
}

#[test]
fn names_wildcards_and_descendants_select() {
    check("$", &[""]);
    check("$.paths['/a'].get.n", &["/paths/~1a/get/n"]);
    check("$.paths.*.get", &["/paths/~1a/get", "/paths/~1b/get"]);
    check("$..n", &["/paths/~1a/get/n", "/paths/~1a/post/n", "/paths/~1b/get/n"]);
    check("$.paths[\"/a\"].post.x-e", &["/paths/~1a/post/x-e"]);
    check("$['list', 'name', 'list']", &["/list", "/name"]);
    check("$.nothing.here", &[]);
    check("$..[0]", &["/paths/~1a/get/tags/0", "/paths/~1a/post/tags/0", "/paths/~1b/get/tags/0", "/list/0"]);
}

#[test]
fn indexes_and_slices_select() {
    check("$.list[1, -1, 9]", &["/list/1", "/list/4"]);
    check("$.list[1:3]", &["/list/1", "/list/2"]);
    check("$.list[-2:]", &["/list/3", "/list/4"]);
    check("$.list[::-2]", &["/list/4", "/list/2", "/list/0"]);
    check("$.list[:1:0]", &[]);
}

#[test]
fn filters_test_existence_and_compare() {
    check("$.paths.*[?@['x-e']]", &["/paths/~1a/post"]);
    check("$.paths.*[?(!@['x-e'] && @.n < 5)]", &["/paths/~1a/get"]);
    check("$.paths.*[?@.n == 10 || @.tags[0] == 'y']", &["/paths/~1a/post", "/paths/~1b/get"]);
    check("$.paths.*[?@.n == @.m]", &["/paths/~1b/get"]);
    check("$.paths.*[?@.tags[0] == $.name]", &["/paths/~1a/get", "/paths/~1b/get"]);
    check("$.paths.*[?@.tags[?@ == 'z']]", &["/paths/~1b/get"]);
    check("$.list[?@ >= 3]", &["/list/3", "/list/4"]);
    check("$.paths.*[?@.no == @.neither && @.n > 9]", &["/paths/~1b/get"]);
    check("$.list[?@ < 'a']", &[]);
    check("$..[?@['x-e'] == null]", &["/paths/~1a/post"]);
}

#[test]
fn what_is_not_supported_is_said_at_its_place() {
    refused("paths", 0, "a query begins with `$`");
    refused("$.paths./a", 8, "expected a name; other characters are written in brackets: `['/path']`");
    refused("$.a[?length(@.b) > 1]", 5, "the function `length` is not supported");
    refused("$.a[?@.* == 1]", 5, "only a query for a single value can be compared");
    refused("$.a['b'", 7, "expected `,` or `]`");
    refused("$.a[?!@.b == 1]", 12, "a comparison after `!` needs parentheses");
    refused("$.a b", 3, "expected `.`, `..` or `[`");
    assert!(Query::parse(&format!("$[?{}", "(".repeat(10_000))).is_err());
    assert!(Query::parse(&"$[?@".repeat(10_000)).is_err());
}
