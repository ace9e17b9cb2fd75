//! Rules that turn a schema of any version into JSON Schema 2020-12 vocabulary; each works on one flat schema.

mod binary;
mod bounds;
mod definitions;
mod deprecated;
mod examples;
mod null_enum;
mod nullable;
mod prefix_items;
mod reference;
mod required;
mod type_names;

pub(super) use reference::holds as holds_beside_reference;

use super::Version;
use crate::diagnostic::Diagnostics;
use crate::document::Node;

/// What a rule may look at and write to.
pub(super) struct Context<'a, 'd> {
    /// The schema as it was written, children included.
    pub(super) written: &'a Node,
    /// The version of the document.
    pub(super) version: Version,
    /// Where a lossy rule leaves its note.
    pub(super) diagnostics: &'d mut Diagnostics,
}

/// Applies every rule. The order matters where one reads what another writes: type names come before what asks for types.
pub(super) fn apply(schema: &mut Node, written: &Node, version: Version, diagnostics: &mut Diagnostics) {
    let mut context = Context { written, version, diagnostics };
    reference::apply(schema, &mut context);
    type_names::apply(schema, &mut context);
    nullable::apply(schema, &mut context);
    null_enum::apply(schema);
    bounds::apply(schema, &mut context);
    prefix_items::apply(schema);
    examples::apply(schema);
    required::apply(schema, &mut context);
    deprecated::apply(schema);
    binary::apply(schema);
    definitions::apply(schema);
}

/// The one way to test a rule: the flat schema before, the flat schema after.
#[cfg(test)]
pub(super) fn check(version: Version, before: &str, after: &str) -> Diagnostics {
    use crate::normalize::testing::{node, text};
    let mut diagnostics = Diagnostics::new();
    let written = node(before);
    let mut schema = written.clone();
    apply(&mut schema, &written, version, &mut diagnostics);
    assert_eq!(text(&schema), text(&node(after)));
    diagnostics
}
