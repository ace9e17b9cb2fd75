//! A report as annotations of GitHub Actions: one line each, at file and line of the document.

use std::fmt::Write as _;

use super::super::{Level, Report};
use super::place;

/// One annotation per change of the Rust API and per matter of security, then one for the whole.
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for found in &report.security {
        let _ = writeln!(text, "::warning title={}::{}", property("security"), message(&found.text));
    }
    for detail in report.changes.iter().flat_map(|change| &change.details) {
        let command = match detail.rule.level() {
            Level::Major => "error",
            Level::Minor | Level::Patch | Level::None => "notice",
        };
        let at = place(detail).and_then(|place| place.line.as_ref());
        let at = at.map(|(file, line)| format!("file={},line={line},", property(file))).unwrap_or_default();
        let signature = match (&detail.before, &detail.after) {
            (Some(before), Some(after)) => format!("{before} => {after}"),
            (Some(before), None) => format!("{before} is gone"),
            (None, Some(after)) => after.clone(),
            (None, None) => String::new(),
        };
        let title = property(&format!("{} ({})", detail.rule, detail.rule.level()));
        let _ = writeln!(text, "::{command} {at}title={title}::{}", message(&format!("{}: {signature}", detail.item)));
    }
    if let Some(rule) = report.rule {
        let whole = format!("{} change of the Rust API, by {rule}", report.level);
        let version = report.versions.as_ref().map(|(old, new)| format!("; version {old} becomes {new}"));
        let _ = writeln!(text, "::notice title=oasmith::{}", message(&(whole + &version.unwrap_or_default())));
    }
    text
}

/// A message of a workflow command: line ends and `%` would end it or mean something else.
pub(crate) fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, where `:` and `,` mean something, too.
pub(crate) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
