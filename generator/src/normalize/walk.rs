//! The walk over a document, driven by the grammar: every object of the specification is checked, mended and carried over.
//!
//! References between objects are replaced by copies of what they point at; schemas are handed to [`hoist`](super::hoist).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;

use super::fit::{self, Fit};
use super::follow::{property_name, put, report_unknown, shortened};
use super::grammar::{Disposition, Fill, Keys, Keyword, Kind, Shape};
use super::hoist::Job;
use super::missing;
use super::place::{FileNames, Place};
use super::references::References;
use super::{Version, finish};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Entry, FileId, Node, Object, Span, Value};
use crate::repair::Repair;

/// How deeply objects other than schemas may be nested.
const DEEPEST: usize = 100;

/// Everything the walk knows and collects.
pub(super) struct Walk<'a, 'd> {
    pub(super) references: References<'a>,
    pub(super) names: FileNames,
    pub(super) version: Version,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The schemas found so far, by canonical pointer.
    pub(super) schemas: IndexMap<String, Node>,
    /// The canonical pointers of schemas that were found or are waiting, by the address of their node.
    pub(super) known: BTreeMap<usize, String>,
    /// Schemas to be taken next: the last one first.
    pub(super) stack: Vec<Job<'a>>,
    /// Schemas that a reference named before the walk came to them.
    pub(super) pending: VecDeque<Job<'a>>,
    /// Copies of objects that references point at.
    pub(super) copies: BTreeMap<(usize, Kind), Option<Node>>,
    /// The objects whose references are being followed.
    pub(super) active: Vec<usize>,
    /// Whether following the reference at a node leads in a circle, by its address.
    pub(super) circles: BTreeMap<usize, bool>,
    /// Where the loader found references to files that are not there.
    pub(super) lost: BTreeSet<(FileId, u32)>,
    depth: usize,
}

