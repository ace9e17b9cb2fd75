//! The JSON codec: one decode and one encode function per type, over a pull reader and a writer.

#[macro_use]
mod serde_impls;
#[macro_use]
mod enums;
#[macro_use]
mod object;
#[macro_use]
mod union;

mod care;
mod error;
mod impls;
mod kind;
mod number;
mod outline;
pub(crate) mod path;
pub(super) mod raw;
mod reader;
mod scan;
#[cfg(feature = "serde")]
pub mod serde_bridge;
mod shape;
mod skip;
mod strings;
pub(super) mod unknown;
mod writer;

pub use self::care::Care;
pub use self::error::{JsonError, Problem};
pub use self::kind::Kind;
pub use self::object::{PrefixMap, read, required};
pub use self::outline::{Outline, text_of};
pub use self::raw::RawJson;
pub use self::reader::Reader;
pub use self::shape::Shape;
pub use self::unknown::{UnknownInteger, UnknownValue};
pub use self::writer::Writer;

/// A type that is read from JSON and written as JSON.
pub trait Json: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// Fails when the input is not JSON, or when the value there is not one of this type.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError>;

    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// The value that stands for a missing member, for types that allow it to be missing.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the member that holds this value is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether the value was only kept: a union's that none of its members describes, or a date's whose text is none.
    /// An outer union then tries its next member.
    fn is_unknown(&self) -> bool {
        false
    }
}

/// Whatever can be written as JSON: every [`Json`] type, and the borrowed forms that cannot be read.
pub trait ToJson {
    /// Writes the value.
    fn write_json(&self, writer: &mut Writer);
}

impl<T: Json> ToJson for T {
    fn write_json(&self, writer: &mut Writer) {
        self.encode(writer);
    }
}

impl ToJson for str {
    fn write_json(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl ToJson for &str {
    fn write_json(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl<T: ToJson> ToJson for [T] {
    fn write_json(&self, writer: &mut Writer) {
        writer.list(self);
    }
}

/// Reads a whole document; anything but white space after the value is an error.
///
/// # Errors
///
/// Fails when the input is not UTF-8, not JSON, or not a value of this type.
pub fn from_slice<T: Json>(bytes: &[u8]) -> Result<T, JsonError> {
    whole(Reader::new(bytes)?)
}

/// Reads a whole document from text: see [`from_slice`].
///
/// # Errors
///
/// Fails when the input is not JSON, or not a value of this type.
pub fn from_text<T: Json>(text: &str) -> Result<T, JsonError> {
    whole(Reader::over(text))
}

fn whole<T: Json>(mut reader: Reader<'_>) -> Result<T, JsonError> {
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Writes a value as compact JSON bytes.
pub fn to_vec<T: ToJson + ?Sized>(value: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    value.write_json(&mut writer);
    writer.into_bytes()
}

/// Writes a value as compact JSON text.
pub fn to_string<T: ToJson + ?Sized>(value: &T) -> String {
    let mut writer = Writer::new();
    value.write_json(&mut writer);
    writer.into_text()
}
