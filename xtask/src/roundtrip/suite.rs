//! The JSON-Schema-Test-Suite as one document: every set with a valid instance becomes a named schema that must decode it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use oasmith::config::Config;
use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::document::load_text;
use oasmith::pointer;
use oasmith::source::Files;
use serde_json::{Map, Value, json};

use super::prepare::{self, Built, Check, Prepared, Rule};

/// Sets that need other documents or a vocabulary of their own, which an OpenAPI description does not have.
const SKIPPED: &[&str] = &["dynamicRef", "refRemote", "vocabulary"];

/// A schema of the suite and its valid instances.
struct Set {
    name: String,
    label: String,
    schema: Value,
    valid: Vec<Value>,
}

/// Reads the sets in `tests` and writes the crate of those that can be generated below `out`.
pub(super) fn prepare(tests: &Path, out: &Path) -> Result<Prepared> {
    let (mut members, mut kept, mut left_out) = (Map::new(), Vec::new(), Vec::new());
    for set in sets(tests)? {
        let alone = Map::from_iter([(set.name.clone(), set.schema.clone())]);
        match build(&alone) {
            Ok(_) => {
                members.insert(set.name.clone(), set.schema.clone());
                kept.push(set);
            }
            Err(error) => left_out.push(format!("{}: {error:#}", set.label)),
        }
    }
    let built = build(&members)?;
    prepare::save(&out.join("suite"), &built.files)?;
    let mut checks = Vec::new();
    for set in kept {
        let id = built.named.iter().find(|(name, _)| *name == set.name).map(|(_, id)| *id);
        // Whether `null` is allowed belongs to the use of a type, so that each one is used as an option.
        match id.and_then(|id| prepare::path(&built, id)) {
            Some(path) => {
                checks.push(Check { pointer: set.label, path: format!("Option<{path}>"), values: set.valid });
            }
            None => left_out.push(format!("{}: has no type", set.label)),
        }
    }
    Ok(Prepared { name: "suite".to_owned(), rule: Rule::Decodes, checks, left_out, loose: BTreeSet::new() })
}

fn build(members: &Map<String, Value>) -> Result<Built> {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": members },
    });
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::default());
    let documents = load_text("suite.json", &document.to_string(), &mut files, &mut diagnostics)
        .map_err(|_| first_error(&diagnostics))?;
    let built = prepare::build("suite", documents, &Config::default(), &mut diagnostics);
    let built = built.map_err(|_| first_error(&diagnostics))?;
    if diagnostics.has_errors() { Err(first_error(&diagnostics)) } else { Ok(built) }
}

fn first_error(diagnostics: &Diagnostics) -> anyhow::Error {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.code.severity() == Severity::Error);
    error.map_or_else(|| anyhow!("cannot be emitted"), |error| anyhow!("{}", error.message))
}

fn sets(tests: &Path) -> Result<Vec<Set>> {
    let mut files: Vec<_> = std::fs::read_dir(tests)?.collect::<std::io::Result<Vec<_>>>()?;
    files.sort_by_key(std::fs::DirEntry::path);
    let mut sets = Vec::new();
    for path in files.iter().map(std::fs::DirEntry::path) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !path.is_file() || SKIPPED.contains(&stem.as_str()) {
            continue;
        }
        let groups: Vec<Value> = serde_json::from_slice(&std::fs::read(&path)?)?;
        for (index, group) in groups.iter().enumerate() {
            let set = set(&stem, index, group).with_context(|| format!("{stem} {index}"))?;
            if !set.valid.is_empty() {
                sets.push(set);
            }
        }
    }
    Ok(sets)
}

fn set(stem: &str, index: usize, group: &Value) -> Result<Set> {
    let tests = group.get("tests").and_then(Value::as_array).context("there are no tests")?;
    let valid = tests.iter().filter(|test| test.get("valid").and_then(Value::as_bool) == Some(true));
    let mut schema = group.get("schema").context("there is no schema")?.clone();
    let name = format!("{stem}-{index}");
    if let Some(members) = schema.as_object_mut() {
        members.remove("$schema");
        if !members.contains_key("$id") {
            move_references(&mut schema, &format!("#/components/schemas/{}", pointer::escape(&name)));
        }
    }
    let implied = implied(&schema);
    let valid = valid.filter_map(|test| test.get("data"));
    Ok(Set {
        valid: valid.filter(|data| implied.is_none_or(|is_kind| is_kind(data))).cloned().collect(),
        label: format!("{stem}: {}", group.get("description").and_then(Value::as_str).unwrap_or_default()),
        name,
        schema,
    })
}

/// A test of a value's JSON type.
type Test = fn(&Value) -> bool;

/// The type that the keywords of a schema without `type` are about. A description that leaves `type` out means that type alone,
/// while JSON Schema lets every other value pass.
fn implied(schema: &Value) -> Option<Test> {
    const KEYWORDS: &[(&str, Test)] = &[
        ("properties", Value::is_object),
        ("patternProperties", Value::is_object),
        ("additionalProperties", Value::is_object),
        ("unevaluatedProperties", Value::is_object),
        ("required", Value::is_object),
        ("minProperties", Value::is_object),
        ("maxProperties", Value::is_object),
        ("propertyNames", Value::is_object),
        ("items", Value::is_array),
        ("prefixItems", Value::is_array),
        ("unevaluatedItems", Value::is_array),
        ("minItems", Value::is_array),
        ("maxItems", Value::is_array),
        ("uniqueItems", Value::is_array),
        ("minLength", Value::is_string),
        ("maxLength", Value::is_string),
        ("pattern", Value::is_string),
        ("format", Value::is_string),
        ("contentEncoding", Value::is_string),
        ("minimum", Value::is_number),
        ("maximum", Value::is_number),
        ("exclusiveMinimum", Value::is_number),
        ("exclusiveMaximum", Value::is_number),
        ("multipleOf", Value::is_number),
    ];
    let members = schema.as_object().filter(|members| !members.contains_key("type"))?;
    KEYWORDS.iter().find(|(keyword, _)| members.contains_key(*keyword)).map(|(_, is_kind)| *is_kind)
}

/// A reference from the root of the schema becomes one from the root of the document.
fn move_references(schema: &mut Value, root: &str) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" && (text == "#" || text.starts_with("#/")) => {
                        text.replace_range(..1, root);
                    }
                    _ if key == "const" || key == "enum" => {}
                    value => move_references(value, root),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_references(item, root)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
