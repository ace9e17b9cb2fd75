//! The request of a transcript: what the client would send, with placeholders for what is not the document's to say.

use super::body::{self, Sent};
use super::encoder;
use super::encoder::encoding;
use super::encoder::escape::escape;
use super::encoder::json::to_string;
use super::encoder::style::{Style, header_text, path_text, query_pairs};
use super::hints::At;
use super::sample::{Sampler, Way};
use super::value::Json;
use super::{Scene, visible};
use crate::emit::parameters::{is_form, is_json};
use crate::ir::{self, Base, Encoding, Location, Parameter, PropertyEncoding, SchemeKind, Type};

/// A request in parts.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    /// Escaped pairs.
    pub(super) query: Vec<String>,
    /// Names in lower case, sorted.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Sent>,
}

/// Makes the request of one operation.
pub(super) fn make(scene: &Scene<'_>) -> Request {
    let operation = scene.operation;
    let mut request = Request { method: operation.method.clone(), ..Request::default() };
    let (mut path, mut cookies) = (operation.path.clone(), Vec::new());
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required || !parameter.deprecated) {
        let Some(value) = value(scene, parameter) else { continue };
        let style = style_of(parameter);
        let json = to_string(&value);
        match parameter.location {
            Location::Path => {
                let text = path_text(&parameter.wire, style, &json).unwrap_or_default();
                path = path.replace(&format!("{{{}}}", parameter.wire), &text);
            }
            Location::Query => request.query.extend(query_pairs(&parameter.wire, style, &json)),
            Location::QueryString => request.query.extend(whole_query(parameter, &value, style)),
            Location::Header => {
                let text = header_text(style, &json);
                request.headers.extend(text.map(|text| (parameter.wire.to_ascii_lowercase(), text)));
            }
            Location::Cookie => cookies.extend(query_pairs(&parameter.wire, style, &json)),
        }
    }
    request.path = format!("{}{path}", base_path(scene));
    request.body = operation.body.as_ref().and_then(|body| body::sent(scene, body));
    credentials(scene, &mut request, &mut cookies);
    if !cookies.is_empty() {
        request.headers.push(("cookie".to_owned(), cookies.join("; ")));
    }
    own_headers(scene, &mut request);
    request
}

/// What every request has.
fn own_headers(scene: &Scene<'_>, request: &mut Request) {
    let mut own = vec![
        ("accept".to_owned(), accept(scene)),
        ("host".to_owned(), "{{host}}".to_owned()),
        ("user-agent".to_owned(), "{{user-agent}}".to_owned()),
    ];
    if let Some(body) = &request.body {
        own.push(("content-type".to_owned(), body.media_type.clone()));
        own.push(("content-length".to_owned(), body.bytes.len().to_string()));
    }
    // What a parameter sets stays.
    own.retain(|(name, _)| !request.headers.iter().any(|(other, _)| other == name));
    request.headers.extend(own);
    request.headers.sort();
}

/// A value for a parameter: the first one that can be sent where it stands.
fn value(scene: &Scene<'_>, parameter: &Parameter) -> Option<Json> {
    let declared = scene.resolved.and_then(|resolved| {
        let same =
            |other: &&crate::resolve::Parameter| other.name == parameter.wire && other.location == parameter.location;
        resolved.parameters.iter().find(same)
    });
    let at = At { schema: declared.and_then(|declared| declared.schema), name: &parameter.wire };
    let example = declared.and_then(|declared| declared.instance.as_ref()).map(Json::from);
    let ty = without_null(&parameter.ty);
    let style = style_of(parameter);
    let made = Sampler::new(scene.api, scene.schemas, Way::Sent).value(ty, at, example.as_ref());
    let plain = || Sampler::new(scene.api, scene.schemas, Way::Sent).plain(ty, at);
    let fits = |value: &Json| can_be_sent(parameter, style, &to_string(value));
    made.filter(fits).or_else(|| plain().filter(fits))
}

/// The client refuses a path that means another one, and a header that is no line.
fn can_be_sent(parameter: &Parameter, style: Style, json: &str) -> bool {
    match parameter.location {
        Location::Path => path_text(&parameter.wire, style, json)
            .is_some_and(|text| !matches!(text.to_ascii_lowercase().replace("%2e", ".").as_str(), "" | "." | "..")),
        Location::Header => header_text(style, json).is_some_and(|text| visible(&text) && text.trim() == text),
        Location::Query | Location::QueryString | Location::Cookie => json != "null",
    }
}

/// The whole query: pairs where it is a form, else one document.
fn whole_query(parameter: &Parameter, value: &Json, style: Style) -> Vec<String> {
    if is_form(&parameter.encoding) {
        let text = encoder::form_text(value, &encodings(&parameter.form));
        return text.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
    }
    header_text(style, &to_string(value)).map(|text| escape(&text)).into_iter().collect()
}

