//! A report as text for a terminal: what it means, what concerns security, what changed, which files.

use std::fmt::Write as _;

use super::super::{Cause, Change, Detail, FileChange, Level, Report};
use super::{place, title};

/// How much of a long report is shown.
const FILES: usize = 30;

/// The report; at most so many changes of the Rust API.
pub fn text(report: &Report, limit: Option<usize>) -> String {
    let mut text = head(report);
    security(report, &mut text);
    let limit = limit.unwrap_or(usize::MAX);
    for change in report.changes.iter().take(limit) {
        self::change(change, &mut text);
    }
    if let Some(more) = report.changes.len().checked_sub(limit).filter(|more| *more > 0) {
        let _ = writeln!(text, "\nand {more} more changes of the Rust API");
    }
    files(&report.files, &mut text);
    text
}

fn head(report: &Report) -> String {
    let Some(rule) = report.rule else { return "nothing changes\n".to_owned() };
    let mut text = match report.level {
        Level::Major => format!("major: breaks users, by `{rule}`\n"),
        Level::Minor => format!("minor: everything that compiled still does, by `{rule}`\n"),
        Level::Patch | Level::None => format!("patch: the Rust API is the same, by `{rule}`\n"),
    };
    if let Some((old, new)) = &report.versions {
        let _ = writeln!(text, "version {old}, which becomes {new}");
    }
    if let Some((old, new)) = &report.generators {
        let _ = writeln!(text, "made by oasmith {new}; by oasmith {old} before");
    }
    if let Some(fingerprint) = &report.fingerprint {
        let _ = writeln!(text, "fingerprint of what breaks: {fingerprint}");
    }
    text
}

fn security(report: &Report, text: &mut String) {
    if report.rule.is_none() {
        return;
    }
    if report.security.is_empty() {
        text.push_str("\nsecurity: nothing changes\n");
        return;
    }
    text.push_str("\nsecurity:\n");
    for found in &report.security {
        let _ = writeln!(text, "  {:10}{}", found.kind, found.text);
    }
}

fn change(change: &Change, text: &mut String) {
    let _ = writeln!(text, "\n{} {}: {}", change.what.as_str(), change.subject.kind(), title(change));
    for detail in &change.details {
        self::detail(detail, text);
    }
}

fn detail(detail: &Detail, text: &mut String) {
    let place = place(detail).map(|place| format!("  {}", place.show())).unwrap_or_default();
    let _ = writeln!(text, "  {:6}{:24}{}{place}", detail.rule.level(), detail.rule, detail.item);
    if let Some(before) = &detail.before {
        let _ = writeln!(text, "    - {before}");
    }
    if let Some(after) = &detail.after {
        let _ = writeln!(text, "    + {after}");
    }
}

fn files(files: &[FileChange], text: &mut String) {
    if files.is_empty() {
        return;
    }
    text.push_str("\nfiles:\n");
    for file in files.iter().take(FILES) {
        let causes: Vec<&str> = file.causes.iter().map(|cause: &Cause| cause.as_str()).collect();
        let (come, go) = file.lines;
        let _ = writeln!(text, "  {:10} {:8} {} +{come} -{go}", causes.join(", "), file.kind.as_str(), file.path);
    }
    if files.len() > FILES {
        let _ = writeln!(text, "  and {} more", files.len() - FILES);
    }
    let (come, go) = files.iter().fold((0, 0), |(come, go), file| (come + file.lines.0, go + file.lines.1));
    let plural = if files.len() == 1 { "" } else { "s" };
    let _ = writeln!(text, "  {} file{plural}, +{come} -{go} lines", files.len());
}
