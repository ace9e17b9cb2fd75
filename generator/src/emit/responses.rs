//! Successes: what an operation returns and how it is read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Content, EventData, Form, Status, Type};

use super::operation::{Call, Success};
use super::scope::Scope;
use super::{docs, layout};

/// The output type and the body of `fn output`.
pub(super) fn output(scope: &Scope<'_>, call: &Call<'_>) -> (TokenStream, TokenStream) {
    if let Some(content) = uniform(call) {
        let read = read(scope, content);
        return (ty(scope, content), quote!(response.#read));
    }
    let name = &call.names.ok;
    let read = if one_status(call) { by_media_type(scope, call) } else { by_status(scope, call) };
    (quote!(#name), read)
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
fn ty(scope: &Scope<'_>, content: Option<&Content>) -> TokenStream {
    match content.map(|content| &content.form) {
        None => quote!(()),
        Some(Form::Json(ty)) => scope.ty(ty),
        Some(Form::Text) => quote!(String),
        Some(Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..)) => scope.runtime("Download"),
        Some(Form::JsonLines(item)) => {
            let (stream, item) = (scope.runtime("JsonLines"), scope.ty(item));
            quote!(#stream<#item>)
        }
        Some(Form::EventObjects(event, _)) => {
            let (stream, event) = (scope.runtime("EventStream"), scope.ty(event));
            quote!(#stream<#event>)
        }
        Some(Form::Events(data)) => {
            let (stream, data) = (scope.runtime("EventStream"), event(scope, data));
            quote!(#stream<#data>)
        }
    }
}

/// What an event is read into: the event itself where its data is no JSON of a known type.
fn event(scope: &Scope<'_>, data: &Type) -> TokenStream {
    if matches!(data, Type::String | Type::Any) { scope.runtime("ServerEvent") } else { scope.ty(data) }
}

/// The decoder's call.
fn read(scope: &Scope<'_>, content: Option<&Content>) -> TokenStream {
    match content.map(|content| &content.form) {
        None => quote!(empty()),
        Some(Form::Json(_)) => quote!(json()),
        Some(Form::Text) => quote!(text()),
        Some(Form::Binary | Form::UrlEncoded(..) | Form::Multipart(..)) => quote!(download()),
        Some(Form::JsonLines(_)) => quote!(json_lines()),
        Some(Form::Events(_)) => quote!(events()),
        Some(Form::EventObjects(_, data)) => {
            let name = scope.runtime("EventData");
            match data {
                EventData::Text => quote!(event_objects(#name::Text)),
                EventData::Json => quote!(event_objects(#name::Json)),
                EventData::Either => quote!(event_objects(#name::Either)),
            }
        }
    }
}

/// Reads one success into its variant.
fn arm(scope: &Scope<'_>, call: &Call<'_>, success: &Success<'_>) -> TokenStream {
    let (name, variant) = (&call.names.ok, success.variant);
    let read = read(scope, success.content);
    match success.content {
        Some(content) if is_handle(content) => {
            quote!(response.#read.map(|body| #name::#variant(Box::new(body))))
        }
        Some(_) => quote!(response.#read.map(#name::#variant)),
        None => quote!(response.#read.map(|()| #name::#variant)),
    }
}

/// `if response.is("text/csv") { … } else { … }`; the last one, JSON where there is one, also stands for anything else.
fn by_media_type(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let ordered = fallback_last(call.successes.iter().collect());
    let Some((last, others)) = ordered.split_last() else { return TokenStream::new() };
    let last = arm(scope, call, last);
    let branches = others.iter().map(|success| {
        let media_type = success.content.map_or("", |content| content.media_type.as_str());
        let arm = arm(scope, call, success);
        quote!(if response.is(#media_type) { #arm } else)
    });
    quote!(#(#branches)* { #last })
}

fn by_status(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let mut statuses: Vec<Status> = call.successes.iter().map(|success| success.response.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let has_default = statuses.contains(&Status::Default);
    let arms = statuses.iter().map(|status| {
        let these = call.successes.iter().filter(|success| success.response.status == *status).collect();
        let ordered = fallback_last(these);
        let count = ordered.len();
        let arms = ordered.into_iter().enumerate().map(move |(index, success)| {
            let pattern = pattern(*status);
            let media_type = success.content.map(|content| &content.media_type).filter(|_| index + 1 < count);
            let guard = media_type.map(|media_type| quote!(if response.is(#media_type)));
            let arm = arm(scope, call, success);
            quote!(#pattern #guard => #arm,)
        });
        quote!(#(#arms)*)
    });
    let rest = (!has_default).then(|| quote!(_ => Err(response.unexpected()),));
    quote!(match response.status() { #(#arms)* #rest })
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let (first, last) =
                (Literal::u16_unsuffixed(u16::from(digit) * 100), Literal::u16_unsuffixed(u16::from(digit) * 100 + 99));
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
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

/// The enum of successes, where there are several kinds.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>, see: &str) -> TokenStream {
    if uniform(call).is_some() {
        return TokenStream::new();
    }
    scope.item(&[format!("What {see} returns.")], || {
        let name = &call.names.ok;
        let variants = call.successes.iter().map(|success| variant(scope, success));
        let derives = if call.successes.iter().all(is_value) { quote!(Debug, Clone, PartialEq) } else { quote!(Debug) };
        quote! {
            #[derive(#derives)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        }
    })
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

fn variant(scope: &Scope<'_>, success: &Success<'_>) -> TokenStream {
    let status = status_text(success.response.status);
    let media_type =
        success.content.map(|content| format!(", {}", docs::code(&content.media_type))).unwrap_or_default();
    let brief = docs::brief(&success.response.docs).map(|text| format!(": {text}")).unwrap_or_default();
    let docs = docs::attributes(&docs::safe(&format!("{status}{media_type}{brief}")));
    let name = success.variant;
    let Some(content) = success.content else { return quote!(#docs #name,) };
    let inner = ty(scope, Some(content));
    let large = is_handle(content) || matches!(&content.form, Form::Json(ty) if layout::is_large(scope.ctx.api, ty));
    if large { quote!(#docs #name(Box<#inner>),) } else { quote!(#docs #name(#inner),) }
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
