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
        // A required property that travels in the other direction only is not there in this one
        // (OpenAPI 3.0.4 §4.7.24.2: `required` then takes effect on the response or the request only).
        Presence::Required if field.read_only && usage.sent => FieldForm::Option,
        Presence::Required if field.write_only && usage.received => FieldForm::Option,
        Presence::Required => FieldForm::Plain,
        Presence::RequiredNullable if field.read_only && usage.sent => FieldForm::Option,
        Presence::RequiredNullable => FieldForm::Nullable,
        Presence::OptionalNullable if usage.sent && !field.read_only => FieldForm::ThreeState,
        Presence::Optional | Presence::OptionalNullable | Presence::OptionalNullDefault => FieldForm::Option,
    }
}
