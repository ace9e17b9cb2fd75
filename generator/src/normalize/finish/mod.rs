//! The last touch to each kind of object: rules that concern several of its members, and words that OpenAPI 3.0 does not have.

mod parameter;
mod security;
#[cfg(test)]
mod tests;

use super::grammar::Kind;
use super::place::Place;
use super::walk::Walk;
use crate::diagnostic::Code;
use crate::document::{Node, Object, Value};

/// Finishes an object in place; `false` when it cannot be kept.
pub(super) fn finish(walk: &mut Walk<'_, '_>, kind: Kind, node: &mut Node, place: &Place) -> bool {
    match kind {
        Kind::PathItem => path_item(node),
        Kind::Parameter => return parameter::parameter(walk, node, place),
        Kind::Header => parameter::header(walk, node, place),
        Kind::Encoding => encoding(node),
        Kind::Example => example(node),
        Kind::Link => return link(walk, node),
        Kind::SecurityScheme => return security::scheme(walk, node),
        Kind::OAuthFlows => security::flows(walk, node),
        Kind::ServerVariable => server_variable(node),
        Kind::Root
        | Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::Paths
        | Kind::Operations
        | Kind::Operation
        | Kind::RequestBody
        | Kind::MediaType
        | Kind::Responses
        | Kind::Response
        | Kind::Callback
        | Kind::Tag
        | Kind::ExternalDocs
        | Kind::Components
        | Kind::OAuthFlow
        | Kind::SecurityRequirement
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Xml
        | Kind::Items => {}
    }
    true
}

/// `query` joins the other operations that OpenAPI 3.0 has no field for.
fn path_item(node: &mut Node) {
    let Some(query) = node.remove("x-norm-query") else { return };
    let span = query.span;
    let mut more = node.remove("x-norm-operations").unwrap_or_else(|| Node::new(Value::Object(Object::new()), span));
    more.insert("QUERY", query);
    node.insert("x-norm-operations", more);
}

/// `explode` that is not written means something else than `false` in an encoding, so it is kept apart.
fn encoding(node: &mut Node) {
    if let Some(explode) = node.get("explode").cloned() {
        node.insert("x-norm-explode", explode);
    }
}

/// `dataValue` of OpenAPI 3.2 is the `value` of earlier versions.
fn example(node: &mut Node) {
    if node.get("value").is_none()
        && let Some(value) = node.remove("x-norm-data-value")
    {
        node.insert("value", value);
    }
}

/// A link names its operation in one of two ways.
fn link(walk: &mut Walk<'_, '_>, node: &mut Node) -> bool {
    if node.get("operationId").is_some()
        && let Some(reference) = node.remove("operationRef")
    {
        let message = "`operationRef` and `operationId` exclude each other; `operationId` was taken";
        walk.diagnostics.report(Code::WrongType, Some(reference.span), message);
    }
    if node.get("parameters").is_some_and(|parameters| parameters.as_object().is_none())
        && let Some(parameters) = node.remove("parameters")
    {
        let message = format!("`parameters` should be an object, not {}", parameters.kind());
        walk.diagnostics.report(Code::WrongType, Some(parameters.span), message);
    }
    let named = node.get("operationRef").is_some() || node.get("operationId").is_some();
    if !named {
        let message = "a link object lacks `operationId` or `operationRef`";
        walk.diagnostics.report(Code::MissingKeyword, Some(node.span), message);
    }
    named
}

/// The first allowed value stands in for a missing default.
fn server_variable(node: &mut Node) {
    let first = node.get("enum").and_then(Node::as_array).and_then(<[Node]>::first).cloned();
    if let (Some(""), Some(first)) = (node.get("default").and_then(Node::as_str), first) {
        node.insert("default", first);
    }
}
