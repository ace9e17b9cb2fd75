//! The nodes that a JSONPath query selects, each with the way to it.

use std::cmp::Ordering;

use super::super::{Node, Value};
use super::{Comparison, Filter, Operand, Query, Reach, Segment, Selector, Step};
use crate::suggest::closest;

impl Query {
    /// The ways from `root` to the selected nodes, each once, in the order in which the query finds them.
    pub(in crate::document) fn select(&self, root: &Node) -> Vec<Vec<Step>> {
        let mut ways = Ways(Vec::new());
        let selected = run(self, root, root, &mut ways);
        let mut found: Vec<Vec<Step>> = Vec::with_capacity(selected.len());
        let mut seen = std::collections::BTreeSet::new();
        for at in selected {
            let steps = ways.steps(at.way);
            if seen.insert(steps.clone()) {
                found.push(steps);
            }
        }
        found
    }

    /// The name that was probably meant when the query selects nothing: what exists where the way ends.
    pub(in crate::document) fn near_miss(&self, root: &Node) -> Option<String> {
        let mut ways = Ways(Vec::new());
        let mut from = vec![At { node: root, way: None }];
        for segment in &self.segments {
            let selected = step(segment, from.clone(), root, &mut ways);
            if !selected.is_empty() {
                from = selected;
                continue;
            }
            let wrong = segment.selectors.iter().find_map(|selector| match selector {
                Selector::Name(name) => Some(name),
                Selector::Wildcard | Selector::Index(_) | Selector::Slice { .. } | Selector::Filter(_) => None,
            })?;
            let objects = from.iter().filter_map(|at| at.node.as_object());
            return closest(wrong, objects.flat_map(|object| object.keys().map(|key| &**key))).map(str::to_owned);
        }
        None
    }
}

/// A node under way: `way` is the last step that led to it.
#[derive(Clone, Copy)]
struct At<'a> {
    node: &'a Node,
    way: Option<usize>,
}

/// All steps taken so far, each with the one before it: ways share their beginnings.
struct Ways<'a>(Vec<(Option<usize>, Taken<'a>)>);

#[derive(Clone, Copy)]
enum Taken<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Ways<'a> {
    fn go(&mut self, from: At<'a>, step: Taken<'a>, node: &'a Node) -> At<'a> {
        self.0.push((from.way, step));
        At { node, way: Some(self.0.len() - 1) }
    }

    fn steps(&self, mut way: Option<usize>) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some((before, step)) = way.and_then(|at| self.0.get(at)) {
            steps.push(match step {
                Taken::Key(key) => Step::Key((*key).into()),
                Taken::Index(index) => Step::Index(*index),
            });
            way = *before;
        }
        steps.reverse();
        steps
    }
}

fn run<'a>(query: &Query, start: &'a Node, root: &'a Node, ways: &mut Ways<'a>) -> Vec<At<'a>> {
    let start = vec![At { node: start, way: None }];
    query.segments.iter().fold(start, |from, segment| step(segment, from, root, ways))
}

fn step<'a>(segment: &Segment, from: Vec<At<'a>>, root: &'a Node, ways: &mut Ways<'a>) -> Vec<At<'a>> {
    let from = match segment.reach {
        Reach::Children => from,
        Reach::Descendants => from.into_iter().flat_map(|at| descendants(at, ways)).collect(),
    };
    let mut selected = Vec::new();
    for at in from {
        for selector in &segment.selectors {
            select(selector, at, root, ways, &mut selected);
        }
    }
    selected
}

/// The node and everything below it, parents first.
fn descendants<'a>(at: At<'a>, ways: &mut Ways<'a>) -> Vec<At<'a>> {
    let mut all = Vec::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        all.push(at);
        let children = children(at, ways);
        open.extend(children.into_iter().rev());
    }
    all
}

