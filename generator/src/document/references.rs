//! Finds the references of a tree that lead out of its file.

use std::collections::BTreeMap;

use super::{Node, Object, Span, Value};
use crate::pointer::percent_decode;

/// A reference to another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The reference without its fragment, as written.
    pub(super) file_part: String,
    /// Where the reference stands.
    pub(super) span: Span,
    /// Whether the target has to exist; what only might be a reference is followed when it leads somewhere.
    pub(super) wanted: bool,
}

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// A path, relative to the file of the reference.
    File(String),
    /// A URL without fragment.
    Remote(&'a str),
}

/// How the keys of an object are to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// They are keywords of the specification.
    Keywords,
    /// They are names that the author chose.
    Names,
    /// They are unknown: inside an extension.
    Anything,
}

/// Objects whose keys are names. Each is an object only where it is such a map.
const MAPS: &[&str] = &[
    "$defs",
    "additionalOperations",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "examples",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securityDefinitions",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Keywords whose values are data, where `$ref` has no meaning.
const DATA: &[&str] = &["const", "default", "enum", "example", "value"];

/// The references of a tree to other files, each file part once per file, those that are wanted first.
pub(super) fn find(root: &Node) -> Vec<Reference> {
    let mut found = Found::default();
    let mut open = vec![(root, Keys::Keywords)];
    while let Some((node, keys)) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, keys))),
            Value::Object(object) => visit(object, keys, &mut open, &mut found),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut references: Vec<_> = found.0.into_values().collect();
    references.sort_by_key(|reference| (!reference.wanted, reference.span));
    references
}

fn visit<'a>(object: &'a Object, keys: Keys, open: &mut Vec<(&'a Node, Keys)>, found: &mut Found) {
    for (key, entry) in object {
        let node = &entry.node;
        match (&**key, keys) {
            ("$ref", _) if node.as_str().is_some() => found.add(node, keys != Keys::Anything),
            (_, Keys::Names) => open.push((node, Keys::Keywords)),
            (_, Keys::Anything) => open.push((node, Keys::Anything)),
            ("operationRef", Keys::Keywords) => found.add(node, false),
            ("externalValue", Keys::Keywords) => found.add_file(node),
            ("discriminator", Keys::Keywords) => {
                let mapping = node.get("mapping").and_then(Node::as_object);
                mapping.into_iter().flat_map(Object::values).for_each(|entry| found.add_file(&entry.node));
            }
            (key, Keys::Keywords) if DATA.contains(&key) => {}
            ("examples", Keys::Keywords) if node.as_array().is_some() => {}
            (key, Keys::Keywords) if key.starts_with("x-") => open.push((node, Keys::Anything)),
            (key, Keys::Keywords) if MAPS.contains(&key) && node.as_object().is_some() => {
                open.push((node, Keys::Names))
            }
            (_, Keys::Keywords) => open.push((node, Keys::Keywords)),
        }
    }
}

#[derive(Default)]
struct Found(BTreeMap<(super::FileId, String), Reference>);

impl Found {
    fn add(&mut self, node: &Node, wanted: bool) {
        let Some(text) = node.as_str() else { return };
        let file_part = text.split_once('#').map_or(text, |(part, _)| part);
        if file_part.is_empty() {
            return;
        }
        let reference = Reference { file_part: file_part.to_owned(), span: node.span, wanted };
        let slot = self.0.entry((node.span.file, file_part.to_owned())).or_insert_with(|| reference.clone());
        // Nodes are visited in no particular order: the first place is shown, and one that is wanted counts.
        if (wanted, std::cmp::Reverse(node.span)) > (slot.wanted, std::cmp::Reverse(slot.span)) {
            *slot = reference;
        }
    }

    /// A text that is a reference if it names a file.
    fn add_file(&mut self, node: &Node) {
        let part = node.as_str().and_then(|text| text.split('#').next()).unwrap_or_default();
        if [".json", ".yaml", ".yml"].iter().any(|extension| part.ends_with(extension)) {
            self.add(node, false);
        }
    }
}

/// Where the file part of a reference leads (RFC 3986, section 4.1).
pub(super) fn target(file_part: &str) -> Target<'_> {
    if let Some(path) = file_part.strip_prefix("file://") {
        return Target::File(percent_decode(path).into_owned());
    }
    let scheme = file_part.split_once(':').map_or("", |(scheme, _)| scheme);
    // A single letter before the colon is a drive, not a scheme.
    let is_url = scheme.len() > 1
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if is_url || file_part.starts_with("//") {
        return Target::Remote(file_part);
    }
    let path = file_part.split_once('?').map_or(file_part, |(path, _)| path);
    Target::File(percent_decode(path).into_owned())
}

/// Whether the file part is a mere name, which old documents use for a schema of the same document.
pub(super) fn is_bare_name(file_part: &str) -> bool {
    !file_part.contains(['/', '.', ':'])
}

/// Whether a tree or something in it has this URL as its own name (`$self`, `$id`, `id`).
pub(super) fn declares(root: &Node, url: &str) -> bool {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(object) => {
                let names = ["$self", "$id", "id"].iter().filter_map(|key| node.get(key)?.as_str());
                if names.map(|name| name.trim_end_matches('#')).any(|name| name == url) {
                    return true;
                }
                open.extend(object.values().map(|entry| &entry.node));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}
