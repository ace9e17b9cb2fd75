//! A report as an entry of `CHANGELOG.md`.

use std::fmt::Write as _;

use super::super::{Change, Level, Report, What};
use super::title;

/// What the file begins with.
const HEAD: &str = "# Changelog\n";

/// The changelog with an entry for a version before the others. `reasons` are those of approved breaks.
pub fn changelog(old: &str, version: &str, report: &Report, reasons: &[String]) -> String {
    let rest = old.strip_prefix(HEAD).unwrap_or(old).trim_start();
    let mut text = format!("{HEAD}\n## {version}\n");
    for reason in reasons {
        let _ = write!(text, "\n{}\n", line(reason));
    }
    let breaking = |change: &Change| change.level == Level::Major;
    section("Breaks", report, breaking, &mut text);
    section("New", report, |change| !breaking(change) && change.what == What::Added, &mut text);
    section("Changed", report, |change| !breaking(change) && change.what != What::Added, &mut text);
    if !report.security.is_empty() {
        text.push_str("\n### Security\n\n");
        for found in &report.security {
            let _ = writeln!(text, "- {}", line(&found.text));
        }
    }
    if report.changes.is_empty() {
        text.push_str("\nThe Rust API is the same.\n");
    }
    if !rest.is_empty() {
        let _ = write!(text, "\n{rest}");
    }
    text
}

fn section(name: &str, report: &Report, belongs: impl Fn(&Change) -> bool, text: &mut String) {
    let changes: Vec<&Change> = report.changes.iter().filter(|change| belongs(change)).collect();
    if changes.is_empty() {
        return;
    }
    let _ = write!(text, "\n### {name}\n\n");
    for change in changes {
        let _ = writeln!(text, "- {} {}", code(&title(change)), change.what.as_str());
        if change.what != What::Changed {
            continue;
        }
        for detail in &change.details {
            let told = match (&detail.before, &detail.after) {
                (Some(before), Some(after)) => format!("{} is {}", code(before), code(after)),
                (Some(before), None) => format!("{} is gone", code(before)),
                (None, Some(after)) => format!("{} is new", code(after)),
                (None, None) => continue,
            };
            let _ = writeln!(text, "  - {told}");
        }
    }
}

/// Markdown's code, with a fence that the text does not have.
fn code(text: &str) -> String {
    let text = line(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::diff::{Side, compare};

    #[test]
    fn an_entry_stands_before_the_older_ones() {
        let side =
            |surface: &str| Side::of_crate("crate", BTreeMap::from([("api.surface".to_owned(), surface.to_owned())]));
        let report = compare(&side("types::Pet.a: u8\ntypes::Pet: struct\n"), &side("types::Pet: struct\n"));
        let old = "# Changelog\n\n## 0.1.0\n\nThe first.\n";
        let text = changelog(old, "0.2.0", &report, &["It was never sent.".to_owned()]);
        assert_eq!(
            text,
            "# Changelog\n\n## 0.2.0\n\nIt was never sent.\n\n### Breaks\n\n- `types::Pet` changed\n  - `pub a: u8` is gone\n\n## 0.1.0\n\nThe first.\n"
        );
    }
}
