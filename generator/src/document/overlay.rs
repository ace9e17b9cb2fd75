//! Overlay 1.0 and 1.1: a list of actions that change a document in place. What they bring keeps the overlay's places.

use super::jsonpath::{Query, QueryError, Step};
use super::{Entry, Node, Object, Span, Value};
use crate::diagnostic::{Code, Diagnostics};
use crate::suggest::closest;

/// Applies the actions of `overlay` to `tree`, in their order. An action that cannot be applied is reported and skipped.
pub fn apply(tree: &mut Node, overlay: &Node, diagnostics: &mut Diagnostics) {
    if !overlay.get("overlay").and_then(Node::as_str).is_some_and(|version| version.starts_with("1.")) {
        diagnostics
            .report(Code::OverlaySyntax, Some(overlay.span), "this is no overlay that can be read")
            .help("begin with `overlay: 1.1.0`");
    }
    let Some(actions) = overlay.get("actions").and_then(Node::as_array) else {
        diagnostics.report(Code::OverlaySyntax, Some(overlay.span), "an overlay needs a list of `actions`");
        return;
    };
    for node in actions {
        if let Some(action) = read(node, diagnostics) {
            action.apply(tree, diagnostics);
        }
    }
}

struct Action<'a> {
    target: Target,
    /// `x-expect`: how many places have to match, and where that is said.
    expect: Option<(usize, Span)>,
    change: Change<'a>,
}

struct Target {
    query: Query,
    text: String,
    span: Span,
}

enum Change<'a> {
    Remove,
    Update(&'a Node),
    Copy(Target),
}

fn read<'a>(node: &'a Node, diagnostics: &mut Diagnostics) -> Option<Action<'a>> {
    let Some(object) = node.as_object() else {
        diagnostics.report(
            Code::OverlaySyntax,
            Some(node.span),
            format!("an action is an object, and this is {}", node.kind()),
        );
        return None;
    };
    report_unknown_keys(object, diagnostics);
    let Some(target) = node.get("target") else {
        diagnostics.report(Code::OverlaySyntax, Some(node.span), "an action needs a `target`");
        return None;
    };
    let target = read_target(target, diagnostics)?;
    let expect = match node.get("x-expect") {
        Some(count) => Some((read_count(count, diagnostics)?, count.span)),
        None => None,
    };
    let remove = node.get("remove").and_then(Node::as_bool).unwrap_or(false);
    let change = match (remove, node.get("update"), node.get("copy")) {
        // Overlay 1.1, section 4.4.3: `remove` prevails over the others.
        (true, _, _) => Change::Remove,
        (false, Some(update), None) => Change::Update(update),
        (false, None, Some(source)) => Change::Copy(read_target(source, diagnostics)?),
        (false, Some(_), Some(_)) => {
            diagnostics.report(Code::OverlaySyntax, Some(node.span), "an action has either `update` or `copy`");
            return None;
        }
        (false, None, None) => {
            diagnostics.report(
                Code::OverlaySyntax,
                Some(node.span),
                "an action needs `update`, `remove: true` or `copy`",
            );
            return None;
        }
    };
    Some(Action { target, expect, change })
}

fn report_unknown_keys(object: &Object, diagnostics: &mut Diagnostics) {
    const KNOWN: [&str; 5] = ["target", "description", "update", "remove", "copy"];
    for (key, entry) in object {
        if !KNOWN.contains(&&**key) && !key.starts_with("x-") {
            let diagnostic =
                diagnostics.report(Code::OverlaySyntax, Some(entry.key), format!("an action has no key `{key}`"));
            if let Some(near) = closest(key, KNOWN) {
                diagnostic.help(format!("did you mean `{near}`?"));
            }
        }
    }
}

fn read_target(node: &Node, diagnostics: &mut Diagnostics) -> Option<Target> {
    let Some(text) = node.as_str() else {
        diagnostics.report(
            Code::OverlaySyntax,
            Some(node.span),
            format!("a JSONPath is a string, and this is {}", node.kind()),
        );
        return None;
    };
    match Query::parse(text) {
        Ok(query) => Some(Target { query, text: text.to_owned(), span: node.span }),
        Err(QueryError { at, message }) => {
            let rest = text.get(at..).unwrap_or_default();
            let place = if rest.is_empty() { "at its end".to_owned() } else { format!("at `{rest}`") };
            diagnostics.report(
                Code::OverlaySyntax,
                Some(node.span),
                format!("this JSONPath cannot be read {place}: {message}"),
            );
            None
        }
    }
}

