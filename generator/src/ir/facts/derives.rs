//! Which traits can be derived beyond `Debug`, `Clone` and `PartialEq`: what every part of a type has, the type has.

use super::graph::Graph;
use super::inside;
use crate::ir::{Api, Derives, Shape, Type, TypeId};

pub(super) fn annotate(api: &mut Api) {
    let alone = |shape: &Shape| !holds_open_values(shape) && inside(shape).into_iter().all(hashable);
    // What is not hashable makes everything that contains it not hashable.
    let without = api.types.iter().enumerate().filter(|(_, def)| !alone(&def.shape)).map(|(index, _)| TypeId(index));
    let without = Graph::reversed(api).reach_ids(without);
    for (def, without) in api.types.iter_mut().zip(without) {
        def.derives = Derives { eq_hash: !without, default: false };
    }
}

/// Prefixed maps and unknown variants hold JSON, which has no `Hash`.
fn holds_open_values(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(shape) => !shape.prefixed.is_empty(),
        Shape::Union(_) => true,
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::Alias(_) | Shape::Newtype(_) => false,
    }
}

fn hashable(ty: &Type) -> bool {
    match ty {
        // What another crate's type can do is not known.
        Type::Foreign(_)
        | Type::Double
        | Type::Float
        | Type::Any
        | Type::File
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Base64 => false,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => hashable(inner),
        Type::Tuple(items) => items.iter().all(hashable),
        Type::Boolean | Type::Integer(_) | Type::String | Type::Text(_) | Type::Null | Type::Named(_) => true,
    }
}
