//! Which types a transcript shows values of, read off the list of the public API.

use std::collections::BTreeSet;

use oasmith::write::Files;

use super::is_separator;

/// The names of the types that the operation of `wire/GROUP/METHOD.http` takes and returns, and of all that these hold.
pub(super) fn types(files: &Files, path: &str) -> BTreeSet<String> {
    let place = path.strip_prefix("wire/").and_then(|rest| rest.strip_suffix(".http")?.split_once('/'));
    let (Some((module, method)), Some(surface)) = (place, files.get("api.surface")) else { return BTreeSet::new() };
    let module = format!("api::{module}::");
    // What is documented beside success is not shown.
    let lines = surface.lines().filter(|line| !line.contains("::Error: type "));
    let lines: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let own = lines.iter().filter(|(item, _)| item.starts_with(&module) && item.ends_with(&format!("<'c>::{method}")));
    let mut known: BTreeSet<String> = own.flat_map(|(_, text)| names(text)).collect();
    loop {
        let before = known.len();
        for (item, text) in &lines {
            let is_near = item.starts_with("types::") || item.starts_with(&module);
            if is_near && names(item).any(|name| known.contains(&name)) {
                known.extend(names(text));
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

fn names(text: &str) -> impl Iterator<Item = String> {
    text.split(is_separator).filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned)
}
