//! Identifiers of operations: methods, markers and the enums beside them.

use crate::ir::{Content, Form, GroupId, Operation, OperationId};
use crate::lock;

use super::context::Context;
use super::groups::GroupNames;
use super::ident::Ident;
use super::keys;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};
use super::{arguments, methods, responses};

/// What an operation and what belongs to it is called.
#[derive(Debug, Clone, Default)]
pub struct OperationNames {
    /// The method of the handle.
    pub method: Ident,
    /// One method per request media type; the first is `method`.
    pub content_methods: Vec<Ident>,
    /// The marker type.
    pub marker: Ident,
    /// The method and the marker for the streamed answer, where the answer can be streamed or not.
    pub stream: Option<(Ident, Ident)>,
    /// The enum of documented errors.
    pub error: Ident,
    /// The enum of successes, where there are several.
    pub ok: Ident,
    /// The struct of response headers, where the document describes any.
    pub headers: Ident,
    /// Fields of `headers`, as in [`Operation::headers`].
    pub header_fields: Vec<Ident>,
    /// Arguments and setters, as in [`Operation::parameters`].
    pub parameters: Vec<Ident>,
    /// The body's argument, or one setter per media type where the body is optional.
    pub bodies: Vec<Ident>,
    /// Variants of `error`, as in [`Operation::errors`].
    pub errors: Vec<Ident>,
    /// Variants of `ok`: per response, per media type (one where there is no body).
    pub successes: Vec<Vec<Ident>>,
}

/// Names the operations of one group; the scope is that of the group's module.
pub(super) fn operations(
    ctx: &Context<'_>,
    group: GroupId,
    names: &GroupNames,
    types: &mut Scope,
) -> Vec<(OperationId, OperationNames)> {
    let api = ctx.api;
    let mut operations: Vec<(&str, OperationId, &Operation)> = ctx
        .operations_of(group)
        .filter_map(|id| Some((ctx.keys.operation(id), id, api.operations.get(id.0)?)))
        .collect();
    // What follows from method and type is named one operation after the other.
    operations.sort_by_key(|(key, ..)| *key);
    let mut taken = Scope::values(&["new", "clone", "fmt"]);
    types.reserve(names.handle.as_str());
    keep(ctx, names, &operations, &mut taken, types);
    let method_idents = taken.assign(&methods::wishes(ctx, &operations, &names.words));
    let markers: Vec<Wish> = operations
        .iter()
        .zip(&method_idents)
        .map(|((key, _, operation), method)| marker(key, operation, method))
        .collect();
    let markers = types.assign(&markers);
    let named = operations.iter().zip(method_idents).zip(markers);
    let named = named
        .map(|(((key, id, operation), method), marker)| {
            (*id, one(ctx, Named { key, operation, method, marker }, &mut taken, types))
        })
        .collect();
    ctx.close(taken);
    named
}

/// Keeps what was published for what is still there: first what is written down, then what follows from it.
fn keep(
    ctx: &Context<'_>,
    names: &GroupNames,
    operations: &[(&str, OperationId, &Operation)],
    methods: &mut Scope,
    types: &mut Scope,
) {
    let published: Vec<(&str, &Operation, &lock::Operation)> = operations
        .iter()
        .filter_map(|(key, _, operation)| Some((*key, *operation, ctx.lock.operations.get(*key)?)))
        .filter(|(_, _, published)| published.module == names.module.as_str())
        .collect();
    for (key, _, published) in &published {
        methods.keep(key, &published.method);
        types.keep(key, &published.ty);
        let further = [
            ("error", &published.error),
            ("ok", &published.ok),
            ("headers", &published.headers),
            ("stream", &published.stream),
        ];
        for (what, name) in further.into_iter().filter_map(|(what, name)| Some((what, name.as_ref()?))) {
            types.keep(&keys::beside(key, what), name);
        }
        if let Some(name) = &published.stream_method {
            methods.keep(&keys::beside(key, "stream method"), name);
        }
        for (media_type, name) in &published.contents {
            methods.keep(&keys::beside(key, media_type), name);
        }
    }
    for (key, operation, published) in &published {
        for (what, name) in usual_types(operation, &published.ty) {
            types.keep(&keys::beside(key, what), &name);
        }
        for (what, name) in usual_methods(operation, &published.method) {
            methods.keep(&keys::beside(key, &what), &name);
        }
    }
}

