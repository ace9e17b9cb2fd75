//! Bodies of both directions.

use super::encoder;
use super::encoder::json::to_string;
use super::encoder::style::query_pairs;
use super::hints::At;
use super::sample::{Sampler, Way};
use super::value::Json;
use super::{Scene, request};
use crate::emit::body::concrete;
use crate::emit::parameters::is_json;
use crate::ir::{Body, Content, EventData, Form, PropertyEncoding, Response, Type};
use crate::resolve::Media;

/// A body as it is on the wire.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) media_type: String,
    pub(super) bytes: String,
    /// The value, where the bytes are its JSON.
    pub(super) json: Option<Json>,
}

/// What stands between the parts of multipart bodies; the client makes up another one for each request.
const BOUNDARY: &str = "0123456789abcdef0123456789abcdef";

/// The body of a request, of the first media type.
pub(super) fn sent(scene: &Scene<'_>, body: &Body) -> Option<Sent> {
    let media = scene.resolved.and_then(|resolved| resolved.body.as_ref()).map_or(&[][..], |body| &body.media);
    made(scene, body.contents.first()?, media, Way::Sent)
}

/// The body of a response, of the first media type that the method reads.
pub(super) fn received(scene: &Scene<'_>, response: &Response) -> Option<Sent> {
    let declared =
        scene.resolved.and_then(|resolved| resolved.responses.iter().find(|other| other.status == response.status));
    let content = response.contents.iter().find(|content| scene.reads(content))?;
    made(scene, content, declared.map_or(&[][..], |declared| &declared.media), Way::Received)
}

fn made(scene: &Scene<'_>, content: &Content, media: &[Media], way: Way) -> Option<Sent> {
    let media = media.iter().find(|media| media.media_type == content.media_type);
    let example = media.and_then(|media| media.example.as_ref()).map(Json::from);
    let item = content.form.is_stream();
    let schema = media.and_then(|media| if item { media.item_schema.or(media.schema) } else { media.schema });
    let at = At { schema, name: "text" };
    let value = |ty: &Type| Sampler::new(scene.api, scene.schemas, way).value(ty, at, example.as_ref());
    let text = || value(&Type::String).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let mut media_type = if way == Way::Sent { concrete(content) } else { content.media_type.clone() };
    let mut json = None;
    let bytes = match &content.form {
        Form::Json(ty) => {
            let value = value(ty)?;
            let bytes = value.text();
            json = Some(value);
            bytes
        }
        Form::UrlEncoded(ty, encodings) if way == Way::Sent => {
            media_type = "application/x-www-form-urlencoded".to_owned();
            encoder::form_text(&value(ty)?, &request::encodings(encodings))
        }
        Form::Multipart(ty, encodings) if way == Way::Sent => {
            media_type.push_str(&format!("; boundary={BOUNDARY}"));
            multipart(&value(ty)?, encodings)
        }
        Form::Text => lines(text()),
        Form::Events(_) | Form::EventObjects(..) if way == Way::Sent => lines(text()),
        Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..) => "contents".to_owned(),
        Form::JsonLines(ty) => value(ty)?.text() + "\n",
        Form::Events(Type::String) => "data: text\n\n".to_owned(),
        Form::Events(ty) => format!("data: {}\n\n", value(ty)?.text()),
        Form::EventObjects(ty, data) => event(&value(ty)?, *data),
    };
    Some(Sent { media_type, bytes, json })
}

/// An event whose members are the fields of the stream.
fn event(value: &Json, data: EventData) -> String {
    let Json::Object(members) = value else { return "data: text\n\n".to_owned() };
    let mut text = String::new();
    for (name, member) in members.iter().filter(|(_, member)| *member != Json::Null) {
        let content = match member.as_str().filter(|_| name != "data" || data != EventData::Json) {
            Some(text) => lines(text.replace('\n', " ")),
            None => member.text(),
        };
        text.push_str(&format!("{name}: {content}\n"));
    }
    text + "\n"
}

/// A text that cannot be taken for something else in the file; an example that could is not used.
fn lines(text: String) -> String {
    let harmless = text.lines().all(|line| super::visible(line) && !line.starts_with('#')) && !text.contains('\r');
    if harmless { text } else { "text".to_owned() }
}

fn encoding<'a>(encodings: &'a [PropertyEncoding], name: &str) -> Option<&'a PropertyEncoding> {
    encodings.iter().find(|encoding| encoding.wire == name)
}

/// As `runtime/multipart.rs` does it, which holds contents that are streamed as well.
fn multipart(value: &Json, encodings: &[PropertyEncoding]) -> String {
    let mut text = String::new();
    if let Json::Object(members) = value {
        for (name, member) in members {
            let encoding = encoding(encodings, name);
            let style = encoding.and_then(|encoding| encoding.style.as_ref()).filter(|_| !holds_file(member));
            match style {
                Some(style) => {
                    for pair in query_pairs(name, request::style(style), &to_string(member)) {
                        let Some((name, content)) = pair.split_once('=') else { continue };
                        let plain = |text| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
                        part(&plain(name), &Json::String(plain(content)), None, &mut text);
                    }
                }
                None => part(name, member, encoding, &mut text),
            }
        }
    }
    text.push_str(&format!("--{BOUNDARY}--\r\n"));
    text
}

fn holds_file(value: &Json) -> bool {
    match value {
        Json::File(_) => true,
        Json::List(items) => items.iter().any(holds_file),
        _ => false,
    }
}

fn part(name: &str, member: &Json, encoding: Option<&PropertyEncoding>, text: &mut String) {
    let allowed = encoding.and_then(|encoding| encoding.content_type.as_deref());
    // Of several media types that are allowed, the first; a file has its own.
    let content_type = allowed.and_then(|all| all.split(',').map(str::trim).find(|one| !one.contains('*')));
    let as_json = content_type.is_some_and(is_json);
    let (file, content_type, content) = match member {
        Json::Null => return,
        Json::File(content) => {
            let certain = allowed.filter(|declared| !declared.contains([',', '*']));
            (true, Some(certain.unwrap_or("application/octet-stream")), content.clone())
        }
        Json::String(content) if !as_json => (false, content_type, content.clone()),
        Json::String(_) => (false, content_type, member.text()),
        Json::Bool(_) | Json::Number(_) => (false, content_type, member.text()),
        Json::List(items) if !as_json => {
            items.iter().for_each(|item| part(name, item, encoding, text));
            return;
        }
        Json::List(_) | Json::Object(_) => (false, Some(content_type.unwrap_or("application/json")), member.text()),
    };
    let quoted = name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
    text.push_str(&format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{quoted}\""));
    if file {
        text.push_str(&format!("; filename=\"{quoted}\""));
    }
    if let Some(content_type) = content_type {
        text.push_str(&format!("\r\nContent-Type: {}", content_type.replace(['\r', '\n'], " ")));
    }
    text.push_str(&format!("\r\n\r\n{}\r\n", lines(content)));
}
