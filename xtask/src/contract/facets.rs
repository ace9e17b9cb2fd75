//! What schemas say about one value: everything that holds together, found through references and `allOf`.

use oasmith::document::{Node, Value};
use oasmith::model::{Additional, Schema, SchemaId, Schemas};

use super::pattern;

/// The schemas that a value must meet.
#[derive(Debug, Clone, Default)]
pub(super) struct Facets<'a> {
    all: Vec<&'a Schema>,
    schemas: Option<&'a Schemas>,
}

/// How many schemas are followed: references can be cyclic.
const MOST: usize = 64;

impl<'a> Facets<'a> {
    pub(super) fn of(schemas: &'a Schemas, id: Option<SchemaId>) -> Self {
        let mut all: Vec<&Schema> = Vec::new();
        let mut open: Vec<SchemaId> = id.into_iter().collect();
        while let Some(id) = open.pop() {
            let schema = schemas.get(id);
            if all.len() >= MOST {
                break;
            }
            all.push(schema);
            open.extend(schema.all_of.iter().rev().copied());
            open.extend(only(schemas, &schema.any_of).or_else(|| only(schemas, &schema.one_of)));
            open.extend(schema.reference);
        }
        Self { all, schemas: Some(schemas) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn child(&self, find: impl Fn(&Schema) -> Option<SchemaId>) -> Self {
        let id = self.all.iter().find_map(|schema| find(schema));
        self.schemas.map_or_else(Self::default, |schemas| Self::of(schemas, id))
    }

    /// What an array's items must meet.
    pub(super) fn items(&self) -> Self {
        self.child(|schema| schema.items)
    }

    /// What one place of a tuple must meet.
    pub(super) fn place(&self, index: usize) -> Self {
        self.child(|schema| schema.prefix_items.get(index).copied())
    }

    /// What a map's values must meet.
    pub(super) fn additional(&self) -> Self {
        self.child(|schema| match schema.additional {
            Additional::Schema(id) => Some(id),
            Additional::Unsaid | Additional::Allowed | Additional::Forbidden => {
                schema.patterns.values().next().copied()
            }
        })
    }

    /// Whether an object can have no member but those that it names.
    pub(super) fn is_closed(&self) -> bool {
        self.all.iter().any(|schema| schema.additional == Additional::Forbidden && schema.patterns.is_empty())
    }

    /// A key for a map.
    pub(super) fn key(&self) -> Option<String> {
        if let Some(pattern) = self.all.iter().find_map(|schema| schema.patterns.keys().next()) {
            return pattern::sample(pattern);
        }
        let names = self.child(|schema| schema.property_names);
        if names.is_empty() { Some("key".to_owned()) } else { names.text() }
    }

    pub(super) fn has(&self, keyword: &str) -> bool {
        self.all.iter().any(|schema| schema.constraints.contains_key(keyword))
    }

    fn numbers(&self, keyword: &str) -> impl Iterator<Item = f64> {
        self.all.iter().filter_map(move |schema| number(schema.constraints.get(keyword)?))
    }

    /// A constraint that counts something; zero when it is not given.
    pub(super) fn count(&self, keyword: &str) -> usize {
        let most = self.numbers(keyword).fold(0.0, f64::max);
        // Counts beyond what is written into a test are cut by the caller.
        if most > 0.0 { most.min(1e6) as usize } else { 0 }
    }

    /// What the schemas name as a value: `const`, `enum`, then examples and the default.
    fn named(&self) -> impl Iterator<Item = &'a Node> {
        let fixed = self.all.iter().flat_map(|schema| schema.constant.iter().chain(schema.values.iter().flatten()));
        let hinted = self.all.iter().flat_map(|schema| schema.examples.iter().chain(&schema.default));
        fixed.chain(hinted)
    }

    pub(super) fn boolean(&self) -> bool {
        self.named().find_map(Node::as_bool).unwrap_or(true)
    }

    pub(super) fn integer(&self) -> i64 {
        let named = self.named().filter_map(number).find(|value| value.fract() == 0.0 && self.admits(*value));
        let value = named.unwrap_or_else(|| self.between(1.0, 1.0));
        value as i64
    }

    pub(super) fn number(&self) -> f64 {
        let whole =
            self.all.iter().any(|schema| schema.format.as_deref().is_some_and(|format| format.starts_with("int")));
        let named = self.named().filter_map(number).find(|value| self.admits(*value));
        named.unwrap_or_else(|| if whole { self.between(1.0, 1.0) } else { self.between(1.5, 0.25) })
    }

    fn lower(&self) -> f64 {
        self.numbers("minimum").chain(self.numbers("exclusiveMinimum")).fold(f64::NEG_INFINITY, f64::max)
    }

    fn upper(&self) -> f64 {
        self.numbers("maximum").chain(self.numbers("exclusiveMaximum")).fold(f64::INFINITY, f64::min)
    }

    fn admits(&self, value: f64) -> bool {
        let strict = |keyword| self.numbers(keyword).any(|bound| bound == value);
        let edge = strict("exclusiveMinimum") || strict("exclusiveMaximum");
        let multiple = self.numbers("multipleOf").all(|step| step == 0.0 || (value / step).fract() == 0.0);
        value >= self.lower() && value <= self.upper() && multiple && !edge
    }

    /// The wish when it fits, else something near a bound or a multiple.
    fn between(&self, wish: f64, step: f64) -> f64 {
        let step = self.numbers("multipleOf").find(|step| *step > 0.0).unwrap_or(step);
        let (low, high) = (self.lower(), self.upper());
        let up = (low / step).ceil() * step;
        let candidates = [wish, step, 0.0, low, up, up + step, high, (high / step).floor() * step - step];
        candidates.into_iter().find(|value| value.is_finite() && self.admits(*value)).unwrap_or(wish)
    }

    /// The position of a known value that the schemas admit here.
    pub(super) fn choose(&self, known: &[&str]) -> usize {
        let narrow = self.all.iter().filter_map(|schema| schema.values.as_ref().or(None));
        let constants = self.all.iter().filter_map(|schema| schema.constant.as_ref());
        let admitted = |text: &str| {
            narrow.clone().all(|values| values.iter().any(|node| plain(node) == Some(text)))
                && constants.clone().all(|node| plain(node) == Some(text))
        };
        known.iter().position(|text| !text.is_empty() && admitted(text)).unwrap_or(0)
    }

    /// A text of the right length, format and pattern.
    pub(super) fn text(&self) -> Option<String> {
        let fixed = self.all.iter().flat_map(|schema| schema.constant.iter().chain(schema.values.iter().flatten()));
        let mut fixed = fixed.filter_map(Node::as_str);
        if let Some(text) = fixed.clone().find(|text| !text.is_empty()).or_else(|| fixed.next()) {
            return Some(text.to_owned());
        }
        let patterns: Vec<&str> =
            self.all.iter().filter_map(|schema| schema.constraints.get("pattern")?.as_str()).collect();
        let fits = |text: &&str| self.fits(text) && patterns.iter().all(|pattern| pattern::matches(pattern, text));
        let format = self.all.iter().find_map(|schema| schema.format.as_deref()).unwrap_or_default();
        if let Some(text) = of_format(format) {
            return Some(text.to_owned());
        }
        let hinted = self.all.iter().flat_map(|schema| schema.examples.iter().chain(&schema.default));
        if let Some(text) = hinted.filter_map(Node::as_str).filter(|text| !text.is_empty()).find(fits) {
            return Some(text.to_owned());
        }
        if let Some(pattern) = patterns.first() {
            return pattern::sample_of(pattern, self.count("minLength")).filter(|text| fits(&text.as_str()));
        }
        let mut text = "text".to_owned();
        while text.chars().count() < self.count("minLength").min(4096) {
            text.push('x');
        }
        if self.has("maxLength") {
            text = text.chars().take(self.count("maxLength")).collect();
        }
        Some(text)
    }

    fn fits(&self, text: &str) -> bool {
        let length = text.chars().count();
        length >= self.count("minLength") && (!self.has("maxLength") || length <= self.count("maxLength"))
    }

    /// A scalar as text without quotes.
    pub(super) fn plain(&self) -> Option<String> {
        let json = self.json()?;
        let is_string = json.starts_with('"') || json.starts_with(['{', '[']);
        if is_string { self.text() } else { Some(json) }
    }

    /// A JSON text for a value without a type of its own.
    pub(super) fn json(&self) -> Option<String> {
        if let Some(node) = self.named().next() {
            return Some(json(node));
        }
        let said = |has: fn(&Schema) -> bool| self.all.iter().any(|schema| has(schema));
        Some(if said(|schema| schema.types.string) {
            format!("{:?}", self.text()?)
        } else if said(|schema| schema.types.object) {
            "{}".to_owned()
        } else if said(|schema| schema.types.array) {
            "[]".to_owned()
        } else if said(|schema| schema.types.integer || schema.types.number) {
            self.integer().to_string()
        } else if said(|schema| schema.types.boolean) {
            "true".to_owned()
        } else {
            "\"text\"".to_owned()
        })
    }
}

/// The one member that is not `null`.
fn only(schemas: &Schemas, members: &[SchemaId]) -> Option<SchemaId> {
    let is_null = |id: &SchemaId| {
        let types = schemas.get(*id).types;
        types.null && !types.string && !types.object && !types.array && !types.integer && !types.number
    };
    let mut others = members.iter().filter(|id| !is_null(id));
    others.next().copied().filter(|_| others.next().is_none())
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// A scalar's text.
fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        _ => None,
    }
}

fn json(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.to_string(),
        Value::String(text) => serde_json::Value::from(&**text).to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members =
                members.iter().map(|(key, entry)| format!("{}:{}", serde_json::Value::from(&**key), json(&entry.node)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

/// A text for each format that a validator knows.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-03-04T05:06:07Z",
        "date" => "2026-03-04",
        "time" => "05:06:07Z",
        "duration" => "P1D",
        "uuid" => "3f2c8f0e-5d0a-4e5e-9c0b-1a2b3c4d5e6f",
        "email" | "idn-email" => "person@example.com",
        "uri" | "url" | "iri" => "https://example.com/a",
        "uri-reference" | "iri-reference" => "/a",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "Y29udGVudHM=",
        "json-pointer" => "/a",
        "regex" => "a+",
        _ => return None,
    })
}
