//! `api.surface` read back: every line as an item, what it is, and what it belongs to.

use std::collections::{BTreeMap, BTreeSet};

/// The public API of a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// Every fact by the item's path and by what of the item it tells.
    pub facts: BTreeMap<Key, Fact>,
}

/// An item's path, and which of its lines this is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// `types::Pet.name`
    pub path: String,
    /// Empty for the item itself; `impl Eq`, `host https://…` for what else is said of it.
    pub slot: String,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The line after the path, as it is written.
    pub text: String,
    /// What it means.
    pub kind: Kind,
    /// The name on the wire, where it is another one.
    pub wire: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// The kinds of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A struct or an enum.
    Definition {
        /// `struct<'c>` or `enum`.
        head: String,
        /// Derived traits.
        derives: BTreeSet<String>,
        /// Whether it may grow.
        non_exhaustive: bool,
    },
    /// A type alias, also one of a trait's.
    Alias(String),
    /// A constant's type.
    Constant(String),
    /// A function.
    Function {
        /// Its generic parameters.
        generics: String,
        /// Arguments as they are written, the receiver included.
        arguments: Vec<String>,
        /// What it returns; empty for nothing.
        output: String,
    },
    /// A field's type.
    Field(String),
    /// What a variant holds; empty for nothing.
    Variant(String),
    /// A trait that is implemented.
    Trait(String),
    /// The table that makes the methods of a type, by its macro.
    Table(String),
    /// The features any of which brings the item.
    Gate(BTreeSet<String>),
    /// Whether a cargo feature is on by default.
    Feature(bool),
    /// What goes over the wire, and where to.
    Wire,
}

impl Surface {
    /// Reads the text of `api.surface`.
    pub fn parse(text: &str) -> Self {
        Self { facts: text.lines().filter_map(line).collect() }
    }

    /// Whether it says what two crates are compared by; older versions of oasmith wrote less.
    pub fn is_comparable(&self) -> bool {
        self.facts.is_empty() || self.facts.keys().any(|key| key.path.starts_with("feature "))
    }

    /// The text that it was read from, in the order of paths.
    pub fn text(&self) -> String {
        self.facts.iter().map(|(key, fact)| format!("{}: {}\n", key.path, fact.text)).collect()
    }

    /// The line of an item itself.
    pub fn item(&self, path: &str) -> Option<&Fact> {
        self.facts.get(&Key { path: path.to_owned(), slot: String::new() })
    }
}

fn line(line: &str) -> Option<(Key, Fact)> {
    let (path, text) = line.split_once(": ")?;
    // Written only where a module has another type of the same name, which says nothing about the type.
    let text = &text.replace("crate::types::", "");
    let fact = |kind| Fact { text: text.to_owned(), kind, wire: None, deprecated: false };
    let key = |slot: &str| Key { path: path.to_owned(), slot: slot.to_owned() };
    if path.starts_with("feature ") {
        return Some((key(""), fact(Kind::Feature(text.starts_with("on ")))));
    }
    if let Some(name) = text.strip_prefix("impl ") {
        return Some((key(text), fact(Kind::Trait(name.to_owned()))));
    }
    if let Some(features) = text.strip_prefix("with feature ") {
        let features = features.split(" or ").map(str::to_owned).collect();
        return Some((key("gate"), fact(Kind::Gate(features))));
    }
    let word = text.split(' ').next().unwrap_or_default();
    if word.ends_with('!') {
        return Some((key("table"), fact(Kind::Table(word.trim_end_matches('!').to_owned()))));
    }
    if let Some(slot) = wire_slot(text) {
        return Some((key(&slot), fact(Kind::Wire)));
    }
    Some((key(""), item(text)))
}

/// Which of the lines about the wire this is; `None` for other lines.
fn wire_slot(text: &str) -> Option<String> {
    let (word, rest) = text.split_once(' ')?;
    match word {
        "scheme" | "needs" => Some(word.to_owned()),
        "host" => Some(format!("host {}", rest.trim_end_matches(", by default"))),
        "scope" | "always" => Some(text.to_owned()),
        "authorization" | "refresh" | "token" if rest.starts_with("URL ") => Some(format!("{word} URL")),
        "sends" => Some(rest.rsplit_once(" for ").map_or("sends".to_owned(), |(_, name)| format!("sends {name}"))),
        _ => None,
    }
}

