//! How the types of the language and of `serde_json` are read and written.

use super::error::{JsonError, Problem};
use super::kind::Kind;
use super::number;
use super::reader::Reader;
use super::{Json, PrefixMap as _, Writer};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;

impl Reader<'_> {
    /// Reads an integer of any size; `1.0` and `1e3` are integers too.
    ///
    /// # Errors
    ///
    /// Fails when the next value is not an integer, or beyond 128 bits.
    pub fn integer(&mut self) -> Result<i128, JsonError> {
        let start = self.offset();
        let text = self.number()?;
        if let Ok(value) = text.parse::<i64>() {
            return Ok(i128::from(value));
        }
        // A double is exact up to 2^53.
        let rounded = |value: &i128| self.rounded && text.contains(['.', 'e', 'E']) && value.unsigned_abs() > 1 << 53;
        match number::integer(text) {
            Some(value) if rounded(&value) => {
                Err(JsonError::new(Problem::Invalid("an integer that was not rounded to a double"), start))
            }
            Some(value) => Ok(value),
            None => Err(JsonError::new(Problem::Invalid("an integer"), start)),
        }
    }

    /// Reads a string and parses it by a function; the message of a failure names what was expected, with its article.
    ///
    /// # Errors
    ///
    /// Fails when the next value is not a string, or the function refuses the string.
    pub fn parse_with<T, E>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, E>,
        expected: &'static str,
    ) -> Result<T, JsonError> {
        let start = self.offset();
        let text = self.string()?;
        read(&text).map_err(|_| JsonError::new(Problem::Invalid(expected), start))
    }
}

macro_rules! integers {
    ($($type:ident: $expected:literal),* $(,)?) => {$(
        impl Json for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                let start = reader.offset();
                let value = reader.integer()?;
                Self::try_from(value).map_err(|_| JsonError::new(Problem::Invalid($expected), start))
            }

            fn encode(&self, writer: &mut Writer) {
                writer.integer(*self);
            }
        }
    )*};
}

integers! {
    i8: "an integer of 8 bits",
    i16: "an integer of 16 bits",
    i32: "an integer of 32 bits",
    i64: "an integer of 64 bits",
    i128: "an integer of 128 bits",
    u8: "a natural number of 8 bits",
    u16: "a natural number of 16 bits",
    u32: "a natural number of 32 bits",
    u64: "a natural number of 64 bits",
}

macro_rules! floats {
    ($($type:ident: $write:ident, $expected:literal);* $(;)?) => {$(
        impl Json for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                let start = reader.offset();
                let value = reader.number()?.parse().unwrap_or(Self::INFINITY);
                if value.is_finite() { Ok(value) } else { Err(JsonError::new(Problem::Invalid($expected), start)) }
            }

            fn encode(&self, writer: &mut Writer) {
                writer.$write(*self);
            }
        }
    )*};
}

floats! {
    f64: double, "a number that a double can hold";
    f32: float, "a number that a float can hold";
}

impl Json for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.boolean()
    }

    fn encode(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }
}

impl Json for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.string().map(|text| text.into_owned())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

/// Stands for "nothing of interest": any value is passed over, and `null` is written.
impl Json for () {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.skip()
    }

    fn encode(&self, writer: &mut Writer) {
        writer.null();
    }
}

impl<T: Json> Json for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        T::decode(reader).map(Self::new)
    }

    fn encode(&self, writer: &mut Writer) {
        T::encode(self, writer);
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }

    fn is_unknown(&self) -> bool {
        T::is_unknown(self)
    }
}

impl<T: Json> Json for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        if reader.null()? { Ok(None) } else { T::decode(reader).map(Some) }
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let mut values = Self::new();
        reader.begin_array()?;
        while reader.element()? {
            values.push(T::decode(reader)?);
        }
        Ok(values)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.list(self);
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let mut members = Self::new();
        reader.begin_object()?;
        while let Some(key) = reader.key()? {
            members.insert(key.into_owned(), T::decode(reader)?);
        }
        Ok(members)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.begin_object();
        self.encode_entries("", &|_| false, writer);
        writer.end_object();
    }
}

impl Json for Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        Ok(match reader.peek()? {
            Kind::Null => reader.null().map(|_| Self::Null)?,
            Kind::Boolean => Self::Bool(reader.boolean()?),
            Kind::Number => Self::Number(tree_number(reader)?),
            Kind::String => Self::String(reader.string()?.into_owned()),
            Kind::Array => Self::Array(Vec::decode(reader)?),
            Kind::Object => {
                let mut members = Map::new();
                reader.begin_object()?;
                while let Some(key) = reader.key()? {
                    members.insert(key.into_owned(), Self::decode(reader)?);
                }
                Self::Object(members)
            }
        })
    }

    fn encode(&self, writer: &mut Writer) {
        writer.value(self);
    }
}

fn tree_number(reader: &mut Reader<'_>) -> Result<Number, JsonError> {
    let start = reader.offset();
    let text = reader.number()?;
    // `-0` is a double, because no integer keeps its sign.
    if let Some(value) = text.parse::<i64>().ok().filter(|_| text != "-0") {
        return Ok(value.into());
    }
    if let Ok(value) = text.parse::<u64>() {
        return Ok(value.into());
    }
    // The parser of `serde_json` may be off by the last digit; that of the language is not.
    let double = text.parse().ok().and_then(Number::from_f64);
    double.ok_or_else(|| JsonError::new(Problem::Invalid("a number that a double can hold"), start))
}
