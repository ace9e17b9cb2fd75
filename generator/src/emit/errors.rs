//! Documented errors: the enum and its `errors!` table.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Content, Form, Operation, Response, Status};
use crate::names::Ident;
use crate::tree::{ErrorRow, Module, Table};

use super::operation::Call;
use super::responses::status_text;
use super::scope::Scope;
use super::{docs, layout};

/// The type of an operation's errors.
pub(super) fn name(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let name = &call.names.error;
    if call.operation.errors.is_empty() { scope.runtime("Undocumented") } else { quote!(#name) }
}

/// Adds the enum and its table, where errors are documented.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>, see: &str, module: &mut Module) {
    if call.operation.errors.is_empty() {
        return;
    }
    let name = &call.names.error;
    module.code(scope.item(&[format!("What {see} documents beside success.")], || {
        let variants = variants(call).map(|(response, ident)| variant(scope, call.operation, response, ident));
        quote! {
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        }
    }));
    module.table(Table::Errors(
        name.clone(),
        variants(call).map(|(response, ident)| row(call.operation, response, ident)).collect(),
    ));
}

fn variants<'a>(call: &Call<'a>) -> impl Iterator<Item = (&'a Response, &'a Ident)> {
    call.operation.errors.iter().zip(&call.names.errors)
}

/// The media type that is read: JSON where there is one. An answer to `HEAD` has no body.
fn content<'a>(operation: &Operation, response: &'a Response) -> Option<&'a Content> {
    let json = response.contents.iter().find(|content| matches!(content.form, Form::Json(_)));
    json.or(response.contents.first()).filter(|_| operation.method != "HEAD")
}

fn variant(scope: &Scope<'_>, operation: &Operation, response: &Response, name: &Ident) -> TokenStream {
    let brief = docs::brief(&response.docs).map(|text| format!(": {text}")).unwrap_or_default();
    let docs = docs::attributes(&docs::safe(&format!("{}{brief}", status_text(response.status))));
    let Some(content) = content(operation, response) else { return quote!(#docs #name,) };
    let ty = match &content.form {
        Form::Json(ty) if layout::is_large(scope.ctx.api, ty) => {
            let ty = scope.ty(ty);
            quote!(Box<#ty>)
        }
        Form::Json(ty) => scope.ty(ty),
        Form::Text | Form::Events(_) | Form::EventObjects(..) | Form::JsonLines(_) | Form::UrlEncoded(..) => {
            quote!(String)
        }
        Form::Binary | Form::Multipart(..) => scope.runtime("Bytes"),
    };
    quote!(#docs #name(#ty),)
}

fn row(operation: &Operation, response: &Response, variant: &Ident) -> ErrorRow {
    let statuses = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00..={digit}99"),
        Status::Default => "_".to_owned(),
    };
    let body = content(operation, response).map(|content| match &content.form {
        Form::Json(_) => "json",
        Form::Text | Form::Events(_) | Form::EventObjects(..) | Form::JsonLines(_) | Form::UrlEncoded(..) => "text",
        Form::Binary | Form::Multipart(..) => "bytes",
    });
    ErrorRow { statuses, variant: variant.clone(), body }
}
