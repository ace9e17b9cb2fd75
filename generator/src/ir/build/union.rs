//! `oneOf`, `anyOf` and several JSON types: what decides between the members, worked out here once.
//!
//! In order: nothing to decide (one member is left), a tag, the JSON type, constants, required keys; what still overlaps
//! is tried most specific first and reported.

use std::collections::BTreeSet;

use super::types::{Kind, kinds_of};
use super::view::{self, Choice, Key, Part, View, identity, key};
use super::{Builder, docs};
use crate::diagnostic::Code;
use crate::ir::{Guard, Origin, Shape, Type, TypeName, Union, UnionRule, Variant};
use crate::model::{SchemaId, Types};

/// A member while the union is worked out.
struct Member {
    schema: SchemaId,
    key: Key,
    view: View,
    /// The schema's own name, when the document names it.
    named: Option<String>,
    /// Explicit or implied values of the discriminator.
    tags: Vec<String>,
}

impl Builder<'_> {
    /// The type of a schema with alternatives; `None` when they only constrain what the rest of the schema says.
    pub(super) fn choice(&mut self, owner: &Key, view: &View, name: &TypeName, origin: &Origin) -> Option<Type> {
        let choice = match view.choices.first() {
            Some(choice) => choice.clone(),
            None => self.inherited_choice(owner)?,
        };
        if view.choices.len() > 1 {
            self.report(
                Code::UnsupportedKeyword,
                origin.span,
                &origin.pointer,
                "a second `oneOf` or `anyOf` beside the first one only constrains; it has no effect on the type",
            );
        }
        let members = self.members(owner, view, &choice);
        match members.as_slice() {
            [] => None,
            [only] => {
                let key = only.key.clone();
                Some(without_null(self.type_of(&key, name.clone())))
            }
            _ => Some(self.union(owner, members, &choice, name, origin)),
        }
    }

    /// Schemas that extend this one and are told apart by its discriminator.
    fn inherited_choice(&self, owner: &Key) -> Option<Choice> {
        let [part] = owner.as_slice() else { return None };
        let children = self.children.get(&part.schema).filter(|_| !part.chosen)?;
        let discriminator = self.schemas.get(part.schema).discriminator.clone();
        Some(Choice { members: children.clone(), discriminator })
    }

    /// The members that make a type, each together with what stands beside the alternatives.
    fn members(&self, owner: &Key, view: &View, choice: &Choice) -> Vec<Member> {
        let rest: Key = owner.iter().map(|part| Part { chosen: true, ..*part }).collect();
        let beside = has_structure(view) && !view.choices.is_empty();
        let members = choice.members.iter().filter(|id| {
            let schema = self.schemas.get(**id);
            view::says_something(schema) && !view::is_null(schema) && !schema.never
        });
        let mut seen = BTreeSet::new();
        members
            .filter_map(|id| {
                let target = identity(self.schemas, *id).0;
                let key = if beside { rest.iter().copied().chain(key(target)).collect() } else { key(target) };
                seen.insert(key.clone()).then(|| Member {
                    schema: target,
                    view: View::of(self.schemas, &key),
                    key,
                    named: self.schema_name(*id).or_else(|| self.schema_name(target)).map(str::to_owned),
                    tags: Vec::new(),
                })
            })
            .collect()
    }

    fn union(
        &mut self,
        owner: &Key,
        mut members: Vec<Member>,
        choice: &Choice,
        name: &TypeName,
        origin: &Origin,
    ) -> Type {
        if let Some(open) = self.open_enum(&members) {
            return self.type_of(&open, name.clone());
        }
        let id = self.define(owner, name, origin);
        let tag = self.tag(&mut members, choice);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let part = variant_name(member, index, &members);
            let ty =
                without_null(self.type_of(&member.key.clone(), TypeName::Child { parent: id, part: part.clone() }));
            if variants.iter().any(|variant| variant.ty == ty && member.tags.is_empty()) || ty == Type::Null {
                continue;
            }
            let adds_tag = tag.as_deref().is_some_and(|tag| !member.view.properties.contains_key(tag));
            let guard = self.guard(member, &ty);
            let docs = docs::text(self.schemas.get(member.schema).title.as_deref());
            let variant = Variant { name: part, ty, tags: member.tags.clone(), adds_tag, guard, docs };
            variants.extend(one_per_tag(variant));
        }
        if tag.is_none() {
            self.drop_covered(&mut variants);
        }
        if let [only] = variants.as_slice() {
            let ty = only.ty.clone();
            if let Some(def) = self.def_mut(id) {
                def.shape = Shape::Alias(ty);
            }
            return Type::Named(id);
        }
        let rule = match tag {
            Some(tag) => UnionRule::Tag(tag),
            None => {
                self.order(&mut variants);
                self.report_overlap(&variants, origin);
                UnionRule::Guards
            }
        };
        let note = rule_note(&rule, &variants);
        if let Some(def) = self.def_mut(id) {
            def.docs.notes.push(note);
            def.shape = Shape::Union(Union { rule, variants });
        }
        Type::Named(id)
    }

    /// `anyOf: [{type: string}, {enum: […]}]` says that the enum is open, which all our enums are.
    fn open_enum(&self, members: &[Member]) -> Option<Key> {
        let [one, other] = members else { return None };
        let enumerated = |member: &Member| self.allowed_strings(&member.key).is_some();
        match (self.is_open_string(one.schema), self.is_open_string(other.schema)) {
            (true, false) if enumerated(other) => Some(other.key.clone()),
            (false, true) if enumerated(one) => Some(one.key.clone()),
            _ => None,
        }
    }

    /// The property that tells the members apart, with the values that mean each of them.
    fn tag(&mut self, members: &mut [Member], choice: &Choice) -> Option<String> {
        if !members.iter().all(|member| is_object(&member.view)) {
            return None;
        }
        if let Some(discriminator) = &choice.discriminator {
            for member in members.iter_mut() {
                member.tags = self.declared_tags(member, discriminator);
            }
            let mut seen = BTreeSet::new();
            if members
                .iter()
                .all(|member| !member.tags.is_empty() && member.tags.iter().all(|tag| seen.insert(tag.clone())))
            {
                return Some(discriminator.property.clone());
            }
            members.iter_mut().for_each(|member| member.tags.clear());
        }
        self.found_tag(members)
    }

    /// The values of the discriminator that mean a member: its mapping, else what its own property allows, else its name.
    fn declared_tags(&self, member: &Member, discriminator: &crate::model::Discriminator) -> Vec<String> {
        let means = |target: &SchemaId| *target == member.schema || identity(self.schemas, *target).0 == member.schema;
        let mapped: Vec<String> =
            discriminator.mapping.iter().filter(|(_, target)| means(target)).map(|(tag, _)| tag.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let own = member.view.properties.get(&discriminator.property).and_then(|key| self.allowed_strings(key));
        own.or_else(|| member.named.clone().map(|name| vec![name])).unwrap_or_default()
    }

    /// A property that every member has and whose constant values are all different. All or none of the members
    /// require it: where only some do, leaving it out is a mark of the others. Of several the one with the shortest
    /// values is taken, whatever their order.
    fn found_tag(&mut self, members: &mut [Member]) -> Option<String> {
        let first = members.first()?;
        let candidates: Vec<String> = first.view.properties.keys().cloned().collect();
        let found = candidates.into_iter().filter_map(|name| Some((self.tag_values(members, &name)?, name)));
        let length = |values: &[Vec<String>]| values.iter().flatten().map(String::len).sum::<usize>();
        let (values, name) = found.min_by_key(|(values, name)| (length(values), name.clone()))?;
        for (member, tags) in members.iter_mut().zip(values) {
            member.tags = tags;
        }
        Some(name)
    }

    /// The values of a property that mean each member, if they tell the members apart.
    fn tag_values(&self, members: &[Member], name: &str) -> Option<Vec<Vec<String>>> {
        let requiring = members.iter().filter(|member| member.view.required.contains(name)).count();
        if requiring != 0 && requiring != members.len() {
            return None;
        }
        let mut seen = BTreeSet::new();
        let values = members.iter().map(|member| {
            let values = self.allowed_strings(member.view.properties.get(name)?)?;
            values.iter().all(|value| seen.insert(value.clone())).then_some(values)
        });
        values.collect()
    }

    /// The cheapest test that a value of a member always passes.
    fn guard(&self, member: &Member, ty: &Type) -> Guard {
        if let Some(guard) = self.guard_of_type(ty) {
            return guard;
        }
        let mut guards = kinds_of(member.view.kinds()).map(|kind| match kind {
            Kind::Boolean => Guard::Boolean,
            Kind::Integer => Guard::Integer,
            Kind::Number => Guard::Number,
            Kind::String => self.allowed_strings(&member.key).map_or(Guard::String, Guard::Strings),
            Kind::Array => Guard::Array,
            Kind::Object => self.object_guard(&member.view),
        });
        match (guards.next(), guards.next()) {
            (Some(guard), None) => guard,
            _ => Guard::Any,
        }
    }

    fn guard_of_type(&self, ty: &Type) -> Option<Guard> {
        match self.behind(ty) {
            Type::Boolean => Some(Guard::Boolean),
            Type::Integer(_) => Some(Guard::Integer),
            Type::Double | Type::Float => Some(Guard::Number),
            Type::String | Type::DateTime | Type::Date | Type::Text(_) | Type::Base64 | Type::File | Type::Secret => {
                Some(Guard::String)
            }
            Type::List(_) | Type::Tuple(_) => Some(Guard::Array),
            Type::Null => Some(Guard::Null),
            Type::Any => Some(Guard::Any),
            Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) | Type::Named(_) => None,
        }
    }

    fn object_guard(&self, view: &View) -> Guard {
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for wire in view.required.iter().filter(|wire| view.properties.contains_key(*wire)) {
            match view.properties.get(wire).and_then(|key| self.allowed_strings(key)) {
                // One allowed value is a mark of the member; several are an enum, and enums grow.
                Some(strings) if strings.len() == 1 => values.push((wire.clone(), strings)),
                _ => keys.push(wire.clone()),
            }
        }
        if let Some(choice) = view.choices.first() {
            self.common_marks(choice, &mut keys, &mut values);
        }
        Guard::Object { keys, values }
    }

    /// What every alternative inside a member demands, the member demands.
    fn common_marks(&self, choice: &Choice, keys: &mut Vec<String>, values: &mut Vec<(String, Vec<String>)>) {
        let inner = |id: &SchemaId| View::of(self.schemas, &key(identity(self.schemas, *id).0));
        let views: Vec<View> = choice.members.iter().map(inner).collect();
        let Some((first, rest)) = views.split_first() else { return };
        for wire in first.required.iter().filter(|wire| rest.iter().all(|view| view.required.contains(*wire))) {
            if keys.contains(wire) || values.iter().any(|(known, _)| known == wire) {
                continue;
            }
            let mark = |view: &View| {
                view.properties.get(wire).and_then(|key| self.allowed_strings(key)).filter(|strings| strings.len() == 1)
            };
            match views.iter().map(mark).collect::<Option<Vec<_>>>() {
                Some(marks) => {
                    let strings: BTreeSet<String> = marks.into_iter().flatten().collect();
                    values.push((wire.clone(), strings.into_iter().collect()));
                }
                None => keys.push(wire.clone()),
            }
        }
    }

    /// Strings of any kind beside plain strings, dates beside dates with time: the wider type holds them all.
    fn drop_covered(&self, variants: &mut Vec<Variant>) {
        let has = |variants: &[Variant], ty: &Type| variants.iter().any(|variant| self.behind(&variant.ty) == ty);
        if has(variants, &Type::DateTime) && has(variants, &Type::Date) {
            variants.retain(|variant| *self.behind(&variant.ty) != Type::Date);
        }
    }

    /// Most specific first: what demands more comes before what demands less; document order otherwise.
    fn order(&self, variants: &mut [Variant]) {
        variants.sort_by_key(|variant| std::cmp::Reverse(specificity(&variant.guard, self.behind(&variant.ty))));
    }

    fn report_overlap(&mut self, variants: &[Variant], origin: &Origin) {
        for (index, earlier) in variants.iter().enumerate() {
            let overlap = variants.iter().skip(index + 1).find(|later| overlaps(&earlier.guard, &later.guard));
            if let Some(later) = overlap {
                let message = format!("nothing tells `{}` and `{}` apart for certain", earlier.name, later.name);
                self.report(Code::AmbiguousUnion, origin.span, &origin.pointer, message).help(format!(
                    "`{}` is tried first; a discriminator or a constant property would decide",
                    earlier.name
                ));
                return;
            }
        }
    }

    /// `type: [string, integer]`: one member per JSON type.
    pub(super) fn union_of_kinds(
        &mut self,
        kinds: Types,
        owner: &Key,
        view: &View,
        name: &TypeName,
        origin: &Origin,
    ) -> Type {
        let kinds: Vec<Kind> = kinds_of(kinds).collect();
        // Every JSON type is allowed: that is what "any" means.
        if kinds.len() >= 5 {
            if has_structure(view) || view.items.is_some() {
                let message = "every JSON type is allowed, so what is said of objects and arrays has no type; the value is any JSON";
                self.report(Code::UntypedSchema, origin.span, &origin.pointer, message);
            }
            return Type::Any;
        }
        let id = self.define(owner, name, origin);
        let mut variants = Vec::new();
        for kind in kinds {
            let (part, guard) = match kind {
                Kind::Boolean => ("boolean", Guard::Boolean),
                Kind::Integer => ("integer", Guard::Integer),
                Kind::Number => ("number", Guard::Number),
                Kind::String => ("string", Guard::String),
                Kind::Array => ("array", Guard::Array),
                Kind::Object => ("object", Guard::Object { keys: Vec::new(), values: Vec::new() }),
            };
            let ty = self.kind_inside(kind, owner, view, TypeName::Child { parent: id, part: part.to_owned() }, origin);
            variants.push(super::enumeration::plain(part, ty, guard));
        }
        let note = rule_note(&UnionRule::Guards, &variants);
        if let Some(def) = self.def_mut(id) {
            def.docs.notes.push(note);
            def.shape = Shape::Union(Union { rule: UnionRule::Guards, variants });
        }
        Type::Named(id)
    }

    /// The object among several JSON types needs a definition of its own beside the union's.
    fn kind_inside(&mut self, kind: Kind, owner: &Key, view: &View, name: TypeName, origin: &Origin) -> Type {
        if kind != Kind::Object {
            return self.of_kind(kind, owner, view, &name, origin);
        }
        let saved = self.types.remove(owner);
        let ty = self.object(owner, view, &name, origin);
        if let Some(saved) = saved {
            self.types.insert(owner.clone(), saved);
        }
        ty
    }
}

