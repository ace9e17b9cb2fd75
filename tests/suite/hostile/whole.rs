//! One description with every hostile text in every place at once, and the crate that it becomes, compiled and documented.

use std::fs;
use std::path::Path;
use std::process::Command;

use oasmith::write::Files;
use serde_json::{Map, Value, json};
use tests::{pipeline, root};

use super::bytes;
use super::text::TEXTS;

/// What `each` says about every text, as one object.
fn object(each: impl Fn(usize, &str) -> Vec<(String, Value)>) -> Value {
    let members = TEXTS.iter().enumerate().flat_map(|(number, text)| each(number, text));
    Value::Object(members.collect::<Map<_, _>>())
}

fn schema_name(number: usize, text: &str) -> String {
    format!("S{number} {text}")
}

fn document() -> Value {
    let all = TEXTS.join(" ");
    let servers = TEXTS.iter().enumerate().map(|(number, text)| {
        let variable = json!({"default": text, "enum": [text, "a"], "description": text});
        json!({"url": format!("https://s{number}.example/{{v}}"), "description": text, "variables": {"v": variable}})
    });
    let tags = TEXTS.iter().map(|text| json!({"name": text, "description": all, "externalDocs": {"url": text}}));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": all, "version": all, "summary": all, "description": all, "termsOfService": all,
            "license": {"name": all}, "contact": {"name": all, "url": all},
        },
        "servers": servers.collect::<Vec<_>>(),
        "tags": tags.collect::<Vec<_>>(),
        "paths": object(path),
        "webhooks": object(|_, text| {
            let body = json!({"type": "object", "properties": {"a": {"type": "string", "description": text}}});
            let body = json!({"content": {"application/json": {"schema": body}}});
            let post = json!({"summary": text, "requestBody": body, "responses": {"200": {"description": text}}});
            vec![(text.to_owned(), json!({"post": post}))]
        }),
        "components": {"schemas": object(schema), "securitySchemes": object(schemes)},
    })
}

fn path(number: usize, text: &str) -> Vec<(String, Value)> {
    let pointer = schema_name(number, text).replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let schema = json!({"$ref": format!("#/components/schemas/{pointer}")});
    let literal = text.replace(['{', '}', '?', '#'], "");
    let post = json!({
        "operationId": format!("op{number} {text}"), "summary": text, "description": text, "tags": [text],
        "parameters": [
            {"name": "id", "in": "path", "required": true, "description": text, "schema": {"type": "string"}},
            {"name": format!("q {text}"), "in": "query", "example": text, "schema": {"type": "string", "default": text}},
            {"name": format!("e {text}"), "in": "query", "schema": {"type": "string", "enum": [text, "other"]}},
        ],
        "requestBody": {"description": text, "content": {"application/json": {"schema": schema, "example": text}}},
        "security": [{format!("k{number} {text}"): []}, {format!("o{number} {text}"): [format!("s {text}")]}],
        "responses": {
            "200": {
                "description": text,
                "headers": {format!("H {text}"): {"description": text, "schema": {"type": "string"}}},
                "content": {
                    "application/json": {"schema": schema},
                    format!("application/x-{text}"): {"schema": {"type": "string"}},
                },
            },
            "default": {"description": text},
        },
    });
    vec![(format!("/p{number}/{literal}/{{id}}"), json!({"post": post}))]
}

fn schema(number: usize, text: &str) -> Vec<(String, Value)> {
    let members = json!([
        {"type": "object", "title": text, "required": ["m"], "properties": {"m": {"const": text}}},
        {"type": "object", "required": ["n"], "properties": {"n": {"type": "string", "description": text}}},
    ]);
    let schema = json!({
        "type": "object", "title": text, "description": text, "required": [text, "kind"],
        "properties": {
            text: {"type": "string", "description": text, "default": text, "examples": [text]},
            "kind": {"const": text},
            "values": {"type": "string", "enum": [text, "b"], "x-enum-descriptions": [text, text]},
            "union": {"oneOf": members},
        },
        "patternProperties": {"^x-": {"type": "string", "description": text}},
    });
    vec![(schema_name(number, text), schema)]
}

fn schemes(number: usize, text: &str) -> Vec<(String, Value)> {
    let key = json!({"type": "apiKey", "in": "query", "name": text, "description": text});
    let flow = json!({"tokenUrl": "https://h.example/t", "scopes": {format!("s {text}"): text}});
    let oauth = json!({"type": "oauth2", "description": text, "flows": {"clientCredentials": flow}});
    vec![(format!("k{number} {text}"), key), (format!("o{number} {text}"), oauth)]
}

fn files() -> Files {
    let made = bytes(document().to_string().as_bytes());
    made.files.unwrap_or_else(|| panic!("{}", made.report))
}

#[test]
fn crate_of_hostile_texts_holds_none_that_works() {
    let files = files();
    pipeline::check_files(&files);
    assert!(files["api.surface"].contains("Op0"), "{}", files["api.surface"]);
}

#[test]
fn crate_of_hostile_texts_compiles_and_is_documented_without_warnings() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    let _ = fs::remove_dir_all(&directory);
    for (path, text) in files() {
        let place = directory.join(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, if path == "Cargo.toml" { format!("{text}\n[workspace]\n") } else { text }).unwrap();
    }
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
    for arguments in [["check", "--offline"].as_slice(), &["doc", "--offline", "--no-deps"]] {
        let run = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--no-default-features", "--features", "full"])
            .current_dir(&directory)
            .env("CARGO_TARGET_DIR", directory.with_file_name("hostile-target"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}
