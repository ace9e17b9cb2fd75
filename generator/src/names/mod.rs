//! Every identifier of the generated crate is decided here, once: an [`Api`] comes in, [`Names`] go out.
//!
//! Wire names become identifiers in `words`; `scope` keeps them apart within a namespace: what the user named comes first,
//! then what was published ([`Lock`]), then named things before inline ones and an exact spelling before a converted one.
//! Ties go by `keys`, never by the order of the document.

mod arguments;
mod context;
mod derive;
mod fingerprint;
mod foreign;
mod groups;
mod ident;
mod keys;
mod mechanical;
mod members;
mod methods;
mod namespace;
mod nouns;
mod operations;
mod path;
mod record;
mod renames;
mod reserved;
mod responses;
mod scope;
mod servers;
mod subject;
mod types;
mod verbs;
mod words;

#[cfg(test)]
mod addition_tests;
#[cfg(test)]
mod methods_tests;
#[cfg(test)]
mod published_tests;
#[cfg(test)]
mod shared_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::ir::share::{Place, Published};
use crate::ir::{Api, ForeignId, GroupId, OperationId, SchemeId, TypeId};
use crate::lock::Lock;

pub use foreign::{ForeignPath, of_format};
pub use groups::{GroupNames, SchemeNames};
pub use ident::Ident;
pub use members::Members;
pub use operations::OperationNames;
pub use servers::{ServerNames, VariableNames};
pub use types::{Home, TypeNames};

use context::Context;
use keys::Keys;
use scope::Scope;

/// What names depend on beside the API.
#[derive(Debug, Clone, Default)]
pub struct NamesConfig {
    /// The generated crate's package name.
    pub crate_name: String,
    /// The crates whose types can be named, beside those of the language.
    pub crates: Vec<String>,
}

/// Every identifier of the generated crate.
#[derive(Debug, Clone, Default)]
pub struct Names {
    crate_ident: Ident,
    types: Vec<TypeNames>,
    operations: Vec<OperationNames>,
    groups: Vec<GroupNames>,
    schemes: Vec<SchemeNames>,
    servers: Vec<ServerNames>,
    webhooks: Vec<Ident>,
    foreign: Vec<Option<ForeignPath>>,
    missing_type: TypeNames,
    missing_operation: OperationNames,
    missing_group: GroupNames,
    missing_scheme: SchemeNames,
}

impl Names {
    /// The crate, as code names it.
    pub fn crate_ident(&self) -> &Ident {
        &self.crate_ident
    }

    /// A type and what is inside.
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        self.types.get(id.0).unwrap_or(&self.missing_type)
    }

    /// An operation and what belongs to it.
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        self.operations.get(id.0).unwrap_or(&self.missing_operation)
    }

    /// A group.
    pub fn group(&self, id: GroupId) -> &GroupNames {
        self.groups.get(id.0).unwrap_or(&self.missing_group)
    }

    /// A security scheme.
    pub fn scheme(&self, id: SchemeId) -> &SchemeNames {
        self.schemes.get(id.0).unwrap_or(&self.missing_scheme)
    }

    /// A type of another crate; `None` when what was written is no path.
    pub fn foreign(&self, id: ForeignId) -> Option<&ForeignPath> {
        self.foreign.get(id.0).and_then(Option::as_ref)
    }

    /// The servers that users choose from, as in [`Api::choices`].
    pub fn servers(&self) -> &[ServerNames] {
        &self.servers
    }

    /// The functions of webhooks, in order.
    pub fn webhooks(&self) -> &[Ident] {
        &self.webhooks
    }
}

/// What the places of all types are called in `names.lock`, and what was published for them.
pub fn places(api: &Api, lock: &Lock) -> Vec<Place> {
    let keys = Keys::new(api);
    let place = |index| {
        let key = keys.ty(TypeId(index)).to_owned();
        let published = lock.types.get(&key);
        let published = published.map(|ty| Published { name: ty.name.clone(), module: ty.module.clone() });
        Place { key, published }
    };
    (0..api.types.len()).map(place).collect()
}

/// Decides every identifier of a crate that nobody uses yet.
pub fn assign(api: &Api, config: &NamesConfig) -> Names {
    keep(api, config, &Lock::default(), &mut Diagnostics::new()).0
}

/// Decides every identifier, with those that were published; also returns what is published now.
pub fn keep(api: &Api, config: &NamesConfig, lock: &Lock, diagnostics: &mut Diagnostics) -> (Names, Lock) {
    let keys = Keys::new(api);
    let lock = renames::follow(api, &keys, lock, diagnostics);
    let ctx = Context::new(api, keys, lock);
    let groups = groups::groups(&ctx);
    let homes = std::iter::once(None).chain((0..groups.len()).map(|index| Some(GroupId(index))));
    let mut scopes: BTreeMap<Option<GroupId>, Scope> =
        homes.map(|home| (home, Scope::types(reserved::TYPES))).collect();
    let locals = types::local_groups(&ctx);
    types::keep(&ctx, &groups, &locals, &mut scopes);
    let mut operations = vec![OperationNames::default(); api.operations.len()];
    for (index, names) in groups.iter().enumerate() {
        let Some(scope) = scopes.get_mut(&Some(GroupId(index))) else { continue };
        for (id, named) in operations::operations(&ctx, GroupId(index), names, scope) {
            if let Some(slot) = operations.get_mut(id.0) {
                *slot = named;
            }
        }
    }
    let source = types::Source { ctx: &ctx, groups: &groups, operations: &operations, locals: &locals };
    let types = types::types(&source, &mut scopes);
    scopes.into_values().for_each(|scope| ctx.close(scope));
    let names = Names {
        crate_ident: Ident::new(words::snake(&config.crate_name)),
        types,
        operations,
        groups,
        schemes: groups::schemes(&ctx),
        servers: servers::servers(&ctx),
        webhooks: groups::webhooks(&ctx),
        foreign: foreign::paths(api, config, diagnostics),
        ..Names::default()
    };
    ctx.report(diagnostics);
    let lock = record::record(&ctx, &names);
    (names, lock)
}

/// Whether the text can stand in code as a name.
pub fn is_identifier(text: &str) -> bool {
    words::is_identifier(text)
}
