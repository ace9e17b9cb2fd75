//! What things are called in `names.lock`: by where they are in the API, never by their order in the document.

use std::collections::BTreeMap;

use crate::ir::{Api, Location, Operation, OperationId, Parameter, TypeDef, TypeId, TypeName};

use super::fingerprint;

/// The keys of types and operations, by their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    types: Vec<String>,
    operations: Vec<String>,
}

impl Keys {
    /// The keys of an API.
    pub(super) fn new(api: &Api) -> Self {
        let operations: Vec<String> = api.operations.iter().map(operation).collect();
        let mut types: Vec<String> =
            (0..api.types.len()).map(|index| ty(api, &operations, TypeId(index), api.types.len())).collect();
        make_unique(api, &mut types);
        Self { types, operations }
    }

    /// The key of a type.
    pub(super) fn ty(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    /// The key of an operation.
    pub(super) fn operation(&self, id: OperationId) -> &str {
        self.operations.get(id.0).map_or("", String::as_str)
    }
}

/// Something that the document names inside of something else.
pub(super) fn inside(key: &str, wire: &str) -> String {
    format!("{key} > {}", escape(wire))
}

/// Something inside of something else that the document does not name.
pub(super) fn beside(key: &str, what: &str) -> String {
    format!("{key} >> {what}")
}

/// The key of a schema that the document names.
pub(super) fn schema(name: &str) -> String {
    format!("schema {}", escape(name))
}

/// The key of a parameter.
pub(super) fn parameter(operation: &str, parameter: &Parameter) -> String {
    inside(operation, &format!("{} {}", location(parameter.location), parameter.wire))
}

/// Where a parameter travels, in one word.
pub(super) fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn operation(operation: &Operation) -> String {
    format!("{} {}", operation.method, escape(&operation.path))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('>', "\\>")
}

fn ty(api: &Api, operations: &[String], id: TypeId, depth: usize) -> String {
    let Some(def) = api.types.get(id.0) else { return String::new() };
    if let Some(first) = def.places.first() {
        return first.clone();
    }
    match &def.name {
        TypeName::Schema(name) => schema(name),
        TypeName::Child { parent, part } if depth > 0 => inside(&ty(api, operations, *parent, depth - 1), part),
        TypeName::Child { part, .. } => inside("part", part),
        TypeName::Input(of) if depth > 0 => beside(&ty(api, operations, *of, depth - 1), "input"),
        TypeName::Input(_) => beside("part", "input"),
        TypeName::Shared(words) => inside("part", words),
        TypeName::Of { owner, part } if part.is_empty() => format!("part {}", escape(owner)),
        TypeName::Of { owner, part } => inside(&format!("part {}", escape(owner)), part),
        TypeName::OfOperation { operation, part } => {
            let key = operations.get(operation.0).map_or("", String::as_str);
            match api.operations.get(operation.0).filter(|operation| is_shared(operation, def)) {
                // Declared for all operations of a path: which of them it is named after must not matter.
                Some(operation) => inside(&format!("path {}", escape(&operation.path)), part),
                None => inside(&format!("operation {key}"), part),
            }
        }
    }
}

/// Whether a type named after an operation is declared beside the operations of its path.
fn is_shared(operation: &Operation, def: &TypeDef) -> bool {
    let Some((path, _)) = operation.origin.pointer.rsplit_once('/') else { return false };
    def.origin.pointer.strip_prefix(path).is_some_and(|rest| rest.starts_with("/parameters/"))
}

/// Tells types with the same key apart by where they are declared and what they look like.
fn make_unique(api: &Api, keys: &mut [String]) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        same.entry(key.clone()).or_default().push(index);
    }
    let place = |index: &usize| {
        let pointer = api.types.get(*index).map(|def| def.origin.pointer.clone());
        (pointer, fingerprint::open(api, TypeId(*index)), *index)
    };
    for mut indices in same.into_values().filter(|indices| indices.len() > 1) {
        indices.sort_by_cached_key(place);
        for (number, index) in indices.into_iter().enumerate().skip(1) {
            if let Some(key) = keys.get_mut(index) {
                *key = beside(key, &(number + 1).to_string());
            }
        }
    }
}
