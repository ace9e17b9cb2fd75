//! Unnamed types that are the same: which become one, what that one is called, and what later changes do to it.

use serde_json::{Value, json};

use super::published_tests::{Named, backwards, fresh, named};
use crate::diagnostic::Code;

fn address(fields: &[&str]) -> Value {
    let fields = fields.iter().map(|field| ((*field).to_owned(), json!({"type": "string", "description": "A part."})));
    json!({"type": "object", "properties": Value::Object(fields.collect())})
}

/// An API whose operations take an object with one property, by path.
fn calls(calls: &[(&str, &str, Value)]) -> Value {
    let paths = calls.iter().map(|(path, property, schema)| {
        let body = json!({"type": "object", "properties": {*property: schema}});
        let content = json!({"required": true, "content": {"application/json": {"schema": body}}});
        let tag = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let call = json!({"tags": [tag], "requestBody": content, "responses": {"204": {"description": "Done."}}});
        ((*path).to_owned(), json!({"post": call}))
    });
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": Value::Object(paths.collect())})
}

fn key(path: &str, property: &str) -> String {
    format!("operation POST {path} > body > {property}")
}

fn place(named: &Named, path: &str, property: &str) -> (String, Option<String>) {
    let ty = &named.lock.types[&key(path, property)];
    (ty.name.clone(), ty.module.clone())
}

fn here(name: &str, module: Option<&str>) -> (String, Option<String>) {
    (name.to_owned(), module.map(str::to_owned))
}

#[test]
fn the_same_property_of_several_operations_is_one_type() {
    let both = [("/a", "address", address(&["city"])), ("/b", "address", address(&["city"]))];
    let document = calls(&both);
    let api = fresh(&document);
    assert_eq!(place(&api, "/a", "address"), here("Address", None));
    assert_eq!(place(&api, "/b", "address"), here("Address", None));
    assert_eq!(api.api.types.len(), 3, "two bodies and one address");
    assert_eq!(backwards(&document, &api.lock).lock, api.lock);
}

#[test]
fn within_a_group_the_type_lives_in_the_module_of_the_group() {
    let api = fresh(&calls(&[("/a/x", "address", address(&["city"])), ("/a/y", "address", address(&["city"]))]));
    assert_eq!(place(&api, "/a/x", "address"), here("Address", Some("a")));
}

#[test]
fn other_words_or_other_documentation_make_another_type() {
    let apart = |property: &str, schema: Value| {
        let api = fresh(&calls(&[("/a", "address", address(&["city"])), ("/b", property, schema)]));
        api.api.types.len() == 4
    };
    assert!(apart("location", address(&["city"])));
    assert!(apart("address", address(&["town"])));
    let mut documented = address(&["city"]);
    documented["properties"]["city"]["description"] = json!("Another part.");
    assert!(apart("address", documented));
}

#[test]
fn types_are_the_same_only_with_all_that_is_inside_them() {
    let nested = |inside: &[&str]| json!({"type": "object", "properties": {"home": address(inside)}});
    let api = fresh(&calls(&[("/a", "places", nested(&["city"])), ("/b", "places", nested(&["city"]))]));
    assert_eq!(api.ty(&format!("{} > home", key("/b", "places"))), "PlacesHome");
    assert_eq!(api.api.types.len(), 4);
    let api = fresh(&calls(&[("/a", "places", nested(&["city"])), ("/b", "places", nested(&["town"]))]));
    assert_eq!(api.api.types.len(), 6);
}

#[test]
fn what_was_published_apart_stays_apart_and_where_it_is() {
    let one = [("/a", "address", address(&["city"]))];
    let before = fresh(&calls(&one));
    let [one] = one;
    let after = named(&calls(&[one, ("/b", "address", address(&["city"]))]), &before.lock);
    assert_eq!(place(&after, "/a", "address"), place(&before, "/a", "address"));
    assert_eq!(place(&after, "/a", "address").1, Some("a".to_owned()));
    assert_eq!(place(&after, "/b", "address").1, Some("b".to_owned()));
}

#[test]
fn one_more_place_joins_the_type_that_all_share() {
    let (a, b) = (("/a", "address", address(&["city"])), ("/m", "address", address(&["city"])));
    let before = fresh(&calls(&[a.clone(), b.clone()]));
    for path in ["/0", "/z"] {
        let after = named(&calls(&[a.clone(), b.clone(), (path, "address", address(&["city"]))]), &before.lock);
        for path in ["/a", "/m", path] {
            assert_eq!(place(&after, path, "address"), here("Address", None));
        }
        // The first place may go again; what it shares stays.
        assert_eq!(named(&calls(&[a.clone(), b.clone()]), &after.lock).lock, before.lock);
    }
}

#[test]
fn a_change_at_one_place_takes_that_place_out_and_says_so() {
    let (a, b) = (("/a", "address", address(&["city"])), ("/b", "address", address(&["city"])));
    let c = ("/c", "address", address(&["city"]));
    let before = fresh(&calls(&[a, b.clone(), c.clone()]));
    let changed = [("/a", "address", address(&["city", "country"])), b, c];
    let after = named(&calls(&changed), &before.lock);
    assert_eq!(place(&after, "/b", "address"), here("Address", None));
    assert_eq!(place(&after, "/c", "address"), here("Address", None));
    assert_ne!(place(&after, "/a", "address").0, "Address");
    assert_eq!(after.notes(Code::NameTaken).len(), 1);
}
