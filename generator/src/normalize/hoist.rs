//! Takes every schema out of its place: what stays there is `{"$ref": "<canonical pointer>"}`, and each schema is one level deep.
//!
//! Works off a list of its own instead of recursing, so the depth of a document costs no stack.

use std::collections::BTreeSet;

use super::follow::{put, shortened};
use super::grammar::Kind;
use super::missing;
use super::place::Place;
use super::references::Target;
use super::schema as rules;
use super::walk::{Walk, address};
use crate::diagnostic::Code;
use crate::document::{Entry, Node, Object, Span, Value};

/// How many references in a row are followed: no document needs more, attacks do.
const MOST_ALIASES: usize = 1_000;

/// A schema that is waiting to be taken out.
pub(super) struct Job<'a> {
    key: String,
    node: &'a Node,
    place: Place,
}

impl<'a> Walk<'a, '_> {
    /// What stands in the place of a schema: a reference to where it was put.
    pub(super) fn schema(&mut self, node: &'a Node, place: &Place) -> Node {
        let alias = node.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("$ref"));
        if let Some((entry, text)) = alias.and_then(|entry| Some((entry, entry.node.as_str()?)))
            && let Some(key) = self.schema_target(place, text, entry.key, missing::ANY)
        {
            return reference(&key, node.span);
        }
        let key = self.schedule(node, place, false);
        reference(&key, node.span)
    }

    /// Takes out the component schemas of the first document, so that they have the first ids, in document order.
    pub(super) fn components(&mut self, root: &'a Node, place: &Place) {
        let schemas = root.get("components").and_then(|components| components.get("schemas")).and_then(Node::as_object);
        let Some(schemas) =
            schemas.filter(|schemas| schemas.get("$ref").is_none_or(|entry| entry.node.as_str().is_none()))
        else {
            return;
        };
        let place = place.child("components").child("schemas");
        for (name, entry) in schemas {
            if matches!(entry.node.value, Value::Object(_) | Value::Bool(_)) {
                let place = place.child(name);
                if !self.adopted(&entry.node, &place) {
                    self.schedule(&entry.node, &place, false);
                }
            }
        }
        self.drain();
    }

    /// Gives the name of a component to the schema of another file that it stands for.
    fn adopted(&mut self, node: &'a Node, place: &Place) -> bool {
        let alias = node.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("$ref"));
        let Some(text) = alias.and_then(|entry| entry.node.as_str()) else { return false };
        let Ok(target) = self.references.resolve(place, text) else { return false };
        let foreign = target.place.file != place.file
            && target.node.as_object().is_some_and(|object| !object.contains_key("$ref"));
        if !foreign || self.known.contains_key(&address(target.node)) {
            return false;
        }
        let key = self.names.key(place);
        self.known.insert(address(node), key.clone());
        self.known.insert(address(target.node), key.clone());
        self.stack.push(Job { key, node: target.node, place: target.place });
        true
    }

    /// Puts a schema of the program's own making; returns what stands in its place.
    pub(super) fn made_schema(&mut self, node: Node, place: &Place) -> Node {
        let key = self.names.key(place);
        let span = node.span;
        // An object that is also referred to is walked twice and needs the same schema both times.
        self.schemas.entry(key.clone()).or_insert(node);
        reference(&key, span)
    }

    /// The canonical pointer of the schema that a reference points at.
    fn schema_target(&mut self, from: &Place, text: &str, key: Span, instead: &str) -> Option<String> {
        let mut target = self.target(from, text, key, instead)?;
        if target.node.get("openapi").is_some() {
            // `#` in a schema of a document means that schema, not the document.
            target = self.component_around(from).unwrap_or(target);
        }
        let mut seen = BTreeSet::new();
        loop {
            target = self.schema_inside(target, text, key)?;
            if !seen.insert(address(target.node)) {
                self.circle(text, key, instead);
                return None;
            }
            if seen.len() > MOST_ALIASES {
                let message = format!("more than {MOST_ALIASES} references follow each other here");
                self.diagnostics.report(Code::TooDeep, Some(key), message);
                return None;
            }
            let alias =
                target.node.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("$ref"));
            let Some(next) = alias.and_then(|entry| entry.node.as_str()) else { break };
            match self.references.resolve(&target.place, next) {
                Ok(next) if is_component(&target.place) => {
                    // A component keeps its own identity; only a circle has to be found.
                    if self.is_circle(next) {
                        self.circle(text, key, instead);
                        return None;
                    }
                    break;
                }
                Ok(next) => target = next,
                Err(_) => break,
            }
        }
        Some(self.schedule(target.node, &target.place, true))
    }

    /// The component schema that a place is in.
    fn component_around(&self, place: &Place) -> Option<Target<'a>> {
        let name = place.pointer.strip_prefix("/components/schemas/")?.split('/').next()?;
        self.references.component(place.file, &crate::pointer::unescape(name))
    }

    /// Whether a chain of references comes back to where it was; each reference is followed once, however many lead to it.
    fn is_circle(&mut self, mut target: Target<'a>) -> bool {
        let mut path = BTreeSet::new();
        let circle = loop {
            let at = address(target.node);
            if let Some(known) = self.circles.get(&at) {
                break *known;
            }
            if !path.insert(at) {
                break true;
            }
            let Some(text) = target.node.get("$ref").and_then(Node::as_str) else { break false };
            match self.references.resolve(&target.place, text) {
                Ok(next) => target = next,
                Err(_) => break false,
            }
        };
        self.circles.extend(path.into_iter().map(|at| (at, circle)));
        circle
    }

    /// Makes sure that the target of a reference is a schema; the schema of a parameter, header or media type is meant by it.
    fn schema_inside(&mut self, target: Target<'a>, text: &str, key: Span) -> Option<Target<'a>> {
        let Some(object) = target.node.as_object() else {
            if matches!(target.node.value, Value::Bool(_)) {
                return Some(target);
            }
            let message = format!("`{}` points at {}, not at a schema", shortened(text), target.node.kind());
            self.diagnostics.report(Code::WrongType, Some(key), message);
            return None;
        };
        let is_schema = object.is_empty() || object.keys().any(|key| Kind::Schema.keyword(key).is_some());
        if object.contains_key("openapi") || object.contains_key("swagger") {
            let message = format!("`{}` points at a whole document, not at a schema", shortened(text));
            self.diagnostics.report(Code::WrongType, Some(key), message);
            return None;
        }
        match object.get("schema") {
            Some(entry) if entry.node.as_object().is_some() && (!is_schema || object.contains_key("in")) => {
                let message = format!("`{}` points at an object that has a schema, not at a schema", shortened(text));
                self.diagnostics.report(Code::RepairedReference, Some(key), message);
                Some(Target { place: target.place.child("schema"), node: &entry.node, repaired: None })
            }
            Some(_) | None => Some(target),
        }
    }

    /// Notes that a schema is to be taken out; returns its canonical pointer.
    pub(super) fn schedule(&mut self, node: &'a Node, place: &Place, later: bool) -> String {
        if let Some(key) = self.known.get(&address(node)) {
            return key.clone();
        }
        let key = self.free_key(place);
        self.known.insert(address(node), key.clone());
        let job = Job { key: key.clone(), node, place: place.clone() };
        if later {
            self.pending.push_back(job)
        } else {
            self.stack.push(job)
        }
        key
    }

    /// The canonical pointer of a place, or one like it when another schema has taken it.
    fn free_key(&self, place: &Place) -> String {
        let key = self.names.key(place);
        if !self.schemas.contains_key(&key) {
            return key;
        }
        let numbered = (2..).map(|number: u32| format!("{key}~{number}")).find(|key| !self.schemas.contains_key(key));
        numbered.unwrap_or(key)
    }

    /// Takes out all schemas that are waiting, each before its children, siblings in document order.
    pub(super) fn drain(&mut self) {
        self.stack.reverse();
        loop {
            let Some(job) = self.stack.pop().or_else(|| self.pending.pop_front()) else { return };
            let waiting = self.stack.len();
            // The position is taken before the children are, so that the order is that of the document.
            self.schemas.insert(job.key.clone(), Node::new(Value::Null, job.node.span));
            let flat = self.flat(job.node, &job.place);
            self.schemas.insert(job.key, flat);
            if let Some(added) = self.stack.get_mut(waiting..) {
                added.reverse();
            }
        }
    }

    /// One schema with references in the places of its children.
    fn flat(&mut self, node: &'a Node, place: &Place) -> Node {
        let mut out = Node::new(Value::Object(Object::new()), node.span);
        let object = match &node.value {
            Value::Object(object) => object,
            Value::Bool(_) => return node.clone(),
            Value::Null => return out,
            Value::String(text) if matches!(&**text, "true" | "false") => {
                self.diagnostics.report(Code::RepairedValue, Some(node.span), "a schema should not be in quotes");
                return Node::new(Value::Bool(&**text == "true"), node.span);
            }
            Value::String(_) | Value::Number(_) | Value::Array(_) => {
                let message = format!("a schema should stand here, not {}", node.kind());
                self.diagnostics.report(Code::WrongType, Some(node.span), message);
                return out;
            }
        };
        for (key, entry) in object {
            self.schema_keyword(&mut out, key, entry, place);
        }
        rules::apply(&mut out, node, self.version, self.diagnostics);
        out
    }

    fn schema_keyword(&mut self, out: &mut Node, key: &'a str, entry: &'a Entry, place: &Place) {
        if matches!(key, "$ref" | "$dynamicRef" | "$recursiveRef") && entry.node.as_str().is_some() {
            let text = entry.node.as_str().unwrap_or_default();
            if let Some(target) = self.schema_target(place, text, entry.key, missing::ANY) {
                put(out, "$ref".to_owned(), entry.key, Node::string(target, entry.node.span));
            }
            return;
        }
        let Some((carried, mut node)) = self.member(Kind::Schema, key, entry, place) else { return };
        if carried == "discriminator" {
            self.mapping(&mut node, place);
        }
        put(out, carried, entry.key, node);
    }

    /// The values of a discriminator's mapping become canonical pointers.
    fn mapping(&mut self, discriminator: &mut Node, place: &Place) {
        let mut found = Object::new();
        for (tag, entry) in discriminator.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            let Some(text) = entry.node.as_str() else { continue };
            if let Some(target) = self.mapped(place, text, entry.node.span) {
                let node = Node::string(target, entry.node.span);
                found.insert(tag.clone(), Entry { key: entry.key, node });
            }
        }
        if let Some(mapping) = discriminator.get_mut("mapping") {
            mapping.value = Value::Object(found);
        }
        if let Some(default) = discriminator.remove("defaultMapping")
            && let Some(target) = default.as_str().and_then(|text| self.mapped(place, text, default.span))
        {
            discriminator.insert("defaultMapping", Node::string(target, default.span));
        }
    }

    /// A value of a mapping: the name of a component first, a reference otherwise.
    fn mapped(&mut self, place: &Place, text: &str, span: Span) -> Option<String> {
        if let Some(target) = self.references.component(place.file, text) {
            return Some(self.schedule(target.node, &target.place, true));
        }
        // Bundling moves schemas into the document and leaves the values of mappings as they were.
        if self.references.resolve(place, text).is_err()
            && let Some(name) = last_name(text)
            && let Some(target) = self.references.component(place.file, name)
        {
            let message = format!("`{}` is taken for the schema `{name}`", shortened(text));
            self.diagnostics.report(Code::RepairedReference, Some(span), message);
            return Some(self.schedule(target.node, &target.place, true));
        }
        self.schema_target(place, text, span, missing::NO_MEMBER)
    }
}

/// What a reference calls its target: the last word of its fragment, else the name of its file.
fn last_name(text: &str) -> Option<&str> {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let file = path.rsplit('/').next().unwrap_or_default();
    let name = match fragment.rsplit('/').next().unwrap_or_default() {
        "" => file.split('.').next().unwrap_or_default(),
        name => name,
    };
    (!name.is_empty()).then_some(name)
}

/// Whether a place is that of a component schema: what stands there has a name.
fn is_component(place: &Place) -> bool {
    place.pointer.strip_prefix("/components/schemas/").is_some_and(|rest| !rest.contains('/'))
}

/// `{"$ref": key}`
pub(super) fn reference(key: &str, span: Span) -> Node {
    let entry = Entry { key: span, node: Node::string(key, span) };
    Node::new(Value::Object(Object::from_iter([("$ref".into(), entry)])), span)
}
