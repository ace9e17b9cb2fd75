//! Problems of one code with one cause, told once: their messages are the same but for what stands in backticks.

use std::collections::BTreeMap;

use super::sorted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Files;

/// How many places are named beside the first one.
const PLACES: usize = 3;

/// Whether problems are told together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Those of one code with one cause are.
    Causes,
    /// Each stands alone.
    Nothing,
}

/// A problem, and those like it.
pub(super) struct Group<'a> {
    pub(super) first: &'a Diagnostic,
    more: Vec<&'a Diagnostic>,
}

/// Every problem in exactly one group: notes, warnings, errors, so that what weighs most stands last, where a terminal
/// ends; each by its first place.
pub(super) fn groups(diagnostics: &Diagnostics, grouping: Grouping) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<(Code, String), usize> = BTreeMap::new();
    for diagnostic in sorted(diagnostics) {
        let next = groups.len();
        let at = match grouping {
            Grouping::Causes => *known.entry((diagnostic.code, cause(diagnostic))).or_insert(next),
            Grouping::Nothing => next,
        };
        match groups.get_mut(at) {
            Some(group) => group.more.push(diagnostic),
            None => groups.push(Group { first: diagnostic, more: Vec::new() }),
        }
    }
    groups.sort_by_key(|group| match group.first.code.severity() {
        Severity::Note => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    });
    groups
}

impl Group<'_> {
    /// The next few problems of the group, a line each, and how many there are besides.
    pub(super) fn others(&self, files: &Files) -> Vec<String> {
        let mut lines: Vec<String> = self.more.iter().take(PLACES).map(|other| self.line(other, files)).collect();
        match self.more.len().saturating_sub(PLACES) {
            0 => {}
            rest => lines.push(format!("and {rest} more like it; `--all` shows them")),
        }
        lines
    }

    /// Where another problem of the group is, and in which words it differs.
    fn line(&self, other: &Diagnostic, files: &Files) -> String {
        let differing: Vec<String> = quoted(&other.message)
            .zip(quoted(&self.first.message))
            .filter(|(word, first)| word != first)
            .map(|(word, _)| format!("`{word}`"))
            .collect();
        let place = match (other.span, &other.pointer) {
            (Some(span), _) => {
                let (line, column) = files.line_col(span);
                format!("{}:{line}:{column}", files.path(span.file))
            }
            (None, Some(pointer)) => pointer.clone(),
            (None, None) => return format!("also {}", differing.join(", ")),
        };
        match differing.is_empty() {
            true => format!("also at {place}"),
            false => format!("also {} at {place}", differing.join(", ")),
        }
    }
}

/// The message without the words that differ from place to place, and what is to be written instead, which must not be
/// lost.
fn cause(diagnostic: &Diagnostic) -> String {
    let message = diagnostic.message.split('`').step_by(2);
    let instead = diagnostic.help.iter().map(String::as_str).filter(|help| help.starts_with("did you mean"));
    message.chain(instead).collect::<Vec<_>>().join("`")
}

/// What stands in backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}
