//! What the client *is*: operations, types and facts, with no OpenAPI words and no Rust identifiers.
//!
//! `build/` makes an [`Api`] out of a resolved document, `facts.rs` annotates it; `names/` and `emit/` only read it.
//! The world is closed: every [`TypeId`] is an index into [`Api::types`], every [`SchemeId`] into [`Api::security`].

pub mod build;
pub mod facts;
mod limits;
pub(crate) mod path;
mod server;
pub mod share;
pub mod visit;

use std::collections::BTreeSet;

use crate::document::Span;

pub use limits::{Limit, Limits};
pub use server::{Base, Reach};

/// Index into [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Index into [`Api::foreign`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ForeignId(pub usize);

/// Index into [`Api::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// Index into [`Api::operations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// Index into [`Api::security`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);

/// Everything that is emitted.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// Title, version, prose.
    pub info: Info,
    /// Servers of the whole API, the default first; empty when the document names none.
    pub servers: Vec<Server>,
    /// Security schemes, in document order.
    pub security: Vec<SecurityScheme>,
    /// One group per tag, in document order; an untagged operation is in that of its resource, or in the one whose `wire` is empty.
    pub groups: Vec<Group>,
    /// Operations, in document order.
    pub operations: Vec<Operation>,
    /// Every named type.
    pub types: Vec<TypeDef>,
    /// Every type of another crate that the user chose.
    pub foreign: Vec<Foreign>,
    /// Requests that the server sends: webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// What the types need from outside the runtime.
    pub needs: Needs,
}

/// Which formats and features are used anywhere; decides the dependencies of the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Formats of text for which types of other crates stand.
    pub formats: BTreeSet<TextFormat>,
    /// How the server signs the requests that it sends.
    pub signatures: Signatures,
    /// Parts of the runtime; worked out by `facts`.
    pub parts: BTreeSet<Part>,
    /// Values can be checked against their schemas.
    pub checks: Checks,
}

/// How the server signs the requests that it sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signatures {
    /// In a way that is for the client's user to check, if at all.
    #[default]
    Own,
    /// By HMAC-SHA256.
    HmacSha256,
}

/// What only some clients need of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Bytes as Base64.
    Base64,
    /// Dates and times.
    Dates,
    /// Bodies of bytes that are received.
    Downloads,
    /// Enums.
    Enums,
    /// Server-sent events that are received.
    Events,
    /// Files inside of bodies.
    Files,
    /// Types that are written like something else.
    Forwarded,
    /// URL-encoded bodies that are sent.
    Forms,
    /// Response headers that are described.
    Headers,
    /// JSON documents one per line that are received.
    JsonLines,
    /// Multipart bodies that are sent.
    Multipart,
    /// OAuth 2.
    OAuth2,
    /// Lists that go on.
    Pages,
    /// Parameters of operations.
    Parameters,
    /// Properties that share a prefix.
    Prefixed,
    /// Signatures of requests that the server sends.
    Signatures,
    /// Properties that are absent, null, or have a value.
    ThreeStates,
    /// Arrays whose elements have types of their own.
    Tuples,
    /// Unions.
    Unions,
    /// Requests that the server sends.
    Webhooks,
}

/// What checking values against their schemas takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Checks {
    /// Nothing is checked.
    #[default]
    None,
    /// Some types are checked, without regular expressions.
    Plain,
    /// Some types are checked, also against regular expressions.
    Patterns,
}

/// Title, version and prose of the API.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.summary` and `info.description`.
    pub docs: Docs,
    /// `info.license.name`
    pub license: Option<String>,
    /// `info.termsOfService`
    pub terms: Option<String>,
}

/// Prose that travels into documentation. Markdown, as written in the document; `emit` makes it safe.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// A single line, when the document has one apart from the text.
    pub summary: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// One line per fact that the type does not show: bounds, patterns, defaults, examples, decision rules.
    pub notes: Vec<String>,
    /// `externalDocs.url`
    pub link: Option<String>,
}

/// Where something comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// JSON Pointer within the file (RFC 6901), without `#`; a file other than the first is named before a `#`.
    pub pointer: String,
    /// Where it was written.
    pub span: Span,
}

/// A base URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL template, resolved where it is known against what.
    pub url: String,
    /// What the document calls it (OpenAPI 3.2).
    pub name: Option<String>,
    /// Prose.
    pub docs: Docs,
    /// Variables in the template, in document order.
    pub variables: Vec<ServerVariable>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A variable of a server URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// Its name in the template.
    pub wire: String,
    /// What stands in when nothing is said; absent when something has to be.
    pub default: Option<String>,
    /// The allowed values; empty when any is.
    pub values: Vec<String>,
    /// Prose.
    pub docs: Docs,
}