/// A member that does not carry its tag becomes a variant per tag: written back, a wolf must not become a dog.
fn one_per_tag(variant: Variant) -> Vec<Variant> {
    if !variant.adds_tag || variant.tags.len() < 2 {
        return vec![variant];
    }
    let one = |tag: &String| Variant { name: tag.clone(), tags: vec![tag.clone()], ..variant.clone() };
    variant.tags.iter().map(one).collect()
}

pub(super) fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}

fn is_object(view: &View) -> bool {
    let kinds = view.kinds();
    (kinds.object && kinds == Types { object: true, ..Types::default() })
        || (kinds.is_unsaid() && !view.choices.is_empty())
}

/// Whether something beside the alternatives makes a type of its own.
fn has_structure(view: &View) -> bool {
    !view.properties.is_empty()
        || !view.patterns.is_empty()
        || matches!(view.additional, crate::model::Additional::Schema(_))
}

/// What a member is called inside the union.
fn variant_name(member: &Member, index: usize, members: &[Member]) -> String {
    if let Some(name) = &member.named {
        return name.clone();
    }
    if let [tag] = member.tags.as_slice() {
        return tag.clone();
    }
    let kinds: Vec<Kind> = kinds_of(member.view.kinds()).collect();
    let alone = |kind: Kind| members.iter().filter(|other| kinds_of(other.view.kinds()).eq([kind])).count() == 1;
    match kinds.as_slice() {
        [Kind::Object] => distinguishing_key(member, members).unwrap_or_else(|| format!("variant {}", index + 1)),
        [kind] if alone(*kind) => kind_name(*kind).to_owned(),
        [Kind::String] if member.view.format.is_some() => member.view.format.clone().unwrap_or_default(),
        [kind] => format!("{} {}", kind_name(*kind), index + 1),
        _ => format!("variant {}", index + 1),
    }
}

