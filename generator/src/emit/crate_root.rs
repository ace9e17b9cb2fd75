//! `src/lib.rs`, and the small modules that only some crates have: webhooks and formats.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{ForeignForm, ForeignId, Webhook};
use crate::names::{self, ForeignPath, Ident};
use crate::tree::{Module, Table, Tree};

use super::scope::Scope;
use super::{Ctx, docs, servers, validate};

/// Adds `src/lib.rs` and what only some crates have.
pub(super) fn files<'a>(ctx: &'a Ctx<'a>, tree: &mut Tree<'a>) {
    tree.rust("src/lib.rs", move || root(ctx));
    if has_webhooks(ctx) {
        tree.rust("src/webhooks.rs", move || webhooks(ctx));
    }
    if has_formats(ctx) {
        tree.rust("src/formats.rs", move || formats(ctx));
    }
}

fn has_webhooks(ctx: &Ctx<'_>) -> bool {
    ctx.api.webhooks.iter().any(|webhook| webhook.payload.is_some())
}

fn has_formats(ctx: &Ctx<'_>) -> bool {
    !ctx.api.needs.formats.is_empty() || !ctx.api.foreign.is_empty()
}

fn root(ctx: &Ctx<'_>) -> Module {
    let mut lines = docs::lines(&ctx.api.info.docs, &format!("Client for {}.", docs::code(&ctx.api.info.title)));
    lines.extend(servers_line(ctx));
    let mut module =
        Module { header: ctx.header(), docs: lines, attributes: quote!(#![forbid(unsafe_code)]), ..Module::default() };
    let webhooks = has_webhooks(ctx).then(|| {
        quote! {
            #[rustfmt::skip]
            pub mod webhooks;
        }
    });
    let servers = servers::is_there(ctx).then(|| {
        quote! {
            #[rustfmt::skip]
            pub mod servers;
        }
    });
    let formats = has_formats(ctx).then(|| {
        quote! {
            #[rustfmt::skip]
            mod formats;
        }
    });
    let (checks, exports) = validate::modules(ctx);
    module.code(quote! {
        #[macro_use]
        #[rustfmt::skip]
        mod runtime;
    });
    module.code(checks);
    module.code(quote! {
        #[rustfmt::skip]
        pub mod api;
        #[rustfmt::skip]
        pub mod client;
        #formats
        #servers
        #[rustfmt::skip]
        pub mod types;
        #webhooks
    });
    module.code(quote! {
        pub use runtime::*;
        #exports
    });
    module.code(quote! {
        #[cfg(all(doctest, feature = "full", feature = "reqwest"))]
        #[doc = include_str!("../README.md")]
        mod readme {}
    });
    module
}

fn servers_line(ctx: &Ctx<'_>) -> Vec<String> {
    let version = &ctx.api.info.version;
    if version.is_empty() {
        Vec::new()
    } else {
        vec![String::new(), format!("Made for version {} of the API.", docs::code(version))]
    }
}

fn webhooks(ctx: &Ctx<'_>) -> Module {
    let scope = Scope::new(ctx, None, std::collections::BTreeSet::new());
    let mut body = Module::default();
    for (webhook, name) in ctx.api.webhooks.iter().zip(ctx.names.webhooks()) {
        body.code(webhook_reader(&scope, webhook, name));
    }
    let docs =
        vec!["What the API sends of its own accord: one function per webhook, which reads its payload.".to_owned()];
    let mut module = Module { header: ctx.header(), docs, ..Module::default() };
    module.uses(scope.imports());
    module.items.append(&mut body.items);
    module
}

fn webhook_reader(scope: &Scope<'_>, webhook: &Webhook, name: &Ident) -> TokenStream {
    let Some(payload) = &webhook.payload else { return TokenStream::new() };
    let fallback = format!("Reads the payload of the webhook {}.", docs::code(&webhook.wire));
    let mut lines = docs::lines(&webhook.docs, &fallback);
    lines.extend(["", "# Errors", "", "The body is not JSON, or not of this shape."].map(str::to_owned));
    scope.item(&lines, || {
        let (ty, error, read) = (scope.ty(payload), scope.runtime("JsonError"), scope.runtime("from_slice"));
        quote! {
            pub fn #name(body: &[u8]) -> Result<#ty, #error> {
                #read(body)
            }
        }
    })
}

/// The types that the user chose, each once, without those that stand for a format as well.
fn foreign<'a>(ctx: &Ctx<'a>) -> BTreeMap<&'a ForeignPath, ForeignForm> {
    let known: BTreeSet<&str> = ctx.api.needs.formats.iter().map(|format| names::of_format(*format)).collect();
    let all = ctx.api.foreign.iter().enumerate();
    let paths = all.filter_map(|(index, foreign)| Some((ctx.names.foreign(ForeignId(index))?, foreign.form)));
    paths.filter(|(path, _)| !known.contains(path.to_string().as_str())).collect()
}

fn formats(ctx: &Ctx<'_>) -> Module {
    let docs = vec!["Types of other crates: how they are read and written.".to_owned()];
    let mut module = Module { header: ctx.header(), docs, ..Module::default() };
    module.code(super::formats::imports(&ctx.api.needs.formats));
    for format in &ctx.api.needs.formats {
        module.table(super::formats::row(*format));
    }
    for (path, form) in foreign(ctx) {
        module.table(match form {
            ForeignForm::Text => Table::TextFormat(path.to_string(), None),
            ForeignForm::Integer | ForeignForm::Number => Table::NumberFormat(path.to_string()),
        });
    }
    module
}
