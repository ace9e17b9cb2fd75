//! What an operation is: its facts, and how its responses are read. Generated code implements the trait.

use super::auth::Scheme;
use super::error::{DecodeError, TypedError};
use super::response::Response;
use super::transport::BodyUse;

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
    pub(crate) body_use: BodyUse,
    pub(crate) repetition: Repetition,
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
            body_use: BodyUse::Buffered,
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
        Self { body_use: BodyUse::Streamed, ..self }
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

/// An operation: the marker that stands for it in [`Request`](super::Request), and what is known of it.
///
/// A success is read by the named method of [`Response`], or by the table `successes!` of the output.
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! operation {
    (
        $(#[$attribute:meta])*
        $marker:ident($id:literal): $method:literal $path:literal,
        output: $output:ty $(as $read:ident $(($detail:expr))?)?,
        error: $error:ty,
        $(accept: $accept:literal,)?
        $(delivery: $delivery:ident,)?
        $(servers: $servers:expr,)?
        $(security: $([$($scheme:ident),*])or+,)?
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy)]
        pub struct $marker;

        #[allow(deprecated, reason = "the operation is deprecated where it is called")]
        impl $crate::runtime::Operation for $marker {
            type Output = $output;
            type Error = $error;
            const FACTS: $crate::runtime::Facts = $crate::runtime::Facts::new($id, $method, $path)
                $(.accept($accept))?
                $(.$delivery())?
                $(.servers(&$servers))?
                $(.security(&[$(&[$($scheme),*]),+]))?;

            fn output(
                response: $crate::runtime::Response,
            ) -> ::std::result::Result<$output, $crate::runtime::DecodeError> {
                operation!(@ $output, response $($read $(($detail))?)?)
            }
        }
    };
    (@ $output:ty, $response:ident) => { <$output>::read($response) };
    (@ $output:ty, $response:ident $read:ident $(($detail:expr))?) => { $response.$read($($detail)?) };
}

/// What a request can be given beside what it needs: setters with their arguments, and where in the request they go.
#[allow(unused_macros, reason = "an API may have no optional parameters")]
macro_rules! options {
    ($marker:ident of $handle:ident::$method:ident {
        $($(#[$attribute:meta])* $name:ident($argument:ty) => $step:ident($($value:tt)*),)+
    }) => {
        #[doc = concat!("Options of [`", stringify!($handle), "::", stringify!($method), "`].")]
        #[allow(deprecated, reason = "a deprecated type is deprecated where it is named")]
        impl $crate::runtime::Request<'_, $marker> {
            $(
                $(#[$attribute])*
                pub fn $name(self, $name: $argument) -> Self {
                    self.$step($($value)*)
                }
            )+
        }
    };
}
