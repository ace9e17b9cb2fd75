//! Identifiers of types, and where each type lives: in a file of `types/` or in the module of the group that alone uses it.

use std::collections::BTreeMap;

use crate::ir::{Api, GroupId, OperationId, Type, TypeDef, TypeId, TypeName};
use crate::lock;

use super::context::Context;
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
    /// What it was called before, the oldest first.
    pub aliases: Vec<Ident>,
    /// Where it lives.
    pub home: Home,
    /// What is inside.
    pub members: Members,
}

impl TypeNames {
    /// The identifier and every former one.
    pub fn all(&self) -> impl Iterator<Item = &Ident> {
        std::iter::once(&self.ident).chain(&self.aliases)
    }
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
            Some(TypeName::Child { parent, .. } | TypeName::Input(parent)) => current = *parent,
            _ => break,
        }
    }
    current
}

/// For each type the group whose module it lives in; `None` for a type of `types/`.
pub(super) fn local_groups(ctx: &Context<'_>) -> Vec<Option<GroupId>> {
    let api = ctx.api;
    let candidate = |index: usize| -> Option<GroupId> {
        let root = root(api, TypeId(index));
        let group = match &api.types.get(root.0)?.name {
            TypeName::OfOperation { operation, .. } => api.operations.get(operation.0)?.group,
            TypeName::Shared(_) => *api.types.get(index)?.groups.first()?,
            TypeName::Schema(_) | TypeName::Child { .. } | TypeName::Input(_) | TypeName::Of { .. } => return None,
        };
        // What was published for all stays there, although only one group may be left that needs it.
        let published = ctx.lock.types.get(ctx.keys.ty(TypeId(index)));
        if published.is_some_and(|published| published.module.is_none()) {
            return None;
        }
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
    pub(super) ctx: &'a Context<'a>,
    pub(super) groups: &'a [GroupNames],
    pub(super) operations: &'a [OperationNames],
    pub(super) locals: &'a [Option<GroupId>],
}

/// Names the types of `types/` among themselves and those of each group within the group's scope.
pub(super) fn types(source: &Source<'_>, scopes: &mut BTreeMap<Option<GroupId>, Scope>) -> Vec<TypeNames> {
    let api = source.ctx.api;
    let mut idents: Vec<Option<Ident>> = vec![None; api.types.len()];
    for (&home, scope) in scopes.iter_mut() {
        assign(source, home, scope, &mut idents);
    }
    let files = files(source, &idents);
    let named = api.types.iter().zip(idents).enumerate().map(|(index, (def, ident))| {
        let id = TypeId(index);
        let local = source.locals.get(index).copied().flatten();
        let home = match local {
            Some(group) => Home::Group(group),
            None => Home::Types(files.get(&root(api, id)).cloned().unwrap_or_default()),
        };
        let ident = ident.unwrap_or_default();
        let aliases = scopes.get_mut(&local).map(|scope| aliases(source, id, &ident, scope)).unwrap_or_default();
        TypeNames { ident, aliases, home, members: members::members(source.ctx, id, def) }
    });
    named.collect()
}

/// What was published for a type that is still where it was.
fn published<'a>(
    ctx: &'a Context<'_>,
    groups: &[GroupNames],
    home: Option<GroupId>,
    id: TypeId,
) -> Option<&'a lock::Type> {
    let module = home.and_then(|group| groups.get(group.0)).map(|names| names.module.as_str());
    ctx.lock.types.get(ctx.keys.ty(id)).filter(|published| published.module.as_deref() == module)
}

fn former<'a>(ctx: &'a Context<'_>, id: TypeId) -> &'a [String] {
    ctx.lock.aliases.get(ctx.keys.ty(id)).map_or(&[], Vec::as_slice)
}

/// Keeps what was published for types, before anything new is named.
pub(super) fn keep(
    ctx: &Context<'_>,
    groups: &[GroupNames],
    locals: &[Option<GroupId>],
    scopes: &mut BTreeMap<Option<GroupId>, Scope>,
) {
    let mut order: Vec<((usize, &TypeDef), &Option<GroupId>)> = ctx.api.types.iter().enumerate().zip(locals).collect();
    // Where one of several places has changed, the name stays with the others.
    order.sort_by_key(|((_, def), _)| std::cmp::Reverse(def.places.len()));
    for ((index, def), home) in order {
        let (id, Some(scope)) = (TypeId(index), scopes.get_mut(home)) else { continue };
        let Some(published) = published(ctx, groups, *home, id) else { continue };
        let key = ctx.keys.ty(id);
        match (published.chosen && def.rust_name.is_none(), former(ctx, id)) {
            // The choice is gone: back to the name before it.
            (true, [first, ..]) => scope.keep(key, first),
            (true, []) => {}
            (false, former) => {
                scope.keep(key, &published.name);
                former.iter().for_each(|name| scope.hold(key, name));
            }
        }
    }
}

