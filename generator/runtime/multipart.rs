//! The members of an object as the parts of `multipart/form-data` (RFC 7578) and its relatives.

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};

use super::body::{Body, ByteStream};
use super::encoding::Encoding;
use super::file::{self, Collected, File};
use super::json::{self, Outline, ToJson};
use super::operation::Operation;
use super::request::Request;
use super::style::{Style, query_pairs};

#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// The members of an object as the parts of a body.
    pub fn multipart(self, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        self.multipart_as("multipart/form-data", value, encodings)
    }

    /// The members of an object as the parts of a body of another media type.
    pub fn multipart_as(self, media_type: &str, value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> Self {
        let (boundary, body) = multipart(value, encodings);
        self.bytes(&format!("{media_type}; boundary={boundary}"), body)
    }
}

/// A multipart body and its boundary. Each member of `value` is a part; each item of a list is one of its own.
fn multipart(value: &(impl ToJson + ?Sized), encodings: &[Encoding]) -> (String, Body) {
    let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let (json, files) = file::collect(|| json::to_string(value));
    let mut form = Form { boundary: &boundary, files: &files, text: Vec::new(), bodies: Vec::new() };
    if let Outline::Object(members) = Outline::of(&json) {
        for (name, json) in members {
            form.member(&name, json, Encoding::of(encodings, &name));
        }
    }
    let body = form.finish();
    (boundary, body)
}

struct Form<'a> {
    boundary: &'a str,
    files: &'a Collected,
    text: Vec<u8>,
    bodies: Vec<Body>,
}

impl Form<'_> {
    fn member(&mut self, name: &str, json: &str, encoding: Option<&Encoding>) {
        match encoding.and_then(|encoding| encoding.style) {
            Some(style) if !self.holds_file(json) => {
                for (name, text) in plain_pairs(name, style, json) {
                    self.part(&name, None, &text);
                }
            }
            _ => self.value(name, json, encoding),
        }
    }

    fn holds_file(&self, json: &str) -> bool {
        match Outline::of(json) {
            Outline::Scalar(text) => self.files.get(&text).is_some(),
            Outline::List(items) => items.into_iter().any(|item| self.holds_file(item)),
            Outline::Null | Outline::Object(_) => false,
        }
    }

    fn value(&mut self, name: &str, json: &str, encoding: Option<&Encoding>) {
        let content_type = encoding.and_then(Encoding::media_type);
        let as_json = encoding.is_some_and(Encoding::is_json);
        match Outline::of(json) {
            Outline::Null => {}
            Outline::Scalar(text) => match self.files.get(&text) {
                Some(file) => self.file(name, &file.clone(), encoding.and_then(|encoding| encoding.content_type)),
                None => self.part(name, content_type, if as_json { json } else { &text }),
            },
            Outline::List(items) if !as_json => {
                for item in items {
                    self.value(name, item, encoding);
                }
            }
            Outline::List(_) | Outline::Object(_) => {
                self.part(name, Some(content_type.unwrap_or("application/json")), json)
            }
        }
    }

    fn part(&mut self, name: &str, content_type: Option<&str>, text: &str) {
        self.head(name, None, content_type, &[]);
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(b"\r\n");
    }

    fn file(&mut self, name: &str, file: &File, content_type: Option<&str>) {
        // A list of media types says what is allowed, not what the file is.
        let content_type = content_type.filter(|declared| !declared.contains([',', '*']));
        let media_type = file.media_type.as_deref().or(content_type).unwrap_or("application/octet-stream");
        // Servers take a part without a file name for an ordinary field.
        self.head(name, Some(file.name.as_deref().unwrap_or(name)), Some(media_type), &file.headers);
        match file.content.as_bytes() {
            Some(bytes) => self.text.extend_from_slice(bytes),
            None => {
                self.bodies.push(std::mem::take(&mut self.text).into());
                self.bodies.push(file.content.clone());
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn head(&mut self, name: &str, file_name: Option<&str>, content_type: Option<&str>, headers: &[(String, String)]) {
        let mut head = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, quoted(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(content_type) = content_type {
            head.push_str(&format!("\r\nContent-Type: {}", one_line(content_type)));
        }
        for (name, value) in headers {
            head.push_str(&format!("\r\n{}: {}", one_line(name).replace(':', " "), one_line(value)));
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

/// The pairs of a style, as they are before they are escaped.
fn plain_pairs(name: &str, style: Style, json: &str) -> Vec<(String, String)> {
    let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query_pairs(name, style, json);
    pairs.iter().filter_map(|pair| pair.split_once('=')).map(|(name, text)| (plain(name), plain(text))).collect()
}

/// Text of a header, which ends with its line.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A name inside quotes, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}
