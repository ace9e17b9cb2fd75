//! Parameters: arguments where they are required, setters on the request where they are not.

use crate::ir::{Encoding, Location, Parameter, Style, Type};
use crate::names::Ident;
use crate::tree::{Call as Step, Module, OptionRow, Options, Table, Value};

use super::object::{PLACEHOLDER, is_operator, is_placeholder};
use super::operation::Call;
use super::scope::{Scope, literal};
use super::{body, docs};

/// Arguments with their types, and the calls that put them into the request.
pub(super) fn required(scope: &Scope<'_>, call: &Call<'_>) -> Vec<(String, Step)> {
    let all = call.operation.parameters.iter().zip(&call.names.parameters);
    let required = all.filter(|(parameter, _)| parameter.required);
    required
        .map(|(parameter, name)| {
            let (ty, step) = one(scope, parameter, name);
            (format!("{name}: {ty}"), step)
        })
        .collect()
}

/// The table with one setter per optional parameter and optional body.
pub(super) fn options(scope: &Scope<'_>, call: &Call<'_>, method: (Ident, Ident), module: &mut Module) {
    let all = call.operation.parameters.iter().zip(&call.names.parameters);
    let optional = all.filter(|(parameter, _)| !parameter.required);
    let mut rows: Vec<OptionRow> = optional.map(|(parameter, name)| option(scope, parameter, name)).collect();
    if let Some(body) = call.operation.body.as_ref().filter(|body| !body.required) {
        let contents = body.contents.iter().zip(&call.names.bodies);
        rows.extend(contents.map(|(content, name)| body::option(scope, body, content, name)));
    }
    if !rows.is_empty() {
        module.table(Table::Options(Options { marker: call.marker.clone(), method, rows }));
    }
}

fn option(scope: &Scope<'_>, parameter: &Parameter, name: &Ident) -> OptionRow {
    let fallback = format!("Sets {}.", docs::code(&parameter.wire));
    let deprecated = parameter.deprecated.then_some("#[deprecated]");
    let operator = is_operator(name).then_some("#[allow(clippy::should_implement_trait)]");
    let placeholder = is_placeholder(name).then_some(PLACEHOLDER);
    let (ty, step) = one(scope, parameter, name);
    OptionRow {
        docs: docs::lines(&parameter.docs, &fallback),
        attributes: deprecated.into_iter().chain(operator).chain(placeholder).collect(),
        name: name.clone(),
        ty,
        step,
    }
}

/// The argument's type and the call for one parameter.
fn one(scope: &Scope<'_>, parameter: &Parameter, name: &Ident) -> (String, Step) {
    let ty = without_null(&parameter.ty);
    if let (Type::List(item), Location::Query, Encoding::Style { .. }) = (ty, parameter.location, &parameter.encoding) {
        let (ty, method) = list(scope, item);
        let arguments = [literal(&parameter.wire), styled(scope, parameter), name.to_string()];
        return (ty, Step::new(method, arguments.map(Value::Text)));
    }
    if parameter.allow_empty && !is_string(scope, ty) {
        let ty = scope.spell(ty);
        let value = format!("&Into::<Option<{ty}>>::into({name})");
        return (format!("impl Into<Option<{ty}>>"), step(scope, parameter, value));
    }
    let ty = if is_string(scope, ty) { "&str".to_owned() } else { scope.spell(ty) };
    (ty, step(scope, parameter, format!("&{name}")))
}

/// A list is taken as anything that can be iterated.
fn list(scope: &Scope<'_>, item: &Type) -> (String, &'static str) {
    if is_string(scope, item) {
        return ("impl IntoIterator<Item = impl Into<String>>".to_owned(), "query_strings");
    }
    (format!("impl IntoIterator<Item = {}>", scope.spell(item)), "query_list")
}

/// Whether a type is a string, also under another name.
fn is_string(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Named(id) => scope.ctx.def(*id).is_some_and(|def| match &def.shape {
            crate::ir::Shape::Alias(Type::String) => true,
            crate::ir::Shape::Alias(inner @ Type::Named(next)) => next != id && is_string(scope, inner),
            _ => false,
        }),
        _ => false,
    }
}

/// A parameter's `null` is not sent, so it is no value to give.
fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => without_null(inner),
        _ => ty,
    }
}

fn step(scope: &Scope<'_>, parameter: &Parameter, value: String) -> Step {
    let (method, value) = (method(parameter.location), Value::Text(value));
    let wire = || Value::Text(literal(&parameter.wire));
    let style = || Value::Text(styled(scope, parameter));
    match parameter.location {
        Location::QueryString if is_form(&parameter.encoding) => {
            Step::new("query_form", [value, body::encodings(scope, &parameter.form)])
        }
        Location::QueryString => Step::new(method, [style(), value]),
        Location::Path | Location::Query | Location::Header | Location::Cookie => {
            Step::new(method, [wire(), style(), value])
        }
    }
}

/// The style of a parameter.
fn styled(scope: &Scope<'_>, parameter: &Parameter) -> String {
    let empty = if parameter.allow_empty { ".or_empty()" } else { "" };
    format!("{}{empty}", style(scope, &parameter.encoding))
}

/// The method of a request that takes a parameter.
fn method(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "query_string",
        Location::Header => "header_param",
        Location::Cookie => "cookie",
    }
}

/// Whether a query is a form (OpenAPI 3.2.0 §4.12.5); nothing else can have a style.
pub(crate) fn is_form(encoding: &Encoding) -> bool {
    match encoding {
        Encoding::Style { .. } => true,
        Encoding::Content(media_type) => essence(media_type) == "application/x-www-form-urlencoded",
    }
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `Style::FORM_JOINED`
pub(super) fn style(scope: &Scope<'_>, encoding: &Encoding) -> String {
    let name = scope.import("Style");
    let (style, explode, allow_reserved) = match encoding {
        Encoding::Style { style, explode, allow_reserved } => (style, explode, allow_reserved),
        Encoding::Content(media_type) if is_json(media_type) => return format!("{name}::JSON"),
        Encoding::Content(_) => return format!("{name}::TEXT"),
    };
    let constant = match (style, explode) {
        (Style::Simple, false) => "SIMPLE",
        (Style::Simple, true) => "SIMPLE_EXPLODE",
        (Style::Label, false) => "LABEL",
        (Style::Label, true) => "LABEL_EXPLODE",
        (Style::Matrix, false) => "MATRIX",
        (Style::Matrix, true) => "MATRIX_EXPLODE",
        (Style::Form, false) => "FORM_JOINED",
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => "FORM",
        (Style::SpaceDelimited, false) => "SPACE",
        (Style::PipeDelimited, false) => "PIPE",
        (Style::DeepObject, _) => "DEEP",
        (Style::Cookie, true) => "COOKIE",
        (Style::Cookie, false) => "COOKIE_JOINED",
    };
    let reserved = if *allow_reserved { ".reserved()" } else { "" };
    format!("{name}::{constant}{reserved}")
}
