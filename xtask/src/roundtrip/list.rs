//! What is checked, and what is known to fail, with the reason: `tests/roundtrip/documents.toml`.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// Where the random numbers begin.
    pub(super) seed: u64,
    /// How many values a schema gets.
    pub(super) values: usize,
    /// Documents of the corpus.
    #[serde(default, rename = "document")]
    pub(super) documents: Vec<Document>,
    /// Drafts of the JSON-Schema-Test-Suite.
    #[serde(default, rename = "suite")]
    pub(super) suites: Vec<Suite>,
    #[serde(default, rename = "exception")]
    exceptions: Vec<Exception>,
}

/// A document of the corpus.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// What it is called here.
    pub(super) name: String,
    /// Where it is, from the corpus on.
    pub(super) path: PathBuf,
    /// How many values a schema gets, where it is not the number above.
    pub(super) values: Option<usize>,
}

/// A draft of the test suite, read as schemas of one version of OpenAPI.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suite {
    /// The directory of the draft.
    pub(super) draft: String,
    /// What `openapi` says in the document around its schemas.
    pub(super) openapi: String,
    /// Files that are not read.
    pub(super) skip: Vec<String>,
}

/// A complaint that is no fault, or one that is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The name of the document, or the draft.
    document: String,
    /// The schema's pointer, or the names of a set and its file; more of them when they end in `*`.
    schema: String,
    /// A part of the complaint, so that something new is not excused.
    says: String,
    /// Why it is excused.
    reason: String,
    #[serde(skip)]
    used: Cell<bool>,
}

impl Exception {
    fn covers(&self, schema: &str) -> bool {
        match self.schema.strip_suffix('*') {
            Some(prefix) => schema.starts_with(prefix),
            None => self.schema == schema,
        }
    }
}

impl List {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let list: Self = toml::from_str(text)?;
        for exception in &list.exceptions {
            ensure!(
                !exception.says.trim().is_empty() && !exception.reason.trim().is_empty(),
                "the exception for {} of {} does not say what and why",
                exception.schema,
                exception.document
            );
        }
        Ok(list)
    }

    /// Whether a complaint is excused; the exception then counts as used.
    pub(super) fn excuses(&self, document: &str, schema: &str, complaint: &str) -> bool {
        let covers = |exception: &&Exception| {
            exception.document == document && exception.covers(schema) && complaint.contains(&exception.says)
        };
        let mut excused = false;
        for exception in self.exceptions.iter().filter(covers) {
            exception.used.set(true);
            excused = true;
        }
        excused
    }

    /// The exceptions for these documents that excused nothing.
    pub(super) fn unused(&self, documents: &[&str]) -> Vec<String> {
        let ran = |exception: &&Exception| documents.contains(&exception.document.as_str());
        let idle = self.exceptions.iter().filter(ran).filter(|exception| !exception.used.get());
        idle.map(|exception| format!("{} {}: {}", exception.document, exception.schema, exception.says)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    const TEXT: &str = r#"
seed = 1
values = 2

[[exception]]
document = "a"
schema = "format: *"
says = "not decoded"
reason = "known"
"#;

    #[test]
    fn exception_that_excuses_nothing_is_told() {
        let list = List::parse(TEXT).unwrap();
        assert!(!list.excuses("a", "format: uuid", "comes back different"));
        assert!(
            !list.excuses("a", "type: uuid", "is not decoded") && !list.excuses("b", "format: uuid", "not decoded")
        );
        assert_eq!((list.unused(&["a"]).len(), list.unused(&["b"]).len()), (1, 0));
        assert!(list.excuses("a", "format: uuid", "is not decoded: …"));
        assert!(list.unused(&["a"]).is_empty());
    }

    #[test]
    fn exception_without_a_reason_is_refused() {
        assert!(List::parse(&TEXT.replace("known", " ")).is_err());
    }
}