/// The names under which a type was published before `rust-name` gave it another one.
fn aliases(source: &Source<'_>, id: TypeId, ident: &Ident, scope: &mut Scope) -> Vec<Ident> {
    let home = source.locals.get(id.0).copied().flatten();
    let Some(published) = published(source.ctx, source.groups, home, id) else { return Vec::new() };
    let chosen = source.ctx.api.types.get(id.0).is_some_and(|def| def.rust_name.is_some());
    if published.chosen && !chosen {
        return Vec::new();
    }
    let former = former(source.ctx, id).iter().chain(chosen.then_some(&published.name));
    let key = source.ctx.keys.ty(id);
    former.filter(|name| *name != ident.as_str()).filter_map(|name| scope.take(key, name)).collect()
}

/// Names the types of one scope: those with a name of their own first, then their inline children level by level.
fn assign(source: &Source<'_>, home: Option<GroupId>, scope: &mut Scope, idents: &mut [Option<Ident>]) {
    let types = source.ctx.api.types.iter().enumerate();
    let mut open: Vec<(usize, &TypeDef)> =
        types.filter(|(index, _)| source.locals.get(*index) == Some(&home)).collect();
    for _ in 0..=source.ctx.api.types.len() {
        let (ready, later): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, def)| parent_is_named(def, idents));
        // Types that are named after each other in a circle are named all the same.
        let (ready, later) = if ready.is_empty() { (later, ready) } else { (ready, later) };
        if ready.is_empty() {
            return;
        }
        let wishes: Vec<Wish> =
            ready.iter().map(|(index, def)| wish(source, TypeId(*index), def, home, idents)).collect();
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
        TypeName::Child { parent, .. } | TypeName::Input(parent) => {
            def.rust_name.is_some() || idents.get(parent.0).is_none_or(Option::is_some)
        }
        TypeName::Schema(_) | TypeName::Shared(_) | TypeName::OfOperation { .. } | TypeName::Of { .. } => true,
    }
}

fn wish(source: &Source<'_>, id: TypeId, def: &TypeDef, home: Option<GroupId>, idents: &[Option<Ident>]) -> Wish {
    let key = source.ctx.keys.ty(id);
    let pascal = |text: &str| words::pascal(text, Symbols::Separate);
    if let Some(user) = &def.rust_name {
        let name = words::verbatim(user).filter(|user| is_pascal(user)).unwrap_or_else(|| pascal(user));
        return Wish::new(key, free_of_clashes(name), user, Wish::USER);
    }
    let wish = |name: String, wire: &str, rank: u8| Wish::new(key, free_of_clashes(name), wire, rank);
    match &def.name {
        TypeName::Schema(wire) => wish(pascal(wire), wire, 1),
        TypeName::Child { parent, part } => {
            let parent = idents.get(parent.0).and_then(Option::as_ref).map_or("", Ident::as_str);
            wish(join(parent, part), "", 4)
        }
        TypeName::Input(of) => {
            let received = idents.get(of.0).and_then(Option::as_ref).map_or("", Ident::as_str);
            wish(format!("{received}Input"), "", 3)
        }
        TypeName::Shared(words) => wish(words::pascal(words, Symbols::Spell), "", 2),
        TypeName::Of { owner, part } if part.is_empty() => match kind_of_owner(def) {
            Some("Response") if is_status(owner) => wish(format!("Status{owner}"), "", 2),
            Some(kind) => wish(pascal(owner), owner, 2).or(format!("{}{kind}", pascal(owner))),
            None => wish(pascal(owner), owner, 2),
        },
        TypeName::Of { owner, part } => wish(join(&pascal(owner), part), "", 2),
        TypeName::OfOperation { operation, part } => wish(of_operation(source, *operation, part, home), "", 3),
    }
}

/// What a reusable object is that holds an unnamed type.
fn kind_of_owner(def: &TypeDef) -> Option<&'static str> {
    const KINDS: [(&str, &str); 2] = [("/responses/", "Response"), ("/parameters/", "Parameter")];
    KINDS.iter().find(|(place, _)| def.origin.pointer.contains(place)).map(|(_, kind)| *kind)
}

/// Whether a reusable response has nothing but its status for a name.
fn is_status(name: &str) -> bool {
    name.len() == 3 && name.parse().is_ok_and(|status: u16| (100..600).contains(&status))
}

/// `CreateRequest` in the module of its group, `OpportunitiesCreateRequest` elsewhere.
fn of_operation(source: &Source<'_>, operation: OperationId, part: &str, home: Option<GroupId>) -> String {
    let marker = source.operations.get(operation.0).map_or("", |names| names.marker.as_str());
    let group = source.ctx.api.operations.get(operation.0).and_then(|operation| source.groups.get(operation.group.0));
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
    let api = source.ctx.api;
    let here = |index: &usize| source.locals.get(*index) == Some(&None);
    let mut roots: Vec<TypeId> = (0..api.types.len()).filter(here).map(|index| root(api, TypeId(index))).collect();
    roots.sort_unstable();
    roots.dedup();
    let name = |root: &TypeId| idents.get(root.0).and_then(Option::as_ref).map_or("missing", Ident::as_str);
    let wishes: Vec<Wish> =
        roots.iter().map(|root| Wish::new(source.ctx.keys.ty(*root), words::file(name(root)), "", 1)).collect();
    // `types/types.rs` would be a module with the name of the one around it.
    let files = Scope::values(&["mod", "mod_", "types"]).assign(&wishes);
    roots.into_iter().zip(files).collect()
}
