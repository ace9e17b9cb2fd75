//! A value as its JSON describes it: what parameters and forms are laid out from.

use super::json::{self, JsonError, Kind, Reader, ToJson};

/// A value as JSON describes it, with the members of objects in their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Scalar(String),
    List { items: Vec<Tree>, json: String },
    Object { members: Vec<(String, Tree)>, json: String },
}

impl Tree {
    pub(crate) fn of(value: &(impl ToJson + ?Sized)) -> Self {
        Self::parse(&json::to_string(value))
    }

    pub(crate) fn parse(text: &str) -> Self {
        // A writer writes JSON only; a value nested too deeply for the reader counts as none.
        Self::read(&mut Reader::over(text)).unwrap_or(Self::Null)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        Ok(match reader.peek()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Boolean => Self::Scalar(reader.boolean()?.to_string()),
            Kind::Number => Self::Scalar(reader.number()?.to_owned()),
            Kind::String => Self::Scalar(reader.string()?.into_owned()),
            Kind::Array => {
                let json = reader.clone().raw()?.to_owned();
                reader.begin_array()?;
                let mut items = Vec::new();
                while reader.element()? {
                    items.push(Self::read(reader)?);
                }
                Self::List { items, json }
            }
            Kind::Object => {
                let json = reader.clone().raw()?.to_owned();
                reader.begin_object()?;
                let mut members = Vec::new();
                while let Some(key) = reader.key()? {
                    let key = key.into_owned();
                    members.push((key, Self::read(reader)?));
                }
                Self::Object { members, json }
            }
        })
    }

    /// Several values as one list.
    pub(crate) fn list<T: ToJson>(values: impl IntoIterator<Item = T>) -> Self {
        let items = values.into_iter().map(|value| Self::of(&value)).collect();
        Self::List { items, json: String::new() }
    }

    /// The text of a value inside a list or an object: itself if it is a scalar, else its JSON.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Scalar(text) => text,
            Self::List { json, .. } | Self::Object { json, .. } => json,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