fn style_of(parameter: &Parameter) -> Style {
    let style = style(&parameter.encoding);
    if parameter.allow_empty { style.or_empty() } else { style }
}

/// The encodings of a form as the client holds them, whose names live as long as the program.
pub(super) fn encodings(properties: &[PropertyEncoding]) -> Vec<encoding::Encoding> {
    let one = |property: &PropertyEncoding| {
        let mut encoding = encoding::Encoding::new(kept(&property.wire));
        if let Some(style) = &property.style {
            encoding = encoding.style(self::style(style));
        }
        match &property.content_type {
            Some(content_type) => encoding.content_type(kept(content_type)),
            None => encoding,
        }
    };
    properties.iter().map(one).collect()
}

/// A few short names for each form; a run makes a crate once.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// A parameter's `null` is not sent.
fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => without_null(inner),
        _ => ty,
    }
}

/// The style as generated code names it.
pub(super) fn style(encoding: &Encoding) -> Style {
    let (style, explode, allow_reserved) = match encoding {
        Encoding::Style { style, explode, allow_reserved } => (style, explode, allow_reserved),
        Encoding::Content(media_type) if is_json(media_type) => return Style::JSON,
        Encoding::Content(_) => return Style::TEXT,
    };
    let constant = match (style, explode) {
        (ir::Style::Simple, false) => Style::SIMPLE,
        (ir::Style::Simple, true) => Style::SIMPLE_EXPLODE,
        (ir::Style::Label, false) => Style::LABEL,
        (ir::Style::Label, true) => Style::LABEL_EXPLODE,
        (ir::Style::Matrix, false) => Style::MATRIX,
        (ir::Style::Matrix, true) => Style::MATRIX_EXPLODE,
        (ir::Style::Form, false) => Style::FORM_JOINED,
        (ir::Style::Form | ir::Style::SpaceDelimited | ir::Style::PipeDelimited, true) => Style::FORM,
        (ir::Style::SpaceDelimited, false) => Style::SPACE,
        (ir::Style::PipeDelimited, false) => Style::PIPE,
        (ir::Style::DeepObject, _) => Style::DEEP,
        (ir::Style::Cookie, true) => Style::COOKIE,
        (ir::Style::Cookie, false) => Style::COOKIE_JOINED,
    };
    if *allow_reserved { constant.reserved() } else { constant }
}

/// The media types of all successes that the method reads.
fn accept(scene: &Scene<'_>) -> String {
    let mut types: Vec<&str> = Vec::new();
    if scene.operation.method != "HEAD" {
        for content in scene.successes().flat_map(|response| &response.contents) {
            if scene.reads(content) && !types.contains(&content.media_type.as_str()) {
                types.push(&content.media_type);
            }
        }
    }
    if types.is_empty() { "application/json".to_owned() } else { types.join(", ") }
}

/// The path of the server.
fn base_path(scene: &Scene<'_>) -> String {
    let own = scene.operation.servers.iter().find(|server| server.is_default()).and_then(ir::Server::default_url);
    let url = own.unwrap_or_else(|| match scene.api.base() {
        Base::Known(url) | Base::Document(url) => url,
        Base::Given => String::new(),
    });
    let path =
        url.split_once("://").map_or(url.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}

/// The first alternative that asks for something, with placeholders.
fn credentials(scene: &Scene<'_>, request: &mut Request, cookies: &mut Vec<String>) {
    let Some(alternative) = scene.operation.security.iter().find(|schemes| !schemes.is_empty()) else { return };
    let mut header = |name: &str, value: String| {
        request.headers.retain(|(other, _)| other != name);
        request.headers.push((name.to_ascii_lowercase(), value));
    };
    for scheme in alternative.iter().filter_map(|requirement| scene.api.security.get(requirement.scheme.0)) {
        match &scheme.kind {
            SchemeKind::Basic => header("authorization", "Basic {{credentials}}".to_owned()),
            SchemeKind::Bearer | SchemeKind::OAuth2(_) => header("authorization", "Bearer {{token}}".to_owned()),
            SchemeKind::OtherHttp(name) => header("authorization", format!("{name} {{{{credentials}}}}")),
            SchemeKind::HeaderKey(name) => header(name, "{{key}}".to_owned()),
            SchemeKind::QueryKey(name) => request.query.push(format!("{}={{{{key}}}}", escape(name))),
            SchemeKind::CookieKey(name) => cookies.push(format!("{name}={{{{key}}}}")),
            SchemeKind::MutualTls => {}
        }
    }
}
