//! Repairs carried out on a copy of the document.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Step;
use super::{Presence, Repair, nowhere, object};
use crate::diagnostic::Diagnostics;
use crate::document::{Entry, Node, Object, Span, Value};

/// Which problems were mended at which places.
#[derive(Debug, Default)]
pub(super) struct Applied(BTreeSet<(Vec<Step>, usize)>);

impl Applied {
    /// The problems that were mended, by their numbers.
    pub(super) fn problems(&self) -> BTreeSet<usize> {
        self.0.iter().map(|(_, problem)| *problem).collect()
    }

    /// The problems that were mended at a place or below it.
    pub(super) fn below(&self, place: &[Step]) -> BTreeSet<usize> {
        self.0.iter().filter(|(at, _)| at.starts_with(place)).map(|(_, problem)| *problem).collect()
    }
}

/// The document with every repair whose place is in it.
pub(super) fn mend(tree: &Node, diagnostics: &Diagnostics) -> (Node, Applied) {
    let mut repairs: BTreeMap<Span, Vec<(usize, &Repair)>> = BTreeMap::new();
    for (problem, diagnostic) in diagnostics.iter().enumerate() {
        for repair in &diagnostic.repairs {
            repairs.entry(repair.span()).or_default().push((problem, repair));
        }
    }
    let swagger = tree.get("swagger").is_some();
    let mut mender = Mender { repairs, swagger, place: Vec::new(), applied: Applied::default() };
    let mended = mender.node(tree);
    (mended, mender.applied)
}

impl Repair {
    fn span(&self) -> Span {
        match self {
            Self::Remove(span)
            | Self::RemoveItem(span)
            | Self::Replace(span, _)
            | Self::Rename(span, _)
            | Self::Set(span, ..)
            | Self::Add(span, ..)
            | Self::Append(span, ..)
            | Self::Once(span, ..)
            | Self::AllOf(span)
            | Self::Declare(span, _)
            | Self::DeclareScheme(span, _)
            | Self::Require(span, ..) => *span,
        }
    }
}

struct Mender<'a> {
    repairs: BTreeMap<Span, Vec<(usize, &'a Repair)>>,
    /// Whether the document is Swagger 2.0, where a parameter has its type beside its name.
    swagger: bool,
    place: Vec<Step>,
    applied: Applied,
}

impl<'a> Mender<'a> {
    fn at(&self, span: Span) -> Vec<(usize, &'a Repair)> {
        self.repairs.get(&span).cloned().unwrap_or_default()
    }

    fn done(&mut self, problem: usize) {
        self.applied.0.insert((self.place.clone(), problem));
    }

    /// Mends below a step.
    fn below<T>(&mut self, step: Step, mend: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push(step);
        let mended = mend(self);
        self.place.pop();
        mended
    }

    fn node(&mut self, node: &Node) -> Node {
        match &node.value {
            Value::Object(members) => self.object(node.span, members),
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.filter_map(|(at, item)| self.below(Step::Index(at), |mender| mender.item(item)));
                Node::new(Value::Array(items.collect()), node.span)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => node.clone(),
        }
    }

    /// An element of a list; `None` when it is taken out.
    fn item(&mut self, node: &Node) -> Option<Node> {
        for (problem, repair) in self.at(node.span) {
            match repair {
                Repair::Remove(_) | Repair::RemoveItem(_) => {
                    self.done(problem);
                    return None;
                }
                Repair::Replace(_, value) => {
                    self.done(problem);
                    return Some(Node::new(value.clone(), node.span));
                }
                _ => {}
            }
        }
        Some(self.node(node))
    }

    fn object(&mut self, span: Span, members: &Object) -> Node {
        let mut mended = Node::new(Value::Object(Object::new()), span);
        for (key, entry) in members {
            let member = self.below(Step::Key(key.clone()), |mender| mender.member(key, entry, members));
            if let (Some((key, node)), Value::Object(object)) = (member, &mut mended.value) {
                object.insert(key, Entry { key: entry.key, node });
            }
        }
        for (problem, repair) in self.at(span) {
            self.whole(problem, repair, &mut mended);
        }
        mended
    }

    /// A member of an object, under its key; `None` when it is taken out.
    fn member(&mut self, key: &str, entry: &Entry, beside: &Object) -> Option<(Box<str>, Node)> {
        let mut key: Box<str> = key.into();
        for (problem, repair) in self.at(entry.key).into_iter().chain(self.at(entry.node.span)) {
            match repair {
                Repair::Remove(_) => {
                    self.done(problem);
                    return None;
                }
                Repair::Replace(_, value) => {
                    self.done(problem);
                    return Some((key, Node::new(value.clone(), entry.node.span)));
                }
                Repair::Rename(_, name) if !beside.contains_key(name.as_str()) => {
                    self.done(problem);
                    key = name.as_str().into();
                }
                _ => {}
            }
        }
        Some((key, self.node(&entry.node)))
    }