fn read_count(node: &Node, diagnostics: &mut Diagnostics) -> Option<usize> {
    let count = match &node.value {
        Value::Number(number) => number.parse().ok(),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if count.is_none() {
        diagnostics.report(
            Code::OverlaySyntax,
            Some(node.span),
            "`x-expect` is the number of places that have to match",
        );
    }
    count
}

impl Action<'_> {
    fn apply(&self, tree: &mut Node, diagnostics: &mut Diagnostics) {
        let Some(places) = self.places(tree, diagnostics) else {
            return;
        };
        match &self.change {
            Change::Remove => remove_all(tree, places, self.target.span, diagnostics),
            Change::Update(update) => update_all(tree, &places, update, self.target.span, diagnostics),
            Change::Copy(source) => {
                if let Some(copy) = source.only_node(tree, diagnostics) {
                    update_all(tree, &places, &copy, self.target.span, diagnostics);
                }
            }
        }
    }

    /// The places to change; `None` when there are not as many as there should be.
    fn places(&self, tree: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Vec<Step>>> {
        let places = self.target.query.select(tree);
        if places.is_empty() {
            self.target.report_no_match(tree, diagnostics);
            return None;
        }
        match self.expect {
            Some((expected, span)) if expected != places.len() => {
                let message = format!("`{}` matches {} places, not {expected}", self.target.text, places.len());
                diagnostics.report(Code::OverlayCount, Some(span), message);
                None
            }
            _ => Some(places),
        }
    }
}

impl Target {
    fn report_no_match(&self, tree: &Node, diagnostics: &mut Diagnostics) {
        let diagnostic =
            diagnostics.report(Code::OverlayNoMatch, Some(self.span), format!("nothing matches `{}`", self.text));
        if let Some(near) = self.query.near_miss(tree) {
            diagnostic.help(format!("did you mean `{near}`?"));
        }
    }

    /// A copy of the one node that `copy` names.
    fn only_node(&self, tree: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
        match self.query.select(tree).as_slice() {
            [] => {
                self.report_no_match(tree, diagnostics);
                None
            }
            [place] => place.iter().try_fold(tree, down).cloned(),
            places => {
                let message = format!("`copy` needs one place, and `{}` matches {}", self.text, places.len());
                diagnostics.report(Code::OverlayCount, Some(self.span), message);
                None
            }
        }
    }
}

fn down<'a>(node: &'a Node, step: &Step) -> Option<&'a Node> {
    match step {
        Step::Key(key) => node.get(key),
        Step::Index(index) => node.as_array()?.get(*index),
    }
}

fn down_mut<'a>(node: &'a mut Node, step: &Step) -> Option<&'a mut Node> {
    match (step, &mut node.value) {
        (Step::Key(key), Value::Object(object)) => object.get_mut(key).map(|entry| &mut entry.node),
        (Step::Index(index), Value::Array(items)) => items.get_mut(*index),
        _ => None,
    }
}

/// Removes the places, the later and deeper ones first, so that the others stay where they are.
fn remove_all(tree: &mut Node, mut places: Vec<Vec<Step>>, span: Span, diagnostics: &mut Diagnostics) {
    places.sort();
    for place in places.iter().rev() {
        let Some((last, parents)) = place.split_last() else {
            diagnostics.report(Code::OverlaySyntax, Some(span), "the whole document cannot be removed");
            return;
        };
        let Some(parent) = parents.iter().try_fold(&mut *tree, down_mut) else {
            continue;
        };
        match (last, &mut parent.value) {
            (Step::Key(key), Value::Object(object)) => {
                object.shift_remove(key);
            }
            (Step::Index(index), Value::Array(items)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => {}
        }
    }
}

fn update_all(tree: &mut Node, places: &[Vec<Step>], update: &Node, span: Span, diagnostics: &mut Diagnostics) {
    for place in places {
        let Some(target) = place.iter().try_fold(&mut *tree, down_mut) else {
            continue;
        };
        match (&mut target.value, &update.value) {
            (Value::Object(object), Value::Object(members)) => merge(object, members),
            (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
            (Value::Array(items), _) => items.push(update.clone()),
            (Value::Object(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                let message = format!("{} cannot be updated with {}", target.kind(), update.kind());
                diagnostics
                    .report(Code::OverlaySyntax, Some(update.span), message)
                    .related(span, "this is what is to be updated")
                    .related(target.span, "it matches here");
            }
            _ => *target = update.clone(),
        }
    }
}

/// Merges members into an object (Overlay 1.1, section 4.4.3): objects are merged, arrays joined, anything else replaced.
fn merge(object: &mut Object, members: &Object) {
    for (key, member) in members {
        match object.get_mut(key) {
            Some(entry) => merge_entry(entry, member),
            None => {
                object.insert(key.clone(), member.clone());
            }
        }
    }
}

fn merge_entry(entry: &mut Entry, member: &Entry) {
    match (&mut entry.node.value, &member.node.value) {
        (Value::Object(object), Value::Object(members)) => merge(object, members),
        (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
        _ => *entry = member.clone(),
    }
}
