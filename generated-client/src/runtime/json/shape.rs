//! What a value looks like from outside: what the members of a union are chosen by.

use super::Json;
use super::care::Care;
use super::error::JsonError;
use super::kind::Kind;
use super::outline::Outline;
use super::raw::RawJson;
use super::reader::Reader;
use std::borrow::Cow;

/// A value that was passed over: its type, its text, and for an object its members.
#[derive(Debug)]
pub struct Shape<'a> {
    kind: Kind,
    start: usize,
    raw: &'a str,
    members: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Reader<'a> {
    /// Passes over one value and tells what it looks like.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn shape(&mut self) -> Result<Shape<'a>, JsonError> {
        let kind = self.peek()?;
        let start = self.offset();
        let mut members = Vec::new();
        if kind == Kind::Object {
            self.begin_object()?;
            while let Some(key) = self.key()? {
                members.push((key, self.raw()?));
            }
        } else {
            self.skip()?;
        }
        let raw = self.between(start, self.at);
        Ok(Shape { kind, start, raw, members })
    }

    /// The tag of the object that is next, which is not consumed: the text of the member of that name,
    /// or `None` if the value is not an object, or has no such member, or holds no scalar there.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn tag(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, JsonError> {
        if self.peek()? != Kind::Object {
            return Ok(None);
        }
        let mut ahead = self.clone();
        ahead.begin_object()?;
        while let Some(key) = ahead.key()? {
            if key == name {
                return Ok(scalar_text(ahead.raw()?));
            }
            ahead.skip()?;
        }
        Ok(None)
    }
}

impl Shape<'_> {
    /// The JSON type.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether this is a number without a fraction.
    pub fn is_integer(&self) -> bool {
        self.kind == Kind::Number && super::from_text::<i128>(self.raw).is_ok()
    }

    /// Whether this is an object that has the member.
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(key, _)| key == name)
    }

    /// Whether this is an object that has one of the members.
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.members.iter().any(|(key, _)| names.contains(&&**key))
    }

    /// Whether this is an object whose member is one of the given texts.
    pub fn has_text(&self, name: &str, texts: &[&str]) -> bool {
        let last = self.members.iter().rev().find(|(key, _)| key == name);
        let text = last.and_then(|(_, raw)| scalar_text(raw));
        text.is_some_and(|text| texts.contains(&&*text))
    }

    /// Whether this is one of the given strings.
    pub fn is_text(&self, texts: &[&str]) -> bool {
        self.kind == Kind::String && scalar_text(self.raw).is_some_and(|text| texts.contains(&&*text))
    }

    /// Reads the value as a type with the given care, if it is one.
    ///
    /// Nested unions could be tried in exponentially many ways. So the bytes of failed attempts are counted, and
    /// once there are too many, nothing is tried any more: the values then stay unknown.
    pub fn attempt<T: Json>(&self, reader: &mut Reader<'_>, care: Care) -> Option<T> {
        let cost = self.raw.len();
        if reader.patience < cost {
            return None;
        }
        let mut again = reader.clone();
        (again.at, again.care) = (self.start, care);
        let value = T::decode(&mut again).ok().filter(|value| !value.is_unknown());
        reader.patience = again.patience;
        if value.is_none() {
            reader.patience = reader.patience.saturating_sub(cost);
        }
        value
    }

    /// Keeps the value as it came.
    pub fn to_raw(&self) -> RawJson {
        RawJson::of(self.raw)
    }
}

/// The text of a string, a number or a boolean.
fn scalar_text(raw: &str) -> Option<Cow<'_, str>> {
    match Outline::of(raw) {
        Outline::Scalar(text) => Some(text),
        Outline::Null | Outline::List(_) | Outline::Object(_) => None,
    }
}
