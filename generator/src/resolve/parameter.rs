//! Parameters: path and operation merged, style and explode settled.

use openapiv3::{OpenAPI, Parameter as Written, ParameterData, ParameterSchemaOrContent, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::security::{self, Known};
use super::{Context, Parameter, media, text};
use crate::diagnostic::Code;
use crate::document::Span;
use crate::ir::{Encoding, Location, Style};
use crate::repair::{Presence, Repair};

/// Headers that OpenAPI says are described elsewhere (3.0.4 §4.7.12.1): a parameter of this name is ignored.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// What parameters belong to.
pub(super) struct Owner<'a> {
    pub(super) openapi: &'a OpenAPI,
    /// The place of an operation of which nothing says who may call it.
    pub(super) open: Option<Span>,
}

/// The parameters of an operation: those of its path, replaced by its own where name and location agree.
pub(super) fn merge(
    context: &mut Context<'_>,
    owner: &Owner<'_>,
    path: (&[ReferenceOr<Written>], &str),
    own: (&[ReferenceOr<Written>], &str),
) -> Vec<Parameter> {
    let mut merged: Vec<Parameter> = Vec::new();
    for (list, pointer) in [path, own] {
        let mut here: Vec<Parameter> = Vec::new();
        for (index, written) in list.iter().enumerate() {
            let Some(parameter) = written.as_item() else { continue };
            let parameter = read(context, parameter, &format!("{pointer}/parameters/{index}"));
            if ignored(context, owner, &parameter) || unsendable(context, &parameter) {
                continue;
            }
            if here.iter().any(|other| is_same(other, &parameter)) {
                twice(context, &parameter);
            }
            replace_or_push(&mut here, parameter);
        }
        here.into_iter().for_each(|parameter| replace_or_push(&mut merged, parameter));
    }
    merged
}

fn replace_or_push(parameters: &mut Vec<Parameter>, parameter: Parameter) {
    match parameters.iter_mut().find(|other| is_same(other, &parameter)) {
        Some(other) => *other = parameter,
        None => parameters.push(parameter),
    }
}

fn twice(context: &mut Context<'_>, parameter: &Parameter) {
    let message = format!("the parameter `{}` is described twice in one list", parameter.name);
    context
        .diagnostics
        .report(Code::WrongType, Some(parameter.place.span), message)
        .help("the last description is taken; names of headers are the same in upper and lower case");
}

/// Names of headers are the same in either case (RFC 9110, section 5.1).
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let same = match one.location {
        Location::Header => one.name.eq_ignore_ascii_case(&other.name),
        Location::Path | Location::Query | Location::QueryString | Location::Cookie => one.name == other.name,
    };
    same && one.location == other.location
}

fn ignored(context: &mut Context<'_>, owner: &Owner<'_>, parameter: &Parameter) -> bool {
    let name = parameter.name.to_ascii_lowercase();
    let ignored = parameter.location == Location::Header && DESCRIBED_ELSEWHERE.contains(&name.as_str());
    if ignored {
        let message =
            format!("the header parameter `{}` is described elsewhere in OpenAPI and is ignored", parameter.name);
        let (help, repairs) = match owner.open.filter(|_| name == "authorization") {
            Some(operation) => credential(context, owner.openapi, parameter, operation),
            None => ("media types say what is accepted and sent; security schemes say who is calling", Vec::new()),
        };
        let found = context.diagnostics.report(Code::IgnoredHeaderParameter, Some(parameter.place.span), message);
        found.help(help).repair(Repair::RemoveItem(parameter.place.span));
        repairs.into_iter().for_each(|repair| _ = found.repair(repair));
    }
    ignored
}

/// How the parameter would be described so that the client takes it: as the credential of a security scheme.
fn credential(
    context: &Context<'_>,
    openapi: &OpenAPI,
    parameter: &Parameter,
    operation: Span,
) -> (&'static str, Vec<Repair>) {
    let presence = if parameter.required { Presence::Required } else { Presence::Optional };
    match security::of_authorization(openapi) {
        Known::None(free) => (
            "a security scheme makes the client take it as a credential: `--fix` declares one and lets the operation ask for it",
            vec![
                Repair::DeclareScheme(context.model.skeleton.span, free.clone()),
                Repair::Require(operation, free, presence),
            ],
        ),
        Known::One(scheme) => (
            "a security scheme is declared for it, and the operation does not ask for it: `--fix` writes that it does",
            vec![Repair::Require(operation, scheme, presence)],
        ),
        Known::Several => (
            "several security schemes are declared for it: say under `security` which the operation asks for",
            Vec::new(),
        ),
    }
}

