//! Parameters and headers: every one gets a schema or a content, and a style that its place knows.

use super::Walk;
use crate::diagnostic::Code;
use crate::document::{Node, Object, Value};
use crate::normalize::place::Place;
use crate::repair::Repair;

/// Finishes a parameter; `false` when its place is not known.
pub(super) fn parameter(walk: &mut Walk<'_, '_>, node: &mut Node, place: &Place) -> bool {
    let span = node.span;
    let Some(location) = node.get("in").and_then(Node::as_str).map(str::to_owned) else { return false };
    if location == "querystring" {
        node.insert("in", Node::string("query", span));
        node.insert("x-norm-in", Node::string("querystring", span));
    }
    if location == "path" && node.get("required").and_then(Node::as_bool) != Some(true) {
        walk.diagnostics
            .report(Code::MissingKeyword, Some(span), "a path parameter lacks `required: true`")
            .repair(Repair::Set(span, "required".to_owned(), Value::Bool(true)));
        node.insert("required", Node::new(Value::Bool(true), span));
    }
    reserved(node, &location);
    style(walk, node, &location);
    content(walk, node, place);
    true
}

/// Finishes a header.
pub(super) fn header(walk: &mut Walk<'_, '_>, node: &mut Node, place: &Place) {
    content(walk, node, place);
}

/// OpenAPI 3.2 has `allowReserved` wherever values are percent-encoded; 3.0 knows it in the query only.
fn reserved(node: &mut Node, location: &str) {
    if matches!(location, "path" | "cookie")
        && let Some(allowed) = node.get("allowReserved").cloned()
    {
        node.insert("x-norm-allow-reserved", allowed);
    }
}

/// Keeps a style only where the specification allows it.
fn style(walk: &mut Walk<'_, '_>, node: &mut Node, location: &str) {
    let allowed: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    let Some(style) = node.get("style").cloned() else { return };
    let Some(text) = style.as_str() else { return };
    if text == "cookie" && location == "cookie" {
        // OpenAPI 3.0 knows only `form` here; in the style of 3.2 nothing is percent-encoded.
        node.remove("style");
        node.insert("x-norm-style", style);
    } else if !allowed.contains(&text) {
        let message = format!("a {location} parameter cannot have the style `{text}`");
        walk.diagnostics
            .report(Code::WrongType, Some(style.span), message)
            .help(format!("one of {}", allowed.join(", ")))
            .repair(Repair::Remove(style.span));
        node.remove("style");
    }
}

/// Exactly one of `schema` and `content`.
fn content(walk: &mut Walk<'_, '_>, node: &mut Node, place: &Place) {
    let filled = node.get("content").and_then(Node::as_object).is_some_and(|content| !content.is_empty());
    match (node.get("schema").is_some(), filled) {
        (true, false) => {
            node.remove("content");
        }
        (false, true) => {}
        (true, true) => {
            let message = "`schema` and `content` exclude each other; `schema` was taken";
            walk.diagnostics.report(Code::WrongType, Some(node.span), message);
            node.remove("content");
        }
        (false, false) => {
            node.remove("content");
            walk.diagnostics.report(
                Code::MissingKeyword,
                Some(node.span),
                "neither `schema` nor `content` says what the value is",
            );
            let any = Node::new(Value::Object(Object::new()), node.span);
            let schema = walk.made_schema(any, &place.child("schema"));
            node.insert("schema", schema);
        }
    }
}
