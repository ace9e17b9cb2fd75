//! Which parts of the runtime a client needs.

use std::collections::BTreeSet;

use crate::ir::{Api, FieldForm, Form, Location, Operation, Part, SchemeKind, Shape, Signatures, Type};

/// Notes every part that something of the API needs.
pub(super) fn annotate(api: &mut Api) {
    let mut parts = BTreeSet::new();
    api.operations.iter().for_each(|operation| of_operation(operation, &mut parts));
    for def in &api.types {
        of_shape(&def.shape, &mut parts);
    }
    for payload in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        parts.insert(Part::Webhooks);
        of_type(payload, &mut parts);
    }
    let signed = api.needs.signatures == Signatures::HmacSha256 && parts.contains(&Part::Webhooks);
    parts.extend(signed.then_some(Part::Signatures));
    // The implicit flow alone has no endpoint to ask for tokens.
    let oauth2 = api.security.iter().any(|scheme| match &scheme.kind {
        SchemeKind::OAuth2(flows) => flows.client_token_url.is_some() || flows.renewal_url.is_some(),
        _ => false,
    });
    parts.extend(oauth2.then_some(Part::OAuth2));
    let forwarded = !api.needs.formats.is_empty() || !api.foreign.is_empty();
    parts.extend(forwarded.then_some(Part::Forwarded));
    api.needs.parts = parts;
}

fn of_operation(operation: &Operation, parts: &mut BTreeSet<Part>) {
    operation.each_type(&mut |ty| of_type(ty, parts));
    parts.extend(operation.pagination.as_ref().map(|_| Part::Pages));
    parts.extend((!operation.parameters.is_empty()).then_some(Part::Parameters));
    parts.extend((!operation.headers().is_empty()).then_some(Part::Headers));
    let whole = operation.parameters.iter().any(|parameter| parameter.location == Location::QueryString);
    parts.extend(whole.then_some(Part::Forms));
    for content in operation.body.iter().flat_map(|body| &body.contents) {
        match content.form {
            Form::UrlEncoded(..) => drop(parts.insert(Part::Forms)),
            Form::Multipart(..) => drop(parts.insert(Part::Multipart)),
            Form::Binary if content.is_range() => drop(parts.insert(Part::Files)),
            Form::Json(_)
            | Form::Text
            | Form::Binary
            | Form::JsonLines(_)
            | Form::Events(_)
            | Form::EventObjects(..) => {}
        }
    }
    for content in operation.success.iter().flat_map(|response| &response.contents) {
        match content.form {
            Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..) => drop(parts.insert(Part::Downloads)),
            Form::JsonLines(_) => drop(parts.insert(Part::JsonLines)),
            Form::Events(_) | Form::EventObjects(..) => drop(parts.insert(Part::Events)),
            Form::Json(_) | Form::Text => {}
        }
    }
}

fn of_shape(shape: &Shape, parts: &mut BTreeSet<Part>) {
    shape.each_type(&mut |ty| of_type(ty, parts));
    match shape {
        Shape::Struct(object) => {
            let three_states = object.fields.iter().any(|field| field.form == FieldForm::ThreeState);
            parts.extend(three_states.then_some(Part::ThreeStates));
            parts.extend((!object.prefixed.is_empty()).then_some(Part::Prefixed));
        }
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => drop(parts.insert(Part::Enums)),
        Shape::Union(_) => drop(parts.insert(Part::Unions)),
        Shape::Newtype(_) => drop(parts.insert(Part::Forwarded)),
        Shape::Alias(_) => {}
    }
}

fn of_type(ty: &Type, parts: &mut BTreeSet<Part>) {
    match ty {
        Type::DateTime | Type::Date => drop(parts.insert(Part::Dates)),
        Type::Base64 => drop(parts.insert(Part::Base64)),
        Type::File => drop(parts.insert(Part::Files)),
        Type::Tuple(items) => {
            parts.insert(Part::Tuples);
            items.iter().for_each(|item| of_type(item, parts));
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => of_type(inner, parts),
        Type::Boolean
        | Type::Integer(_)
        | Type::Double
        | Type::Float
        | Type::String
        | Type::Text(_)
        | Type::Foreign(_)
        | Type::Secret
        | Type::Any
        | Type::Null
        | Type::Named(_) => {}
    }
}
