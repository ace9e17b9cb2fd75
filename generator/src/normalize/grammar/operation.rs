//! Rows for paths, operations, parameters, bodies and responses.

use super::{
    Fill, Grammar, Keys, Kind, Shape, foreign, map, modelled, object, passed, required, required_until, unsupported,
};
use crate::normalize::Version;

pub(super) const PATHS: Grammar = map("the paths object", &[], Keys::Paths, Shape::Object(Kind::PathItem));

pub(super) const PATH_ITEM: Grammar = object(
    "a path item object",
    &[
        modelled("summary", Shape::Text),
        modelled("description", Shape::Text),
        modelled("get", Shape::Object(Kind::Operation)),
        modelled("put", Shape::Object(Kind::Operation)),
        modelled("post", Shape::Object(Kind::Operation)),
        modelled("delete", Shape::Object(Kind::Operation)),
        modelled("options", Shape::Object(Kind::Operation)),
        modelled("head", Shape::Object(Kind::Operation)),
        modelled("patch", Shape::Object(Kind::Operation)),
        modelled("trace", Shape::Object(Kind::Operation)),
        modelled("query", Shape::Object(Kind::Operation)).carried("x-norm-query"),
        modelled("additionalOperations", Shape::Object(Kind::Operations)).carried("x-norm-operations"),
        modelled("servers", Shape::ObjectList(Kind::Server)),
        modelled("parameters", Shape::ObjectList(Kind::Parameter)),
    ],
    &[],
);

pub(super) const OPERATIONS: Grammar =
    map("an additional operations object", &[], Keys::Any, Shape::Object(Kind::Operation));

pub(super) const OPERATION: Grammar = object(
    "an operation object",
    &[
        modelled("tags", Shape::Texts),
        modelled("summary", Shape::Text),
        modelled("description", Shape::Text),
        modelled("externalDocs", Shape::Object(Kind::ExternalDocs)),
        modelled("operationId", Shape::Text),
        modelled("parameters", Shape::ObjectList(Kind::Parameter)),
        modelled("requestBody", Shape::Object(Kind::RequestBody)),
        modelled("responses", Shape::Object(Kind::Responses)),
        modelled("callbacks", Shape::ObjectMap(Kind::Callback)),
        modelled("deprecated", Shape::Flag),
        modelled("security", Shape::ObjectList(Kind::SecurityRequirement)),
        modelled("servers", Shape::ObjectList(Kind::Server)),
        foreign("consumes", "requestBody.content"),
        foreign("produces", "responses.*.content"),
        foreign("schemes", "servers"),
    ],
    &[required_until("responses", Fill::EmptyObject, Version::V3_1)],
);

