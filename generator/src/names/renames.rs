//! Schemas that were renamed in the document: what was published for the old name is carried over to the new one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, TypeId, TypeName};
use crate::lock::Lock;

use super::fingerprint;
use super::keys::Keys;

/// What was published, by the keys that things have now.
pub(super) fn follow<'a>(api: &Api, keys: &Keys, lock: &'a Lock, diagnostics: &mut Diagnostics) -> Cow<'a, Lock> {
    let ids = || (0..api.types.len()).map(TypeId);
    let known: BTreeMap<&str, TypeId> = ids().map(|id| (keys.ty(id), id)).collect();
    let mut search = Search { api, keys, lock, found: BTreeMap::new(), gone: Vec::new(), new: Vec::new() };
    search.gone =
        lock.types.keys().map(String::as_str).filter(|key| is_schema(key) && !known.contains_key(key)).collect();
    let is_new = |id: &TypeId| {
        let named = api.types.get(id.0).is_some_and(|def| matches!(def.name, TypeName::Schema(_)));
        named && !lock.types.contains_key(keys.ty(*id)) && fingerprint::is_telling(api, *id)
    };
    search.new = ids().filter(is_new).collect();
    if search.gone.is_empty() || search.new.is_empty() {
        return Cow::Borrowed(lock);
    }
    search.run();
    let mut moved = lock.clone();
    for (id, old) in search.found {
        rename(&mut moved, old, keys.ty(id));
        report(api, lock, id, old, diagnostics);
    }
    Cow::Owned(moved)
}

fn is_schema(key: &str) -> bool {
    key.starts_with("schema ") && !key.contains(" > ") && !key.contains(" >> ")
}

/// Schemas that are gone, schemas that are new, and which of them are taken for each other.
struct Search<'a> {
    api: &'a Api,
    keys: &'a Keys,
    lock: &'a Lock,
    gone: Vec<&'a str>,
    new: Vec<TypeId>,
    found: BTreeMap<TypeId, &'a str>,
}

impl<'a> Search<'a> {
    fn run(&mut self) {
        // Pairs that can only be each other, as long as nothing in what they refer to speaks against it: schemas that
        // refer to each other and were renamed together support each other.
        self.found = self.unambiguous(|search, id, old| search.open(id) == search.half(old, 0));
        self.drop_contradicted();
        // What is alike but for what it refers to is told apart by the names that are certain by now.
        for _ in 0..self.new.len() {
            let more = self.unambiguous(|search, id, old| {
                search.open(id) == search.half(old, 0) && search.linked(id) == search.half(old, 1)
            });
            if more.is_empty() {
                return;
            }
            self.found.extend(more);
        }
    }

    /// Pairs that fit, neither of which fits anything else.
    fn unambiguous(&self, fits: impl Fn(&Self, TypeId, &str) -> bool) -> BTreeMap<TypeId, &'a str> {
        let taken: Vec<&str> = self.found.values().copied().collect();
        let gone = || self.gone.iter().copied().filter(|old| !taken.contains(old));
        let new = || self.new.iter().copied().filter(|id| !self.found.contains_key(id));
        let mut pairs = BTreeMap::new();
        for id in new() {
            let mut candidates = gone().filter(|old| fits(self, id, old));
            if let (Some(old), None) = (candidates.next(), candidates.next())
                && !new().any(|other| other != id && fits(self, other, old))
            {
                pairs.insert(id, old);
            }
        }
        pairs
    }

    fn drop_contradicted(&mut self) {
        loop {
            let wrong = self.found.iter().find(|(id, old)| self.linked(**id) != self.half(old, 1)).map(|(id, _)| *id);
            match wrong {
                Some(id) => drop(self.found.remove(&id)),
                None => return,
            }
        }
    }

    fn open(&self, id: TypeId) -> Option<String> {
        Some(fingerprint::open(self.api, id))
    }

    fn linked(&self, id: TypeId) -> Option<String> {
        let name_of = |id: TypeId| {
            let key = self.found.get(&id).copied().unwrap_or_else(|| self.keys.ty(id));
            self.lock.types.get(key).map(|published| published.name.clone())
        };
        Some(fingerprint::linked(self.api, id, &name_of))
    }

    /// One half of the fingerprint that was published.
    fn half(&self, old: &str, index: usize) -> Option<String> {
        let shape = self.lock.types.get(old)?.shape.as_deref()?;
        shape.split('-').nth(index).or(shape.split('-').next_back()).map(str::to_owned)
    }
}

/// Moves everything that was published for a schema, and for what is inside it, to another key.
fn rename(lock: &mut Lock, old: &str, new: &str) {
    move_entries(&mut lock.types, old, new);
    move_entries(&mut lock.aliases, old, new);
    move_entries(&mut lock.members, old, new);
}

fn move_entries<T>(entries: &mut BTreeMap<String, T>, old: &str, new: &str) {
    let all = std::mem::take(entries);
    for (key, value) in all {
        let rest = key.strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with(" >"));
        let key = match rest {
            Some(rest) => format!("{new}{rest}"),
            None => key,
        };
        entries.insert(key, value);
    }
}

fn report(api: &Api, lock: &Lock, id: TypeId, old: &str, diagnostics: &mut Diagnostics) {
    let Some(def) = api.types.get(id.0) else { return };
    let TypeName::Schema(new) = &def.name else { return };
    let name = lock.types.get(old).map_or("", |published| published.name.as_str());
    let old = old.strip_prefix("schema ").unwrap_or(old);
    let message = format!("the schema `{old}` is `{new}` now, and it is still `{name}` in Rust");
    diagnostics
        .report(Code::RenamedSchema, Some(def.origin.span), message)
        .pointer(def.origin.pointer.clone())
        .help("choose another name with `x-rust-name`, or with `rust-name` in `oasmith.toml`");
}
