//! Which files are read for a document.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::*;
use crate::diagnostic::Diagnostics;
use crate::source::Files;

/// Loads `specs/main.yaml` among texts by path; gives the paths that were read and the diagnostics, each with its place.
fn load_among(texts: &[(&str, &str)], options: &LoadOptions) -> (Option<Documents>, Vec<String>) {
    let texts: BTreeMap<PathBuf, &str> = texts.iter().map(|(path, text)| (PathBuf::from(path), *text)).collect();
    let read = |path: &Path| match texts.get(path) {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => Err(std::io::ErrorKind::NotFound.into()),
    };
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let documents = load_with(Path::new("specs/main.yaml"), &read, &mut files, options, &mut diagnostics);
    let place = |span: Span| format!("{}:{}: ", files.path(span.file), files.line_col(span).0);
    let lines = diagnostics
        .iter()
        .map(|found| format!("{}{}: {}", found.span.map(place).unwrap_or_default(), found.code, found.message));
    (documents.ok(), lines.collect())
}

fn check(texts: &[(&str, &str)], expected_files: &[&str], expected_lines: &[&str]) {
    let (documents, lines) = load_among(texts, &LoadOptions::default());
    let paths: Vec<_> = documents.unwrap().roots.iter().map(|document| document.path.display().to_string()).collect();
    assert_eq!(
        (paths, lines),
        (
            expected_files.iter().map(|path| path.to_string()).collect(),
            expected_lines.iter().map(|line| line.to_string()).collect()
        )
    );
}

#[test]
fn files_are_followed_once_even_in_a_circle() {
    let main = ("specs/main.yaml", "a: {$ref: 'sub/a.json#/x'}\nb: {$ref: './sub/a.json'}\n");
    let sub =
        ("specs/sub/a.json", r#"{"x": {"$ref": "../../common%20types.yaml#/y"}, "z": {"$ref": "../main.yaml#/a"}}"#);
    let common = ("common types.yaml", "y: 1\n");
    check(&[main, sub, common], &["specs/main.yaml", "specs/sub/a.json", "common types.yaml"], &[]);
}

#[test]
fn file_part_is_resolved_from_the_file_it_stands_in() {
    let main = ("specs/main.yaml", "a: {$ref: 'sub/a.yaml'}\n");
    let sub = ("specs/sub/a.yaml", "b: {$ref: 'a.yaml#/b', c: {$ref: ../main.yaml}}\n");
    let (documents, _) = load_among(&[main, sub], &LoadOptions::default());
    let documents = documents.unwrap();
    assert_eq!(documents.resolve_path(FileId(0), "sub/a.yaml"), Some(FileId(1)));
    assert_eq!(documents.resolve_path(FileId(1), "a.yaml"), Some(FileId(1)));
    assert_eq!(documents.resolve_path(FileId(1), "../main.yaml"), Some(FileId(0)));
    assert_eq!(documents.resolve_path(FileId(0), ""), Some(FileId(0)));
    assert_eq!(documents.resolve_path(FileId(0), "a.yaml"), None);
}

#[test]
fn missing_file_is_reported_where_it_is_referred_to() {
    check(
        &[("specs/main.yaml", "a: 1\nb: {$ref: 'no.yaml#/x'}\n")],
        &["specs/main.yaml"],
        &["specs/main.yaml:2: unknown-reference: cannot read `specs/no.yaml`: there is no such file"],
    );
}

#[test]
fn bare_names_mappings_and_extensions_are_followed_only_when_they_lead_somewhere() {
    let text = "a: {$ref: Pet}\nx-a: {$ref: no.yaml}\ndiscriminator: {mapping: {a: dog.yaml, b: cat.yaml, c: Cat}}\n";
    let dog = ("specs/dog.yaml", "type: object\n");
    check(&[("specs/main.yaml", text), dog], &["specs/main.yaml", "specs/dog.yaml"], &[]);
}

#[test]
fn references_in_data_mean_nothing_but_properties_may_have_any_name() {
    let text = "example: {$ref: no.yaml}\nexamples: [{$ref: no.yaml}]\nproperties: {example: {$ref: yes.yaml}, $ref: {type: string}}\n";
    check(&[("specs/main.yaml", text), ("specs/yes.yaml", "{}")], &["specs/main.yaml", "specs/yes.yaml"], &[]);
}

#[test]
fn remote_reference_is_reported_and_a_vendored_copy_read() {
    let main = ("specs/main.yaml", "a: {$ref: 'https://x.test/a.json#/b'}\n");
    check(
        &[main],
        &["specs/main.yaml"],
        &["specs/main.yaml:1: remote-reference: `https://x.test/a.json` is on another host"],
    );
    let vendored = BTreeMap::from([("https://x.test/a.json".to_owned(), PathBuf::from("vendor/a.json"))]);
    let options = LoadOptions { vendored, ..LoadOptions::default() };
    let (documents, lines) = load_among(&[main, ("vendor/a.json", "{}")], &options);
    assert_eq!(documents.unwrap().resolve_path(FileId(0), "https://x.test/a.json"), Some(FileId(1)));
    assert!(lines.is_empty());
}

#[test]
fn url_that_a_document_gives_itself_is_not_remote() {
    check(
        &[("specs/main.yaml", "$id: 'https://x.test/a'\nb: {$ref: 'https://x.test/a#/c'}\n")],
        &["specs/main.yaml"],
        &[],
    );
}

#[test]
fn path_that_a_schema_gives_itself_is_not_a_file() {
    check(&[("specs/main.yaml", "a: {$ref: /s/b}\nc: {$id: /s/b}\n")], &["specs/main.yaml"], &[]);
}

#[test]
fn broken_file_is_reported_in_itself() {
    let (documents, lines) =
        load_among(&[("specs/main.yaml", "a: {$ref: b.yaml}\n"), ("specs/b.yaml", "a: [")], &LoadOptions::default());
    assert_eq!(documents.unwrap().roots.len(), 1);
    assert!(lines.len() == 1 && lines[0].starts_with("specs/b.yaml:1: syntax: "), "{lines:?}");
}

#[test]
fn missing_entry_is_an_error() {
    let (documents, lines) = load_among(&[], &LoadOptions::default());
    assert!(documents.is_none());
    assert_eq!(lines, ["unreadable-file: cannot read `specs/main.yaml`: there is no such file"]);
}

#[test]
fn overlay_is_applied_before_references_are_followed_and_they_are_relative_to_it() {
    let overlay =
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.a, update: {b: {$ref: extra.yaml}}}]\n";
    let texts = [("specs/main.yaml", "a: {}\n"), ("overlays/o.yaml", overlay), ("overlays/extra.yaml", "{}")];
    let options = LoadOptions { overlays: vec!["overlays/o.yaml".into()], ..LoadOptions::default() };
    let (documents, lines) = load_among(&texts, &options);
    assert_eq!(lines, Vec::<String>::new());
    let documents = documents.unwrap();
    let entry = documents.entry().unwrap().file;
    assert_eq!(
        documents
            .resolve_path(entry, "extra.yaml")
            .and_then(|file| documents.document(file))
            .map(|document| document.path.as_path()),
        Some(Path::new("overlays/extra.yaml"))
    );
}

#[test]
fn one_text_is_loaded_without_a_disk() {
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let documents = load_text("a.yaml", "a: 1\n", &mut files, &mut diagnostics).unwrap();
    assert_eq!(documents.entry().map(|document| document.tree.kind()), Some("an object"));
}