fn item(text: &str) -> Fact {
    let (rest, wire) = match text.split_once(" as ") {
        Some((rest, wire)) => (rest, Some(wire.to_owned())),
        None => (text, None),
    };
    let deprecated = rest.contains(" #[deprecated]");
    let non_exhaustive = rest.contains(" #[non_exhaustive]");
    let derives = rest.split_once("#[derive(").and_then(|(_, rest)| rest.split_once(")]"));
    let derives = derives.map_or_else(BTreeSet::new, |(list, _)| list.split(", ").map(str::to_owned).collect());
    let plain = rest.split(" #[").next().unwrap_or_default();
    let kind = if plain.starts_with("struct") || plain == "enum" {
        Kind::Definition { head: plain.to_owned(), derives, non_exhaustive }
    } else if let Some(target) = plain.strip_prefix("type ") {
        Kind::Alias(target.to_owned())
    } else if let Some(ty) = plain.strip_prefix("const ") {
        Kind::Constant(ty.to_owned())
    } else if let Some(payload) = plain.strip_prefix("variant") {
        Kind::Variant(payload.to_owned())
    } else if let Some(signature) = plain.strip_prefix("fn") {
        function(signature)
    } else {
        Kind::Field(plain.to_owned())
    };
    Fact { text: text.to_owned(), kind, wire, deprecated }
}

/// `<T: Clone>(self, id: &str) -> Pet`
fn function(signature: &str) -> Kind {
    let open = signature.find('(').unwrap_or(signature.len());
    let (generics, rest) = signature.split_at(open);
    let arguments = split(rest.strip_prefix('(').unwrap_or(rest));
    let consumed: usize = arguments.iter().map(|argument| argument.len()).sum();
    let separators = arguments.len().saturating_sub(1) * 2;
    let after = rest.get((consumed + separators + 2).min(rest.len())..).unwrap_or_default();
    Kind::Function {
        generics: generics.to_owned(),
        arguments: arguments.into_iter().map(str::to_owned).collect(),
        output: after.strip_prefix(" -> ").unwrap_or_default().to_owned(),
    }
}

/// The arguments up to the closing parenthesis, cut at commas outside of any bracket.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' if depth > 0 && previous != '-' => depth -= 1,
            ')' if depth == 0 => {
                if at > start {
                    parts.push(text.get(start..at).unwrap_or_default());
                }
                return parts;
            }
            ',' if depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 2;
            }
            _ => {}
        }
        previous = character;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        line(&format!("a::b: {text}")).unwrap().1.kind
    }

    #[test]
    fn a_function_is_taken_apart() {
        let text = "fn(self, ids: impl IntoIterator<Item = (A, B)>, f: &str) -> Request<'c, List> #[deprecated]";
        let Kind::Function { generics, arguments, output } = kind(text) else { panic!() };
        assert_eq!(generics, "");
        assert_eq!(arguments, ["self", "ids: impl IntoIterator<Item = (A, B)>", "f: &str"]);
        assert_eq!(output, "Request<'c, List>");
        assert!(line(&format!("a::b: {text}")).unwrap().1.deprecated);
    }

    #[test]
    fn a_function_without_arguments_or_result_is_one() {
        let Kind::Function { arguments, output, .. } = kind("fn()") else { panic!() };
        assert!(arguments.is_empty() && output.is_empty());
    }

    #[test]
    fn a_definition_tells_what_it_derives() {
        let Kind::Definition { head, derives, non_exhaustive } = kind("enum #[derive(Clone, Debug)] #[non_exhaustive]")
        else {
            panic!()
        };
        assert_eq!((head.as_str(), derives.len(), non_exhaustive), ("enum", 2, true));
    }

    #[test]
    fn a_wire_name_is_no_part_of_the_type() {
        let (_, fact) = line("types::A.type_: Option<String> as \"type\"").unwrap();
        assert_eq!(fact.kind, Kind::Field("Option<String>".to_owned()));
        assert_eq!(fact.wire.as_deref(), Some("\"type\""));
    }
}
