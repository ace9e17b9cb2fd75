//! One operation: its method on the handle, its setters, its marker and the facts about it.

use crate::ir::{Content, Docs, GroupId, Operation, OperationId, Requirement, Response, Server};
use crate::names::{Ident, OperationNames};
use crate::tree::{Call as Step, Facts, Method, Module, Table};

use super::object::{PLACEHOLDER, is_operator, is_placeholder};
use super::scope::Scope;
use super::{Ctx, body, docs, errors, headers, pages, parameters, responses};

/// An operation as it is called: once, or twice where the answer can be streamed or not.
pub(super) struct Call<'a> {
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
    /// One method per request media type.
    pub(super) methods: Vec<(&'a Ident, Option<&'a Content>)>,
    /// The marker type.
    pub(super) marker: &'a Ident,
    /// What success can be.
    pub(super) successes: Vec<Success<'a>>,
    /// Whether this is the first call of its operation, which carries what the calls share.
    pub(super) first: bool,
}

/// One way to succeed.
pub(super) struct Success<'a> {
    pub(super) response: &'a Response,
    pub(super) content: Option<&'a Content>,
    pub(super) variant: &'a Ident,
}

/// The calls of an operation.
pub(super) fn calls<'a>(ctx: &Ctx<'a>, id: OperationId) -> Vec<Call<'a>> {
    let Some(operation) = ctx.api.operations.get(id.0) else { return Vec::new() };
    let names = ctx.names.operation(id);
    let all = successes(operation, names);
    let body = operation.body.as_ref().filter(|body| body.required);
    let contents: Vec<Option<&Content>> =
        body.map_or_else(|| vec![None], |body| body.contents.iter().map(Some).collect());
    let methods = names.content_methods.iter().zip(contents).collect();
    let Some((method, marker)) = &names.stream else {
        return vec![Call { operation, names, methods, marker: &names.marker, successes: all, first: true }];
    };
    let is_stream = |success: &Success<'_>| success.content.is_some_and(|content| content.form.is_stream());
    let (streamed, whole): (Vec<_>, Vec<_>) = all.into_iter().partition(is_stream);
    let content = body.and_then(|body| body.contents.first());
    let stream = Call { operation, names, methods: vec![(method, content)], marker, successes: streamed, first: false };
    vec![Call { operation, names, methods, marker: &names.marker, successes: whole, first: true }, stream]
}

/// Every documented success, one per media type. An answer to `HEAD` has no body (RFC 9110 §9.3.2).
fn successes<'a>(operation: &'a Operation, names: &'a OperationNames) -> Vec<Success<'a>> {
    let mut all = Vec::new();
    for (response, variants) in operation.success.iter().zip(&names.successes) {
        let contents: Vec<Option<&Content>> = match operation.method == "HEAD" || response.contents.is_empty() {
            true => vec![None],
            false => response.contents.iter().map(Some).collect(),
        };
        all.extend(contents.into_iter().zip(variants).map(|(content, variant)| Success { response, content, variant }));
    }
    all
}

/// The methods of the handle that make the request.
pub(super) fn methods(scope: &Scope<'_>, call: &Call<'_>) -> Vec<Method> {
    call.methods.iter().map(|(name, content)| method(scope, call, name, *content)).collect()
}

fn method(scope: &Scope<'_>, call: &Call<'_>, name: &Ident, content: Option<&Content>) -> Method {
    let ((arguments, steps), names_deprecated) = scope.watch(|| arguments(scope, call, content));
    let attributes = [
        (names_deprecated, "#[allow(deprecated)]"),
        (call.operation.deprecated, "#[deprecated]"),
        (arguments.len() > 6, "#[allow(clippy::too_many_arguments)]"),
        (is_operator(name), "#[allow(clippy::should_implement_trait)]"),
        (placeholders(call), PLACEHOLDER),
    ];
    Method {
        docs: docs(call, content),
        attributes: attributes.into_iter().filter_map(|(is, attribute)| is.then_some(attribute)).collect(),
        name: name.clone(),
        arguments,
        marker: call.marker.clone(),
        steps,
    }
}

