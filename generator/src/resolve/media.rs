//! Media types, bodies, responses and headers.

use openapiv3::{ParameterSchemaOrContent, ReferenceOr, StatusCode};
use serde_json::Value;

use super::{Body, Context, Header, Media, Response, parameter};
use crate::ir::{Encoding, Status};
use crate::model::SchemaId;
use crate::pointer;

pub(super) fn content(context: &Context<'_>, content: &openapiv3::Content) -> Vec<Media> {
    content.iter().map(|(name, media)| media_type(context, name, media)).collect()
}

fn media_type(context: &Context<'_>, name: &str, media: &openapiv3::MediaType) -> Media {
    Media {
        media_type: name.to_owned(),
        schema: context.schema(media.schema.as_ref()),
        item_schema: item_schema(context, media),
        encoding: media.encoding.iter().map(|(name, encoding)| property(name, encoding)).collect(),
    }
}

fn item_schema(context: &Context<'_>, media: &openapiv3::MediaType) -> Option<SchemaId> {
    let reference = media.extensions.get("x-norm-item-schema")?.get("$ref").and_then(Value::as_str)?;
    context.model.schemas.find(reference)
}

fn property(name: &str, encoding: &openapiv3::Encoding) -> (String, Option<Encoding>, Option<String>) {
    let style = encoding.style.as_ref().map(|style| Encoding::Style {
        style: parameter::query_style(style),
        explode: encoding.explode || (*style == openapiv3::QueryStyle::Form && !said_no(encoding)),
        allow_reserved: encoding.allow_reserved,
    });
    (name.to_owned(), style, encoding.content_type.clone())
}

/// `openapiv3` reads a missing `explode` as false; normalization marks the one that was written.
fn said_no(encoding: &openapiv3::Encoding) -> bool {
    encoding.extensions.get("x-norm-explode").and_then(Value::as_bool) == Some(false)
}

pub(super) fn body(context: &Context<'_>, body: &ReferenceOr<openapiv3::RequestBody>, pointer: &str) -> Option<Body> {
    let body = body.as_item()?;
    let pointer = format!("{pointer}/requestBody");
    Some(Body {
        required: body.required,
        description: body.description.clone(),
        media: content(context, &body.content),
        place: context.place(&pointer),
    })
}

pub(super) fn responses(context: &Context<'_>, responses: &openapiv3::Responses, pointer: &str) -> Vec<Response> {
    let coded = responses.responses.iter().map(|(code, response)| (status(code), code.to_string(), response));
    let default = responses.default.iter().map(|response| (Status::Default, "default".to_owned(), response));
    coded
        .chain(default)
        .filter_map(|(status, key, response)| {
            let response = response.as_item()?;
            let pointer = format!("{pointer}/responses/{key}");
            Some(Response {
                status,
                description: response.description.clone(),
                media: content(context, &response.content),
                headers: headers(context, &response.headers),
                place: context.place(&pointer),
            })
        })
        .collect()
}

fn status(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(digit) => Status::Range(u8::try_from(*digit).unwrap_or_default()),
    }
}

fn headers(context: &Context<'_>, headers: &indexmap::IndexMap<String, ReferenceOr<openapiv3::Header>>) -> Vec<Header> {
    headers
        .iter()
        .filter_map(|(name, header)| {
            let header = header.as_item()?;
            Some(Header {
                name: name.clone(),
                schema: match &header.format {
                    ParameterSchemaOrContent::Schema(schema) => context.schema(Some(schema)),
                    ParameterSchemaOrContent::Content(content) => {
                        content.values().next().and_then(|media| context.schema(media.schema.as_ref()))
                    }
                },
                required: header.required,
                description: header.description.clone(),
            })
        })
        .collect()
}

/// The pointer of a member below another one.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", pointer::escape(key))
}
