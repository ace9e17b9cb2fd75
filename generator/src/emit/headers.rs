//! Response headers: a struct with what the document describes, and how it is read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Encoding, Header, Shape, Type};
use crate::names::Ident;
use crate::tree::{Definition, Kind, Member, Module};

use super::docs;
use super::operation::Call;
use super::scope::Scope;

/// The struct of headers and its reader, where any are described. The first call of an operation has the struct.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>, see: &str, module: &mut Module) {
    let headers = call.operation.headers();
    if headers.is_empty() {
        return;
    }
    let rows: Vec<(&Header, &Ident)> = headers.into_iter().zip(&call.names.header_fields).collect();
    if call.first {
        module.define(scope.define(|| definition(scope, call, &rows, see)));
    }
    module.code(scope.item(&[], || reader(scope, call, &rows)));
}

fn definition(scope: &Scope<'_>, call: &Call<'_>, rows: &[(&Header, &Ident)], see: &str) -> Definition {
    let members = rows.iter().map(|(header, field)| Member {
        docs: docs::lines(&header.docs, &format!("The header {}.", docs::code(&header.wire))),
        attributes: Vec::new(),
        name: (*field).clone(),
        ty: Some(scope.option(&header.ty)),
    });
    Definition {
        docs: vec![format!("Headers of the responses to {see}.")],
        attributes: vec!["#[derive(Debug, Clone, PartialEq)]".to_owned(), "#[non_exhaustive]".to_owned()],
        kind: Kind::Struct,
        name: call.names.headers.clone(),
        members: members.collect(),
    }
}

fn reader(scope: &Scope<'_>, call: &Call<'_>, rows: &[(&Header, &Ident)]) -> TokenStream {
    let (marker, name) = (call.marker, &call.names.headers);
    let typed = scope.runtime("TypedHeaders");
    let (map, reader) = (scope.runtime("HeaderMap"), scope.runtime("HeaderReader"));
    let fields = rows.iter().map(|(header, field)| {
        let read = read(scope, header);
        quote!(#field: headers.#read,)
    });
    quote! {
        impl #typed for #marker {
            type Headers = #name;
            fn headers(headers: &#map) -> #name {
                let headers = #reader::new(headers);
                #name { #(#fields)* }
            }
        }
    }
}

/// The call that reads one header.
fn read(scope: &Scope<'_>, header: &Header) -> TokenStream {
    let wire = &header.wire;
    let explode = match &header.encoding {
        Encoding::Content(media_type) if media_type.contains("json") => return quote!(json(#wire)),
        Encoding::Content(_) => return quote!(value(#wire)),
        Encoding::Style { explode, .. } => *explode,
    };
    match behind(scope, &header.ty) {
        Type::List(_) => quote!(list(#wire)),
        Type::Map(_) => quote!(object(#wire, #explode)),
        Type::Named(id) if scope.ctx.def(*id).is_some_and(|def| matches!(def.shape, Shape::Struct(_))) => {
            quote!(object(#wire, #explode))
        }
        _ => quote!(value(#wire)),
    }
}

fn behind<'a>(scope: &Scope<'a>, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => behind(scope, inner),
        Type::Named(id) => match scope.ctx.def(*id).map(|def| &def.shape) {
            Some(Shape::Alias(inner)) => behind(scope, inner),
            _ => ty,
        },
        _ => ty,
    }
}
