//! Published documents: each normalizes and reads without an error.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::{LoadOptions, load};
use crate::source::Files;

/// Errors that are the documents' own: path of the document, start of the message.
const BROKEN: &[(&str, &str)] = &[];

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("OASMITH_CORPUS").map_or(beside, PathBuf::from);
    folder.join("MANIFEST.tsv").is_file().then_some(folder)
}

fn expected(document: &str, diagnostic: &Diagnostic) -> bool {
    BROKEN.iter().any(|(path, message)| *path == document && diagnostic.message.starts_with(message))
}

/// Reads one document; returns its unexpected errors, rendered.
fn problems(folder: &Path, document: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let mut files = Files::default();
    let loaded = load(&folder.join(document), &mut files, &LoadOptions::default(), &mut diagnostics);
    let model = loaded
        .and_then(|documents| crate::normalize::normalize(documents, &mut diagnostics))
        .and_then(|normalized| crate::model::read(normalized, &mut diagnostics));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.code.severity() == Severity::Error);
    let mut found: Vec<String> = errors
        .filter(|diagnostic| !expected(document, diagnostic))
        .map(|diagnostic| {
            let (line, _) = diagnostic.span.map_or((0, 0), |span| files.line_col(span));
            format!("{document}:{line}: {}: {}", diagnostic.code, diagnostic.message)
        })
        .collect();
    match model {
        Err(_) => found.push(format!("{document}: no model")),
        Ok(model) if model.schemas.by_pointer.is_empty() && model.openapi.paths.paths.is_empty() => {
            found.push(format!("{document}: the model is empty"));
        }
        Ok(_) => {}
    }
    found
}

#[test]
fn published_documents_read_without_an_error() {
    let Some(folder) = corpus() else {
        eprintln!("skipped: there is no corpus (set OASMITH_CORPUS to its folder)");
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap_or_default();
    let documents: Vec<&str> = manifest.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert!(documents.len() > 10);
    let found: Vec<String> = documents.iter().flat_map(|document| problems(&folder, document)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
