//! For one change the lines of the document beside those in Rust beside the transcript.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::super::side::Place;
use super::super::super::wire::Transcripts;
use super::super::super::{Change, Detail, Rule, Side};
use super::{escape, sentence};

/// Both crates with their transcripts.
pub(super) struct Sides<'a> {
    old: &'a Side,
    new: &'a Side,
    old_wire: Transcripts,
    new_wire: Transcripts,
}

impl<'a> Sides<'a> {
    /// Reads off the transcripts once.
    pub(super) fn new(old: &'a Side, new: &'a Side) -> Self {
        Self { old, new, old_wire: Transcripts::new(old), new_wire: Transcripts::new(new) }
    }
}

/// How many details of one change are shown; the others are counted.
const SHOWN: usize = 40;

/// Adds the three columns.
pub(super) fn columns(change: &Change, sides: &Sides<'_>, body: &mut String) {
    rules(change, body);
    body.push_str("<div class=\"columns\">\n<section><h3>Document</h3>\n");
    document(change, body);
    body.push_str("</section>\n<section><h3>Rust</h3>\n");
    rust(change, body);
    body.push_str("</section>\n");
    transcript(change, sides, body);
    body.push_str("</div>\n");
}

fn rules(change: &Change, body: &mut String) {
    let rules: BTreeSet<Rule> = change.details.iter().map(|detail| detail.rule).collect();
    body.push_str("<ul class=\"rules\">\n");
    for rule in rules {
        let _ = writeln!(
            body,
            "<li><span class=\"dot {}\"></span><code>{rule}</code> {}</li>",
            rule.level().as_str(),
            sentence(rule.explanation())
        );
    }
    body.push_str("</ul>\n");
}

/// Each place once: the lines that are gone or were so, then those that are so now.
fn document(change: &Change, body: &mut String) {
    let mut places: Vec<(Option<&Place>, Option<&Place>)> = Vec::new();
    for detail in change.details.iter().take(SHOWN) {
        let pair = match (&detail.before, &detail.after) {
            (None, Some(_)) => (None, detail.new_place.as_ref()),
            (Some(_), None) => (detail.old_place.as_ref(), None),
            _ => (detail.old_place.as_ref(), detail.new_place.as_ref()),
        };
        if pair != (None, None) && !places.contains(&pair) {
            places.push(pair);
        }
    }
    if places.is_empty() {
        body.push_str("<p class=\"quiet\">No place in the document is known.</p>\n");
    }
    for (old, new) in places {
        if let Some(place) = new.or(old) {
            let _ = writeln!(body, "<p class=\"place\">{}</p>", escape(&place.show()));
            if place.line.is_some() {
                let _ = writeln!(body, "<p class=\"pointer\">{}</p>", escape(&place.pointer));
            }
        }
        lines(old.map(|place| place.excerpt.join("\n")), new.map(|place| place.excerpt.join("\n")), body);
    }
}

fn rust(change: &Change, body: &mut String) {
    for detail in change.details.iter().take(SHOWN) {
        self::detail(detail, body);
    }
    if let Some(more) = change.details.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(body, "<p class=\"quiet\">and {more} more lines like these</p>");
    }
}

fn detail(detail: &Detail, body: &mut String) {
    let _ = writeln!(body, "<p class=\"place\">{}</p>", escape(&detail.item));
    lines(detail.before.clone(), detail.after.clone(), body);
}

/// How many lines that stay are shown before and behind those that change.
const AROUND: usize = 4;

/// The first operation that the change is about or that uses the type.
fn transcript(change: &Change, sides: &Sides<'_>, body: &mut String) {
    let Some(path) = sides.new_wire.of(change).or_else(|| sides.old_wire.of(change)) else { return };
    let (before, after) = (sides.old.files.get(path).cloned(), sides.new.files.get(path).cloned());
    let _ = write!(body, "<section><h3>On the wire</h3>\n<p class=\"place\">{}</p>\n", escape(path));
    lines(before, after, body);
    body.push_str("</section>\n");
}

/// Lines that go and come, with those around them; all lines where none changes.
fn lines(old: Option<String>, new: Option<String>, body: &mut String) {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let diff = similar::TextDiff::from_lines(&old, &new);
    let around = if old == new { usize::MAX } else { AROUND };
    body.push_str("<pre>");
    let mut shown = 0;
    for hunk in diff.grouped_ops(around) {
        for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
            let at = change.old_index().unwrap_or(shown);
            if at > shown {
                body.push_str("<span class=\"stay\">  …</span>\n");
            }
            shown = change.old_index().map_or(shown, |at| at + 1);
            let (class, mark) = match change.tag() {
                similar::ChangeTag::Delete => ("go", '-'),
                similar::ChangeTag::Insert => ("come", '+'),
                similar::ChangeTag::Equal => ("stay", ' '),
            };
            let text = change.to_string();
            let _ = writeln!(body, "<span class=\"{class}\">{mark} {}</span>", escape(text.trim_end_matches('\n')));
        }
    }
    body.push_str("</pre>\n");
}