/// A way to prove who is calling.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Its key under `securitySchemes`.
    pub wire: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Prose.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
}

/// The kinds of security scheme.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemeKind {
    /// RFC 7617.
    Basic,
    /// RFC 6750, also OpenID Connect, whose tokens travel the same way.
    Bearer,
    /// Another HTTP scheme of the `Authorization` header, by its name.
    OtherHttp(String),
    /// A key in a header, by the header's name.
    HeaderKey(String),
    /// A key in the query, by the parameter's name.
    QueryKey(String),
    /// A key in a cookie, by its name.
    CookieKey(String),
    /// OAuth 2.
    OAuth2(OAuth2),
    /// The client's TLS certificate: the transport's matter.
    MutualTls,
}

/// What an OAuth 2 scheme declares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OAuth2 {
    /// `tokenUrl` of the flow `clientCredentials`.
    pub client_token_url: Option<String>,
    /// Where refresh tokens are changed for access tokens: `refreshUrl`, or else `tokenUrl`, of a flow that has users.
    pub renewal_url: Option<String>,
    /// `refreshUrl`
    pub refresh_url: Option<String>,
    /// `tokenUrl` of the first flow that has one.
    pub token_url: Option<String>,
    /// `authorizationUrl` of the first flow that has one.
    pub authorization_url: Option<String>,
    /// Scope and what it means.
    pub scopes: Vec<(String, String)>,
}

/// The operations of one tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The tag; empty for operations without one.
    pub wire: String,
    /// `x-rust-name`, when given.
    pub rust_name: Option<String>,
    /// Prose.
    pub docs: Docs,
    /// Its operations, in document order.
    pub operations: Vec<OperationId>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `operationId`, when given.
    pub wire: Option<String>,
    /// `x-rust-name`, when given.
    pub rust_name: Option<String>,
    /// The group it is emitted in: its first tag.
    pub group: GroupId,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template, as written.
    pub path: String,
    /// Prose.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Parameters, path and operation merged: required ones in document order, then optional ones in document order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What a success is.
    pub success: Vec<Response>,
    /// Documented statuses that are not a success, by status, then ranges, then the default.
    pub errors: Vec<Response>,
    /// Alternatives, each a set of schemes that go together. Empty: nothing is needed. An empty set: anonymous is allowed.
    pub security: Vec<Vec<Requirement>>,
    /// Servers that replace those of the API; empty when they do not.
    pub servers: Vec<Server>,
    /// How a list goes on.
    pub pagination: Option<Pagination>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One scheme of an alternative, with the scopes it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The scheme.
    pub scheme: SchemeId,
    /// Scopes, for documentation.
    pub scopes: Vec<String>,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// `x-rust-name`, when given.
    pub rust_name: Option<String>,
    /// Where it travels.
    pub location: Location,
    /// How its value becomes text.
    pub encoding: Encoding,
    /// How the members of a query that is a form become text.
    pub form: Vec<PropertyEncoding>,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it can be sent without a value (`allowEmptyValue`).
    pub allow_empty: bool,
    /// The value's type.
    pub ty: Type,
    /// Prose.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Where it is declared.
    pub origin: Origin,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// The whole query, OpenAPI 3.2 `in: querystring`.
    QueryString,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a parameter's value becomes text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encoding {
    /// By `style` and `explode` (OpenAPI 3.0.4 §4.7.12.3, RFC 6570).
    Style {
        /// The style.
        style: Style,
        /// Whether items and properties are separate.
        explode: bool,
        /// Whether RFC 3986 reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// By a media type: the value is serialized as JSON text (`application/json`) or as it is (anything else).
    Content(String),
}

/// The styles of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;x=a;x=b`
    Matrix,
    /// `x=a&x=b`
    Form,
    /// `x=a%20b`
    SpaceDelimited,
    /// `x=a%7Cb`
    PipeDelimited,
    /// `x[a]=1&x[b]=2`
    DeepObject,
    /// `x=a; x=b`, as it is (OpenAPI 3.2)
    Cookie,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// Media types to choose from, the best one first; never empty.
    pub contents: Vec<Content>,
    /// Prose.
    pub docs: Docs,
}

