//! `tests/corpus/ledger.toml`: which diagnostics a document is known to have, how many, and why a user accepts them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::row::Row;

/// What stands above the entries.
const HEAD: &str = "\
# What the documents of the corpus are known to be told, by document and code, with the reason: what the document says
# there, and what a user of the client gets. Counts may only fall, and an entry that nothing needs any more fails:
# `cargo xtask corpus --bless` lowers counts and drops such entries. It never writes a reason.
";

/// The file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Ledger(BTreeMap<String, BTreeMap<String, Entry>>);

/// What is known of a code in a document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    count: usize,
    reason: String,
}

/// What the ledger says about a run.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Verdict {
    /// What is wrong; the run fails.
    pub(super) complaints: Vec<String>,
    /// Counts that can be lowered.
    pub(super) fallen: Vec<String>,
    /// The reasons, by document and code.
    pub(super) reasons: BTreeMap<String, BTreeMap<String, String>>,
}

impl Ledger {
    /// Reads the file; one that is not there is empty.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            text => text.with_context(|| format!("{} cannot be read", path.display()))?,
        };
        toml::from_str(&text).with_context(|| format!("{} is no ledger", path.display()))
    }

    /// Compares what was found with what is known; entries of documents that were not run count when all were.
    pub(super) fn judge(&self, rows: &[Row], all: bool) -> Verdict {
        let mut verdict = Verdict::default();
        for row in rows {
            let known = self.0.get(&row.document);
            for (code, found) in &row.diagnostics {
                verdict.compare(row, code, *found, known.and_then(|known| known.get(code)));
            }
            let unused = known.into_iter().flatten().filter(|(code, _)| !row.diagnostics.contains_key(*code));
            for (code, _) in unused {
                verdict.complaints.push(format!("{}: `{code}` is in the ledger and is not reported", row.document));
            }
            let reasons = known.into_iter().flatten().map(|(code, entry)| (code.clone(), entry.reason.clone()));
            verdict.reasons.insert(row.document.clone(), reasons.collect());
        }
        let gone = self.0.keys().filter(|document| all && rows.iter().all(|row| row.document != **document));
        verdict.complaints.extend(gone.map(|document| format!("{document}: is in the ledger and not in the corpus")));
        verdict
    }

    /// Lowers counts and drops entries that nothing needs; says whether anything changed.
    pub(super) fn bless(&mut self, rows: &[Row], all: bool) -> bool {
        let before = self.clone();
        for row in rows {
            let Some(known) = self.0.get_mut(&row.document) else { continue };
            known.retain(|code, entry| {
                let found = row.diagnostics.get(code).copied().unwrap_or_default();
                entry.count = entry.count.min(found);
                found > 0
            });
        }
        self.0
            .retain(|document, known| !known.is_empty() && (!all || rows.iter().any(|row| row.document == *document)));
        *self != before
    }

    /// The file as text.
    pub(super) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (document, known) in &self.0 {
            let _ = writeln!(text, "\n[{}]", quoted(document));
            for (code, entry) in known {
                let _ = writeln!(text, "{code} = {{ count = {}, reason = {} }}", entry.count, quoted(&entry.reason));
            }
        }
        text
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

impl Verdict {
    fn compare(&mut self, row: &Row, code: &str, found: usize, known: Option<&Entry>) {
        let document = &row.document;
        match known {
            None => self.complaints.push(format!("{document}: `{code}` is reported {found} times and has no reason")),
            Some(entry) if entry.reason.trim().is_empty() => {
                self.complaints.push(format!("{document}: `{code}` has an empty reason"));
            }
            Some(entry) if entry.count < found => {
                let known = entry.count;
                self.complaints.push(format!("{document}: `{code}` is reported {found} times, and {known} are known"));
            }
            Some(entry) if entry.count > found => {
                self.fallen.push(format!("{document}: `{code}` fell from {} to {found}", entry.count));
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(text: &str) -> Ledger {
        toml::from_str(text).unwrap()
    }

    fn row(document: &str, diagnostics: &[(&str, usize)]) -> Row {
        let diagnostics = diagnostics.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect();
        Row { document: document.to_owned(), diagnostics, ..Row::default() }
    }

    const KNOWN: &str = "[\"a.yaml\"]\none = { count = 2, reason = \"r\" }\ntwo = { count = 1, reason = \"r\" }\n";

    #[test]
    fn what_is_known_is_fine() {
        let verdict = ledger(KNOWN).judge(&[row("a.yaml", &[("one", 2), ("two", 1)])], true);
        assert!(verdict.complaints.is_empty() && verdict.fallen.is_empty(), "{verdict:?}");
        assert_eq!(verdict.reasons["a.yaml"]["one"], "r");
    }

    #[test]
    fn more_of_a_code_and_a_new_code_fail() {
        let verdict = ledger(KNOWN).judge(&[row("a.yaml", &[("one", 3), ("two", 1), ("new", 1)])], true);
        assert_eq!(
            verdict.complaints,
            [
                "a.yaml: `new` is reported 1 times and has no reason",
                "a.yaml: `one` is reported 3 times, and 2 are known"
            ]
        );
    }

    #[test]
    fn unused_entries_and_empty_reasons_fail() {
        let known = ledger(&format!("{KNOWN}[\"b.yaml\"]\none = {{ count = 1, reason = \" \" }}\n"));
        let verdict = known.judge(&[row("a.yaml", &[("one", 2)]), row("b.yaml", &[("one", 1)])], true);
        assert_eq!(
            verdict.complaints,
            ["a.yaml: `two` is in the ledger and is not reported", "b.yaml: `one` has an empty reason"]
        );
        let gone = ledger(KNOWN).judge(&[], true);
        assert_eq!(gone.complaints, ["a.yaml: is in the ledger and not in the corpus"]);
        assert!(ledger(KNOWN).judge(&[], false).complaints.is_empty());
    }

    #[test]
    fn bless_lowers_and_drops_but_never_raises_or_adds() {
        let mut known = ledger(KNOWN);
        let rows = [row("a.yaml", &[("one", 5), ("new", 1)])];
        assert!(known.bless(&rows, true));
        assert_eq!(known, ledger("[\"a.yaml\"]\none = { count = 2, reason = \"r\" }\n"));
        assert!(known.bless(&[row("a.yaml", &[("one", 1)])], true));
        assert_eq!(ledger(&known.text()), ledger("[\"a.yaml\"]\none = { count = 1, reason = \"r\" }\n"));
        assert!(!known.bless(&[row("a.yaml", &[("one", 1)])], true));
    }
}
