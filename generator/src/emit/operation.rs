//! One operation: its method on the handle, its setters, its marker and the facts about it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Content, Docs, GroupId, Operation, OperationId, Response, Server};
use crate::names::{Ident, OperationNames};
use crate::tree::Module;

use super::object::{deprecated, is_operator, is_placeholder};
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
pub(super) fn methods(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let methods = call.methods.iter().map(|(method, content)| self::method(scope, call, method, *content));
    quote!(#(#methods)*)
}

fn method(scope: &Scope<'_>, call: &Call<'_>, method: &Ident, content: Option<&Content>) -> TokenStream {
    scope.item(&docs(call, content), || {
        let deprecated = deprecated(call.operation.deprecated);
        let (request, marker) = (scope.runtime("Request"), call.marker);
        let required = parameters::required(scope, call);
        let argument =
            content.zip(call.names.bodies.first()).map(|(content, name)| body::argument(scope, content, name));
        let arguments: Vec<TokenStream> = required
            .iter()
            .map(|(argument, _)| argument.clone())
            .chain(argument.iter().map(|(argument, _)| argument.clone()))
            .collect();
        let steps = required.iter().map(|(_, step)| step).chain(argument.iter().map(|(_, step)| step));
        let many = (arguments.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
        let operator = is_operator(method).then(|| quote!(#[allow(clippy::should_implement_trait)]));
        let placeholder = placeholders(call).then(|| quote!(#[allow(clippy::disallowed_names)]));
        quote! {
            #deprecated
            #many
            #operator
            #placeholder
            pub fn #method(self, #(#arguments),*) -> #request<'c, #marker> {
                #request::new(self.client) #(#steps)*
            }
        }
    })
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
    let see = see(scope, group, call);
    module.code(parameters::setters(scope, call, &see));
    module.code(marker(scope, call, &see));
    module.code(pages::emit(scope, call));
    if call.first {
        errors::emit(scope, call, &see, module);
    }
    module.code(responses::emit(scope, call, &see));
    module.code(headers::emit(scope, call, &see));
}

/// A link to the method.
fn see(scope: &Scope<'_>, group: GroupId, call: &Call<'_>) -> String {
    let handle = &scope.ctx.names.group(group).handle;
    let method = call.methods.first().map_or("new", |(method, _)| method.as_str());
    format!("[`{handle}::{method}`]")
}

fn marker(scope: &Scope<'_>, call: &Call<'_>, see: &str) -> TokenStream {
    let docs = docs::attributes(&[format!("{}: see {see}.", call_line(call.operation))]);
    let marker = call.marker;
    let implementation = scope.item(&[], || implementation(scope, call));
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #marker;

        #implementation
    }
}

fn implementation(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let marker = call.marker;
    let operation = scope.runtime("Operation");
    let (facts_type, facts) = (scope.runtime("Facts"), facts(scope, call));
    let (output, decode) = responses::output(scope, call);
    let error = errors::name(scope, call);
    let (response, decode_error) = (scope.runtime("Response"), scope.runtime("DecodeError"));
    quote! {
        impl #operation for #marker {
            type Output = #output;
            type Error = #error;
            const FACTS: #facts_type = #facts;
            fn output(response: #response) -> Result<#output, #decode_error> {
                #decode
            }
        }
    }
}

/// `Facts::new("opportunities_list", "GET", "/opportunity/").security(…)`
fn facts(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let operation = call.operation;
    let facts = scope.runtime("Facts");
    let id = operation.wire.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
    let (method, path) = (&operation.method, operation.sent_path());
    let accept = responses::accept(call);
    let accept = accept.map(|accept| quote!(.accept(#accept)));
    let stream = responses::is_streamed(call).then(|| quote!(.stream()));
    let security = security(scope, operation);
    let servers = servers(&operation.servers);
    quote!(#facts::new(#id, #method, #path) #accept #stream #security #servers)
}

fn security(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes =
            alternative.iter().map(|requirement| scope.scheme(&scope.ctx.names.scheme(requirement.scheme).constant));
        quote!(&[#(#schemes),*])
    });
    (!operation.security.is_empty()).then(|| quote!(.security(&[#(#alternatives),*])))
}

fn servers(servers: &[Server]) -> Option<TokenStream> {
    let defaults = servers.iter().filter(|server| server.is_default()).filter_map(Server::default_url);
    let urls: Vec<Literal> = defaults.map(|url| Literal::string(&url)).collect();
    (!urls.is_empty()).then(|| quote!(.servers(&[#(#urls),*])))
}
