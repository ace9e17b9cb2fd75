//! `x-rust-type` and `rust-type`: a type of another crate stands for a schema.

use std::borrow::Cow;

use super::Builder;
use super::types::{Kind, kinds_of};
use super::view::{Key, View, identity};
use crate::config::Config;
use crate::diagnostic::Code;
use crate::document::Node;
use crate::ir::{Foreign, ForeignForm, ForeignId, Origin, Type};
use crate::model::Schemas;
use crate::resolve::Resolved;

/// The extension that names a type.
pub(super) const EXTENSION: &str = "x-rust-type";

/// The schemas, with the types that the configuration names as if the document named them.
pub(super) fn configured<'a>(resolved: &'a Resolved, config: &Config) -> Cow<'a, Schemas> {
    let mut schemas = Cow::Borrowed(&resolved.schemas);
    for (name, id) in &resolved.named {
        let Some(chosen) = config.schema(name).and_then(|schema| schema.rust_type.as_ref()) else { continue };
        let index = usize::try_from(id.0).unwrap_or(usize::MAX);
        if let Some((_, schema)) = schemas.to_mut().by_pointer.get_index_mut(index) {
            let node = Node::string(chosen.get_ref().as_str(), config.span(chosen).unwrap_or(schema.span));
            schema.extensions.insert(EXTENSION.to_owned(), node);
        }
    }
    schemas
}

impl Builder<'_> {
    /// The type of another crate that stands for the schemas of a key.
    pub(super) fn foreign(&mut self, key: &Key, view: &View, origin: &Origin) -> Option<Type> {
        let own = |schema| self.schemas.get(identity(self.schemas, schema).0).extensions.get(EXTENSION);
        let node = key.iter().filter(|part| !part.chosen).find_map(|part| own(part.schema))?.clone();
        let mut kinds = kinds_of(view.kinds());
        let form = match (kinds.next(), kinds.next()) {
            (Some(Kind::String), None) => ForeignForm::Text,
            (Some(Kind::Integer), None) => ForeignForm::Integer,
            (Some(Kind::Number), None) => ForeignForm::Number,
            _ => {
                let message = "a type of another crate can stand for a string, an integer or a number only";
                self.report(Code::RustType, node.span, &origin.pointer, message)
                    .help("say `type: string`, `integer` or `number`, or remove the type of the other crate");
                return None;
            }
        };
        let Some(path) = node.as_str() else {
            self.report(Code::RustType, node.span, &origin.pointer, format!("`{EXTENSION}` is not text"));
            return None;
        };
        // One type has one spelling.
        let path = path.strip_prefix("::").unwrap_or(path).to_owned();
        let foreign = Foreign { path, form, span: node.span };
        let known = self.api.foreign.iter().position(|known| known.path == foreign.path && known.form == form);
        let index = known.unwrap_or(self.api.foreign.len());
        if known.is_none() {
            self.api.foreign.push(foreign);
        }
        Some(Type::Foreign(ForeignId(index)))
    }
}
