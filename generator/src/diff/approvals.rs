//! Breaking changes that somebody agreed to: `approvals.toml` beside the configuration.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::changes::{Detail, show};
use super::surface::Surface;
use super::{Report, breaking, fingerprint_of};

/// The name of the file.
pub const FILE: &str = "approvals.toml";

/// What the file begins with.
const HEAD: &str = "# Breaking changes that were agreed to, until the next version has them in its CHANGELOG.md.
# Written by `regen --accept FINGERPRINT --why \"…\"`; an approval of what is no longer so fails and is to be removed.
";

/// One agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The fingerprint of everything that breaks.
    pub fingerprint: String,
    /// Why that is right.
    pub why: String,
    /// What breaks, each by [`Detail::line`].
    pub changes: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    approved: Vec<Approval>,
}

/// Reads the file.
///
/// # Errors
///
/// When it is not as [`write()`] writes it; the message says where.
pub fn read(text: &str) -> Result<Vec<Approval>, String> {
    toml::from_str::<Content>(text).map(|content| content.approved).map_err(|error| error.to_string())
}

/// Writes the file.
///
/// # Errors
///
/// When a text cannot be written as TOML.
pub fn write(approvals: &[Approval]) -> Result<String, String> {
    let content = Content { approved: approvals.to_vec() };
    let body = toml::to_string_pretty(&content).map_err(|error| error.to_string())?;
    Ok(format!("{HEAD}\n{body}"))
}

/// What is wrong between a report and the approvals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Something breaks and nobody agreed to it.
    Missing(String),
    /// What was agreed to is no longer so, or was changed by hand.
    Stale(String),
}

/// Compares a report and the API after with what was agreed to.
pub fn check(approvals: &[Approval], report: &Report, after: &Surface) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_agreed = |fingerprint: &String| approvals.iter().any(|approval| approval.fingerprint == *fingerprint);
    if let Some(fingerprint) = report.fingerprint.as_ref().filter(|fingerprint| !is_agreed(fingerprint)) {
        problems.push(Problem::Missing(fingerprint.clone()));
    }
    let stale = approvals.iter().filter(|approval| !holds(approval, after));
    problems.extend(stale.map(|approval| Problem::Stale(approval.fingerprint.clone())));
    problems
}

/// Agrees to what breaks; agreements that no longer hold are left out.
pub fn accept(approvals: &[Approval], report: &Report, why: &str, after: &Surface) -> Vec<Approval> {
    let changes: BTreeSet<String> = breaking(&report.changes).map(Detail::line).collect();
    let Some(fingerprint) = &report.fingerprint else { return approvals.to_vec() };
    let others = approvals.iter().filter(|approval| approval.fingerprint != *fingerprint && holds(approval, after));
    let new =
        Approval { fingerprint: fingerprint.clone(), why: why.to_owned(), changes: changes.into_iter().collect() };
    others.cloned().chain([new]).collect()
}

/// Whether the API still shows everything that was agreed to.
fn holds(approval: &Approval, after: &Surface) -> bool {
    approval.fingerprint == fingerprint_of(&approval.changes)
        && approval.changes.iter().all(|change| is_so(change, after).unwrap_or(false))
}

/// `field-removed: types::Pet.name: pub name: String => nothing`
fn is_so(change: &str, after: &Surface) -> Option<bool> {
    let (_, rest) = change.split_once(": ")?;
    let (item, rest) = rest.split_once(": ")?;
    let (old, new) = rest.split_once(" => ")?;
    let shown: BTreeSet<String> =
        after.facts.iter().filter(|(key, _)| key.path == item).map(|(key, fact)| show(&key.path, fact)).collect();
    Some(if new == "nothing" { !shown.contains(old) } else { shown.contains(new) })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::diff::{Side, compare};

    const BEFORE: &str = "types::Pet.a: String\ntypes::Pet.b: String\ntypes::Pet: struct #[non_exhaustive]\n";
    const AFTER: &str = "types::Pet.a: i64\ntypes::Pet: struct #[non_exhaustive]\n";

    fn side(surface: &str) -> Side {
        let files = BTreeMap::from([("api.surface".to_owned(), surface.to_owned())]);
        Side::of_crate("crate", files)
    }

    fn approved() -> Vec<Approval> {
        let report = compare(&side(BEFORE), &side(AFTER));
        accept(&[], &report, "Version 2 of the API.", &Surface::parse(AFTER))
    }

    #[test]
    fn what_breaks_has_to_be_agreed_to() {
        let report = compare(&side(BEFORE), &side(AFTER));
        let after = Surface::parse(AFTER);
        assert!(matches!(check(&[], &report, &after).as_slice(), [Problem::Missing(_)]));
        assert_eq!(check(&approved(), &report, &after), []);
    }

    #[test]
    fn an_agreement_holds_after_it_was_carried_out() {
        let report = compare(&side(AFTER), &side(AFTER));
        assert_eq!(check(&approved(), &report, &Surface::parse(AFTER)), []);
    }

    #[test]
    fn an_agreement_to_what_is_no_longer_so_is_stale() {
        let report = compare(&side(AFTER), &side(AFTER));
        for surface in [BEFORE, &AFTER.replace("i64", "bool")] {
            let problems = check(&approved(), &report, &Surface::parse(surface));
            assert!(matches!(problems.as_slice(), [Problem::Stale(_)]), "{problems:?}");
        }
    }

    #[test]
    fn an_agreement_that_was_changed_by_hand_is_stale() {
        let report = compare(&side(AFTER), &side(AFTER));
        let mut approvals = approved();
        approvals[0].changes.pop();
        assert!(matches!(check(&approvals, &report, &Surface::parse(AFTER)).as_slice(), [Problem::Stale(_)]));
    }

    #[test]
    fn the_file_is_read_as_it_is_written() {
        let text = write(&approved()).unwrap();
        assert_eq!(read(&text), Ok(approved()));
        assert!(read("[[approved]]\nwho = 1\n").is_err());
    }
}
