//! `oasmith.toml`: what can be said about a client beside the document. Types only; everything has a default.

mod read;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{FileId, Span};
use crate::source::{Files, offset};
use crate::suggest::closest;

/// A value and its place in `oasmith.toml`.
pub type Spanned<T> = toml::Spanned<T>;

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What `Cargo.toml` of the client says.
    pub package: Package,
    /// The OpenAPI document, relative to this file.
    pub spec: Option<PathBuf>,
    /// Where the OpenAPI document is published: relative URLs of servers and token endpoints begin there.
    pub document_url: Option<Spanned<String>>,
    /// The folder of the client, relative to this file.
    pub output: Option<PathBuf>,
    /// Whether the crate has a transcript of each operation: one request and one response as they are on the wire.
    pub wire: bool,
    /// Overlays for the document, applied in this order, relative to this file.
    pub overlays: Vec<PathBuf>,
    /// Whether a reference to another host without a local copy is only a note.
    pub allow_remote: bool,
    /// Local copies of remote documents by URL, relative to this file.
    pub vendored: BTreeMap<String, PathBuf>,
    /// What the client type is like.
    pub client: Client,
    /// Which Rust types stand for formats.
    pub formats: Formats,
    /// Crates that the client depends on for the sake of types named in `rust-type` and `x-rust-type`, as in `Cargo.toml`.
    pub dependencies: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    /// Changes to single schemas, by name.
    pub schemas: BTreeMap<Spanned<String>, Schema>,
    /// How lists are paged.
    pub pagination: Vec<Pagination>,
    /// Changes to single operations, by `operationId`.
    pub operations: BTreeMap<Spanned<String>, Operation>,
    /// Which diagnostics are expected.
    pub diagnostics: DiagnosticsConfig,
    /// The file that was read, for the places of diagnostics; `None` for the default configuration.
    #[serde(skip)]
    pub file: Option<FileId>,
}

/// What `Cargo.toml` of the client says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// Name of the crate; made from `info.title` when absent.
    pub name: Option<String>,
    /// Version of the crate; `0.1.0` when absent.
    pub version: Option<String>,
    /// One line about the crate; made from `info` when absent.
    pub description: Option<String>,
    /// SPDX expression of the license of the generated code.
    pub license: Option<String>,
    /// URL of the repository.
    pub repository: Option<String>,
}

/// What the client type is like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// What the API is called in prose; `info.title` when absent.
    pub name: Option<String>,
    /// Whether types that are sent can be checked against the constraints of their schemas.
    pub validate: bool,
    /// How the server signs webhooks, where the client is to check that.
    pub webhook_signatures: Option<WebhookSignatures>,
}

/// Signatures of webhooks that a client can check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebhookSignatures {
    /// HMAC-SHA256 in hexadecimal digits, of the body or of a timestamp and the body.
    HmacSha256,
}

/// Which Rust types stand for formats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Formats {
    /// `format: date-time`.
    pub date_time: DateTimeType,
    /// `format: date`.
    pub date: DateType,
    /// `format: time`.
    pub time: TimeType,
    /// `format: duration`.
    pub duration: DurationType,
    /// `format: uri`.
    pub uri: UriType,
    /// `format: uuid`.
    pub uuid: UuidType,
    /// `format: decimal` of strings; numbers are `f64`.
    pub decimal: DecimalType,
    /// `format: byte`, that is Base64.
    pub byte: ByteType,
}

/// The type of `format: date-time`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateTimeType {
    /// `DateTime`, which keeps the text and parses it on demand.
    #[default]
    Datetime,
    /// `chrono::DateTime<FixedOffset>`; a response with another text fails, as with the two below.
    Chrono,
    /// `time::OffsetDateTime`
    Time,
    /// `jiff::Timestamp`, which does not keep the offset.
    Jiff,
    /// `String`
    String,
}

/// The type of `format: date`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateType {
    /// `Date`, which keeps the text and parses it on demand.
    #[default]
    Date,
    /// `chrono::NaiveDate`
    Chrono,
    /// `time::Date`
    Time,
    /// `jiff::civil::Date`
    Jiff,
    /// `String`
    String,
}

/// The type of `format: time`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeType {
    /// `String`, which holds an offset too.
    #[default]
    String,
    /// `chrono::NaiveTime`; a response with another text, also one with an offset, fails, as with the two below.
    Chrono,
    /// `time::Time`
    Time,
    /// `jiff::civil::Time`
    Jiff,
}

/// The type of `format: duration`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DurationType {
    /// `String`
    #[default]
    String,
    /// `jiff::SpanFieldwise`, which holds years and months as well as seconds.
    Jiff,
}

/// The type of `format: uri`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UriType {
    /// `String`
    #[default]
    String,
    /// `url::Url`, which normalizes what it reads: `https://example.com` is written with a slash at its end.
    Url,
}

