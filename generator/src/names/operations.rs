//! Identifiers of operations: methods, markers, parameters, variants of errors and successes.

use crate::ir::{Api, Content, Form, GroupId, Location, Operation, OperationId, Parameter, Response, Status};

use super::groups::GroupNames;
use super::ident::Ident;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

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
    api: &Api,
    group: GroupId,
    names: &GroupNames,
    types: &mut Scope,
) -> Vec<(OperationId, OperationNames)> {
    let operations: Vec<(OperationId, &Operation)> = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.group == group)
        .map(|(index, op)| (OperationId(index), op))
        .collect();
    let wire = api.groups.get(group.0).map_or("", |group| group.wire.as_str());
    let tag = words::words(wire);
    let mut methods = Scope::values(&["new", "clone", "fmt"]);
    let wishes: Vec<Wish> = operations.iter().map(|(_, operation)| method(operation, &tag)).collect();
    let method_idents = methods.assign(&wishes);
    types.reserve(names.handle.as_str());
    let markers: Vec<Wish> = method_idents.iter().map(marker).collect();
    let markers = types.assign(&markers);
    let named = operations.iter().zip(method_idents).zip(markers);
    named
        .map(|(((id, operation), method), marker)| (*id, one(operation, method, marker, &mut methods, types)))
        .collect()
}

fn marker(method: &Ident) -> Wish {
    let name = words::pascal(method.as_str(), Symbols::Separate);
    let clashes = reserved::TYPES.contains(&name.as_str());
    Wish::new(if clashes { format!("{name}Operation") } else { name }, "", 1)
}

/// The best names for an operation's method: without the group's name, then with it.
fn method(operation: &Operation, tag: &[String]) -> Wish {
    if let Some(user) = &operation.rust_name {
        return Wish::new(words::snake(user), user, 0);
    }
    let Some(id) = operation.wire.as_deref().filter(|id| !id.is_empty()) else {
        return Wish::new(words::not_keyword(words::snake(&described(operation))), "", 6);
    };
    let full = words::words(id);
    let full_name = words::snake(id);
    let (short, rank) = strip(&full, tag);
    let short = words::snake(&short.join("_"));
    Wish { names: vec![short, full_name.clone()], rank, exact: full_name == id }
}

/// Takes the group's name off, and says how good the claim to the short name is (lower is better).
fn strip<'a>(words: &'a [String], tag: &[String]) -> (&'a [String], u8) {
    let singular: Vec<String> =
        tag.iter().enumerate().map(|(i, word)| if i + 1 == tag.len() { one_of(word) } else { word.clone() }).collect();
    let shorter = |rest: Option<&'a [String]>| rest.filter(|rest| !rest.is_empty() && !tag.is_empty());
    if let Some(rest) = shorter(words.strip_prefix(tag)) {
        return (rest, 2);
    }
    if let Some(rest) = shorter(words.strip_suffix(tag)) {
        return (rest, 3);
    }
    if let Some(rest) = shorter(words.strip_prefix(singular.as_slice())) {
        return (rest, 4);
    }
    if let Some(rest) = shorter(words.strip_suffix(singular.as_slice())) {
        return (rest, 4);
    }
    (words, 2)
}

/// The singular of a plural, by the rules that hold for nearly all names of resources.
fn one_of(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.ends_with('u') && !stem.is_empty() => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// A name for an operation without one: method and path.
fn described(operation: &Operation) -> String {
    let mut text = operation.method.to_lowercase();
    for segment in operation.path.split('/').filter(|segment| !segment.is_empty()) {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => text.push_str(&format!(" by {parameter}")),
            None => text.push_str(&format!(" {segment}")),
        }
    }
    text
}

fn one(operation: &Operation, method: Ident, marker: Ident, methods: &mut Scope, types: &mut Scope) -> OperationNames {
    let stream = streams_or_not(operation).then(|| {
        let stream_method = methods.one(Wish::new(format!("{}_stream", method.as_str().trim_end_matches('_')), "", 7));
        (stream_method, types.one(Wish::new(format!("{marker}Stream"), "", 7)))
    });
    let (parameters, bodies) = arguments(operation);
    OperationNames {
        content_methods: content_methods(operation, &method, methods),
        error: if operation.errors.is_empty() {
            Ident::default()
        } else {
            types.one(Wish::new(format!("{marker}Error"), "", 7))
        },
        ok: types.one(Wish::new(format!("{marker}Ok"), "", 7)),
        stream,
        parameters,
        bodies,
        errors: errors(&operation.errors),
        successes: successes(&operation.success),
        method,
        marker,
    }
}

