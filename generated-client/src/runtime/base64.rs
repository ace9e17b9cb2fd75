//! Bytes that JSON carries as Base64.

use super::json::{Json, JsonError, Problem, Reader, Writer};
use ::base64::Engine as _;
use ::base64::alphabet;
use ::base64::engine::DecodePaddingMode;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use std::fmt;
use std::ops::Deref;

/// Bytes, written as Base64 with the standard alphabet and padding (RFC 4648, section 4).
///
/// When read, the alphabet for URLs, missing padding and line breaks are understood as well.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(pub Vec<u8>);

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const LENIENT_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const LENIENT_URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

impl Base64 {
    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let engine = if text.contains(['-', '_']) { LENIENT_URL } else { LENIENT_STANDARD };
        let bytes = if text.contains(char::is_whitespace) {
            engine.decode(text.split_whitespace().collect::<String>())
        } else {
            engine.decode(text)
        };
        bytes.ok().map(Self)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Json for Base64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let start = reader.offset();
        let text = reader.string()?;
        Self::parse(&text).ok_or_else(|| JsonError::new(Problem::Invalid("a string of Base64"), start))
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

serde_impls! { Base64 }
