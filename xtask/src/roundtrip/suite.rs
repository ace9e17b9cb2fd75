//! A draft of the JSON-Schema-Test-Suite as one document: every set with a valid instance becomes a named schema,
//! and its instances must go through a property of it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use oasmith::config::Config;
use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::document::load_text;
use oasmith::pointer;
use oasmith::source::Files;
use serde_json::{Map, Value, json};

use super::list::Suite;
use super::prepare::{self, Built, Check, Prepared};

/// A schema of the suite and its valid instances.
struct Set {
    name: String,
    /// The schema with a property of this one.
    holder: String,
    label: String,
    schema: Value,
    valid: Vec<Value>,
}

/// Reads the sets of a draft and writes the crate of those that can be generated below `out`.
pub(super) fn prepare(suite: &Suite, tests: &Path, out: &Path) -> Result<Prepared> {
    let (mut members, mut kept, mut left_out) = (Map::new(), Vec::new(), Vec::new());
    for set in sets(suite, &tests.join(&suite.draft))? {
        let reference = format!("#/components/schemas/{}", pointer::escape(&set.name));
        // Whether a type has a name of its own, and whether it may be `null`, does not matter to a property.
        let holder = json!({ "type": "object", "properties": { "value": { "$ref": reference } } });
        let both = Map::from_iter([(set.name.clone(), set.schema.clone()), (set.holder.clone(), holder)]);
        match build(suite, &both) {
            Ok(_) => {
                members.extend(both);
                kept.push(set);
            }
            Err(error) => left_out.push((set.label, format!("{error:#}"))),
        }
    }
    let built = build(suite, &members)?;
    prepare::save(&out.join(&suite.draft), &built.files)?;
    let mut checks = Vec::new();
    for set in kept {
        let id = built.named.iter().find(|(name, _)| *name == set.holder).map(|(_, id)| *id);
        match id.and_then(|id| prepare::type_of(&built, id)).map(|ty| prepare::path(&built, ty)) {
            Some(path) => {
                let values = set.valid.into_iter().map(|data| json!({ "value": data })).collect();
                checks.push(Check { pointer: set.label, path, values, loose: BTreeSet::new() });
            }
            None => left_out.push((set.label, "there is no type of its own".to_owned())),
        }
    }
    let listed = prepare::listed(&built.schemas);
    Ok(Prepared { name: suite.draft.clone(), checks, left_out, listed })
}

fn build(suite: &Suite, members: &Map<String, Value>) -> Result<Built> {
    let document = json!({
        "openapi": suite.openapi,
        "info": { "title": "Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": members },
    });
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::default());
    let documents = load_text("suite.json", &document.to_string(), &mut files, &mut diagnostics)
        .map_err(|_| first_error(&diagnostics))?;
    let built = prepare::build(&suite.draft, documents, &Config::default(), &mut diagnostics);
    let built = built.map_err(|_| first_error(&diagnostics))?;
    if diagnostics.has_errors() { Err(first_error(&diagnostics)) } else { Ok(built) }
}

fn first_error(diagnostics: &Diagnostics) -> anyhow::Error {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.code.severity() == Severity::Error);
    error.map_or_else(|| anyhow!("cannot be emitted"), |error| anyhow!("{}", error.message))
}

fn sets(suite: &Suite, tests: &Path) -> Result<Vec<Set>> {
    let mut files: Vec<_> = std::fs::read_dir(tests)?.collect::<std::io::Result<Vec<_>>>()?;
    files.sort_by_key(std::fs::DirEntry::path);
    let mut sets = Vec::new();
    for path in files.iter().map(std::fs::DirEntry::path) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !path.is_file() || suite.skip.contains(&stem) {
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
        holder: format!("holder-of-{name}"),
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
