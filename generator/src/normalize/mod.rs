//! One dialect out of Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2: comes in as trees, goes out as a skeleton and flat schemas.
//!
//! The skeleton always deserializes as `openapiv3::OpenAPI`; what OpenAPI 3.0 cannot say rides in `x-norm-…`.
//! Schemas go the other way, up to JSON Schema 2020-12, and are kept apart: where one stood, there is
//! `{"$ref": "<canonical pointer>"}`. References between other objects are replaced by copies of their targets.

mod coverage;
mod finish;
mod fit;
mod follow;
pub mod grammar;
mod hoist;
mod missing;
pub mod order;
mod place;
mod references;
mod schema;
mod swagger;
mod version;
mod walk;

#[cfg(test)]
mod coverage_tests;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use coverage::CoverageRow;
pub use version::Version;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{Documents, Node, Value};
use grammar::Kind;
use place::{FileNames, Place};
use references::References;
use walk::Walk;

/// A document in one dialect.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalized {
    /// Everything but the schemas; deserializes as `openapiv3::OpenAPI`.
    pub skeleton: Node,
    /// Every schema by its canonical pointer, one level deep: children are `{"$ref": "<canonical pointer>"}`.
    pub schemas: IndexMap<String, Node>,
    /// What the document said it was.
    pub version: Version,
}

/// Brings a document into one dialect.
pub fn normalize(mut documents: Documents, diagnostics: &mut Diagnostics) -> Result<Normalized, Reported> {
    let version = version_of(&documents, diagnostics)?;
    if version == Version::Swagger2 {
        report_unknown(&documents, diagnostics);
        swagger::upgrade(&mut documents, diagnostics);
    }
    if let Some(entry) = documents.roots.first_mut() {
        order::by_name(&mut entry.tree);
    }
    let found = walk_all(&documents, version, diagnostics);
    for document in documents.roots {
        dismantle(document.tree);
    }
    found
}

/// What a document uses of the specification: one row for each keyword, counted as it was written.
pub fn coverage(documents: &Documents) -> Vec<CoverageRow> {
    // What is wrong with the document is said when it is generated from.
    let version = version_of(documents, &mut Diagnostics::new());
    version.map_or_else(|_| Vec::new(), |version| coverage::survey(documents, version).0)
}

fn version_of(documents: &Documents, diagnostics: &mut Diagnostics) -> Result<Version, Reported> {
    match documents.roots.first() {
        Some(entry) => version::detect(&entry.tree, diagnostics),
        None => Err(diagnostics.error(Code::UnreadableFile, None, "there is no document")),
    }
}

/// Says which keywords Swagger 2.0 does not know, before rewriting drops them.
fn report_unknown(documents: &Documents, diagnostics: &mut Diagnostics) {
    for unknown in coverage::survey(documents, Version::Swagger2).1 {
        follow::report_unknown(unknown.kind, unknown.key, unknown.span, diagnostics);
    }
}

/// Walks the first document and everything that it refers to.
fn walk_all(documents: &Documents, version: Version, diagnostics: &mut Diagnostics) -> Result<Normalized, Reported> {
    let Some(entry) = documents.roots.first() else {
        return Err(diagnostics.error(Code::UnreadableFile, None, "there is no document"));
    };
    let paths = documents.roots.iter().map(|document| (document.file, document.path.to_string_lossy().into_owned()));
    let names = FileNames::new(entry.file, paths);
    let mut walk = Walk::new(References::new(documents), names, version, diagnostics);
    let root = Place::root(entry.file);
    walk.components(&entry.tree, &root);
    let skeleton = walk.object(Kind::Root, &entry.tree, &root);
    walk.drain();
    let schemas = std::mem::take(&mut walk.schemas);
    skeleton.map(|skeleton| Normalized { skeleton, schemas, version }).ok_or(Reported)
}

/// Drops a tree without recursion: the nest may be deeper than the stack.
fn dismantle(root: Node) {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match node.value {
            Value::Object(object) => stack.extend(object.into_values().map(|entry| entry.node)),
            Value::Array(items) => stack.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