/// What identifies a node: documents do not move while they are walked.
pub(super) fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'a, 'd> Walk<'a, 'd> {
    /// A walk that has not begun.
    pub(super) fn new(
        references: References<'a>,
        names: FileNames,
        version: Version,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        let loading = [Code::RemoteReference, Code::RemoteReferenceIgnored, Code::UnknownReference];
        let lost = diagnostics.iter().filter(|diagnostic| loading.contains(&diagnostic.code));
        let lost = lost.filter_map(|diagnostic| diagnostic.span).map(|span| (span.file, span.start)).collect();
        Self {
            references,
            names,
            version,
            diagnostics,
            schemas: IndexMap::new(),
            known: BTreeMap::new(),
            stack: Vec::new(),
            pending: VecDeque::new(),
            copies: BTreeMap::new(),
            active: Vec::new(),
            circles: BTreeMap::new(),
            lost,
            depth: 0,
        }
    }

    /// An object of the specification, checked and mended; `None` when nothing of it can be kept.
    pub(super) fn object(&mut self, kind: Kind, node: &'a Node, place: &Place) -> Option<Node> {
        if self.depth > DEEPEST {
            self.diagnostics.report(Code::TooDeep, Some(node.span), "objects are nested too deeply");
            return None;
        }
        match &node.value {
            Value::Object(object) => {
                self.depth += 1;
                let reference = object.get("$ref").and_then(|entry| Some((entry.key, entry.node.as_str()?)));
                let found = match reference {
                    Some((key, text)) => self.referenced(kind, object, key, text, place),
                    None => self.members(kind, Some(object), node.span, place),
                };
                self.depth -= 1;
                found
            }
            Value::Null => self.members(kind, None, node.span, place),
            Value::Array(items) if items.is_empty() => self.members(kind, None, node.span, place),
            Value::String(name) if kind == Kind::Discriminator => Some(property_name(name, node.span)),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let message = format!("{} should stand here, not {}", kind.grammar().name, node.kind());
                let repair = Repair::Remove(node.span);
                self.diagnostics.report(Code::WrongType, Some(node.span), message).repair(repair);
                None
            }
        }
    }

    /// The members of an object, each by its row.
    fn members(&mut self, kind: Kind, object: Option<&'a Object>, span: Span, place: &Place) -> Option<Node> {
        let mut out = Node::new(Value::Object(Object::new()), span);
        for (key, entry) in object.into_iter().flatten() {
            if let Some((carried, node)) = self.member(kind, key, entry, place) {
                put(&mut out, carried, entry.key, node);
            }
        }
        self.fill(kind, &mut out)?;
        finish::finish(self, kind, &mut out, place).then_some(out)
    }

    /// One member: under which key it is carried, and its value.
    pub(super) fn member(
        &mut self,
        kind: Kind,
        key: &'a str,
        entry: &'a Entry,
        place: &Place,
    ) -> Option<(String, Node)> {
        if let Some(keyword) = kind.keyword(key) {
            let node = self.keyword(kind, keyword, entry, &place.child(key))?;
            return Some((keyword.carried.to_owned(), node));
        }
        let grammar = kind.grammar();
        if key.starts_with("x-") && kind != Kind::SecurityRequirement {
            // A callback has nowhere to put an extension.
            return (kind != Kind::Callback).then(|| (key.to_owned(), entry.node.clone()));
        }
        let Some(name) = self.data_key(grammar.keys, key, entry.key) else {
            report_unknown(kind, key, entry.key, self.diagnostics);
            return None;
        };
        let node = self.shaped(grammar.values, key, &entry.node, &place.child(key), kind)?;
        Some((name, node))
    }

    /// The value of a keyword, after its disposition was looked at.
    fn keyword(&mut self, kind: Kind, keyword: &'static Keyword, entry: &'a Entry, place: &Place) -> Option<Node> {
        let name = keyword.name;
        match keyword.disposition {
            Disposition::Modelled | Disposition::PassedThrough => {}
            Disposition::Reported(Code::UnsupportedKeyword) => {
                let message = format!("`{name}` has no effect on the client");
                self.diagnostics.report(Code::UnsupportedKeyword, Some(entry.key), message);
            }
            Disposition::Reported(code) => {
                let message = format!("{} has no keyword `{name}`", kind.grammar().name);
                let diagnostic = self.diagnostics.report(code, Some(entry.key), message);
                if let Some(instead) = keyword.instead {
                    diagnostic.help(format!("Swagger 2.0 has it; OpenAPI 3 says it with `{instead}`"));
                }
                return None;
            }
        }
        self.shaped(keyword.shape, name, &entry.node, place, kind)
    }

    /// A value by its shape.
    pub(super) fn shaped(
        &mut self,
        shape: Shape,
        name: &str,
        node: &'a Node,
        place: &Place,
        kind: Kind,
    ) -> Option<Node> {
        let absent = matches!(node.value, Value::Null) && !matches!(shape, Shape::Any | Shape::Types | Shape::Schema);
        let values = kind.grammar().keys != Keys::None && kind.keyword(name).is_none();
        if absent && !values {
            self.diagnostics
                .report(Code::RepairedValue, Some(node.span), format!("`{name}` is null and counts as absent"))
                .repair(Repair::Remove(node.span));
            return None;
        }
        let (node, place) = self.borrowed(shape, node, place)?;
        match shape {
            Shape::Any => Some(node.clone()),
            Shape::Object(kind) => self.object(kind, node, &place),
            Shape::ObjectList(kind) => {
                self.list(name, node, &place, |walk, item, place| walk.object(kind, item, place))
            }
            Shape::ObjectMap(kind) => {
                self.map(name, node, &place, kind == Kind::Example, |walk, item, place| walk.object(kind, item, place))
            }
            Shape::Schema => Some(self.schema(node, &place)),
            Shape::SchemaList => self.list(name, node, &place, |walk, item, place| Some(walk.schema(item, place))),
            Shape::SchemaMap => self.map(name, node, &place, false, |walk, item, place| walk.property(item, place)),
            Shape::SchemaOrList if node.as_array().is_some() => {
                self.list(name, node, &place, |walk, item, place| Some(walk.schema(item, place)))
            }
            Shape::SchemaOrList => Some(self.schema(node, &place)),
            Shape::AnyList
            | Shape::Text
            | Shape::OneOf(_)
            | Shape::Texts
            | Shape::TextMap
            | Shape::Flag
            | Shape::Number
            | Shape::Count
            | Shape::NumberOrFlag
            | Shape::TextsOrFlag
            | Shape::Types => self.plain(shape, name, node),
        }
    }

    /// The target of a reference that stands where the specification knows none, for example `paths: {$ref: paths.yaml}`.
    fn borrowed(&mut self, shape: Shape, node: &'a Node, place: &Place) -> Option<(&'a Node, Place)> {
        let own = (node, place.clone());
        if matches!(shape, Shape::Any | Shape::Schema | Shape::SchemaOrList | Shape::Object(_) | Shape::TextMap) {
            return Some(own);
        }
        let Some(entry) = node.as_object().and_then(|object| object.get("$ref")) else { return Some(own) };
        let Some(text) = entry.node.as_str() else { return Some(own) };
        let target = self.target(place, text, entry.key, missing::LEFT_OUT)?;
        Some((target.node, target.place))
    }

    /// A value without objects of the specification in it.
    fn plain(&mut self, shape: Shape, name: &str, node: &Node) -> Option<Node> {
        match fit::fit(shape, node) {
            Fit::Fits => Some(node.clone()),
            Fit::Means(value) => {
                let message = format!("`{name}` should be {}, not {}", fit::expected(shape), node.kind());
                let repair = Repair::Replace(node.span, value.clone());
                self.diagnostics.report(Code::RepairedValue, Some(node.span), message).repair(repair);
                Some(Node::new(value, node.span))
            }
            Fit::Wrong => {
                self.wrong(shape, name, node);
                None
            }
        }
    }

    fn wrong(&mut self, shape: Shape, name: &str, node: &Node) {
        let found = node.as_str().map_or_else(|| node.kind().to_owned(), |text| format!("`{}`", shortened(text)));
        let message = format!("`{name}` should be {}, not {found}", fit::expected(shape));
        self.diagnostics.report(Code::WrongType, Some(node.span), message).repair(Repair::Remove(node.span));
    }

    fn list(
        &mut self,
        name: &str,
        node: &'a Node,
        place: &Place,
        mut each: impl FnMut(&mut Self, &'a Node, &Place) -> Option<Node>,
    ) -> Option<Node> {
        let items = match &node.value {
            Value::Array(items) => {
                items.iter().enumerate().filter_map(|(at, item)| each(self, item, &place.index(at))).collect()
            }
            Value::Object(object) if object.is_empty() => Vec::new(),
            Value::Object(_) => {
                self.diagnostics
                    .report(Code::RepairedValue, Some(node.span), format!("`{name}` should be an array, not an object"))
                    .repair(Repair::Replace(node.span, Value::Array(vec![node.clone()])));
                each(self, node, place).into_iter().collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.wrong(Shape::AnyList, name, node);
                return None;
            }
        };
        Some(Node::new(Value::Array(items), node.span))
    }

    fn map(
        &mut self,
        name: &str,
        node: &'a Node,
        place: &Place,
        numbered: bool,
        mut each: impl FnMut(&mut Self, &'a Node, &Place) -> Option<Node>,
    ) -> Option<Node> {
        let mut out = Object::new();
        match &node.value {
            Value::Object(object) => {
                for (key, entry) in object {
                    if let Some(node) = each(self, &entry.node, &place.child(key)) {
                        out.insert(key.clone(), Entry { key: entry.key, node });
                    }
                }
            }
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if numbered => {
                for (at, item) in items.iter().enumerate() {
                    let value = Object::from_iter([("value".into(), Entry { key: item.span, node: item.clone() })]);
                    let node = Node::new(Value::Object(value), item.span);
                    out.insert(at.to_string().into(), Entry { key: item.span, node });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let message = format!("`{name}` should be an object, not {}", node.kind());
                let repair = Repair::Remove(node.span);
                self.diagnostics.report(Code::WrongType, Some(node.span), message).repair(repair);
                return None;
            }
        }
        Some(Node::new(Value::Object(out), node.span))
    }

    /// Puts what is required and missing.
    fn fill(&mut self, kind: Kind, out: &mut Node) -> Option<()> {
        for required in kind.grammar().required {
            if out.get(required.name).is_some() {
                continue;
            }
            let value = match required.fill {
                Fill::Text(text) => Some(Value::String(text.into())),
                Fill::EmptyObject => Some(Value::Object(Object::new())),
                Fill::Nothing => None,
            };
            if required.until.is_none_or(|until| self.version < until) {
                let message = format!("{} lacks `{}`", kind.grammar().name, required.name);
                let diagnostic = self.diagnostics.report(Code::MissingKeyword, Some(out.span), message);
                // What is only filled in half would be the next problem.
                if let Some(value) = value.clone().filter(|_| required.name != "info") {
                    diagnostic.repair(Repair::Add(out.span, required.name.to_owned(), value));
                }
            }
            let value = value?;
            let span = out.span;
            out.insert(required.name, Node::new(value, span));
            if required.name == "info" {
                for key in ["title", "version"] {
                    out.get_mut("info")?.insert(key, Node::string("", span));
                }
            }
        }
        Some(())
    }
}