fn children<'a>(at: At<'a>, ways: &mut Ways<'a>) -> Vec<At<'a>> {
    match &at.node.value {
        Value::Object(object) => object.iter().map(|(key, entry)| ways.go(at, Taken::Key(key), &entry.node)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| ways.go(at, Taken::Index(index), item)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn select<'a>(selector: &Selector, at: At<'a>, root: &'a Node, ways: &mut Ways<'a>, selected: &mut Vec<At<'a>>) {
    match selector {
        Selector::Name(name) => {
            if let Some((_, key, entry)) = at.node.as_object().and_then(|object| object.get_full(&**name)) {
                selected.push(ways.go(at, Taken::Key(key), &entry.node));
            }
        }
        Selector::Wildcard => selected.extend(children(at, ways)),
        Selector::Index(index) => {
            let items = at.node.as_array().unwrap_or_default();
            let index = absolute(*index, items.len());
            if let Some((index, item)) = usize::try_from(index).ok().and_then(|index| Some((index, items.get(index)?)))
            {
                selected.push(ways.go(at, Taken::Index(index), item));
            }
        }
        Selector::Slice { start, end, step } => {
            let items = at.node.as_array().unwrap_or_default();
            for index in slice(*start, *end, *step, items.len()) {
                if let Some(item) = items.get(index) {
                    selected.push(ways.go(at, Taken::Index(index), item));
                }
            }
        }
        Selector::Filter(filter) => {
            for child in children(at, ways) {
                if holds(filter, child.node, root) {
                    selected.push(child);
                }
            }
        }
    }
}

/// An index counted from the start; negative ones count from the end.
fn absolute(index: i64, length: usize) -> i64 {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    if index < 0 { length.saturating_add(index) } else { index }
}

/// RFC 9535, section 2.3.4.2.2.
fn slice(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Vec<usize> {
    let count = i64::try_from(length).unwrap_or(i64::MAX);
    let bound = |value: Option<i64>, default: i64, low: i64, high: i64| {
        value.map_or(default, |value| absolute(value, length)).clamp(low, high)
    };
    let mut indexes = Vec::new();
    if step > 0 {
        let (mut at, end) = (bound(start, 0, 0, count), bound(end, count, 0, count));
        while at < end {
            indexes.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let (mut at, end) = (bound(start, count - 1, -1, count - 1), bound(end, -1, -1, count - 1));
        while at > end {
            indexes.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    }
    indexes
}

fn holds(filter: &Filter, node: &Node, root: &Node) -> bool {
    match filter {
        Filter::Any(parts) => parts.iter().any(|part| holds(part, node, root)),
        Filter::All(parts) => parts.iter().all(|part| holds(part, node, root)),
        Filter::Not(inner) => !holds(inner, node, root),
        Filter::Exists(operand) => match operand {
            Operand::Relative(query) => !run(query, node, root, &mut Ways(Vec::new())).is_empty(),
            Operand::Absolute(query) => !run(query, root, root, &mut Ways(Vec::new())).is_empty(),
            Operand::Literal(_) => true,
        },
        Filter::Compare(left, comparison, right) => {
            compare(value(left, node, root), *comparison, value(right, node, root))
        }
    }
}

/// What an operand stands for; `None` when its query selects nothing.
fn value<'a>(operand: &'a Operand, node: &'a Node, root: &'a Node) -> Option<&'a Value> {
    let (query, start) = match operand {
        Operand::Literal(value) => return Some(value),
        Operand::Relative(query) => (query, node),
        Operand::Absolute(query) => (query, root),
    };
    run(query, start, root, &mut Ways(Vec::new())).first().map(|at| &at.node.value)
}

/// RFC 9535, section 2.3.5.2.2: only numbers and strings have an order, and nothing equals nothing.
fn compare(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let equal = match (left, right) {
        (Some(left), Some(right)) => equal(left, right),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let order = match (left, right) {
        (Some(Value::String(left)), Some(Value::String(right))) => Some(left.cmp(right)),
        (Some(Value::Number(left)), Some(Value::Number(right))) => order(left, right),
        _ => None,
    };
    match comparison {
        Comparison::Equal => equal,
        Comparison::NotEqual => !equal,
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => order == Some(Ordering::Less) || equal,
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => order == Some(Ordering::Greater) || equal,
    }
}

fn order(left: &str, right: &str) -> Option<Ordering> {
    match (left.parse::<i128>(), right.parse::<i128>()) {
        (Ok(left), Ok(right)) => Some(left.cmp(&right)),
        _ => left.parse::<f64>().ok()?.partial_cmp(&right.parse::<f64>().ok()?),
    }
}

/// Whether two values are the same, wherever they stand and in whatever order their members are.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => order(left, right) == Some(Ordering::Equal),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(&left.value, &right.value))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(left, right): (&Node, &Node)| equal(&left.value, &right.value);
            left.len() == right.len()
                && left.iter().all(|(key, entry)| right.get(key).is_some_and(|other| same((&entry.node, &other.node))))
        }
        _ => false,
    }
}
