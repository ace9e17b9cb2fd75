//! A union: the enum and its `union!` table.

use crate::ir::{Guard, Shape, Type, TypeDef, TypeId, Union, UnionRule, Variant};
use crate::names::Ident;
use crate::tree::{Definition, GuardRow, Kind, Member, Module, Table, TagRow};

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
    let (table, _) = scope.watch(|| table(scope, id, union, &variants));
    module.table(table);
}

fn definition(scope: &Scope<'_>, def: &TypeDef, ident: &Ident, variants: &[(&Ident, &Variant)]) -> Definition {
    let members = variants.iter().map(|(name, variant)| Member {
        docs: docs::member(&variant.docs, &fallback(scope, name, variant)),
        attributes: Vec::new(),
        name: (*name).clone(),
        ty: payload(scope, variant),
    });
    let members = members.chain([unknown_variant(scope.import("RawJson"))]).collect();
    let attributes = open_head(def, &["Debug", "Clone", "PartialEq"]);
    Definition { docs: type_docs(def), attributes, kind: Kind::Enum, name: ident.clone(), members }
}

/// What is said of a member without a title: its tags, else what its type is said to be; nothing that its name says.
fn fallback(scope: &Scope<'_>, name: &Ident, variant: &Variant) -> String {
    let said = |text: &str| if docs::spells(name, text) { String::new() } else { docs::code(text) };
    match variant.tags.as_slice() {
        [] => {}
        [tag] => return said(tag),
        tags => return tags.iter().map(|tag| docs::code(tag)).collect::<Vec<_>>().join(" or "),
    }
    let inner = match &variant.ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    let def = if let Type::Named(id) = inner { scope.ctx.def(*id) } else { None };
    def.and_then(|def| docs::brief(&def.docs)).unwrap_or_else(|| said(&variant.name))
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

fn table(scope: &Scope<'_>, id: TypeId, union: &Union, variants: &[(&Ident, &Variant)]) -> Table {
    let ident = &scope.ctx.names.ty(id).ident;
    match &union.rule {
        UnionRule::Tag(tag) => {
            let row = |(name, variant): &(&Ident, &Variant)| TagRow {
                tags: variant.tags.clone(),
                variant: (*name).clone(),
                from: from(scope, id, variant, union),
                adds_tag: variant.adds_tag,
            };
            let fallback = variants.iter().find(|(_, variant)| variant.fallback).map(|(name, _)| (*name).clone());
            Table::TagUnion(ident.clone(), tag.clone(), variants.iter().map(row).collect(), fallback)
        }
        UnionRule::Guards => {
            let row = |(name, variant): &(&Ident, &Variant)| GuardRow {
                variant: (*name).clone(),
                from: from(scope, id, variant, union),
                guard: variant.guard.clone(),
            };
            Table::GuardUnion(ident.clone(), variants.iter().map(row).collect())
        }
    }
}

/// The type that converts to the member, without a box around it.
fn from(scope: &Scope<'_>, id: TypeId, variant: &Variant, union: &Union) -> Option<String> {
    let inner = match &variant.ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    converts(scope, id, variant, union).then(|| scope.spell(inner))
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