const STYLES: &[&str] =
    &["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

pub(super) const PARAMETER: Grammar = object(
    "a parameter object",
    &[
        modelled("name", Shape::Text),
        modelled("in", Shape::OneOf(&["query", "header", "path", "cookie", "querystring"])),
        modelled("description", Shape::Text),
        modelled("required", Shape::Flag),
        modelled("deprecated", Shape::Flag),
        modelled("allowEmptyValue", Shape::Flag),
        modelled("style", Shape::OneOf(STYLES)),
        modelled("explode", Shape::Flag),
        modelled("allowReserved", Shape::Flag),
        modelled("schema", Shape::Schema),
        modelled("content", Shape::ObjectMap(Kind::MediaType)),
        modelled("example", Shape::Any),
        passed("examples", Shape::ObjectMap(Kind::Example)),
        foreign("type", "schema.type"),
        foreign("format", "schema.format"),
        foreign("items", "schema.items"),
        foreign("enum", "schema.enum"),
        foreign("default", "schema.default"),
        foreign("minimum", "schema.minimum"),
        foreign("maximum", "schema.maximum"),
        foreign("pattern", "schema.pattern"),
        foreign("minLength", "schema.minLength"),
        foreign("maxLength", "schema.maxLength"),
        foreign("nullable", "schema.nullable"),
        foreign("collectionFormat", "style and explode"),
    ],
    &[required("name", Fill::Nothing), required("in", Fill::Nothing)],
);

pub(super) const HEADER: Grammar = object(
    "a header object",
    &[
        modelled("description", Shape::Text),
        modelled("required", Shape::Flag),
        passed("deprecated", Shape::Flag),
        modelled("style", Shape::OneOf(&["simple"])),
        modelled("explode", Shape::Flag).carried("x-norm-explode"),
        unsupported("allowReserved", Shape::Flag).carried("x-norm-allow-reserved"),
        unsupported("allowEmptyValue", Shape::Flag).carried("x-norm-allow-empty-value"),
        modelled("schema", Shape::Schema),
        modelled("content", Shape::ObjectMap(Kind::MediaType)),
        passed("example", Shape::Any),
        passed("examples", Shape::ObjectMap(Kind::Example)),
        foreign("type", "schema.type"),
        foreign("format", "schema.format"),
        foreign("items", "schema.items"),
        foreign("enum", "schema.enum"),
    ],
    &[],
);

pub(super) const REQUEST_BODY: Grammar = object(
    "a request body object",
    &[
        modelled("description", Shape::Text),
        modelled("content", Shape::ObjectMap(Kind::MediaType)),
        modelled("required", Shape::Flag),
    ],
    &[required("content", Fill::EmptyObject)],
);

pub(super) const MEDIA_TYPE: Grammar = object(
    "a media type object",
    &[
        passed("description", Shape::Text).carried("x-norm-description"),
        modelled("schema", Shape::Schema),
        modelled("itemSchema", Shape::Schema).carried("x-norm-item-schema"),
        passed("example", Shape::Any),
        passed("examples", Shape::ObjectMap(Kind::Example)),
        modelled("encoding", Shape::ObjectMap(Kind::Encoding)),
        unsupported("prefixEncoding", Shape::ObjectList(Kind::Encoding)).carried("x-norm-prefix-encoding"),
        unsupported("itemEncoding", Shape::Object(Kind::Encoding)).carried("x-norm-item-encoding"),
    ],
    &[],
);

pub(super) const ENCODING: Grammar = object(
    "an encoding object",
    &[
        modelled("contentType", Shape::Text),
        unsupported("headers", Shape::ObjectMap(Kind::Header)),
        modelled("style", Shape::OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        modelled("explode", Shape::Flag),
        modelled("allowReserved", Shape::Flag),
        unsupported("encoding", Shape::ObjectMap(Kind::Encoding)).carried("x-norm-encoding"),
        unsupported("prefixEncoding", Shape::ObjectList(Kind::Encoding)).carried("x-norm-prefix-encoding"),
        unsupported("itemEncoding", Shape::Object(Kind::Encoding)).carried("x-norm-item-encoding"),
    ],
    &[],
);

pub(super) const RESPONSES: Grammar = map(
    "a responses object",
    &[modelled("default", Shape::Object(Kind::Response))],
    Keys::Statuses,
    Shape::Object(Kind::Response),
);

pub(super) const RESPONSE: Grammar = object(
    "a response object",
    &[
        passed("summary", Shape::Text).carried("x-norm-summary"),
        modelled("description", Shape::Text),
        modelled("headers", Shape::ObjectMap(Kind::Header)),
        modelled("content", Shape::ObjectMap(Kind::MediaType)),
        passed("links", Shape::ObjectMap(Kind::Link)),
        foreign("schema", "content.*.schema"),
    ],
    &[required_until("description", Fill::Text(""), Version::V3_2)],
);

pub(super) const CALLBACK: Grammar = map("a callback object", &[], Keys::Any, Shape::Object(Kind::PathItem));

pub(super) const LINK: Grammar = object(
    "a link object",
    &[
        passed("operationRef", Shape::Text),
        passed("operationId", Shape::Text),
        passed("parameters", Shape::Any),
        passed("requestBody", Shape::Any),
        passed("description", Shape::Text),
        passed("server", Shape::Object(Kind::Server)),
    ],
    &[],
);

pub(super) const EXAMPLE: Grammar = object(
    "an example object",
    &[
        passed("summary", Shape::Text),
        passed("description", Shape::Text),
        passed("value", Shape::Any),
        passed("externalValue", Shape::Text),
        passed("dataValue", Shape::Any).carried("x-norm-data-value"),
        passed("serializedValue", Shape::Text).carried("x-norm-serialized-value"),
    ],
    &[],
);
