//! `src/client.rs`: the entry points of the client and what it takes to authenticate.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Base, GroupId, OAuth2, Reach, SchemeId, SchemeKind, SecurityScheme, Server};
use crate::names::{Ident, SchemeNames};
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
        body.code(constant(&scope, scheme, ctx.names.scheme(SchemeId(index))));
    }
    body.code(entry(&scope));
    body.code(credentials(&scope));
    let docs = vec!["The client: how it is built, and what it can be asked for.".to_owned()];
    let mut module = Module { header: ctx.header(), docs, ..Module::default() };
    module.uses(scope.imports());
    module.items.append(&mut body.items);
    module
}

fn entry(scope: &Scope<'_>) -> TokenStream {
    let (client, builder) = (scope.runtime("Client"), scope.runtime("ClientBuilder"));
    let base = scope.ctx.api.base();
    let docs = docs::attributes(&builder_docs(&scope.ctx.api.servers, &base));
    let agent = quote!(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    let (argument, made) = match &base {
        Base::Known(url) => (TokenStream::new(), quote!(#builder::new(#url, #agent))),
        Base::Document(url) => {
            (quote!(document_url: impl Into<String>), quote!(#builder::relative(document_url, #url, #agent)))
        }
        Base::Given => (quote!(base_url: impl Into<String>), quote!(#builder::new(base_url, #agent))),
    };
    let accessors = scope.ctx.groups().map(|id| accessor(scope, id));
    quote! {
        impl #client {
            #docs
            pub fn builder(#argument) -> #builder {
                #made
            }

            #(#accessors)*
        }
    }
}

fn builder_docs(servers: &[Server], base: &Base) -> Vec<String> {
    let mut text = match base {
        Base::Known(url) => format!("A builder of clients for {}.", docs::code(url)),
        Base::Document(url) => {
            let url = docs::code(url);
            format!("A builder of clients for {url}, which is relative to where the document came from.")
        }
        Base::Given => "A builder of clients for the API at `base_url`, which the document does not tell.".to_owned(),
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

/// `pub const API_KEY_AUTH: Scheme = Scheme::basic("ApiKeyAuth");`
fn constant(scope: &Scope<'_>, scheme: &SecurityScheme, names: &SchemeNames) -> TokenStream {
    let docs =
        docs::attributes(&docs::lines(&scheme.docs, &format!("The security scheme {}.", docs::code(&scheme.wire))));
    let (ty, constant, wire) = (scope.runtime("Scheme"), &names.constant, &scheme.wire);
    let value = match &scheme.kind {
        SchemeKind::Basic => quote!(basic(#wire)),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) => quote!(bearer(#wire)),
        SchemeKind::OtherHttp(name) => quote!(http(#wire, #name)),
        SchemeKind::HeaderKey(name) => quote!(header_key(#wire, #name)),
        SchemeKind::QueryKey(name) => quote!(query_key(#wire, #name)),
        SchemeKind::CookieKey(name) => quote!(cookie_key(#wire, #name)),
        SchemeKind::MutualTls => quote!(mutual_tls(#wire)),
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
        .map(|(index, scheme)| credential(scope, index, scheme, scope.ctx.names.scheme(SchemeId(index))))
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

fn credential(scope: &Scope<'_>, index: usize, scheme: &SecurityScheme, names: &SchemeNames) -> TokenStream {
    let ty = match &scheme.kind {
        SchemeKind::Basic => scope.runtime("Basic"),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) => scope.runtime("Bearer"),
        SchemeKind::OtherHttp(_) | SchemeKind::HeaderKey(_) | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => {
            scope.runtime("ApiKey")
        }
        SchemeKind::MutualTls => return certificate(scope, scheme, names),
    };
    let docs = docs::attributes(&credential_docs(scheme));
    let (method, constant) = (&names.method, &names.constant);
    let tokens = match &scheme.kind {
        SchemeKind::OAuth2(oauth2) => tokens(scope, index, oauth2, names),
        _ => TokenStream::new(),
    };
    quote! {
        #docs
        pub fn #method(self, credential: impl Into<#ty>) -> Self {
            self.credential(#constant, credential.into())
        }

        #tokens
    }
}

/// The certificate itself is the transport's matter.
fn certificate(scope: &Scope<'_>, scheme: &SecurityScheme, names: &SchemeNames) -> TokenStream {
    let mut scheme_docs = scheme.docs.clone();
    scheme_docs.notes.push("The certificate itself is given to the transport.".to_owned());
    let first = format!("Says that the transport has a certificate for {}.", docs::code(&scheme.wire));
    let docs = docs::attributes(&docs::lines(&scheme_docs, &first));
    let (credential, method, constant) = (scope.runtime("Credential"), &names.method, &names.constant);
    quote! {
        #docs
        pub fn #method(self) -> Self {
            self.credential(#constant, #credential::Certificate)
        }
    }
}

/// Shortcuts for those flows of OAuth 2 that need nobody at a browser.
fn tokens(scope: &Scope<'_>, index: usize, oauth2: &OAuth2, names: &SchemeNames) -> TokenStream {
    let (bearer, method) = (scope.runtime("Bearer"), &names.method);
    let flow = |url: &String, name: &Ident, kind: &str, secret: &str, scopes: Option<String>| {
        let provider = scope.runtime("OAuth2");
        let (kind, secret) = (format_ident!("{kind}"), format_ident!("{secret}"));
        let known = Reach::of(url) == Reach::Absolute;
        let place = if known { docs::code(url) } else { "a token endpoint".to_owned() };
        let docs = docs::attributes(&docs::safe(&match kind == "client_credentials" {
            true => format!("Gets access tokens for the client itself from {place}, and renews them."),
            false => format!("Gets access tokens for a refresh token from {place}, and renews them."),
        }));
        let argument = (!known).then(|| quote!(token_url: impl Into<String>,));
        let url = if known { quote!(#url) } else { quote!(token_url) };
        let scopes = scopes.map(|scopes| quote!(.scopes(#scopes)));
        quote! {
            #docs
            pub fn #name(self, #argument client_id: impl Into<String>, #secret: impl Into<String>) -> Self {
                self.#method(#bearer::provider(#provider::#kind(#url, client_id, #secret) #scopes))
            }
        }
    };
    let own = oauth2.client_token_url.as_ref().map(|url| {
        let scopes = scopes(scope, index, oauth2);
        flow(url, &names.client_credentials, "client_credentials", "client_secret", scopes)
    });
    let refresh = oauth2.renewal_url.as_ref();
    let refresh = refresh.map(|url| flow(url, &names.refresh_token, "refresh_token", "refresh_token", None));
    quote!(#own #refresh)
}

/// What the operations need, or else everything that is declared.
fn scopes(scope: &Scope<'_>, index: usize, oauth2: &OAuth2) -> Option<String> {
    let requirements = scope.ctx.api.operations.iter().flat_map(|operation| operation.security.iter().flatten());
    let own = requirements.filter(|requirement| requirement.scheme == SchemeId(index));
    let mut scopes: Vec<&str> = Vec::new();
    for name in own.flat_map(|requirement| &requirement.scopes) {
        if !scopes.contains(&name.as_str()) {
            scopes.push(name);
        }
    }
    if scopes.is_empty() {
        scopes = oauth2.scopes.iter().map(|(name, _)| name.as_str()).collect();
    }
    scopes.sort_unstable();
    (!scopes.is_empty()).then(|| scopes.join(" "))
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
