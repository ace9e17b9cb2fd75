//! `src/client.rs`: the entry points of the client and what it takes to authenticate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{GroupId, SchemeId, SchemeKind, SecurityScheme, Server};
use crate::names::SchemeNames;
use crate::tree::{Module, Tree};

use super::scope::Scope;
use super::{Ctx, docs};

/// Adds `src/client.rs`.
pub(super) fn files<'a>(ctx: &'a Ctx<'a>, tree: &mut Tree<'a>) {
    tree.rust("src/client.rs", move || file(ctx));
}

fn file(ctx: &Ctx<'_>) -> Module {
    let scope = Scope::new(ctx, None, std::collections::BTreeSet::new());
    let mut body = Module::default();
    for (index, scheme) in ctx.api.security.iter().enumerate() {
        body.code(constant(&scope, index, scheme, ctx.names.scheme(SchemeId(index))));
    }
    body.code(entry(&scope));
    body.code(credentials(&scope));
    let docs = vec!["The client: how it is built, and what it can be asked for.".to_owned()];
    let mut module = Module { header: ctx.header(), docs, ..Module::default() };
    module.code(scope.imports());
    module.items.append(&mut body.items);
    module
}

/// The URL with the defaults of its variables, without a trailing slash.
pub(super) fn base_url(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.wire), &variable.default);
    }
    url.trim_end_matches('/').to_owned()
}

fn entry(scope: &Scope<'_>) -> TokenStream {
    let (client, builder) = (scope.runtime("Client"), scope.runtime("ClientBuilder"));
    let url = scope.ctx.api.servers.first().map(base_url).unwrap_or_default();
    let docs = docs::attributes(&builder_docs(&scope.ctx.api.servers));
    let accessors = scope.ctx.groups().map(|id| accessor(scope, id));
    quote! {
        impl #client {
            #docs
            pub fn builder() -> #builder {
                #builder::new(#url, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            }

            #(#accessors)*
        }
    }
}

fn builder_docs(servers: &[Server]) -> Vec<String> {
    let mut text = match servers.first() {
        Some(server) => format!("A builder of clients for {}.", docs::code(&base_url(server))),
        None => "A builder of clients. The document names no server: set `base_url`.".to_owned(),
    };
    if servers.len() > 1 {
        text.push_str("\n\nServers that the document names:\n\n");
        for server in servers {
            let brief = docs::brief(&server.docs).map(|text| format!(": {text}")).unwrap_or_default();
            text.push_str(&format!("* {}{brief}\n", docs::code(&server.url)));
        }
    }
    docs::safe(&text)
}

fn accessor(scope: &Scope<'_>, id: GroupId) -> TokenStream {
    let names = scope.ctx.names.group(id);
    let (module, handle, accessor, feature) = (&names.module, &names.handle, &names.accessor, &names.feature);
    let group = scope.ctx.api.groups.get(id.0);
    let wire = group.map_or("", |group| group.wire.as_str());
    let fallback = if wire.is_empty() {
        "Operations without a tag.".to_owned()
    } else {
        format!("Operations of the group {}.", docs::code(wire))
    };
    let docs = docs::attributes(&group.map_or_else(Vec::new, |group| docs::lines(&group.docs, &fallback)));
    quote! {
        #docs
        #[cfg(feature = #feature)]
        pub fn #accessor(&self) -> crate::api::#module::#handle<'_> {
            crate::api::#module::#handle::new(self)
        }
    }
}

/// `pub const API_KEY_AUTH: Scheme = Scheme::basic(0, "ApiKeyAuth");`
fn constant(scope: &Scope<'_>, index: usize, scheme: &SecurityScheme, names: &SchemeNames) -> TokenStream {
    let docs =
        docs::attributes(&docs::lines(&scheme.docs, &format!("The security scheme {}.", docs::code(&scheme.wire))));
    let (ty, constant, wire) = (scope.runtime("Scheme"), &names.constant, &scheme.wire);
    let index = Literal::usize_unsuffixed(index);
    let value = match &scheme.kind {
        SchemeKind::Basic => quote!(basic(#index, #wire)),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) => quote!(bearer(#index, #wire)),
        SchemeKind::OtherHttp(name) => quote!(http(#index, #wire, #name)),
        SchemeKind::HeaderKey(name) => quote!(header_key(#index, #wire, #name)),
        SchemeKind::QueryKey(name) => quote!(query_key(#index, #wire, #name)),
        SchemeKind::CookieKey(name) => quote!(cookie_key(#index, #wire, #name)),
        SchemeKind::MutualTls => quote!(mutual_tls(#index, #wire)),
    };
    quote! {
        #docs
        pub const #constant: #ty = #ty::#value;
    }
}

/// One method per scheme that takes a credential.
fn credentials(scope: &Scope<'_>) -> TokenStream {
    let schemes = scope.ctx.api.security.iter().enumerate();
    let methods: Vec<TokenStream> = schemes
        .filter_map(|(index, scheme)| credential(scope, scheme, scope.ctx.names.scheme(SchemeId(index))))
        .collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    let builder = scope.runtime("ClientBuilder");
    quote! {
        impl #builder {
            #(#methods)*
        }
    }
}

fn credential(scope: &Scope<'_>, scheme: &SecurityScheme, names: &SchemeNames) -> Option<TokenStream> {
    let ty = match &scheme.kind {
        SchemeKind::Basic => scope.runtime("Basic"),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) => scope.runtime("Bearer"),
        SchemeKind::OtherHttp(_) | SchemeKind::HeaderKey(_) | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => {
            scope.runtime("ApiKey")
        }
        SchemeKind::MutualTls => return None,
    };
    let docs = docs::attributes(&credential_docs(scheme));
    let (method, constant) = (&names.method, &names.constant);
    Some(quote! {
        #docs
        pub fn #method(self, credential: impl Into<#ty>) -> Self {
            self.credential(#constant, credential.into())
        }
    })
}

fn credential_docs(scheme: &SecurityScheme) -> Vec<String> {
    let mut scheme_docs = scheme.docs.clone();
    if let SchemeKind::OAuth2(oauth) = &scheme.kind {
        scheme_docs
            .notes
            .extend(oauth.authorization_url.iter().map(|url| format!("Authorization URL: {}", docs::code(url))));
        scheme_docs.notes.extend(oauth.token_url.iter().map(|url| format!("Token URL: {}", docs::code(url))));
        scheme_docs
            .notes
            .extend(oauth.scopes.iter().map(|(scope, text)| format!("Scope {}: {text}", docs::code(scope))));
    }
    docs::lines(&scheme_docs, &format!("Sets the credential of the security scheme {}.", docs::code(&scheme.wire)))
}