/// One media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The media type, as written.
    pub media_type: String,
    /// What the bytes are.
    pub form: Form,
}

impl Content {
    /// Whether the media type says only what may be (RFC 9110, section 12.5.1).
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*')
    }
}

/// What the bytes of a request or response body are.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// JSON, also `+json`.
    Json(Type),
    /// `application/x-www-form-urlencoded`.
    UrlEncoded(Type, Vec<PropertyEncoding>),
    /// `multipart/form-data` and other multipart types.
    Multipart(Type, Vec<PropertyEncoding>),
    /// Text, also XML: a string as it is.
    Text,
    /// Bytes: streamed in both directions.
    Binary,
    /// JSON values one per line (NDJSON, JSON lines, JSON sequences), each of this type.
    JsonLines(Type),
    /// `text/event-stream`; each event's data is of this type.
    Events(Type),
    /// `text/event-stream`; each event is an object of this type (OpenAPI 3.2.0 §4.14.3).
    EventObjects(Type, EventData),
}

/// What the data of an event is that is described as an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventData {
    /// Text.
    Text,
    /// JSON.
    Json,
    /// One or the other.
    Either,
}

/// How one property of a form or multipart body is written.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyEncoding {
    /// The property's wire name.
    pub wire: String,
    /// `style`, `explode` and `allowReserved`, when given.
    pub style: Option<Encoding>,
    /// `contentType`, when given.
    pub content_type: Option<String>,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses it is for.
    pub status: Status,
    /// Media types, the best one first; empty when there is no body.
    pub contents: Vec<Content>,
    /// Documented headers.
    pub headers: Vec<Header>,
    /// Prose.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
}

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A range by its first digit: `4XX` is `Range(4)`.
    Range(u8),
    /// `default`
    Default,
}

/// A documented response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub wire: String,
    /// Its value's type.
    pub ty: Type,
    /// How its text is read.
    pub encoding: Encoding,
    /// Whether it is always there.
    pub required: bool,
    /// Prose.
    pub docs: Docs,
}

/// How a list operation goes on to the next page.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// The mechanism.
    pub kind: PageKind,
    /// Where its parameter is.
    pub place: PagePlace,
    /// Field path to the items within the success body; empty when the body is the list.
    pub items: Vec<FieldStep>,
    /// The type of one item.
    pub item: Type,
    /// The rule that found it, or `declared`.
    pub source: String,
}

/// A field on the way to something inside a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldStep {
    /// The struct.
    pub ty: TypeId,
    /// Index into [`Struct::fields`].
    pub field: usize,
}

/// Where the parameter is that asks for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePlace {
    /// In the query.
    Query,
    /// In the JSON body, as a string where it is a cursor.
    Body,
    /// In the JSON body, as a number also where it is a cursor.
    BodyNumber,
}

/// The mechanisms of pagination. Parameters are named by their wire names in the query, or by JSON Pointers in the body.
#[derive(Debug, Clone, PartialEq)]
pub enum PageKind {
    /// Skip so many items.
    Offset {
        /// How many to skip.
        offset: String,
        /// How many to return.
        limit: Option<String>,
        /// A boolean that says whether there is more.
        has_more: Option<Vec<FieldStep>>,
    },
    /// The number of the page.
    Page {
        /// The page's number.
        page: String,
        /// The first page's number.
        first: i64,
        /// A boolean that says whether there is more.
        has_more: Option<Vec<FieldStep>>,
    },
    /// An opaque position.
    Cursor {
        /// The parameter.
        cursor: String,
        /// Where the next position stands in the body.
        next: Vec<FieldStep>,
    },
    /// The id of the last item (Stripe's `starting_after`).
    LastItem {
        /// The parameter.
        cursor: String,
        /// The item's field that holds its id.
        id: FieldStep,
        /// A boolean that says whether there is more.
        has_more: Option<Vec<FieldStep>>,
    },
    /// A URL in the body.
    NextUrl {
        /// Where it stands.
        next: Vec<FieldStep>,
    },
    /// The `Link` header, relation `next` (RFC 8288).
    LinkHeader,
}

