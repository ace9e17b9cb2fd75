//! Media types: what the bytes of a body are, and what of them no codec serves.

use std::borrow::Cow;

use super::Builder;
use crate::diagnostic::Code;
use crate::ir::{Content, Encoding, Form, PropertyEncoding, TypeName};
use crate::model::SchemaId;
use crate::resolve;

impl Builder<'_> {
    /// What the bytes of a media type are (OpenAPI 3.0.4 §4.7.14; 3.2.0 §4.14 for sequential media types).
    pub(super) fn form(&mut self, media: &resolve::Media, name: TypeName, direction: Direction) -> Form {
        let essence = essence(&media.media_type);
        let item = media.item_schema.or(media.schema);
        match kind_of(&essence) {
            MediaKind::Json => Form::Json(self.type_or_any(media.schema, name)),
            MediaKind::UrlEncoded => {
                self.report_parts(media);
                let ty = self.type_or_any(media.schema, name);
                Form::UrlEncoded(ty, encodings(&media.encoding))
            }
            MediaKind::Multipart if direction == Direction::Request && self.has_parts(media) => {
                self.report_parts(media);
                let ty = self.type_or_any(media.schema, name);
                Form::Multipart(ty, encodings(&media.encoding))
            }
            MediaKind::JsonLines => Form::JsonLines(super::union::without_null(self.type_or_any(item, name))),
            MediaKind::Events => {
                let ty = super::union::without_null(self.type_or_any(item, name));
                match self.event_data(&ty) {
                    Some(data) => Form::EventObjects(ty, data),
                    None => Form::Events(ty),
                }
            }
            MediaKind::Text => Form::Text,
            MediaKind::Any if media.schema.is_some_and(|schema| self.is_json_shaped(schema)) => {
                Form::Json(self.type_or_any(media.schema, name))
            }
            MediaKind::Multipart | MediaKind::Any | MediaKind::Binary => Form::Binary,
        }
    }

    /// Whether a body can be told by its members. What is an array or a text has none to be parts.
    fn has_parts(&self, media: &resolve::Media) -> bool {
        media.schema.is_none_or(|schema| {
            let view = self.properties_of(schema);
            let kinds = view.kinds();
            kinds.object || kinds.is_unsaid()
        })
    }

    /// Members of objects and lists of them are JSON, whatever a part is said to be.
    fn report_parts(&mut self, media: &resolve::Media) {
        let Some(view) = media.schema.map(|schema| self.properties_of(schema)) else { return };
        for (name, style, content_type) in &media.encoding {
            let said = content_type.iter().flat_map(|content_type| content_type.split(',')).map(essence);
            let all: Vec<String> = said.collect();
            let can_be_json = |said: &String| said.contains('*') || kind_of(said) == MediaKind::Json;
            let Some(part) = view.properties.get(name).and_then(|key| key.first()) else { continue };
            let (true, None) = (self.is_structured(part.schema), style) else { continue };
            if let Some(media_type) = all.first().filter(|_| !all.iter().any(can_be_json)) {
                let origin = self.origin(part.schema);
                let message = format!("there is no codec for `{media_type}`; the part `{name}` is sent as JSON");
                self.report(Code::UnsupportedMediaType, origin.span, &origin.pointer, message);
            }
        }
    }

    fn is_structured(&self, schema: SchemaId) -> bool {
        let view = self.properties_of(schema);
        let item = view.items.as_ref().and_then(|items| items.first());
        view.kinds().object || item.is_some_and(|item| self.properties_of(item.schema).kinds().object)
    }

    /// A media type as it is asked for or sent. What cannot stand in a header is left out, and what is no media type says
    /// nothing; both are reported.
    pub(super) fn sendable_media<'m>(
        &mut self,
        media: &'m resolve::Media,
        place: &resolve::Place,
    ) -> Option<Cow<'m, resolve::Media>> {
        let name = &media.media_type;
        let shown = name.escape_debug();
        if !name.chars().all(|character| character.is_ascii_graphic() || character == ' ') {
            let message = format!("`{shown}` is no media type, and is left out");
            self.report(Code::UnsupportedMediaType, place.span, &place.pointer, message);
            return None;
        }
        if is_media_type(&essence(name)) {
            return Some(Cow::Borrowed(media));
        }
        let message = format!("`{shown}` is no media type, and is taken for `*/*`");
        self.report(Code::UnsupportedMediaType, place.span, &place.pointer, message)
            .help("a media type is written as `application/json` or `text/plain; charset=utf-8`");
        Some(Cow::Owned(resolve::Media { media_type: "*/*".to_owned(), ..media.clone() }))
    }

    /// A structured schema that no codec serves would otherwise be lost without a word.
    pub(super) fn report_opaque(&mut self, media: &[resolve::Media], content: &Content) {
        let handed_over_as = match content.form {
            Form::Text => "text",
            Form::Binary => "bytes",
            _ => return,
        };
        let Some(media) = media.iter().find(|media| media.media_type == content.media_type) else { return };
        let parts = kind_of(&essence(&media.media_type)) == MediaKind::Multipart;
        let lost = |schema: &SchemaId| parts && !self.has_parts(media) || self.is_json_shaped(*schema);
        let Some(schema) = media.schema.filter(lost) else { return };
        let origin = self.origin(schema);
        let media_type = &media.media_type;
        let reason = match parts {
            true => format!("the parts of `{media_type}` are the members of an object, and the schema is of none"),
            false => format!("there is no codec for `{media_type}`"),
        };
        let message = format!("{reason}; the body is handed over as {handed_over_as}");
        self.report(Code::UnsupportedMediaType, origin.span, &origin.pointer, message);
    }

    /// `*/*` with a schema of an object or array is JSON in all but name.
    pub(super) fn is_json_shaped(&self, schema: SchemaId) -> bool {
        let view = self.properties_of(schema);
        let kinds = view.kinds();
        kinds.object || kinds.array || !view.choices.is_empty()
    }
}

