//! Documentation: prose of the document to lines that `rustdoc` accepts, and lines to `#[doc]` attributes.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::hidden::is_hidden;
use crate::ir::{Docs, Origin};
use crate::names::Ident;

use super::{markdown, prose};

/// The lines of an item's documentation; `fallback` stands in when the document says nothing.
pub(super) fn lines(docs: &Docs, fallback: &str) -> Vec<String> {
    let lines = markdown::safe(&text(docs, fallback));
    if lines.is_empty() { markdown::safe(fallback) } else { lines }
}

/// The same for a field or a variant, which stands in full on the page of its type and needs no summary of its own.
pub(super) fn member(docs: &Docs, fallback: &str) -> Vec<String> {
    let lines = markdown::whole(&text(docs, fallback));
    if lines.is_empty() { markdown::whole(fallback) } else { lines }
}

fn text(docs: &Docs, fallback: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(docs.summary.iter().filter(|text| !text.trim().is_empty()).cloned());
    let text = docs
        .text
        .iter()
        .filter(|text| !text.trim().is_empty() && docs.summary.as_deref().map(str::trim) != Some(text.trim()));
    parts.extend(text.cloned());
    if parts.is_empty() && !fallback.is_empty() {
        parts.push(fallback.to_owned());
    }
    if !docs.notes.is_empty() {
        let notes: Vec<String> = docs.notes.iter().map(|note| format!("* {}", note.replace('\n', " "))).collect();
        parts.push(notes.join("\n"));
    }
    if let Some(link) = docs.link.as_ref().filter(|link| is_url(link)) {
        parts.push(format!("See <{link}>."));
    }
    parts.join("\n\n")
}

/// Whether an identifier is a text but for its case and what stands between its words.
pub(super) fn spells(name: &Ident, text: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let harmless = |character: char| character.is_alphanumeric() || " _-.".contains(character);
    text.chars().all(harmless) && letters(name.as_str()) == letters(text)
}

/// The documentation without what only repeats the name of the thing.
pub(super) fn beyond<'a>(docs: &'a Docs, name: &str) -> Cow<'a, Docs> {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let name = letters(name);
    let repeats = |text: &Option<String>| text.as_deref().is_some_and(|text| letters(text) == name);
    if !repeats(&docs.summary) && !repeats(&docs.text) {
        return Cow::Borrowed(docs);
    }
    let kept = |text: &Option<String>| text.clone().filter(|text| letters(text) != name);
    Cow::Owned(Docs { summary: kept(&docs.summary), text: kept(&docs.text), ..docs.clone() })
}

/// Markdown of the document to lines that are safe in a doc comment.
pub(super) fn safe(text: &str) -> Vec<String> {
    markdown::safe(text)
}

/// The first paragraph on one line, as Markdown of the document.
pub(super) fn brief(docs: &Docs) -> Option<String> {
    let text = docs.summary.as_ref().or(docs.text.as_ref())?;
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Text as inline code, whatever it holds.
pub(super) fn code(text: &str) -> String {
    prose::code(text)
}

/// Where a type stands in the document, for a type without prose.
pub(super) fn place(origin: &Origin) -> String {
    format!("Defined at {}.", code(&format!("#{}", origin.pointer)))
}

/// `#[doc = "…"]` for each line.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Whether the text is an absolute web address that an autolink can hold.
pub(super) fn is_url(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && !text.contains(|character: char| {
        character.is_whitespace() || character.is_control() || is_hidden(character) || "<>".contains(character)
    })
}
