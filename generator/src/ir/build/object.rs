//! Objects: structs with fields, constants, prefixed and further properties; maps where nothing is declared.

use super::view::{self, Key, View, key};
use super::{Builder, docs, types};
use crate::diagnostic::Code;
use crate::document::Value;
use crate::ir::{Constant, Docs, Field, FieldForm, Origin, Prefixed, Presence, Shape, Struct, Type, TypeId, TypeName};
use crate::model::SchemaId;

/// How many fields all structs may have together, beside two for each schema.
const MOST_FIELDS: usize = 100_000;

impl Builder<'_> {
    pub(super) fn object(&mut self, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        if is_map(view) {
            return self.map(key, view, name, origin);
        }
        if self.unfolds_too_far(view, origin) {
            return Type::Any;
        }
        let id = self.define(key, name, origin);
        self.define_struct(id, key, view, origin)
    }

    /// Whether the structs have got far more fields than the document declares: each one that takes in others by `allOf`
    /// has all of theirs, so that a few lines can ask for millions.
    fn unfolds_too_far(&mut self, view: &View, origin: &Origin) -> bool {
        let was_within = !self.has_unfolded_too_far();
        self.fields += view.properties.len();
        if self.has_unfolded_too_far() && was_within {
            let message = format!("up to here the schemas unfold to more than {} fields", self.most_fields());
            self.report(Code::TooLarge, origin.span, &origin.pointer, message);
        }
        self.has_unfolded_too_far()
    }

    /// Whether that was reported: then nothing is generated, and no further type is worth its time.
    pub(super) fn has_unfolded_too_far(&self) -> bool {
        self.fields > self.most_fields()
    }

    fn most_fields(&self) -> usize {
        MOST_FIELDS + 2 * self.schemas.count()
    }

    /// The object among several JSON types: a type of its own beside that of the key, which its properties may refer to.
    pub(super) fn object_inside(&mut self, key: &Key, view: &View, name: TypeName, origin: &Origin) -> Type {
        if is_map(view) {
            return self.map(key, view, &name, origin);
        }
        let id = self.reserve(name, origin.clone());
        self.define_struct(id, key, view, origin)
    }

    fn define_struct(&mut self, id: TypeId, key: &Key, view: &View, origin: &Origin) -> Type {
        let shape = self.struct_of(key, view, origin);
        let limits = self.limits(key);
        if let Some(def) = self.def_mut(id) {
            def.limits = limits;
            def.shape = Shape::Struct(shape);
        }
        Type::Named(id)
    }

    /// An object without declared properties keeps whatever it has: an empty struct would throw it away.
    fn map(&mut self, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        let part = self.part(key, name, "value");
        let further = types::further(view.additional);
        let mut values = Vec::new();
        for pattern in view.patterns.values() {
            values.push(self.type_of(pattern, part.clone()));
        }
        values.extend(further.map(|schema| self.type_or_any(schema, part)));
        let value = self.one_type(&values, origin);
        Type::Map(Box::new(value))
    }

    fn struct_of(&mut self, key: &Key, view: &View, origin: &Origin) -> Struct {
        let mut shape = Struct::default();
        let lenient = self.lenient(key);
        for (wire, property) in &view.properties {
            let required = view.required.contains(wire);
            self.property(key, wire, property, required, &lenient, &mut shape);
        }
        for wire in view.required.iter().filter(|wire| !view.properties.contains_key(*wire)) {
            let message = format!("`required` names `{wire}`, which is not among the properties");
            self.report(Code::MissingProperty, origin.span, &origin.pointer, message)
                .help("it is not part of the type; declare it under `properties`");
        }
        self.further_properties(key, view, origin, &mut shape);
        shape
    }

    fn property(
        &mut self,
        parent: &Key,
        wire: &str,
        property: &Key,
        required: bool,
        lenient: &Lenient,
        shape: &mut Struct,
    ) {
        let Some(first) = property.first().map(|part| part.schema) else { return };
        if View::of(self.schemas, property).never {
            return;
        }
        let mut docs = docs::of_use(self.schemas, first);
        if (required || self.defaults_to_constant(first))
            && let Some(json) = self.constant(property)
        {
            shape.constants.push(Constant { wire: wire.to_owned(), json, docs });
            return;
        }
        let name = self.part(parent, &TypeName::Of { owner: String::new(), part: String::new() }, wire);
        let made = match self.only_text(property) {
            Some(only) => {
                docs.notes.push(format!("Always {}.", docs::code(&only)));
                Type::String
            }
            None => self.type_of(property, name),
        };
        let (ty, nullable) = match made {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        };
        let strict = required && !lenient.covers(wire);
        let schema = self.schemas.get(first);
        shape.fields.push(Field {
            wire: wire.to_owned(),
            rust_name: schema.extensions.get("x-rust-name").and_then(|node| node.as_str()).map(str::to_owned),
            ty,
            presence: presence(strict, nullable, schema.default.as_ref().is_some_and(|node| node.value == Value::Null)),
            form: FieldForm::Plain,
            docs,
            deprecated: schema.deprecated,
            read_only: self.said_along(first, |schema| schema.read_only),
            write_only: self.said_along(first, |schema| schema.write_only),
            limits: self.limits(property),
            origin: self.origin(first),
        });
    }

    /// The one text that an optional property can hold: an enum of a single variant would say no more than a string does.
    fn only_text(&self, property: &Key) -> Option<String> {
        let [part] = property.as_slice() else { return None };
        let unnamed = self.schema_name(view::identity(self.schemas, part.schema).0).is_none();
        match self.allowed_strings(property)?.as_slice() {
            [only] if unnamed && !view::nullable(self.schemas, part.schema) => Some(only.clone()),
            _ => None,
        }
    }

    /// A constant that is also the default is what everybody gets: it is written although it is optional.
    fn defaults_to_constant(&self, id: SchemaId) -> bool {
        let schema = self.schemas.get(id);
        let same = |constant: &crate::document::Node| {
            schema.default.as_ref().is_some_and(|default| default.value == constant.value)
        };
        schema.constant.as_ref().is_some_and(same)
    }

    /// Whether a schema or the one that it stands for says something about itself.
    fn said_along(&self, id: SchemaId, says: impl Fn(&crate::model::Schema) -> bool) -> bool {
        says(self.schemas.get(id)) || says(self.schemas.get(view::identity(self.schemas, id).0))
    }

    /// The type of values for which several schemas hold, each for other keys: theirs if it is one type, else any.
    fn one_type(&mut self, types: &[Type], origin: &Origin) -> Type {
        match types.split_first() {
            Some((first, others)) if others.iter().all(|ty| ty == first) => first.clone(),
            _ if types.is_empty() || types.contains(&Type::Any) => Type::Any,
            _ => {
                let message = "the values of several patterns of property names have no one type; they are any JSON";
                self.report(Code::UntypedSchema, origin.span, &origin.pointer, message);
                Type::Any
            }
        }
    }

    fn further_properties(&mut self, parent: &Key, view: &View, origin: &Origin, shape: &mut Struct) {
        let unnamed = TypeName::Of { owner: String::new(), part: String::new() };
        let mut general = Vec::new();
        for (pattern, schemas) in &view.patterns {
            let first = schemas.first().map(|part| part.schema);
            let docs = first.map_or_else(Docs::default, |id| docs::of_use(self.schemas, id));
            match literal_prefix(pattern) {
                Some(prefix) => {
                    let name = self.part(parent, &unnamed, prefix.trim_end_matches(|c: char| !c.is_alphanumeric()));
                    let ty = self.type_of(schemas, name);
                    let limits = self.limits(schemas);
                    shape.prefixed.push(Prefixed { prefix, ty, limits, docs });
                }
                None => general.push(self.type_of(schemas, self.part(parent, &unnamed, "value"))),
            }
        }
        if let Some(schema) = types::further(view.additional) {
            general.push(self.type_or_any(schema, self.part(parent, &unnamed, "value")));
        }
        shape.extra = (!general.is_empty()).then(|| self.one_type(&general, origin));
        shape.extra_limits = self.limits_of_values(view);
    }

    /// Which required properties of the named schema may be missing all the same.
    fn lenient(&self, parent: &Key) -> Lenient {
        let name = match parent.as_slice() {
            [part] => self.schema_name(part.schema),
            _ => None,
        };
        match name.and_then(|name| self.config.schema(name)) {
            Some(config) if config.lenient => {
                Lenient::Except(config.strict.iter().map(|name| name.get_ref().clone()).collect())
            }
            _ => Lenient::No,
        }
    }

    /// The properties of an object schema, with whether they are required.
    pub(super) fn properties_of(&self, id: SchemaId) -> View {
        View::of(self.schemas, &key(view::identity(self.schemas, id).0))
    }
}

