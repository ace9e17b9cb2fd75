//! What is known to be refused, with the reason: `tests/contract/exceptions.toml`.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exceptions {
    #[serde(default, rename = "exception")]
    all: Vec<Exception>,
}

/// One exception.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The document's name in this task.
    document: String,
    /// The operation, by its id, or method and path.
    operation: String,
    /// How the call's label begins; every call of the operation when it is not given.
    #[serde(default)]
    call: String,
    /// A part of what is said about it, so that something new is not excused.
    says: String,
    /// Why it is excused.
    reason: String,
    /// Where the reason can be read up.
    link: String,
    #[serde(skip)]
    used: std::cell::Cell<bool>,
}

impl Exceptions {
    /// Reads the file; every exception says why and where.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let read: Self = toml::from_str(&text).with_context(|| path.display().to_string())?;
        for exception in &read.all {
            let said = [&exception.says, &exception.reason, &exception.link];
            anyhow::ensure!(
                said.iter().all(|text| !text.trim().is_empty()),
                "{}: `{}` of {} says nothing, or no reason, or has no link",
                path.display(),
                exception.operation,
                exception.document
            );
        }
        Ok(read)
    }

    /// Whether a complaint is excused; the exception then counts as used.
    pub(super) fn excuse(&self, document: &str, operation: &str, call: &str, complaint: &str) -> bool {
        let mut excused = false;
        for exception in &self.all {
            let here = exception.document == document && exception.operation == operation;
            if here && call.starts_with(&exception.call) && complaint.contains(&exception.says) {
                exception.used.set(true);
                excused = true;
            }
        }
        excused
    }

    /// Exceptions of the documents that ran which excused nothing.
    pub(super) fn unused(&self, documents: &[&str]) -> Vec<String> {
        let idle = self
            .all
            .iter()
            .filter(|exception| documents.contains(&exception.document.as_str()) && !exception.used.get());
        idle.map(|exception| format!("{}: {} ({})", exception.document, exception.operation, exception.reason))
            .collect()
    }
}
