//! Identifiers of types, and where each type lives: in a file of `types/` or in the module of the group that alone uses it.

use std::collections::BTreeMap;

use crate::ir::{Api, GroupId, OperationId, Type, TypeDef, TypeId, TypeName};

use super::groups::GroupNames;
use super::ident::Ident;
use super::members::{self, Members};
use super::operations::OperationNames;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// What a type and its parts are called.
#[derive(Debug, Clone, Default)]
pub struct TypeNames {
    /// The type.
    pub ident: Ident,
    /// Where it lives.
    pub home: Home,
    /// What is inside.
    pub members: Members,
}

/// Where a type lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In this module of `types/`.
    Types(Ident),
    /// In the module of a group.
    Group(GroupId),
}

impl Default for Home {
    fn default() -> Self {
        Self::Types(Ident::default())
    }
}

/// The type at the end of the chain of parents.
fn root(api: &Api, id: TypeId) -> TypeId {
    let mut current = id;
    for _ in 0..api.types.len() {
        match api.types.get(current.0).map(|def| &def.name) {
            Some(TypeName::Child { parent, .. }) => current = *parent,
            _ => break,
        }
    }
    current
}

/// For each type the group whose module it lives in; `None` for a type of `types/`.
pub(super) fn local_groups(api: &Api) -> Vec<Option<GroupId>> {
    let candidate = |index: usize| -> Option<GroupId> {
        let root = root(api, TypeId(index));
        let TypeName::OfOperation { operation, .. } = &api.types.get(root.0)?.name else { return None };
        let group = api.operations.get(operation.0)?.group;
        api.types.get(index).filter(|def| def.groups.iter().all(|&reached| reached == group)).map(|_| group)
    };
    let mut homes: Vec<Option<GroupId>> = (0..api.types.len()).map(candidate).collect();
    loop {
        let moved = shared(api, &homes);
        if moved.is_empty() {
            return homes;
        }
        for id in moved {
            if let Some(home) = homes.get_mut(id.0) {
                *home = None;
            }
        }
    }
}

/// Types that a type of another module refers to.
fn shared(api: &Api, homes: &[Option<GroupId>]) -> Vec<TypeId> {
    let home = |id: TypeId| homes.get(id.0).copied().flatten();
    let mut moved = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        def.shape.each_named(&mut |target| {
            if home(target).is_some() && home(target) != home(TypeId(index)) {
                moved.push(target);
            }
        });
    }
    for webhook in &api.webhooks {
        if let Some(payload) = &webhook.payload {
            payload.each_named(&mut |target| {
                if home(target).is_some() {
                    moved.push(target)
                }
            });
        }
    }
    for operation in &api.operations {
        operation.each_type(&mut |ty: &Type| {
            ty.each_named(&mut |target| {
                if home(target).is_some_and(|group| group != operation.group) {
                    moved.push(target)
                }
            });
        });
    }
    moved
}

/// What the names of types are made of.
pub(super) struct Source<'a> {
    pub(super) api: &'a Api,
    pub(super) groups: &'a [GroupNames],
    pub(super) operations: &'a [OperationNames],
    pub(super) locals: &'a [Option<GroupId>],
}

/// Names the types of `types/` among themselves and those of each group within the group's scope.
pub(super) fn types(source: &Source<'_>, scopes: &mut BTreeMap<GroupId, Scope>) -> Vec<TypeNames> {
    let mut idents: Vec<Option<Ident>> = vec![None; source.api.types.len()];
    assign(source, None, &mut Scope::types(reserved::TYPES), &mut idents);
    for (&group, scope) in scopes.iter_mut() {
        assign(source, Some(group), scope, &mut idents);
    }
    let files = files(source, &idents);
    let named = source.api.types.iter().zip(idents).enumerate().map(|(index, (def, ident))| {
        let root = root(source.api, TypeId(index));
        let home = match source.locals.get(index).copied().flatten() {
            Some(group) => Home::Group(group),
            None => Home::Types(files.get(&root).cloned().unwrap_or_default()),
        };
        TypeNames { ident: ident.unwrap_or_default(), home, members: members::members(&def.shape) }
    });
    named.collect()
}

