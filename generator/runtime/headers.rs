//! Response headers of a type: the style `simple` read back (OpenAPI 3.1, "Header Object").

use std::collections::BTreeMap;

use http::HeaderMap;

use super::json::raw::RawJson;
use super::json::{self, Json};
use super::operation::Operation;
use super::response::WithResponse;

/// An operation whose responses have headers that the document describes.
pub trait TypedHeaders: Operation {
    /// The headers, each absent if the response has none of its name or another value than the document says.
    type Headers;

    /// Reads the headers of a response, be it a success or not.
    fn headers(headers: &HeaderMap) -> Self::Headers;
}

impl<O: TypedHeaders> WithResponse<O> {
    /// The headers that the document describes, with their types.
    pub fn typed_headers(&self) -> O::Headers {
        O::headers(&self.headers)
    }
}

/// Reads headers of a response. A header that is absent, or not of the type, is `None`.
#[derive(Debug, Clone, Copy)]
pub struct HeaderReader<'a>(&'a HeaderMap);

impl<'a> HeaderReader<'a> {
    /// A reader of these headers.
    pub fn new(headers: &'a HeaderMap) -> Self {
        Self(headers)
    }

    fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.to_str().ok()
    }

    /// A single value.
    pub fn value<T: Json>(self, name: &str) -> Option<T> {
        value(self.text(name)?)
    }

    /// A list: the values of all lines of the header, and between their commas.
    pub fn list<T: Json>(self, name: &str) -> Option<Vec<T>> {
        let lines: Vec<&str> = self.0.get_all(name).iter().map(|line| line.to_str().ok()).collect::<Option<_>>()?;
        if lines.is_empty() {
            return None;
        }
        lines.iter().flat_map(|line| line.split(',')).map(|text| value(text.trim())).collect()
    }

    /// An object: `k,v` pairs, or `k=v` if `explode`.
    pub fn object<T: Json>(self, name: &str, explode: bool) -> Option<T> {
        let mut parts = self.text(name)?.split(',').map(str::trim);
        let mut members = BTreeMap::new();
        while let Some(part) = parts.next() {
            let (key, text) = if explode { part.split_once('=')? } else { (part, parts.next()?) };
            // The types of the members are known to their decoder alone: what looks like a number is one.
            members.insert(key.to_owned(), text.parse().unwrap_or_else(|_| RawJson::new(text)));
        }
        json::from_text(&json::to_string(&members)).ok()
    }

    /// A value that is written as JSON.
    pub fn json<T: Json>(self, name: &str) -> Option<T> {
        json::from_text(self.text(name)?).ok()
    }
}

/// Text as a string if the type takes one, and else as a number or a boolean.
fn value<T: Json>(text: &str) -> Option<T> {
    json::from_text(&json::to_string(text)).or_else(|_| json::from_text(text)).ok()
}
