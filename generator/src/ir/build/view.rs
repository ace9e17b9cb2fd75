//! What several schemas say together: `$ref` with siblings and `allOf` flattened into one [`View`].

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use crate::document::{Node, Value};
use crate::model::{Additional, Discriminator, Schema, SchemaId, Schemas, Types};

/// One schema that holds, with or without its `oneOf` and `anyOf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) schema: SchemaId,
    /// Whether `oneOf` and `anyOf` are left aside because a member of them is another part of the same key.
    pub(super) chosen: bool,
}

/// The schemas that hold together at one place: what a type is remembered by.
pub(super) type Key = Vec<Part>;

/// A key of a single schema.
pub(super) fn key(schema: SchemaId) -> Key {
    vec![Part { schema, chosen: false }]
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) members: Vec<SchemaId>,
    pub(super) discriminator: Option<Discriminator>,
}

/// What several schemas say together.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    pub(super) never: bool,
    pub(super) types: Types,
    /// Two parts named types that exclude each other.
    pub(super) contradiction: bool,
    pub(super) format: Option<String>,
    pub(super) values: Option<Vec<Node>>,
    pub(super) properties: IndexMap<String, Key>,
    pub(super) required: IndexSet<String>,
    pub(super) additional: Additional,
    pub(super) patterns: IndexMap<String, Key>,
    pub(super) items: Option<Key>,
    pub(super) prefix_items: Vec<SchemaId>,
    pub(super) choices: Vec<Choice>,
    pub(super) discriminator: Option<Discriminator>,
    /// By keyword; each part that has it says its own, and all of them hold.
    pub(super) constraints: IndexMap<String, Vec<Node>>,
    pub(super) content_encoding: Option<String>,
    pub(super) extensions: IndexMap<String, Node>,
    /// There are keywords that only constrain under a condition.
    pub(super) conditional: bool,
    pub(super) has_not: bool,
    /// Parts that are taken in through more than [`MAX_CHAIN`] others were left out.
    pub(super) too_deep: bool,
}

/// How far `$ref` and `allOf` are followed into each other: no API needs more, attacks do.
const MAX_CHAIN: usize = 32;

impl View {
    /// Everything that the schemas of `key` say.
    pub(super) fn of(schemas: &Schemas, key: &Key) -> Self {
        let mut view = Self::default();
        let mut seen = BTreeSet::new();
        for part in key {
            view.absorb(schemas, *part, &mut seen, 0);
        }
        let keys = view.properties.values_mut().chain(view.patterns.values_mut()).chain(&mut view.items);
        keys.for_each(|key| simplify(schemas, key));
        view
    }