/// A required property that no other member has says best what the member is for: the first one by name, because the
/// order of a document means nothing.
fn distinguishing_key(member: &Member, members: &[Member]) -> Option<String> {
    let own = |wire: &&String| members.iter().filter(|other| other.view.properties.contains_key(*wire)).count() == 1;
    member
        .view
        .required
        .iter()
        .filter(own)
        .min()
        .or_else(|| member.view.properties.keys().filter(own).min())
        .map(|wire| format!("with {wire}"))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

/// How much a guard demands; integers before numbers, formats before plain strings, objects by their keys.
fn specificity(guard: &Guard, ty: &Type) -> usize {
    match guard {
        Guard::Null => 9_000,
        Guard::Boolean => 8_000,
        Guard::Integer => 7_000,
        Guard::Number => 6_000,
        Guard::Strings(_) => 5_000,
        Guard::String if *ty != Type::String => 4_000,
        Guard::String => 3_000,
        Guard::Array => 2_000,
        Guard::Object { keys, values } => 1_000 + (values.len() * 20 + keys.len()).min(900),
        Guard::Any => 0,
    }
}

/// Whether a value can pass both guards in a way that only decoding can settle.
fn overlaps(earlier: &Guard, later: &Guard) -> bool {
    match (earlier, later) {
        (Guard::Array, Guard::Array) | (Guard::String, Guard::String) => true,
        (Guard::Object { keys: a, values: x }, Guard::Object { keys: b, values: y }) => {
            let decided = x.iter().any(|(wire, strings)| {
                y.iter().any(|(other, others)| wire == other && strings.iter().all(|text| !others.contains(text)))
            });
            let demands_more = a.iter().any(|wire| !b.contains(wire))
                || x.iter().any(|(wire, _)| y.iter().all(|(other, _)| other != wire));
            !decided && !demands_more
        }
        _ => false,
    }
}

fn rule_note(rule: &UnionRule, variants: &[Variant]) -> String {
    match rule {
        UnionRule::Tag(tag) => format!("The property {} decides.", docs::code(tag)),
        UnionRule::Guards => {
            let same_kind = variants.iter().filter(|variant| matches!(variant.guard, Guard::Object { .. })).count();
            if same_kind > 1 {
                "The JSON type and the keys of an object decide; what fits several variants becomes the first of them."
                    .to_owned()
            } else {
                "The JSON type decides.".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::diagnostic::Diagnostics;
    use crate::document::load_text;
    use crate::source::Files;

    /// The lines of `union! { … }` for the schema `Pick` among these schemas.
    fn table(schemas: &str) -> String {
        let text = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{schemas}}}}}"#
        );
        let (mut files, mut diagnostics) = (Files::new(), Diagnostics::default());
        let documents = load_text("t.json", &text, &mut files, &mut diagnostics).unwrap();
        let output =
            crate::generate(documents, &Config::default(), &crate::lock::Lock::default(), &mut diagnostics).unwrap();
        let file = output.files["src/types/pick.rs"].clone();
        let from = file.find("union! {").unwrap();
        file[from..].split("\n}\n").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn property_that_only_some_members_require_is_no_tag() {
        let table = table(
            r#"{"Pick":{"oneOf":[
                {"title":"A","type":"object","required":["x"],"properties":{"k":{"enum":["a"]},"x":{"type":"string"}}},
                {"title":"B","type":"object","required":["k"],"properties":{"k":{"enum":["b"]}}}]}}"#,
        );
        assert!(!table.contains("by \"k\"") && table.contains("object(\"k\" = \"b\")"), "{table}");
    }

    #[test]
    fn marks_of_inner_alternatives_are_marks_of_the_member() {
        let table = table(
            r##"{"Inner":{"type":"object","oneOf":[
                {"type":"object","required":["k","m"],"properties":{"k":{"enum":["z"]},"m":{"type":"string"}}},
                {"type":"object","required":["k","n"],"properties":{"k":{"enum":["z"]},"n":{"type":"string"}}}]},
            "Pick":{"oneOf":[
                {"type":"object","required":["k"],"properties":{"k":{"enum":["a","b"]}}},
                {"$ref":"#/components/schemas/Inner"}]}}"##,
        );
        let (inner, plain) = (table.find("Inner: object(\"k\" = \"z\")"), table.find(": object(\"k\")"));
        assert!(inner.is_some() && inner < plain, "{table}");
    }
}
