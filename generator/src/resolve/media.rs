//! Media types, bodies, responses and headers.

use openapiv3::{ParameterSchemaOrContent, ReferenceOr, StatusCode};
use serde_json::Value;

use super::{Body, Context, Header, Media, Response, parameter};
use crate::ir::{Encoding, Status, Style};
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
        example: example(media.example.as_ref(), &media.examples),
        encoding: media.encoding.iter().map(|(name, encoding)| property(name, encoding)).collect(),
    }
}

/// The one example, or the first of the named ones that has a value.
pub(super) fn example(
    one: Option<&Value>,
    named: &indexmap::IndexMap<String, ReferenceOr<openapiv3::Example>>,
) -> Option<Value> {
    let values = named.values().filter_map(|example| example.as_item()?.value.as_ref());
    one.into_iter().chain(values).next().cloned()
}

fn item_schema(context: &Context<'_>, media: &openapiv3::MediaType) -> Option<SchemaId> {
    let reference = media.extensions.get("x-norm-item-schema")?.get("$ref").and_then(Value::as_str)?;
    context.model.schemas.find(reference)
}

fn property(name: &str, encoding: &openapiv3::Encoding) -> (String, Option<Encoding>, Option<String>) {
    // "The default value of `form` applies if either `explode` or `allowReserved` are explicitly specified" (3.2.0 §4.15.1.2).
    let implied = encoding.allow_reserved || encoding.extensions.contains_key("x-norm-explode");
    let style = encoding.style.clone().or(implied.then_some(openapiv3::QueryStyle::Form));
    let style = style.map(|style| Encoding::Style {
        style: parameter::query_style(&style),
        explode: encoding.explode || (style == openapiv3::QueryStyle::Form && !said_no(encoding)),
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
            let (schema, encoding) = match &header.format {
                ParameterSchemaOrContent::Schema(schema) => (context.schema(Some(schema)), simple(header)),
                ParameterSchemaOrContent::Content(content) => {
                    let (media_type, media) = content.first()?;
                    (context.schema(media.schema.as_ref()), Encoding::Content(media_type.clone()))
                }
            };
            Some(Header {
                name: name.clone(),
                schema,
                encoding,
                required: header.required,
                description: header.description.clone(),
            })
        })
        .collect()
}

/// The only style of headers.
fn simple(header: &openapiv3::Header) -> Encoding {
    let explode = header.extensions.get("x-norm-explode").and_then(Value::as_bool) == Some(true);
    Encoding::Style { style: Style::Simple, explode, allow_reserved: false }
}

/// The pointer of a member below another one.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", pointer::escape(key))
}