    /// The JSON types that values can have, `null` aside: as said, or as the other keywords suggest.
    pub(super) fn kinds(&self) -> Types {
        let said = Types { null: false, ..self.types };
        if !said.is_unsaid() {
            return said;
        }
        let object = !self.properties.is_empty()
            || !self.patterns.is_empty()
            || !matches!(self.additional, Additional::Unsaid)
            || ["minProperties", "maxProperties"].iter().any(|key| self.constraints.contains_key(*key));
        let array = self.items.is_some()
            || !self.prefix_items.is_empty()
            || ["minItems", "maxItems", "uniqueItems"].iter().any(|key| self.constraints.contains_key(*key));
        let string = self.content_encoding.is_some()
            || ["minLength", "maxLength", "pattern"].iter().any(|key| self.constraints.contains_key(*key))
            || self.format.as_deref().is_some_and(is_string_format);
        let number = ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]
            .iter()
            .any(|key| self.constraints.contains_key(*key))
            || matches!(self.format.as_deref(), Some("double" | "float"));
        let integer = matches!(self.format.as_deref(), Some("int32" | "int64"));
        Types {
            object,
            array: array && !object,
            string: string && !object && !array,
            number,
            integer,
            ..Types::default()
        }
    }

    /// What a constraint says: of several, the one that the schema says itself.
    pub(super) fn constraint(&self, keyword: &str) -> Option<&Node> {
        self.constraints.get(keyword)?.first()
    }

    fn absorb(&mut self, schemas: &Schemas, part: Part, seen: &mut BTreeSet<SchemaId>, depth: usize) {
        if depth > MAX_CHAIN {
            self.too_deep = true;
            return;
        }
        if !seen.insert(part.schema) {
            return;
        }
        let schema = schemas.get(part.schema);
        self.keywords(schema);
        if !part.chosen {
            self.choices(schemas, schema);
        }
        // Own properties were read first, so that what a schema says itself wins over what it takes in.
        for id in schema.reference.iter().chain(&schema.all_of) {
            let part = Part { schema: *id, chosen: part.chosen && is_plain(schema) };
            self.absorb(schemas, part, seen, depth + 1);
        }
    }

    fn keywords(&mut self, schema: &Schema) {
        self.never |= schema.never;
        self.restrict_types(schema.types);
        fill(&mut self.format, &schema.format);
        fill(&mut self.content_encoding, &schema.content_encoding);
        if let Some(constant) = &schema.constant {
            self.restrict_values(std::slice::from_ref(constant));
        }
        if let Some(values) = &schema.values {
            self.restrict_values(values);
        }
        for (name, id) in &schema.properties {
            let key = self.properties.entry(name.clone()).or_default();
            key.push(Part { schema: *id, chosen: false });
        }
        self.required.extend(schema.required.iter().cloned());
        self.widen(schema);
        for (pattern, id) in &schema.patterns {
            self.patterns.entry(pattern.clone()).or_default().push(Part { schema: *id, chosen: false });
        }
        if let Some(items) = schema.items {
            self.items.get_or_insert_default().push(Part { schema: items, chosen: false });
        }
        if self.prefix_items.is_empty() {
            self.prefix_items.clone_from(&schema.prefix_items);
        }
        fill(&mut self.discriminator, &schema.discriminator);
        for (keyword, node) in &schema.constraints {
            self.constraints.entry(keyword.clone()).or_default().push(node.clone());
        }
        for (name, node) in &schema.extensions {
            self.extensions.entry(name.clone()).or_insert_with(|| node.clone());
        }
        self.conditional |= schema.conditional;
        self.has_not |= schema.not.is_some();
    }

    /// A schema for further properties says more than permission, permission more than silence; a prohibition in one part
    /// of an `allOf` would forbid what the other parts declare, which nobody means.
    fn widen(&mut self, schema: &Schema) {
        for said in [schema.additional, schema.unevaluated] {
            self.additional = match (self.additional, said) {
                (Additional::Schema(id), _) => Additional::Schema(id),
                (_, Additional::Schema(id)) => Additional::Schema(id),
                (Additional::Allowed, _) | (_, Additional::Allowed) => Additional::Allowed,
                (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
                (Additional::Unsaid, Additional::Unsaid) => Additional::Unsaid,
            };
        }
    }

    fn choices(&mut self, schemas: &Schemas, schema: &Schema) {
        for members in [&schema.one_of, &schema.any_of] {
            if members.iter().any(|id| says_something(schemas.get(*id))) {
                let discriminator = schema.discriminator.clone();
                self.choices.push(Choice { members: members.clone(), discriminator });
            }
        }
    }

    fn restrict_types(&mut self, said: Types) {
        if said.is_unsaid() {
            return;
        }
        if self.types.is_unsaid() {
            self.types = said;
            return;
        }
        let old = self.types;
        let integer = (old.integer && (said.integer || said.number)) || (old.number && said.integer);
        let both = Types {
            null: old.null && said.null,
            boolean: old.boolean && said.boolean,
            integer,
            number: old.number && said.number,
            string: old.string && said.string,
            array: old.array && said.array,
            object: old.object && said.object,
        };
        if both.is_unsaid() {
            self.contradiction = true;
        } else {
            self.types = both;
        }
    }

    fn restrict_values(&mut self, values: &[Node]) {
        self.values = Some(match self.values.take() {
            None => values.to_vec(),
            Some(old) => {
                let both: Vec<Node> =
                    old.iter().filter(|node| values.iter().any(|other| other.value == node.value)).cloned().collect();
                if both.is_empty() { old } else { both }
            }
        });
    }
}

/// Leaves out what adds nothing: schemas without a type of their own, and schemas that another one takes in.
///
/// A property is often declared again to describe it better; it is still the same property of the same type.
fn simplify(schemas: &Schemas, key: &mut Key) {
    if key.len() < 2 {
        return;
    }
    let mut kept: Key = Vec::new();
    for part in key.iter() {
        let target = identity(schemas, part.schema).0;
        let covered = kept.iter().any(|other| takes_in(schemas, other.schema, target));
        if adds_something(schemas.get(part.schema)) && !covered {
            kept.retain(|other| !takes_in(schemas, part.schema, identity(schemas, other.schema).0));
            kept.push(*part);
        }
    }
    kept.extend(if kept.is_empty() { key.first().copied() } else { None });
    *key = kept;
}

/// Whether a schema is another one, or refers to it directly or by `allOf`.
fn takes_in(schemas: &Schemas, id: SchemaId, target: SchemaId) -> bool {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == target {
            return true;
        }
        if seen.insert(id) {
            let schema = schemas.get(id);
            open.extend(schema.reference.iter().chain(&schema.all_of));
        }
    }
    false
}

fn fill<T: Clone>(slot: &mut Option<T>, value: &Option<T>) {
    if slot.is_none() {
        slot.clone_from(value);
    }
}

fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "time"
            | "duration"
            | "uuid"
            | "uri"
            | "email"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "byte"
            | "binary"
            | "password"
    )
}

/// Whether nothing but a reference or `allOf` decides what the schema is.
fn is_plain(schema: &Schema) -> bool {
    schema.one_of.is_empty() && schema.any_of.is_empty()
}

