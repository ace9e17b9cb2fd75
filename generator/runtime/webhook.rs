//! Receiving what the API sends by itself: a signature is checked before the payload is read.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::error::DecodeError;
use super::json::{self, Json};

/// Checks that a request comes from the API. How it signs its requests is for its users to say.
pub trait SignatureCheck {
    /// Whether the signature in the headers is one of the body as it came.
    ///
    /// # Errors
    ///
    /// Fails when there is no signature, or when it is not one of this body.
    fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError>;
}

impl<F: Fn(&HeaderMap, &[u8]) -> Result<(), SignatureError>> SignatureCheck for F {
    fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self(headers, body)
    }
}

/// A signature that is missing or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureError;

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signature is missing or wrong")
    }
}

impl std::error::Error for SignatureError {}

/// Why a request of the API was not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// The signature is missing or wrong.
    Signature(SignatureError),
    /// The payload is not what the document says.
    Decode(DecodeError),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebhookError {}

/// Checks the signature of a request, and reads its payload.
///
/// # Errors
///
/// See [`WebhookError`].
pub fn receive<T: Json>(headers: &HeaderMap, body: &Bytes, check: &impl SignatureCheck) -> Result<T, WebhookError> {
    check.check(headers, body).map_err(WebhookError::Signature)?;
    json::from_slice(body).map_err(|error| WebhookError::Decode(DecodeError::json(&error, body.clone()).of("webhook")))
}
