//! What follows from the finished types: which way they travel, who reaches them, where recursion closes, what can be derived.
//!
//! Each fact is worked out once over the whole API, after `build` and before `names`; nothing later decides again.

pub mod bounds;
mod demands;
mod derives;
mod forms;
mod graph;
mod limits;
mod parts;
mod recursion;
mod split;
mod usage;

use super::{Api, Shape, Type};

/// Works out every fact. Splitting changes who is reached from where, so usage is worked out again after it.
pub fn annotate(api: &mut Api) {
    recursion::newtypes(api);
    usage::annotate(api);
    split::annotate(api);
    usage::annotate(api);
    forms::annotate(api);
    recursion::boxes(api);
    derives::annotate(api);
    limits::annotate(api);
    parts::annotate(api);
}

/// The types right inside a shape.
pub fn inside(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().map(|field| &field.ty);
            fields.chain(shape.prefixed.iter().map(|prefixed| &prefixed.ty)).chain(&shape.extra).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

/// The types right inside a shape, to change them.
pub(super) fn inside_mut(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter_mut().map(|field| &mut field.ty);
            fields.chain(shape.prefixed.iter_mut().map(|prefixed| &mut prefixed.ty)).chain(&mut shape.extra).collect()
        }
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}
