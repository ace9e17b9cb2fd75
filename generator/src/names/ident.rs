//! The identifier type: only this folder constructs it, so whatever holds one is valid Rust.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// A valid Rust identifier that is no keyword.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// Takes text that [`words`](super::words) made.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The variant of every generated enum for what the document does not describe.
    pub fn unknown() -> Self {
        Self::new("Unknown")
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Ident {
    fn default() -> Self {
        Self::new("missing")
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}
