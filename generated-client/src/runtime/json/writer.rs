//! The writer: it puts commas and escapes where they belong, so that what it writes is always JSON.

use super::scan;
use super::{Json, Reader, ToJson};

/// Writes compact JSON.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self { out: Vec::with_capacity(128) }
    }

    /// What was written, as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// What was written, as text.
    pub fn into_text(self) -> String {
        // Only complete `str`s are ever written, so nothing is lost here.
        String::from_utf8(self.out).unwrap_or_default()
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: impl Into<i128>) {
        // Writing a number or a text to a vector cannot fail, here and below.
        let _infallible = serde_json::to_writer(&mut self.out, &value.into());
    }

    /// Writes a number in its shortest form that reads back alike; `null` if it is infinite or not a number.
    pub fn double(&mut self, value: f64) {
        let _infallible = serde_json::to_writer(&mut self.out, &value);
    }

    /// Writes a number of single precision: see [`double`](Self::double).
    pub fn float(&mut self, value: f32) {
        let _infallible = serde_json::to_writer(&mut self.out, &value);
    }

    /// Writes a number that is given as text; a text that JSON does not know as a number is written as a string.
    pub fn number(&mut self, text: &str) {
        let mut reader = Reader::over(text);
        match reader.number().and_then(|number| reader.finish().map(|()| number)) {
            Ok(number) => self.raw(number),
            Err(_) => self.string(text),
        }
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if scan::special(bytes, 0) < bytes.len() {
            let _infallible = serde_json::to_writer(&mut self.out, text);
            return;
        }
        // Most texts have nothing to escape.
        self.out.reserve(bytes.len() + 2);
        self.out.push(b'"');
        self.out.extend_from_slice(bytes);
        self.out.push(b'"');
    }

    /// Writes any JSON value of `serde_json`.
    pub fn value(&mut self, value: &serde_json::Value) {
        // The keys of its objects are strings, so there is no error to lose.
        let _infallible = serde_json::to_writer(&mut self.out, value);
    }

    /// Writes text that is known to be one JSON value.
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.out.push(b'{');
    }

    /// Writes the key of the next member.
    pub fn key(&mut self, key: &str) {
        self.comma();
        self.string(key);
        self.out.push(b':');
    }

    /// Closes the object.
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.out.push(b'[');
    }

    /// Begins the next element.
    pub fn element(&mut self) {
        self.comma();
    }

    /// Closes the array.
    pub fn end_array(&mut self) {
        self.out.push(b']');
    }

    /// Writes a member, unless its value is absent.
    pub fn member<T: Json>(&mut self, key: &str, value: &T) {
        if !value.is_absent() {
            self.key(key);
            value.encode(self);
        }
    }

    /// Writes the member as `null`, if its value is absent.
    pub fn nullable<T: Json>(&mut self, key: &str, value: &T) {
        if value.is_absent() {
            self.key(key);
            self.null();
        }
    }

    /// Writes a member whose value is given as JSON text.
    #[doc(hidden)]
    pub fn constant(&mut self, key: &str, json: &'static str) {
        self.key(key);
        self.raw(json);
    }

    /// Writes an array.
    pub fn list<T: ToJson>(&mut self, values: &[T]) {
        self.begin_array();
        for value in values {
            self.element();
            value.write_json(self);
        }
        self.end_array();
    }

    /// Writes an object whose type does not carry the tag of its union, and adds the tag as the first member.
    pub fn tagged<T: Json>(&mut self, key: &str, tag: &str, value: &T) {
        let start = self.out.len();
        self.begin_object();
        self.key(key);
        self.string(tag);
        let member = self.out.len();
        value.encode(self);
        let inside = self.out.get(member..).and_then(|json| json.strip_prefix(b"{"));
        match inside.map(<[u8]>::trim_ascii_start) {
            Some([b'}', ..]) => drop(self.out.drain(member..=member)),
            Some(_) => {
                if let Some(open) = self.out.get_mut(member) {
                    *open = b',';
                }
            }
            // The value is not an object, so it has no room for a tag.
            None => drop(self.out.drain(start..member)),
        }
    }

    fn comma(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[') | None) {
            self.out.push(b',');
        }
    }
}
