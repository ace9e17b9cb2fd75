//! What schemas ask of values beyond their type. Read only when the client can check values.

use super::object::is_map;
use super::types::{further, number_text};
use super::view::{Key, View, identity, key};
use super::{Builder, docs};
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::ir::{Limit, Limits};
use crate::repair::Repair;

impl Builder<'_> {
    /// What the schemas of a key ask of a value; nothing when values are not checked.
    pub(super) fn limits(&mut self, key: &Key) -> Limits {
        self.limits_below(key, &mut Vec::new())
    }

    /// What is asked of the properties beyond the declared ones, when one schema alone speaks of them.
    pub(super) fn limits_of_values(&mut self, view: &View) -> Limits {
        values(view).map(|key| self.limits(&key)).unwrap_or_default()
    }

    /// A schema that is inside itself is a type of its own, which is asked for itself: `open` ends the walk there.
    fn limits_below(&mut self, of: &Key, open: &mut Vec<Key>) -> Limits {
        if !self.config.client.validate || open.contains(of) {
            return Limits::default();
        }
        open.push(of.clone());
        let view = View::of(self.schemas, of);
        let mut limits = Limits { own: self.own_limits(&view), inside: self.limits_inside(&view, open) };
        // A choice between one schema and `null` is that schema, whose keywords the view of the choice does not hold.
        if let [part] = of.as_slice()
            && !part.chosen
        {
            let target = identity(self.schemas, part.schema).0;
            if target != part.schema {
                limits.merge(self.limits_below(&key(target), open));
            }
        }
        open.pop();
        limits
    }

    fn limits_inside(&mut self, view: &View, open: &mut Vec<Key>) -> Vec<Limits> {
        let inside = if !view.prefix_items.is_empty() {
            view.prefix_items.iter().map(|id| key(*id)).collect()
        } else if let Some(items) = &view.items {
            vec![items.clone()]
        } else if is_map(view) {
            Vec::from_iter(values(view))
        } else {
            Vec::new()
        };
        inside.iter().map(|key| self.limits_below(key, open)).collect()
    }

    fn own_limits(&mut self, view: &View) -> Vec<Limit> {
        let mut limits = Vec::new();
        for (keyword, nodes) in &view.constraints {
            for node in nodes {
                let found = if keyword == "pattern" { self.pattern(node) } else { read(keyword, node) };
                for limit in found {
                    if !limits.contains(&limit) {
                        limits.push(limit);
                    }
                }
            }
        }
        limits
    }

    /// A regular expression, when it is one: what does not compile here would not compile in the client.
    fn pattern(&mut self, node: &Node) -> Vec<Limit> {
        let Some(pattern) = node.as_str() else { return Vec::new() };
        let unicode = regress::Regex::with_flags(pattern, "u");
        match unicode.or_else(|_| regress::Regex::new(pattern)) {
            Ok(_) => vec![Limit::Pattern(pattern.to_owned())],
            Err(error) => {
                let message =
                    format!("{} is no regular expression: {}", docs::code(pattern), error.text.to_lowercase());
                self.diagnostics
                    .report(Code::InvalidPattern, Some(node.span), message)
                    .help("values are not checked against it")
                    .repair(Repair::Remove(node.span));
                Vec::new()
            }
        }
    }
}

/// The one schema of the properties beyond the declared ones.
fn values(view: &View) -> Option<Key> {
    let further = further(view.additional).map(|schema| schema.map(key));
    // Patterns that are prefixes have fields of their own, unless nothing else is there.
    let general = view.patterns.iter().filter(|(pattern, _)| super::object::literal_prefix(pattern).is_none());
    let mut all = general.map(|(_, key)| Some(key.clone())).chain(further);
    match (all.next(), all.next()) {
        (Some(only), None) => only,
        _ => None,
    }
}

/// What a keyword asks; nothing when its value makes no sense, which was reported before.
fn read(keyword: &str, node: &Node) -> Vec<Limit> {
    let number = || number_text(node).map(str::to_owned);
    let limit = match keyword {
        "minimum" => number().map(Limit::Minimum),
        "exclusiveMinimum" => number().map(Limit::ExclusiveMinimum),
        "maximum" => number().map(Limit::Maximum),
        "exclusiveMaximum" => number().map(Limit::ExclusiveMaximum),
        "multipleOf" => number().map(Limit::MultipleOf),
        "minLength" => count(node).filter(|least| *least > 0).map(Limit::MinLength),
        "maxLength" => count(node).map(Limit::MaxLength),
        "minItems" => count(node).filter(|least| *least > 0).map(Limit::MinItems),
        "maxItems" => count(node).map(Limit::MaxItems),
        "uniqueItems" => node.as_bool().filter(|unique| *unique).map(|_| Limit::UniqueItems),
        "minProperties" => count(node).filter(|least| *least > 0).map(Limit::MinProperties),
        "maxProperties" => count(node).map(Limit::MaxProperties),
        "dependentRequired" => return dependent(node),
        _ => None,
    };
    limit.into_iter().collect()
}

/// A count, also one that is written `5.0` (JSON Schema 2020-12, Core §4.2.3).
fn count(node: &Node) -> Option<u64> {
    let text = number_text(node)?;
    text.parse().ok().or_else(|| text.strip_suffix(".0")?.parse().ok())
}

fn dependent(node: &Node) -> Vec<Limit> {
    let Value::Object(members) = &node.value else { return Vec::new() };
    let names = |node: &Node| -> Vec<String> {
        node.as_array().unwrap_or_default().iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let rule = members.iter().map(|(name, entry)| (name.to_string(), names(&entry.node)));
    rule.filter(|(_, names)| !names.is_empty()).map(|(name, names)| Limit::DependentRequired(name, names)).collect()
}
