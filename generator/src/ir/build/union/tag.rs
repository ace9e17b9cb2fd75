//! The property that tells members apart: declared by a discriminator, or found among their constants.

use std::collections::BTreeSet;

use super::super::Builder;
use super::super::view::{Choice, View, identity};
use super::Member;
use crate::diagnostic::Code;
use crate::ir::{Origin, Variant};
use crate::model::{Discriminator, SchemaId, Types};

impl Builder<'_> {
    /// The property that tells the members apart, with the values that mean each of them.
    pub(super) fn tag(&mut self, members: &mut [Member], choice: &Choice) -> Option<String> {
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

    /// The member for values without the tag, or with one that means no member (`defaultMapping`, OpenAPI 3.2 §4.25).
    ///
    /// It has to keep the text of the tag, which is lost otherwise when the value is written back.
    pub(super) fn fallback(
        &mut self,
        members: &[Member],
        choice: &Choice,
        tag: Option<&str>,
        origin: &Origin,
    ) -> Option<SchemaId> {
        let discriminator = choice.discriminator.as_ref()?;
        let target = identity(self.schemas, discriminator.default?).0;
        let property = discriminator.property.as_str();
        let reason = match members.iter().find(|member| member.schema == target) {
            _ if tag != Some(property) => format!("the members are not told apart by `{property}`"),
            None => "it names no member of the union".to_owned(),
            Some(member) if !self.keeps_tag(member, property) => {
                format!("the member has no room for other values of `{property}`")
            }
            Some(member) => return Some(member.schema),
        };
        let message = format!("`defaultMapping` has no effect on the client: {reason}");
        self.report(Code::UnsupportedKeyword, discriminator.span, &origin.pointer, message);
        None
    }

    /// Whether a member stores any value of the tag: a required property with one value is not stored.
    fn keeps_tag(&self, member: &Member, tag: &str) -> bool {
        let is_constant = |key| self.allowed_scalars(key).is_some_and(|values| values.len() == 1);
        let stored = |key| !(member.view.required.contains(tag) && is_constant(key));
        member.view.properties.get(tag).is_some_and(stored)
    }

    /// The values of the discriminator that mean a member: its mapping, else what its own property allows, else its name.
    fn declared_tags(&self, member: &Member, discriminator: &Discriminator) -> Vec<String> {
        let means = |target: &SchemaId| *target == member.schema || identity(self.schemas, *target).0 == member.schema;
        let mapped: Vec<String> =
            discriminator.mapping.iter().filter(|(_, target)| means(target)).map(|(tag, _)| tag.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let own = member.view.properties.get(&discriminator.property).and_then(|key| self.allowed_scalars(key));
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
            let values = self.allowed_scalars(member.view.properties.get(name)?)?;
            values.iter().all(|value| seen.insert(value.clone())).then_some(values)
        });
        values.collect()
    }
}

fn is_object(view: &View) -> bool {
    let kinds = view.kinds();
    (kinds.object && kinds == Types { object: true, ..Types::default() })
        || (kinds.is_unsaid() && !view.choices.is_empty())
}

/// A member that does not carry its tag becomes a variant per tag: written back, a wolf must not become a dog.
pub(super) fn one_per_tag(variant: Variant) -> Vec<Variant> {
    if !variant.adds_tag || variant.tags.len() < 2 {
        return vec![variant];
    }
    let one = |tag: &String| Variant { name: tag.clone(), tags: vec![tag.clone()], ..variant.clone() };
    variant.tags.iter().map(one).collect()
}
