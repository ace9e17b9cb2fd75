//! Numbers: their text, and what is more than a text: integers with a fraction or an exponent, and types that parse their text.

use super::error::{JsonError, Problem};
use super::reader::Reader;
use std::str::FromStr;

impl<'a> Reader<'a> {
    /// Reads a number, as the text it has in the input.
    ///
    /// # Errors
    ///
    /// Fails when the next value is something else.
    pub fn number(&mut self) -> Result<&'a str, JsonError> {
        self.skip_space();
        let start = self.at;
        if !matches!(self.byte(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch("a number"));
        }
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.between(start, self.at))
    }

    /// Reads a number and parses its text; an integer that is written as `1.0` or `1e3` is `1` or `1000` to types that
    /// know no other form. The message of a failure names what was expected, with its article.
    ///
    /// # Errors
    ///
    /// Fails when the next value is not a number, or the text does not parse.
    pub fn parse_number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, JsonError> {
        let start = self.offset();
        let text = self.number()?;
        let whole = || integer(text).and_then(|value| value.to_string().parse().ok());
        let value = text.parse().ok().or_else(whole);
        value.ok_or_else(|| JsonError::new(Problem::Invalid(expected), start))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.wanted("a digit is missing")) } else { Ok(()) }
    }
}

/// The exact value of a JSON number that is an integer of at most 128 bits: `12`, `1.0`, `25e-1` is none.
pub(super) fn integer(text: &str) -> Option<i128> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (text, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    if digits.trim_start_matches('-').bytes().all(|digit| digit == b'0') {
        return Some(0);
    }
    // No integer of 128 bits has more than 39 digits, so an exponent that does not fit is out of range anyway.
    let shift = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let Ok(zeros) = usize::try_from(shift) else {
        let cut = usize::try_from(shift.unsigned_abs()).ok()?;
        let (kept, dropped) = digits.split_at_checked(digits.len().checked_sub(cut)?)?;
        return if dropped.bytes().all(|digit| digit == b'0') { kept.parse().ok() } else { None };
    };
    if zeros > 40 {
        return None;
    }
    format!("{digits}{}", "0".repeat(zeros)).parse().ok()
}
