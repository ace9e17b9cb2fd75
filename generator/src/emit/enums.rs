//! Open enums of strings and of integers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Docs, IntegerValue, StringValue, TypeDef, TypeId};
use crate::names::Ident;
use crate::tree::{Module, Table};

use super::docs;
use super::scope::Scope;
use super::types::{head, type_docs};

/// Adds an enum of strings.
pub(super) fn strings(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[StringValue], module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let variants = names.members.variants.iter().zip(values);
    let known = variants.clone().map(|(name, value)| variant(name, &value.docs, &value.wire));
    let unknown = scope.runtime("UnknownValue");
    module.code(scope.item(&type_docs(def), || definition(def, &names.ident, known, &unknown)));
    let rows = variants.map(|(name, value)| (name.clone(), value.wire.clone())).collect();
    module.table(Table::StringEnum(names.ident.clone(), rows));
}

/// Adds an enum of integers.
pub(super) fn integers(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[IntegerValue], module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let variants = names.members.variants.iter().zip(values);
    let known = variants.clone().map(|(name, value)| variant(name, &value.docs, &value.wire.to_string()));
    let unknown = scope.runtime("UnknownInteger");
    module.code(scope.item(&type_docs(def), || definition(def, &names.ident, known, &unknown)));
    let rows = variants.map(|(name, value)| (name.clone(), value.wire)).collect();
    module.table(Table::IntegerEnum(names.ident.clone(), rows));
}

fn variant(name: &Ident, docs: &Docs, wire: &str) -> TokenStream {
    let fallback = if wire.is_empty() { "The empty string.".to_owned() } else { docs::code(wire) };
    let docs = docs::attributes(&docs::lines(docs, &fallback));
    quote!(#docs #name,)
}

fn definition(
    def: &TypeDef,
    ident: &Ident,
    variants: impl Iterator<Item = TokenStream>,
    unknown: &TokenStream,
) -> TokenStream {
    let head = head(def, &["Debug", "Clone", "PartialEq", "Eq", "Hash"]);
    quote! {
        #head
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that this version of the crate does not know; it round-trips.
            Unknown(#unknown),
        }
    }
}
