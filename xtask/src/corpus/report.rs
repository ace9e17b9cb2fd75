//! The report as text and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::ledger::Verdict;
use super::row::{End, Row};

/// One row in one line, while a run goes on.
pub(super) fn line(row: &Row) -> String {
    let diagnostics: usize = row.diagnostics.values().sum();
    format!(
        "{:12} {:6.0} ms CPU {:5} MiB {:7} lines {:>9} operations {diagnostics:5} diagnostics  {}  {}",
        row.end.as_str(),
        row.cpu * 1e3,
        row.peak >> 20,
        row.lines,
        operations(row),
        row.document,
        row.message
    )
}

/// Operations in the crate of those in the document.
pub(super) fn operations(row: &Row) -> String {
    match row.found {
        Some(found) => format!("{}/{found}", row.generated),
        None => format!("{}/?", row.generated),
    }
}

/// The whole report: what is wrong stands first.
pub(super) fn text(rows: &[Row], verdict: &Verdict) -> String {
    let mut text = String::new();
    let compiled = rows.iter().any(|row| matches!(row.end, End::Compiled | End::Uncompilable));
    let (crashed, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.crashed());
    for row in crashed.iter().chain(&others) {
        if let Some(trouble) = row.trouble(compiled) {
            let _ = writeln!(text, "FAILED {}: {trouble} (after stage {})", row.document, row.stage);
        }
    }
    for complaint in &verdict.complaints {
        let _ = writeln!(text, "LEDGER {complaint}");
    }
    for fallen in &verdict.fallen {
        let _ = writeln!(text, "lower  {fallen}: `--bless` writes it down");
    }
    totals(rows, compiled, &mut text);
    text
}

fn totals(rows: &[Row], compiled: bool, text: &mut String) {
    let at_least = |end: End| rows.iter().filter(|row| row.end >= end).count();
    let sum = |value: &dyn Fn(&Row) -> usize| rows.iter().map(value).sum::<usize>();
    let crashed = rows.iter().filter(|row| row.crashed()).count();
    let generated = rows.iter().filter(|row| row.end > End::Refused).count();
    let _ = writeln!(text, "{} documents: {crashed} crashed, {generated} generated", rows.len());
    if compiled {
        let _ = writeln!(text, "{} compiled without a warning", at_least(End::Compiled));
    }
    let _ = writeln!(
        text,
        "{} of {} operations are in the crates, {} are reported, {} lost",
        sum(&|row| row.generated),
        sum(&|row| row.found.unwrap_or_default()),
        sum(&|row| row.reported.len()),
        sum(&|row| row.lost.len()),
    );
    let _ = writeln!(
        text,
        "{} lines, {:.2} s of CPU, at most {} MiB",
        sum(&|row| row.lines),
        rows.iter().map(|row| row.cpu).sum::<f64>(),
        rows.iter().map(|row| row.peak).max().unwrap_or_default() >> 20
    );
    counts(rows.iter().flat_map(|row| &row.diagnostics), text);
    let _ = writeln!(text, "any JSON, although the document says something:");
    counts(rows.iter().flat_map(|row| &row.untyped), text);
}

fn counts<'r>(counts: impl Iterator<Item = (&'r String, &'r usize)>, text: &mut String) {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in counts {
        *totals.entry(name).or_default() += count;
    }
    for (name, count) in totals {
        let _ = writeln!(text, "{count:6} {name}");
    }
}

/// Every row, for programs.
pub(super) fn json(rows: &[Row]) -> serde_json::Value {
    rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_crashed_is_the_first_thing_that_is_told() {
        let row = |document: &str, end| Row { document: document.to_owned(), end, ..Row::default() };
        let rows = [row("fine", End::Generated), row("wrong", End::Refused), row("deep", End::Overflow)];
        let text = text(&rows, &Verdict { complaints: vec!["c".to_owned()], ..Verdict::default() });
        let lines: Vec<&str> = text.lines().take(4).collect();
        assert!(
            lines[0].starts_with("FAILED deep: overflow") && lines[1].starts_with("FAILED wrong: refused"),
            "{text}"
        );
        assert_eq!((lines[2], lines[3]), ("LEDGER c", "3 documents: 1 crashed, 1 generated"));
    }

    #[test]
    fn an_operation_that_is_lost_without_a_word_is_told() {
        let row = Row { end: End::Generated, lost: ["GET /a".to_owned()].into(), ..Row::default() };
        assert!(text(&[row], &Verdict::default()).starts_with("FAILED : operations lost without a word: GET /a"));
    }
}
