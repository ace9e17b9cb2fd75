//! Server-sent events that the document describes as objects with the fields of an event (OpenAPI 3.2.0 §4.14.3).

use super::Builder;
use crate::ir::{EventData, Shape, Type};

/// The fields of an event (WHATWG HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

impl Builder<'_> {
    /// What the data is, where a type describes events and not their data alone.
    pub(super) fn event_data(&self, ty: &Type) -> Option<EventData> {
        self.of_event(ty, 0)
    }

    /// Unions may hold each other; no event is nested this deeply.
    fn of_event(&self, ty: &Type, depth: usize) -> Option<EventData> {
        if depth > 8 {
            return None;
        }
        match self.shape_of(ty)? {
            Shape::Struct(object) => {
                let fields = object.fields.iter().map(|field| field.wire.as_str());
                let constants = object.constants.iter().map(|constant| constant.wire.as_str());
                if !fields.chain(constants).all(|wire| FIELDS.contains(&wire)) || object.extra.is_some() {
                    return None;
                }
                let constant = object.constants.iter().any(|constant| constant.wire == "data");
                let data = object.fields.iter().find(|field| field.wire == "data");
                data.map(|field| self.data(&field.ty, 0)).or(constant.then_some(EventData::Either))
            }
            Shape::Union(union) => {
                let kinds = union.variants.iter().map(|variant| self.of_event(&variant.ty, depth + 1));
                let kinds: Vec<EventData> = kinds.collect::<Option<_>>()?;
                let first = *kinds.first()?;
                Some(if kinds.iter().all(|kind| *kind == first) { first } else { EventData::Either })
            }
            _ => None,
        }
    }

    fn data(&self, ty: &Type, depth: usize) -> EventData {
        match self.behind(ty) {
            Type::Nullable(inner) => self.data(inner, depth),
            Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Base64 | Type::File => EventData::Text,
            Type::Any | Type::Text(_) | Type::Foreign(_) => EventData::Either,
            _ => match self.shape_of(ty) {
                Some(Shape::StringEnum(_)) => EventData::Text,
                Some(Shape::Union(union)) if depth < 8 => {
                    let is_text = |ty: &Type| self.data(ty, depth + 1) != EventData::Json;
                    let any = union.variants.iter().any(|variant| is_text(&variant.ty));
                    if any { EventData::Either } else { EventData::Json }
                }
                _ => EventData::Json,
            },
        }
    }
}
