//! `enum` and `const`: open enums of strings and integers, constants, mixtures.

use std::collections::BTreeSet;

use super::types::number_text;
use super::view::{Key, View, key};
use super::{Builder, docs};
use crate::document::{Node, Value};
use crate::ir::{
    Docs, Guard, IntegerValue, IntegerWidth, Limits, Origin, Shape, StringValue, Type, TypeName, Union, UnionRule,
    Variant,
};
use crate::model::{Schema, SchemaId};

impl Builder<'_> {
    /// The type of a schema with `enum` or `const`, or with alternatives that are all constants.
    pub(super) fn enumeration(&mut self, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Option<Type> {
        if let Some(shape) = self.constant_alternatives(view) {
            return Some(self.enum_of(shape, key, name, origin));
        }
        // An empty list would forbid every value; nobody means that.
        let said = view.values.as_ref().filter(|values| !values.is_empty())?;
        let values: Vec<&Node> = said.iter().filter(|node| node.value != Value::Null).collect();
        let strings: Vec<&str> = values.iter().filter_map(|node| node.as_str()).collect();
        let integers: Vec<i64> = values.iter().filter_map(|node| number_text(node)?.parse().ok()).collect();
        let numbers = values.iter().filter(|node| number_text(node).is_some()).count();
        let kinds = view.kinds();
        if values.is_empty() {
            return Some(Type::Null);
        }
        // Documents write `enum: [1, 2]` beside `type: string` when they mean the texts, since YAML reads them as numbers.
        if strings.len() == values.len()
            || (kinds.string && strings.len() + numbers == values.len() && !kinds.number && !kinds.integer)
        {
            let texts = values.iter().filter_map(|node| node.as_str().or_else(|| number_text(node)));
            let values = string_values(texts, view);
            return Some(self.enum_of(Shape::StringEnum(values), key, name, origin));
        }
        if integers.len() == values.len() {
            return Some(self.integer_enum(&integers, view, key, name, origin));
        }
        if values.iter().all(|node| node.as_bool().is_some()) {
            return Some(Type::Boolean);
        }
        if numbers == values.len() {
            return Some(Type::Double);
        }
        if !strings.is_empty() && values.iter().all(|node| is_scalar(node)) {
            return Some(self.mixed_enum(&strings, &values, view, key, name, origin));
        }
        // Arrays and objects as values: what `type` and the other keywords say is all there is to a type.
        None
    }

    fn enum_of(&mut self, shape: Shape, key: &Key, name: &TypeName, origin: &Origin) -> Type {
        let id = self.define(key, name, origin);
        if let Some(def) = self.def_mut(id) {
            def.shape = shape;
        }
        Type::Named(id)
    }

    fn integer_enum(&mut self, integers: &[i64], view: &View, key: &Key, name: &TypeName, origin: &Origin) -> Type {
        let names = extension_list(view, "x-enum-varnames");
        let texts = extension_list(view, "x-enum-descriptions");
        let (mut values, mut known) = (Vec::new(), BTreeSet::new());
        for (index, wire) in integers.iter().enumerate() {
            if known.insert(*wire) {
                let docs = docs::text(texts.get(index).copied().flatten());
                let rust_name = names.get(index).copied().flatten().map(str::to_owned);
                values.push(IntegerValue { wire: *wire, rust_name, docs });
            }
        }
        self.enum_of(Shape::IntegerEnum(values), key, name, origin)
    }

    /// Strings beside numbers or booleans: an enum for the strings, plain types for the rest.
    fn mixed_enum(
        &mut self,
        strings: &[&str],
        values: &[&Node],
        view: &View,
        key: &Key,
        name: &TypeName,
        origin: &Origin,
    ) -> Type {
        let id = self.define(key, name, origin);
        let part = TypeName::Child { parent: id, part: "text".to_owned() };
        let text = self.reserve(part, origin.clone());
        if let Some(def) = self.def_mut(text) {
            def.shape = Shape::StringEnum(string_values(strings.iter().copied(), view));
        }
        let mut variants = Vec::new();
        if values.iter().any(|node| node.as_bool().is_some()) {
            variants.push(plain("boolean", Type::Boolean, Guard::Boolean));
        }
        let numbers: Vec<&str> = values.iter().filter_map(|node| number_text(node)).collect();
        if !numbers.is_empty() {
            let whole = numbers.iter().all(|text| text.parse::<i64>().is_ok());
            variants.push(if whole {
                plain("integer", Type::Integer(IntegerWidth::I64), Guard::Integer)
            } else {
                plain("number", Type::Double, Guard::Number)
            });
        }
        variants.push(plain("text", Type::Named(text), Guard::String));
        if let Some(def) = self.def_mut(id) {
            def.shape = Shape::Union(Union { rule: UnionRule::Guards, variants });
        }
        Type::Named(id)
    }

    /// `oneOf: [{const: a, description: …}, {const: b, …}]`: the way to describe each value of an enum.
    fn constant_alternatives(&self, view: &View) -> Option<Shape> {
        let [choice] = view.choices.as_slice() else { return None };
        let mut constants: Vec<(&Node, &Schema)> = Vec::new();
        let mut known = BTreeSet::new();
        for member in choice.members.iter().filter(|id| !super::view::means_null(self.schemas.get(**id))) {
            let schema = self.schemas.get(*member);
            let constant = match (&schema.constant, schema.values.as_deref()) {
                (Some(constant), _) => constant,
                (None, Some([only])) if self.schema_name(*member).is_none() => only,
                _ => return None,
            };
            // Only strings and numbers make an enum.
            let text = constant.as_str().or_else(|| number_text(constant))?;
            if known.insert((constant.as_str().is_some(), text)) {
                constants.push((constant, schema));
            }
        }
        if constants.is_empty() {
            return None;
        }
        // A title that is the name says nothing more.
        let docs = |schema: &Schema| {
            let title = schema.title.as_deref().filter(|title| !super::union::is_name(title));
            docs::text(schema.description.as_deref().or(title))
        };
        let string = |(node, schema): &(&Node, &Schema)| {
            Some(StringValue { wire: node.as_str()?.to_owned(), rust_name: None, docs: docs(schema) })
        };
        // A number says nothing by itself: its title is its name.
        let integer = |(node, schema): &(&Node, &Schema)| {
            let rust_name = schema.title.clone().filter(|title| super::union::is_name(title));
            Some(IntegerValue { wire: number_text(node)?.parse().ok()?, rust_name, docs: docs(schema) })
        };
        let strings: Option<Vec<StringValue>> = constants.iter().map(string).collect();
        let integers = || constants.iter().map(integer).collect::<Option<Vec<IntegerValue>>>().map(Shape::IntegerEnum);
        strings.map(Shape::StringEnum).or_else(integers)
    }

    /// The one value that a schema allows, as JSON text, when it is a scalar.
    pub(super) fn constant(&self, key: &Key) -> Option<String> {
        let view = View::of(self.schemas, key);
        match view.values.as_deref()? {
            [only] if is_scalar(only) && only.value != Value::Null => Some(json(only)),
            _ => None,
        }
    }

    /// The strings that a schema allows, when it allows only some.
    pub(super) fn allowed_strings(&self, schema_key: &Key) -> Option<Vec<String>> {
        let values = self.allowed_values(schema_key)?;
        let strings: Vec<String> = values.iter().filter_map(|node| node.as_str().map(str::to_owned)).collect();
        (!strings.is_empty() && strings.len() == values.len()).then_some(strings)
    }

    fn allowed_values(&self, schema_key: &Key) -> Option<Vec<Node>> {
        let key = match schema_key.as_slice() {
            [part] => key(super::view::identity(self.schemas, part.schema).0),
            _ => schema_key.clone(),
        };
        View::of(self.schemas, &key).values
    }

    /// The texts of the strings, integers and booleans that a schema allows, where it allows nothing else: what can tell
    /// the members of a union apart.
    pub(super) fn allowed_scalars(&self, schema_key: &Key) -> Option<Vec<String>> {
        let texts = self.allowed_values(schema_key)?.iter().map(scalar_text).collect::<Option<Vec<_>>>()?;
        (!texts.is_empty()).then_some(texts)
    }

    /// Whether a schema is a string, with or without a list of values.
    pub(super) fn is_open_string(&self, id: SchemaId) -> bool {
        let (target, _) = super::view::identity(self.schemas, id);
        let view = View::of(self.schemas, &key(target));
        view.kinds().string && view.values.is_none() && view.choices.is_empty() && view.format.is_none()
    }
}

