//! What schemas say about the value at one place: everything that holds together, found through references and `allOf`.

use super::value::Json;
use crate::document::Value;
use crate::model::{Additional, Schema, SchemaId, Schemas};

/// A place that wants a value: its schema, and what stands for a text that nothing is known about.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'n> {
    pub(super) schema: Option<SchemaId>,
    pub(super) name: &'n str,
}

/// The schemas of one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints<'a>(Vec<&'a Schema>);

/// How many schemas are followed: references can be cyclic.
const MOST: usize = 32;

impl<'a> Hints<'a> {
    pub(super) fn of(schemas: &'a Schemas, id: Option<SchemaId>) -> Self {
        let mut all: Vec<&Schema> = Vec::new();
        let mut open: Vec<SchemaId> = id.into_iter().collect();
        while let Some(id) = open.pop().filter(|_| all.len() < MOST) {
            let schema = schemas.get(id);
            all.push(schema);
            open.extend(schema.all_of.iter().rev());
            open.extend(schema.reference);
        }
        Self(all)
    }

    /// Examples, then what is the only value or the usual one.
    pub(super) fn values(&self) -> Vec<Json> {
        let examples = self.0.iter().flat_map(|schema| &schema.examples);
        let others = self.0.iter().flat_map(|schema| schema.constant.iter().chain(&schema.default));
        let values = self.0.iter().flat_map(|schema| schema.values.iter().flatten());
        let all = examples.chain(others).chain(values);
        all.filter(|node| node.value != Value::Null).map(Json::from).collect()
    }

    pub(super) fn items(&self) -> Option<SchemaId> {
        self.0.iter().find_map(|schema| schema.items)
    }

    pub(super) fn place(&self, index: usize) -> Option<SchemaId> {
        self.0.iter().find_map(|schema| schema.prefix_items.get(index).copied())
    }

    /// What the values of a map meet.
    pub(super) fn additional(&self) -> Option<SchemaId> {
        self.0.iter().find_map(|schema| match schema.additional {
            Additional::Schema(id) => Some(id),
            Additional::Unsaid | Additional::Allowed | Additional::Forbidden => {
                schema.patterns.values().next().copied()
            }
        })
    }

    fn number(&self, keyword: &str) -> Option<f64> {
        self.0.iter().find_map(|schema| match &schema.constraints.get(keyword)?.value {
            Value::Number(text) => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        })
    }

    /// A whole number within the bounds; 1 where it can be.
    pub(super) fn integer(&self) -> String {
        let low = self.number("minimum").or_else(|| self.number("exclusiveMinimum").map(|bound| bound + 1.0));
        let high = self.number("maximum").or_else(|| self.number("exclusiveMaximum").map(|bound| bound - 1.0));
        let value = low.map_or(1.0, |low| low.ceil().max(1.0));
        let value = high.map_or(value, |high| value.min(high.floor()));
        format!("{value:.0}")
    }

    /// A text of the format and of a length that is allowed.
    pub(super) fn text(&self, name: &str) -> String {
        let format = self.0.iter().find_map(|schema| schema.format.as_deref());
        if let Some(text) = format.and_then(of_format) {
            return text.to_owned();
        }
        let name = if name.is_empty() { "text" } else { name };
        let count = |keyword| self.number(keyword).filter(|count| *count >= 0.0).map(|count| count.min(200.0) as usize);
        let mut text: String = name.chars().take(count("maxLength").unwrap_or(usize::MAX)).collect();
        let missing = count("minLength").unwrap_or_default().saturating_sub(text.chars().count());
        text.push_str(&"x".repeat(missing));
        text
    }
}

/// A text for each format that means something.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-03-04T05:06:07Z",
        "date" => "2026-03-04",
        "time" => "05:06:07",
        "duration" => "P1D",
        "uuid" => "3f2c8f0e-5d0a-4e5e-9c0b-1a2b3c4d5e6f",
        "email" | "idn-email" => "person@example.com",
        "uri" | "url" | "iri" => "https://example.com/a",
        "uri-reference" | "iri-reference" => "/a",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => return None,
    })
}
