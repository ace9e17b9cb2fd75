//! The parts of the walk that follow references and judge keys.

use super::Version;
use super::grammar::{Keys, Kind, Shape};
use super::missing;
use super::place::Place;
use super::references::{Miss, Target};
use super::walk::{Walk, address};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Entry, Node, Object, Span, Value};
use crate::repair::Repair;
use crate::suggest::closest;

impl<'a> Walk<'a, '_> {
    /// A copy of the object that a reference points at, with what stands beside the reference.
    pub(super) fn referenced(
        &mut self,
        kind: Kind,
        object: &'a Object,
        key: Span,
        text: &str,
        place: &Place,
    ) -> Option<Node> {
        let Some(target) = self.target(place, text, key, missing::instead(kind)) else {
            return missing::stand_in(kind, key, place);
        };
        let at = address(target.node);
        if self.active.contains(&at) {
            self.circle(text, key, missing::instead(kind));
            return missing::stand_in(kind, key, place);
        }
        let copy = match self.copies.get(&(at, kind)) {
            Some(copy) => copy.clone(),
            None => {
                self.active.push(at);
                let copy = self.object(kind, target.node, &target.place);
                self.active.pop();
                self.copies.insert((at, kind), copy.clone());
                copy
            }
        };
        let mut copy = copy?;
        for (key, entry) in object.iter().filter(|(key, _)| &***key != "$ref") {
            self.beside(kind, &mut copy, key, entry, place);
        }
        Some(copy)
    }

    /// A keyword beside a reference: prose and the members of a path item hold, the rest has no effect.
    fn beside(&mut self, kind: Kind, copy: &mut Node, key: &'a str, entry: &'a Entry, place: &Place) {
        if holds_beside_reference(kind, key, self.version) {
            if let Some((carried, node)) = self.member(kind, key, entry, place) {
                put(copy, carried, entry.key, node);
            }
            return;
        }
        let message = format!("`{key}` beside `$ref` has no effect");
        let repair = Repair::Remove(entry.key);
        self.diagnostics.report(Code::UnsupportedKeyword, Some(entry.key), message).repair(repair);
    }

    /// What a reference points at; a miss is reported, with what becomes of the place.
    pub(super) fn target(&mut self, from: &Place, text: &str, key: Span, instead: &str) -> Option<Target<'a>> {
        match self.references.resolve(from, text) {
            Ok(target) => {
                if let Some(repaired) = target.repaired {
                    let message = format!("`{}`: {repaired}", shortened(text));
                    self.diagnostics.report(Code::RepairedReference, Some(key), message);
                }
                Some(target)
            }
            Err(miss) => {
                self.missed(miss, text, key, instead);
                None
            }
        }
    }

    fn missed(&mut self, miss: Miss, text: &str, key: Span, instead: &str) {
        let shown = shortened(text);
        match miss {
            Miss::Nothing(suggestion) => {
                let message = format!("nothing is defined at `{shown}`");
                let diagnostic = self.diagnostics.report(Code::UnknownReference, Some(key), message).note(instead);
                if let Some(name) = suggestion {
                    diagnostic.help(format!("did you mean `{name}`?"));
                }
            }
            Miss::Cycle => self.circle(text, key, instead),
            // The loader has said so already, at the place of the value.
            Miss::Remote | Miss::NoFile if self.said_while_loading(key) => {}
            Miss::Remote => {
                let message = format!("`{shown}` is on another host");
                self.diagnostics.report(Code::RemoteReference, Some(key), message).note(instead);
            }
            Miss::NoFile => {
                let message = format!("no file stands behind `{shown}`");
                self.diagnostics.report(Code::UnknownReference, Some(key), message).note(instead);
            }
        }
    }

    /// Reports references that lead in a circle.
    pub(super) fn circle(&mut self, text: &str, key: Span, instead: &str) {
        let message = format!("`{}` leads back to itself", shortened(text));
        self.diagnostics.report(Code::ReferenceCycle, Some(key), message).note(instead);
    }

    /// Whether there is a diagnostic at a reference, whose key ends a few bytes before its value begins.
    fn said_while_loading(&self, key: Span) -> bool {
        let near = (key.file, key.end)..=(key.file, key.end.saturating_add(16));
        self.lost.contains(&(key.file, key.start)) || self.lost.range(near).next().is_some()
    }

    /// The key of a map whose keys are data, as it should have been written.
    pub(super) fn data_key(&mut self, keys: Keys, key: &str, span: Span) -> Option<String> {
        let name = match keys {
            Keys::None => None,
            Keys::Any => Some(key.to_owned()),
            Keys::Paths if key.starts_with('/') => Some(key.to_owned()),
            Keys::Paths => Some(format!("/{key}")),
            Keys::Statuses => status(key),
        }?;
        if name != key && !name.eq_ignore_ascii_case(key) {
            let message = format!("`{}` stands for `{}`", shortened(key), shortened(&name));
            let repair = Repair::Rename(span, name.clone());
            self.diagnostics.report(Code::RepairedValue, Some(span), message).repair(repair);
        }
        Some(name)
    }

    /// A property or another named schema: `null` under its name says nothing about it.
    pub(super) fn property(&mut self, node: &'a Node, place: &Place) -> Option<Node> {
        if matches!(node.value, Value::Object(_) | Value::Bool(_) | Value::Null) {
            return Some(self.schema(node, place));
        }
        let message = format!("{} should stand here, not {}", super::fit::expected(Shape::Schema), node.kind());
        self.diagnostics.report(Code::WrongType, Some(node.span), message).repair(Repair::Remove(node.span));
        None
    }
}

