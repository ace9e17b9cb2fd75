//! Operations in document order, with what their path item says merged in; webhooks and callbacks.

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::Value;

use super::{Context, Operation, Webhook, media, parameter, security, text};
use crate::diagnostic::Code;
use crate::ir::Location;
use crate::ir::path::{self, Part, is_dots, template_names};
use crate::normalize::order;
use crate::pointer;
use crate::repair::Repair;

pub(super) fn operations(context: &mut Context<'_>, openapi: &OpenAPI) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in openapi.paths.iter() {
        if let ReferenceOr::Item(item) = item {
            operations.extend(of_item(context, openapi, path, item, &media::below("/paths", path)));
        }
    }
    for operation in &operations {
        check_text(context, operation);
        check_path(context, operation);
    }
    operations
}

/// The operations of a path item, in the usual order of methods.
fn of_item(context: &mut Context<'_>, openapi: &OpenAPI, path: &str, item: &PathItem, pointer: &str) -> Vec<Operation> {
    let mut written = methods(item, pointer);
    written.retain(|(method, pointer, _)| {
        // `CONNECT` asks a proxy for a tunnel and has no path (RFC 9110, section 9.3.6).
        let known = super::is_token(method) && !method.eq_ignore_ascii_case("connect");
        if !known {
            let span = context.place(pointer).span;
            let message = format!("`{}` cannot be the method of a request to a path", method.escape_debug());
            context
                .diagnostics
                .report(Code::WrongType, Some(span), message)
                .help("the operation is left out of the client");
        }
        known
    });
    written.sort_by_key(|(method, _, _)| order::rank(&method.to_lowercase()));
    written
        .iter()
        .map(|(method, place, operation)| one(context, openapi, (path, item, pointer), (method, place, operation)))
        .collect()
}

/// Every method of a path item with its place, also those that OpenAPI 3.0 has no field for.
fn methods(item: &PathItem, pointer: &str) -> Vec<(String, String, openapiv3::Operation)> {
    let known = item
        .iter()
        .map(|(method, operation)| (method.to_uppercase(), format!("{pointer}/{method}"), operation.clone()));
    let more = item.extensions.get("x-norm-operations").and_then(Value::as_object).into_iter().flatten();
    let more = more.filter_map(|(method, operation)| {
        let pointer = format!("{pointer}/x-norm-operations/{}", pointer::escape(method));
        Some((method.clone(), pointer, serde_json::from_value(operation.clone()).ok()?))
    });
    known.chain(more).collect()
}

fn one(
    context: &mut Context<'_>,
    openapi: &OpenAPI,
    (path, item, item_pointer): (&str, &PathItem, &str),
    (method, pointer, operation): (&str, &str, &openapiv3::Operation),
) -> Operation {
    let security = operation.security.as_ref().or(openapi.security.as_ref());
    let is_called = pointer.starts_with("/paths/") && !pointer.contains("/callbacks/");
    let open = (security.is_none() && is_called).then(|| context.place(pointer).span);
    let owner = parameter::Owner { openapi, open };
    let parameters =
        parameter::merge(context, &owner, (&item.parameters, item_pointer), (&operation.parameters, pointer));
    let servers = match operation.servers.as_slice() {
        [] => super::servers(context, &item.servers, item_pointer),
        own => super::servers(context, own, pointer),
    };
    Operation {
        path: path.to_owned(),
        method: method.to_owned(),
        id: operation.operation_id.clone().filter(|id| !id.trim().is_empty()),
        tags: operation.tags.clone(),
        summary: operation.summary.clone().or_else(|| item.summary.clone()),
        description: operation.description.clone().or_else(|| item.description.clone()),
        link: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
        deprecated: operation.deprecated,
        rust_name: text(&operation.extensions, "x-rust-name"),
        parameters,
        body: operation.request_body.as_ref().and_then(|body| media::body(context, body, pointer)),
        responses: media::responses(context, &operation.responses, pointer),
        security: security.map(|security| security::requirements(security)),
        servers,
        place: context.place(pointer),
    }
}

/// What of a path is sent otherwise than it stands there: braces around no name, and segments of dots, which are taken away
/// wherever a URL is made of it.
fn check_text(context: &mut Context<'_>, operation: &Operation) {
    let parts = path::parts(&operation.path);
    let brace = parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains(['{', '}'])));
    let dots = path::segments(&operation.path);
    let dots = dots.iter().find_map(|segment| match segment.as_slice() {
        [Part::Literal(text)] if is_dots(text) => Some(*text),
        _ => None,
    });
    let brace = brace.then(|| {
        (
            format!("the path `{}` has braces around no name", operation.path),
            "they are sent as they stand; correct the path",
        )
    });
    let dots = dots.map(|dots| {
        let message = format!("the path `{}` has the segment `{dots}`, which no request is sent with", operation.path);
        (message, "write the path as it is after RFC 3986, section 5.2.4")
    });
    for (message, help) in brace.into_iter().chain(dots) {
        context.diagnostics.report(Code::WrongType, Some(operation.place.span), message).help(help);
    }
}

/// A path parameter without a place in the template cannot be sent; a place without a parameter cannot be filled.
fn check_path(context: &mut Context<'_>, operation: &Operation) {
    let names = template_names(&operation.path);
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == Location::Path) {
        if !names.contains(&parameter.name.as_str()) {
            let message = format!("the path `{}` has no place for the parameter `{}`", operation.path, parameter.name);
            context
                .diagnostics
                .report(Code::UnusedPathParameter, Some(parameter.place.span), message)
                .help("the parameter is left out of the client")
                .repair(Repair::RemoveItem(parameter.place.span));
        }
    }
    for name in names {
        let declared = |parameter: &super::Parameter| parameter.location == Location::Path && parameter.name == name;
        if !operation.parameters.iter().any(declared) {
            let message = format!("the path `{}` names `{name}`, which no parameter declares", operation.path);
            context
                .diagnostics
                .report(Code::UndeclaredPathParameter, Some(operation.place.span), message)
                .help("it becomes a required string")
                .repair(Repair::Declare(operation.place.span, name.to_owned()));
        }
    }
}

/// Webhooks of the document, then the callbacks of every operation.
pub(super) fn webhooks(context: &mut Context<'_>, openapi: &OpenAPI) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    if let Some(Value::Object(items)) = openapi.extensions.get("x-norm-webhooks") {
        for (name, item) in items {
            if let Ok(item) = serde_json::from_value::<PathItem>(item.clone()) {
                let pointer = media::below("/x-norm-webhooks", name);
                push(context, openapi, &mut webhooks, name, (&item, &pointer));
            }
        }
    }
    for (path, item) in openapi.paths.iter() {
        let Some(item) = item.as_item() else { continue };
        for (_, pointer, operation) in methods(item, &media::below("/paths", path)) {
            for (key, callback) in &operation.callbacks {
                for (expression, item) in callback {
                    let pointer = media::below(&media::below(&format!("{pointer}/callbacks"), key), expression);
                    push(context, openapi, &mut webhooks, key, (item, &pointer));
                }
            }
        }
    }
    webhooks
}

fn push(
    context: &mut Context<'_>,
    openapi: &OpenAPI,
    webhooks: &mut Vec<Webhook>,
    name: &str,
    (item, pointer): (&PathItem, &str),
) {
    for operation in of_item(context, openapi, name, item, pointer) {
        webhooks.push(Webhook { name: name.to_owned(), operation });
    }
}
