//! What differs between a document and its mended copy, as actions of an overlay that every tool can read: only objects
//! are updated, and only with new members, or with members of another value after the old one is taken out.

use super::mend::Applied;
use super::place::{Step, json_path};
use super::{nowhere, object};
use crate::diagnostic::Diagnostics;
use crate::document::{Entry, Node, Object, Value};

/// How many problems an action names.
const NAMED: usize = 3;

/// The actions, in the order in which they have to be carried out.
pub(super) fn actions(before: &Node, after: &Node, applied: &Applied, diagnostics: &Diagnostics) -> Vec<Node> {
    let mut changes = Vec::new();
    compare(before, after, &mut Vec::new(), &mut changes);
    changes.into_iter().map(|change| action(change, applied, diagnostics)).collect()
}

enum Change {
    Remove(Vec<Step>),
    Update(Vec<Step>, Object),
}

/// Finds the changes that make one node the other; `false` when the node has to be replaced as a whole.
fn compare(before: &Node, after: &Node, place: &mut Vec<Step>, changes: &mut Vec<Change>) -> bool {
    match (&before.value, &after.value) {
        (Value::Object(before), Value::Object(after)) => {
            members(before, after, place, changes);
            true
        }
        (Value::Array(before), Value::Array(after)) => items(before, after, place, changes),
        (before, after) => before == after,
    }
}

fn members(before: &Object, after: &Object, place: &mut Vec<Step>, changes: &mut Vec<Change>) {
    let mut update = Object::new();
    let mut removed = Vec::new();
    for (key, entry) in before {
        place.push(Step::Key(key.clone()));
        match after.get(key) {
            None => removed.push(Change::Remove(place.clone())),
            Some(now) => {
                let done = changes.len();
                if !compare(&entry.node, &now.node, place, changes) {
                    changes.truncate(done);
                    match appended(&entry.node, &now.node) {
                        Some(more) => _ = update.insert(key.clone(), member(Value::Array(more))),
                        None => {
                            if matches!(entry.node.value, Value::Array(_) | Value::Object(_)) {
                                removed.push(Change::Remove(place.clone()));
                            }
                            update.insert(key.clone(), member(now.node.value.clone()));
                        }
                    }
                }
            }
        }
        place.pop();
    }
    let added = after.iter().filter(|(key, _)| !before.contains_key(*key));
    update.extend(added.map(|(key, entry)| (key.clone(), member(entry.node.value.clone()))));
    changes.extend(removed);
    if !update.is_empty() {
        changes.push(Change::Update(place.clone(), update));
    }
}

fn member(value: Value) -> Entry {
    Entry { key: nowhere(), node: Node::new(value, nowhere()) }
}

/// A list that lost elements, or whose elements changed within; anything else is replaced.
fn items(before: &[Node], after: &[Node], place: &mut Vec<Step>, changes: &mut Vec<Change>) -> bool {
    let mut rest = after.iter().peekable();
    let mut gone = Vec::new();
    for (at, item) in before.iter().enumerate() {
        place.push(Step::Index(at));
        let kept = rest.next_if(|now| now.span == item.span);
        let fine = match kept {
            Some(now) => compare(item, now, place, changes),
            None => {
                gone.push(Change::Remove(place.clone()));
                true
            }
        };
        place.pop();
        if !fine {
            return false;
        }
    }
    // The later ones first: then the others stay where they are.
    changes.extend(gone.into_iter().rev());
    rest.peek().is_none()
}

/// What was put at the end of a list that is otherwise the same.
fn appended(before: &Node, after: &Node) -> Option<Vec<Node>> {
    let (old, new) = (before.as_array()?, after.as_array()?);
    let same = new.len() > old.len() && old.iter().zip(new).all(|(old, new)| old.value == new.value);
    same.then(|| new.iter().skip(old.len()).cloned().collect())
}

fn action(change: Change, applied: &Applied, diagnostics: &Diagnostics) -> Node {
    let string = |text: &str| Node::string(text, nowhere());
    let expect = ("x-expect", Node::new(Value::Number("1".into()), nowhere()));
    match change {
        Change::Remove(place) => object([
            ("target", string(&json_path(&place))),
            ("description", string(&why(&[place], applied, diagnostics))),
            ("remove", Node::new(Value::Bool(true), nowhere())),
            expect,
        ]),
        Change::Update(place, update) => {
            let keys = update.keys().cloned().map(Step::Key);
            let places: Vec<Vec<Step>> = keys.map(|key| place.iter().cloned().chain([key]).collect()).collect();
            object([
                ("target", string(&json_path(&place))),
                ("description", string(&why(&places, applied, diagnostics))),
                ("update", Node::new(Value::Object(update), nowhere())),
                expect,
            ])
        }
    }
}

/// Which problems an action is for.
fn why(places: &[Vec<Step>], applied: &Applied, diagnostics: &Diagnostics) -> String {
    let mut problems: Vec<usize> = places.iter().flat_map(|place| applied.below(place)).collect();
    if problems.is_empty() {
        // What is taken out here is put in elsewhere in the same object.
        let around = places.first().and_then(|place| place.split_last());
        problems.extend(around.map(|(_, around)| applied.below(around)).unwrap_or_default());
    }
    problems.sort_unstable();
    problems.dedup();
    let named = diagnostics.iter().enumerate().filter(|(at, _)| problems.contains(at)).take(NAMED);
    let mut lines: Vec<String> = named.map(|(_, found)| format!("{}: {}", found.code, found.message)).collect();
    if problems.len() > NAMED {
        lines.push(format!("and {} more", problems.len() - NAMED));
    }
    lines.join("; ")
}
