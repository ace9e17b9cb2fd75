//! A namespace: gives every name in it an identifier of its own, and published ones to those that had them.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::Ident;

/// One name that wants an identifier.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// What it is for, whatever the order of the document; of its own within the namespace.
    pub(super) key: String,
    /// The identifiers it would like, the best first; never empty.
    pub(super) names: Vec<String>,
    /// Lower comes first: named by the user ([`Wish::USER`]), named by the document, inline.
    pub(super) rank: u8,
    /// Whether the wire name is the identifier, letter for letter.
    pub(super) exact: bool,
}

impl Wish {
    /// The rank of what the user named: it wins over what was published.
    pub(super) const USER: u8 = 0;

    /// A wish for `name`, spelled `wire` in the document.
    pub(super) fn new(key: impl Into<String>, name: String, wire: &str, rank: u8) -> Self {
        let exact = name == wire;
        Self { key: key.into(), names: vec![name], rank, exact }
    }

    /// What to take when the better names are gone.
    pub(super) fn or(mut self, name: String) -> Self {
        self.names.push(name);
        self
    }
}

/// A name that something could not have, because it belongs to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Displaced {
    /// What would have it.
    pub(super) key: String,
    /// The identifier.
    pub(super) wanted: String,
    /// What has it.
    pub(super) holder: String,
    /// The identifier that was given instead.
    pub(super) given: String,
}

/// A namespace with names that are taken from the start.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Identifiers that nothing can have: there are few, and every group has a namespace with them.
    reserved: &'static [&'static str],
    /// Identifiers that are given out, with what they are for; nothing for those that were reserved later.
    taken: BTreeMap<String, String>,
    /// Published identifiers, with what they are kept for.
    held: BTreeMap<String, String>,
    /// What has a published identifier.
    kept: BTreeMap<String, String>,
    displaced: Vec<Displaced>,
    /// What stands between a name and its number.
    separator: &'static str,
}

impl Scope {
    /// A namespace for `PascalCase` names.
    pub(super) fn types(reserved: &'static [&'static str]) -> Self {
        Self::with(reserved, "")
    }

    /// A namespace for `snake_case` names.
    pub(super) fn values(reserved: &'static [&'static str]) -> Self {
        Self::with(reserved, "_")
    }

    fn with(reserved: &'static [&'static str], separator: &'static str) -> Self {
        Self { reserved, separator, ..Self::default() }
    }

    /// Keeps a name from being given out.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned(), String::new());
    }

    /// Keeps a published identifier for what it was published for.
    pub(super) fn keep(&mut self, key: &str, ident: &str) {
        if !self.kept.contains_key(key) && self.is_free(key, ident) {
            self.hold(key, ident);
            self.kept.insert(key.to_owned(), ident.to_owned());
        }
    }

    /// Keeps an identifier from everything but what has this key.
    pub(super) fn hold(&mut self, key: &str, ident: &str) {
        self.held.entry(ident.to_owned()).or_insert_with(|| key.to_owned());
    }

    /// Gives out one more identifier to what has one already, if it is free.
    pub(super) fn take(&mut self, key: &str, ident: &str) -> Option<Ident> {
        if !self.is_free(key, ident) {
            return None;
        }
        self.taken.insert(ident.to_owned(), key.to_owned());
        Some(Ident::new(ident))
    }

    /// One identifier per wish, in the order of the wishes; what they get does not depend on that order.
    ///
    /// A wish never gets a number that makes it another wish's natural name, so numbered names do not push others aside.
    pub(super) fn assign(&mut self, wishes: &[Wish]) -> Vec<Ident> {
        let natural: BTreeSet<String> = wishes.iter().filter_map(|wish| wish.names.first()).cloned().collect();
        let mut order: Vec<(usize, &Wish)> = wishes.iter().enumerate().collect();
        order.sort_by_cached_key(|(_, wish)| {
            let new = wish.rank != Wish::USER && !self.kept.contains_key(&wish.key);
            (wish.rank != Wish::USER, new, wish.rank, !wish.exact, wish.key.clone())
        });
        let mut idents = vec![Ident::default(); wishes.len()];
        for (index, wish) in order {
            let name = self.pick(wish, &natural);
            self.taken.insert(name.clone(), wish.key.clone());
            if let Some(slot) = idents.get_mut(index) {
                *slot = Ident::new(name);
            }
        }
        idents
    }

    /// One identifier for one wish.
    pub(super) fn one(&mut self, wish: Wish) -> Ident {
        self.assign(&[wish]).pop().unwrap_or_default()
    }

    /// What could not have its name.
    pub(super) fn displaced(self) -> Vec<Displaced> {
        self.displaced
    }

    fn pick(&mut self, wish: &Wish, natural: &BTreeSet<String>) -> String {
        if wish.rank == Wish::USER {
            return self.fresh(wish, natural);
        }
        let wanted = self.kept.get(&wish.key).or(wish.names.first()).cloned().unwrap_or_default();
        if self.kept.contains_key(&wish.key) && self.is_free(&wish.key, &wanted) {
            return wanted;
        }
        let given = self.fresh(wish, natural);
        // Among new names, which one comes first is decided without a word.
        let published = self.held.get(&wanted);
        let holder = published
            .filter(|key| **key != wish.key)
            .or_else(|| published.and(self.taken.get(&wanted)).filter(|key| !key.is_empty() && **key != wish.key));
        if let Some(holder) = holder.filter(|_| given != wanted).cloned() {
            self.displaced.push(Displaced { key: wish.key.clone(), wanted, holder, given: given.clone() });
        }
        given
    }

    /// The best name that is free, with a number if need be.
    fn fresh(&self, wish: &Wish, natural: &BTreeSet<String>) -> String {
        let first = wish.names.first();
        let is_free = |name: &String| match wish.rank {
            // What the user named takes even what was published for something else.
            Wish::USER => !self.is_taken(name),
            _ => self.is_free(&wish.key, name),
        };
        let free = |name: &&String| is_free(name) && (Some(*name) == first || !natural.contains(*name));
        if let Some(name) = wish.names.iter().find(free) {
            return name.clone();
        }
        let base = wish.names.last().map_or("Missing", String::as_str);
        // `Unknown_2` is no camel case and `type__2` no snake case; `Unknown2` and `type_2` are.
        let stem = Some(base.trim_end_matches('_')).filter(|stem| !stem.is_empty()).unwrap_or(base);
        let numbered = (2_u64..).map(|number| format!("{stem}{}{number}", self.separator));
        let mut fresh = numbered.filter(|name| is_free(name) && !natural.contains(name));
        fresh.next().unwrap_or_default()
    }

    fn is_free(&self, key: &str, name: &str) -> bool {
        !self.is_taken(name) && self.held.get(name).is_none_or(|holder| holder == key)
    }
    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name) || self.reserved.contains(&name)
    }
}
