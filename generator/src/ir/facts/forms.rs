//! How every field stands in Rust, out of its presence and the way its type travels.

use crate::ir::{Api, Field, FieldForm, Presence, Shape, Usage};

pub(super) fn annotate(api: &mut Api) {
    for def in &mut api.types {
        let usage = def.usage;
        if let Shape::Struct(shape) = &mut def.shape {
            for field in &mut shape.fields {
                field.form = form(field, usage);
            }
        }
    }
}

fn form(field: &Field, usage: Usage) -> FieldForm {
    match field.presence {
        Presence::Required => FieldForm::Plain,
        Presence::RequiredNullable => FieldForm::Nullable,
        Presence::OptionalNullable if usage.sent && !field.read_only => FieldForm::ThreeState,
        Presence::Optional | Presence::OptionalNullable | Presence::OptionalNullDefault => FieldForm::Option,
    }
}
