//! Bytes to a format-independent tree with places: JSON and YAML, multi-file `$ref` loading, overlays.

mod build;
mod json;
mod jsonpath;
mod load;
mod node;
pub mod overlay;
mod parse;
mod references;
mod scalar;
mod serialize;
mod yaml;

pub use load::{Document, Documents, LoadOptions, ReadFile, load, load_text, load_with};
pub use node::{Entry, FileId, Node, Object, Span, Value};
pub use parse::parse;

#[cfg(test)]
mod tests;
