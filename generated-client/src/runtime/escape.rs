//! Percent-encoding (RFC 3986, section 2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters.
const ALL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` with everything escaped that is not unreserved in a URL.
pub(crate) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ALL).to_string()
}
