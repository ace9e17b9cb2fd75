//! Every identifier of the generated crate is decided here, once: an [`Api`] comes in, [`Names`] go out.
//!
//! Wire names become identifiers in `words`; `scope` keeps them apart within a namespace. Named things win over inline
//! ones and an exact spelling wins over a converted one, so that what is added to a document does not rename what is there.

mod groups;
mod ident;
mod members;
mod operations;
mod reserved;
mod scope;
mod types;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::ir::{Api, GroupId, OperationId, SchemeId, TypeId};

pub use groups::{GroupNames, SchemeNames};
pub use ident::Ident;
pub use members::Members;
pub use operations::OperationNames;
pub use types::{Home, TypeNames};

use scope::Scope;

/// What names depend on beside the API.
#[derive(Debug, Clone, Default)]
pub struct NamesConfig {
    /// The generated crate's package name.
    pub crate_name: String,
}

/// Every identifier of the generated crate.
#[derive(Debug, Clone, Default)]
pub struct Names {
    crate_ident: Ident,
    types: Vec<TypeNames>,
    operations: Vec<OperationNames>,
    groups: Vec<GroupNames>,
    schemes: Vec<SchemeNames>,
    webhooks: Vec<Ident>,
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

    /// The functions of webhooks, in order.
    pub fn webhooks(&self) -> &[Ident] {
        &self.webhooks
    }
}

/// Decides every identifier.
pub fn assign(api: &Api, config: &NamesConfig) -> Names {
    let groups = groups::groups(api);
    let mut scopes: BTreeMap<GroupId, Scope> = BTreeMap::new();
    let mut operations = vec![OperationNames::default(); api.operations.len()];
    for (index, names) in groups.iter().enumerate() {
        let mut scope = Scope::types(reserved::TYPES);
        for (id, named) in operations::operations(api, GroupId(index), names, &mut scope) {
            if let Some(slot) = operations.get_mut(id.0) {
                *slot = named;
            }
        }
        scopes.insert(GroupId(index), scope);
    }
    let locals = types::local_groups(api);
    let source = types::Source { api, groups: &groups, operations: &operations, locals: &locals };
    let types = types::types(&source, &mut scopes);
    Names {
        crate_ident: Ident::new(words::snake(&config.crate_name)),
        types,
        operations,
        groups,
        schemes: groups::schemes(&api.security),
        webhooks: groups::webhooks(&api.webhooks),
        ..Names::default()
    }
}
