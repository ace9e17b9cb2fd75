//! Random values of a schema: the same seed gives the same values.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use oasmith::model::{Additional, SchemaId, Schemas};
use serde_json::{Map, Value};

use super::json;
use super::merged::Merged;
use super::text;
use super::valid::{Strictness, Validator};

/// Below this level objects have only what they must have.
const DEEP: usize = 5;
/// Below this level there are no values any more.
const DEEPEST: usize = 24;
/// How many schemas are visited for one value before it is given up.
const BUDGET: usize = 20_000;
/// How often a value is tried again that does not meet its schema.
const TRIES: usize = 6;

/// Makes values for the schemas of one document.
#[derive(Debug)]
pub(super) struct Instances<'a> {
    schemas: &'a Schemas,
    rng: Rng,
    budget: usize,
    /// Required properties that no schema declares: nothing keeps them.
    pub(super) undeclared: BTreeSet<String>,
}

impl<'a> Instances<'a> {
    pub(super) fn new(schemas: &'a Schemas, seed: u64) -> Self {
        Self { schemas, rng: Rng::with_seed(seed), budget: 0, undeclared: BTreeSet::new() }
    }

    /// A value of a named schema, never `null`: whether that is allowed is a matter of the places that use the type.
    pub(super) fn of(&mut self, schema: SchemaId) -> Option<Value> {
        (0..TRIES).find_map(|_| {
            self.budget = BUDGET;
            self.value(&[schema], None, 0).filter(|value| !value.is_null())
        })
    }

    /// A value that meets all of the schemas; `tag` is what a discriminator wants it to be.
    fn value(&mut self, ids: &[SchemaId], tag: Option<&str>, depth: usize) -> Option<Value> {
        if depth > DEEPEST || self.budget == 0 {
            return None;
        }
        if !ids.is_empty() && ids.iter().all(|id| json::is_marked_nullable(self.schemas.get(*id))) {
            let bare = ids.iter().all(|id| json::says_nothing(self.schemas.get(*id)));
            if bare || self.rng.u8(0..8) == 0 {
                return Some(Value::Null);
            }
        }
        let mut overlapping = None;
        for _ in 0..TRIES {
            self.budget = self.budget.saturating_sub(1);
            let merged = Merged::of(self.schemas, ids, &mut |count| self.rng.usize(0..count));
            let Some(value) = self.candidate(&merged, tag, depth) else { if merged.chosen { continue } else { break } };
            if (Validator { schemas: self.schemas, strictness: Strictness::Exact }).all(ids, &value) {
                return Some(value);
            }
            if (Validator { schemas: self.schemas, strictness: Strictness::Lenient }).all(ids, &value) {
                overlapping = Some(value);
            }
        }
        overlapping
    }

    fn candidate(&mut self, merged: &Merged<'_>, tag: Option<&str>, depth: usize) -> Option<Value> {
        let fixed: Vec<Value> = merged
            .all
            .iter()
            .find_map(|schema| {
                let constant = schema.constant.as_ref().map(|constant| vec![json::value(constant)]);
                constant.or_else(|| schema.values.as_ref().map(|values| values.iter().map(json::value).collect()))
            })
            .unwrap_or_default();
        if let Some(tag) = tag {
            // The member's own words win over a schema name that the discriminator only implies.
            let known = fixed.iter().find(|value| value.as_str() == Some(tag)).or(fixed.first());
            return Some(known.cloned().unwrap_or_else(|| tag.into()));
        }
        if !fixed.is_empty() {
            return self.rng.choice(fixed);
        }
        match self.kind(merged)? {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(self.rng.bool().into()),
            Kind::Integer => self.integer(merged),
            // The formats of integers are those of numbers, too.
            Kind::Number if merged.format().is_some_and(|format| format.trim_start_matches('u').starts_with("int")) => {
                self.integer(merged)
            }
            Kind::Number => self.number(merged),
            Kind::String => text::text(&mut self.rng, merged).map(Value::from),
            Kind::Array => self.array(merged, depth),
            Kind::Object => self.object(merged, depth),
        }
    }

