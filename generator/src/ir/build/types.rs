//! Schema → type: what kind of thing a schema is, and whether it gets a name of its own.

use super::view::{self, Key, View, identity};
use super::{Builder, MAX_DEPTH, State};
use crate::config::Spanned;
use crate::diagnostic::Code;
use crate::ir::{Origin, Shape, Type, TypeDef, TypeId, TypeName};
use crate::model::{Additional, SchemaId, Types};

impl Builder<'_> {
    /// The type of a schema where it is used; `name` is for a type that has to be named after this place.
    pub(super) fn type_at(&mut self, schema: SchemaId, name: TypeName) -> Type {
        self.type_of(&view::key(schema), name)
    }

    /// The type of a schema, or of anything when there is none.
    pub(super) fn type_or_any(&mut self, schema: Option<SchemaId>, name: TypeName) -> Type {
        schema.map_or(Type::Any, |schema| self.type_at(schema, name))
    }

    /// The type of schemas that hold together.
    pub(super) fn type_of(&mut self, key: &Key, name: TypeName) -> Type {
        if let [part] = key.as_slice()
            && !part.chosen
        {
            let (target, null) = identity(self.schemas, part.schema);
            let nullable = null || view::nullable(self.schemas, target);
            let ty = self.remembered(&view::key(target), name);
            return if nullable { nullable_type(ty) } else { ty };
        }
        let nullable = key.iter().all(|part| view::nullable(self.schemas, part.schema));
        let ty = self.remembered(key, name);
        if nullable { nullable_type(ty) } else { ty }
    }

    /// The type without `null`, made once.
    fn remembered(&mut self, key: &Key, name: TypeName) -> Type {
        let Some(first) = key.first().copied() else { return Type::Any };
        let named = match key.as_slice() {
            [part] if !part.chosen => self.schema_name(part.schema).map(str::to_owned),
            _ => None,
        };
        let origin = self.origin(first.schema);
        match self.types.get(key).cloned() {
            Some(State::Done(ty)) => return ty,
            Some(State::Pending(Some(id))) => return Type::Named(id),
            // An unnamed schema contains itself: it needs a name after all.
            Some(State::Pending(None)) => {
                let id = self.reserve(name, origin);
                self.types.insert(key.clone(), State::Pending(Some(id)));
                return Type::Named(id);
            }
            None => {}
        }
        if self.has_unfolded_too_far() {
            return Type::Any;
        }
        if self.depth >= MAX_DEPTH {
            self.report(
                Code::DeepType,
                origin.span,
                &origin.pointer,
                "types are nested too deeply; the rest is left as JSON",
            );
            return Type::Any;
        }
        let reserved = named.map(|schema| self.reserve(TypeName::Schema(schema), origin.clone()));
        self.types.insert(key.clone(), State::Pending(reserved));
        self.depth += 1;
        let made = self.make(key, &name, &origin);
        self.depth -= 1;
        let ty = self.settle(key, made);
        self.types.insert(key.clone(), State::Done(ty.clone()));
        ty
    }

    /// Brings together what was made and the name that was reserved meanwhile.
    fn settle(&mut self, key: &Key, made: Type) -> Type {
        let Some(State::Pending(Some(reserved))) = self.types.get(key).cloned() else { return made };
        let schema = key.first().map(|part| part.schema);
        match &made {
            Type::Named(id) if *id == reserved => {}
            _ => {
                let limits = self.limits(key);
                if let Some(def) = self.def_mut(reserved) {
                    def.limits = limits;
                    def.shape = Shape::Alias(made);
                }
            }
        }
        if let Some(schema) = schema {
            self.describe(reserved, schema);
        }
        Type::Named(reserved)
    }

    /// The id under which a struct, enum or union of this key is defined.
    pub(super) fn define(&mut self, key: &Key, name: &TypeName, origin: &Origin) -> TypeId {
        if let Some(State::Pending(Some(id))) = self.types.get(key) {
            return *id;
        }
        let id = self.reserve(name.clone(), origin.clone());
        self.types.insert(key.clone(), State::Pending(Some(id)));
        id
    }

    /// Decides what the schemas of a key are together.
    fn make(&mut self, key: &Key, name: &TypeName, origin: &Origin) -> Type {
        let view = View::of(self.schemas, key);
        self.report_view(&view, origin);
        if let Some(ty) = self.foreign(key, &view, origin) {
            return ty;
        }
        if let Some(ty) = self.enumeration(key, &view, name, origin) {
            return ty;
        }
        if let Some(ty) = self.choice(key, &view, name, origin) {
            return ty;
        }
        let kinds = view.kinds();
        let mut single = kinds_of(kinds);
        match (single.next(), single.next()) {
            (None, _) => self.untyped(&view, origin),
            (Some(kind), None) => self.of_kind(kind, key, &view, name, origin),
            (Some(_), Some(_)) => self.several_kinds(kinds, key, &view, name, origin),
        }
    }

    /// The type of a schema that has exactly one JSON type.
    pub(super) fn of_kind(&mut self, kind: Kind, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        match kind {
            Kind::Boolean => Type::Boolean,
            Kind::Integer => self.integer(view),
            Kind::Number if self.is_whole(key, view) => self.integer(view),
            // Whatever another format says: a server that says `float` sends what its own double prints, and the types
            // that stand for `decimal` are read from texts.
            Kind::Number => Type::Double,
            Kind::String => self.string(view),
            Kind::Array => self.array(key, view, name, origin),
            Kind::Object => self.object(key, view, name, origin),
        }
    }

    fn untyped(&mut self, view: &View, origin: &Origin) -> Type {
        if view.types.null && !view.has_not {
            return Type::Null;
        }
        if let Some(reason) = why_untyped(view) {
            let message = format!("{reason}; the value is any JSON");
            self.report(Code::UntypedSchema, origin.span, &origin.pointer, message);
        }
        Type::Any
    }

    fn array(&mut self, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        if !view.prefix_items.is_empty() {
            return self.tuple(key, view, name, origin);
        }
        let item = match &view.items {
            Some(items) => self.type_of(items, self.part(key, name, "item")),
            None => Type::Any,
        };
        Type::List(Box::new(item))
    }

    /// A tuple when its length is fixed; a list of anything where places may be missing.
    fn tuple(&mut self, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        let len = view.prefix_items.len();
        let bound =
            |keyword: &str| view.constraint(keyword).and_then(number_text).and_then(|text| text.parse::<usize>().ok());
        let closed =
            bound("maxItems") == Some(len) || view.items.as_ref().is_some_and(|key| View::of(self.schemas, key).never);
        if !(closed && bound("minItems") == Some(len) && len <= 12) {
            self.report(
                Code::UntypedSchema,
                origin.span,
                &origin.pointer,
                "the array may be shorter or longer than `prefixItems`; its items are any JSON",
            )
            .help("`minItems` and `items: false` make it a tuple");
            return Type::List(Box::new(Type::Any));
        }
        let items = view.prefix_items.iter().enumerate();
        Type::Tuple(
            items.map(|(index, id)| self.type_at(*id, self.part(key, name, &format!("item {}", index + 1)))).collect(),
        )
    }

    /// A name for something inside the type of a key: below the type if it has a name, else below the place it is used at.
    pub(super) fn part(&self, key: &Key, name: &TypeName, part: &str) -> TypeName {
        match self.types.get(key) {
            Some(State::Pending(Some(parent))) => TypeName::Child { parent: *parent, part: part.to_owned() },
            // What is inside an unnamed array is named as the array would be.
            _ if part == "item" || part == "value" => name.clone(),
            _ => name_with(name, part),
        }
    }

    fn several_kinds(&mut self, kinds: Types, key: &Key, view: &View, name: &TypeName, origin: &Origin) -> Type {
        self.union_of_kinds(kinds, key, view, name, origin)
    }

    fn report_view(&mut self, view: &View, origin: &Origin) {
        if view.contradiction {
            self.report(
                Code::ContradictoryAllOf,
                origin.span,
                &origin.pointer,
                "the parts of `allOf` name types that exclude each other",
            )
            .help("the first one is taken");
        }
        if view.too_deep {
            let message = "`$ref` and `allOf` take in others too many times here; the rest is left out";
            self.report(Code::DeepType, origin.span, &origin.pointer, message);
        }
    }

    /// Prose and configuration of a type that the document names.
    pub(super) fn describe(&mut self, id: TypeId, schema: SchemaId) {
        let docs = super::docs::of_schema(self.schemas, schema);
        let deprecated = self.schemas.get(schema).deprecated;
        let extension =
            self.schemas.get(schema).extensions.get("x-rust-name").and_then(|node| node.as_str()).map(str::to_owned);
        let configured = self
            .schema_name(schema)
            .and_then(|name| self.config.schema(name))
            .and_then(|config| config.rust_name.clone())
            .map(Spanned::into_inner);
        if let Some(def) = self.def_mut(id) {
            merge_docs(def, docs);
            def.deprecated = deprecated;
            def.rust_name = configured.or(extension);
        }
    }
}