/// Media types with the one first that a call is best made with: the order of a document means nothing.
pub(super) fn by_preference(media: &[resolve::Media]) -> Vec<&resolve::Media> {
    let mut media: Vec<&resolve::Media> = media.iter().collect();
    media.sort_by_cached_key(|media| {
        let essence = essence(&media.media_type);
        let rank = match kind_of(&essence) {
            MediaKind::Json if essence == "application/json" => 0,
            MediaKind::Json => 1,
            MediaKind::Multipart => 2,
            MediaKind::UrlEncoded => 3,
            MediaKind::Any => 4,
            MediaKind::JsonLines => 5,
            MediaKind::Events => 6,
            MediaKind::Text => 7,
            MediaKind::Binary => 8,
        };
        (rank, media.media_type.clone())
    });
    media
}

/// Which way a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

pub(super) fn encodings(written: &[(String, Option<Encoding>, Option<String>)]) -> Vec<PropertyEncoding> {
    let one = |(wire, style, content_type): &(String, Option<Encoding>, Option<String>)| PropertyEncoding {
        wire: wire.clone(),
        style: style.clone(),
        content_type: content_type.clone(),
    };
    written.iter().map(one).collect()
}

/// The media type without parameters, in lower case (RFC 9110 §8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether two tokens stand around a slash (RFC 9110 §8.3.1).
fn is_media_type(essence: &str) -> bool {
    essence.split_once('/').is_some_and(|(kind, subtype)| resolve::is_token(kind) && resolve::is_token(subtype))
}

/// What the generator makes of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaKind {
    Json,
    UrlEncoded,
    Multipart,
    JsonLines,
    Events,
    Text,
    Binary,
    Any,
}

pub(super) fn kind_of(essence: &str) -> MediaKind {
    match essence {
        "application/json" | "text/json" | "text/x-json" => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::UrlEncoded,
        "text/event-stream" => MediaKind::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/jsonlines"
        | "application/json-seq" => MediaKind::JsonLines,
        "*/*" | "application/*" => MediaKind::Any,
        "application/xml"
        | "application/javascript"
        | "application/yaml"
        | "application/x-yaml"
        | "application/toml"
        | "application/graphql" => MediaKind::Text,
        _ if essence.ends_with("+json") => MediaKind::Json,
        _ if essence.ends_with("+json-seq") || essence.ends_with("+jsonl") => MediaKind::JsonLines,
        _ if essence.starts_with("multipart/") => MediaKind::Multipart,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("+yaml") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}
