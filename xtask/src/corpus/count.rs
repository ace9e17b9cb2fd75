//! The operations of a document, counted by a reader of its own: what the generator is held against.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use serde_yaml::Value;

use super::row::OperationKey;

/// The keys of a path item that are operations; `query` is one since OpenAPI 3.2.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// How many references are followed from one path item to the next.
const HOPS: usize = 32;

/// What a count finds.
pub(super) struct Count {
    pub(super) version: String,
    /// `Err` tells why they cannot be counted.
    pub(super) operations: Result<BTreeSet<OperationKey>, String>,
}

/// Reads a document and counts.
pub(super) fn count(path: &Path) -> Count {
    let mut files = Files::default();
    let document = match files.read(path) {
        Ok(document) => document,
        Err(error) => return Count { version: String::new(), operations: Err(error) },
    };
    let version = ["openapi", "swagger"].iter().find_map(|key| document.get(*key));
    let version = version.map(text).unwrap_or_default();
    Count { version, operations: operations(path, &document, &mut files) }
}

fn operations(path: &Path, document: &Value, files: &mut Files) -> Result<BTreeSet<OperationKey>, String> {
    let mut found = BTreeSet::new();
    let Some(Value::Mapping(paths)) = document.get("paths") else { return Ok(found) };
    for (key, item) in paths {
        let name = text(key);
        if name.starts_with("x-") {
            continue;
        }
        // A fragment keeps paths apart in the document and is never sent (RFC 9110 §7.1).
        let name = name.split('#').next().unwrap_or_default();
        let name = if name.starts_with('/') { name.to_owned() } else { format!("/{name}") };
        let Value::Mapping(item) = files.follow(path, item.clone(), HOPS)? else { continue };
        for (key, operation) in &item {
            let key = text(key);
            if METHODS.contains(&key.as_str()) && operation.is_mapping() {
                found.insert(format!("{} {name}", key.to_uppercase()));
            }
            if let ("additionalOperations", Value::Mapping(more)) = (key.as_str(), operation) {
                found.extend(more.keys().map(|method| format!("{} {name}", text(method))));
            }
        }
    }
    Ok(found)
}

/// The files of a description, each read once.
#[derive(Default)]
struct Files(BTreeMap<PathBuf, Result<Value, String>>);

impl Files {
    fn read(&mut self, path: &Path) -> Result<Value, String> {
        let known = self.0.entry(path.to_path_buf()).or_insert_with(|| {
            let content = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let json = serde_json::from_str(&content).ok();
            json.map_or_else(|| serde_yaml::from_str(&narrowed(&content)).map_err(|error| error.to_string()), Ok)
        });
        known.clone()
    }

    /// A path item, behind as many references as there are; what stands beside a reference counts too.
    fn follow(&mut self, path: &Path, item: Value, hops: usize) -> Result<Value, String> {
        let Some(reference) = item.get("$ref").and_then(Value::as_str).map(str::to_owned) else { return Ok(item) };
        let (file, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
        let path = if file.is_empty() { path.to_path_buf() } else { path.with_file_name("").join(file) };
        let mut target = self.read(&path)?;
        for key in pointer.split('/').skip(1) {
            let key = percent_decoded(key).replace("~1", "/").replace("~0", "~");
            target = target.get(key.as_str()).cloned().ok_or_else(|| format!("nothing at `{reference}`"))?;
        }
        let hops = hops.checked_sub(1).ok_or("path items refer to each other in a circle")?;
        let mut target = self.follow(&path, target, hops)?;
        if let (Value::Mapping(target), Value::Mapping(beside)) = (&mut target, item) {
            target.extend(beside.into_iter().filter(|(key, _)| text(key) != "$ref"));
        }
        Ok(target)
    }
}

/// A text whose integers beyond 64 bits, which the reader refuses, are short: no operation depends on one.
fn narrowed(text: &str) -> String {
    static LONG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)(:\s+-?)\d{19,}\s*$").ok());
    LONG.as_ref().map_or_else(|| text.to_owned(), |long| long.replace_all(text, "${1}0").into_owned())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A scalar as text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let dir = std::env::temp_dir().join(format!("oasmith-count-{}-{}", std::process::id(), files[0].1.len()));
        std::fs::create_dir_all(&dir).unwrap();
        for (name, text) in files {
            std::fs::write(dir.join(name), text).unwrap();
        }
        let count = count(&dir.join(files[0].0));
        std::fs::remove_dir_all(&dir).unwrap();
        count.operations.map(|operations| operations.into_iter().collect())
    }

    #[test]
    fn methods_of_every_version_are_counted_and_nothing_else() {
        let text = "openapi: 3.2.0\npaths:\n  x-a: {get: {}}\n  /a:\n    parameters: []\n    summary: s\n    get: {}\n    query: {}\n    additionalOperations: {COPY: {}}\n  b: {post: {}}\n";
        assert_eq!(of(&[("a.yaml", text)]).unwrap(), ["COPY /a", "GET /a", "POST /b", "QUERY /a"]);
    }

    #[test]
    fn path_items_are_followed_into_other_files() {
        let main = "paths:\n  /a: {$ref: 'items.json#/x~1y', get: {}}\n  /b: {$ref: '#/components/pathItems/B'}\ncomponents: {pathItems: {B: {put: {}}}}\n";
        assert_eq!(
            of(&[("a.yaml", main), ("items.json", "{\"x/y\": {\"post\": {}}}")]).unwrap(),
            ["GET /a", "POST /a", "PUT /b"]
        );
    }

    #[test]
    fn what_cannot_be_counted_is_not_zero() {
        assert!(of(&[("a.yaml", "paths: {/a: {$ref: 'nowhere.yaml'}}")]).unwrap_err().contains("nowhere.yaml"));
        assert_eq!(of(&[("a.yaml", "paths: {/a: {$ref: '#/b'}}")]).unwrap_err(), "nothing at `#/b`");
    }
}