/// A name that no header or cookie can have is reported: what has it could never be sent.
fn unsendable(context: &mut Context<'_>, parameter: &Parameter) -> bool {
    let kind = match (parameter.location, &parameter.encoding) {
        (Location::Header, _) => "header",
        // In the style `form` it is escaped.
        (Location::Cookie, Encoding::Style { style: Style::Cookie, .. }) => "cookie",
        (Location::Path | Location::Query | Location::QueryString | Location::Cookie, _) => return false,
    };
    let unsendable = !super::is_token(&parameter.name);
    if unsendable {
        let message = format!("`{}` cannot be the name of a {kind}", parameter.name.escape_debug());
        let diagnostic = context.diagnostics.report(Code::WrongType, Some(parameter.place.span), message);
        diagnostic.help("the parameter is left out of the client");
    }
    unsendable
}

fn read(context: &Context<'_>, written: &Written, pointer: &str) -> Parameter {
    let data = written.parameter_data_ref();
    let location = location(written, data);
    let mut form = Vec::new();
    let (schema, encoding, inner) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (context.schema(Some(schema)), style(written, data), None),
        ParameterSchemaOrContent::Content(content) => {
            let media = media::content(context, content).into_iter().next();
            let media_type =
                media.as_ref().map_or_else(|| "application/json".to_owned(), |media| media.media_type.clone());
            form = media.as_ref().map(|media| media.encoding.clone()).unwrap_or_default();
            let inner = media.as_ref().and_then(|media| media.example.clone());
            (media.and_then(|media| media.schema), Encoding::Content(media_type), inner)
        }
    };
    let example = data.example.as_ref().map(ToString::to_string);
    let instance = media::example(data.example.as_ref(), &data.examples).or(inner);
    Parameter {
        name: data.name.clone(),
        location,
        encoding,
        form,
        required: data.required || location == Location::Path,
        allow_empty: matches!(written, Written::Query { allow_empty_value: Some(true), .. }),
        schema,
        description: data.description.clone(),
        deprecated: data.deprecated.unwrap_or_default(),
        rust_name: text(&data.extensions, "x-rust-name"),
        example,
        instance,
        place: context.place(pointer),
    }
}

fn location(written: &Written, data: &ParameterData) -> Location {
    match written {
        Written::Query { .. } if data.extensions.get("x-norm-in").and_then(Value::as_str) == Some("querystring") => {
            Location::QueryString
        }
        Written::Query { .. } => Location::Query,
        Written::Header { .. } => Location::Header,
        Written::Path { .. } => Location::Path,
        Written::Cookie { .. } => Location::Cookie,
    }
}

fn style(written: &Written, data: &ParameterData) -> Encoding {
    let style = match written {
        Written::Query { style, .. } => query_style(style),
        Written::Header { .. } => Style::Simple,
        Written::Path { style: openapiv3::PathStyle::Simple, .. } => Style::Simple,
        Written::Path { style: openapiv3::PathStyle::Label, .. } => Style::Label,
        Written::Path { style: openapiv3::PathStyle::Matrix, .. } => Style::Matrix,
        Written::Cookie { .. } if text(&data.extensions, "x-norm-style").as_deref() == Some("cookie") => Style::Cookie,
        Written::Cookie { .. } => Style::Form,
    };
    let allow_reserved = match written {
        Written::Query { allow_reserved, .. } => *allow_reserved,
        Written::Header { .. } | Written::Path { .. } | Written::Cookie { .. } => {
            data.extensions.get("x-norm-allow-reserved").and_then(Value::as_bool) == Some(true)
        }
    };
    // 3.2.0: "When style is form or cookie, the default value is true. For all other styles, the default value is false."
    let explode = data.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie));
    Encoding::Style { style, explode, allow_reserved }
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