    fn kind(&mut self, merged: &Merged<'_>) -> Option<Kind> {
        let Some(types) = merged.types() else { return Some(self.untyped(merged)) };
        let kinds = [
            (types.boolean, Kind::Boolean),
            (types.integer, Kind::Integer),
            (types.number, Kind::Number),
            (types.string, Kind::String),
            (types.array, Kind::Array),
            (types.object, Kind::Object),
        ];
        if types.null && self.rng.u8(0..8) == 0 {
            return Some(Kind::Null);
        }
        let kinds: Vec<Kind> = kinds.into_iter().filter(|(allowed, _)| *allowed).map(|(_, kind)| kind).collect();
        self.rng.choice(kinds).or(types.null.then_some(Kind::Null))
    }

    /// What a schema without `type` is meant for.
    fn untyped(&mut self, merged: &Merged<'_>) -> Kind {
        let has = |keyword: &str| merged.all.iter().any(|schema| schema.constraints.contains_key(keyword));
        if !merged.properties().is_empty()
            || !merged.required().is_empty()
            || merged.additional() != Additional::Unsaid
            || merged.all.iter().any(|schema| !schema.patterns.is_empty())
        {
            Kind::Object
        } else if merged.all.iter().any(|schema| schema.items.is_some() || !schema.prefix_items.is_empty()) {
            Kind::Array
        } else if has("minimum") || has("maximum") {
            Kind::Integer
        } else if merged.format().is_some() || has("pattern") || has("minLength") || has("maxLength") {
            Kind::String
        } else {
            self.rng.choice([Kind::Boolean, Kind::Integer, Kind::Number, Kind::String]).unwrap_or(Kind::String)
        }
    }

    fn integer(&mut self, merged: &Merged<'_>) -> Option<Value> {
        let wide = merged.format().is_none_or(|format| format.contains("64"));
        let usual = if wide && self.rng.u8(0..4) == 0 { 9_100_000_000_000_000.0 } else { 1000.0 };
        let (low, high) = range(merged, usual);
        let unsigned = merged.format().is_some_and(|format| format.starts_with('u'));
        let low = if unsigned { low.max(0.0) } else { low };
        let (low, high) = (low.ceil() as i64, high.floor() as i64);
        let step = merged.numbers("multipleOf").find(|step| *step >= 1.0).map_or(1, |step| step as i64);
        if low > high {
            return None;
        }
        let value = self.rng.i64(low..=high);
        let value = value - value.rem_euclid(step);
        Some(if value < low { (value + step).into() } else { value.into() })
    }

    fn number(&mut self, merged: &Merged<'_>) -> Option<Value> {
        let (low, high) = range(merged, 1000.0);
        if low > high {
            return None;
        }
        // Eighths are exact as single precision as well.
        let value = low + self.rng.f64() * (high - low);
        let eighths = (value * 8.0).round() / 8.0;
        let value = if eighths >= low && eighths <= high { eighths } else { f64::from(value as f32) };
        Some(value.into())
    }

    fn array(&mut self, merged: &Merged<'_>, depth: usize) -> Option<Value> {
        let (low, high) = merged.counts("minItems", "maxItems", 3);
        let prefix = merged.all.iter().map(|schema| schema.prefix_items.len()).max().unwrap_or_default();
        let low = low.max(prefix);
        let length = if depth > DEEP { low } else { self.rng.usize(low..=high.max(low)) };
        let unique = merged.all.iter().any(|schema| {
            schema.constraints.get("uniqueItems").and_then(oasmith::document::Node::as_bool) == Some(true)
        });
        let mut items: Vec<Value> = Vec::new();
        for index in 0..length {
            let place = |schema: &&oasmith::model::Schema| schema.prefix_items.get(index).copied().or(schema.items);
            let ids: Vec<SchemaId> = merged.all.iter().filter_map(place).collect();
            match self.value(&ids, None, depth + 1) {
                Some(item) if unique && items.contains(&item) => {}
                Some(item) => items.push(item),
                None if items.len() >= low => break,
                None => return None,
            }
        }
        (items.len() >= low).then_some(Value::Array(items))
    }

