//! Swagger 2.0 becomes OpenAPI 3: comes in as trees, the same trees go out rewritten, schemas still in their places.
//!
//! Sections of the root move first; path items, shared parameters and shared responses follow, also those in other files.

mod body;
mod operation;
mod parameter;
mod response;
mod security;
#[cfg(test)]
pub(super) mod tests;

use std::collections::BTreeMap;

use super::place::Place;
use super::references::References;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Documents, Entry, Node, Object, Span, Value};

/// Where body and form parameters that several operations share are kept, for references to find their schemas.
pub(super) const SHARED_BODIES: &str = "x-norm-body-parameters";

/// What the root of the document says for all operations.
#[derive(Debug, Clone, Default)]
struct Defaults {
    consumes: Vec<String>,
    produces: Vec<String>,
    host: Option<String>,
    base_path: String,
}

/// What is rewritten while the trees are read.
struct Upgrade<'a, 'd> {
    references: References<'a>,
    defaults: Defaults,
    diagnostics: &'d mut Diagnostics,
    /// The new nodes, by their places.
    changes: BTreeMap<Place, Node>,
}

/// Rewrites all documents.
pub(super) fn upgrade(documents: &mut Documents, diagnostics: &mut Diagnostics) {
    let Some(entry) = documents.roots.first().map(|document| document.file) else { return };
    let mut defaults = Defaults::default();
    for document in &mut documents.roots {
        if document.file == entry {
            defaults = read_defaults(&document.tree);
        }
        if document.file == entry || document.tree.get("swagger").is_some() {
            move_sections(&mut document.tree, diagnostics);
        }
    }
    for (place, node) in rewrite(documents, defaults, diagnostics) {
        let root = documents.roots.iter_mut().find(|document| document.file == place.file);
        if let Some(old) = root.and_then(|document| find_mut(&mut document.tree, &place.pointer)) {
            *old = node;
        }
    }
}

/// The new nodes of path items, parameters and responses.
fn rewrite(documents: &Documents, defaults: Defaults, diagnostics: &mut Diagnostics) -> BTreeMap<Place, Node> {
    let references = References::new(documents);
    let mut upgrade = Upgrade { references, defaults, diagnostics, changes: BTreeMap::new() };
    for document in &documents.roots {
        let root = Place::root(document.file);
        let components = document.tree.get("components");
        for (section, is_response) in [("parameters", false), ("responses", true)] {
            let place = root.child("components").child(section);
            let members = components.and_then(|components| components.get(section)).and_then(Node::as_object);
            for (name, entry) in members.into_iter().flatten() {
                let place = place.child(name);
                if is_response {
                    upgrade.shared_response(&entry.node, place)
                } else {
                    upgrade.shared_parameter(&entry.node, place)
                }
            }
        }
    }
    let Some(entry) = documents.roots.first() else { return upgrade.changes };
    let place = Place::root(entry.file).child("paths");
    for (path, member) in entry.tree.get("paths").and_then(Node::as_object).into_iter().flatten() {
        if !path.starts_with("x-") {
            upgrade.path_item(&member.node, place.child(path));
        }
    }
    upgrade.changes
}

fn read_defaults(root: &Node) -> Defaults {
    let host = root.get("host").and_then(Node::as_str).map(str::to_owned);
    Defaults {
        consumes: texts(root, "consumes").unwrap_or_default(),
        produces: texts(root, "produces").unwrap_or_default(),
        host: host.filter(|host| !host.is_empty()),
        base_path: root.get("basePath").and_then(Node::as_str).unwrap_or_default().to_owned(),
    }
}

