//! Successes: what an operation returns and how it is read.

use crate::ir::{Content, EventData, Form, Status, Type};
use crate::tree::{Definition, Kind, Member, Module, SuccessRow, Table};

use super::operation::{Call, Success};
use super::scope::Scope;
use super::{docs, layout};

/// The output type and how it is read; nothing where its own table says so.
pub(super) fn output(scope: &Scope<'_>, call: &Call<'_>) -> (String, Option<&'static str>) {
    match uniform(call) {
        Some(content) => (ty(scope, content), Some(read(scope, content))),
        None => (call.names.ok.to_string(), None),
    }
}

/// The one content that all successes share; `Some(None)` when there is never a body.
fn uniform<'a>(call: &Call<'a>) -> Option<Option<&'a Content>> {
    let Some((first, others)) = call.successes.split_first() else { return Some(None) };
    let form = |success: &Success<'_>| success.content.map(|content| content.form.clone());
    others.iter().all(|other| form(other) == form(first)).then_some(first.content)
}

/// The type of the whole output, where it is one JSON value.
pub(super) fn json_output<'a>(call: &Call<'a>) -> Option<&'a Type> {
    match &uniform(call)??.form {
        Form::Json(ty) => Some(ty),
        Form::UrlEncoded(..)
        | Form::Multipart(..)
        | Form::Text
        | Form::Binary
        | Form::JsonLines(_)
        | Form::Events(_)
        | Form::EventObjects(..) => None,
    }
}

fn one_status(call: &Call<'_>) -> bool {
    let first = call.successes.first().map(|success| success.response.status);
    call.successes.iter().all(|success| Some(success.response.status) == first)
}

/// The type that one content is read into.
fn ty(scope: &Scope<'_>, content: Option<&Content>) -> String {
    match content.map(|content| &content.form) {
        None => "()".to_owned(),
        Some(Form::Json(ty)) => scope.spell(ty),
        Some(Form::Text) => "String".to_owned(),
        Some(Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..)) => scope.import("Download").to_owned(),
        Some(Form::JsonLines(item)) => format!("{}<{}>", scope.import("JsonLines"), scope.spell(item)),
        Some(Form::EventObjects(event, _)) => format!("{}<{}>", scope.import("EventStream"), scope.spell(event)),
        Some(Form::Events(data)) => format!("{}<{}>", scope.import("EventStream"), event(scope, data)),
    }
}

/// What an event is read into: the event itself where its data is no JSON of a known type.
fn event(scope: &Scope<'_>, data: &Type) -> String {
    if matches!(data, Type::String | Type::Any) { scope.import("ServerEvent").to_owned() } else { scope.spell(data) }
}

/// The decoder's call.
fn read(scope: &Scope<'_>, content: Option<&Content>) -> &'static str {
    match content.map(|content| &content.form) {
        None => "empty",
        Some(Form::Json(_)) => "json",
        Some(Form::Text) => "text",
        Some(Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..)) => "download",
        Some(Form::JsonLines(_)) => "json_lines",
        Some(Form::Events(_)) => "events",
        Some(Form::EventObjects(_, data)) => {
            scope.import("EventData");
            match data {
                EventData::Text => "event_objects(EventData::Text)",
                EventData::Json => "event_objects(EventData::Json)",
                EventData::Either => "event_objects(EventData::Either)",
            }
        }
    }
}

/// One row per success. Of several media types the last one, JSON where there is one, also stands for anything else.
fn rows(scope: &Scope<'_>, call: &Call<'_>) -> Vec<SuccessRow> {
    let row = |statuses: &str, success: &Success<'_>, is_last: bool| SuccessRow {
        statuses: statuses.to_owned(),
        media_type: success.content.map(|content| content.media_type.clone()).filter(|_| !is_last),
        variant: success.variant.clone(),
        read: success.content.map(|content| read(scope, Some(content))),
        boxed: success.content.is_some_and(is_handle),
    };
    let these = |statuses: &str, successes: Vec<&Success<'_>>| -> Vec<SuccessRow> {
        let ordered = fallback_last(successes);
        let last = ordered.len().saturating_sub(1);
        ordered.into_iter().enumerate().map(|(index, success)| row(statuses, success, index == last)).collect()
    };
    if one_status(call) {
        return these("_", call.successes.iter().collect());
    }
    let mut statuses: Vec<Status> = call.successes.iter().map(|success| success.response.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let of = |status: &Status| call.successes.iter().filter(|success| success.response.status == *status).collect();
    statuses.iter().flat_map(|status| these(&pattern(*status), of(status))).collect()
}