/// What the caller has to give, and what is done with it.
fn arguments(scope: &Scope<'_>, call: &Call<'_>, content: Option<&Content>) -> (Vec<String>, Vec<Step>) {
    let body = content.zip(call.names.bodies.first()).map(|(content, name)| {
        let (ty, step) = body::argument(scope, content, name);
        (format!("{name}: {ty}"), step)
    });
    parameters::required(scope, call).into_iter().chain(body).unzip()
}

/// Whether an argument of the method is called like a placeholder.
fn placeholders(call: &Call<'_>) -> bool {
    let parameters = call.operation.parameters.iter().zip(&call.names.parameters);
    let body = call.operation.body.as_ref().filter(|body| body.required).and(call.names.bodies.first());
    parameters.filter(|(parameter, _)| parameter.required).map(|(_, name)| name).chain(body).any(is_placeholder)
}

fn docs(call: &Call<'_>, content: Option<&Content>) -> Vec<String> {
    let operation = call.operation;
    let mut notes: Vec<String> = Vec::new();
    for (parameter, name) in operation.parameters.iter().zip(&call.names.parameters) {
        let text = docs::brief(&parameter.docs);
        if let Some(text) = text.filter(|_| parameter.required) {
            notes.push(format!("`{name}`: {text}"));
        }
    }
    if let (Some(content), true) = (content, call.methods.len() > 1) {
        notes.push(format!("The body is sent as {}.", docs::code(&content.media_type)));
    }
    let mut lines = docs::lines(&operation.docs, &call_line(operation));
    if lines != [call_line(operation)] {
        lines.extend([String::new(), call_line(operation)]);
    }
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend(docs::lines(&Docs { notes, ..Docs::default() }, ""));
    }
    lines
}

/// `GET /opportunity/`
pub(super) fn call_line(operation: &Operation) -> String {
    docs::code(&format!("{} {}", operation.method, operation.path))
}

/// Adds what stands beside the handle: setters, marker, facts, pagination, errors, successes.
pub(super) fn emit(scope: &Scope<'_>, group: GroupId, call: &Call<'_>, module: &mut Module) {
    let method = begins(scope, group, call);
    let see = format!("[`{}::{}`]", method.0, method.1);
    parameters::options(scope, call, method.clone(), module);
    module.table(Table::Operation(facts(scope, call, &see)));
    module.code(pages::emit(scope, call));
    if call.first {
        errors::emit(scope, call, method, module);
    }
    responses::emit(scope, call, &see, module);
    headers::emit(scope, call, &see, module);
}

/// The handle and the first method that begins the request.
fn begins(scope: &Scope<'_>, group: GroupId, call: &Call<'_>) -> (Ident, Ident) {
    let handle = &scope.ctx.names.group(group).handle;
    let method = call.methods.first().map_or(&call.names.method, |(method, _)| *method);
    (handle.clone(), method.clone())
}

fn facts(scope: &Scope<'_>, call: &Call<'_>, see: &str) -> Facts {
    let operation = call.operation;
    let (output, read) = responses::output(scope, call);
    let schemes = |alternative: &Vec<Requirement>| {
        let constant = |requirement: &Requirement| &scope.ctx.names.scheme(requirement.scheme).constant;
        alternative.iter().map(|requirement| scope.scheme(constant(requirement))).collect()
    };
    Facts {
        docs: vec![format!("{}: see {see}.", call_line(operation))],
        marker: call.marker.clone(),
        id: operation.wire.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path)),
        method: operation.method.clone(),
        path: operation.sent_path().to_owned(),
        output,
        read,
        error: errors::name(scope, call),
        accept: responses::accept(call).filter(|accept| accept != "application/json"),
        streamed: responses::is_streamed(call),
        servers: servers(&operation.servers),
        security: each_once(operation.security.iter().map(schemes)),
    }
}

/// Alternatives that differ in their scopes alone ask for the same credentials.
fn each_once(alternatives: impl Iterator<Item = Vec<Ident>>) -> Vec<Vec<Ident>> {
    let mut all: Vec<Vec<Ident>> = Vec::new();
    for alternative in alternatives {
        if !all.contains(&alternative) {
            all.push(alternative);
        }
    }
    all
}

fn servers(servers: &[Server]) -> Vec<String> {
    servers.iter().filter(|server| server.is_default()).filter_map(Server::default_url).collect()
}
