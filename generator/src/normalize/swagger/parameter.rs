//! Parameters and headers: what describes the value moves into `schema`, `collectionFormat` becomes `style` and `explode`.

use super::{Upgrade, empty};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Value};
use crate::normalize::place::Place;

/// Keywords that describe the value.
const DESCRIBING: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "x-enum-varnames",
    "x-enum-descriptions",
];

impl Upgrade<'_, '_> {
    /// Rewrites a parameter that several operations share.
    pub(super) fn shared_parameter(&mut self, node: &Node, place: Place) {
        if node.get("$ref").is_none() && !self.changes.contains_key(&place) {
            let new = parameter(node, self.diagnostics);
            self.changes.insert(place, new);
        }
    }
}

/// A parameter of OpenAPI 3 for one of the path, the query or a header.
pub(super) fn parameter(node: &Node, diagnostics: &mut Diagnostics) -> Node {
    let location = node.get("in").and_then(Node::as_str).unwrap_or_default();
    let (mut out, schema) = split(node, diagnostics);
    if let Some((style, explode)) = style(node, location, diagnostics) {
        out.insert("style", Node::string(style, node.span));
        out.insert("explode", Node::new(Value::Bool(explode), node.span));
    }
    if out.get("schema").is_none() {
        out.insert("schema", schema);
    }
    out
}

/// A header of OpenAPI 3.
pub(super) fn header(node: &Node, diagnostics: &mut Diagnostics) -> Node {
    let (mut out, schema) = split(node, diagnostics);
    // Headers are joined by commas in every version; what asks for something else is reported.
    style(node, "header", diagnostics);
    if out.get("schema").is_none() {
        out.insert("schema", schema);
    }
    out
}

/// What is said about the parameter, and what is said about its value.
pub(super) fn split(node: &Node, diagnostics: &mut Diagnostics) -> (Node, Node) {
    let (mut out, mut schema) = (empty(node.span), empty(node.span));
    for (key, entry) in node.as_object().into_iter().flatten() {
        match &**key {
            "collectionFormat" => {}
            "items" => schema.insert(key, items(&entry.node, diagnostics)),
            key if DESCRIBING.contains(&key) => schema.insert(key, entry.node.clone()),
            key => {
                if let Some(object) = out.as_object_mut() {
                    object.insert(key.into(), entry.clone());
                }
            }
        }
    }
    (out, schema)
}

/// Items that are arrays themselves are joined in a way that OpenAPI 3 has no word for.
fn items(node: &Node, diagnostics: &mut Diagnostics) -> Node {
    let mut out = node.clone();
    let mut inner = Some(&mut out);
    while let Some(node) = inner {
        let span = node.as_object().and_then(|object| object.get("collectionFormat")).map(|entry| entry.key);
        if node.remove("collectionFormat").is_some() {
            let message = "`collectionFormat` of items has no effect on the client";
            diagnostics.report(Code::UnsupportedKeyword, span, message);
        }
        inner = node.get_mut("items");
    }
    out
}

/// How an array is written; `None` when the value is no array.
pub(super) fn style(node: &Node, location: &str, diagnostics: &mut Diagnostics) -> Option<(&'static str, bool)> {
    let format = node.get("collectionFormat");
    if node.get("type").and_then(Node::as_str) != Some("array") {
        if let Some(entry) = node.as_object().and_then(|object| object.get("collectionFormat")) {
            let message = "`collectionFormat` has no effect on a value that is no array";
            diagnostics.report(Code::UnsupportedKeyword, Some(entry.key), message);
        }
        return None;
    }
    let in_query = matches!(location, "query" | "formData");
    let joined = if in_query { "form" } else { "simple" };
    let span = format.map(|format| format.span);
    match format.and_then(Node::as_str).unwrap_or("csv") {
        "csv" => Some((joined, false)),
        "multi" if in_query => Some((joined, true)),
        "ssv" if in_query => Some(("spaceDelimited", false)),
        "pipes" if in_query => Some(("pipeDelimited", false)),
        other => {
            let message = format!("the collection format `{other}` is not supported here; values are joined by commas");
            diagnostics.report(Code::UnsupportedKeyword, span, message);
            Some((joined, false))
        }
    }
}