/// The type of `format: uuid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UuidType {
    /// `uuid::Uuid`
    #[default]
    Uuid,
    /// `String`
    String,
}

/// The type of `format: decimal`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalType {
    /// `rust_decimal::Decimal`
    #[default]
    Decimal,
    /// `String`
    String,
    /// `f64`, which cannot hold every decimal.
    Float,
}

/// The type of `format: byte`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByteType {
    /// `Base64`, the decoded bytes.
    #[default]
    Bytes,
    /// `String`, the encoded text.
    String,
}

/// Changes to one schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schema {
    /// Whether required fields that are missing in a response are tolerated.
    pub lenient: bool,
    /// Fields that stay required although the schema is lenient.
    pub strict: Vec<Spanned<String>>,
    /// The name of the Rust type.
    pub rust_name: Option<Spanned<String>>,
    /// The path of a type of another crate that stands for the schema, such as `my_crate::Money`. It is read and written
    /// by its `FromStr` and `Display`, and has `Clone`, `Debug` and `PartialEq`.
    pub rust_type: Option<Spanned<String>>,
}

/// How some lists are paged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pagination {
    /// The operations, by `operationId`; `*` is every one that has the parameters and fields named here.
    pub operations: Vec<Spanned<String>>,
    /// What leads to the next page.
    pub kind: PaginationKind,
    /// Parameter that says how many items to skip: of the query, or a member of the JSON body, dots between nested names.
    pub offset: Option<Spanned<String>>,
    /// Parameter that says how many items a page has.
    pub limit: Option<Spanned<String>>,
    /// Parameter that says which page.
    pub page: Option<Spanned<String>>,
    /// The number of the first page; 1 when absent.
    pub first: Option<i64>,
    /// Parameter that takes the cursor, or the identifier of the last item.
    pub cursor: Option<Spanned<String>>,
    /// Field of the response that holds the next cursor or URL, dots between nested names.
    pub next: Option<Spanned<String>>,
    /// Field of the response that says whether there are more items.
    pub has_more: Option<Spanned<String>>,
    /// Field of the response that holds the items; the response itself when absent.
    pub items: Option<Spanned<String>>,
}

/// What leads to the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaginationKind {
    /// The number of items to skip.
    Offset,
    /// The number of the page.
    Page,
    /// A cursor that the response holds.
    Cursor,
    /// The identifier of the last item.
    LastItem,
    /// A URL that the response holds.
    NextUrl,
    /// A URL in the header `Link` with `rel="next"` (RFC 8288).
    LinkHeader,
}

/// Changes to one operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Operation {
    /// The name of the Rust method.
    pub rust_name: Option<Spanned<String>>,
    /// The tag whose module the method belongs to.
    pub group: Option<Spanned<String>>,
    /// Why the operation is left out; it is generated when absent.
    pub skip: Option<String>,
}

/// Which diagnostics are expected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DiagnosticsConfig {
    /// Codes that are not shown. One that is not reported any more is itself reported.
    pub allow: Vec<Spanned<String>>,
}

impl Config {
    /// Reads the text of `file`; what is wrong with it is reported.
    pub fn read(file: FileId, files: &Files, diagnostics: &mut Diagnostics) -> Result<Self, Reported> {
        read::read(file, files.text(file), diagnostics)
    }

    /// Where a value stands in `oasmith.toml`.
    pub fn span<T>(&self, value: &Spanned<T>) -> Option<Span> {
        Some(span(self.file?, &value.span()))
    }

    /// The changes to the schema `name`, when there are any.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.get(name)
    }

    /// The changes to the operation `id`, when there are any.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.get(id)
    }

    /// The codes that are allowed; a name that is no code is reported.
    pub fn allowed(&self, diagnostics: &mut Diagnostics) -> Vec<Code> {
        let mut codes = Vec::new();
        for name in &self.diagnostics.allow {
            match Code::from_name(name.as_ref()) {
                Some(code) => codes.push(code),
                None => {
                    let message = format!("`{}` is no code of a diagnostic", name.as_ref());
                    let diagnostic = diagnostics.report(Code::ConfigUnknownName, self.span(name), message);
                    if let Some(near) = closest(name.as_ref(), Code::ALL.iter().map(|code| code.as_str())) {
                        diagnostic.help(format!("did you mean `{near}`?"));
                    }
                }
            }
        }
        codes
    }
}

