//! JSON taken apart one level deep: what parameters and forms are laid out from.

use super::error::JsonError;
use super::kind::Kind;
use super::reader::Reader;
use std::borrow::Cow;

/// What the text of a JSON value holds: the JSON of its items or members, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outline<'a> {
    /// `null`
    Null,
    /// The text of a string, a number or a boolean.
    Scalar(Cow<'a, str>),
    /// The items of an array.
    List(Vec<&'a str>),
    /// The members of an object.
    Object(Vec<(Cow<'a, str>, &'a str)>),
}

impl<'a> Outline<'a> {
    /// Takes a text apart that a writer has written. A value nested too deeply for the reader counts as none.
    pub fn of(json: &'a str) -> Self {
        Self::read(&mut Reader::over(json)).unwrap_or(Self::Null)
    }

    fn read(reader: &mut Reader<'a>) -> Result<Self, JsonError> {
        Ok(match reader.peek()? {
            Kind::Null => Self::Null,
            Kind::Boolean | Kind::Number => Self::Scalar(reader.raw()?.into()),
            Kind::String => Self::Scalar(reader.string()?),
            Kind::Array => {
                let mut items = Vec::new();
                reader.begin_array()?;
                while reader.element()? {
                    items.push(reader.raw()?);
                }
                Self::List(items)
            }
            Kind::Object => {
                let mut members = Vec::new();
                reader.begin_object()?;
                while let Some(key) = reader.key()? {
                    members.push((key, reader.raw()?));
                }
                Self::Object(members)
            }
        })
    }
}

/// The text of a value inside a list or an object: itself if it is a scalar, else its JSON. There is none for `null`.
pub fn text_of(json: &str) -> Option<Cow<'_, str>> {
    match Outline::of(json) {
        Outline::Null => None,
        Outline::Scalar(text) => Some(text),
        Outline::List(_) | Outline::Object(_) => Some(json.into()),
    }
}
