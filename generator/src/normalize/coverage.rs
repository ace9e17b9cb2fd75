//! Which keywords a document uses, how often, and what becomes of each: counted on the document as it was written.
//!
//! A walk of its own over the tables of the grammar, so that what is counted does not depend on what was mended before.

use std::collections::{BTreeMap, BTreeSet};

use super::Version;
use super::follow::{holds_beside_reference, status};
use super::grammar::{Disposition, Keys, Keyword, Kind, Shape};
use super::place::Place;
use super::references::{References, Target};
use super::walk::address;
use crate::diagnostic::Code;
use crate::document::{Documents, Entry, Node, Span};

/// A keyword that a document uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The kind of object it stands in.
    pub object: &'static str,
    /// The keyword; `in: query` when its value is one of a few that mean different things.
    pub keyword: String,
    /// What becomes of it.
    pub disposition: Disposition,
    /// How often it was met; an object that is referred to several times counts once.
    pub count: usize,
    /// Where it was met first.
    pub first: Span,
}

/// A keyword that the specification does not know where it stands.
pub(super) struct Unknown<'a> {
    /// The kind of object it stands in.
    pub(super) kind: Kind,
    /// The keyword.
    pub(super) key: &'a str,
    /// Where it stands.
    pub(super) span: Span,
}

/// Counts every keyword from the first document on; the second list has the ones that nobody knows.
pub(super) fn survey(documents: &Documents, version: Version) -> (Vec<CoverageRow>, Vec<Unknown<'_>>) {
    let Some(entry) = documents.roots.first() else { return (Vec::new(), Vec::new()) };
    let mut survey = Survey {
        references: References::new(documents),
        version,
        rows: BTreeMap::new(),
        unknown: Vec::new(),
        seen: BTreeSet::new(),
        open: vec![(Shape::Object(Kind::Root), &entry.tree, Place::root(entry.file))],
    };
    while let Some((shape, node, place)) = survey.open.pop() {
        survey.value(shape, node, &place);
    }
    (survey.rows.into_values().collect(), survey.unknown)
}

/// What was counted so far, and what is still to be looked at.
struct Survey<'a> {
    references: References<'a>,
    version: Version,
    rows: BTreeMap<(Kind, String, Disposition), CoverageRow>,
    unknown: Vec<Unknown<'a>>,
    seen: BTreeSet<(usize, Kind)>,
    /// A list of its own instead of recursion, so the depth of a document costs no stack.
    open: Vec<(Shape, &'a Node, Place)>,
}

impl<'a> Survey<'a> {
    fn value(&mut self, shape: Shape, node: &'a Node, place: &Place) {
        match shape {
            Shape::Object(kind) => self.object(kind, node, place),
            Shape::Schema => self.object(Kind::Schema, node, place),
            Shape::SchemaOrList if node.as_array().is_none() => self.object(Kind::Schema, node, place),
            Shape::ObjectList(kind) | Shape::ObjectMap(kind) => self.members(shape, Shape::Object(kind), node, place),
            Shape::SchemaOrList | Shape::SchemaList | Shape::SchemaMap => {
                self.members(shape, Shape::Schema, node, place);
            }
            Shape::Any
            | Shape::AnyList
            | Shape::Text
            | Shape::OneOf(_)
            | Shape::Texts
            | Shape::TextMap
            | Shape::Flag
            | Shape::Number
            | Shape::Count
            | Shape::NumberOrFlag
            | Shape::TextsOrFlag
            | Shape::Types => {}
        }
    }

    /// The members of a list or a map, which may stand elsewhere as a whole.
    fn members(&mut self, whole: Shape, each: Shape, node: &'a Node, place: &Place) {
        if let Some(target) = self.target(node, place) {
            self.open.push((whole, target.node, target.place));
            return;
        }
        for (key, entry) in node.as_object().into_iter().flatten() {
            self.open.push((each, &entry.node, place.child(key)));
        }
        for (at, item) in node.as_array().unwrap_or_default().iter().enumerate() {
            self.open.push((each, item, place.index(at)));
        }
    }

    fn object(&mut self, kind: Kind, node: &'a Node, place: &Place) {
        let Some(object) = node.as_object() else { return };
        if !self.seen.insert((address(node), kind)) {
            return;
        }
        if let Some(target) = self.target(node, place) {
            self.open.push((Shape::Object(kind), target.node, target.place));
        }
        let beside = object.get("$ref").is_some_and(|entry| entry.node.as_str().is_some());
        for (key, entry) in object {
            self.member(kind, key, entry, beside, place);
        }
    }

    fn member(&mut self, kind: Kind, key: &'a str, entry: &'a Entry, beside: bool, place: &Place) {
        if beside && key != "$ref" && !holds_beside_reference(kind, key, self.version) {
            self.count(kind, key.to_owned(), Disposition::Reported(Code::UnsupportedKeyword), entry.key);
            return;
        }
        if let Some(keyword) = kind.keyword_in(self.version, key) {
            self.keyword(kind, keyword, entry);
            self.open.push((keyword.shape, &entry.node, place.child(key)));
        } else if key.starts_with("x-") && kind != Kind::SecurityRequirement {
            let understood = kind.understands(key);
            let disposition = if understood { Disposition::Modelled } else { Disposition::PassedThrough };
            self.count(kind, key.to_owned(), disposition, entry.key);
        } else if is_data(kind.grammar().keys, key) {
            self.open.push((kind.grammar().values, &entry.node, place.child(key)));
        } else {
            self.count(kind, key.to_owned(), Disposition::Reported(Code::UnknownKeyword), entry.key);
            self.unknown.push(Unknown { kind, key, span: entry.key });
        }
    }

    /// A keyword of the table; where its value is one of a few, each of them is a row.
    fn keyword(&mut self, kind: Kind, keyword: &'static Keyword, entry: &Entry) {
        let name = keyword.name;
        if keyword.disposition == Disposition::Reported(Code::UnknownKeyword) {
            self.unknown.push(Unknown { kind, key: name, span: entry.key });
        }
        if !matches!(keyword.shape, Shape::OneOf(_) | Shape::Types) && keyword.unsupported.is_empty() {
            self.count(kind, name.to_owned(), keyword.disposition, entry.key);
            return;
        }
        let values = entry.node.as_array().unwrap_or(std::slice::from_ref(&entry.node));
        for value in values.iter().filter_map(Node::as_str) {
            let disposition = match keyword.shape {
                _ if keyword.unsupported.contains(&value) => Disposition::Reported(Code::UnsupportedKeyword),
                Shape::OneOf(choices) if !choices.contains(&value) => Disposition::Reported(Code::WrongType),
                _ => keyword.disposition,
            };
            self.count(kind, format!("{name}: {value}"), disposition, entry.key);
        }
    }

    fn count(&mut self, kind: Kind, keyword: String, disposition: Disposition, span: Span) {
        let object = kind.grammar().name;
        let row = self.rows.entry((kind, keyword.clone(), disposition)).or_insert(CoverageRow {
            object,
            keyword,
            disposition,
            count: 0,
            first: span,
        });
        row.count += 1;
        row.first = row.first.min(span);
    }

    fn target(&self, node: &Node, place: &Place) -> Option<Target<'a>> {
        self.references.resolve(place, node.get("$ref")?.as_str()?).ok()
    }
}

/// Whether a key is data and not a keyword.
fn is_data(keys: Keys, key: &str) -> bool {
    match keys {
        Keys::None => false,
        Keys::Any | Keys::Paths => true,
        Keys::Statuses => status(key).is_some(),
    }
}