/// Reports a keyword that no table has.
pub(super) fn report_unknown(kind: Kind, key: &str, span: Span, diagnostics: &mut Diagnostics) {
    let grammar = kind.grammar();
    let message = format!("{} has no keyword `{}`", grammar.name, shortened(key));
    let known = grammar.keywords.iter().filter(|keyword| keyword.instead.is_none()).map(|keyword| keyword.name);
    let near = closest(key, known);
    let diagnostic = diagnostics.report(Code::UnknownKeyword, Some(span), message);
    match near {
        None => _ = diagnostic.repair(Repair::Remove(span)),
        Some(name) => {
            diagnostic.help(format!("did you mean `{name}`?"));
            // Only what is the same word is certain enough.
            if plain(name) == plain(key) {
                diagnostic.repair(Repair::Rename(span, name.to_owned()));
            }
        }
    }
}

/// A word without its case and its hyphens.
fn plain(word: &str) -> String {
    word.chars().filter(|part| part.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a keyword beside `$ref` counts: prose everywhere, everything in a path item, and in schemas what their rules keep.
pub(super) fn holds_beside_reference(kind: Kind, key: &str, version: Version) -> bool {
    match kind {
        Kind::PathItem => true,
        Kind::Schema => super::schema::holds_beside_reference(key, version),
        _ => matches!(key, "summary" | "description") || key.starts_with("x-"),
    }
}

/// A status code (`200`), a range (`2XX`) or `default`.
pub(super) fn status(key: &str) -> Option<String> {
    if key.eq_ignore_ascii_case("default") {
        return Some("default".to_owned());
    }
    let bytes = key.trim().as_bytes();
    match bytes {
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => Some(key.trim().to_owned()),
        [first @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => Some(format!("{}XX", char::from(*first))),
        _ => None,
    }
}

/// Puts a member and keeps the place of its key.
pub(super) fn put(node: &mut Node, key: String, span: Span, member: Node) {
    if let Some(object) = node.as_object_mut() {
        object.insert(key.into(), Entry { key: span, node: member });
    }
}

/// A discriminator that is only the name of its property.
pub(super) fn property_name(name: &str, span: Span) -> Node {
    let entry = Entry { key: span, node: Node::string(name, span) };
    Node::new(Value::Object(Object::from_iter([("propertyName".into(), entry)])), span)
}

/// A text that fits into a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
