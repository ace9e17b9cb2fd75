//! Responses: `schema`, `produces` and `examples` become `content`.

use super::{Upgrade, empty, object, parameter};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Value};
use crate::normalize::place::Place;

impl Upgrade<'_, '_> {
    /// Rewrites a response that several operations share: it is of the media types that the whole document produces.
    pub(super) fn shared_response(&mut self, node: &Node, place: Place) {
        if node.get("$ref").is_none() && !self.changes.contains_key(&place) {
            let new = response(node, &place, &self.defaults.produces, self.diagnostics);
            self.changes.insert(place, new);
        }
    }
}

/// A response of OpenAPI 3.
pub(super) fn response(node: &Node, place: &Place, produces: &[String], diagnostics: &mut Diagnostics) -> Node {
    let mut out = empty(node.span);
    for (key, entry) in node.as_object().into_iter().flatten() {
        match &**key {
            "schema" | "examples" => {}
            "headers" => out.insert(key, headers(&entry.node, diagnostics)),
            key => {
                if let Some(object) = out.as_object_mut() {
                    object.insert(key.into(), entry.clone());
                }
            }
        }
    }
    if let Some(schema) = node.get("schema").filter(|schema| !matches!(schema.value, Value::Null)) {
        let file = schema.get("type").and_then(Node::as_str) == Some("file");
        let types = if file { file_types(produces) } else { media_types(produces, "application/json") };
        let mut content = content(&types, schema, place);
        for (media_type, entry) in node.get("examples").and_then(Node::as_object).into_iter().flatten() {
            match content.get_mut(media_type) {
                Some(media) => media.insert("example", entry.node.clone()),
                None => {
                    let message = format!("the response is not of type `{media_type}`, so its example has no effect");
                    diagnostics.report(Code::UnsupportedKeyword, Some(entry.key), message);
                }
            }
        }
        out.insert("content", content);
    }
    out
}

/// The media types that are declared, or the one that stands in for them.
pub(super) fn media_types(declared: &[String], otherwise: &str) -> Vec<String> {
    if declared.is_empty() { vec![otherwise.to_owned()] } else { declared.to_vec() }
}

/// The media types of a response that is a file: what a document says for all operations is often JSON, which a file is not.
fn file_types(declared: &[String]) -> Vec<String> {
    let others: Vec<String> = declared.iter().filter(|name| !name.contains("json")).cloned().collect();
    media_types(&others, "application/octet-stream")
}

/// One schema under several media types: it stands under the first, the others refer to it.
///
/// `place` is that of the object that gets the content.
pub(super) fn content(types: &[String], schema: &Node, place: &Place) -> Node {
    let span = schema.span;
    let mut content = empty(span);
    let alias = schema.as_object().is_some_and(|object| object.len() == 1 && object.contains_key("$ref"));
    for (index, name) in types.iter().enumerate() {
        let schema = match types.first() {
            Some(first) if index > 0 && !alias => {
                let first = place.child("content").child(first).child("schema");
                object([("$ref", Node::string(format!("#{}", first.pointer), span))], span)
            }
            Some(_) | None => schema.clone(),
        };
        content.insert(name, object([("schema", schema)], span));
    }
    content
}

fn headers(node: &Node, diagnostics: &mut Diagnostics) -> Node {
    let mut out = empty(node.span);
    for (name, entry) in node.as_object().into_iter().flatten() {
        out.insert(name, parameter::header(&entry.node, diagnostics));
    }
    out
}
