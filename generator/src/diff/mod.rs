//! Two generated crates to a report: what changed in the Rust API, what it means for its users, and where it comes from.
//!
//! Pure: a [`Side`] is a crate in memory with the places of its items in the document, where they are known.

pub mod approvals;
mod cause;
mod changes;
mod judge;
mod places;
mod renamed;
mod rule;
mod security;
mod side;
mod subject;
mod surface;
mod version;
mod wire;

pub mod show;

use std::collections::{BTreeMap, BTreeSet};

use crate::write::{Files, hash};

pub use cause::{Cause, FileChange, Inputs};
pub use changes::{Change, Detail, What};
pub use places::{extent, place};
pub use rule::{Level, Rule};
pub use security::Security;
pub use side::{Place, Places, Side};
pub use subject::Subject;
pub use surface::Surface;

/// What is different between two crates.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the crates are called.
    pub names: (String, String),
    /// What the change as a whole asks of the version.
    pub level: Level,
    /// The rule that decided it; `None` when nothing differs.
    pub rule: Option<Rule>,
    /// The version of the old crate, and the one that the change asks for.
    pub versions: Option<(String, String)>,
    /// The versions of the generator that made them, where they differ.
    pub generators: Option<(String, String)>,
    /// What a breaking change is approved by; `None` when nothing breaks.
    pub fingerprint: Option<String>,
    /// What concerns security.
    pub security: Vec<Security>,
    /// What changed in the Rust API, what breaks first.
    pub changes: Vec<Change>,
    /// The files that differ, with what they differ for.
    pub files: Vec<FileChange>,
}

impl Report {
    /// Replaces what the hashes tell of files by what was found when one cause after the other was applied to `old`.
    pub fn attribute<'a>(&mut self, old: &'a Files, steps: impl Iterator<Item = (Cause, &'a Files)>) {
        let mut found: BTreeMap<&str, Vec<Cause>> = BTreeMap::new();
        let mut before = old;
        for (cause, after) in steps {
            let paths = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
            for path in paths.into_iter().filter(|path| before.get(*path) != after.get(*path)) {
                found.entry(path).or_default().push(cause);
            }
            before = after;
        }
        for file in &mut self.files {
            if let Some(causes) = found.remove(file.path.as_str()) {
                file.causes = causes;
            }
        }
    }
}

/// Compares two crates.
pub fn compare(old: &Side, new: &Side) -> Report {
    let after = new.surface();
    let before = renamed::follow(&old.surface(), &after);
    let changes = changes::changes(&before, &after, old, new);
    let files = cause::files(old, new);
    let decisive = changes.iter().flat_map(|change| change.details.iter().map(|detail| detail.rule));
    let inside = (!files.is_empty()).then_some(Rule::InsideOnly);
    // The first rule of the highest level: the table is in the order of what weighs most.
    let rule = decisive.chain(inside).max_by_key(|rule| (rule.level(), std::cmp::Reverse(*rule)));
    let level = rule.map_or(Level::None, Rule::level);
    let generators = (cause::generator(&old.files), cause::generator(&new.files));
    let versions = old.version().map(|version| (version.clone(), version::next(&version, level)));
    Report {
        names: (old.name.clone(), new.name.clone()),
        level,
        rule,
        versions,
        generators: Some(generators).filter(|(old, new)| old != new),
        fingerprint: fingerprint(&changes),
        security: security::security(&before, &after, &changes),
        changes,
        files,
    }
}

/// The first half of a hash over everything that breaks; other changes of the same run do not matter.
fn fingerprint(changes: &[Change]) -> Option<String> {
    let breaking: Vec<String> = breaking(changes).map(Detail::line).collect();
    (!breaking.is_empty()).then(|| fingerprint_of(&breaking))
}

/// The fingerprint of breaking changes, each by [`Detail::line`].
pub fn fingerprint_of(lines: &[String]) -> String {
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    hash(sorted.join("\n").as_bytes()).chars().take(12).collect()
}

/// Everything that breaks.
pub fn breaking(changes: &[Change]) -> impl Iterator<Item = &Detail> {
    changes.iter().flat_map(|change| &change.details).filter(|detail| detail.rule.level() == Level::Major)
}

/// The rules as a table of Markdown, for `SEMVER.md`.
pub fn table() -> String {
    let mut text = String::from("| rule | asks for | because |\n| --- | --- | --- |\n");
    for rule in Rule::ALL {
        text.push_str(&format!("| `{rule}` | {} | {} |\n", rule.level(), rule.explanation()));
    }
    text
}
