//! `oasmith why`: from a Rust item to the rule, the overlay and the line that made it, and from a line to its items.

use std::fmt::Write as _;

use crate::diff::{Surface, extent, place};
use crate::document::{Documents, Span};
use crate::origin::{self, Item};
use crate::sides::Opened;
use crate::source::Files;
use crate::suggest::closest;

/// What made an item, for every item that the words fit: `types::Pet.name`, `Pet::name`, `pets().list`.
///
/// # Errors
///
/// When nothing is called so; the message names what is called nearly so.
pub fn item(words: &str, opened: &Opened, files: &Files) -> Result<String, String> {
    let wanted = plain(words);
    let fits = |item: &&Item| {
        let path = plain(&item.path);
        path == wanted
            || path.ends_with(&format!("::{wanted}"))
            || accessor(&item.path).is_some_and(|path| path == wanted)
    };
    let found: Vec<&Item> = opened.items.iter().filter(fits).collect();
    if found.is_empty() {
        let last = wanted.rsplit("::").next().unwrap_or(&wanted).to_owned();
        let names: Vec<String> = opened.items.iter().map(|item| plain(&item.path)).collect();
        let lasts = names.iter().filter_map(|name| name.rsplit("::").next());
        let near = closest(&last, lasts).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(format!("no item of the crate is called `{words}`{near}"));
    }
    Ok(told(&found, opened, files))
}

/// The items that a line made: those of the smallest part of the description around it.
///
/// # Errors
///
/// When no item comes from there.
pub fn line(path: &str, line: usize, opened: &Opened, files: &Files) -> Result<String, String> {
    let Some(documents) = &opened.documents else { return Err("there is no description".to_owned()) };
    let mut best: Option<(usize, Vec<&Item>)> = None;
    for item in &opened.items {
        // What an overlay brought is about the smallest item that has it, however little it brought.
        let own = extent(item, documents);
        let size = files.end_line_col(own).0 - files.line_col(own).0;
        for span in extents(item, documents) {
            let (first, _) = files.line_col(span);
            let (last, column) = files.end_line_col(span);
            let last = if column == 1 && last > first { last - 1 } else { last };
            if !same(files.path(span.file), path) || !(first..=last).contains(&line) {
                continue;
            }
            match &mut best {
                Some((smallest, items)) if *smallest == size => items.push(item),
                Some((smallest, _)) if *smallest < size => {}
                _ => best = Some((size, vec![item])),
            }
        }
    }
    match best {
        Some((_, mut items)) => {
            items.dedup();
            Ok(told(&items, opened, files))
        }
        None => Err(format!("nothing in the crate comes from {path}:{line}")),
    }
}

/// The part of the description that made an item, and what overlays brought into it.
fn extents(item: &Item, documents: &Documents) -> Vec<Span> {
    let mut spans = vec![extent(item, documents)];
    if let Some((node, _)) = origin::find(documents, item.origin.span) {
        spans.extend(origin::overlays(documents, node));
    }
    spans
}

fn told(items: &[&Item], opened: &Opened, files: &Files) -> String {
    let surface = opened.side.surface();
    let texts: Vec<String> = items.iter().filter_map(|item| one(item, opened, files, &surface)).collect();
    texts.join("\n")
}

fn one(item: &Item, opened: &Opened, files: &Files, surface: &Surface) -> Option<String> {
    // A name that is decided without being used, such as the method of a body that there is only one of.
    let fact = surface.item(&item.path)?;
    let documents = opened.documents.as_ref()?;
    let mut text = format!("{}\n  {}\n", item.path, fact.text);
    let _ = writeln!(text, "  rule {}: {}", item.maker.as_str(), item.maker.explanation());
    let place = place(item, documents, files);
    let _ = writeln!(text, "  {} {}", place.show(), place.pointer);
    let first = place.line.as_ref().map_or(1, |(_, line)| *line);
    for (index, line) in place.excerpt.iter().enumerate() {
        let _ = writeln!(text, "  {:5} | {line}", first + index);
    }
    if let Some((node, _)) = origin::find(documents, item.origin.span) {
        for span in origin::overlays(documents, node) {
            let (line, _) = files.line_col(span);
            let excerpt = files.text(span.file).lines().nth(line - 1).unwrap_or_default();
            let _ = writeln!(text, "  overlay {}:{line}\n  {line:5} | {excerpt}", files.path(span.file));
        }
    }
    Some(text)
}

/// A path without parameters, receivers and the crate, with `::` all the way.
fn plain(path: &str) -> String {
    let path = path.trim().trim_end_matches("()").replace("().", "::").replace("Request<'_, ", "").replace("<'c>", "");
    let path = path.replace(['>', '\u{a0}'], "").replace('.', "::");
    let path = path.strip_prefix("crate::").unwrap_or(&path);
    path.strip_prefix("client::").filter(|rest| rest.starts_with(char::is_lowercase)).unwrap_or(path).to_owned()
}

/// A method of a handle as it is called: `pets::list`.
fn accessor(path: &str) -> Option<String> {
    let (handle, method) = path.split_once("<'c>::")?;
    let module = handle.strip_prefix("api::")?.split("::").next()?;
    Some(format!("{module}::{method}"))
}

/// Whether two paths mean the same file, as far as their texts tell.
fn same(known: &str, given: &str) -> bool {
    let given = given.strip_prefix("./").unwrap_or(given);
    known.strip_prefix("./").unwrap_or(known) == given
}
