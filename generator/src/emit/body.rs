//! Request bodies: an argument where one is required, a setter where it is not.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Body, Content, Form, PropertyEncoding, Type};
use crate::names::Ident;

use super::docs;
use super::object::is_placeholder;
use super::parameters::style;
use super::scope::Scope;

/// The argument for a body and the step that puts it into the request.
pub(super) fn argument(scope: &Scope<'_>, content: &Content, name: &Ident) -> (TokenStream, TokenStream) {
    let media_type = &concrete(content);
    let (ty, step) = match &content.form {
        Form::Json(ty) if media_type == "application/json" => (value(scope, ty), quote!(.json(&#name))),
        Form::Json(ty) => (value(scope, ty), quote!(.json_as(#media_type, &#name))),
        Form::UrlEncoded(ty, encodings) => {
            let encodings = self::encodings(scope, encodings);
            (value(scope, ty), quote!(.form(&#name, #encodings)))
        }
        Form::Multipart(ty, encodings) => {
            let encodings = self::encodings(scope, encodings);
            let step = match media_type.as_str() {
                "multipart/form-data" => quote!(.multipart(&#name, #encodings)),
                _ => quote!(.multipart_as(#media_type, &#name, #encodings)),
            };
            (value(scope, ty), step)
        }
        Form::Text | Form::Events(_) | Form::EventObjects(..) => {
            (quote!(impl Into<String>), quote!(.text(#media_type, #name)))
        }
        Form::Binary if content.media_type.contains('*') => {
            let file = scope.runtime("File");
            (quote!(impl Into<#file>), quote!(.file(#name)))
        }
        Form::Binary => {
            let body = scope.runtime("Body");
            (quote!(impl Into<#body>), quote!(.bytes(#media_type, #name)))
        }
        Form::JsonLines(ty) => {
            let ty = scope.ty(ty);
            (quote!(impl IntoIterator<Item = #ty>), quote!(.json_lines(#media_type, #name)))
        }
    };
    (quote!(#name: #ty), step)
}

/// The media type that is sent; a range says only what may be (RFC 9110 §12.5.1).
pub(crate) fn concrete(content: &Content) -> String {
    let essence = content.media_type.split(';').next().unwrap_or_default().trim();
    match &content.form {
        _ if content.media_type.contains('*') => {}
        // The boundary is chosen anew for each request.
        Form::Multipart(..) => return essence.to_owned(),
        _ => return content.media_type.clone(),
    }
    let concrete = match &content.form {
        Form::Json(_) => "application/json",
        Form::UrlEncoded(..) => "application/x-www-form-urlencoded",
        Form::Multipart(..) => "multipart/form-data",
        Form::Text => "text/plain",
        Form::Binary => "application/octet-stream",
        Form::JsonLines(_) => "application/x-ndjson",
        Form::Events(_) | Form::EventObjects(..) => "text/event-stream",
    };
    concrete.to_owned()
}

fn value(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    if *ty == Type::String { quote!(&str) } else { scope.ty(ty) }
}

pub(super) fn encodings(scope: &Scope<'_>, encodings: &[PropertyEncoding]) -> TokenStream {
    let rows = encodings.iter().map(|property| {
        let (encoding, wire) = (scope.runtime("Encoding"), &property.wire);
        let style = property.style.as_ref().map(|encoding| style(scope, encoding)).map(|style| quote!(.style(#style)));
        let content_type = property.content_type.as_ref().map(|content_type| quote!(.content_type(#content_type)));
        quote!(#encoding::new(#wire) #style #content_type)
    });
    quote!(&[#(#rows),*])
}

/// The setter of an optional body.
pub(super) fn setter(scope: &Scope<'_>, body: &Body, content: &Content, name: &Ident) -> TokenStream {
    let fallback = format!("Sets the body, sent as {}.", docs::code(&content.media_type));
    scope.item(&docs::lines(&body.docs, &fallback), || {
        let (argument, step) = argument(scope, content, name);
        let placeholder = is_placeholder(name).then(|| quote!(#[allow(clippy::disallowed_names)]));
        quote! {
            #placeholder
            pub fn #name(self, #argument) -> Self {
                self #step
            }
        }
    })
}
