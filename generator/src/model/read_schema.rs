//! Flat trees to [`Schema`]: one level deep, so nothing here recurses.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::schema::{Additional, Discriminator, Schema, SchemaId, Schemas, Types};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Object, Value};
use crate::repair::Repair;

/// Keywords that bound values without changing their type.
const CONSTRAINTS: &[&str] = &[
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "contentMediaType",
];

/// Keywords that constrain under a condition; the client does not act on them.
const CONDITIONAL: &[&str] =
    &["if", "then", "else", "dependentSchemas", "dependencies", "contains", "minContains", "maxContains"];

/// Reads every schema.
pub(super) fn all(trees: &IndexMap<String, Node>, diagnostics: &mut Diagnostics) -> Schemas {
    let ids = Ids { trees };
    let by_pointer = trees.iter().map(|(pointer, tree)| (pointer.clone(), ids.schema(tree, diagnostics))).collect();
    Schemas { by_pointer }
}

/// The ids that canonical pointers have.
struct Ids<'a> {
    trees: &'a IndexMap<String, Node>,
}

impl Ids<'_> {
    fn id(&self, pointer: &str) -> Option<SchemaId> {
        self.trees.get_index_of(pointer).and_then(|index| u32::try_from(index).ok()).map(SchemaId)
    }

    /// The schema that a child's reference names.
    fn child(&self, node: &Node) -> Option<SchemaId> {
        self.id(node.get("$ref")?.as_str()?)
    }

    fn list(&self, tree: &Node, key: &str) -> Vec<SchemaId> {
        tree.get(key).and_then(Node::as_array).unwrap_or_default().iter().filter_map(|node| self.child(node)).collect()
    }

    fn map(&self, tree: &Node, key: &str) -> IndexMap<String, SchemaId> {
        let members = tree.get(key).and_then(Node::as_object).into_iter().flatten();
        members.filter_map(|(name, entry)| Some((name.to_string(), self.child(&entry.node)?))).collect()
    }

    fn one(&self, tree: &Node, key: &str) -> Option<SchemaId> {
        tree.get(key).and_then(|node| self.child(node))
    }

    /// `additionalProperties` and its like; `true`, `false` and `{}` need no schema of their own.
    fn additional(&self, tree: &Node, key: &str) -> Additional {
        let Some(node) = tree.get(key) else { return Additional::Unsaid };
        let Some(id) = self.child(node) else { return Additional::Allowed };
        match self.trees.get_index(id.0 as usize).map(|(_, tree)| &tree.value) {
            Some(Value::Bool(false)) => Additional::Forbidden,
            Some(Value::Bool(true)) => Additional::Allowed,
            Some(Value::Object(object)) if object.is_empty() => Additional::Allowed,
            Some(Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_)) | None => {
                Additional::Schema(id)
            }
        }
    }

    fn discriminator(&self, tree: &Node) -> Option<Discriminator> {
        let node = tree.get("discriminator")?;
        let mapping = node.get("mapping").and_then(Node::as_object).into_iter().flatten();
        Some(Discriminator {
            property: text(node, "propertyName")?,
            mapping: mapping
                .filter_map(|(tag, entry)| Some((tag.to_string(), self.id(entry.node.as_str()?)?)))
                .collect(),
            default: node.get("defaultMapping").and_then(Node::as_str).and_then(|pointer| self.id(pointer)),
            span: node.span,
        })
    }

    fn schema(&self, tree: &Node, diagnostics: &mut Diagnostics) -> Schema {
        Schema {
            span: tree.span,
            reference: tree.get("$ref").and_then(Node::as_str).and_then(|pointer| self.id(pointer)),
            never: tree.as_bool() == Some(false),
            types: types(tree),
            format: text(tree, "format"),
            values: tree.get("enum").and_then(Node::as_array).map(<[Node]>::to_vec),
            constant: tree.get("const").cloned(),
            title: text(tree, "title"),
            description: text(tree, "description"),
            link: tree.get("externalDocs").and_then(|docs| text(docs, "url")),
            default: tree.get("default").cloned(),
            examples: tree.get("examples").and_then(Node::as_array).unwrap_or_default().to_vec(),
            deprecated: flag(tree, "deprecated"),
            read_only: flag(tree, "readOnly"),
            write_only: flag(tree, "writeOnly"),
            properties: self.map(tree, "properties"),
            required: required(tree, diagnostics),
            additional: self.additional(tree, "additionalProperties"),
            unevaluated: self.additional(tree, "unevaluatedProperties"),
            patterns: self.map(tree, "patternProperties"),
            property_names: self.one(tree, "propertyNames"),
            items: self.one(tree, "items"),
            prefix_items: self.list(tree, "prefixItems"),
            all_of: self.list(tree, "allOf"),
            one_of: self.list(tree, "oneOf"),
            any_of: self.list(tree, "anyOf"),
            not: self.one(tree, "not"),
            discriminator: self.discriminator(tree),
            constraints: members(tree, |key| CONSTRAINTS.contains(&key)),
            conditional: object(tree).any(|(key, _)| CONDITIONAL.contains(&key)),
            xml: tree.get("xml").cloned(),
            content_encoding: text(tree, "contentEncoding"),
            content_media_type: text(tree, "contentMediaType"),
            extensions: members(tree, |key| key.starts_with("x-")),
        }
    }
}

fn text(tree: &Node, key: &str) -> Option<String> {
    tree.get(key)?.as_str().map(str::to_owned)
}

fn flag(tree: &Node, key: &str) -> bool {
    tree.get(key).and_then(Node::as_bool).unwrap_or(false)
}

/// The names in `required`, each once.
fn required(tree: &Node, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    let Some(list) = tree.get("required") else { return names };
    for item in list.as_array().unwrap_or_default() {
        let Some(name) = item.as_str() else { continue };
        if !known.insert(name) {
            let repair = Repair::Once(tree.span, "required".to_owned(), item.value.clone());
            let message = format!("`required` names `{name}` twice");
            diagnostics.report(Code::RepairedValue, Some(item.span), message).repair(repair);
        } else {
            names.push(name.to_owned());
        }
    }
    names
}

fn types(tree: &Node) -> Types {
    let mut types = Types::default();
    let Some(node) = tree.get("type") else { return types };
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    for name in names.iter().filter_map(Node::as_str) {
        match name {
            "null" => types.null = true,
            "boolean" => types.boolean = true,
            "integer" => types.integer = true,
            "number" => types.number = true,
            "string" => types.string = true,
            "array" => types.array = true,
            "object" => types.object = true,
            _ => {}
        }
    }
    types
}

fn object(tree: &Node) -> impl Iterator<Item = (&str, &crate::document::Entry)> {
    tree.as_object().map(Object::iter).into_iter().flatten().map(|(key, entry)| (&**key, entry))
}

fn members(tree: &Node, wanted: impl Fn(&str) -> bool) -> IndexMap<String, Node> {
    object(tree).filter(|(key, _)| wanted(key)).map(|(key, entry)| (key.to_owned(), entry.node.clone())).collect()
}
