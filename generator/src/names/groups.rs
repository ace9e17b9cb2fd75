//! Identifiers of groups, security schemes and webhooks.

use crate::ir::{Group, SecurityScheme};
use crate::lock;

use super::context::Context;
use super::ident::Ident;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// What a group is called.
#[derive(Debug, Clone, Default)]
pub struct GroupNames {
    /// The module, also the file's stem.
    pub module: Ident,
    /// The handle type.
    pub handle: Ident,
    /// The method of `Client` that returns the handle.
    pub accessor: Ident,
    /// The cargo feature.
    pub feature: String,
}

/// What a security scheme is called.
#[derive(Debug, Clone, Default)]
pub struct SchemeNames {
    /// The constant in `client.rs`.
    pub constant: Ident,
    /// The method of `ClientBuilder` that takes its credential.
    pub method: Ident,
}

/// One of the names of a group: how it is made, what it must not be, what then follows it, and where it was published.
struct Kind {
    name: fn(&str) -> String,
    reserved: &'static [&'static str],
    suffix: &'static str,
    published: fn(&lock::Group) -> &str,
}

pub(super) fn groups(ctx: &Context<'_>) -> Vec<GroupNames> {
    let modules =
        Kind { name: words::file, reserved: reserved::MODULES, suffix: "_api", published: |group| &group.module };
    let handles = Kind {
        name: |name| words::pascal(name, Symbols::Separate),
        reserved: reserved::TYPES,
        suffix: "Api",
        published: |group| &group.handle,
    };
    let accessors =
        Kind { name: words::snake, reserved: reserved::CLIENT, suffix: "_api", published: |group| &group.accessor };
    let features = Kind {
        name: |name| words::file(name).trim_matches('_').to_owned(),
        reserved: reserved::FEATURES,
        suffix: "-api",
        published: |group| &group.feature,
    };
    let handles = kind(ctx, Scope::types(&[]), &handles);
    let [modules, accessors, features] =
        [modules, accessors, features].map(|these| kind(ctx, Scope::values(&[]), &these));
    let names = modules.into_iter().zip(handles).zip(accessors).zip(features);
    let named = names.map(|(((module, handle), accessor), feature)| GroupNames {
        module,
        handle,
        accessor,
        feature: feature.to_string(),
    });
    named.collect()
}

fn kind(ctx: &Context<'_>, mut scope: Scope, kind: &Kind) -> Vec<Ident> {
    for (group, names) in ctx.api.groups.iter().filter_map(|group| Some((group, ctx.lock.groups.get(&group.wire)?))) {
        let published = (kind.published)(names);
        if !kind.reserved.contains(&published) {
            scope.keep(&group.wire, published);
        }
    }
    let wishes: Vec<Wish> = ctx.api.groups.iter().map(|group| wish(group, kind)).collect();
    let idents = scope.assign(&wishes);
    ctx.close(scope);
    idents
}

fn wish(group: &Group, kind: &Kind) -> Wish {
    let wire = match (&group.rust_name, group.wire.is_empty()) {
        (Some(user), _) => user,
        (None, true) => "general",
        (None, false) => &group.wire,
    };
    let text = (kind.name)(wire);
    let clashes = kind.reserved.contains(&text.as_str());
    let text = if clashes { format!("{}{}", text.trim_end_matches('_'), kind.suffix) } else { text };
    Wish::new(&group.wire, text, wire, u8::from(group.rust_name.is_none()))
}

pub(super) fn schemes(ctx: &Context<'_>) -> Vec<SchemeNames> {
    let (mut constants, mut methods) = (Scope::values(&[]), Scope::values(reserved::CLIENT_BUILDER));
    let published = |scheme: &SecurityScheme| ctx.lock.security.get(&scheme.wire);
    for (scheme, names) in ctx.api.security.iter().filter_map(|scheme| Some((scheme, published(scheme)?))) {
        constants.keep(&scheme.wire, &names.constant);
        methods.keep(&scheme.wire, &names.method);
    }
    let constant = |scheme: &SecurityScheme| Wish::new(&scheme.wire, words::shouty(&scheme.wire), &scheme.wire, 1);
    let method = |scheme: &SecurityScheme| {
        let name = words::snake(&scheme.wire);
        let clashes = reserved::CLIENT_BUILDER.contains(&name.as_str());
        Wish::new(&scheme.wire, if clashes { format!("{name}_auth") } else { name }, &scheme.wire, 1)
    };
    let schemes = &ctx.api.security;
    let constant_idents = constants.assign(&schemes.iter().map(constant).collect::<Vec<_>>());
    let method_idents = methods.assign(&schemes.iter().map(method).collect::<Vec<_>>());
    ctx.close(constants);
    ctx.close(methods);
    let names = constant_idents.into_iter().zip(method_idents);
    names.map(|(constant, method)| SchemeNames { constant, method }).collect()
}

pub(super) fn webhooks(ctx: &Context<'_>) -> Vec<Ident> {
    let mut scope = Scope::values(&["from_slice"]);
    for hook in &ctx.api.webhooks {
        if let Some(name) = ctx.lock.webhooks.get(&hook.wire) {
            scope.keep(&hook.wire, name);
        }
    }
    let hooks = ctx.api.webhooks.iter();
    let wishes: Vec<Wish> = hooks.map(|hook| Wish::new(&hook.wire, words::snake(&hook.wire), &hook.wire, 1)).collect();
    let idents = scope.assign(&wishes);
    ctx.close(scope);
    idents
}
