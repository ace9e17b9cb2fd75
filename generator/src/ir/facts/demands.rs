//! What the guards of unions demand, once properties that only travel the other way were left out of their members.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Guard, Shape, Type, TypeId, UnionRule, Variant};

/// The wire names of the properties that were left out of each struct.
pub(super) type LeftOut = BTreeMap<TypeId, BTreeSet<String>>;

/// No guard demands a property that a value of its member does not have any more.
pub(super) fn relax(api: &mut Api, left_out: &LeftOut) {
    for index in 0..api.types.len() {
        let gone = gone_from_members(api, TypeId(index), left_out);
        if gone.iter().all(BTreeSet::is_empty) {
            continue;
        }
        let Some(Shape::Union(union)) = api.types.get_mut(index).map(|def| &mut def.shape) else { continue };
        for (variant, gone) in union.variants.iter_mut().zip(&gone) {
            if let Guard::Object { keys, values, any } = &mut variant.guard {
                keys.retain(|key| !gone.contains(key));
                values.retain(|(key, _)| !gone.contains(key));
                any.retain(|key| !gone.contains(key));
            }
        }
        if union.rule == UnionRule::Guards {
            order(&mut union.variants);
        }
    }
}

/// What was left out of each member of a union; empty for anything else.
fn gone_from_members(api: &Api, id: TypeId, left_out: &LeftOut) -> Vec<BTreeSet<String>> {
    let Some(Shape::Union(union)) = api.types.get(id.0).map(|def| &def.shape) else { return Vec::new() };
    union.variants.iter().map(|variant| gone_from(api, &variant.ty, left_out)).collect()
}

/// What was left out of the structs that a value of the type can be.
fn gone_from(api: &Api, ty: &Type, left_out: &LeftOut) -> BTreeSet<String> {
    let mut gone = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<TypeId> = named(ty).into_iter().collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        gone.extend(left_out.get(&id).into_iter().flatten().cloned());
        match api.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Union(union)) => open.extend(union.variants.iter().filter_map(|variant| named(&variant.ty))),
            Some(Shape::Alias(ty) | Shape::Newtype(ty)) => open.extend(named(ty)),
            Some(Shape::Struct(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_)) | None => {}
        }
    }
    gone
}

/// The named type that a value is, rather than contains.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

/// Objects that demand more come before those that demand less, as they did before; nothing else moves.
fn order(variants: &mut [Variant]) {
    let is_object = |variant: &Variant| matches!(variant.guard, Guard::Object { .. });
    let Some(first) = variants.iter().position(is_object) else { return };
    let count = variants.iter().skip(first).take_while(|variant| is_object(variant)).count();
    if let Some(objects) = variants.get_mut(first..first + count) {
        objects.sort_by_key(|variant| Reverse(demands(&variant.guard)));
    }
}

/// How much a guard demands of an object: a constant more than any number of keys.
fn demands(guard: &Guard) -> (usize, usize) {
    match guard {
        Guard::Object { keys, values, .. } => (values.len(), keys.len()),
        _ => (0, 0),
    }
}
