//! A resolved document becomes an [`Api`]: schemas become types, operations get typed inputs and outputs.

mod docs;
mod enumeration;
mod events;
mod foreign;
mod ids;
mod limits;
mod media;
mod object;
mod operation;
mod pagination;
mod place;
mod response;
mod scalar;
mod security;
mod sendable;
mod server;
mod types;
mod union;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Api, Derives, Docs, GroupId, Info, Limits, Origin, Shape, Signatures, Type, TypeDef, TypeId, TypeName, Usage,
};
use crate::config::{Config, WebhookSignatures};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Span;
use crate::model::{SchemaId, Schemas};
use crate::resolve::{self, Resolved};
use crate::suggest::closest;
use view::Key;

/// How deep types are followed into each other before the rest is left as JSON: no API is that deep, attacks are, and
/// rustc itself gives up at 128 (`recursion_limit`).
const MAX_DEPTH: usize = 60;

/// Builds the API that the client is made for.
pub fn build(resolved: &Resolved, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let schemas = foreign::configured(resolved, config);
    let mut builder = Builder {
        schemas: &schemas,
        config,
        diagnostics,
        api: Api::default(),
        types: BTreeMap::new(),
        names: resolved.named.iter().map(|(name, id)| (*id, name.clone())).collect(),
        children: BTreeMap::new(),
        depth: 0,
        fields: 0,
        tags: resolved.operations.iter().flat_map(|operation| operation.tags.first().cloned()).collect(),
        address: server::address(resolved, config),
        groups: BTreeMap::new(),
    };
    builder.api.info = info(&resolved.info);
    builder.api.servers = builder.servers(&resolved.servers);
    builder.api.security = resolved.schemes.iter().map(|scheme| builder.scheme(scheme)).collect();
    builder.api.needs.signatures = match config.client.webhook_signatures {
        Some(WebhookSignatures::HmacSha256) => Signatures::HmacSha256,
        None => Signatures::Own,
    };
    builder.check_config(resolved);
    server::check(config, builder.diagnostics);
    builder.find_children();
    for (_, id) in &resolved.named {
        builder.type_of(&view::key(*id), TypeName::Of { owner: String::new(), part: String::new() });
    }
    builder.groups(&resolved.tags);
    builder.report_ids(&resolved.operations);
    for operation in &resolved.operations {
        builder.operation(operation);
    }
    for webhook in &resolved.webhooks {
        builder.webhook(webhook);
    }
    pagination::find(&mut builder);
    place::settle(&mut builder.api);
    builder.api
}

/// What is known while types are made.
struct Builder<'a> {
    schemas: &'a Schemas,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    api: Api,
    /// What every key has become or is becoming.
    types: BTreeMap<Key, State>,
    /// The names of the schemas that the document names.
    names: BTreeMap<SchemaId, String>,
    /// Schemas that take in a schema with a discriminator by `allOf`.
    children: BTreeMap<SchemaId, Vec<SchemaId>>,
    depth: usize,
    /// How many fields the structs have so far.
    fields: usize,
    /// The tags that operations are grouped by.
    tags: BTreeSet<String>,
    /// Where the document came from, where that is known.
    address: Option<String>,
    /// The groups that are there, by the letters of their tags.
    groups: BTreeMap<String, GroupId>,
}

/// How far a key has come.
#[derive(Debug, Clone)]
enum State {
    /// It is being made; `Some` when somebody already refers to it.
    Pending(Option<TypeId>),
    /// It is made.
    Done(Type),
}