/// Names the types of one scope: those with a name of their own first, then their inline children level by level.
fn assign(source: &Source<'_>, home: Option<GroupId>, scope: &mut Scope, idents: &mut [Option<Ident>]) {
    let mut open: Vec<(usize, &TypeDef)> =
        source.api.types.iter().enumerate().filter(|(index, _)| source.locals.get(*index) == Some(&home)).collect();
    for _ in 0..=source.api.types.len() {
        let (ready, later): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, def)| parent_is_named(def, idents));
        if ready.is_empty() {
            return;
        }
        let wishes: Vec<Wish> = ready.iter().map(|(_, def)| wish(source, def, home, idents)).collect();
        for ((index, _), ident) in ready.iter().zip(scope.assign(&wishes)) {
            if let Some(slot) = idents.get_mut(*index) {
                *slot = Some(ident);
            }
        }
        open = later;
    }
}

fn parent_is_named(def: &TypeDef, idents: &[Option<Ident>]) -> bool {
    match &def.name {
        TypeName::Child { parent, .. } => def.rust_name.is_some() || idents.get(parent.0).is_none_or(Option::is_some),
        TypeName::Schema(_) | TypeName::OfOperation { .. } | TypeName::Of { .. } => true,
    }
}

fn wish(source: &Source<'_>, def: &TypeDef, home: Option<GroupId>, idents: &[Option<Ident>]) -> Wish {
    if let Some(user) = &def.rust_name {
        let name = words::pascal(user, Symbols::Separate);
        return Wish::new(
            free_of_clashes(words::verbatim(user).filter(|user| is_pascal(user)).unwrap_or(name)),
            user,
            0,
        );
    }
    let pascal = |text: &str| words::pascal(text, Symbols::Separate);
    match &def.name {
        TypeName::Schema(wire) => Wish::new(free_of_clashes(pascal(wire)), wire, 1),
        TypeName::Child { parent, part } => {
            let parent = idents.get(parent.0).and_then(Option::as_ref).map_or("", Ident::as_str);
            Wish::new(free_of_clashes(join(parent, part)), "", 4)
        }
        TypeName::Of { owner, part } if part.is_empty() => Wish::new(free_of_clashes(pascal(owner)), owner, 2),
        TypeName::Of { owner, part } => Wish::new(free_of_clashes(join(&pascal(owner), part)), "", 2),
        TypeName::OfOperation { operation, part } => {
            Wish::new(free_of_clashes(of_operation(source, *operation, part, home)), "", 3)
        }
    }
}

/// `CreateRequest` in the module of its group, `OpportunitiesCreateRequest` elsewhere.
fn of_operation(source: &Source<'_>, operation: OperationId, part: &str, home: Option<GroupId>) -> String {
    let marker = source.operations.get(operation.0).map_or("", |names| names.marker.as_str());
    let group = source.api.operations.get(operation.0).and_then(|operation| source.groups.get(operation.group.0));
    match (home, group) {
        (None, Some(group)) => join(&format!("{}{marker}", group.handle), part),
        (Some(_), _) | (None, None) => join(marker, part),
    }
}

/// A parent's identifier and the part's words, kept short.
fn join(parent: &str, part: &str) -> String {
    let part = words::pascal(part, Symbols::Spell);
    let joined = format!("{parent}{part}");
    if joined.len() > 60 { words::pascal(&joined, Symbols::Separate) } else { joined }
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && !name.contains('_')
}

fn free_of_clashes(name: String) -> String {
    if reserved::TYPES.contains(&name.as_str()) { format!("{name}Model") } else { name }
}

/// One file per type that is not inside another one.
fn files(source: &Source<'_>, idents: &[Option<Ident>]) -> BTreeMap<TypeId, Ident> {
    let here = |index: &usize| source.locals.get(*index) == Some(&None);
    let mut roots: Vec<TypeId> =
        (0..source.api.types.len()).filter(here).map(|index| root(source.api, TypeId(index))).collect();
    roots.sort_unstable();
    roots.dedup();
    let name = |root: &TypeId| idents.get(root.0).and_then(Option::as_ref).map_or("missing", Ident::as_str);
    let wishes: Vec<Wish> = roots.iter().map(|root| Wish::new(words::file(name(root)), "", 1)).collect();
    let files = Scope::values(&["mod", "mod_"]).assign(&wishes);
    roots.into_iter().zip(files).collect()
}
