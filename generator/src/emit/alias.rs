//! Other names for a type, and types around a type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Type, TypeDef, TypeId};
use crate::tree::{Module, Table};

use super::layout;
use super::object::deprecated;
use super::scope::{Scope, tokens};
use super::types::{head, type_docs};

/// Adds `pub type Name = Type;`.
pub(super) fn alias(scope: &Scope<'_>, id: TypeId, def: &TypeDef, ty: &Type, module: &mut Module) {
    let ident = &scope.ctx.names.ty(id).ident;
    module.code(scope.item(&type_docs(def), || {
        let deprecated = deprecated(def.deprecated);
        let complex = complexity(ty);
        let ty = scope.ty(ty);
        quote!(#deprecated #complex pub type #ident = #ty;)
    }));
}

/// Adds `pub type Old = Name;` for every former name of a type.
pub(super) fn former(scope: &Scope<'_>, id: TypeId, module: &mut Module) {
    for alias in &scope.ctx.names.ty(id).aliases {
        let ident = &scope.ctx.names.ty(id).ident;
        let docs = vec![format!("The former name of [`{ident}`].")];
        module.code(scope.item(&docs, || {
            let (ty, note) = (tokens(&scope.named(id)), format!("renamed to `{ident}`"));
            quote!(#[deprecated(note = #note)] pub type #alias = #ty;)
        }));
    }
}

/// Adds `pub struct Name(pub Type);`.
pub(super) fn newtype(scope: &Scope<'_>, id: TypeId, def: &TypeDef, ty: &Type, module: &mut Module) {
    let ident = &scope.ctx.names.ty(id).ident;
    module.code(scope.item(&type_docs(def), || {
        let head = tokens(&head(def, &["Debug", "Clone", "PartialEq"]).concat());
        let complex = complexity(ty);
        let ty = scope.ty(ty);
        quote! {
            #head
            #complex
            pub struct #ident(
                /// The value inside.
                pub #ty
            );
        }
    }));
    module.table(Table::Newtype(ident.clone()));
}

fn complexity(ty: &Type) -> Option<TokenStream> {
    layout::is_complex(ty, 0).then(|| quote!(#[allow(clippy::type_complexity)]))
}
