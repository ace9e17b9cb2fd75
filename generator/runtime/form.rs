//! The members of an object as `application/x-www-form-urlencoded`.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::encoding::Encoding;
use super::json::{self, Outline, ToJson, text_of};
use super::operation::Operation;
use super::request::Request;
use super::style::query_pairs;

#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// The members of an object as a URL-encoded form.
    pub fn form(self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        self.bytes("application/x-www-form-urlencoded", form(value, encodings))
    }

    /// The members of an object as the query.
    pub fn query_form(self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        self.whole_query(form(value, encodings))
    }
}

/// The text of a form. A member with a style is laid out like a parameter of the query, any other one by its media type:
/// text as it is, JSON as JSON, and each item of a list in a pair of its own.
fn form(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> String {
    let json = json::to_string(value);
    let Outline::Object(members) = Outline::of(&json) else {
        // What is no object is the text of the form.
        return text_of(&json).unwrap_or_default().into_owned();
    };
    let mut pairs = Vec::new();
    for (name, json) in members {
        let encoding = Encoding::of(encodings, &name);
        match encoding.and_then(|encoding| encoding.style) {
            Some(style) => pairs.extend(query_pairs(&name, style, json)),
            None => {
                let (name, texts) = (escape_form(&name), by_media_type(json, encoding.is_some_and(Encoding::is_json)));
                pairs.extend(texts.iter().map(|text| format!("{name}={}", escape_form(text))));
            }
        }
    }
    pairs.join("&")
}

/// All but what stays as it is in a form, and spaces.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// `text` with `+` for a space and everything else escaped that is not left alone (WHATWG URL Standard, section 5.2).
fn escape_form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// The texts of a member without a style: none for `null`, one for each item of a list that is not to be JSON.
fn by_media_type(json: &str, as_json: bool) -> Vec<Cow<'_, str>> {
    match Outline::of(json) {
        Outline::Null => Vec::new(),
        _ if as_json => vec![json.into()],
        Outline::List(items) => items.into_iter().filter_map(text_of).collect(),
        Outline::Scalar(text) => vec![text],
        Outline::Object(_) => vec![json.into()],
    }
}