/// Why a schema that does say something has no type; `None` when it says nothing.
fn why_untyped(view: &View) -> Option<&'static str> {
    if view.never {
        Some("no value is valid here")
    } else if view.has_not {
        Some("`not` alone makes no type")
    } else if !view.choices.is_empty() {
        Some("alternatives that only constrain make no type")
    } else if view.values.is_some() {
        Some("values of several JSON types make no type")
    } else if !view.required.is_empty() {
        Some("`required` without `type` and `properties` makes no type")
    } else if view.format.is_some() {
        Some("a format alone makes no type")
    } else if view.conditional {
        Some("conditions alone make no type")
    } else {
        None
    }
}

/// Notes made while the shape was worked out stay below those of the schema.
fn merge_docs(def: &mut TypeDef, docs: crate::ir::Docs) {
    let made = std::mem::replace(&mut def.docs, docs);
    for note in made.notes {
        if !def.docs.notes.contains(&note) {
            def.docs.notes.push(note);
        }
    }
}

pub(super) fn nullable_type(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Null | Type::Nullable(_) => ty,
        _ => Type::Nullable(Box::new(ty)),
    }
}

fn name_with(name: &TypeName, part: &str) -> TypeName {
    let join = |old: &str| if old.is_empty() { part.to_owned() } else { format!("{old} {part}") };
    match name {
        TypeName::Schema(words) | TypeName::Shared(words) => {
            TypeName::Of { owner: words.clone(), part: part.to_owned() }
        }
        TypeName::Child { parent, part: old } => TypeName::Child { parent: *parent, part: join(old) },
        TypeName::Input(of) => TypeName::Child { parent: *of, part: part.to_owned() },
        TypeName::OfOperation { operation, part: old } => {
            TypeName::OfOperation { operation: *operation, part: join(old) }
        }
        TypeName::Of { owner, part: old } => TypeName::Of { owner: owner.clone(), part: join(old) },
    }
}

/// One JSON type, `null` aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The kinds in a set, in the order in which a value is tried.
pub(super) fn kinds_of(types: Types) -> impl Iterator<Item = Kind> {
    // A number may be an integer: where both are named, `number` says it all.
    let all = [
        (types.boolean, Kind::Boolean),
        (types.integer && !types.number, Kind::Integer),
        (types.number, Kind::Number),
        (types.string, Kind::String),
        (types.array, Kind::Array),
        (types.object, Kind::Object),
    ];
    all.into_iter().filter_map(|(there, kind)| there.then_some(kind))
}

pub(super) fn number_text(node: &crate::document::Node) -> Option<&str> {
    match &node.value {
        crate::document::Value::Number(text) => Some(text),
        _ => None,
    }
}

/// What `additionalProperties` makes of an object's further properties.
pub(super) fn further(additional: Additional) -> Option<Option<SchemaId>> {
    match additional {
        Additional::Unsaid | Additional::Forbidden => None,
        Additional::Allowed => Some(None),
        Additional::Schema(id) => Some(Some(id)),
    }
}
