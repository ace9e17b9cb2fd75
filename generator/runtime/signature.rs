//! Signatures of webhooks by HMAC-SHA256 (RFC 2104): of the body, or of a timestamp and the body.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::Sha256;

use super::clock::SystemTime;
use super::webhook::{SignatureCheck, SignatureError};

/// Checks that a header holds the HMAC-SHA256 of a request in hexadecimal digits.
///
/// With a timestamp, what is signed is its text with the body behind it, and it must not be older than five minutes.
pub struct HmacSha256 {
    mac: Hmac<Sha256>,
    header: &'static str,
    timestamp: Option<&'static str>,
    tolerance: Option<Duration>,
}

impl HmacSha256 {
    /// A check with a key and the name of the header that holds the signature.
    ///
    /// # Errors
    ///
    /// Fails when the key cannot be used.
    pub fn new(key: &[u8], header: &'static str) -> Result<Self, SignatureError> {
        let mac = Hmac::new_from_slice(key).map_err(|_| SignatureError)?;
        Ok(Self { mac, header, timestamp: None, tolerance: Some(Duration::from_secs(300)) })
    }

    /// A check with a key that is given in hexadecimal digits.
    ///
    /// # Errors
    ///
    /// Fails when the key is not in hexadecimal digits.
    pub fn with_hex_key(key: &str, header: &'static str) -> Result<Self, SignatureError> {
        Self::new(&from_hex(key.trim().as_bytes()).ok_or(SignatureError)?, header)
    }

    /// The name of the header that holds the timestamp, in seconds since 1970.
    #[must_use]
    pub fn timestamp(self, header: &'static str) -> Self {
        Self { timestamp: Some(header), ..self }
    }

    /// How far the timestamp may be from the present.
    #[must_use]
    pub fn tolerance(self, tolerance: Duration) -> Self {
        Self { tolerance: Some(tolerance), ..self }
    }

    /// The timestamp may be as old as it is: the same request can be sent again by whoever has seen it.
    #[must_use]
    pub fn any_age(self) -> Self {
        Self { tolerance: None, ..self }
    }

    /// Whether a timestamp is recent enough.
    fn is_recent(&self, timestamp: &[u8]) -> bool {
        let Some(tolerance) = self.tolerance else { return true };
        let Some(seconds) = std::str::from_utf8(timestamp).ok().and_then(|text| text.trim().parse::<f64>().ok()) else {
            return false;
        };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (now.as_secs_f64() - seconds).abs() <= tolerance.as_secs_f64()
    }
}

impl SignatureCheck for HmacSha256 {
    fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let signature = headers.get(self.header).and_then(|text| from_hex(text.as_bytes())).ok_or(SignatureError)?;
        let mut mac = self.mac.clone();
        if let Some(name) = self.timestamp {
            let timestamp = headers.get(name).map(|value| value.as_bytes()).ok_or(SignatureError)?;
            if !self.is_recent(timestamp) {
                return Err(SignatureError);
            }
            mac.update(timestamp);
        }
        mac.update(body);
        // The comparison takes the same time wherever the two differ.
        mac.verify_slice(&signature).map_err(|_| SignatureError)
    }
}

// Neither the key nor anything made of it is shown.
impl std::fmt::Debug for HmacSha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HmacSha256({})", self.header)
    }
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    text.chunks(2).map(pair).collect()
}
