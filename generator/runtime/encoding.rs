//! How the members of forms and of multipart bodies are sent.

use super::response::is_json;
use super::style::Style;

/// How one member of a form is sent: an entry of OpenAPI's `encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) style: Option<Style>,
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

    /// The media type of a member that is no file: of several that are allowed, the first.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        self.content_type?.split(',').map(str::trim).find(|media_type| !media_type.contains('*'))
    }

    /// Whether the member is a JSON document of its own.
    pub(crate) fn is_json(&self) -> bool {
        self.media_type().is_some_and(is_json)
    }
}
