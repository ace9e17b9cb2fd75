//! Safe repairs: what a document would have to say so that a problem is gone and the client stays what it is, or has in
//! addition what the document says at a place where it counts for nothing.
//!
//! A stage that mends something says by a [`Repair`] how. [`overlay`] makes an overlay of the repairs of a run: they are
//! carried out on a copy of the document (`mend`), and what differs then becomes actions (`actions`), so that repairs of
//! one place come together by themselves.

mod actions;
mod mend;
mod place;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Entry, Node, Object, Span, Value};

/// A change of the document as it is written; places are those of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Takes out the member or the element whose key or value stands there.
    Remove(Span),
    /// Takes out the element of a list that stands there; what is declared by a name may be used elsewhere and stays.
    RemoveItem(Span),
    /// Puts another value where this one stands, or where the value of this key stands.
    Replace(Span, Value),
    /// Gives the member whose key stands there another key.
    Rename(Span, String),
    /// Gives the object that stands there a member, whether it has one of that name or not.
    Set(Span, String, Value),
    /// Gives the object that stands there a member that it lacks; one that another repair has brought is left.
    Add(Span, String, Value),
    /// Adds a value to a list of the object that stands there, unless it is in it.
    Append(Span, String, Value),
    /// Takes the values that are equal to this one out of a list of the object that stands there, but for the first.
    Once(Span, String, Value),
    /// Moves the `$ref` of the object that stands there into its `allOf`.
    AllOf(Span),
    /// Declares a path parameter for the operation that stands there: a required string.
    Declare(Span, String),
    /// Declares a security scheme for the document that stands there: a key in the header `Authorization`.
    DeclareScheme(Span, String),
    /// Lets the operation that stands there ask for a security scheme, unless it says itself what it asks for.
    Require(Span, String, Presence),
}

/// Whether a call can do without something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It cannot.
    Required,
    /// It can.
    Optional,
}

/// An overlay, and what it does not mend.
#[derive(Debug)]
pub struct Overlay {
    /// The text; `None` when nothing can be repaired.
    pub text: Option<String>,
    /// How many problems it mends.
    pub mended: usize,
    /// How many problems have a repair in a file that an overlay does not reach: any but the entry.
    pub elsewhere: usize,
}

/// The overlay that repairs what can be repaired safely in the entry document.
pub fn overlay(entry: &Document, diagnostics: &Diagnostics) -> Overlay {
    let (mended, applied) = mend::mend(&entry.tree, diagnostics);
    let count = applied.problems().len();
    let repairable = diagnostics.iter().filter(|found| !found.repairs.is_empty()).count();
    let actions = actions::actions(&entry.tree, &mended, &applied, diagnostics);
    let text = (!actions.is_empty()).then(|| text(&entry.name(), actions));
    Overlay { mended: if text.is_some() { count } else { 0 }, elsewhere: repairable - count, text }
}

fn text(name: &str, actions: Vec<Node>) -> String {
    let string = |text: &str| Node::string(text, nowhere());
    let info = object([("title", string(&format!("Repairs of {name}"))), ("version", string("1.0.0"))]);
    let actions = Node::new(Value::Array(actions), nowhere());
    let overlay = object([("overlay", string("1.0.0")), ("info", info), ("actions", actions)]);
    // Strings, numbers, lists and objects of them always have a YAML form.
    let yaml = serde_yaml::to_string(&overlay).unwrap_or_default();
    format!(
        "# Written by `oasmith check --fix`: the document as it was read. Name it under `overlays` in `oasmith.toml`.\n{yaml}"
    )
}

/// An object that is in no file.
fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    let members = members.into_iter().map(|(key, node)| (key.into(), Entry { key: nowhere(), node }));
    Node::new(Value::Object(Object::from_iter(members)), nowhere())
}

fn nowhere() -> Span {
    Span { file: crate::document::FileId(u16::MAX), start: 0, end: 0 }
}

#[cfg(test)]
mod tests;
