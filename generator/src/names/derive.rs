//! Methods named like a person would: by the resource that a path is about and by what is done to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Field, Form, Operation, Shape, Type};

use super::subject::{Subject, subject};
use super::{nouns, verbs, words};

/// What the operations of an API are about, path by path.
pub(super) struct Resources<'a> {
    api: &'a Api,
    /// The methods of each path.
    methods: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Resources<'a> {
    /// Looks at the paths of an API.
    pub(super) fn new(api: &'a Api) -> Self {
        let mut methods: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for operation in &api.operations {
            methods.entry(&operation.path).or_default().insert(&operation.method);
        }
        Self { api, methods }
    }

    /// Names for a method, the best first, in words: after what it does to which resource.
    pub(super) fn derive(&self, operation: &Operation, group: &[String]) -> Vec<String> {
        let subject = subject(operation, group);
        let mut names = match subject.after.last() {
            None => self.of_own(&subject),
            Some(last) => self.of_other(&subject, last),
        };
        let by = |name: &String, parameters: &[Vec<String>]| {
            let parameters: Vec<String> = parameters.iter().map(|words| words.join(" ")).collect();
            format!("{name} by {}", parameters.join(" and "))
        };
        // Of two that are found by different keys, each says its own.
        if let (Some(first), true) = (names.first(), subject.parameters.len() > 1) {
            names.insert(1, by(first, &subject.parameters));
        }
        if let Some(last) = subject.all_parameters.last() {
            let keyed: Vec<String> = names.iter().map(|name| by(name, std::slice::from_ref(last))).collect();
            names.extend(keyed);
        }
        let version = subject.version.join(" ");
        names.extend(names.first().filter(|_| !version.is_empty()).map(|first| format!("{first} {version}")));
        names.extend(operation.wire.clone().filter(|id| !id.is_empty()));
        names.push(described(operation));
        names
    }

    /// What is done to the group's own resource is a verb: `list`, `create`, `get`, `update`, `delete`.
    fn of_own(&self, subject: &Subject<'_>) -> Vec<String> {
        let Some(own) = &subject.own else { return Vec::new() };
        let verb = match own.as_slice() {
            [only] if verbs::is_read(only) && subject.operation.method == "GET" => only.clone(),
            _ => self.verb(subject, own),
        };
        let mut names = vec![verb.clone()];
        names.extend(subject.before.last().map(|before| phrase(&[&verb, &one(before), &object(&verb, subject, own)])));
        names.push(phrase(&[&verb, &object(&verb, subject, own)]));
        names
    }

    /// What is done to something below it is a verb with an object, or a verb that the path itself names.
    fn of_other(&self, subject: &Subject<'_>, last: &[String]) -> Vec<String> {
        let above: Vec<&Vec<String>> = subject
            .before
            .iter()
            .chain(&subject.own)
            .chain(subject.after.split_last().map_or(&[][..], |(_, rest)| rest))
            .collect();
        let near = above.last().map(|name| if subject.of_item { one(name) } else { name.join(" ") });
        let far = above.iter().rev().nth(1).map(|name| one(name));
        if self.is_action(subject, last) {
            let action = last.join(" ");
            let plain = (last.len() > 1 || subject.after.len() == 1).then(|| action.clone());
            let with_near = near.iter().map(|near| phrase(&[&action, near]));
            let with_far = near.iter().zip(&far).map(|(near, far)| phrase(&[&action, far, near]));
            return plain.into_iter().chain(with_near).chain(with_far).collect();
        }
        let verb = self.verb(subject, last);
        let object = object(&verb, subject, last);
        let near = above.last().map(|name| one(name));
        // What stands between two names of a path without a parameter belongs to the first: `/hashtag/local`.
        let part = subject.compound && subject.after.len() > 1 && subject.parameters.is_empty() && verb != "list";
        let part = part && (verb == "get" || !last.last().is_some_and(|word| nouns::is_plural(word)));
        let plain = (!part).then(|| phrase(&[&verb, &object]));
        let with_near = near.iter().map(|near| phrase(&[&verb, near, &object]));
        let with_far = near.iter().zip(&far).map(|(near, far)| phrase(&[&verb, far, near, &object]));
        let spelled = phrase(&[&verb, &last.join(" ")]);
        plain.into_iter().chain(with_near).chain(with_far).chain([spelled]).collect()
    }

    /// Whether the last name of a path is what is done rather than what it is done to.
    fn is_action(&self, subject: &Subject<'_>, last: &[String]) -> bool {
        let operation = subject.operation;
        let (Some(first), Some(final_word)) = (last.first(), last.last()) else { return false };
        if !subject.parameters.is_empty() {
            return false;
        }
        match operation.method.as_str() {
            "GET" | "HEAD" => {
                let said = || summary_verb(operation).is_some_and(|verb| verb == *first);
                let list = nouns::is_plural(final_word) && self.is_list(operation, last, false);
                !list && (verbs::is_read(first) || verbs::is_verb(first) && (last.len() > 1 || said()))
            }
            "POST" | "PUT" | "PATCH" => {
                let alone = self.methods.get(operation.path.as_str()).is_none_or(|methods| methods.len() == 1);
                let created = summary_verb(operation).is_some_and(|verb| verb == "create" || verb == "add");
                let singular = alone && subject.of_item && !nouns::is_plural(final_word) && !created;
                let collection = nouns::is_plural(final_word) && (created || self.has_items(&operation.path));
                // What can also be looked at is a thing: `GET /archive` beside `PUT /archive`.
                let thing = !verbs::is_read(first) && self.has(operation, "GET");
                verbs::is_verb(first) && !collection && !thing || singular
            }
            "DELETE" => last.len() > 1 && verbs::is_verb(first),
            _ => false,
        }
    }

    /// What is done to a resource.
    fn verb(&self, subject: &Subject<'_>, resource: &[String]) -> String {
        let operation = subject.operation;
        let item = !subject.parameters.is_empty();
        let said = summary_verb(operation);
        let usual = match operation.method.as_str() {
            "GET" if self.is_list(operation, resource, item) => "list",
            "GET" => {
                let read = said.filter(|verb| verbs::is_read(verb) && verb != "list" && verb != "find");
                return read.unwrap_or_else(|| "get".to_owned());
            }
            "POST" if item => "update",
            "POST" => "create",
            "PUT" if self.has(operation, "PATCH") => "replace",
            "PUT" | "PATCH" => "update",
            "DELETE" => "delete",
            other => return other.to_lowercase(),
        };
        match said {
            // `Calculate tax` of `POST /calculations` makes one of them.
            Some(verb) if usual == "create" && same_stem(&verb, resource) && self.has_items(&operation.path) => {
                usual.to_owned()
            }
            Some(verb) if usual != "list" && fits(&operation.method, &verb) => verb,
            _ => usual.to_owned(),
        }
    }

    /// Whether the path of an operation has another method.
    fn has(&self, operation: &Operation, method: &str) -> bool {
        self.methods.get(operation.path.as_str()).is_some_and(|methods| methods.contains(method))
    }

    /// Whether the path of an operation is that of a collection: items are below it.
    fn has_items(&self, path: &str) -> bool {
        let mut below = self.methods.range(path..).map(|(other, _)| other);
        let inside = |other: &&str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with("/{"));
        below.by_ref().take_while(|other| other.starts_with(path)).any(inside)
    }

    /// Whether an answer is a list: an array, or an object around the list that the resource's name promises.
    fn is_list(&self, operation: &Operation, resource: &[String], item: bool) -> bool {
        let collection = self.has_items(&operation.path);
        if operation.pagination.is_some() && !item {
            return true;
        }
        let plural = resource.last().is_some_and(|word| nouns::is_plural(word)) && !item || collection;
        let content = operation.success.first().and_then(|response| response.contents.first());
        match content.map(|content| &content.form) {
            Some(Form::Json(ty)) => plural && self.holds_list(ty, resource, 2) || !item && self.is_array(ty),
            _ => plural,
        }
    }

    fn is_array(&self, ty: &Type) -> bool {
        matches!(self.behind(ty), Type::List(_))
    }

    /// Whether a type is a list or has one at its core.
    fn holds_list(&self, ty: &Type, resource: &[String], depth: usize) -> bool {
        let id = match self.behind(ty) {
            Type::List(_) | Type::Any => return true,
            Type::Named(id) if depth > 0 => id,
            _ => return false,
        };
        let Some(Shape::Struct(object)) = self.api.types.get(id.0).map(|def| &def.shape) else { return false };
        let lists = || object.fields.iter().filter(|field| self.is_array(&field.ty));
        let usual = |field: &Field| {
            let name = words::words(&field.wire);
            nouns::same(&name, resource) || matches!(name.as_slice(), [only] if ITEMS.contains(&only.as_str()))
        };
        let only = object.fields.len() < 5 && lists().count() == 1;
        only || lists().any(usual)
            || object
                .fields
                .iter()
                .any(|field| usual_envelope(field) && self.holds_list(&field.ty, resource, depth - 1))
    }

    /// Follows aliases.
    fn behind<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..8 {
            let Type::Named(id) = ty else { break };
            match self.api.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Alias(inner) | Shape::Newtype(inner)) => ty = inner,
                _ => break,
            }
        }
        ty
    }
}

