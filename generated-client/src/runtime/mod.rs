//! What every operation of the crate shares: the JSON codec, value types, requests, responses and the transport.

#[macro_use]
pub mod json;
#[macro_use]
mod error;

mod auth;
mod base64;
#[cfg(feature = "blocking")]
mod block_on;
mod body;
mod client;
mod clock;
mod datetime;
mod download;
mod draft;
mod driver;
mod events;
mod field;
mod file;
mod json_lines;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod oauth2;
mod operation;
mod pages;
mod paginate;
mod params;
mod pointer;
mod prefixed;
mod rate_limit;
mod request;
mod response;
mod retry;
mod secret;
mod transport;
#[cfg(feature = "blocking")]
mod transport_blocking;
#[cfg(all(feature = "reqwest", target_arch = "wasm32", target_os = "unknown"))]
mod transport_fetch;
#[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
mod transport_reqwest;
mod url;
mod webhook;

pub use self::auth::{ApiKey, AuthError, Basic, Bearer, Credential, Scheme, TokenProvider};
pub use self::base64::Base64;
#[cfg(feature = "blocking")]
pub(crate) use self::block_on::block_on;
pub use self::body::{Body, BodyStream, ByteStream};
pub use self::client::{Client, ClientBuilder};
pub use self::datetime::{Date, DateTime, InvalidDateTime};
pub use self::download::Download;
pub use self::error::{
    ApiError, BuildError, CallError, DecodeError, Erased, Error, ErrorResponse, TypedError, Undocumented,
};
pub use self::events::{EventStream, FromEvent, ServerEvent};
pub use self::field::Field;
pub use self::file::File;
pub use self::json::{Json, JsonError, RawJson, UnknownInteger, UnknownValue, from_slice};
pub use self::json_lines::JsonLines;
#[cfg(feature = "mock")]
pub use self::mock::{Mock, MockReply, MockRequest};
pub use self::multipart::Encoding;
pub use self::oauth2::OAuth2;
pub use self::operation::{Facts, Method, Operation, Paginated};
pub use self::pages::{Page, Pages};
pub use self::paginate::{ItemStream, PageStream};
pub use self::params::Style;
pub use self::prefixed::PrefixedFields;
pub use self::rate_limit::{RateLimit, retry_after};
pub use self::request::{RawResponse, Request, WithResponse};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::secret::Secret;
pub use self::transport::{BodyUse, BoxFuture, OperationId, Sent, Transport, TransportError, TransportErrorKind};
#[cfg(feature = "blocking")]
pub use self::transport_blocking::BlockingTransport;
#[cfg(all(feature = "reqwest", target_arch = "wasm32", target_os = "unknown"))]
pub use self::transport_fetch::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
pub use self::transport_reqwest::ReqwestTransport;
pub use self::webhook::{SignatureCheck, SignatureError, WebhookError, constant_time_eq, receive};
pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use serde_json::Value;
