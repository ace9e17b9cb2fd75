//! `oneOf`, `anyOf` and several JSON types: what decides between the members, worked out here once.
//!
//! In order: nothing to decide (one member is left), a tag, the JSON type, constants, required keys, keys that only one
//! member declares; what still overlaps is tried most specific first and reported.

mod guards;
mod kinds;
mod naming;
mod order;
mod tag;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::types::kinds_of;
use super::view::{self, Choice, Key, Part, View, identity, key};
use super::{Builder, docs};
use crate::diagnostic::Code;
use crate::ir::{Guard, Origin, Shape, Type, TypeName, Union, UnionRule, Variant};
use crate::model::{Additional, SchemaId};
pub(super) use naming::is_name;
use naming::{items_name, variant_name};
use tag::one_per_tag;

/// A choice of more alternatives is left as JSON: each is compared with the others, and nobody reads such an enum.
const MOST_MEMBERS: usize = 1_000;

/// A member while the union is worked out.
struct Member {
    schema: SchemaId,
    key: Key,
    view: View,
    /// The schema's own name, when the document names it.
    named: Option<String>,
    title: Option<String>,
    /// What an array is a list of.
    items: Option<String>,
    /// The only text that a required property may have.
    mark: Option<String>,
    /// Explicit or implied values of the discriminator.
    tags: Vec<String>,
}