/// Whether no property has a name that could become a field.
pub(super) fn is_map(view: &View) -> bool {
    view.properties.is_empty() && !view.patterns.keys().any(|pattern| literal_prefix(pattern).is_some())
}

/// Whether missing required properties are forgiven.
enum Lenient {
    No,
    Except(Vec<String>),
}

impl Lenient {
    fn covers(&self, wire: &str) -> bool {
        match self {
            Self::No => false,
            Self::Except(strict) => !strict.iter().any(|name| name == wire),
        }
    }
}

fn presence(required: bool, nullable: bool, null_default: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) if null_default => Presence::OptionalNullDefault,
        (false, true) => Presence::OptionalNullable,
    }
}

/// The literal text that a pattern such as `^custom\.` or `^x-.*` asks keys to begin with; `None` for any other pattern.
pub(super) fn literal_prefix(pattern: &str) -> Option<String> {
    let rest = pattern.strip_prefix('^')?;
    let rest = rest
        .strip_suffix(".*$")
        .or_else(|| rest.strip_suffix(".+$"))
        .or_else(|| rest.strip_suffix(".*"))
        .unwrap_or(rest);
    let mut prefix = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped) if !escaped.is_alphanumeric() => prefix.push(escaped),
                _ => return None,
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            c => prefix.push(c),
        }
    }
    (!prefix.is_empty()).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::literal_prefix;

    #[test]
    fn only_a_literal_prefix_is_stripped() {
        assert_eq!(literal_prefix(r"^custom\."), Some("custom.".to_owned()));
        assert_eq!(literal_prefix("^x-"), Some("x-".to_owned()));
        assert_eq!(literal_prefix("^x-.*$"), Some("x-".to_owned()));
        assert_eq!(literal_prefix("^[a-z]+$"), None);
        assert_eq!(literal_prefix("^name$"), None);
        assert_eq!(literal_prefix("custom"), None);
        assert_eq!(literal_prefix(r"^\d"), None);
    }
}
