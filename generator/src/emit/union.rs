//! A union: the enum, its `union!` table and conversions from its members.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Guard, Shape, Type, TypeDef, TypeId, Union, UnionRule, Variant};
use crate::names::Ident;
use crate::tree::{Definition, Kind, Member, Module, Table, TagRow};

use super::docs;
use super::enums::unknown_variant;
use super::layout;
use super::scope::Scope;
use super::types::{open_head, type_docs};

/// Adds the enum and what belongs to it.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, def: &TypeDef, union: &Union, module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let ident = &names.ident;
    let variants: Vec<(&Ident, &Variant)> = names.members.variants.iter().zip(&union.variants).collect();
    module.define(scope.define(|| definition(scope, def, ident, &variants)));
    module.table(table(ident, union, &variants));
    for (name, variant) in &variants {
        if converts(scope, id, variant, union) {
            module.code(scope.item(&[], || conversion(scope, ident, def, name, variant)));
        }
    }
}

fn definition(scope: &Scope<'_>, def: &TypeDef, ident: &Ident, variants: &[(&Ident, &Variant)]) -> Definition {
    let rest = "A value that none of the members describes, as it came.";
    let members = variants.iter().map(|(name, variant)| Member {
        docs: docs::lines(&variant.docs, &fallback(scope, variant)),
        attributes: Vec::new(),
        name: (*name).clone(),
        ty: payload(scope, variant),
    });
    let members = members.chain([unknown_variant(rest, scope.import("RawJson"))]).collect();
    let attributes = open_head(def, &["Debug", "Clone", "PartialEq"]);
    Definition { docs: type_docs(def), attributes, kind: Kind::Enum, name: ident.clone(), members }
}

/// What is said of a member without a title: its tags, else what its type is said to be.
fn fallback(scope: &Scope<'_>, variant: &Variant) -> String {
    if !variant.tags.is_empty() {
        let tags: Vec<String> = variant.tags.iter().map(|tag| docs::code(tag)).collect();
        return tags.join(" or ");
    }
    let inner = match &variant.ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    let def = if let Type::Named(id) = inner { scope.ctx.def(*id) } else { None };
    def.and_then(|def| docs::brief(&def.docs)).unwrap_or_else(|| docs::code(&variant.name))
}

/// The type inside, boxed when it is large; `null` has none.
fn payload(scope: &Scope<'_>, variant: &Variant) -> Option<String> {
    if is_unit(variant) {
        return None;
    }
    let ty = scope.spell(&variant.ty);
    Some(if layout::is_large(scope.ctx.api, &variant.ty) { format!("Box<{ty}>") } else { ty })
}

fn is_unit(variant: &Variant) -> bool {
    variant.guard == Guard::Null && variant.ty == Type::Null
}

fn table(ident: &Ident, union: &Union, variants: &[(&Ident, &Variant)]) -> Table {
    match &union.rule {
        UnionRule::Tag(tag) => {
            let row = |(name, variant): &(&Ident, &Variant)| TagRow {
                tags: variant.tags.clone(),
                variant: (*name).clone(),
                adds_tag: variant.adds_tag,
            };
            let fallback = variants.iter().find(|(_, variant)| variant.fallback).map(|(name, _)| (*name).clone());
            Table::TagUnion(ident.clone(), tag.clone(), variants.iter().map(row).collect(), fallback)
        }
        UnionRule::Guards => Table::GuardUnion(
            ident.clone(),
            variants.iter().map(|(name, variant)| ((*name).clone(), variant.guard.clone())).collect(),
        ),
    }
}

/// Whether a member can be told by its Rust type alone.
fn converts(scope: &Scope<'_>, id: TypeId, variant: &Variant, union: &Union) -> bool {
    let inner = plain(scope, &variant.ty);
    let same = union.variants.iter().filter(|other| plain(scope, &other.ty) == inner).count();
    let itself = inner == Type::Named(id);
    !is_unit(variant) && same == 1 && !itself && !matches!(inner, Type::Nullable(_) | Type::Null)
}

/// The type without aliases and outer boxes.
fn plain(scope: &Scope<'_>, ty: &Type) -> Type {
    let through = |inner: &Type| Box::new(plain(scope, inner));
    match ty {
        Type::Boxed(inner) => plain(scope, inner),
        Type::List(inner) => Type::List(through(inner)),
        Type::Map(inner) => Type::Map(through(inner)),
        Type::Nullable(inner) => Type::Nullable(through(inner)),
        Type::Tuple(items) if items.is_empty() || items.len() > 12 => Type::List(Box::new(Type::Any)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|item| plain(scope, item)).collect()),
        Type::Named(id) => match scope.ctx.def(*id).map(|def| &def.shape) {
            Some(Shape::Alias(target)) => plain(scope, target),
            _ => ty.clone(),
        },
        _ => ty.clone(),
    }
}

fn conversion(scope: &Scope<'_>, ident: &Ident, def: &TypeDef, name: &Ident, variant: &Variant) -> TokenStream {
    if def.deprecated {
        scope.names_deprecated();
    }
    let (ty, boxed) = match &variant.ty {
        Type::Boxed(inner) => (scope.ty(inner), true),
        ty => (scope.ty(ty), layout::is_large(scope.ctx.api, ty)),
    };
    let value = if boxed { quote!(Box::new(value)) } else { quote!(value) };
    quote! {
        impl From<#ty> for #ident {
            fn from(value: #ty) -> Self {
                Self::#name(#value)
            }
        }
    }
}
