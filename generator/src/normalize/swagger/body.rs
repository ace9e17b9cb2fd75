//! Body and form parameters become a request body.

use super::response::{content, media_types};
use super::{Defaults, empty, object, parameter};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Value};
use crate::normalize::place::Place;

/// A parameter of an operation and where it was found.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// The parameter itself.
    pub(super) node: &'a Node,
    /// Where it stands.
    pub(super) place: Place,
    /// The element of `parameters`, which is a reference when the parameter is shared.
    pub(super) written: &'a Node,
}

impl Found<'_> {
    /// The place in the request.
    pub(super) fn location(&self) -> &str {
        self.node.get("in").and_then(Node::as_str).unwrap_or_default()
    }
}

/// A request body out of the one body parameter; `place` is the operation's.
pub(super) fn from_body(found: &Found<'_>, place: &Place, consumes: &[String]) -> Node {
    let node = found.node;
    let mut out = empty(node.span);
    for (key, entry) in node.as_object().into_iter().flatten() {
        if matches!(&**key, "description" | "required") || key.starts_with("x-") {
            out.insert(key, entry.node.clone());
        }
    }
    if let Some(name) = node.get("name") {
        out.insert("x-norm-name", name.clone());
    }
    let any = empty(node.span);
    let schema = match found.written.get("$ref").and_then(Node::as_str) {
        // The schema of a shared body stays where it is, so that it keeps one identity.
        Some(text) => {
            let below = if text.contains('#') { "/schema" } else { "#/schema" };
            object([("$ref", Node::string(format!("{text}{below}"), node.span))], node.span)
        }
        None => node.get("schema").unwrap_or(&any).clone(),
    };
    let types = media_types(consumes, "application/json");
    out.insert("content", content(&types, &schema, &place.child("requestBody")));
    out
}

/// A request body out of form parameters: an object with one property for each.
pub(super) fn from_form(
    forms: &[Found<'_>],
    place: &Place,
    consumes: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let span = forms.first()?.node.span;
    let (mut properties, mut encoding, mut required) = (empty(span), empty(span), Vec::new());
    for form in forms {
        let Some(name) = form.node.get("name").and_then(Node::as_str) else { continue };
        let (said, mut schema) = parameter::split(form.node, diagnostics);
        for (key, entry) in said.as_object().into_iter().flatten() {
            match &**key {
                "allowEmptyValue" => {
                    let message = "`allowEmptyValue` of a form field has no effect on the client";
                    diagnostics.report(Code::UnsupportedKeyword, Some(entry.key), message);
                }
                key if key == "description" || key.starts_with("x-") => schema.insert(key, entry.node.clone()),
                _ => {}
            }
        }
        if said.get("required").and_then(Node::as_bool) == Some(true) {
            required.push(Node::string(name, form.node.span));
        }
        if let Some((style, explode)) = parameter::style(form.node, "formData", diagnostics) {
            let explode = Node::new(Value::Bool(explode), span);
            encoding.insert(name, object([("style", Node::string(style, span)), ("explode", explode)], span));
        }
        properties.insert(name, schema);
    }
    let file = forms.iter().any(|form| form.node.get("type").and_then(Node::as_str) == Some("file"));
    let is_required = Node::new(Value::Bool(!required.is_empty()), span);
    let mut schema = object([("type", Node::string("object", span)), ("properties", properties)], span);
    if !required.is_empty() {
        schema.insert("required", Node::new(Value::Array(required), span));
    }
    let mut content = content(&form_types(consumes, file), &schema, &place.child("requestBody"));
    if encoding.as_object().is_some_and(|object| !object.is_empty()) {
        for (_, entry) in content.as_object_mut().into_iter().flatten() {
            entry.node.insert("encoding", encoding.clone());
        }
    }
    Some(object([("content", content), ("required", is_required)], span))
}

/// The media types of a form among those that are declared.
fn form_types(consumes: &[String], file: bool) -> Vec<String> {
    const FORMS: &[&str] = &["multipart/form-data", "application/x-www-form-urlencoded"];
    let allowed = |name: &&String| FORMS.contains(&name.as_str()) && !(file && name.as_str() != "multipart/form-data");
    let declared: Vec<String> = consumes.iter().filter(allowed).cloned().collect();
    let otherwise = if file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    media_types(&declared, otherwise)
}

/// What an operation consumes or produces: its own list, or that of the document.
pub(super) fn declared(own: Option<Vec<String>>, defaults: &Defaults, produces: bool) -> Vec<String> {
    own.unwrap_or_else(|| if produces { defaults.produces.clone() } else { defaults.consumes.clone() })
}
