//! What stands where a reference leads nowhere: as much as is known there, so that one mistake costs one place.

use super::grammar::Kind;
use super::place::Place;
use crate::document::{Entry, Node, Object, Span, Value};

/// What becomes of a schema.
pub(super) const ANY: &str = "any JSON stands there";

/// What becomes of anything else.
pub(super) const LEFT_OUT: &str = "it was left out";

/// What becomes of a value of a discriminator's mapping.
pub(super) const NO_MEMBER: &str = "the value means no member of the union";

/// Statuses whose responses have no body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
const BODILESS: &[&str] = &["204", "205", "304"];

/// What becomes of an object, as a reader is told.
pub(super) fn instead(kind: Kind) -> &'static str {
    let known = matches!(kind, Kind::RequestBody | Kind::Response | Kind::MediaType);
    if known { ANY } else { LEFT_OUT }
}

/// What is put in the place of an object; `None` when it can only be left out.
pub(super) fn stand_in(kind: Kind, span: Span, place: &Place) -> Option<Node> {
    let description = || ("description", Node::string("", span));
    if kind == Kind::Response {
        let bodiless = BODILESS.iter().any(|status| place.pointer.ends_with(&format!("/{status}")));
        return Some(match bodiless {
            true => object(span, [description()]),
            false => object(span, [description(), ("content", any_json(span))]),
        });
    }
    match kind == Kind::RequestBody {
        true => Some(object(span, [("content", any_json(span))])),
        false => (kind == Kind::MediaType).then(|| object(span, [])),
    }
}

fn any_json(span: Span) -> Node {
    object(span, [("application/json", object(span, []))])
}

fn object<const N: usize>(span: Span, members: [(&str, Node); N]) -> Node {
    let members = members.into_iter().map(|(key, node)| (key.into(), Entry { key: span, node }));
    Node::new(Value::Object(Object::from_iter(members)), span)
}
