//! Nodes of the description by their places.

use std::collections::BTreeSet;

use crate::document::{Documents, FileId, Node, Span, Value};

/// The node at a place, and the place of the key before it.
pub fn find(documents: &Documents, span: Span) -> Option<(&Node, Option<Span>)> {
    documents.roots.iter().find_map(|document| down(&document.tree, None, span))
}

fn down(node: &Node, key: Option<Span>, wanted: Span) -> Option<(&Node, Option<Span>)> {
    if node.span == wanted {
        return Some((node, key));
    }
    match &node.value {
        Value::Object(object) => object
            .values()
            .filter(|entry| may_hold(&entry.node, wanted))
            .find_map(|entry| down(&entry.node, Some(entry.key), wanted)),
        Value::Array(items) => {
            items.iter().filter(|item| may_hold(item, wanted)).find_map(|item| down(item, None, wanted))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether a place can be inside of a node. What an overlay brought stands in another file than what is around it.
fn may_hold(node: &Node, wanted: Span) -> bool {
    if node.span.file == wanted.file {
        return node.span.start <= wanted.start && wanted.end <= node.span.end;
    }
    !matches!(node.value, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))
}

/// Where a schema lists a value.
pub fn value(schema: &Node, wire: &str) -> Option<Span> {
    let listed = schema.get("enum").and_then(Node::as_array)?;
    let found = listed.iter().find(|node| match &node.value {
        Value::String(text) | Value::Number(text) => **text == *wire,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    });
    found.map(|node| node.span)
}

/// What overlays brought into a node, without what stands in the node's own file.
pub fn overlays(documents: &Documents, node: &Node) -> Vec<Span> {
    let own: BTreeSet<FileId> = documents.roots.iter().map(|document| document.file).collect();
    let mut found = Vec::new();
    collect(node, &own, &mut found);
    found
}

fn collect(node: &Node, own: &BTreeSet<FileId>, found: &mut Vec<Span>) {
    if !own.contains(&node.span.file) {
        found.push(node.span);
        return;
    }
    match &node.value {
        Value::Object(object) => {
            for entry in object.values() {
                // The key was written by whoever wrote the value, and stands before it.
                if own.contains(&entry.node.span.file) {
                    collect(&entry.node, own, found);
                } else {
                    found.push(entry.key);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, own, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
