//! What every operation of the crate shares: the JSON codec, value types, requests, responses and the transport.
//!
//! A call begins as a [`Request`], which fills a draft with what its operation and its user ask for. The driver makes
//! attempts of the draft, with the credentials of `auth`, for as long as `retry` allows. Each attempt goes through
//! `exchange`, which follows redirects, to a [`Transport`]. What comes back is a [`Response`], which the operation
//! reads its output from, or an [`ApiError`].

#[macro_use]
pub mod json;
#[macro_use]
mod api_error;
#[macro_use]
mod modules;
#[macro_use]
mod operation;
#[macro_use]
mod response;

mod arriving;
mod auth;
mod base64;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod client;
mod clock;
mod credential;
mod datetime;
mod decode_error;
mod download;
mod draft;
mod driver;
mod encoding;
mod error;
mod escape;
mod events;
mod exchange;
mod field;
mod file;
mod form;
mod headers;
mod json_lines;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod oauth2;
mod pages;
mod paginate;
mod parameters;
mod pointer;
mod prefixed;
mod rate_limit;
mod request;
mod retry;
mod secret;
mod signature;
mod stream;
mod style;
mod trace;
mod transport;
#[cfg(feature = "blocking")]
mod transport_blocking;
#[cfg(feature = "reqwest")]
#[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), path = "transport_fetch.rs")]
mod transport_reqwest;
mod url;
mod webhook;

pub use self::api_error::{ApiError, TypedError, Undocumented};
pub use self::auth::Scheme;
pub use self::base64::Base64;
pub use self::body::{Body, BodyStream, ByteStream};
pub use self::client::{Client, ClientBuilder};
pub use self::credential::{ApiKey, AuthError, Basic, Bearer, Credential, TokenProvider};
pub use self::datetime::{Date, DateTime, InvalidDateTime};
pub use self::decode_error::DecodeError;
pub use self::download::Download;
pub use self::encoding::Encoding;
pub use self::error::{BuildError, CallError, Erased, Error};
pub use self::events::{EventData, EventStream, FromEvent, ServerEvent};
pub use self::field::Field;
pub use self::file::File;
pub use self::headers::{HeaderReader, TypedHeaders};
pub use self::json::raw::RawJson;
pub use self::json::unknown::{UnknownInteger, UnknownValue};
pub use self::json::{Json, JsonError, from_slice};
pub use self::json_lines::JsonLines;
#[cfg(feature = "mock")]
pub use self::mock::{Mock, MockReply, MockRequest};
pub use self::oauth2::OAuth2;
pub use self::operation::{Facts, Operation};
pub use self::pages::{Page, Pages, Paginated};
pub use self::paginate::{ItemStream, PageStream};
pub use self::prefixed::PrefixedFields;
pub use self::rate_limit::{RateLimit, retry_after};
pub use self::request::Request;
pub use self::response::{RawResponse, Response, WithResponse};
pub use self::retry::RetryPolicy;
pub use self::secret::Secret;
pub use self::signature::HmacSha256;
pub use self::stream::ApiStream;
pub use self::style::Style;
pub use self::transport::{BodyUse, BoxFuture, OperationId, Sent, Transport, TransportError, TransportErrorKind};
#[cfg(feature = "blocking")]
pub use self::transport_blocking::BlockingTransport;
#[cfg(feature = "reqwest")]
pub use self::transport_reqwest::ReqwestTransport;
pub use self::webhook::{SignatureCheck, SignatureError, WebhookError, receive};
pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use serde_json::Value;