/// The usual names of the list in an answer.
const ITEMS: &[&str] = &["data", "items", "results", "entries", "values", "records", "list", "value"];

/// Whether a field is one that answers are put into.
fn usual_envelope(field: &Field) -> bool {
    ["data", "meta", "result", "response"].contains(&field.wire.as_str())
}

/// Whether a noun is that of a verb: `calculate` and `calculations`.
fn same_stem(verb: &str, noun: &[String]) -> bool {
    let stem = verb.get(..verb.len().min(5)).unwrap_or(verb);
    noun.last().is_some_and(|noun| noun.starts_with(stem))
}

/// Whether a verb that a summary begins with can be what a method does.
fn fits(method: &str, verb: &str) -> bool {
    match method {
        "DELETE" => !["get", "list", "create", "update", "set", "use", "test"].contains(&verb),
        "POST" => !["post", "list", "use", "call", "test", "perform"].contains(&verb),
        _ => !["put", "patch", "get", "list", "use", "call", "test", "perform", "delete"].contains(&verb),
    }
}

fn summary_verb(operation: &Operation) -> Option<String> {
    let first = operation.docs.summary.as_deref().or(operation.docs.text.as_deref())?;
    verbs::of_sentence(first)
}

/// What a verb is said of: one thing where an item is named or made, else as the path spells it; without the verb itself.
fn object(verb: &str, subject: &Subject<'_>, name: &[String]) -> String {
    let made = ["create", "add"].contains(&verb) || subject.operation.method != "GET" && says_one(subject.operation);
    let mut object = if made || !subject.parameters.is_empty() { nouns::singular(name) } else { name.to_vec() };
    if verb != "list" {
        object.retain(|word| nouns::one_of(word) != verb);
    }
    object.join(" ")
}

/// Whether the summary says that it is about one thing.
fn says_one(operation: &Operation) -> bool {
    let second = operation.docs.summary.as_deref().and_then(|summary| summary.split_whitespace().nth(1));
    second.is_some_and(|word| word == "a" || word == "an")
}

fn one(name: &[String]) -> String {
    nouns::singular(name).join(" ")
}

fn phrase(words: &[&str]) -> String {
    words.join(" ").trim_end().to_owned()
}

/// The last resort: method and path.
pub(super) fn described(operation: &Operation) -> String {
    let mut text = operation.method.to_lowercase();
    for segment in operation.path.split('/').filter(|segment| !segment.is_empty()) {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => text.push_str(&format!(" by {parameter}")),
            None => text.push_str(&format!(" {segment}")),
        }
    }
    text
}
