//! Operations: parameters, bodies and security with types; webhooks.

use super::{Builder, docs, origin};
use crate::config::Spanned;
use crate::diagnostic::Code;
use crate::ir::path::template_names;
use crate::ir::{
    Body, Content, Docs, Encoding, Form, Group, GroupId, Location, Operation, OperationId, Parameter, PropertyEncoding,
    Style, Type, TypeName, Webhook,
};
use crate::resolve;

impl Builder<'_> {
    pub(super) fn operation(&mut self, operation: &resolve::Operation) {
        let config = operation.id.as_ref().and_then(|id| self.config.operation(id)).cloned().unwrap_or_default();
        if let Some(reason) = config.skip {
            let message = format!("`{} {}` is left out by the configuration", operation.method, operation.path);
            self.diagnostics.report(Code::SkippedOperation, Some(operation.place.span), message).note(reason);
            return;
        }
        let Some(operation) = self.sendable(operation) else { return };
        let operation = &*operation;
        let id = OperationId(self.api.operations.len());
        let security = self.security(operation);
        let group = self.group_of(operation, config.group.as_ref().map(|group| group.get_ref().as_str()));
        // The operation is there before its types are made, so that they can be named after it.
        self.api.operations.push(Operation {
            wire: operation.id.clone(),
            rust_name: config.rust_name.map(Spanned::into_inner).or_else(|| operation.rust_name.clone()),
            group,
            method: operation.method.clone(),
            path: operation.path.clone(),
            docs: Docs {
                summary: operation.summary.clone(),
                text: operation.description.clone(),
                notes: Vec::new(),
                link: operation.link.clone(),
            },
            deprecated: operation.deprecated,
            parameters: Vec::new(),
            body: None,
            success: Vec::new(),
            errors: Vec::new(),
            security,
            servers: Vec::new(),
            pagination: None,
            origin: origin(&operation.place),
        });
        let parameters = self.parameters(id, operation);
        let body = operation.body.as_ref().and_then(|body| self.body(id, body));
        let (success, errors) = self.responses(id, operation);
        let servers = self.servers(&operation.servers);
        if let Some(made) = self.api.operations.get_mut(id.0) {
            made.parameters = parameters;
            made.body = body;
            made.success = success;
            made.errors = errors;
            made.servers = servers;
        }
        if let Some(group) = self.api.groups.get_mut(group.0) {
            group.operations.push(id);
        }
    }

    /// The group that the configuration names, else the first tag, else the resource in the path.
    fn group_of(&mut self, operation: &resolve::Operation, configured: Option<&str>) -> GroupId {
        match configured.or(operation.tags.first().map(String::as_str)) {
            Some(tag) => self.group(tag),
            None => {
                let resource = self.spelled(resource(&operation.path));
                self.group(&resource)
            }
        }
    }

    /// A resource as the tags of the document spell it, if one of them is about it.
    fn spelled(&self, resource: &str) -> String {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let wanted: String = letters(resource);
        let tag = self.tags.iter().find(|tag| letters(tag) == wanted);
        tag.map_or(resource, String::as_str).to_owned()
    }

    /// The group of a tag. Tags that differ in case and separators only are one group, for which the same spelling stands
    /// whichever comes first.
    pub(super) fn group(&mut self, tag: &str) -> GroupId {
        if let Some(&id) = self.groups.get(&letters(tag)) {
            if let Some(group) = self.api.groups.get_mut(id.0).filter(|group| tag < group.wire.as_str()) {
                tag.clone_into(&mut group.wire);
            }
            return id;
        }
        let id = GroupId(self.api.groups.len());
        self.groups.insert(letters(tag), id);
        let wire = tag.to_owned();
        self.api.groups.push(Group { wire, rust_name: None, docs: Docs::default(), operations: Vec::new() });
        id
    }

    /// Required parameters first, each kind in document order; a path's names without a declaration become strings.
    fn parameters(&mut self, id: OperationId, operation: &resolve::Operation) -> Vec<Parameter> {
        let template = template_names(&operation.path);
        let mut parameters: Vec<Parameter> = Vec::new();
        for name in &template {
            let declared =
                |parameter: &&resolve::Parameter| parameter.location == Location::Path && parameter.name == *name;
            parameters.push(match operation.parameters.iter().find(declared) {
                Some(parameter) => self.parameter(id, parameter),
                None => undeclared(name, operation),
            });
        }
        let others: Vec<&resolve::Parameter> =
            operation.parameters.iter().filter(|parameter| parameter.location != Location::Path).collect();
        for required in [true, false] {
            for parameter in others.iter().filter(|parameter| parameter.required == required) {
                let parameter = self.parameter(id, parameter);
                parameters.push(parameter);
            }
        }
        parameters
    }

    fn parameter(&mut self, id: OperationId, parameter: &resolve::Parameter) -> Parameter {
        let name = self.parameter_type_name(id, parameter);
        // A parameter that is null is one that is not sent.
        let ty = super::union::without_null(match parameter.schema {
            Some(schema) => self.type_at(schema, name),
            None => Type::String,
        });
        let mut docs = parameter.schema.map(|schema| docs::of_use(self.schemas, schema)).unwrap_or_default();
        if parameter.description.is_some() {
            docs.summary = None;
            docs.text.clone_from(&parameter.description);
        }
        Parameter {
            wire: parameter.name.clone(),
            rust_name: parameter.rust_name.clone(),
            location: parameter.location,
            encoding: parameter.encoding.clone(),
            form: encodings(&parameter.form),
            required: parameter.required,
            allow_empty: parameter.allow_empty,
            ty,
            docs,
            deprecated: parameter.deprecated
                || parameter.schema.is_some_and(|schema| self.schemas.get(schema).deprecated),
            origin: origin(&parameter.place),
        }
    }

    /// A parameter that the document names once for all is named after itself, others after their operation.
    fn parameter_type_name(&self, id: OperationId, parameter: &resolve::Parameter) -> TypeName {
        let pointer = parameter.schema.map(|schema| self.schemas.pointer(schema)).unwrap_or_default();
        match pointer.rsplit_once("/components/parameters/").and_then(|(_, rest)| rest.split('/').next()) {
            Some(owner) => TypeName::Of { owner: crate::pointer::unescape(owner).into_owned(), part: String::new() },
            None => TypeName::OfOperation { operation: id, part: parameter.name.clone() },
        }
    }

    fn body(&mut self, id: OperationId, body: &resolve::Body) -> Option<Body> {
        let mut contents: Vec<Content> = Vec::new();
        for media in by_preference(&body.media) {
            if !self.is_media_type(media, &body.place) {
                continue;
            }
            // A type of its own for a further media type is told apart by what the bytes are.
            let kind = kind_of(&essence(&media.media_type));
            let part = match kind {
                MediaKind::Multipart if !contents.is_empty() => "multipart body",
                MediaKind::UrlEncoded if !contents.is_empty() => "form body",
                _ => "body",
            };
            let name = self.content_type_name(id, media, part);
            let form = self.form(media, name, Direction::Request);
            // Two spellings of JSON for the same type are one way to call the operation.
            if !contents.iter().any(|content| content.form == form && !matches!(form, Form::Text | Form::Binary)) {
                contents.push(Content { media_type: media.media_type.clone(), form });
            }
        }
        // Beside a body that has a type, text and bytes are a choice and no loss.
        if contents.iter().all(|content| matches!(content.form, Form::Text | Form::Binary)) {
            contents.iter().for_each(|content| self.report_opaque(&body.media, content));
        }
        if contents.is_empty() {
            let place = &body.place;
            self.report(Code::MissingKeyword, place.span, &place.pointer, "the request body names no media type")
                .help("the operation takes no body; add `content`");
            return None;
        }
        Some(Body { required: body.required, contents, docs: docs::text(body.description.as_deref()) })
    }

    /// The name of a body's unnamed type: after the reusable object that holds it, or after the operation.
    pub(super) fn content_type_name(&self, id: OperationId, media: &resolve::Media, part: &str) -> TypeName {
        let pointer = media.schema.or(media.item_schema).map(|schema| self.schemas.pointer(schema)).unwrap_or_default();
        for (kind, suffix) in [("/components/requestBodies/", "body"), ("/components/responses/", "")] {
            if let Some((_, rest)) = pointer.rsplit_once(kind)
                && let Some(owner) = rest.split('/').next()
            {
                return TypeName::Of { owner: crate::pointer::unescape(owner).into_owned(), part: suffix.to_owned() };
            }
        }
        TypeName::OfOperation { operation: id, part: part.to_owned() }
    }

    /// What the bytes of a media type are (OpenAPI 3.0.4 §4.7.14; 3.2.0 §4.14 for sequential media types).
    pub(super) fn form(&mut self, media: &resolve::Media, name: TypeName, direction: Direction) -> Form {
        let essence = essence(&media.media_type);
        let item = media.item_schema.or(media.schema);
        match kind_of(&essence) {
            MediaKind::Json => Form::Json(self.type_or_any(media.schema, name)),
            MediaKind::UrlEncoded => {
                self.report_parts(media);
                let ty = self.type_or_any(media.schema, name);
                Form::UrlEncoded(ty, encodings(&media.encoding))
            }
            MediaKind::Multipart if direction == Direction::Request && self.has_parts(media) => {
                self.report_parts(media);
                let ty = self.type_or_any(media.schema, name);
                Form::Multipart(ty, encodings(&media.encoding))
            }
            MediaKind::JsonLines => Form::JsonLines(super::union::without_null(self.type_or_any(item, name))),
            MediaKind::Events => {
                let ty = super::union::without_null(self.type_or_any(item, name));
                match self.event_data(&ty) {
                    Some(data) => Form::EventObjects(ty, data),
                    None => Form::Events(ty),
                }
            }
            MediaKind::Text => Form::Text,
            MediaKind::Any if media.schema.is_some_and(|schema| self.is_json_shaped(schema)) => {
                Form::Json(self.type_or_any(media.schema, name))
            }
            MediaKind::Multipart | MediaKind::Any | MediaKind::Binary => Form::Binary,
        }
    }

    /// Whether a body can be told by its members. What is an array or a text has none to be parts.
    fn has_parts(&self, media: &resolve::Media) -> bool {
        media.schema.is_none_or(|schema| {
            let view = self.properties_of(schema);
            let kinds = view.kinds();
            kinds.object || kinds.is_unsaid()
        })
    }

    /// Members of objects and lists of them are JSON, whatever a part is said to be.
    fn report_parts(&mut self, media: &resolve::Media) {
        let Some(view) = media.schema.map(|schema| self.properties_of(schema)) else { return };
        for (name, style, content_type) in &media.encoding {
            let said = content_type.iter().flat_map(|content_type| content_type.split(',')).map(essence);
            let all: Vec<String> = said.collect();
            let can_be_json = |said: &String| said.contains('*') || kind_of(said) == MediaKind::Json;
            let Some(part) = view.properties.get(name).and_then(|key| key.first()) else { continue };
            let (true, None) = (self.is_structured(part.schema), style) else { continue };
            if let Some(media_type) = all.first().filter(|_| !all.iter().any(can_be_json)) {
                let origin = self.origin(part.schema);
                let message = format!("there is no codec for `{media_type}`; the part `{name}` is sent as JSON");
                self.report(Code::UnsupportedMediaType, origin.span, &origin.pointer, message);
            }
        }
    }

    fn is_structured(&self, schema: crate::model::SchemaId) -> bool {
        let view = self.properties_of(schema);
        let item = view.items.as_ref().and_then(|items| items.first());
        view.kinds().object || item.is_some_and(|item| self.properties_of(item.schema).kinds().object)
    }

    /// What cannot stand in a header cannot be asked for or sent; it is reported.
    pub(super) fn is_media_type(&mut self, media: &resolve::Media, place: &resolve::Place) -> bool {
        let name = &media.media_type;
        let fits = name.chars().all(|character| character.is_ascii_graphic() || character == ' ');
        if !fits {
            let message = format!("`{}` is no media type, and is left out", name.escape_debug());
            self.report(Code::UnsupportedMediaType, place.span, &place.pointer, message);
        }
        fits
    }

    /// A structured schema that no codec serves would otherwise be lost without a word.
    pub(super) fn report_opaque(&mut self, media: &[resolve::Media], content: &Content) {
        let handed_over_as = match content.form {
            Form::Text => "text",
            Form::Binary => "bytes",
            _ => return,
        };
        let Some(media) = media.iter().find(|media| media.media_type == content.media_type) else { return };
        let parts = kind_of(&essence(&media.media_type)) == MediaKind::Multipart;
        let lost = |schema: &crate::model::SchemaId| parts && !self.has_parts(media) || self.is_json_shaped(*schema);
        let Some(schema) = media.schema.filter(lost) else { return };
        let origin = self.origin(schema);
        let media_type = &media.media_type;
        let reason = match parts {
            true => format!("the parts of `{media_type}` are the members of an object, and the schema is of none"),
            false => format!("there is no codec for `{media_type}`"),
        };
        let message = format!("{reason}; the body is handed over as {handed_over_as}");
        self.report(Code::UnsupportedMediaType, origin.span, &origin.pointer, message);
    }

    /// `*/*` with a schema of an object or array is JSON in all but name.
    pub(super) fn is_json_shaped(&self, schema: crate::model::SchemaId) -> bool {
        let view = self.properties_of(schema);
        let kinds = view.kinds();
        kinds.object || kinds.array || !view.choices.is_empty()
    }

    pub(super) fn webhook(&mut self, webhook: &resolve::Webhook) {
        let media =
            webhook.operation.body.as_ref().and_then(|body| body.media.iter().find(|media| media.schema.is_some()));
        let payload = media.and_then(|media| media.schema).map(|schema| {
            self.type_at(schema, TypeName::Of { owner: webhook.name.clone(), part: "payload".to_owned() })
        });
        let operation = &webhook.operation;
        self.api.webhooks.push(Webhook {
            wire: webhook.name.clone(),
            payload,
            docs: Docs { summary: operation.summary.clone(), text: operation.description.clone(), ..Docs::default() },
            origin: origin(&operation.place),
        });
    }
}

