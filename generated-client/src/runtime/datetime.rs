//! Dates and times, which keep the text they came as.

use super::json::{Json, JsonError, Reader, Writer};
use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};
use std::fmt;
use std::str::FromStr;

/// A date with a time: `2024-05-17T08:30:00Z` (RFC 3339), but also with a space for the `T`, without an offset, or
/// without a time, which then is midnight.
///
/// It is written as it was read. Two values are equal if their texts are; to compare instants, compare their
/// [`timestamp`](Self::timestamp)s.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    civil: civil::DateTime,
    offset: Option<Offset>,
}

impl DateTime {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The instant, unless the text has no offset.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset?.to_timestamp(self.civil).ok()
    }

    /// The date and time as written, without regard to the offset.
    pub fn civil(&self) -> civil::DateTime {
        self.civil
    }

    /// The offset from UTC as written, if there is one.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }
}

/// A date: `2024-05-17` (RFC 3339). A date with a time is understood too, and written as it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
    civil: civil::Date,
}

impl Date {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The date as written.
    pub fn civil(&self) -> civil::Date {
        self.civil
    }
}

/// The text is no date, or no date with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDateTime(());

impl fmt::Display for InvalidDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 date or date-time")
    }
}

impl std::error::Error for InvalidDateTime {}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, InvalidDateTime> {
        let pieces = Pieces::parse(text).map_err(|_| InvalidDateTime(()))?;
        let offset = pieces.offset().map(|offset| match offset {
            PiecesOffset::Numeric(offset) => offset.offset(),
            // `Z`: the instant is known.
            _ => Offset::UTC,
        });
        let time = pieces.time().unwrap_or_else(civil::Time::midnight);
        Ok(Self { text: text.into(), civil: pieces.date().to_datetime(time), offset })
    }
}

impl FromStr for Date {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, InvalidDateTime> {
        let pieces = Pieces::parse(text).map_err(|_| InvalidDateTime(()))?;
        Ok(Self { text: text.into(), civil: pieces.date() })
    }
}

impl From<Timestamp> for DateTime {
    fn from(instant: Timestamp) -> Self {
        let civil = TimeZone::UTC.to_datetime(instant);
        Self { text: instant.to_string().into(), civil, offset: Some(Offset::UTC) }
    }
}

impl From<civil::Date> for Date {
    fn from(civil: civil::Date) -> Self {
        Self { text: civil.to_string().into(), civil }
    }
}

impl Json for DateTime {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.parse("an RFC 3339 date-time")
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.text);
    }
}

impl Json for Date {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.parse("an RFC 3339 date")
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.text);
    }
}

macro_rules! shown_as_text {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.text)
            }
        }

        serde_impls! { $name }
    )*};
}

shown_as_text! { DateTime, Date }