/// Whether a success can come at once or as a stream of events: two methods, because they differ in how they are read.
fn streams_or_not(operation: &Operation) -> bool {
    let contents = || operation.success.iter().flat_map(|response| &response.contents);
    contents().any(|content| content.form.is_stream()) && contents().any(|content| !content.form.is_stream())
}

fn content_methods(operation: &Operation, method: &Ident, methods: &mut Scope) -> Vec<Ident> {
    let Some(body) = operation.body.as_ref().filter(|body| body.required) else { return vec![method.clone()] };
    let mut idents = vec![method.clone()];
    for content in body.contents.iter().skip(1) {
        let wish = Wish::new(format!("{}_{}", method.as_str().trim_end_matches('_'), content_word(content)), "", 7);
        idents.push(methods.one(wish.or(format!("{method}_{}", words::snake(&content.media_type)))));
    }
    idents
}

/// One word for a media type.
fn content_word(content: &Content) -> String {
    match &content.form {
        Form::Json(_) => "json".to_owned(),
        Form::UrlEncoded(..) => "form".to_owned(),
        Form::Multipart(..) => "multipart".to_owned(),
        Form::JsonLines(_) => "json_lines".to_owned(),
        Form::Events(_) => "events".to_owned(),
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

fn arguments(operation: &Operation) -> (Vec<Ident>, Vec<Ident>) {
    let mut scope = Scope::values(&[]);
    let wishes: Vec<Wish> = operation.parameters.iter().map(parameter).collect();
    let parameters = scope.assign(&wishes);
    let Some(body) = &operation.body else { return (parameters, Vec::new()) };
    if body.required {
        let ident = scope.one(Wish::new("body".to_owned(), "", 7).or("request_body".to_owned()));
        return (parameters, vec![ident; body.contents.len()]);
    }
    let setter = |(index, content): (usize, &Content)| match index {
        0 => Wish::new("body".to_owned(), "", 7).or("request_body".to_owned()),
        _ => Wish::new(format!("body_{}", content_word(content)), "", 7),
    };
    let wishes: Vec<Wish> = body.contents.iter().enumerate().map(setter).collect();
    (parameters, scope.assign(&wishes))
}

fn parameter(parameter: &Parameter) -> Wish {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let base = super::members::user_or(parameter.rust_name.as_deref(), words::snake(&parameter.wire), &parameter.wire);
    let name = base.names.first().cloned().unwrap_or_default();
    let clashes = !parameter.required && reserved::REQUEST.contains(&name.as_str());
    let name = if clashes { format!("{name}_param") } else { name };
    Wish { names: vec![name.clone(), format!("{}_{place}", name.trim_end_matches('_'))], ..base }
}

fn errors(responses: &[Response]) -> Vec<Ident> {
    let wishes: Vec<Wish> = responses.iter().map(|response| Wish::new(status_name(response.status), "", 1)).collect();
    Scope::types(&[]).assign(&wishes)
}

fn successes(responses: &[Response]) -> Vec<Vec<Ident>> {
    let several = responses.len() > 1;
    let mut scope = Scope::types(&[]);
    let mut idents = Vec::new();
    for response in responses {
        let status = status_name(response.status);
        let name = |content: &Content| {
            let word = words::pascal(&content_word(content), Symbols::Separate);
            let name = match (several, response.contents.len()) {
                (true, 1) => status.clone(),
                (true, _) => format!("{status}{word}"),
                (false, _) => word,
            };
            Wish::new(name, "", 1)
        };
        let wishes: Vec<Wish> = match response.contents.is_empty() {
            true => vec![Wish::new(status.clone(), "", 1)],
            false => response.contents.iter().map(name).collect(),
        };
        idents.push(scope.assign(&wishes));
    }
    idents
}

/// What a status is called as a variant.
fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => reserved::status_name(code).map_or_else(|| format!("Status{code}"), str::to_owned),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(digit) => format!("Status{digit}xx"),
        Status::Default => "Other".to_owned(),
    }
}