/// Whether a schema has keywords that make a type: not only prose, and not only constraints on what others say.
pub(super) fn says_something(schema: &Schema) -> bool {
    schema.never
        || schema.reference.is_some()
        || !schema.types.is_unsaid()
        || makes_a_type(schema)
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
}

/// Whether a schema matters beside others that hold together with it: a property that is required makes no type alone.
fn adds_something(schema: &Schema) -> bool {
    says_something(schema) || !schema.required.is_empty()
}

/// Whether a schema says something of its own, beside what it refers to.
fn makes_a_type(schema: &Schema) -> bool {
    schema.format.is_some()
        || schema.values.is_some()
        || schema.constant.is_some()
        || !schema.properties.is_empty()
        || !matches!(schema.additional, Additional::Unsaid | Additional::Forbidden)
        || !schema.patterns.is_empty()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.content_encoding.is_some()
        || schema.extensions.contains_key(super::foreign::EXTENSION)
}

/// Follows a schema that only stands for another one, and says whether `null` was added on the way.
///
/// `$ref`, `allOf` with one member, `oneOf` or `anyOf` with one member beside `null`: with nothing but prose and
/// constraints beside them, all of them mean the schema they name.
pub(super) fn identity(schemas: &Schemas, start: SchemaId) -> (SchemaId, bool) {
    let (mut id, mut nullable) = (start, false);
    let mut seen = BTreeSet::new();
    while seen.len() < MAX_CHAIN && seen.insert(id) {
        let schema = schemas.get(id);
        nullable |= adds_null(schema);
        if makes_a_type(schema) || !schema.required.is_empty() {
            break;
        }
        let Some((next, null)) = only_target(schemas, schema) else { break };
        nullable |= null;
        id = next;
    }
    (id, nullable)
}

/// Whether the schema itself says that `null` is allowed beside something else.
fn adds_null(schema: &Schema) -> bool {
    is_marked_nullable(schema) || (schema.types.null && schema.types != Types { null: true, ..Types::default() })
}

fn is_marked_nullable(schema: &Schema) -> bool {
    schema.extensions.get("x-norm-nullable").and_then(Node::as_bool) == Some(true)
}

fn only_target(schemas: &Schemas, schema: &Schema) -> Option<(SchemaId, bool)> {
    let all = schema.all_of.iter().filter(|id| adds_something(schemas.get(**id)));
    let choice = schema.one_of.iter().chain(&schema.any_of);
    let choice_has_null = choice.clone().any(|id| means_null(schemas.get(*id)));
    let choice = choice.filter(|id| !means_null(schemas.get(**id)));
    let mut targets = schema.reference.iter().chain(all).chain(choice);
    match (targets.next(), targets.next()) {
        (Some(only), None) => Some((*only, choice_has_null)),
        _ => None,
    }
}

/// Whether `null` is the only value.
pub(super) fn is_null(schema: &Schema) -> bool {
    let only_null_type = schema.types == Types { null: true, ..Types::default() };
    let only_null_value = |values: &[Node]| !values.is_empty() && values.iter().all(|node| node.value == Value::Null);
    let values = schema.values.as_deref().or(schema.constant.as_ref().map(std::slice::from_ref));
    (only_null_type && schema.properties.is_empty()) || values.is_some_and(only_null_value)
}

/// Whether a member of a choice stands for `null`: documents also write `{nullable: true}` for it.
pub(super) fn means_null(schema: &Schema) -> bool {
    is_null(schema) || (is_marked_nullable(schema) && !says_something(schema))
}

/// Whether `null` is a value of the schema, whoever says so.
pub(super) fn nullable(schemas: &Schemas, start: SchemaId) -> bool {
    let mut seen = BTreeSet::new();
    nullable_below(schemas, start, &mut seen, 0)
}

fn nullable_below(schemas: &Schemas, id: SchemaId, seen: &mut BTreeSet<SchemaId>, depth: usize) -> bool {
    if depth > MAX_CHAIN || !seen.insert(id) {
        return false;
    }
    let schema = schemas.get(id);
    if adds_null(schema) || is_null(schema) {
        return true;
    }
    if schema.types.is_unsaid() {
        let has_null = |node: &Node| node.value == Value::Null;
        if schema.values.as_ref().is_some_and(|values| values.iter().any(has_null)) {
            return true;
        }
    } else if schema.types.null {
        return true;
    }
    if let Some(target) = schema.reference {
        return nullable_below(schemas, target, seen, depth + 1);
    }
    let members = schema.one_of.iter().chain(&schema.any_of);
    if members.clone().any(|member| nullable_below(schemas, *member, seen, depth + 1)) {
        return true;
    }
    let all: Vec<_> = schema.all_of.iter().filter(|id| says_something(schemas.get(**id))).collect();
    schema.types.is_unsaid()
        && !all.is_empty()
        && all.iter().all(|member| nullable_below(schemas, **member, seen, depth + 1))
}
