//! Whether a value meets a schema, as far as random values need it: everything but `pattern` and the keywords that are not modelled.

use std::collections::BTreeSet;

use oasmith::document::Node;
use oasmith::model::{Additional, Schema, SchemaId, Schemas};
use serde_json::Value;

use super::json;

/// How deep schemas are followed into each other.
const DEEPEST: usize = 64;

/// How strictly a choice is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// `oneOf` is met by one member and no other.
    Exact,
    /// `oneOf` is met by some member: documents often overlook that members overlap.
    Lenient,
}

/// Validates against the schemas of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Validator<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) strictness: Strictness,
}

impl Validator<'_> {
    /// Whether the value meets all of the schemas.
    pub(super) fn all(&self, ids: &[SchemaId], value: &Value) -> bool {
        ids.iter().all(|id| self.meets(*id, value, 0))
    }

    fn meets(&self, id: SchemaId, value: &Value, depth: usize) -> bool {
        let schema = self.schemas.get(id);
        if json::is_marked_nullable(schema) && (value.is_null() || json::says_nothing(schema)) {
            return value.is_null();
        }
        let deeper = depth + 1;
        if deeper > DEEPEST {
            return true;
        }
        let count = |members: &[SchemaId]| members.iter().filter(|id| self.meets(**id, value, deeper)).count();
        let one = match (schema.one_of.len(), self.strictness) {
            (0, _) => true,
            (_, Strictness::Exact) => count(&schema.one_of) == 1,
            (_, Strictness::Lenient) => count(&schema.one_of) > 0,
        };
        !schema.never
            && of_type(schema, value)
            && schema.constant.as_ref().is_none_or(|constant| same(constant, value))
            && schema.values.as_ref().is_none_or(|values| values.iter().any(|node| same(node, value)))
            && bounds(schema, value)
            && schema.reference.is_none_or(|id| self.meets(id, value, deeper))
            && schema.all_of.iter().all(|id| self.meets(*id, value, deeper))
            && one
            && (schema.any_of.is_empty() || count(&schema.any_of) > 0)
            && schema.not.is_none_or(|id| !self.meets(id, value, deeper))
            && self.inside(schema, value, deeper)
    }

    fn inside(&self, schema: &Schema, value: &Value, depth: usize) -> bool {
        match value {
            Value::Object(members) => {
                schema.required.iter().all(|name| members.contains_key(name))
                    && members.iter().all(|(name, value)| self.member(schema, name, value, depth))
            }
            Value::Array(items) => items.iter().enumerate().all(|(index, item)| {
                let place = schema.prefix_items.get(index).copied().or(schema.items);
                place.is_none_or(|id| self.meets(id, item, depth))
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        }
    }

    fn member(&self, schema: &Schema, name: &str, value: &Value, depth: usize) -> bool {
        let declared = schema.properties.get(name).copied();
        let patterned = schema.patterns.iter().find(|(pattern, _)| super::text::begins_like(pattern, name));
        let said = declared.or(patterned.map(|(_, id)| *id));
        said.map_or_else(
            || match schema.additional {
                Additional::Unsaid | Additional::Allowed => true,
                Additional::Forbidden => false,
                Additional::Schema(id) => self.meets(id, value, depth),
            },
            |id| self.meets(id, value, depth),
        )
    }
}

fn same(node: &Node, value: &Value) -> bool {
    json::difference(&json::value(node), value, &BTreeSet::new()).is_none()
}

fn of_type(schema: &Schema, value: &Value) -> bool {
    let types = schema.types;
    types.is_unsaid()
        || match value {
            Value::Null => types.null,
            Value::Bool(_) => types.boolean,
            Value::Number(number) => {
                types.number || types.integer && number.as_f64().is_some_and(|value| value.fract() == 0.0)
            }
            Value::String(_) => types.string,
            Value::Array(_) => types.array,
            Value::Object(_) => types.object,
        }
}

fn bounds(schema: &Schema, value: &Value) -> bool {
    let bound = |keyword: &str| schema.constraints.get(keyword).and_then(json::number);
    let between = |size: f64, least: &str, most: &str| {
        bound(least).is_none_or(|least| size >= least) && bound(most).is_none_or(|most| size <= most)
    };
    match value {
        Value::Number(number) => number.as_f64().is_none_or(|value| {
            between(value, "minimum", "maximum")
                && bound("exclusiveMinimum").is_none_or(|least| value > least)
                && bound("exclusiveMaximum").is_none_or(|most| value < most)
        }),
        Value::String(text) => {
            between(text.chars().count() as f64, "minLength", "maxLength") && super::text::fits_format(schema, text)
        }
        Value::Array(items) => between(items.len() as f64, "minItems", "maxItems"),
        Value::Object(members) => between(members.len() as f64, "minProperties", "maxProperties"),
        Value::Null | Value::Bool(_) => true,
    }
}
