//! Parameters: arguments where they are required, setters on the request where they are not.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Encoding, Location, Parameter, Style, Type};
use crate::names::Ident;

use super::object::{deprecated, is_operator, is_placeholder};
use super::operation::Call;
use super::scope::Scope;
use super::{body, docs};

/// Arguments and the steps that put them into the request.
pub(super) fn required(scope: &Scope<'_>, call: &Call<'_>) -> Vec<(TokenStream, TokenStream)> {
    let all = call.operation.parameters.iter().zip(&call.names.parameters);
    all.filter(|(parameter, _)| parameter.required).map(|(parameter, name)| one(scope, parameter, name, name)).collect()
}

/// `impl Request<'_, List> { … }` with one setter per optional parameter and optional body.
pub(super) fn setters(scope: &Scope<'_>, call: &Call<'_>, see: &str) -> TokenStream {
    let all = call.operation.parameters.iter().zip(&call.names.parameters);
    let mut setters: Vec<TokenStream> = all
        .filter(|(parameter, _)| !parameter.required)
        .map(|(parameter, name)| setter(scope, parameter, name))
        .collect();
    if let Some(body) = call.operation.body.as_ref().filter(|body| !body.required) {
        setters.extend(
            body.contents
                .iter()
                .zip(&call.names.bodies)
                .map(|(content, name)| body::setter(scope, body, content, name)),
        );
    }
    if setters.is_empty() {
        return TokenStream::new();
    }
    let (request, marker) = (scope.runtime("Request"), call.marker);
    let docs = docs::attributes(&[format!("Options of {see}.")]);
    quote! {
        #docs
        impl #request<'_, #marker> {
            #(#setters)*
        }
    }
}

fn setter(scope: &Scope<'_>, parameter: &Parameter, name: &Ident) -> TokenStream {
    let fallback = format!("Sets {}.", docs::code(&parameter.wire));
    scope.item(&docs::lines(&parameter.docs, &fallback), || {
        let deprecated = deprecated(parameter.deprecated);
        let operator = is_operator(name).then(|| quote!(#[allow(clippy::should_implement_trait)]));
        let placeholder = is_placeholder(name).then(|| quote!(#[allow(clippy::disallowed_names)]));
        let (argument, step) = one(scope, parameter, name, name);
        quote! {
            #deprecated
            #operator
            #placeholder
            pub fn #name(self, #argument) -> Self {
                self #step
            }
        }
    })
}

/// The argument and the step for one parameter.
fn one(scope: &Scope<'_>, parameter: &Parameter, name: &Ident, value: &Ident) -> (TokenStream, TokenStream) {
    let ty = without_null(&parameter.ty);
    if let (Type::List(item), Location::Query, Encoding::Style { .. }) = (ty, parameter.location, &parameter.encoding) {
        let (ty, values) = list(scope, item, value);
        return (quote!(#name: #ty), step(scope, parameter, values, true));
    }
    if parameter.allow_empty && !is_string(scope, ty) {
        let ty = scope.ty(ty);
        let (argument, value) = (quote!(#name: impl Into<Option<#ty>>), quote!(&Into::<Option<#ty>>::into(#value)));
        return (argument, step(scope, parameter, value, false));
    }
    let ty = if is_string(scope, ty) { quote!(&str) } else { scope.ty(ty) };
    (quote!(#name: #ty), step(scope, parameter, quote!(&#value), false))
}

/// A list is taken as anything that can be iterated.
fn list(scope: &Scope<'_>, item: &Type, name: &Ident) -> (TokenStream, TokenStream) {
    if is_string(scope, item) {
        return (
            quote!(impl IntoIterator<Item = impl Into<String>>),
            quote!(#name.into_iter().map(Into::<String>::into)),
        );
    }
    let item = scope.ty(item);
    (quote!(impl IntoIterator<Item = #item>), quote!(#name))
}

/// Whether a type is a string, also under another name.
fn is_string(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Named(id) => scope.ctx.def(*id).is_some_and(|def| match &def.shape {
            crate::ir::Shape::Alias(Type::String) => true,
            crate::ir::Shape::Alias(inner @ Type::Named(next)) => next != id && is_string(scope, inner),
            _ => false,
        }),
        _ => false,
    }
}

/// A parameter's `null` is not sent, so it is no value to give.
fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => without_null(inner),
        _ => ty,
    }
}

fn step(scope: &Scope<'_>, parameter: &Parameter, value: TokenStream, list: bool) -> TokenStream {
    let empty = parameter.allow_empty.then(|| quote!(.or_empty()));
    let (wire, style) = (&parameter.wire, || {
        let style = style(scope, &parameter.encoding);
        quote!(#style #empty)
    });
    match parameter.location {
        Location::QueryString if is_form(&parameter.encoding) => {
            let encodings = body::encodings(scope, &parameter.form);
            quote!(.query_form(#value, #encodings))
        }
        Location::QueryString => {
            let style = style();
            quote!(.query_string(#style, #value))
        }
        Location::Query if list => {
            let style = style();
            quote!(.query_list(#wire, #style, #value))
        }
        location => {
            let (style, method) = (style(), format_ident!("{}", method(location)));
            quote!(.#method(#wire, #style, #value))
        }
    }
}

/// The method of a request that takes a parameter.
fn method(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "query_string",
        Location::Header => "header_param",
        Location::Cookie => "cookie",
    }
}

/// Whether a query is a form (OpenAPI 3.2.0 §4.12.5); nothing else can have a style.
pub(crate) fn is_form(encoding: &Encoding) -> bool {
    match encoding {
        Encoding::Style { .. } => true,
        Encoding::Content(media_type) => essence(media_type) == "application/x-www-form-urlencoded",
    }
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `Style::FORM_JOINED`
pub(super) fn style(scope: &Scope<'_>, encoding: &Encoding) -> TokenStream {
    let name = scope.runtime("Style");
    let (style, explode, allow_reserved) = match encoding {
        Encoding::Style { style, explode, allow_reserved } => (style, explode, allow_reserved),
        Encoding::Content(media_type) if is_json(media_type) => return quote!(#name::JSON),
        Encoding::Content(_) => return quote!(#name::TEXT),
    };
    let constant = match (style, explode) {
        (Style::Simple, false) => quote!(SIMPLE),
        (Style::Simple, true) => quote!(SIMPLE_EXPLODE),
        (Style::Label, false) => quote!(LABEL),
        (Style::Label, true) => quote!(LABEL_EXPLODE),
        (Style::Matrix, false) => quote!(MATRIX),
        (Style::Matrix, true) => quote!(MATRIX_EXPLODE),
        (Style::Form, false) => quote!(FORM_JOINED),
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => quote!(FORM),
        (Style::SpaceDelimited, false) => quote!(SPACE),
        (Style::PipeDelimited, false) => quote!(PIPE),
        (Style::DeepObject, _) => quote!(DEEP),
        (Style::Cookie, true) => quote!(COOKIE),
        (Style::Cookie, false) => quote!(COOKIE_JOINED),
    };
    let reserved = allow_reserved.then(|| quote!(.reserved()));
    quote!(#name::#constant #reserved)
}