/// A member with its type, and what telling it apart from the others needs.
struct Candidate {
    schema: SchemaId,
    variant: Variant,
    /// The properties that it declares, itself or in its own alternatives.
    declared: IndexSet<String>,
    /// Whether it keeps properties that it does not declare.
    open: bool,
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
        if choice.members.len() > MOST_MEMBERS {
            let message = format!("a choice of {} alternatives is too wide for a type", choice.members.len());
            self.report(Code::UntypedSchema, origin.span, &origin.pointer, format!("{message}; the value is any JSON"))
                .help(format!("up to {MOST_MEMBERS} alternatives become an enum"));
            return Some(Type::Any);
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
        // A member without a type only constrains where one is said beside the alternatives; elsewhere it allows anything.
        let untyped = view.kinds().is_unsaid();
        let members = choice.members.iter().filter(|id| {
            let schema = self.schemas.get(**id);
            (untyped || view::says_something(schema)) && !view::means_null(schema) && !schema.never
        });
        let mut seen = BTreeSet::new();
        members
            .filter_map(|id| {
                let target = identity(self.schemas, *id).0;
                // A schema among its own alternatives adds nothing to the others, and trying it would never end.
                if owner.iter().any(|part| part.schema == target) {
                    return None;
                }
                let key = if beside { rest.iter().copied().chain(key(target)).collect() } else { key(target) };
                if !seen.insert(key.clone()) {
                    return None;
                }
                let view = View::of(self.schemas, &key);
                let name_of = |id: SchemaId| self.schema_name(id).map(str::to_owned);
                Some(Member {
                    schema: target,
                    items: view.items.as_ref().and_then(|items| items_name(self.schemas, &name_of, items)),
                    mark: self.mark(&view),
                    view,
                    key,
                    named: name_of(*id).or_else(|| name_of(target)),
                    title: self.schemas.get(*id).title.clone(),
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
        if let Some((open, named)) = self.open_enum(&members) {
            let view = View::of(self.schemas, &open);
            // What has no name of its own is the type of the whole.
            let whole = if named { None } else { self.enumeration(owner, &view, name, origin) };
            return whole.unwrap_or_else(|| self.type_of(&open, name.clone()));
        }
        if let Some(scalar) = self.same_scalar(&members, name) {
            return scalar;
        }
        let id = self.define(owner, name, origin);
        let tag = self.tag(&mut members, choice);
        let fallback = self.fallback(&members, choice, tag.as_deref(), origin);
        let mut candidates: Vec<Candidate> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let part = variant_name(member, index, &members);
            let name = TypeName::Child { parent: id, part: part.clone() };
            let ty = without_null(self.type_of(&member.key.clone(), name));
            if candidates.iter().any(|known| known.variant.ty == ty && member.tags.is_empty()) || ty == Type::Null {
                continue;
            }
            candidates.extend(self.candidates(member, part, ty, tag.as_deref()));
        }
        for candidate in candidates.iter_mut().filter(|candidate| Some(candidate.schema) == fallback) {
            candidate.variant.fallback = true;
        }
        if tag.is_none() {
            self.drop_covered(&mut candidates);
        }
        if let [only] = candidates.as_slice() {
            let ty = only.variant.ty.clone();
            if let Some(def) = self.def_mut(id) {
                def.shape = Shape::Alias(ty);
            }
            return Type::Named(id);
        }
        let rule = match tag {
            Some(tag) => UnionRule::Tag(tag),
            None => {
                self.order(&mut candidates);
                order::prefer_unique(&mut candidates);
                self.report_overlap(&candidates, origin);
                UnionRule::Guards
            }
        };
        let variants: Vec<Variant> = candidates.into_iter().map(|candidate| candidate.variant).collect();
        let note = rule_note(&rule, &variants);
        if let Some(def) = self.def_mut(id) {
            def.docs.notes.push(note);
            def.shape = Shape::Union(Union { rule, variants });
        }
        Type::Named(id)
    }

    /// The one type of members that differ in their constraints only, and need no name.
    fn same_scalar(&mut self, members: &[Member], name: &TypeName) -> Option<Type> {
        let is_scalar = |view: &View| {
            let kinds = view.kinds();
            let scalar = !kinds.object && !kinds.array && kinds_of(kinds).count() == 1;
            scalar && view.choices.is_empty() && view.values.is_none()
        };
        if !members.iter().all(|member| member.named.is_none() && is_scalar(&member.view)) {
            return None;
        }
        let mut types = members.iter().map(|member| without_null(self.type_of(&member.key, name.clone())));
        let first = types.next()?;
        (types.all(|ty| ty == first) && first != Type::Any && first != Type::Null).then_some(first)
    }

    /// A member as one variant, or as several when it does not carry its tag: see [`one_per_tag`].
    fn candidates(&mut self, member: &Member, name: String, ty: Type, tag: Option<&str>) -> Vec<Candidate> {
        let adds_tag = tag.is_some_and(|tag| !member.view.properties.contains_key(tag));
        let guard = self.guard(member, &ty);
        let docs = docs::text(self.schemas.get(member.schema).title.as_deref());
        let limits = self.limits(&member.key);
        let variant = Variant { name, ty, tags: member.tags.clone(), adds_tag, fallback: false, guard, limits, docs };
        let candidate = |variant| Candidate {
            schema: member.schema,
            variant,
            declared: self.declared(&member.view),
            open: keeps_all(&member.view),
        };
        one_per_tag(variant).into_iter().map(candidate).collect()
    }

    /// `anyOf: [{type: string}, {enum: […]}]` says that the enum is open, which all our enums are.
    fn open_enum(&self, members: &[Member]) -> Option<(Key, bool)> {
        let [one, other] = members else { return None };
        let enumerated = |member: &Member| self.allowed_strings(&member.key).is_some();
        match (self.is_open_string(one.schema), self.is_open_string(other.schema)) {
            (true, false) if enumerated(other) => Some((other.key.clone(), other.named.is_some())),
            (false, true) if enumerated(one) => Some((one.key.clone(), one.named.is_some())),
            _ => None,
        }
    }
}

pub(super) fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}

/// Whether something beside the alternatives makes a type of its own.
fn has_structure(view: &View) -> bool {
    !view.properties.is_empty() || !view.patterns.is_empty() || matches!(view.additional, Additional::Schema(_))
}

/// Whether an object of this schema keeps properties that are not declared: a map, or a struct with room for them.
fn keeps_all(view: &View) -> bool {
    let further = matches!(view.additional, Additional::Allowed | Additional::Schema(_));
    view.choices.is_empty() && (view.properties.is_empty() || further || !view.patterns.is_empty())
}

fn rule_note(rule: &UnionRule, variants: &[Variant]) -> String {
    match rule {
        UnionRule::Tag(tag) => match variants.iter().find(|variant| variant.fallback) {
            Some(other) => {
                let (tag, other) = (docs::code(tag), docs::code(&other.name));
                format!("The property {tag} decides; without it, or with a value of no member, it is {other}.")
            }
            None => format!("The property {} decides.", docs::code(tag)),
        },
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
