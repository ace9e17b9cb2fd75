//! What an operation is: its facts, and how its responses are read. Generated code implements the trait.

use super::auth::Scheme;
use super::error::{DecodeError, TypedError};
use super::response::Response;

/// One operation of the API.
pub trait Operation: 'static {
    /// What a successful call gives.
    type Output;
    /// What the API documents beside success.
    type Error: TypedError;
    /// What has to be known to send the request.
    const FACTS: Facts;

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// Fails when the body is not what the document says.
    fn output(response: Response) -> Result<Self::Output, DecodeError>;
}

/// The facts of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) security: &'static [&'static [Scheme]],
    pub(crate) accept: &'static str,
    pub(crate) servers: &'static [&'static str],
    pub(crate) delivery: Delivery,
    pub(crate) repetition: Repetition,
}

/// How the body of a success is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Buffered,
    Streamed,
}

/// Whether doing it twice is the same as doing it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    Harmless,
    Harmful,
}

impl Facts {
    /// An operation by its id, method and path template.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        // Idempotent by RFC 9110, section 9.2.2.
        let repetition = match method.as_bytes() {
            b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"QUERY" | b"PUT" | b"DELETE" => Repetition::Harmless,
            _ => Repetition::Harmful,
        };
        Self {
            id,
            method,
            path,
            security: &[],
            accept: "application/json",
            servers: &[],
            delivery: Delivery::Buffered,
            repetition,
        }
    }

    /// The alternatives of which one has to be fulfilled, each a list of schemes. An empty list means that no credential is needed.
    #[must_use]
    pub const fn security(self, security: &'static [&'static [Scheme]]) -> Self {
        Self { security, ..self }
    }

    /// The media types that the caller can read, as an `Accept` header.
    #[must_use]
    pub const fn accept(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    /// The servers of this operation, where they differ from those of the API.
    #[must_use]
    pub const fn servers(self, servers: &'static [&'static str]) -> Self {
        Self { servers, ..self }
    }

    /// The body of a success is handed over as a stream.
    #[must_use]
    pub const fn stream(self) -> Self {
        Self { delivery: Delivery::Streamed, ..self }
    }

    /// The id of the operation in the document.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path template.
    pub const fn path(&self) -> &'static str {
        self.path
    }
}
