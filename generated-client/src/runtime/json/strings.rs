//! Strings of the reader: where they end, and what their escapes stand for.

use super::error::JsonError;
use super::reader::Reader;
use super::scan;
use std::borrow::Cow;

impl<'a> Reader<'a> {
    /// Reads the string whose opening quote is next.
    pub(super) fn quoted(&mut self) -> Result<Cow<'a, str>, JsonError> {
        let start = self.at + 1;
        self.at = scan::special(self.text.as_bytes(), start);
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(self.between(start, self.at - 1)));
        }
        self.escaped(start).map(Cow::Owned)
    }

    /// Reads on from the first escape of a string that begins at `run`.
    fn escaped(&mut self, mut run: usize) -> Result<String, JsonError> {
        let mut text = String::new();
        loop {
            text.push_str(self.between(run, self.at));
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.wanted("a control character stands in a string")),
            }
            run = self.at;
            self.at = scan::special(self.text.as_bytes(), run);
        }
    }

    /// Reads one escape, whose backslash is next.
    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let plain = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.wanted("an escape is not one of JSON")),
        };
        self.at += 1;
        Ok(plain)
    }

    /// Reads one or, for a surrogate pair, two `\u` escapes. Half a pair has no character: it becomes U+FFFD.
    fn unicode_escape(&mut self) -> Result<char, JsonError> {
        let unit = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let after = self.at;
        if self.text.as_bytes().get(after..).unwrap_or_default().starts_with(br"\u") {
            self.at += 1;
            let low = self.four_digits()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// Reads the four digits after a `u`, which is next.
    fn four_digits(&mut self) -> Result<u32, JsonError> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.wanted("an escape needs four hexadecimal digits"));
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }
}
