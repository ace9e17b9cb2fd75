//! The cheap tests that say which member of a union a value is tried as.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::super::Builder;
use super::super::types::{Kind, kinds_of};
use super::super::view::{self, Choice, View, identity, key};
use super::Member;
use crate::document::{Node, Value};
use crate::ir::{ForeignForm, Guard, Type};
use crate::model::Types;

/// How deep alternatives are followed into each other.
const MAX_NESTING: usize = 8;

impl Builder<'_> {
    /// The cheapest test that a value of a member always passes.
    pub(super) fn guard(&self, member: &Member, ty: &Type) -> Guard {
        if let Some(guard) = self.guard_of_type(ty) {
            return guard;
        }
        let mut guards = kinds_of(self.kinds_within(&member.view, 0)).map(|kind| match kind {
            Kind::Boolean => Guard::Boolean,
            Kind::Integer => Guard::Integer,
            Kind::Number => Guard::Number,
            Kind::String => self.allowed_strings(&member.key).map_or(Guard::String, Guard::Strings),
            Kind::Array => Guard::Array,
            Kind::Object => self.object_guard(&member.view),
        });
        match (guards.next(), guards.next()) {
            (Some(guard), None) => guard,
            _ => Guard::Any,
        }
    }

    fn guard_of_type(&self, ty: &Type) -> Option<Guard> {
        match self.behind(ty) {
            Type::Boolean => Some(Guard::Boolean),
            Type::Integer(_) => Some(Guard::Integer),
            Type::Double | Type::Float => Some(Guard::Number),
            Type::String | Type::DateTime | Type::Date | Type::Text(_) | Type::Base64 | Type::File | Type::Secret => {
                Some(Guard::String)
            }
            Type::Foreign(id) => self.api.foreign.get(id.0).map(|foreign| match foreign.form {
                ForeignForm::Text => Guard::String,
                ForeignForm::Integer => Guard::Integer,
                ForeignForm::Number => Guard::Number,
            }),
            Type::List(_) | Type::Tuple(_) => Some(Guard::Array),
            Type::Null => Some(Guard::Null),
            Type::Any => Some(Guard::Any),
            Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) | Type::Named(_) => None,
        }
    }

    /// The only text that a required property of an object may have; of several, that of the first one by name.
    pub(super) fn mark(&self, view: &View) -> Option<String> {
        let only = |wire: &String| match self.allowed_strings(view.properties.get(wire)?)?.as_slice() {
            [only] => Some((wire.clone(), only.clone())),
            _ => None,
        };
        view.required.iter().filter_map(only).min().map(|(_, text)| text)
    }

    fn object_guard(&self, view: &View) -> Guard {
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for wire in view.required.iter().filter(|wire| view.properties.contains_key(*wire)) {
            match view.properties.get(wire).and_then(|key| self.allowed_scalars(key)) {
                // One allowed value is a mark of the member; several are an enum, and enums grow.
                Some(strings) if strings.len() == 1 => values.push((wire.clone(), strings)),
                _ => keys.push(wire.clone()),
            }
        }
        if let Some(choice) = view.choices.first() {
            self.common_marks(choice, &mut keys, &mut values);
        }
        Guard::Object { keys, values, any: Vec::new() }
    }

    /// What every alternative inside a member demands, the member demands.
    fn common_marks(&self, choice: &Choice, keys: &mut Vec<String>, values: &mut Vec<(String, Vec<String>)>) {
        let views = self.alternatives(choice);
        let Some((first, rest)) = views.split_first() else { return };
        for wire in first.required.iter().filter(|wire| rest.iter().all(|view| view.required.contains(*wire))) {
            if keys.contains(wire) || values.iter().any(|(known, _)| known == wire) {
                continue;
            }
            let mark = |view: &View| {
                view.properties.get(wire).and_then(|key| self.allowed_scalars(key)).filter(|strings| strings.len() == 1)
            };
            match views.iter().map(mark).collect::<Option<Vec<_>>>() {
                Some(marks) => {
                    let strings: BTreeSet<String> = marks.into_iter().flatten().collect();
                    values.push((wire.clone(), strings.into_iter().collect()));
                }
                None => keys.push(wire.clone()),
            }
        }
    }

    /// The JSON types of a schema, also when only its alternatives name them; unsaid when one of them allows any.
    fn kinds_within(&self, view: &View, depth: usize) -> Types {
        let kinds = match (view.kinds(), view.values.as_deref()) {
            (kinds, Some(values)) if kinds.is_unsaid() => kinds_of_values(values),
            (kinds, _) => kinds,
        };
        let choice = view.choices.first().filter(|_| kinds.is_unsaid() && depth < MAX_NESTING);
        let Some(choice) = choice else { return kinds };
        let mut all = Types::default();
        for inner in self.alternatives(choice) {
            let kinds = self.kinds_within(&inner, depth + 1);
            if kinds.is_unsaid() {
                return Types::default();
            }
            all.boolean |= kinds.boolean;
            all.integer |= kinds.integer;
            all.number |= kinds.number;
            all.string |= kinds.string;
            all.array |= kinds.array;
            all.object |= kinds.object;
        }
        all
    }

    /// The properties that a schema declares, in its alternatives too.
    pub(super) fn declared(&self, view: &View) -> IndexSet<String> {
        let mut declared = IndexSet::new();
        self.declare(view, 0, &mut declared);
        declared
    }

    fn declare(&self, view: &View, depth: usize, declared: &mut IndexSet<String>) {
        declared.extend(view.properties.keys().cloned());
        for inner in view.choices.iter().filter(|_| depth < MAX_NESTING).flat_map(|choice| self.alternatives(choice)) {
            self.declare(&inner, depth + 1, declared);
        }
    }

    fn alternatives(&self, choice: &Choice) -> Vec<View> {
        let members = choice.members.iter().filter(|id| !view::means_null(self.schemas.get(**id)));
        members.map(|id| View::of(self.schemas, &key(identity(self.schemas, *id).0))).collect()
    }
}

/// The JSON types of constants.
fn kinds_of_values(values: &[Node]) -> Types {
    let mut kinds = Types::default();
    for node in values {
        match &node.value {
            Value::Null => {}
            Value::Bool(_) => kinds.boolean = true,
            Value::Number(text) if text.parse::<i64>().is_ok() => kinds.integer = true,
            Value::Number(_) => kinds.number = true,
            Value::String(_) => kinds.string = true,
            Value::Array(_) => kinds.array = true,
            Value::Object(_) => kinds.object = true,
        }
    }
    kinds
}
