//! Rows for the document as a whole: root, info, servers, tags, components.

use super::{Fill, Grammar, Kind, Shape, foreign, modelled, object, passed, required, required_until};
use crate::normalize::Version;

pub(super) const ROOT: Grammar = object(
    "the OpenAPI object",
    &[
        modelled("openapi", Shape::Text),
        modelled("$self", Shape::Text).carried("x-norm-self"),
        modelled("info", Shape::Object(Kind::Info)),
        passed("jsonSchemaDialect", Shape::Text).carried("x-norm-dialect"),
        modelled("servers", Shape::ObjectList(Kind::Server)),
        modelled("paths", Shape::Object(Kind::Paths)),
        modelled("webhooks", Shape::ObjectMap(Kind::PathItem)).carried("x-norm-webhooks"),
        modelled("components", Shape::Object(Kind::Components)),
        modelled("security", Shape::ObjectList(Kind::SecurityRequirement)),
        modelled("tags", Shape::ObjectList(Kind::Tag)),
        passed("externalDocs", Shape::Object(Kind::ExternalDocs)),
        foreign("swagger", "openapi"),
        foreign("host", "servers"),
        foreign("basePath", "servers"),
        foreign("schemes", "servers"),
        foreign("consumes", "requestBody.content"),
        foreign("produces", "responses.*.content"),
        foreign("definitions", "components.schemas"),
        foreign("parameters", "components.parameters"),
        foreign("responses", "components.responses"),
        foreign("securityDefinitions", "components.securitySchemes"),
    ],
    &[
        required("openapi", Fill::Text("3.0.3")),
        required("info", Fill::EmptyObject),
        required_until("paths", Fill::EmptyObject, Version::V3_1),
    ],
);

pub(super) const INFO: Grammar = object(
    "the info object",
    &[
        modelled("title", Shape::Text),
        modelled("summary", Shape::Text).carried("x-norm-summary"),
        modelled("description", Shape::Text),
        passed("termsOfService", Shape::Text),
        passed("contact", Shape::Object(Kind::Contact)),
        modelled("license", Shape::Object(Kind::License)),
        modelled("version", Shape::Text),
    ],
    &[required("title", Fill::Text("")), required("version", Fill::Text(""))],
);

pub(super) const CONTACT: Grammar = object(
    "a contact object",
    &[passed("name", Shape::Text), passed("url", Shape::Text), passed("email", Shape::Text)],
    &[],
);

pub(super) const LICENSE: Grammar = object(
    "a license object",
    &[
        modelled("name", Shape::Text),
        modelled("identifier", Shape::Text).carried("x-norm-identifier"),
        passed("url", Shape::Text),
    ],
    &[required("name", Fill::Text(""))],
);

pub(super) const SERVER: Grammar = object(
    "a server object",
    &[
        modelled("url", Shape::Text),
        modelled("name", Shape::Text).carried("x-norm-name"),
        modelled("description", Shape::Text),
        modelled("variables", Shape::ObjectMap(Kind::ServerVariable)),
    ],
    &[required("url", Fill::Text("/"))],
);

pub(super) const SERVER_VARIABLE: Grammar = object(
    "a server variable object",
    &[modelled("enum", Shape::Texts), modelled("default", Shape::Text), modelled("description", Shape::Text)],
    &[required("default", Fill::Text(""))],
);

pub(super) const TAG: Grammar = object(
    "a tag object",
    &[
        modelled("name", Shape::Text),
        modelled("summary", Shape::Text).carried("x-norm-summary"),
        modelled("description", Shape::Text),
        modelled("externalDocs", Shape::Object(Kind::ExternalDocs)),
        passed("parent", Shape::Text).carried("x-norm-parent"),
        passed("kind", Shape::Text).carried("x-norm-kind"),
    ],
    &[required("name", Fill::Nothing)],
);

pub(super) const EXTERNAL_DOCS: Grammar = object(
    "an external documentation object",
    &[modelled("description", Shape::Text), modelled("url", Shape::Text)],
    &[required("url", Fill::Nothing)],
);

pub(super) const COMPONENTS: Grammar = object(
    "the components object",
    &[
        modelled("schemas", Shape::SchemaMap),
        modelled("responses", Shape::ObjectMap(Kind::Response)),
        modelled("parameters", Shape::ObjectMap(Kind::Parameter)),
        passed("examples", Shape::ObjectMap(Kind::Example)),
        modelled("requestBodies", Shape::ObjectMap(Kind::RequestBody)),
        modelled("headers", Shape::ObjectMap(Kind::Header)),
        modelled("securitySchemes", Shape::ObjectMap(Kind::SecurityScheme)),
        passed("links", Shape::ObjectMap(Kind::Link)),
        modelled("callbacks", Shape::ObjectMap(Kind::Callback)),
        modelled("pathItems", Shape::ObjectMap(Kind::PathItem)).carried("x-norm-path-items"),
        modelled("mediaTypes", Shape::ObjectMap(Kind::MediaType)).carried("x-norm-media-types"),
    ],
    &[],
);