/// A request that the server sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Its key; for a callback the operation's name and the callback's key.
    pub wire: String,
    /// The payload.
    pub payload: Option<Type>,
    /// Prose.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
}

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// What it is called, before Rust has a say.
    pub name: TypeName,
    /// What its places are called in `names.lock`, where it stands for several; worked out by `share`.
    pub places: Vec<String>,
    /// `x-rust-name`, when given.
    pub rust_name: Option<String>,
    /// Prose.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What it looks like.
    pub shape: Shape,
    /// Where it is declared.
    pub origin: Origin,
    /// Which way it travels; worked out by `facts`.
    pub usage: Usage,
    /// The groups whose operations reach it, sorted; worked out by `facts`.
    pub groups: Vec<GroupId>,
    /// Which traits can be derived; worked out by `facts`.
    pub derives: Derives,
    /// What the schema asks of every value beyond its type: of an object, and of what a [`Shape::Newtype`] holds.
    /// What it asks of an alias stands where the alias is used.
    pub limits: Limits,
    /// Whether values that are sent can be checked against the schema; worked out by `facts`.
    pub checked: bool,
}

/// Where a type's name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeName {
    /// A schema that the document names.
    Schema(String),
    /// Inside another type: the part says what it is there (a property's wire name, `item`, `value`, a variant).
    Child {
        /// The type around it.
        parent: TypeId,
        /// What it is there.
        part: String,
    },
    /// The form of another type in requests, where it differs from that in responses.
    Input(TypeId),
    /// Inside an operation: the part says what it is there (`request`, `response`, a parameter's wire name).
    OfOperation {
        /// The operation.
        operation: OperationId,
        /// What it is there.
        part: String,
    },
    /// Inside a webhook or a reusable object (parameter, response, header, request body) that the document names.
    Of {
        /// The object's name.
        owner: String,
        /// What it is there; empty when the owner's name is enough.
        part: String,
    },
    /// At several places: what it is at each of them.
    Shared(String),
}

/// Which way a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// In requests.
    pub sent: bool,
    /// In responses and webhooks.
    pub received: bool,
}

/// Which traits beyond `Debug`, `Clone` and `PartialEq` can be derived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Derives {
    /// `Eq` and `Hash`: no floating point and no open value inside.
    pub eq_hash: bool,
    /// `Default`: every field has one.
    pub default: bool,
}

/// What a named type looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object.
    Struct(Struct),
    /// A set of strings, open to further ones.
    StringEnum(Vec<StringValue>),
    /// A set of integers, open to further ones.
    IntegerEnum(Vec<IntegerValue>),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A type of its own around another one: where an alias would be recursive.
    Newtype(Type),
}

/// An object's shape.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Struct {
    /// Properties, in document order.
    pub fields: Vec<Field>,
    /// Required properties that have exactly one value: written always, not stored.
    pub constants: Vec<Constant>,
    /// Properties that share a literal prefix, which is stripped.
    pub prefixed: Vec<Prefixed>,
    /// Properties beyond the declared ones, kept when the document gives them a schema or allows them explicitly.
    pub extra: Option<Type>,
    /// What the schema asks of each value of `extra`.
    pub extra_limits: Limits,
}

/// A property that a struct stores.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name on the wire.
    pub wire: String,
    /// `x-rust-name`, when given.
    pub rust_name: Option<String>,
    /// Its type, without the layer that the presence adds.
    pub ty: Type,
    /// Whether it can be absent or null, as the document says.
    pub presence: Presence,
    /// How it stands in Rust; worked out by `facts`.
    pub form: FieldForm,
    /// Prose.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// What the schema asks of the value beyond its type.
    pub limits: Limits,
    /// Where it is declared.
    pub origin: Origin,
}

/// Whether a property can be absent or null, as the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, may be null.
    RequiredNullable,
    /// May be absent, never null.
    Optional,
    /// May be absent and may be null, which mean different things.
    OptionalNullable,
    /// May be absent and may be null, declared equal by `default: null`.
    OptionalNullDefault,
}

/// How a property stands in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// `T`; a missing key is an error.
    Plain,
    /// `Option<T>`; `None` is not written.
    Option,
    /// `Option<T>`; `None` is written as `null`.
    Nullable,
    /// `Field<T>`: absent, null or a value.
    ThreeState,
}

/// A required property with exactly one value.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Constant {
    /// Its name on the wire.
    pub wire: String,
    /// Its value, as JSON text.
    pub json: String,
    /// Prose.
    pub docs: Docs,
}

/// Properties that share a literal prefix.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefixed {
    /// The prefix on the wire, such as `custom.`.
    pub prefix: String,
    /// The value's type.
    pub ty: Type,
    /// What the schema asks of each value beyond its type.
    pub limits: Limits,
    /// Prose.
    pub docs: Docs,
}

