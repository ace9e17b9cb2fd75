//! What an operation is: its facts, and how its responses are read. Generated code implements these traits.

use std::fmt;

use super::auth::Scheme;
use super::error::{DecodeError, TypedError};
use super::pages::{Page, Pages};
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

/// An operation that answers page by page.
pub trait Paginated: Operation {
    /// What the pages hold.
    type Item;
    /// How the next page is asked for.
    const PAGES: Pages;

    /// Takes the items, and what says whether there are more, out of a response.
    fn page(output: Self::Output) -> Page<Self::Item>;
}

/// The facts of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
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
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            security: &[],
            accept: "application/json",
            servers: &[],
            delivery: Delivery::Buffered,
            repetition: method.repetition,
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

    /// Doing it twice is the same as doing it once, whatever the method says.
    #[must_use]
    pub const fn idempotent(self) -> Self {
        Self { repetition: Repetition::Harmless, ..self }
    }

    /// A method for which there is no constant.
    #[must_use]
    pub const fn custom_method(self, name: &'static str) -> Self {
        let method = Method::custom(name);
        Self { method, repetition: method.repetition, ..self }
    }

    /// The id of the operation in the document.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path template.
    pub const fn path(&self) -> &'static str {
        self.path
    }
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    name: &'static str,
    repetition: Repetition,
}

impl Method {
    /// `GET`
    pub const GET: Self = Self::custom("GET");
    /// `HEAD`
    pub const HEAD: Self = Self::custom("HEAD");
    /// `OPTIONS`
    pub const OPTIONS: Self = Self::custom("OPTIONS");
    /// `TRACE`
    pub const TRACE: Self = Self::custom("TRACE");
    /// `QUERY`
    pub const QUERY: Self = Self::custom("QUERY");
    /// `PUT`
    pub const PUT: Self = Self::custom("PUT");
    /// `DELETE`
    pub const DELETE: Self = Self::custom("DELETE");
    /// `POST`
    pub const POST: Self = Self::custom("POST");
    /// `PATCH`
    pub const PATCH: Self = Self::custom("PATCH");

    /// A method of another name.
    pub const fn custom(name: &'static str) -> Self {
        let repetition = match name.as_bytes() {
            b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"QUERY" | b"PUT" | b"DELETE" => Repetition::Harmless,
            _ => Repetition::Harmful,
        };
        Self { name, repetition }
    }

    /// The name as it is sent.
    pub const fn as_str(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
