//! The members of an object as `application/x-www-form-urlencoded`.

use super::json::ToJson;
use super::operation::Operation;
use super::request::Request;
use super::style::{Style, query_pairs};
use super::tree::Tree;

/// How one member of a form is sent: an entry of OpenAPI's `encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    pub(crate) content_type: Option<&'static str>,
    style: Option<Style>,
}

impl Encoding {
    /// The encoding of the member `name`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, content_type: None, style: None }
    }

    /// The media type of the member.
    #[must_use]
    pub const fn content_type(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// How a list or an object is laid out.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }

    /// The encoding of a member, if it has one.
    pub(crate) fn of<'a>(encodings: &'a [Self], name: &str) -> Option<&'a Self> {
        encodings.iter().find(|encoding| encoding.name == name)
    }

    /// Whether the member is a JSON document of its own.
    pub(crate) fn is_json(&self) -> bool {
        self.content_type.is_some_and(|media_type| media_type == "application/json" || media_type.ends_with("+json"))
    }
}

#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// The members of an object as a URL-encoded form.
    pub fn form(self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        self.bytes("application/x-www-form-urlencoded", form(value, encodings))
    }
}

fn form(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> String {
    let Tree::Object { members, .. } = Tree::of(value) else {
        return String::new();
    };
    let pairs = members.iter().filter(|(_, member)| !member.is_null()).flat_map(|(name, member)| {
        let encoding = Encoding::of(encodings, name);
        match encoding.and_then(|encoding| encoding.style) {
            _ if encoding.is_some_and(Encoding::is_json) => query_pairs(name, Style::FORM, &whole(member)),
            Some(style) => query_pairs(name, style, member),
            // Without a style, an object is JSON in its one pair.
            None if matches!(member, Tree::Object { .. }) => query_pairs(name, Style::FORM, &whole(member)),
            None => query_pairs(name, Style::FORM, member),
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A value as one text.
fn whole(member: &Tree) -> Tree {
    Tree::Scalar(member.text().to_owned())
}