    /// Repairs of an object as a whole.
    fn whole(&mut self, problem: usize, repair: &Repair, mended: &mut Node) {
        let changed = match repair {
            Repair::Set(_, key, value) => {
                mended.insert(key, Node::new(value.clone(), nowhere()));
                Some(key.as_str())
            }
            Repair::Add(_, key, value) => {
                if mended.get(key).is_none() {
                    mended.insert(key, Node::new(value.clone(), nowhere()));
                }
                Some(key.as_str())
            }
            Repair::Append(_, key, value) => append(mended, key, value.clone()).then_some(key.as_str()),
            Repair::Once(_, key, value) => once(mended, key, value).then_some(key.as_str()),
            Repair::AllOf(_) => match mended.remove("$ref") {
                Some(reference) => append(mended, "allOf", object([("$ref", reference)]).value).then_some("allOf"),
                // Another problem of the same object has moved it already.
                None => mended.get("allOf").is_some().then_some("allOf"),
            },
            Repair::Declare(_, name) => {
                append(mended, "parameters", parameter(name, self.swagger)).then_some("parameters")
            }
            Repair::DeclareScheme(_, name) => declare_scheme(mended, name, self.swagger),
            Repair::Require(_, scheme, presence) => {
                if mended.get("security").is_none() {
                    mended.insert("security", Node::new(requirement(scheme, *presence), nowhere()));
                }
                Some("security")
            }
            Repair::Remove(_) | Repair::RemoveItem(_) | Repair::Replace(..) | Repair::Rename(..) => None,
        };
        if let Some(key) = changed {
            self.below(Step::Key(key.into()), |mender| mender.done(problem));
        }
    }
}

/// Adds a value to a list, which is made when it is missing; whether it is in it now.
fn append(object: &mut Node, key: &str, value: Value) -> bool {
    if object.get(key).is_none() {
        object.insert(key, Node::new(Value::Array(Vec::new()), nowhere()));
    }
    let Some(Value::Array(items)) = object.get_mut(key).map(|list| &mut list.value) else { return false };
    if items.iter().all(|item| item.value != value) {
        items.push(Node::new(value, nowhere()));
    }
    true
}

/// Leaves only the first of equal values in a list.
fn once(object: &mut Node, key: &str, value: &Value) -> bool {
    let Some(Value::Array(items)) = object.get_mut(key).map(|list| &mut list.value) else { return false };
    let (before, mut seen) = (items.len(), false);
    items.retain(|item| item.value != *value || !std::mem::replace(&mut seen, true));
    items.len() < before
}

/// Declares a key in the header `Authorization`; the member of the document that now has it.
fn declare_scheme(document: &mut Node, name: &str, swagger: bool) -> Option<&'static str> {
    let string = |text: &str| Node::string(text, nowhere());
    let scheme = object([("type", string("apiKey")), ("in", string("header")), ("name", string("Authorization"))]);
    let (first, rest): (_, &[&str]) = match swagger {
        true => ("securityDefinitions", &[]),
        false => ("components", &["securitySchemes"]),
    };
    let mut place = document;
    for key in [first].iter().chain(rest) {
        if place.get(key).is_none() {
            place.insert(key, object([]));
        }
        place = place.get_mut(key)?;
    }
    place.as_object()?;
    if place.get(name).is_none() {
        place.insert(name, scheme);
    }
    Some(first)
}

/// `security` that asks for a scheme, or for it or nothing.
fn requirement(scheme: &str, presence: Presence) -> Value {
    let scopes = Node::new(Value::Array(Vec::new()), nowhere());
    let mut alternatives = vec![object([(scheme, scopes)])];
    match presence {
        Presence::Required => {}
        Presence::Optional => alternatives.push(object([])),
    }
    Value::Array(alternatives)
}

fn parameter(name: &str, swagger: bool) -> Value {
    let string = |text: &str| Node::string(text, nowhere());
    let required = Node::new(Value::Bool(true), nowhere());
    let kind = ("type", string("string"));
    let place = ("in", string("path"));
    let name = ("name", string(name));
    match swagger {
        true => object([name, place, ("required", required), kind]).value,
        false => object([name, place, ("required", required), ("schema", object([kind]))]).value,
    }
}