/// One value of a string enum.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct StringValue {
    /// The value on the wire.
    pub wire: String,
    /// From `x-enum-varnames`, when given.
    pub rust_name: Option<String>,
    /// From `x-enum-descriptions`, when given.
    pub docs: Docs,
}

/// One value of an integer enum.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct IntegerValue {
    /// The value on the wire.
    pub wire: i64,
    /// From `x-enum-varnames`, when given.
    pub rust_name: Option<String>,
    /// From `x-enum-descriptions`, when given.
    pub docs: Docs,
}

/// One of several types. What decides is worked out at generation time.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// How a value is recognized.
    pub rule: UnionRule,
    /// The members, in the order in which they are tried.
    pub variants: Vec<Variant>,
}

/// How a union's value is recognized.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum UnionRule {
    /// By a property's value; `Variant::tags` say which.
    Tag(String),
    /// By the guards, in order; a guard that holds is tried, and the next one if the value does not fit after all.
    Guards,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What it is called: a schema's name, a tag value, a JSON type.
    pub name: String,
    /// The type inside.
    pub ty: Type,
    /// The values of the tag that mean this member ([`UnionRule::Tag`]); the first is written.
    pub tags: Vec<String>,
    /// Whether the member does not carry the tag itself, so that it is added when written.
    pub adds_tag: bool,
    /// Whether a value without the tag, or with one that means no member, is tried as this one ([`UnionRule::Tag`]).
    pub fallback: bool,
    /// What must hold for the value to be tried ([`UnionRule::Guards`]).
    pub guard: Guard,
    /// What the schema asks of the value beyond its type.
    pub limits: Limits,
    /// Prose.
    pub docs: Docs,
}

/// A cheap test on a JSON value.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Guard {
    /// Any value.
    Any,
    /// `null`
    Null,
    /// A boolean.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// One of these strings.
    Strings(Vec<String>),
    /// An array.
    Array,
    /// An object that has these keys and, for some keys, one of these string values.
    Object {
        /// Keys that must be there.
        keys: Vec<String>,
        /// Keys whose value must be one of these strings.
        values: Vec<(String, Vec<String>)>,
        /// Keys that only this member declares: a value that has one is tried as this member before all others.
        any: Vec<String>,
    },
}

/// A type as it is used somewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `bool`
    Boolean,
    /// An integer.
    Integer(IntegerWidth),
    /// `f64`
    Double,
    /// `f32`
    Float,
    /// `String`
    String,
    /// RFC 3339 date and time, tolerant of a missing offset.
    DateTime,
    /// `2013-02-20`
    Date,
    /// Text for which a type of another crate stands.
    Text(TextFormat),
    /// A type of another crate that the user chose.
    Foreign(ForeignId),
    /// Base64 text for bytes (`format: byte`, `contentEncoding: base64`).
    Base64,
    /// A file: bytes with a name and a media type (`format: binary` inside a body).
    File,
    /// A string that is never shown (`format: password`).
    Secret,
    /// Any JSON value.
    Any,
    /// Only `null`.
    Null,
    /// An array.
    List(Box<Type>),
    /// An array of fixed length, each place with a type of its own.
    Tuple(Vec<Type>),
    /// An object used as a map.
    Map(Box<Type>),
    /// `null` or the type.
    Nullable(Box<Type>),
    /// The type behind a pointer: where a recursion closes.
    Boxed(Box<Type>),
    /// A named type.
    Named(TypeId),
}

/// A format of text for which a type of another crate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextFormat {
    /// RFC 9562.
    Uuid,
    /// A decimal number of any precision.
    Decimal,
    /// RFC 3986, absolute.
    Uri,
    /// RFC 3339 `date-time`.
    DateTime(Calendar),
    /// RFC 3339 `full-date`.
    Date(Calendar),
    /// RFC 3339 `partial-time`.
    Time(Calendar),
    /// ISO 8601 duration (RFC 3339, appendix A).
    Duration,
}

/// A type of another crate that the user chose for schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// What it is called, as written.
    pub path: String,
    /// What its values are in JSON.
    pub form: ForeignForm,
    /// Where it was written first.
    pub span: Span,
}

/// What the values of a type of another crate are in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignForm {
    /// Strings.
    Text,
    /// Numbers without a fraction.
    Integer,
    /// Numbers.
    Number,
}

/// A crate of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// `chrono`
    Chrono,
    /// `time`
    Time,
    /// `jiff`
    Jiff,
}

/// The width of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerWidth {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i128`
    I128,
}