impl Builder<'_> {
    /// The name of a schema that the document names.
    fn schema_name(&self, id: SchemaId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    fn origin(&self, id: SchemaId) -> Origin {
        Origin { pointer: self.schemas.pointer(id).to_owned(), span: self.schemas.get(id).span }
    }

    /// Makes room for a named type, so that it can be referred to before it is known.
    fn reserve(&mut self, name: TypeName, origin: Origin) -> TypeId {
        let id = TypeId(self.api.types.len());
        self.api.types.push(TypeDef {
            name,
            places: Vec::new(),
            rust_name: None,
            docs: Docs::default(),
            deprecated: false,
            shape: Shape::Alias(Type::Any),
            origin,
            usage: Usage::default(),
            groups: Vec::new(),
            derives: Derives::default(),
            limits: Limits::default(),
            checked: false,
        });
        id
    }

    fn def_mut(&mut self, id: TypeId) -> Option<&mut TypeDef> {
        self.api.types.get_mut(id.0)
    }

    /// Follows aliases to what stands behind them.
    fn behind<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..MAX_DEPTH {
            match ty {
                Type::Named(id) => match self.api.types.get(id.0).map(|def| &def.shape) {
                    Some(Shape::Alias(inner)) => ty = inner,
                    _ => return ty,
                },
                Type::Boxed(inner) => ty = inner,
                _ => return ty,
            }
        }
        ty
    }

    /// The shape of the named type behind a type.
    fn shape_of<'t>(&'t self, ty: &'t Type) -> Option<&'t Shape> {
        match self.behind(ty) {
            Type::Named(id) => self.api.types.get(id.0).map(|def| &def.shape),
            _ => None,
        }
    }

    fn report(
        &mut self,
        code: Code,
        span: Span,
        pointer: &str,
        message: impl Into<String>,
    ) -> &mut crate::diagnostic::Diagnostic {
        self.diagnostics.report(code, Some(span), message).pointer(pointer)
    }

    /// Schemas that extend a schema with a discriminator are its variants, although it does not list them
    /// (OpenAPI 3.0.4 §4.7.25.1, "Models with Polymorphism Support").
    fn find_children(&mut self) {
        for id in self.names.keys() {
            for base in &self.schemas.get(*id).all_of {
                let base = view::identity(self.schemas, *base).0;
                if self.schemas.get(base).discriminator.is_some() {
                    self.children.entry(base).or_default().push(*id);
                }
            }
        }
    }

    /// What the document says about its tags, also about those of no operation.
    fn groups(&mut self, tags: &[resolve::Tag]) {
        for tag in tags {
            let id = self.group(&tag.name);
            let Some(group) = self.api.groups.get_mut(id.0) else { continue };
            if group.docs == Docs::default() {
                group.docs = Docs { text: tag.description.clone(), link: tag.link.clone(), ..Docs::default() };
            }
            group.rust_name = group.rust_name.take().or_else(|| tag.rust_name.clone());
        }
    }

    /// Names in the configuration that the document does not have would silently do nothing.
    fn check_config(&mut self, resolved: &Resolved) {
        let schemas: Vec<&str> = resolved.named.iter().map(|(name, _)| name.as_str()).collect();
        let operations: Vec<&str> =
            resolved.operations.iter().filter_map(|operation| operation.id.as_deref()).collect();
        let listed =
            self.config.pagination.iter().flat_map(|rule| &rule.operations).filter(|name| name.get_ref() != "*");
        let schema_names = self.config.schemas.keys().map(|name| (name, "schema", &schemas));
        let operation_names = self.config.operations.keys().chain(listed).map(|name| (name, "operation", &operations));
        for (name, kind, known) in schema_names.chain(operation_names) {
            if !known.contains(&name.get_ref().as_str()) {
                let message = format!("the document has no {kind} `{}`", name.get_ref());
                let diagnostic = self.diagnostics.report(Code::ConfigUnknownName, self.config.span(name), message);
                if let Some(near) = closest(name.get_ref(), known.iter().copied()) {
                    diagnostic.help(format!("did you mean `{near}`?"));
                }
            }
        }
    }
}

fn info(info: &resolve::openapi::Info) -> Info {
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        docs: Docs {
            summary: info.summary.clone(),
            text: info.description.clone(),
            notes: Vec::new(),
            link: info.link.clone(),
        },
        license: info.license.clone(),
        terms: info.terms.clone(),
    }
}

fn origin(place: &resolve::Place) -> Origin {
    Origin { pointer: place.pointer.clone(), span: place.span }
}
