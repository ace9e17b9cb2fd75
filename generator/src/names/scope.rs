//! A namespace: gives every name in it an identifier of its own.

use std::collections::BTreeSet;

use super::ident::Ident;

/// One name that wants an identifier.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// The identifiers it would like, the best first; never empty.
    pub(super) names: Vec<String>,
    /// Lower comes first: named by the user, named by the document, inline.
    pub(super) rank: u8,
    /// Whether the wire name is the identifier, letter for letter.
    pub(super) exact: bool,
}

impl Wish {
    /// A wish for `name`, spelled `wire` in the document.
    pub(super) fn new(name: String, wire: &str, rank: u8) -> Self {
        let exact = name == wire;
        Self { names: vec![name], rank, exact }
    }

    /// What to take when the better names are gone.
    pub(super) fn or(mut self, name: String) -> Self {
        self.names.push(name);
        self
    }
}

/// A namespace with names that are taken from the start.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// What stands between a name and its number.
    separator: &'static str,
}

impl Scope {
    /// A namespace for `PascalCase` names.
    pub(super) fn types(reserved: &[&str]) -> Self {
        Self::with(reserved, "")
    }

    /// A namespace for `snake_case` names.
    pub(super) fn values(reserved: &[&str]) -> Self {
        Self::with(reserved, "_")
    }

    fn with(reserved: &[&str], separator: &'static str) -> Self {
        Self { taken: reserved.iter().map(|&name| name.to_owned()).collect(), separator }
    }

    /// Keeps a name from being given out.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// One identifier per wish, in the order of the wishes.
    ///
    /// A wish never gets a number that makes it another wish's natural name, so numbered names do not push others aside.
    pub(super) fn assign(&mut self, wishes: &[Wish]) -> Vec<Ident> {
        let natural: BTreeSet<String> = wishes.iter().filter_map(|wish| wish.names.first()).cloned().collect();
        let mut order: Vec<(usize, &Wish)> = wishes.iter().enumerate().collect();
        order.sort_by_key(|(index, wish)| (wish.rank, !wish.exact, *index));
        let mut idents = vec![Ident::default(); wishes.len()];
        for (index, wish) in order {
            let name = self.pick(wish, &natural);
            self.taken.insert(name.clone());
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

    fn pick(&self, wish: &Wish, natural: &BTreeSet<String>) -> String {
        let first = wish.names.first();
        let free = |name: &&String| !self.taken.contains(*name) && (Some(*name) == first || !natural.contains(*name));
        if let Some(name) = wish.names.iter().find(free) {
            return name.clone();
        }
        let base = wish.names.last().map_or("Missing", String::as_str);
        // `Unknown_2` is no camel case and `type__2` no snake case; `Unknown2` and `type_2` are.
        let stem = Some(base.trim_end_matches('_')).filter(|stem| !stem.is_empty()).unwrap_or(base);
        let numbered = (2_u64..).map(|number| format!("{stem}{}{number}", self.separator));
        let mut fresh = numbered.filter(|name| !self.taken.contains(name) && !natural.contains(name));
        fresh.next().unwrap_or_default()
    }
}
