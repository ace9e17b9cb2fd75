//! A report as text for a terminal: what it means, what concerns security, what changed, which files.

use std::fmt::Write as _;

use super::super::{Cause, Change, Detail, FileChange, Level, Report};
use super::{place, title};
use crate::report::{Color, Style};

/// How much of a long report is shown.
const FILES: usize = 30;

/// The report in or without color; at most so many changes of the Rust API.
pub fn text(report: &Report, limit: Option<usize>, color: Color) -> String {
    let mut text = head(report, color);
    security(report, color, &mut text);
    let limit = limit.unwrap_or(usize::MAX);
    for change in report.changes.iter().take(limit) {
        self::change(change, color, &mut text);
    }
    if let Some(more) = report.changes.len().checked_sub(limit).filter(|more| *more > 0) {
        let _ = writeln!(text, "\nand {more} more changes of the Rust API");
    }
    files(&report.files, color, &mut text);
    text
}

fn head(report: &Report, color: Color) -> String {
    let Some(rule) = report.rule else { return "nothing changes\n".to_owned() };
    let (word, meaning) = match report.level {
        Level::Major => ("major", "breaks users"),
        Level::Minor => ("minor", "everything that compiled still does"),
        Level::Patch | Level::None => ("patch", "the Rust API is the same"),
    };
    let mut text = format!("{}: {meaning}, by `{rule}`\n", color.paint(style(report.level), word));
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

/// The color of a verdict.
fn style(level: Level) -> Style {
    match level {
        Level::Major => Style::Red,
        Level::Minor => Style::Yellow,
        Level::Patch | Level::None => Style::Green,
    }
}

fn security(report: &Report, color: Color, text: &mut String) {
    if report.rule.is_none() {
        return;
    }
    if report.security.is_empty() {
        text.push_str("\nsecurity: nothing changes\n");
        return;
    }
    let _ = writeln!(text, "\n{}", color.paint(Style::Bold, "security:"));
    for found in &report.security {
        let kind = color.paint(Style::Yellow, &format!("{:10}", found.kind));
        let _ = writeln!(text, "  {kind}{}", found.text);
    }
}

fn change(change: &Change, color: Color, text: &mut String) {
    let title = format!("{} {}: {}", change.what.as_str(), change.subject.kind(), title(change));
    let _ = writeln!(text, "\n{}", color.paint(Style::Bold, &title));
    for detail in &change.details {
        self::detail(detail, color, text);
    }
}

fn detail(detail: &Detail, color: Color, text: &mut String) {
    let place = place(detail).map(|place| format!("  {}", place.show())).unwrap_or_default();
    let level = detail.rule.level();
    let verdict = color.paint(style(level), &format!("{level:6}"));
    let _ = writeln!(text, "  {verdict}{:24}{}{place}", detail.rule, detail.item);
    if let Some(before) = &detail.before {
        let _ = writeln!(text, "    {}", color.paint(Style::Red, &format!("- {before}")));
    }
    if let Some(after) = &detail.after {
        let _ = writeln!(text, "    {}", color.paint(Style::Green, &format!("+ {after}")));
    }
}

fn files(files: &[FileChange], color: Color, text: &mut String) {
    if files.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", color.paint(Style::Bold, "files:"));
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
