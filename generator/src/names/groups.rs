//! Identifiers of groups, security schemes and webhooks.

use crate::ir::{Group, SecurityScheme};
use crate::lock;

use super::context::Context;
use super::ident::Ident;
use super::keys;
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
    /// The words that the group is called by.
    pub(super) words: Vec<String>,
}

/// What a security scheme is called.
#[derive(Debug, Clone, Default)]
pub struct SchemeNames {
    /// The constant in `client.rs`.
    pub constant: Ident,
    /// The method of `ClientBuilder` that takes its credential.
    pub method: Ident,
    /// The method that gets tokens for the client itself.
    pub client_credentials: Ident,
    /// The method that gets tokens for a refresh token.
    pub refresh_token: Ident,
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
    let called = called(&ctx.api.groups);
    let handles = kind(ctx, &called, Scope::types(&[]), &handles);
    let [modules, accessors, features] =
        [modules, accessors, features].map(|these| kind(ctx, &called, Scope::values(&[]), &these));
    let names = modules.into_iter().zip(handles).zip(accessors).zip(features);
    let named = names.zip(&called).map(|((((module, handle), accessor), feature), called)| GroupNames {
        module,
        handle,
        accessor,
        feature: feature.to_string(),
        words: if called == GENERAL { Vec::new() } else { words::words(called) },
    });
    named.collect()
}

/// The group of what belongs nowhere.
const GENERAL: &str = "general";

/// What the tags of groups say: without pictures, remarks in parentheses and words that say the same of every group.
fn called(groups: &[Group]) -> Vec<String> {
    let mut called: Vec<String> = groups.iter().map(|group| plain(&group.wire)).collect();
    let all: Vec<Vec<String>> = called.iter().map(|name| words::words(name)).collect();
    let first = all.first().and_then(|words| words.first());
    let shared = all.len() > 2 && all.iter().all(|words| words.len() > 1 && words.first() == first);
    if shared {
        called = all.iter().map(|words| words.get(1..).unwrap_or_default().join("_")).collect();
    }
    called
}

/// A tag without what only decorates it.
fn plain(tag: &str) -> String {
    if tag.is_empty() {
        return GENERAL.to_owned();
    }
    let letters = |text: &str| text.chars().any(char::is_alphanumeric);
    let remark = |tag: &str| {
        let (before, _) = tag.strip_suffix(')')?.rsplit_once('(')?;
        letters(before).then(|| before.trim_end().to_owned())
    };
    let class = |tag: &str| {
        let words = words::words(tag);
        let (last, rest) = words.split_last()?;
        (last == "controller" && !rest.is_empty()).then(|| rest.join("_"))
    };
    let text = remark(tag).unwrap_or_else(|| tag.to_owned());
    let text = class(&text).unwrap_or(text);
    if !letters(&text) {
        return text;
    }
    let is_picture = |character: char| !character.is_ascii() && !character.is_alphanumeric();
    text.replace(is_picture, " ").trim().to_owned()
}

fn kind(ctx: &Context<'_>, called: &[String], mut scope: Scope, kind: &Kind) -> Vec<Ident> {
    for (group, names) in ctx.api.groups.iter().filter_map(|group| Some((group, ctx.lock.groups.get(&group.wire)?))) {
        let published = (kind.published)(names);
        if !kind.reserved.contains(&published) {
            scope.keep(&group.wire, published);
        }
    }
    let wishes: Vec<Wish> =
        ctx.api.groups.iter().zip(called).map(|(group, called)| wish(group, called, kind)).collect();
    let idents = scope.assign(&wishes);
    ctx.close(scope);
    idents
}

fn wish(group: &Group, called: &str, kind: &Kind) -> Wish {
    let ident = |text: &str| {
        let text = (kind.name)(text);
        let clashes = kind.reserved.contains(&text.as_str());
        if clashes { format!("{}{}", text.trim_end_matches('_'), kind.suffix) } else { text }
    };
    if let Some(user) = &group.rust_name {
        return Wish::new(&group.wire, ident(user), user, Wish::USER);
    }
    let whole = if group.wire.is_empty() { called } else { &group.wire };
    Wish::new(&group.wire, ident(called), whole, 1).or(ident(whole))
}

pub(super) fn schemes(ctx: &Context<'_>) -> Vec<SchemeNames> {
    let (mut constants, mut methods) = (Scope::values(&[]), Scope::values(reserved::CLIENT_BUILDER));
    let published = |scheme: &SecurityScheme| ctx.lock.security.get(&scheme.wire);
    for (scheme, names) in ctx.api.security.iter().filter_map(|scheme| Some((scheme, published(scheme)?))) {
        constants.keep(&scheme.wire, &names.constant);
        methods.keep(&scheme.wire, &names.method);
    }
    let constant = |scheme: &SecurityScheme| {
        let name = words::shouty(&scheme.wire);
        // `A` is how a type would be spelled, too.
        let clashes = name == words::pascal(&scheme.wire, Symbols::Separate);
        Wish::new(&scheme.wire, if clashes { format!("{name}_AUTH") } else { name }, &scheme.wire, 1)
    };
    let method = |scheme: &SecurityScheme| {
        let name = words::snake(&scheme.wire);
        let clashes = reserved::CLIENT_BUILDER.contains(&name.as_str());
        Wish::new(&scheme.wire, if clashes { format!("{name}_auth") } else { name }, &scheme.wire, 1)
    };
    let schemes = &ctx.api.security;
    let constant_idents = constants.assign(&schemes.iter().map(constant).collect::<Vec<_>>());
    let method_idents = methods.assign(&schemes.iter().map(method).collect::<Vec<_>>());
    let mut further = |method: &Ident, what: &str| {
        methods.one(Wish::new(keys::beside(method.as_str(), what), format!("{method}_{what}"), "", 7))
    };
    let names = constant_idents.into_iter().zip(method_idents).map(|(constant, method)| SchemeNames {
        client_credentials: further(&method, "client_credentials"),
        refresh_token: further(&method, "refresh_token"),
        constant,
        method,
    });
    let names = names.collect();
    ctx.close(constants);
    ctx.close(methods);
    names
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
