//! The kinds of object that the specifications name, each with its table.

use super::{Grammar, Keyword, Shape, document, modelled, operation, schema, security, swagger};
use crate::normalize::Version;

/// The kinds of object that the specifications name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The document itself.
    Root,
    /// `info`
    Info,
    /// `info.contact`
    Contact,
    /// `info.license`
    License,
    /// An element of `servers`.
    Server,
    /// A member of `servers[].variables`.
    ServerVariable,
    /// `paths`
    Paths,
    /// A member of `paths`, of `webhooks` and of a callback.
    PathItem,
    /// The operations that `additionalOperations` adds, by method.
    Operations,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A header of a response or a part.
    Header,
    /// A request body.
    RequestBody,
    /// A member of `content`.
    MediaType,
    /// A member of `encoding`.
    Encoding,
    /// `responses`
    Responses,
    /// A response.
    Response,
    /// A member of `callbacks`.
    Callback,
    /// A member of `links`.
    Link,
    /// A member of `examples`.
    Example,
    /// An element of `tags`.
    Tag,
    /// `externalDocs`
    ExternalDocs,
    /// `components`
    Components,
    /// A security scheme.
    SecurityScheme,
    /// `flows` of a security scheme.
    OAuthFlows,
    /// One flow.
    OAuthFlow,
    /// An element of `security`.
    SecurityRequirement,
    /// A schema.
    Schema,
    /// `discriminator` of a schema.
    Discriminator,
    /// `xml` of a schema.
    Xml,
    /// `items` of a parameter or a header in Swagger 2.0, which are no schema there.
    Items,
}

/// `$ref`, wherever an object may stand elsewhere.
const REFERENCE: Keyword = modelled("$ref", Shape::Text);

/// The extensions that the client acts on, and where.
const EXTENSIONS: &[(Kind, &str)] = &[
    (Kind::Schema, "x-nullable"),
    (Kind::Schema, "x-is-nullable"),
    (Kind::Schema, "x-isnullable"),
    (Kind::Schema, "x-deprecated"),
    (Kind::Schema, "x-enum-varnames"),
    (Kind::Schema, "x-enum-descriptions"),
    (Kind::Schema, "x-rust-name"),
    (Kind::Parameter, "x-rust-name"),
    (Kind::Operation, "x-rust-name"),
    (Kind::Tag, "x-rust-name"),
];

impl Kind {
    /// The grammar of this kind.
    pub fn grammar(self) -> &'static Grammar {
        match self {
            Self::Root => &document::ROOT,
            Self::Info => &document::INFO,
            Self::Contact => &document::CONTACT,
            Self::License => &document::LICENSE,
            Self::Server => &document::SERVER,
            Self::ServerVariable => &document::SERVER_VARIABLE,
            Self::Tag => &document::TAG,
            Self::ExternalDocs => &document::EXTERNAL_DOCS,
            Self::Components => &document::COMPONENTS,
            Self::Paths => &operation::PATHS,
            Self::PathItem => &operation::PATH_ITEM,
            Self::Operations => &operation::OPERATIONS,
            Self::Operation => &operation::OPERATION,
            Self::Parameter => &operation::PARAMETER,
            Self::Header => &operation::HEADER,
            Self::RequestBody => &operation::REQUEST_BODY,
            Self::MediaType => &operation::MEDIA_TYPE,
            Self::Encoding => &operation::ENCODING,
            Self::Responses => &operation::RESPONSES,
            Self::Response => &operation::RESPONSE,
            Self::Callback => &operation::CALLBACK,
            Self::Link => &operation::LINK,
            Self::Example => &operation::EXAMPLE,
            Self::SecurityScheme => &security::SECURITY_SCHEME,
            Self::OAuthFlows => &security::OAUTH_FLOWS,
            Self::OAuthFlow => &security::OAUTH_FLOW,
            Self::SecurityRequirement => &security::SECURITY_REQUIREMENT,
            Self::Schema => &schema::SCHEMA,
            Self::Discriminator => &schema::DISCRIMINATOR,
            Self::Xml => &schema::XML,
            Self::Items => &swagger::ITEMS,
        }
    }

    /// The rows for a document of a version: Swagger 2.0 has words that later versions say otherwise.
    pub fn keywords_in(self, version: Version) -> impl Iterator<Item = &'static Keyword> {
        let own = match version {
            Version::Swagger2 => swagger::keywords(self),
            Version::V3_0 | Version::V3_1 | Version::V3_2 => &[],
        };
        own.iter().copied().flatten().chain(self.grammar().keywords)
    }

    /// The row of a keyword in a document of a version.
    pub fn keyword_in(self, version: Version, name: &str) -> Option<&'static Keyword> {
        let reference = (name == "$ref" && self != Self::SecurityRequirement).then_some(&REFERENCE);
        self.keywords_in(version).find(|keyword| keyword.name == name).or(reference)
    }

    /// Whether an extension means something in an object of this kind; others are kept for whoever reads the documents.
    pub fn understands(self, extension: &str) -> bool {
        EXTENSIONS.iter().any(|(kind, name)| *kind == self && *name == extension)
    }

    /// The row of a keyword.
    pub fn keyword(self, name: &str) -> Option<&'static Keyword> {
        self.grammar().keywords.iter().find(|keyword| keyword.name == name)
    }
}
