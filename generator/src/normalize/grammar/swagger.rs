//! Rows for what only Swagger 2.0 says; everything else is as in the other tables.

use super::{Grammar, Keyword, Kind, Shape, modelled, object, unsupported};

/// The rows of a kind, in groups.
pub(super) const fn keywords(kind: Kind) -> &'static [&'static [Keyword]] {
    match kind {
        Kind::Root => &[ROOT],
        Kind::Operation => &[OPERATION],
        Kind::Parameter => &[PARAMETER, VALUE],
        Kind::Header => &[HEADER, VALUE],
        Kind::Response => &[RESPONSE],
        Kind::SecurityScheme => &[SECURITY_SCHEME],
        Kind::Items => &[ITEMS_MORE],
        _ => &[],
    }
}

const SCHEMES: Keyword = modelled("schemes", Shape::Texts).but_not(&["ws", "wss"]);

const ROOT: &[Keyword] = &[
    modelled("swagger", Shape::Text),
    modelled("host", Shape::Text),
    modelled("basePath", Shape::Text),
    SCHEMES,
    modelled("consumes", Shape::Texts),
    modelled("produces", Shape::Texts),
    modelled("definitions", Shape::SchemaMap),
    modelled("parameters", Shape::ObjectMap(Kind::Parameter)),
    modelled("responses", Shape::ObjectMap(Kind::Response)),
    modelled("securityDefinitions", Shape::ObjectMap(Kind::SecurityScheme)),
];

const OPERATION: &[Keyword] = &[modelled("consumes", Shape::Texts), modelled("produces", Shape::Texts), SCHEMES];

const PARAMETER: &[Keyword] = &[
    modelled("in", Shape::OneOf(&["query", "header", "path", "formData", "body"])),
    modelled("collectionFormat", Shape::OneOf(&["csv", "ssv", "tsv", "pipes", "multi"])).but_not(&["tsv"]),
];

const HEADER: &[Keyword] =
    &[modelled("collectionFormat", Shape::OneOf(&["csv", "ssv", "tsv", "pipes"])).but_not(&["ssv", "tsv", "pipes"])];

/// What describes the value of a parameter or a header.
const VALUE: &[Keyword] = &[
    modelled("type", Shape::Types),
    modelled("format", Shape::Text),
    modelled("items", Shape::Object(Kind::Items)),
    modelled("default", Shape::Any),
    modelled("enum", Shape::AnyList),
    modelled("minimum", Shape::Number),
    modelled("maximum", Shape::Number),
    modelled("exclusiveMinimum", Shape::NumberOrFlag),
    modelled("exclusiveMaximum", Shape::NumberOrFlag),
    modelled("multipleOf", Shape::Number),
    modelled("minLength", Shape::Count),
    modelled("maxLength", Shape::Count),
    modelled("pattern", Shape::Text),
    modelled("minItems", Shape::Count),
    modelled("maxItems", Shape::Count),
    modelled("uniqueItems", Shape::Flag),
    modelled("x-nullable", Shape::Flag),
    modelled("x-enum-varnames", Shape::AnyList),
    modelled("x-enum-descriptions", Shape::Any),
];

/// `items` may nest, and nested lists have no separator of their own in later versions.
pub(super) const ITEMS: Grammar = Grammar { keywords: VALUE, ..object("an items object", &[], &[]) };

const ITEMS_MORE: &[Keyword] = &[unsupported("collectionFormat", Shape::Text)];

const RESPONSE: &[Keyword] = &[modelled("schema", Shape::Schema), modelled("examples", Shape::Any)];

const SECURITY_SCHEME: &[Keyword] = &[
    modelled("type", Shape::OneOf(&["basic", "apiKey", "oauth2"])),
    modelled("flow", Shape::OneOf(&["implicit", "password", "application", "accessCode"])),
    modelled("authorizationUrl", Shape::Text),
    modelled("tokenUrl", Shape::Text),
    modelled("scopes", Shape::TextMap),
];
