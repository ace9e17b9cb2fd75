//! Estimates of how large a value is in memory: decides which variants of a union are boxed and which types are complex.

use crate::ir::{Api, FieldForm, IntegerWidth, Shape, Type, TypeId};

/// Variants above this many bytes are boxed. Clippy's `large_enum_variant` compares the largest two and allows 200.
const LARGEST_VARIANT: usize = 176;

/// Whether a variant that holds this type is better boxed.
pub(super) fn is_large(api: &Api, ty: &Type) -> bool {
    size(api, ty, 0) > LARGEST_VARIANT
}

/// An upper estimate in bytes. Recursion is broken by boxes, so the depth only guards against a broken input.
fn size(api: &Api, ty: &Type, depth: usize) -> usize {
    if depth > 64 {
        return LARGEST_VARIANT + 1;
    }
    match ty {
        Type::Boolean | Type::Null => 1,
        Type::Integer(IntegerWidth::I32 | IntegerWidth::U32) | Type::Float => 4,
        Type::Integer(IntegerWidth::I64 | IntegerWidth::U64) | Type::Double | Type::Boxed(_) => 8,
        Type::Integer(IntegerWidth::I128) | Type::Text(_) => 16,
        Type::String | Type::Foreign(_) | Type::Secret | Type::Base64 | Type::List(_) | Type::Map(_) => 24,
        Type::Any => 72,
        Type::DateTime | Type::Date => 64,
        Type::File => 120,
        Type::Nullable(inner) => size(api, inner, depth + 1).saturating_add(8),
        Type::Tuple(items) => items.iter().fold(0, |sum, item| size(api, item, depth + 1).saturating_add(sum)),
        Type::Named(id) => named(api, *id, depth),
    }
}

fn named(api: &Api, id: TypeId, depth: usize) -> usize {
    let Some(def) = api.types.get(id.0) else { return 8 };
    match &def.shape {
        Shape::Struct(object) => {
            let mut sum: usize = 24 * (object.prefixed.len() + usize::from(object.extra.is_some()));
            for field in &object.fields {
                let layer = if field.form == FieldForm::Plain { 0 } else { 8 };
                sum = sum.saturating_add(size(api, &field.ty, depth + 1)).saturating_add(layer);
                if sum > LARGEST_VARIANT {
                    return sum;
                }
            }
            sum.next_multiple_of(8)
        }
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => 24,
        Shape::Union(union) => {
            let largest = union.variants.iter().map(|variant| size(api, &variant.ty, depth + 1)).max().unwrap_or(0);
            largest.clamp(24, LARGEST_VARIANT) + 8
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => size(api, ty, depth + 1),
    }
}

/// Whether clippy calls the type complex: more than 250 points, ten per path and level.
pub(super) fn is_complex(ty: &Type, layers: usize) -> bool {
    points(ty, layers + 1) > 250
}

fn points(ty: &Type, level: usize) -> usize {
    let inner = match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => points(inner, level + 1),
        Type::Map(inner) => points(inner, level + 1) + 10 * (level + 1),
        Type::Tuple(items) => items.iter().map(|item| points(item, level + 1)).sum(),
        _ => 0,
    };
    10 * level + inner
}
