//! `src/servers.rs`: the servers that users choose from, with typed variables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Server, ServerVariable};
use crate::names::{ServerNames, VariableNames};
use crate::tree::{Module, Tree};

use super::{Ctx, docs};

/// Adds `src/servers.rs`, where there is something to choose.
pub(super) fn files<'a>(ctx: &'a Ctx<'a>, tree: &mut Tree<'a>) {
    if is_there(ctx) {
        tree.rust("src/servers.rs", move || file(ctx));
    }
}

/// Whether there is something to choose.
pub(super) fn is_there(ctx: &Ctx<'_>) -> bool {
    !ctx.api.choices().is_empty()
}

fn file(ctx: &Ctx<'_>) -> Module {
    let text = "The servers that the document names, each for `base_url` of the client's builder or of a request.";
    let mut module = Module { header: ctx.header(), docs: vec![text.to_owned()], ..Module::default() };
    for (server, names) in ctx.api.choices().into_iter().zip(ctx.names.servers()) {
        module.code(self::server(server, names));
        for (variable, names) in server.variables.iter().zip(&names.variables) {
            module.code(values(server, variable, names));
        }
    }
    module
}

fn server(server: &Server, names: &ServerNames) -> TokenStream {
    let brief = docs::brief(&server.docs).map(|text| format!(": {text}")).unwrap_or_default();
    let docs = docs::attributes(&docs::safe(&format!("{}{brief}", docs::code(&server.url))));
    let (ty, url) = (&names.ty, &server.url);
    if server.variables.is_empty() {
        return quote! {
            #docs
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct #ty;

            impl From<#ty> for String {
                fn from(_: #ty) -> Self {
                    #url.to_owned()
                }
            }
        };
    }
    let fields = rows(server, names).map(|(variable, names)| {
        let (field, ty) = (&names.setter, field_type(variable, names));
        quote!(#field: #ty,)
    });
    let values = rows(server, names).map(|(_, names)| {
        let field = &names.setter;
        quote!(server.#field)
    });
    let (format, functions) = (format(server), functions(server, names));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct #ty {
            #(#fields)*
        }

        #functions

        impl From<#ty> for String {
            fn from(server: #ty) -> Self {
                format!(#format, #(#values),*)
            }
        }
    }
}

fn rows<'a>(
    server: &'a Server,
    names: &'a ServerNames,
) -> impl Iterator<Item = (&'a ServerVariable, &'a VariableNames)> {
    server.variables.iter().zip(&names.variables)
}

fn field_type(variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let ty = &names.ty;
    if variable.values.is_empty() { quote!(String) } else { quote!(#ty) }
}

/// `new` with what has no default, and a setter for everything else.
fn functions(server: &Server, names: &ServerNames) -> TokenStream {
    let ty = &names.ty;
    let required = rows(server, names).filter(|(variable, _)| variable.default.is_none());
    let arguments: Vec<TokenStream> = required.map(|(variable, names)| argument(variable, names)).collect();
    let fields = rows(server, names).map(|(variable, names)| {
        let (field, value) = (&names.setter, start(variable, names));
        quote!(#field: #value,)
    });
    let optional = rows(server, names).filter(|(variable, _)| variable.default.is_some());
    let setters = optional.map(|(variable, names)| setter(variable, names));
    let default = arguments.is_empty().then(|| {
        quote! {
            impl Default for #ty {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        impl #ty {
            /// The server with the defaults of its variables.
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields)* }
            }

            #(#setters)*
        }

        #default
    }
}

fn argument(variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let (name, ty) = (&names.setter, field_type(variable, names));
    if variable.values.is_empty() { quote!(#name: impl Into<String>) } else { quote!(#name: #ty) }
}

/// The value that a new server has.
fn start(variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let (name, ty) = (&names.setter, &names.ty);
    let Some(default) = &variable.default else {
        return if variable.values.is_empty() { quote!(#name.into()) } else { quote!(#name) };
    };
    let listed = variable.values.iter().position(|value| value == default).and_then(|at| names.variants.get(at));
    match (listed, names.variants.first()) {
        (Some(variant), _) | (None, Some(variant)) => quote!(#ty::#variant),
        (None, None) => quote!(#default.to_owned()),
    }
}

fn setter(variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let docs = docs::attributes(&docs::lines(&variable.docs, &format!("Sets {}.", docs::code(&variable.wire))));
    let (name, argument) = (&names.setter, argument(variable, names));
    let value = if variable.values.is_empty() { quote!(#name.into()) } else { quote!(#name) };
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The URL with a pair of braces for each variable.
fn format(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.wire), "{}");
    }
    url
}

/// The enum of a variable's values.
fn values(server: &Server, variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    if variable.values.is_empty() {
        return TokenStream::new();
    }
    let text = format!("The values of {} in {}.", docs::code(&variable.wire), docs::code(&server.url));
    let (docs, ty) = (docs::attributes(&docs::safe(&text)), &names.ty);
    let variants = variable.values.iter().zip(&names.variants).map(|(value, variant)| {
        let docs = docs::attributes(&docs::safe(&docs::code(value)));
        quote!(#docs #variant,)
    });
    let texts = variable.values.iter().zip(&names.variants).map(|(value, variant)| quote!(Self::#variant => #value,));
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants)*
        }

        impl std::fmt::Display for #ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { #(#texts)* })
            }
        }
    }
}
