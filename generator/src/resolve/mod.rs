//! The model with every default applied: parameters merged, styles, servers and security settled, schemas by id.
//!
//! Comes in: a [`Model`]. Goes out: a [`Resolved`] document, which no longer knows how it was written down.

mod media;
mod operation;
mod parameter;
mod security;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::Span;
use crate::ir::{Encoding, Location, SchemeKind, Status};
use crate::model::{Model, SchemaId, Schemas};
use crate::pointer;

/// A document in which nothing has to be looked up any more.
#[derive(Debug)]
pub struct Resolved {
    /// Title, version, prose.
    pub info: openapi::Info,
    /// Servers of the whole API.
    pub servers: Vec<Server>,
    /// `$self`: where the document is.
    pub address: Option<String>,
    /// Security schemes by name.
    pub schemes: Vec<Scheme>,
    /// Declared tags.
    pub tags: Vec<Tag>,
    /// Operations, in document order.
    pub operations: Vec<Operation>,
    /// Webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// All schemas.
    pub schemas: Schemas,
    /// Canonical pointers of the schemas that the document names, with their names, in document order.
    pub named: Vec<(String, SchemaId)>,
}

/// The few values that pass through from the description as they are.
pub mod openapi {
    /// `info`
    #[derive(Debug, Clone, Default)]
    pub struct Info {
        /// `title`
        pub title: String,
        /// `version`
        pub version: String,
        /// `summary`
        pub summary: Option<String>,
        /// `description`
        pub description: Option<String>,
        /// `license.name`
        pub license: Option<String>,
        /// `termsOfService`
        pub terms: Option<String>,
        /// `externalDocs.url`
        pub link: Option<String>,
    }
}

/// A place in the document.
#[derive(Debug, Clone)]
pub struct Place {
    /// JSON Pointer.
    pub pointer: String,
    /// Where it was written.
    pub span: Span,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Server {
    /// URL template.
    pub url: String,
    /// `name` (3.2).
    pub name: Option<String>,
    /// Prose.
    pub description: Option<String>,
    /// Variables: name, default, allowed values, prose.
    pub variables: Vec<(String, String, Vec<String>, Option<String>)>,
    /// Where it is declared.
    pub place: Place,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Prose.
    pub description: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A declared tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Prose.
    pub description: Option<String>,
    /// `externalDocs.url`
    pub link: Option<String>,
    /// `x-rust-name`
    pub rust_name: Option<String>,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Path template.
    pub path: String,
    /// Upper-case method.
    pub method: String,
    /// `operationId`
    pub id: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `externalDocs.url`
    pub link: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// `x-rust-name`
    pub rust_name: Option<String>,
    /// Merged parameters.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<Body>,
    /// Responses in document order, `default` last.
    pub responses: Vec<Response>,
    /// Alternatives of scheme names with scopes; `None` when nothing is said anywhere.
    pub security: Option<Vec<Alternative>>,
    /// Servers of its own or of its path.
    pub servers: Vec<Server>,
    /// Where it is declared.
    pub place: Place,
}

/// Schemes that go together, by name, each with its scopes.
pub type Alternative = Vec<(String, Vec<String>)>;

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Wire name.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// How its value becomes text.
    pub encoding: Encoding,
    /// `encoding` of its content: property, style, content type.
    pub form: Vec<(String, Option<Encoding>, Option<String>)>,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it can be sent without a value.
    pub allow_empty: bool,
    /// Its schema; `None` when nothing is said about it.
    pub schema: Option<SchemaId>,
    /// Prose.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `x-rust-name`
    pub rust_name: Option<String>,
    /// Example, as JSON text.
    pub example: Option<String>,
    /// The example, or the first of several.
    pub instance: Option<Value>,
    /// Where it is declared.
    pub place: Place,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// Prose.
    pub description: Option<String>,
    /// Media types.
    pub media: Vec<Media>,
    /// Where it is declared.
    pub place: Place,
}

/// One media type.
#[derive(Debug, Clone)]
pub struct Media {
    /// The media type, as written.
    pub media_type: String,
    /// Its schema.
    pub schema: Option<SchemaId>,
    /// `itemSchema` (3.2).
    pub item_schema: Option<SchemaId>,
    /// The example, or the first of several.
    pub example: Option<Value>,
    /// `encoding`: property, style, content type.
    pub encoding: Vec<(String, Option<Encoding>, Option<String>)>,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// Which statuses it is for.
    pub status: Status,
    /// Prose.
    pub description: String,
    /// Media types.
    pub media: Vec<Media>,
    /// Headers.
    pub headers: Vec<Header>,
    /// Where it is declared.
    pub place: Place,
}

