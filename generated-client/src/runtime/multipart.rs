//! Bodies made of the members of an object: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578).

use bytes::Bytes;

use super::body::{Body, Chain};
use super::file::{self, Collected, File};
use super::json::ToJson;
use super::params::{Style, Tree, query_pairs};

/// How one member of a form is sent: an entry of OpenAPI's `encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    content_type: Option<&'static str>,
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
}

fn encoding<'a>(encodings: &'a [Encoding], name: &str) -> Option<&'a Encoding> {
    encodings.iter().find(|encoding| encoding.name == name)
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

/// The text of a URL-encoded form.
pub(crate) fn form(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> String {
    let Tree::Object { members, .. } = Tree::of(value) else {
        return String::new();
    };
    let mut all = Vec::new();
    for (name, member) in &members {
        let encoding = encoding(encodings, name);
        let as_json = encoding.and_then(|encoding| encoding.content_type).is_some_and(is_json);
        let style = encoding.and_then(|encoding| encoding.style);
        match (member, style) {
            (Tree::Null, _) => {}
            // Without a style, an object is JSON in its one pair.
            (Tree::Object { .. }, None) => {
                all.extend(query_pairs(name, Style::FORM, &Tree::Scalar(member.text().to_owned())))
            }
            _ if as_json => all.extend(query_pairs(name, Style::FORM, &Tree::Scalar(member.text().to_owned()))),
            (_, style) => all.extend(query_pairs(name, style.unwrap_or(Style::FORM), member)),
        }
    }
    all.join("&")
}

/// A multipart body and its media type. Each member of `value` is a part; each item of a list is one of its own.
pub(crate) fn multipart(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> (String, Body) {
    let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let (tree, files) = file::collect(|| Tree::of(value));
    let mut form = Form { boundary: &boundary, files: &files, text: Vec::new(), bodies: Vec::new() };
    if let Tree::Object { members, .. } = &tree {
        for (name, member) in members {
            form.member(name, member, encoding(encodings, name));
        }
    }
    let body = form.finish();
    (format!("multipart/form-data; boundary={boundary}"), body)
}

struct Form<'a> {
    boundary: &'a str,
    files: &'a Collected,
    text: Vec<u8>,
    bodies: Vec<Body>,
}

impl Form<'_> {
    fn member(&mut self, name: &str, member: &Tree, encoding: Option<&Encoding>) {
        let content_type = encoding.and_then(|encoding| encoding.content_type);
        match member {
            Tree::Null => {}
            Tree::Scalar(text) => match self.files.get(text) {
                Some(file) => self.file(name, &file.clone(), content_type),
                None => self.part(name, content_type, text),
            },
            Tree::List { items, .. } if !content_type.is_some_and(is_json) => {
                for item in items {
                    self.member(name, item, encoding);
                }
            }
            Tree::List { .. } | Tree::Object { .. } => {
                self.part(name, Some(content_type.unwrap_or("application/json")), member.text())
            }
        }
    }

    fn part(&mut self, name: &str, content_type: Option<&str>, text: &str) {
        self.head(name, None, content_type);
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(b"\r\n");
    }

    fn file(&mut self, name: &str, file: &File, content_type: Option<&str>) {
        // A list of media types says what is allowed, not what the file is.
        let content_type = content_type.filter(|declared| !declared.contains([',', '*']));
        let media_type = file.media_type.as_deref().or(content_type).unwrap_or("application/octet-stream");
        // Servers take a part without a file name for an ordinary field.
        self.head(name, Some(file.name.as_deref().unwrap_or(name)), Some(media_type));
        match file.content.as_bytes() {
            Some(bytes) => self.text.extend_from_slice(bytes),
            None => {
                self.bodies.push(std::mem::take(&mut self.text).into());
                self.bodies.push(file.content.clone());
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn head(&mut self, name: &str, file_name: Option<&str>, content_type: Option<&str>) {
        let mut head = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, quoted(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(content_type) = content_type {
            let line = content_type.replace(['\r', '\n'], " ");
            head.push_str(&format!("\r\nContent-Type: {line}"));
        }
        head.push_str("\r\n\r\n");
        self.text.extend_from_slice(head.as_bytes());
    }

    fn finish(mut self) -> Body {
        self.text.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let last = Body::from(Bytes::from(self.text));
        if self.bodies.is_empty() {
            return last;
        }
        self.bodies.push(last);
        let bodies = self.bodies;
        let length = bodies.iter().map(Body::length).sum();
        if bodies.iter().all(Body::is_replayable) {
            Body::replayable(length, move || Box::pin(Chain { current: None, rest: bodies.clone().into_iter() }))
        } else {
            Body::stream(length, Chain { current: None, rest: bodies.into_iter() })
        }
    }
}

/// A name inside quotes, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}
