//! Parameters: where in a request their values go, each laid out in its style.

use super::draft::Draft;
use super::error::BuildError;
use super::escape::escape;
use super::json::{self, ToJson};
use super::operation::Operation;
use super::request::Request;
use super::style::{Style, header_text, path_text, query_pairs};

/// A value that is absent or null is not sent.
#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// A path parameter.
    pub fn path(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.path(name, style, &json::to_string(value));
        self
    }

    /// A query parameter.
    pub fn query(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.query(name, style, &json::to_string(value));
        self
    }

    /// A query parameter of several values.
    pub fn query_list<T: ToJson>(self, name: &'static str, style: Style, values: impl IntoIterator<Item = T>) -> Self {
        self.query(name, style, values.into_iter().collect::<Vec<T>>().as_slice())
    }

    /// A query parameter of several texts.
    pub fn query_strings(
        self,
        name: &'static str,
        style: Style,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.query_list(name, style, values.into_iter().map(Into::<String>::into))
    }

    /// A document as the query.
    pub fn query_string(self, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        let text = header_text(style, &json::to_string(value));
        self.whole_query(text.map(|text| escape(&text)).unwrap_or_default())
    }

    /// The whole query, escaped.
    pub(crate) fn whole_query(mut self, encoded: String) -> Self {
        self.draft.query_string(encoded);
        self
    }

    /// A header parameter.
    pub fn header_param(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.header_param(name, style, &json::to_string(value));
        self
    }

    /// A cookie.
    pub fn cookie(mut self, name: &'static str, style: Style, value: &(impl ToJson + ?Sized)) -> Self {
        self.draft.cookie(name, style, &json::to_string(value));
        self
    }
}

impl Draft {
    fn path(&mut self, name: &'static str, style: Style, json: &str) {
        match path_text(name, style, json) {
            Some(text) => self.path.push((name, text)),
            None => self.fail(BuildError::new(format!("the path parameter `{name}` has no value"))),
        }
    }

    pub(crate) fn query(&mut self, name: &str, style: Style, json: &str) {
        self.query.retain(|(other, _)| other != name);
        self.push_query(name, &query_pairs(name, style, json));
    }

    /// The whole query, escaped.
    fn query_string(&mut self, encoded: String) {
        self.query.retain(|(other, _)| !other.is_empty());
        if !encoded.is_empty() {
            self.push_query("", &[encoded]);
        }
    }

    fn header_param(&mut self, name: &str, style: Style, json: &str) {
        if let Some(text) = header_text(style, json) {
            self.header(name, &text);
        }
    }

    fn cookie(&mut self, name: &str, style: Style, json: &str) {
        self.cookies.extend(query_pairs(name, style, json));
    }
}