/// Media types with the one first that a call is best made with: the order of a document means nothing.
pub(super) fn by_preference(media: &[resolve::Media]) -> Vec<&resolve::Media> {
    let mut media: Vec<&resolve::Media> = media.iter().collect();
    media.sort_by_cached_key(|media| {
        let essence = essence(&media.media_type);
        let rank = match kind_of(&essence) {
            MediaKind::Json if essence == "application/json" => 0,
            MediaKind::Json => 1,
            MediaKind::Multipart => 2,
            MediaKind::UrlEncoded => 3,
            MediaKind::Any => 4,
            MediaKind::JsonLines => 5,
            MediaKind::Events => 6,
            MediaKind::Text => 7,
            MediaKind::Binary => 8,
        };
        (rank, media.media_type.clone())
    });
    media
}

/// What two spellings of one tag have in common, as `Time Entries` and `time_entries`.
fn letters(tag: &str) -> String {
    tag.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// The first segment of a path that names something: not a version, not a parameter.
fn resource(path: &str) -> &str {
    let is_version = |segment: &str| {
        let digits = segment.strip_prefix('v').unwrap_or(segment);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
    };
    let mut segments = path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{'));
    segments.find(|segment| !is_version(segment) && *segment != "api" && *segment != "rest").unwrap_or_default()
}

/// Which way a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

fn undeclared(name: &str, operation: &resolve::Operation) -> Parameter {
    Parameter {
        wire: name.to_owned(),
        rust_name: None,
        location: Location::Path,
        encoding: Encoding::Style { style: Style::Simple, explode: false, allow_reserved: false },
        form: Vec::new(),
        required: true,
        allow_empty: false,
        ty: Type::String,
        docs: Docs::default(),
        deprecated: false,
        origin: origin(&operation.place),
    }
}

fn encodings(written: &[(String, Option<Encoding>, Option<String>)]) -> Vec<PropertyEncoding> {
    let one = |(wire, style, content_type): &(String, Option<Encoding>, Option<String>)| PropertyEncoding {
        wire: wire.clone(),
        style: style.clone(),
        content_type: content_type.clone(),
    };
    written.iter().map(one).collect()
}

/// The media type without parameters, in lower case (RFC 9110 §8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What the generator makes of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaKind {
    Json,
    UrlEncoded,
    Multipart,
    JsonLines,
    Events,
    Text,
    Binary,
    Any,
}

pub(super) fn kind_of(essence: &str) -> MediaKind {
    match essence {
        "application/json" | "text/json" | "text/x-json" => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::UrlEncoded,
        "text/event-stream" => MediaKind::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/jsonlines"
        | "application/json-seq" => MediaKind::JsonLines,
        "*/*" | "application/*" | "" => MediaKind::Any,
        "application/xml"
        | "application/javascript"
        | "application/yaml"
        | "application/x-yaml"
        | "application/toml"
        | "application/graphql" => MediaKind::Text,
        _ if essence.ends_with("+json") => MediaKind::Json,
        _ if essence.ends_with("+json-seq") || essence.ends_with("+jsonl") => MediaKind::JsonLines,
        _ if essence.starts_with("multipart/") => MediaKind::Multipart,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("+yaml") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}