/// Moves the sections of a root to where OpenAPI 3 has them.
fn move_sections(root: &mut Node, diagnostics: &mut Diagnostics) {
    let defaults = read_defaults(root);
    let span = root.remove("swagger").map_or(root.span, |node| node.span);
    if let Some(object) = root.as_object_mut() {
        object.shift_insert(0, "openapi".into(), Entry { key: span, node: Node::string("3.0.3", span) });
    }
    if let Some(servers) = servers(root.get("schemes"), &defaults, root.span, diagnostics) {
        root.insert("servers", servers);
    }
    for key in ["host", "basePath", "schemes", "consumes", "produces"] {
        root.remove(key);
    }
    let mut components = root.remove("components").unwrap_or_else(|| empty(span));
    for (old, new) in [("definitions", "schemas"), ("responses", "responses")] {
        if let Some(section) = root.remove(old) {
            components.insert(new, section);
        }
    }
    if let Some(parameters) = root.remove("parameters") {
        let (bodies, others) = split_bodies(parameters);
        components.insert("parameters", others);
        components.insert(SHARED_BODIES, bodies);
    }
    if let Some(mut schemes) = root.remove("securityDefinitions") {
        for (_, entry) in schemes.as_object_mut().into_iter().flatten() {
            security::scheme(&mut entry.node, diagnostics);
        }
        components.insert("securitySchemes", schemes);
    }
    root.insert("components", components);
}

/// Body and form parameters apart from the others.
fn split_bodies(mut parameters: Node) -> (Node, Node) {
    let span = parameters.span;
    let (mut bodies, mut others) = (Object::new(), Object::new());
    if let Some(object) = parameters.as_object_mut() {
        for (name, entry) in std::mem::take(object) {
            let body = matches!(entry.node.get("in").and_then(Node::as_str), Some("body" | "formData"));
            if body {
                bodies.insert(name, entry)
            } else {
                others.insert(name, entry)
            };
        }
    }
    (Node::new(Value::Object(bodies), span), Node::new(Value::Object(others), span))
}

/// `host`, `basePath` and `schemes` as servers, the encrypted one first.
fn servers(schemes: Option<&Node>, defaults: &Defaults, span: Span, diagnostics: &mut Diagnostics) -> Option<Node> {
    let schemes = schemes.and_then(Node::as_array).unwrap_or_default();
    for socket in schemes.iter().filter(|scheme| matches!(scheme.as_str(), Some("ws" | "wss"))) {
        let message = "the client speaks HTTP only; addresses of web sockets have no effect";
        diagnostics.report(Code::UnsupportedKeyword, Some(socket.span), message);
    }
    let base = defaults.base_path.trim_end_matches('/');
    let urls = match &defaults.host {
        Some(host) => {
            let mut named: Vec<&str> =
                schemes.iter().filter_map(Node::as_str).filter(|scheme| scheme.starts_with("http")).collect();
            if named.is_empty() {
                named.push("https");
            }
            named.sort_by_key(|scheme| *scheme != "https");
            named.iter().map(|scheme| format!("{scheme}://{host}{base}")).collect()
        }
        None if base.is_empty() => return None,
        None => vec![base.to_owned()],
    };
    let server = |url: String| object([("url", Node::string(url, span))], span);
    Some(Node::new(Value::Array(urls.into_iter().map(server).collect()), span))
}

/// The node that a pointer names, to change it.
fn find_mut<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut node = root;
    for token in pointer.split('/').skip(1) {
        let token = crate::pointer::unescape(token);
        node = match &mut node.value {
            Value::Object(object) => object.get_mut(&*token).map(|entry| &mut entry.node)?,
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?)?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
    }
    Some(node)
}

/// The strings in an array; `None` when the key is missing.
fn texts(node: &Node, key: &str) -> Option<Vec<String>> {
    let items = node.get(key)?.as_array()?;
    Some(items.iter().filter_map(Node::as_str).map(str::to_owned).collect())
}

fn empty(span: Span) -> Node {
    Node::new(Value::Object(Object::new()), span)
}

/// An object of the program's own making.
fn object<const N: usize>(members: [(&str, Node); N], span: Span) -> Node {
    let members = members.into_iter().map(|(key, node)| (key.into(), Entry { key: node.span, node }));
    Node::new(Value::Object(members.collect()), span)
}