/// The types beside the one that stands for an operation, as they are called when nothing is in the way.
pub(super) fn usual_types(operation: &Operation, marker: &str) -> Vec<(&'static str, String)> {
    let mut types = vec![("ok", format!("{marker}Ok"))];
    types.extend((!operation.errors.is_empty()).then(|| ("error", format!("{marker}Error"))));
    types.extend((!operation.headers().is_empty()).then(|| ("headers", format!("{marker}Headers"))));
    types.extend(streams_or_not(operation).then(|| ("stream", format!("{marker}Stream"))));
    types
}

/// The methods beside the first one of an operation, as they are called when nothing is in the way.
pub(super) fn usual_methods(operation: &Operation, method: &str) -> Vec<(String, String)> {
    let stem = method.trim_end_matches('_');
    let mut methods = Vec::new();
    methods.extend(streams_or_not(operation).then(|| ("stream method".to_owned(), format!("{stem}_stream"))));
    for content in further_contents(operation) {
        methods.push((content.media_type.clone(), format!("{stem}_{}", content_word(content))));
    }
    methods
}

fn marker(key: &str, operation: &Operation, method: &Ident) -> Wish {
    let name = words::pascal(method.as_str(), Symbols::Separate);
    let clashes = reserved::TYPES.contains(&name.as_str());
    let rank = if operation.rust_name.is_some() { Wish::USER } else { 1 };
    let longer = format!("{name}Operation");
    if clashes { Wish::new(key, longer, "", rank) } else { Wish::new(key, name, "", rank).or(longer) }
}

/// An operation with its key and its first two names.
struct Named<'a> {
    key: &'a str,
    operation: &'a Operation,
    method: Ident,
    marker: Ident,
}

fn one(ctx: &Context<'_>, named: Named<'_>, methods: &mut Scope, types: &mut Scope) -> OperationNames {
    let Named { key, operation, method, marker } = named;
    let usual = usual_types(operation, marker.as_str());
    let mut ty = |what: &str| {
        let (_, name) = usual.iter().find(|(usual, _)| *usual == what)?;
        Some(types.one(Wish::new(keys::beside(key, what), name.clone(), "", 7)))
    };
    let stream_type = ty("stream");
    let error = ty("error").unwrap_or_default();
    let ok = ty("ok").unwrap_or_default();
    let headers = ty("headers").unwrap_or_default();
    let mut further = usual_methods(operation, method.as_str()).into_iter().map(|(what, name)| {
        let longer = format!("{method}_{}", words::snake(&what));
        let ident = methods.one(Wish::new(keys::beside(key, &what), name, "", 7).or(longer));
        (what, ident)
    });
    let stream = stream_type.and_then(|ty| further.next().map(|(_, method)| (method, ty)));
    let contents = std::iter::once(method.clone()).chain(further.map(|(_, ident)| ident)).collect();
    let (parameters, bodies) = arguments::arguments(ctx, key, operation);
    OperationNames {
        content_methods: contents,
        error,
        ok,
        headers,
        header_fields: responses::headers(operation),
        stream,
        parameters,
        bodies,
        errors: responses::errors(&operation.errors),
        successes: responses::successes(&operation.success),
        method,
        marker,
    }
}

/// Whether a success can come at once or as a stream of events: two methods, because they differ in how they are read.
fn streams_or_not(operation: &Operation) -> bool {
    let contents = || operation.success.iter().flat_map(|response| &response.contents);
    contents().any(|content| content.form.is_stream()) && contents().any(|content| !content.form.is_stream())
}

/// The media types beyond the first one that a body can be sent in.
fn further_contents(operation: &Operation) -> impl Iterator<Item = &Content> {
    operation.body.iter().filter(|body| body.required).flat_map(|body| body.contents.iter().skip(1))
}

/// One word for a media type.
pub(super) fn content_word(content: &Content) -> String {
    match &content.form {
        Form::Json(_) => "json".to_owned(),
        Form::UrlEncoded(..) => "form".to_owned(),
        Form::Multipart(..) => "multipart".to_owned(),
        Form::JsonLines(_) => "json_lines".to_owned(),
        Form::Events(_) | Form::EventObjects(..) => "events".to_owned(),
        Form::Binary if content.media_type == "application/octet-stream" => "bytes".to_owned(),
        Form::Text | Form::Binary => subtype(&content.media_type),
    }
}

/// The telling part of a media type: `csv` of `text/csv`.
fn subtype(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("text", "plain")) => "text".to_owned(),
        Some((kind, "*")) => words::snake(if kind == "*" { "bytes" } else { kind }),
        Some((_, subtype)) => words::snake(subtype.strip_prefix("vnd.").unwrap_or(subtype)),
        None => words::snake(essence),
    }
}