    fn object(&mut self, merged: &Merged<'_>, depth: usize) -> Option<Value> {
        let mut properties = merged.properties();
        let required = merged.required();
        for name in required.iter().copied() {
            properties.entry(name).or_default();
        }
        let (low, high) = merged.counts("minProperties", "maxProperties", usize::MAX / 2);
        let likely = if depth > DEEP {
            0.0
        } else if depth > 2 {
            0.3
        } else {
            0.6
        };
        let mut members = Map::new();
        let mut order: Vec<(&str, Vec<SchemaId>)> = properties.into_iter().collect();
        order.sort_by_key(|(name, _)| !required.contains(name));
        for (name, mut ids) in order {
            let must = required.contains(name) || merged.tags.contains_key(name) || members.len() < low;
            if !must && (members.len() >= high || self.rng.f64() >= likely) {
                continue;
            }
            if let (true, Additional::Schema(id)) = (ids.is_empty(), merged.additional()) {
                ids.push(id);
            }
            if ids.is_empty() && merged.additional() == Additional::Unsaid {
                self.undeclared.insert(name.to_owned());
            }
            let tag = merged.tags.get(name).map(String::as_str);
            match self.value(&ids, tag, depth + 1) {
                Some(value) => {
                    members.insert(name.to_owned(), value);
                }
                None if required.contains(name) => return None,
                None => {}
            }
        }
        self.further(merged, depth, (low, high), &mut members)?;
        Some(Value::Object(members))
    }

    /// Members that are not declared one by one: by pattern and by `additionalProperties`.
    fn further(
        &mut self,
        merged: &Merged<'_>,
        depth: usize,
        (low, high): (usize, usize),
        members: &mut Map<String, Value>,
    ) -> Option<()> {
        let patterns: BTreeMap<&str, SchemaId> = merged
            .all
            .iter()
            .flat_map(|schema| &schema.patterns)
            .map(|(pattern, id)| (pattern.as_str(), *id))
            .collect();
        let wanted = if depth > DEEP { low } else { low.max(members.len() + self.rng.usize(0..3)).min(high) };
        for _ in 0..wanted.saturating_sub(members.len()) {
            let pattern = self.rng.choice(&patterns);
            let (key, ids) = match (pattern, merged.additional()) {
                (Some((pattern, id)), _) => (text::of_pattern(&mut self.rng, pattern)?, vec![*id]),
                (None, Additional::Allowed) => (self.key(merged, depth)?, Vec::new()),
                (None, Additional::Schema(id)) => (self.key(merged, depth)?, vec![id]),
                (None, Additional::Unsaid | Additional::Forbidden) => break,
            };
            if members.contains_key(&key) || key.is_empty() {
                continue;
            }
            match self.value(&ids, None, depth + 1) {
                Some(value) => {
                    members.insert(key, value);
                }
                None if members.len() >= low => break,
                None => return None,
            }
        }
        (members.len() >= low).then_some(())
    }

    fn key(&mut self, merged: &Merged<'_>, depth: usize) -> Option<String> {
        match merged.all.iter().find_map(|schema| schema.property_names) {
            Some(names) => self.value(&[names], None, depth + 1)?.as_str().map(str::to_owned),
            None => Some(format!("key {}", self.rng.u16(..))),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The bounds of a number; where there are none, so far from zero.
fn range(merged: &Merged<'_>, usual: f64) -> (f64, f64) {
    let integer = merged.types().is_some_and(|types| types.integer && !types.number);
    let inset = if integer { 1.0 } else { 0.125 };
    let inner = |keyword: &str, inset: f64| {
        let first = if inset > 0.0 { merged.least(keyword) } else { merged.most(keyword) };
        first.map(|bound| bound + inset)
    };
    let low = [merged.least("minimum"), inner("exclusiveMinimum", inset)].into_iter().flatten().reduce(f64::max);
    let high = [merged.most("maximum"), inner("exclusiveMaximum", -inset)].into_iter().flatten().reduce(f64::min);
    match (low, high) {
        (Some(low), Some(high)) => (low.max(-9.1e15), high.min(9.1e15)),
        (Some(low), None) => (low, low + usual),
        (None, Some(high)) => (high - usual, high),
        (None, None) => (-usual, usual),
    }
}