fn span(file: FileId, range: &std::ops::Range<usize>) -> Span {
    Span { file, start: offset(range.start), end: offset(range.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Config>, Vec<String>) {
        let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
        let file = files.add("oasmith.toml", text);
        let config = Config::read(file, &files, &mut diagnostics).ok();
        if let Some(config) = &config {
            config.allowed(&mut diagnostics);
        }
        let place = |span| files.line_col(span);
        let line = |found: &crate::diagnostic::Diagnostic| {
            format!(
                "{:?} {}: {} ({})",
                found.span.map(place).unwrap_or_default(),
                found.code,
                found.message,
                found.help.join("; ")
            )
        };
        (config, diagnostics.iter().map(line).collect())
    }

    #[test]
    fn empty_file_is_the_default() {
        let (config, lines) = read("");
        assert_eq!(config, Some(Config { file: Some(FileId(0)), ..Config::default() }));
        assert!(lines.is_empty());
    }

    #[test]
    fn every_key_is_read() {
        let text = r#"
spec = "openapi.yaml"
document-url = "https://example.com/openapi.yaml"
output = "../../generated-client"
wire = true
overlays = ["fix.yaml"]
[package]
name = "close-client"
[client]
name = "Close"
validate = true
webhook-signatures = "hmac-sha256"
[formats]
date-time = "string"
byte = "string"
[dependencies]
my-crate = { version = "1", features = ["money"] }
[schemas.Price]
rust-type = "my_crate::Money"
[schemas.Opportunity]
lenient = true
strict = ["id"]
rust-name = "Deal"
[[pagination]]
operations = ["opportunities_list", "*"]
kind = "last-item"
has-more = "has_more"
[operations."opportunities.list"]
rust-name = "list"
skip = "not useful"
[diagnostics]
allow = ["untyped-schema"]
"#;
        let (config, lines) = read(text);
        assert_eq!(lines, Vec::<String>::new());
        let config = config.unwrap();
        assert_eq!(
            config.formats,
            Formats { date_time: DateTimeType::String, byte: ByteType::String, ..Formats::default() }
        );
        assert_eq!(config.pagination[0].kind, PaginationKind::LastItem);
        assert!(config.client.validate);
        assert!(config.wire);
        assert_eq!(config.client.webhook_signatures, Some(WebhookSignatures::HmacSha256));
        assert!(config.schema("Opportunity").unwrap().lenient);
        assert_eq!(config.operation("opportunities.list").unwrap().skip.as_deref(), Some("not useful"));
        assert_eq!(config.schema("Price").unwrap().rust_type.as_ref().unwrap().get_ref(), "my_crate::Money");
        let key = config.schemas.keys().next().unwrap();
        assert_eq!(config.span(key).map(|span| &text[span.start as usize..span.end as usize]), Some("Opportunity"));
    }

    #[test]
    fn unknown_key_is_located_and_the_nearest_one_named() {
        let (config, lines) = read("[package]\nversoin = \"1\"\n");
        assert_eq!(config, None);
        assert_eq!(lines, ["(2, 1) config-unknown-key: unknown key `versoin` (did you mean `version`?)"]);
    }

    #[test]
    fn every_mistake_is_told_in_one_run() {
        let text = "[packge]\nname = \"x\"\n[client]\nvalidat = true\nname = 5\n[formats]\nuuid = \"guid\"\n[[pagination]]\noperations = [\"a\"]\nkind = \"curser\"\npag = \"p\"\n";
        let (config, mut lines) = read(text);
        lines.sort();
        assert_eq!(config, None);
        assert_eq!(
            lines,
            [
                "(1, 2) config-unknown-key: unknown key `packge` (did you mean `package`?)",
                "(10, 8) config-syntax: unknown value `curser` (did you mean `cursor`?)",
                "(11, 1) config-unknown-key: unknown key `pag` (did you mean `page`?)",
                "(4, 1) config-unknown-key: unknown key `validat` (did you mean `validate`?)",
                "(5, 8) config-syntax: invalid type: integer `5`, expected a string ()",
                "(7, 8) config-syntax: unknown value `guid` (did you mean `uuid`?)",
            ]
        );
    }

    #[test]
    fn unknown_value_is_located_and_the_known_ones_named() {
        let (_, lines) = read("[formats]\nuuid = \"guid\"\n");
        assert_eq!(lines, ["(2, 8) config-syntax: unknown value `guid` (did you mean `uuid`?)"]);
        let (_, lines) = read("[formats]\nuuid = \"text\"\n");
        assert_eq!(lines, ["(2, 8) config-syntax: unknown value `text` (known here: `uuid`, `string`)"]);
    }

    #[test]
    fn wrong_type_and_broken_toml_are_located() {
        let (_, lines) = read("spec = 1\n");
        assert_eq!(lines, ["(1, 8) config-syntax: invalid type: integer `1`, expected path string ()"]);
        let (_, lines) = read("a b\n");
        assert!(lines[0].starts_with("(1, 3) config-syntax: "), "{lines:?}");
    }

    #[test]
    fn unknown_code_is_reported() {
        let (_, lines) = read("[diagnostics]\nallow = [\"untyped-shema\"]\n");
        assert_eq!(
            lines,
            [
                "(2, 10) config-unknown-name: `untyped-shema` is no code of a diagnostic (did you mean `untyped-schema`?)"
            ]
        );
    }
}
