//! What follows from the finished types: which way they travel, who reaches them, where recursion closes, what can be derived.
//!
//! Each fact is worked out once over the whole API, after `build` and before `names`; nothing later decides again.

mod derives;
mod forms;
mod recursion;
mod usage;

use super::{Api, Form, Shape, Type, TypeId};

/// Works out every fact.
pub fn annotate(api: &mut Api) {
    recursion::newtypes(api);
    usage::annotate(api);
    forms::annotate(api);
    recursion::boxes(api);
    derives::annotate(api);
}

/// The type inside a form of body, if it has one.
pub fn form_type(form: &Form) -> Option<&Type> {
    match form {
        Form::Json(ty) | Form::UrlEncoded(ty, _) | Form::Multipart(ty, _) | Form::JsonLines(ty) | Form::Events(ty) => {
            Some(ty)
        }
        Form::Text | Form::Binary => None,
    }
}

/// Calls `visit` with every named type that a type mentions.
pub fn mentioned(ty: &Type, visit: &mut impl FnMut(TypeId)) {
    match ty {
        Type::Named(id) => visit(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => mentioned(inner, visit),
        Type::Tuple(items) => items.iter().for_each(|item| mentioned(item, visit)),
        Type::Boolean
        | Type::Integer(_)
        | Type::Double
        | Type::Float
        | Type::String
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Decimal
        | Type::Base64
        | Type::File
        | Type::Secret
        | Type::Any
        | Type::Null => {}
    }
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
fn inside_mut(shape: &mut Shape) -> Vec<&mut Type> {
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
