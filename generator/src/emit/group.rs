//! `src/api/`: one file per group with its handle, its operations in document order and the types that only it uses.

use std::collections::BTreeSet;

use quote::quote;

use crate::ir::{Group, GroupId};
use crate::names::{Home, TypeNames};
use crate::tree::{Handle, Item, Module, Tree};

use super::operation::{self, Call};
use super::scope::Scope;
use super::{Ctx, docs, types};

/// Adds every file of `src/api/`.
pub(super) fn files<'a>(ctx: &'a Ctx<'a>, tree: &mut Tree<'a>) {
    for id in ctx.groups() {
        let Some(group) = ctx.api.groups.get(id.0) else { continue };
        tree.rust(format!("src/api/{}.rs", ctx.names.group(id).module), move || file(ctx, id, group));
    }
    tree.rust("src/api/mod.rs", move || index(ctx));
}

fn index(ctx: &Ctx<'_>) -> Module {
    let mut module = Module {
        header: ctx.header(),
        docs: vec![
            "What can be asked of the API: one module per tag, behind the cargo feature of the same name.".to_owned(),
        ],
        ..Module::default()
    };
    let modules = ctx.groups().map(|id| {
        let names = ctx.names.group(id);
        let (file, feature) = (&names.module, &names.feature);
        let old = ctx.types_of(id).any(|id| ctx.def(id).is_some_and(|def| def.deprecated));
        let allow = old.then(|| quote!(#[allow(deprecated)]));
        quote!(#[cfg(feature = #feature)] #allow pub mod #file;)
    });
    module.code(quote!(#(#modules)*));
    module
}

fn file(ctx: &Ctx<'_>, id: GroupId, group: &Group) -> Module {
    let scope = Scope::new(ctx, Some(Home::Group(id)), locals(ctx, id));
    let calls: Vec<Call<'_>> = ctx.operations_of(id).flat_map(|operation| operation::calls(ctx, operation)).collect();
    let mut body = Module::default();
    body.items.push(Item::Handle(handle(&scope, id, group, &calls)));
    for call in &calls {
        operation::emit(&scope, id, call, &mut body);
    }
    for ty in ctx.types_of(id) {
        types::definition(&scope, ty, &mut body);
    }
    let mut module = Module { header: ctx.header(), docs: docs(group), ..Module::default() };
    module.uses(scope.imports());
    module.items.append(&mut body.items);
    module
}

fn docs(group: &Group) -> Vec<String> {
    let fallback = if group.wire.is_empty() {
        "Operations without a tag.".to_owned()
    } else {
        format!("Operations of the group {}.", docs::code(&group.wire))
    };
    docs::lines(&group.docs, &fallback)
}

/// Every name that the file defines itself.
fn locals(ctx: &Ctx<'_>, id: GroupId) -> BTreeSet<String> {
    let mut locals = BTreeSet::from([ctx.names.group(id).handle.to_string()]);
    for operation in ctx.operations_of(id) {
        let names = ctx.names.operation(operation);
        locals.extend([&names.marker, &names.error, &names.ok, &names.headers].map(ToString::to_string));
        locals.extend(names.stream.iter().map(|(_, marker)| marker.to_string()));
    }
    let types = ctx.types_of(id).map(|id| ctx.names.ty(id));
    locals.extend(types.flat_map(TypeNames::all).map(ToString::to_string));
    locals
}

/// The handle type and its methods.
fn handle(scope: &Scope<'_>, id: GroupId, group: &Group, calls: &[Call<'_>]) -> Handle {
    let names = scope.ctx.names.group(id);
    let what = if group.wire.is_empty() {
        "Operations without a tag".to_owned()
    } else {
        format!("Operations of the group {}", docs::code(&group.wire))
    };
    scope.import("Client");
    scope.import("Request");
    Handle {
        docs: vec![format!("{what}: [`Client::{}`].", names.accessor)],
        name: names.handle.clone(),
        methods: calls.iter().flat_map(|call| operation::methods(scope, call)).collect(),
    }
}
