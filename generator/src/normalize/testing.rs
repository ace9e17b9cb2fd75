//! What the tests of this folder share: trees from text, text from trees, documents from text.

use crate::diagnostic::Diagnostics;
use crate::document::{self, FileId, Node, Value};
use crate::normalize::{Normalized, normalize};
use crate::source::Files;

/// A tree from JSON or YAML.
pub(crate) fn node(text: &str) -> Node {
    let mut diagnostics = Diagnostics::new();
    let Ok(node) = document::parse(FileId(0), text, &mut diagnostics) else { panic!("{text}") };
    node
}

/// A tree as JSON without spaces, members in order.
pub(crate) fn text(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(string) => format!("{string:?}"),
        Value::Array(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let members = object.iter().map(|(key, entry)| format!("{key:?}:{}", text(&entry.node)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

/// Normalizes a document of one or several files; the first is the entry.
pub(crate) fn normalized(files: &[(&str, &str)]) -> (Normalized, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let read = |path: &std::path::Path| {
        let path = path.to_string_lossy().replace('\\', "/");
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
    };
    let name = files.first().map_or("", |(name, _)| name);
    let options = document::LoadOptions::default();
    let loaded =
        document::load_with(std::path::Path::new(name), &read, &mut Files::default(), &options, &mut diagnostics);
    let Ok(documents) = loaded else { panic!("{diagnostics:?}") };
    match normalize(documents, &mut diagnostics) {
        Ok(normalized) => (normalized, diagnostics),
        Err(_) => panic!("{diagnostics:?}"),
    }
}

/// A document around some paths and components.
pub(crate) fn document(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: t, version: '1'}}\n{rest}")
}

/// Normalizes a document of one file.
pub(crate) fn one(text: &str) -> (Normalized, Diagnostics) {
    normalized(&[("api.yaml", text)])
}

/// A schema as text; what is missing is named.
pub(crate) fn schema(normalized: &Normalized, pointer: &str) -> String {
    normalized.schemas.get(pointer).map_or_else(|| format!("{pointer} is missing"), text)
}

/// What stands at a pointer of the skeleton.
pub(crate) fn place<'a>(normalized: &'a Normalized, pointer: &str) -> Option<&'a Node> {
    crate::pointer::find(&normalized.skeleton, pointer)
}

/// What stands at a pointer of the skeleton, as text; what is missing is named.
pub(crate) fn at(normalized: &Normalized, pointer: &str) -> String {
    place(normalized, pointer).map_or_else(|| format!("{pointer} is missing"), text)
}

/// Asserts that nothing was reported.
#[track_caller]
pub(crate) fn assert_clean(diagnostics: &Diagnostics) {
    assert!(diagnostics.is_empty(), "{:#?}", diagnostics.iter().collect::<Vec<_>>());
}
