//! What every part of naming reads: the API, the keys of what is in it, and what was published.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::document::Span;
use crate::ir::{Api, GroupId, OperationId, Shape, TypeId};
use crate::lock::Lock;

use super::derive::Resources;
use super::keys::{self, Keys};
use super::namespace;
use super::scope::{Displaced, Scope};

/// What every part of naming reads.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) resources: Resources<'a>,
    /// What the ids of all operations begin with.
    pub(super) namespace: &'a str,
    operations: BTreeMap<GroupId, Vec<OperationId>>,
    pub(super) keys: Keys,
    pub(super) lock: Cow<'a, Lock>,
    displaced: RefCell<Vec<Displaced>>,
}

impl<'a> Context<'a> {
    /// Brings together what naming reads.
    pub(super) fn new(api: &'a Api, keys: Keys, lock: Cow<'a, Lock>) -> Self {
        let mut operations: BTreeMap<GroupId, Vec<OperationId>> = BTreeMap::new();
        for (index, operation) in api.operations.iter().enumerate() {
            operations.entry(operation.group).or_default().push(OperationId(index));
        }
        Self {
            api,
            resources: Resources::new(api),
            namespace: namespace::shared(api.operations.iter().filter_map(|operation| operation.wire.as_deref())),
            operations,
            keys,
            lock,
            displaced: RefCell::default(),
        }
    }

    /// The operations of a group, in the order of the document.
    pub(super) fn operations_of(&self, group: GroupId) -> impl Iterator<Item = OperationId> {
        self.operations.get(&group).into_iter().flatten().copied()
    }

    /// Remembers what could not have its name in a namespace that is complete.
    pub(super) fn close(&self, scope: Scope) {
        self.displaced.borrow_mut().extend(scope.displaced());
    }

    /// Tells about every name that something else has.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        let places = self.places();
        for Displaced { key, wanted, holder, given } in self.displaced.borrow().iter() {
            let place = |key: &str| key.split(" >> ").next().and_then(|key| places.get(key)).copied();
            let message = format!("`{wanted}` is the name of something else, so this is `{given}`");
            let diagnostic = diagnostics.report(Code::NameTaken, place(key), message);
            if let Some(holder) = place(holder) {
                diagnostic.related(holder, format!("this is `{wanted}`"));
            }
            diagnostic.help("choose another name with `x-rust-name`, or with `rust-name` in `oasmith.toml`");
        }
    }

    /// Where everything that has a key is declared.
    fn places(&self) -> BTreeMap<String, Span> {
        let mut places = BTreeMap::new();
        for group in &self.api.groups {
            let first = group.operations.first().and_then(|id| self.api.operations.get(id.0));
            places.extend(first.map(|operation| (group.wire.clone(), operation.origin.span)));
        }
        for scheme in &self.api.security {
            places.insert(scheme.wire.clone(), scheme.origin.span);
        }
        for webhook in &self.api.webhooks {
            places.insert(webhook.wire.clone(), webhook.origin.span);
        }
        for (index, operation) in self.api.operations.iter().enumerate() {
            let key = self.keys.operation(OperationId(index));
            places.insert(key.to_owned(), operation.origin.span);
            let parameters = operation.parameters.iter();
            places.extend(parameters.map(|parameter| (keys::parameter(key, parameter), parameter.origin.span)));
        }
        for (index, def) in self.api.types.iter().enumerate() {
            let key = self.keys.ty(TypeId(index));
            let inside = |wire: &str, span: Span| (keys::inside(key, wire), span);
            match &def.shape {
                Shape::Struct(object) => {
                    places.extend(object.fields.iter().map(|field| inside(&field.wire, field.origin.span)));
                }
                Shape::StringEnum(values) => {
                    places.extend(values.iter().map(|value| inside(&value.wire, def.origin.span)));
                }
                Shape::IntegerEnum(values) => {
                    places.extend(values.iter().map(|value| inside(&value.wire.to_string(), def.origin.span)));
                }
                Shape::Union(union) => {
                    places.extend(union.variants.iter().map(|variant| inside(&variant.name, def.origin.span)));
                }
                Shape::Alias(_) | Shape::Newtype(_) => {}
            }
            places.insert(key.to_owned(), def.origin.span);
        }
        places
    }
}