/// A response header.
#[derive(Debug, Clone)]
pub struct Header {
    /// Wire name.
    pub name: String,
    /// Schema.
    pub schema: Option<SchemaId>,
    /// How its text is read.
    pub encoding: Encoding,
    /// Whether it is always there.
    pub required: bool,
    /// Prose.
    pub description: Option<String>,
}

/// A webhook or callback.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its key.
    pub name: String,
    /// The operation that the server calls.
    pub operation: Operation,
}

/// What every part of this stage needs to look things up.
struct Context<'a> {
    model: &'a Model,
    diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    fn place(&self, pointer: &str) -> Place {
        let span = pointer::find(&self.model.skeleton, pointer).unwrap_or(&self.model.skeleton).span;
        Place { pointer: written(pointer), span }
    }

    fn schema<T>(&self, schema: Option<&openapiv3::ReferenceOr<T>>) -> Option<SchemaId> {
        match schema? {
            openapiv3::ReferenceOr::Reference { reference } => self.model.schemas.find(reference),
            openapiv3::ReferenceOr::Item(_) => None,
        }
    }
}

/// Settles every default of the model.
pub fn resolve(model: Model, diagnostics: &mut Diagnostics) -> Resolved {
    let mut context = Context { model: &model, diagnostics };
    let openapi = &model.openapi;
    let schemes = security::schemes(&mut context, openapi);
    let operations = operation::operations(&mut context, openapi);
    let webhooks = operation::webhooks(&mut context, openapi);
    let info = info(openapi);
    let servers = self::servers(&context, &openapi.servers, "");
    let address = text(&openapi.extensions, "x-norm-self");
    let tags = openapi.tags.iter().map(tag).collect();
    let named = named(&model.schemas);
    Resolved { info, servers, address, schemes, tags, operations, webhooks, named, schemas: model.schemas }
}

/// A place of the skeleton as the document has it: `x-norm-…` is a word between the stages only.
fn written(pointer: &str) -> String {
    let pointer = pointer.replace("/x-norm-operations/QUERY", "/query");
    pointer.replace("/x-norm-operations", "/additionalOperations").replace("/x-norm-webhooks", "/webhooks")
}

fn info(openapi: &OpenAPI) -> openapi::Info {
    let info = &openapi.info;
    openapi::Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: info.extensions.get("x-norm-summary").and_then(Value::as_str).map(str::to_owned),
        description: info.description.clone(),
        license: info
            .license
            .as_ref()
            .map(|license| text(&license.extensions, "x-norm-identifier").unwrap_or_else(|| license.name.clone())),
        terms: info.terms_of_service.clone(),
        link: openapi.external_docs.as_ref().map(|docs| docs.url.clone()),
    }
}

/// The servers of what is at `pointer`.
fn servers(context: &Context<'_>, written: &[openapiv3::Server], pointer: &str) -> Vec<Server> {
    let place = |index: usize| context.place(&format!("{pointer}/servers/{index}"));
    written.iter().enumerate().map(|(index, written)| server(written, place(index))).collect()
}

fn server(server: &openapiv3::Server, place: Place) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        place,
        url: server.url.clone(),
        name: text(&server.extensions, "x-norm-name"),
        description: server.description.clone(),
        variables: variables
            .map(|(name, variable)| {
                let values = variable.enumeration.clone();
                (name.clone(), variable.default.clone(), values, variable.description.clone())
            })
            .collect(),
    }
}

fn tag(tag: &openapiv3::Tag) -> Tag {
    Tag {
        name: tag.name.clone(),
        description: tag.description.clone().or_else(|| text(&tag.extensions, "x-norm-summary")),
        link: tag.external_docs.as_ref().map(|docs| docs.url.clone()),
        rust_name: text(&tag.extensions, "x-rust-name"),
    }
}

/// The schemas right below `components/schemas`, whichever file they are in.
fn named(schemas: &Schemas) -> Vec<(String, SchemaId)> {
    let mut named = Vec::new();
    for (index, pointer) in schemas.by_pointer.keys().enumerate() {
        let fragment = pointer.rsplit_once('#').map_or(pointer.as_str(), |(_, fragment)| fragment);
        let Some(name) = fragment.strip_prefix("/components/schemas/") else { continue };
        if let (false, Ok(index)) = (name.contains('/'), u32::try_from(index)) {
            named.push((pointer::unescape(name).into_owned(), SchemaId(index)));
        }
    }
    named
}

/// Whether a text can be the name of a header, a method or an authentication scheme (RFC 9110 §5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn text(extensions: &indexmap::IndexMap<String, Value>, key: &str) -> Option<String> {
    extensions.get(key).and_then(Value::as_str).map(str::to_owned)
}
