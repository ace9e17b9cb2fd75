//! The members of an object as the parts of `multipart/form-data` (RFC 7578).

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};

use super::body::{Body, ByteStream};
use super::file::{self, Collected, File};
use super::form::Encoding;
use super::json::ToJson;
use super::operation::Operation;
use super::request::Request;
use super::tree::Tree;

#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// The members of an object as the parts of a body.
    pub fn multipart(self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        let (media_type, body) = multipart(value, encodings);
        self.bytes(&media_type, body)
    }
}

/// A multipart body and its media type. Each member of `value` is a part; each item of a list is one of its own.
fn multipart(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> (String, Body) {
    let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let (tree, files) = file::collect(|| Tree::of(value));
    let mut form = Form { boundary: &boundary, files: &files, text: Vec::new(), bodies: Vec::new() };
    if let Tree::Object { members, .. } = &tree {
        for (name, member) in members {
            form.member(name, member, Encoding::of(encodings, name));
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
            Tree::List { items, .. } if !encoding.is_some_and(Encoding::is_json) => {
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
        let replayable = bodies.iter().all(Body::is_replayable);
        let chain = move || -> ByteStream { Box::pin(stream::iter(bodies.clone()).flat_map(Body::into_stream)) };
        if replayable { Body::replayable(length, chain) } else { Body::stream(length, chain()) }
    }
}

/// A name inside quotes, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}
