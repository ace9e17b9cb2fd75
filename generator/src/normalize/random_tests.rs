//! Documents that nobody wrote: made from the tables of the grammar, and small ones with something broken in them.
//!
//! Whatever normalizes also deserializes, and nothing on the way panics.

use serde_json::{Map, Value, json};

use super::Version;
use super::grammar::{Keys, Keyword, Kind, Shape};
use super::swagger::tests::SWAGGER;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Files;
use crate::{document, model, normalize};

/// A document of 3.2 with a little of everything.
const SEED: &str = "
openapi: 3.2.0
info: {title: t, version: '1', license: {name: MIT, identifier: MIT}}
servers: [{url: 'https://{h}/v1', variables: {h: {default: a, enum: [a, b]}}}]
tags: [{name: a, parent: b}]
security: [{key: []}, {}]
webhooks: {ping: {post: {responses: {'200': {description: ok}}}}}
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    query: {responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: object}}}}}}
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/A'}, encoding: {a: {style: form, explode: true}}}}}
      responses: {default: {description: ok, headers: {X: {schema: {type: integer}}}, links: {l: {operationId: x}}}}
      callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: ok}}}}}}
components:
  securitySchemes: {key: {type: apiKey, name: k, in: header}, o: {type: oauth2, flows: {password: {tokenUrl: t, scopes: {}}}}}
  parameters: {P: {name: p, in: query, style: deepObject, explode: true, content: {application/json: {schema: {}}}}}
  schemas:
    A: {type: [object, 'null'], properties: {a: {$ref: '#/components/schemas/A'}, b: {type: array, prefixItems: [{}, true]}}, required: [a]}
    B: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}], discriminator: {propertyName: k, mapping: {a: A}}}
";

/// A generator of numbers that is the same in every run (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "",
    "default",
    "#/components/schemas/A",
    "A",
    "string",
    "null",
    "true",
    "5",
    "200",
    "ß",
    "/a/{id}",
    "é b",
];

/// Any JSON, small.
fn junk(dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(dice.below(1000)),
        3 => json!(-1.5),
        4 => json!([]),
        5 => json!({}),
        6 => json!(["a", null, 1]),
        7 => json!({"$ref": "#/components/schemas/A"}),
        _ => json!(dice.pick(WORDS)),
    }
}

/// A value of a shape; one in fifteen is something else.
fn value(shape: Shape, version: Version, depth: usize, dice: &mut Dice) -> Value {
    if dice.one_in(15) {
        return junk(dice);
    }
    let count = dice.below(3);
    match shape {
        Shape::Any => junk(dice),
        Shape::AnyList => (0..count).map(|_| junk(dice)).collect(),
        Shape::Text => json!(dice.pick(WORDS)),
        Shape::OneOf(choices) => json!(dice.pick(choices)),
        Shape::Texts | Shape::TextsOrFlag => (0..count).map(|_| json!(dice.pick(WORDS))).collect(),
        Shape::TextMap => json!({ *dice.pick(WORDS): dice.pick(WORDS) }),
        Shape::Flag => json!(dice.one_in(2)),
        Shape::Number | Shape::NumberOrFlag => json!(dice.below(9)),
        Shape::Count => json!(dice.below(4)),
        Shape::Types => json!(dice.pick(&["string", "object", "array", "integer", "null", "file"])),
        Shape::Object(kind) => object(kind, version, depth, dice),
        Shape::Schema | Shape::SchemaOrList => object(Kind::Schema, version, depth, dice),
        Shape::ObjectList(kind) => (0..count).map(|_| object(kind, version, depth, dice)).collect(),
        Shape::SchemaList => (0..count).map(|_| object(Kind::Schema, version, depth, dice)).collect(),
        Shape::ObjectMap(kind) => map(kind, version, depth, count, dice),
        Shape::SchemaMap => map(Kind::Schema, version, depth, count, dice),
    }
}

fn map(kind: Kind, version: Version, depth: usize, count: usize, dice: &mut Dice) -> Value {
    let members = (0..count).map(|_| ((*dice.pick(WORDS)).to_owned(), object(kind, version, depth, dice)));
    Value::Object(members.collect())
}

