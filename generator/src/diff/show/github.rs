//! A report as annotations of GitHub Actions: one line each, at file and line of the document.

use std::fmt::Write as _;

use super::super::{Level, Report};
use super::place;
use crate::report::{data, property};

/// One annotation per change of the Rust API and per matter of security, then one for the whole.
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for found in &report.security {
        let _ = writeln!(text, "{}", annotation("warning", None, "security", &found.text));
    }
    for detail in report.changes.iter().flat_map(|change| &change.details) {
        let command = match detail.rule.level() {
            Level::Major => "error",
            Level::Minor | Level::Patch | Level::None => "notice",
        };
        let at = place(detail).and_then(|place| place.line.as_ref()).map(|(file, line)| (file.as_str(), *line));
        let signature = match (&detail.before, &detail.after) {
            (Some(before), Some(after)) => format!("{before} => {after}"),
            (Some(before), None) => format!("{before} is gone"),
            (None, Some(after)) => after.clone(),
            (None, None) => String::new(),
        };
        let title = format!("{} ({})", detail.rule, detail.rule.level());
        let _ = writeln!(text, "{}", annotation(command, at, &title, &format!("{}: {signature}", detail.item)));
    }
    if let Some(rule) = report.rule {
        let whole = format!("{} change of the Rust API, by {rule}", report.level);
        let version = report.versions.as_ref().map(|(old, new)| format!("; version {old} becomes {new}"));
        let _ = writeln!(text, "{}", annotation("notice", None, "oasmith", &(whole + &version.unwrap_or_default())));
    }
    text
}

/// One line: `error`, `warning` or `notice` at a file and line.
pub fn annotation(command: &str, at: Option<(&str, usize)>, title: &str, text: &str) -> String {
    let at = at.map(|(file, line)| format!("file={},line={line},", property(file))).unwrap_or_default();
    format!("::{command} {at}title={}::{}", property(title), data(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_its_annotation_or_begin_another() {
        let line = annotation("error", Some(("a,b:c.yaml", 3)), "one: two", "100%\n::error::no");
        assert_eq!(line, "::error file=a%2Cb%3Ac.yaml,line=3,title=one%3A two::100%25%0A::error::no");
    }
}
