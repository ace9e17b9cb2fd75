//! The schemas that one value must meet together: references and `allOf` followed, one member of each choice taken.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::model::{Additional, Discriminator, Schema, SchemaId, Schemas, Types};

/// Schemas that hold together.
#[derive(Debug, Clone, Default)]
pub(super) struct Merged<'a> {
    /// All of them.
    pub(super) all: Vec<&'a Schema>,
    /// Values that discriminators want properties to have.
    pub(super) tags: BTreeMap<String, String>,
    /// Whether a choice was made, so that another try can end differently.
    pub(super) chosen: bool,
    seen: BTreeSet<SchemaId>,
}

impl<'a> Merged<'a> {
    /// Everything that `ids` say together; `choose` picks below a number.
    pub(super) fn of(schemas: &'a Schemas, ids: &[SchemaId], choose: &mut dyn FnMut(usize) -> usize) -> Self {
        let mut merged = Self::default();
        for id in ids {
            merged.add(schemas, *id, *id, choose);
        }
        merged
    }

    fn add(&mut self, schemas: &'a Schemas, id: SchemaId, root: SchemaId, choose: &mut dyn FnMut(usize) -> usize) {
        if !self.seen.insert(id) {
            return;
        }
        let schema = schemas.get(id);
        self.all.push(schema);
        for id in &schema.all_of {
            self.add(schemas, *id, root, choose);
        }
        if let Some(target) = schema.reference {
            self.add(schemas, target, if root == id { target } else { root }, choose);
        }
        for members in [&schema.one_of, &schema.any_of] {
            let Some(picked) = pick(members, choose) else { continue };
            self.chosen |= members.len() > 1;
            if let Some(discriminator) = &schema.discriminator {
                self.tag(schemas, discriminator, picked);
            }
            self.add(schemas, picked, picked, choose);
        }
        if let (Some(discriminator), true) =
            (&schema.discriminator, schema.one_of.is_empty() && schema.any_of.is_empty())
        {
            let extensions = extensions(discriminator);
            // One that extends it has been chosen already; anything else only uses it.
            let extended = if extensions.contains(&root) { None } else { pick(&extensions, choose) };
            self.chosen |= extended.is_some();
            self.tag(schemas, discriminator, extended.unwrap_or(root));
            if let Some(extension) = extended {
                self.add(schemas, extension, extension, choose);
            }
        }
    }

    fn tag(&mut self, schemas: &Schemas, discriminator: &Discriminator, member: SchemaId) {
        let target = schemas.get(member).reference.unwrap_or(member);
        let mapped = discriminator.mapping.iter().find(|(_, id)| *id == target || *id == member);
        let name = schemas.pointer(target).rsplit_once("/components/schemas/").map(|(_, name)| name.to_owned());
        if let Some(tag) = mapped.map(|(tag, _)| tag.clone()).or(name.filter(|name| !name.contains('/'))) {
            self.tags.entry(discriminator.property.clone()).or_insert(tag);
        }
    }

    /// The types that all of them allow; `None` when nothing is said.
    pub(super) fn types(&self) -> Option<Types> {
        let said = self.all.iter().map(|schema| schema.types).filter(|types| !types.is_unsaid());
        said.reduce(|left, right| Types {
            null: left.null && right.null,
            boolean: left.boolean && right.boolean,
            integer: (left.integer && (right.integer || right.number)) || (right.integer && left.number),
            number: left.number && right.number,
            string: left.string && right.string,
            array: left.array && right.array,
            object: left.object && right.object,
        })
    }

    /// Every property with the schemas that are said about it.
    pub(super) fn properties(&self) -> BTreeMap<&'a str, Vec<SchemaId>> {
        let mut properties: BTreeMap<&str, Vec<SchemaId>> = BTreeMap::new();
        for (name, id) in self.all.iter().flat_map(|schema| &schema.properties) {
            properties.entry(name).or_default().push(*id);
        }
        properties
    }

    /// The names of the properties that must be there.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        self.all.iter().flat_map(|schema| &schema.required).map(String::as_str).collect()
    }

    /// What is said about properties that are not declared: explicitly, or by a schema.
    pub(super) fn additional(&self) -> Additional {
        let said = |additional: Additional| (additional != Additional::Unsaid).then_some(additional);
        let mut all = self.all.iter().filter_map(|schema| said(schema.additional).or(said(schema.unevaluated)));
        let first = all.next().unwrap_or_default();
        if all.any(|other| other == Additional::Forbidden) { Additional::Forbidden } else { first }
    }

    /// The smallest value of a constraint that sets an upper bound.
    pub(super) fn most(&self, keyword: &str) -> Option<f64> {
        self.numbers(keyword).reduce(f64::min)
    }

    /// The largest value of a constraint that sets a lower bound.
    pub(super) fn least(&self, keyword: &str) -> Option<f64> {
        self.numbers(keyword).reduce(f64::max)
    }

    pub(super) fn numbers(&self, keyword: &str) -> impl Iterator<Item = f64> {
        self.all.iter().filter_map(move |schema| super::json::number(schema.constraints.get(keyword)?))
    }

    /// `minLength` and the like as a count, with what holds when it is not given.
    pub(super) fn counts(&self, least: &str, most: &str, usual: usize) -> (usize, usize) {
        // Counts beyond what a test needs are cut.
        let low = self.least(least).map_or(0, |value| value.clamp(0.0, 5000.0) as usize);
        let high = self.most(most).map_or(low + usual, |value| value.clamp(0.0, 5000.0) as usize);
        (low, high.min(low + usual).max(low))
    }

    pub(super) fn format(&self) -> Option<&'a str> {
        self.all.iter().find_map(|schema| schema.format.as_deref())
    }
}

/// The schemas that extend one with a discriminator, as far as it names them.
fn extensions(discriminator: &Discriminator) -> Vec<SchemaId> {
    discriminator.mapping.iter().map(|(_, id)| *id).collect()
}

fn pick(members: &[SchemaId], choose: &mut dyn FnMut(usize) -> usize) -> Option<SchemaId> {
    if members.is_empty() {
        return None;
    }
    members.get(choose(members.len())).copied()
}
