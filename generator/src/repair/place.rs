//! The way to a place in a document, and its JSONPath (RFC 9535).

use std::fmt::Write as _;

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To the member of an object.
    Key(Box<str>),
    /// To the element of a list.
    Index(usize),
}

/// The query that selects a place and nothing else.
pub(super) fn json_path(place: &[Step]) -> String {
    let mut path = String::from("$");
    for step in place {
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Index(index) => write!(path, "[{index}]"),
            Step::Key(key) if is_name(key) => write!(path, ".{key}"),
            Step::Key(key) => write!(path, "['{}']", escaped(key)),
        };
    }
    path
}

/// Whether a key needs no quotes.
fn is_name(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|part| part.is_ascii_alphanumeric() || part == '_')
}

fn escaped(key: &str) -> String {
    let mut text = String::new();
    for character in key.chars() {
        match character {
            '\'' => text.push_str("\\'"),
            '\\' => text.push_str("\\\\"),
            control if control < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text
}