/// Statuses as a pattern.
pub(super) fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00..={digit}99"),
        Status::Default => "_".to_owned(),
    }
}

fn fallback_last<'a, 'b>(mut successes: Vec<&'b Success<'a>>) -> Vec<&'b Success<'a>> {
    let is_json = |success: &&Success<'_>| success.content.is_some_and(|content| matches!(content.form, Form::Json(_)));
    if let Some(index) = successes.iter().position(is_json) {
        let json = successes.remove(index);
        successes.push(json);
    }
    successes
}

/// Adds the enum of successes and its table, where there are several kinds.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>, see: &str, module: &mut Module) {
    if uniform(call).is_some() {
        return;
    }
    let derives = if call.successes.iter().all(is_value) { "Debug, Clone, PartialEq" } else { "Debug" };
    module.define(scope.define(|| Definition {
        docs: vec![format!("What {see} returns.")],
        attributes: vec![format!("#[derive({derives})]"), "#[non_exhaustive]".to_owned()],
        kind: Kind::Enum,
        name: call.names.ok.clone(),
        members: call.successes.iter().map(|success| variant(scope, success)).collect(),
    }));
    module.table(Table::Successes(call.names.ok.clone(), rows(scope, call)));
}

fn is_value(success: &Success<'_>) -> bool {
    match success.content.map(|content| &content.form) {
        None | Some(Form::Json(_) | Form::Text) => true,
        Some(
            Form::Binary
            | Form::UrlEncoded(..)
            | Form::Multipart(..)
            | Form::JsonLines(_)
            | Form::Events(_)
            | Form::EventObjects(..),
        ) => false,
    }
}

fn variant(scope: &Scope<'_>, success: &Success<'_>) -> Member {
    let status = status_text(success.response.status);
    let media_type =
        success.content.map(|content| format!(", {}", docs::code(&content.media_type))).unwrap_or_default();
    let brief = docs::brief(&success.response.docs).map(|text| format!(": {text}")).unwrap_or_default();
    let ty = success.content.map(|content| {
        let inner = ty(scope, Some(content));
        let is_large = matches!(&content.form, Form::Json(ty) if layout::is_large(scope.ctx.api, ty));
        if is_large || is_handle(content) { format!("Box<{inner}>") } else { inner }
    });
    let docs = docs::safe(&format!("{status}{media_type}{brief}"));
    Member { docs, attributes: Vec::new(), name: success.variant.clone(), ty }
}

/// Whether the variant holds a body that is read later. The handle carries headers and where the response came from,
/// ten times the size of a list.
fn is_handle(content: &Content) -> bool {
    !matches!(content.form, Form::Json(_) | Form::Text)
}

/// The status as documentation names it.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00 to {digit}99"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// The value of the `Accept` header.
pub(super) fn accept(call: &Call<'_>) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for media_type in
        call.successes.iter().filter_map(|success| success.content).map(|content| content.media_type.as_str())
    {
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    (!types.is_empty()).then(|| types.join(", "))
}

/// Whether the body is handed over while it arrives.
pub(super) fn is_streamed(call: &Call<'_>) -> bool {
    let streamed = |success: &Success<'_>| {
        success.content.is_some_and(|content| {
            matches!(content.form, Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..))
                || content.form.is_stream()
        })
    };
    // Where there is no body, nothing has to be waited for.
    call.successes.iter().any(streamed)
        && call.successes.iter().all(|success| success.content.is_none() || streamed(success))
}