fn object(kind: Kind, version: Version, depth: usize, dice: &mut Dice) -> Value {
    if depth == 0 {
        return if dice.one_in(3) { json!({"$ref": "#/components/schemas/A"}) } else { json!({}) };
    }
    let mut members = Map::new();
    let keywords: Vec<&Keyword> = kind.keywords_in(version).collect();
    for keyword in &keywords {
        // What is required is there most of the time, so that a document does not fall apart at its first object.
        let required = kind.grammar().required.iter().any(|required| required.name == keyword.name);
        if if required { !dice.one_in(8) } else { dice.one_in(keywords.len().min(6)) } {
            members.insert(keyword.name.to_owned(), value(keyword.shape, version, depth - 1, dice));
        }
    }
    if kind.grammar().keys != Keys::None {
        for _ in 0..dice.below(3) {
            let key = *dice.pick(&["/a", "/b/{id}", "200", "4XX", "key", "{$url}"]);
            members.insert(key.to_owned(), value(kind.grammar().values, version, depth - 1, dice));
        }
    }
    if dice.one_in(20) {
        members.insert((*dice.pick(&["x-any", "nonsense", "$ref"])).to_owned(), junk(dice));
    }
    Value::Object(members)
}

/// Reads a document as far as the model; says whether it got there.
fn check(document: &Value, seed: &str) -> bool {
    let text = document.to_string();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let Ok(documents) = document::load_text("api.json", &text, &mut files, &mut diagnostics) else { return false };
    // The count must bear whatever the walk bears.
    normalize::coverage(&documents);
    let Ok(normalized) = normalize::normalize(documents, &mut diagnostics) else { return false };
    let read = model::read(normalized, &mut diagnostics);
    let lost = diagnostics.count(Code::UnreadableObject);
    assert!(read.is_ok() && lost == 0, "{seed}: {lost} objects are lost: {:#?}\n{text}", diagnostics.iter().last());
    true
}

#[test]
fn whatever_normalizes_also_deserializes() {
    let mut read = 0;
    for version in [Version::Swagger2, Version::V3_0, Version::V3_1, Version::V3_2] {
        for seed in 0..150 {
            let mut dice = Dice::new(seed);
            let mut document = object(Kind::Root, version, 6, &mut dice);
            document["openapi"] = json!(format!("{}.0", version.as_str()));
            if version == Version::Swagger2 {
                document["swagger"] = json!("2.0");
                document.as_object_mut().map(|members| members.remove("openapi"));
            }
            read += usize::from(check(&document, &format!("{version:?} {seed}")));
        }
    }
    assert!(read > 400, "only {read} documents were read: the test checks too little");
}

#[test]
fn broken_documents_are_mended_or_refused_but_never_half_read() {
    let mut read = 0;
    for text in [SEED, SWAGGER] {
        let whole: Value = serde_yaml::from_str(text).unwrap();
        assert!(check(&whole, "whole"));
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let mut document = whole.clone();
            for _ in 0..=dice.below(3) {
                break_somewhere(&mut document, &mut dice);
            }
            read += usize::from(check(&document, &format!("mutation {seed}")));
        }
    }
    assert!(read > 450, "only {read} documents were read: the test checks too little");
}

/// Replaces, removes, renames or repeats one value, wherever the dice lead.
fn break_somewhere(document: &mut Value, dice: &mut Dice) {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    let place = dice.pick(&places).clone();
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            let key = crate::pointer::unescape(key).into_owned();
            let Some(old) = members.remove(&key) else { return };
            match dice.below(4) {
                0 => {}
                1 => drop(members.insert((*dice.pick(WORDS)).to_owned(), old)),
                2 => drop(members.insert(key, json!([old]))),
                _ => drop(members.insert(key, junk(dice))),
            }
        }
        Some(Value::Array(items)) => items.push(junk(dice)),
        Some(_) | None => {}
    }
}

/// The pointers of all values below one.
fn collect(value: &Value, pointer: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                collect(value, format!("{pointer}/{}", crate::pointer::escape(key)), places);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{at}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(pointer);
}