/// The text of a value as it is in JSON, without the quotes of a string.
fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(text) if text.parse::<i64>().is_ok() => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn string_values<'a>(texts: impl Iterator<Item = &'a str>, view: &View) -> Vec<StringValue> {
    let names = extension_list(view, "x-enum-varnames");
    let descriptions = extension_list(view, "x-enum-descriptions");
    let (mut values, mut known) = (Vec::new(), BTreeSet::new());
    for (index, wire) in texts.enumerate() {
        if known.insert(wire) {
            let description = descriptions.get(index).copied().flatten().or_else(|| keyed_description(view, wire));
            let rust_name = names.get(index).copied().flatten().map(str::to_owned);
            values.push(StringValue { wire: wire.to_owned(), rust_name, docs: docs::text(description) });
        }
    }
    values
}

fn extension_list<'v>(view: &'v View, name: &str) -> Vec<Option<&'v str>> {
    let items = view.extensions.get(name).and_then(Node::as_array).unwrap_or_default();
    items.iter().map(Node::as_str).collect()
}

/// `x-enum-descriptions` is also written as an object, from value to text.
fn keyed_description<'v>(view: &'v View, wire: &str) -> Option<&'v str> {
    view.extensions.get("x-enum-descriptions")?.get(wire)?.as_str()
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::Bool(_) | Value::Number(_) | Value::String(_))
}

pub(super) fn plain(name: &str, ty: Type, guard: Guard) -> Variant {
    Variant {
        name: name.to_owned(),
        ty,
        tags: Vec::new(),
        adds_tag: false,
        fallback: false,
        guard,
        limits: Limits::default(),
        docs: Docs::default(),
    }
}

fn json(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.to_string(),
        Value::String(text) => serde_json::Value::from(&**text).to_string(),
        Value::Array(_) | Value::Object(_) => String::new(),
    }
}
