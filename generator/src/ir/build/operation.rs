//! Operations: parameters, bodies and security with types; webhooks.

use super::media::{Direction, MediaKind, by_preference, encodings, essence, kind_of};
use super::{Builder, docs, origin};
use crate::config::Spanned;
use crate::diagnostic::Code;
use crate::ir::path::template_names;
use crate::ir::{
    Body, Content, Docs, Encoding, Form, Group, GroupId, Location, Operation, OperationId, Parameter, Style, Type,
    TypeName, Webhook,
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
            let Some(media) = self.sendable_media(media, &body.place) else { continue };
            // A type of its own for a further media type is told apart by what the bytes are.
            let kind = kind_of(&essence(&media.media_type));
            let part = match kind {
                MediaKind::Multipart if !contents.is_empty() => "multipart body",
                MediaKind::UrlEncoded if !contents.is_empty() => "form body",
                _ => "body",
            };
            let name = self.content_type_name(id, &media, part);
            let form = self.form(&media, name, Direction::Request);
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
