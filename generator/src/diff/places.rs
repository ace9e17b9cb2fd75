//! A crate whose document is at hand: every item with the line of the document that made it.

use super::side::{Place, Places, Side};
use crate::document::{Documents, Span};
use crate::origin::{self, Item};
use crate::source::Files;

/// Longest part of a document that is shown beside an item, in lines.
const SHOWN: usize = 12;

impl Side {
    /// A crate with the document that it was made of.
    pub fn of_document(
        name: impl Into<String>,
        files: crate::write::Files,
        items: &[Item],
        documents: &Documents,
        texts: &Files,
    ) -> Self {
        let mut places = Places::new();
        for item in items {
            places.entry(item.path.clone()).or_insert_with(|| place(item, documents, texts));
        }
        Self { name: name.into(), files, places }
    }
}

/// The part of the document that made an item, with its key; for a variant the value that is listed.
pub fn extent(item: &Item, documents: &Documents) -> Span {
    let found = origin::find(documents, item.origin.span);
    let listed = item.value.as_deref().zip(found).and_then(|(wire, (node, _))| origin::value(node, wire));
    match (listed, found) {
        (Some(listed), _) => listed,
        (None, Some((node, Some(key)))) if key.file == node.span.file => {
            Span { start: key.start.min(node.span.start), ..node.span }
        }
        (None, Some(_) | None) => item.origin.span,
    }
}

/// The place of an item, with the lines there.
pub fn place(item: &Item, documents: &Documents, texts: &Files) -> Place {
    let pointer = &item.origin.pointer;
    let pointer = if pointer.contains('#') { pointer.clone() } else { format!("#{pointer}") };
    let span = extent(item, documents);
    let (first, _) = texts.line_col(span);
    let (last, column) = texts.end_line_col(span);
    // A block of YAML ends where the next line begins.
    let last = if column == 1 && last > first { last - 1 } else { last };
    let lines = texts.text(span.file).lines().skip(first - 1).take((last + 1 - first).min(SHOWN));
    let mut excerpt: Vec<String> = lines.map(str::to_owned).collect();
    while excerpt.last().is_some_and(|line| line.trim().is_empty()) {
        excerpt.pop();
    }
    Place { pointer, line: Some((texts.path(span.file).to_owned(), first)), excerpt }
}
