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
///
/// A response may hold a text that is no date, such as `0000-00-00`: one bad date in a list of a hundred records must not
/// cost the other ninety-nine. The text is kept, and [`civil`](Self::civil) and `timestamp` say that there is no date in
/// it. A text that is [parsed](FromStr) has to be a date.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    civil: Option<civil::DateTime>,
    offset: Option<Offset>,
}

impl DateTime {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The instant, unless the text has no offset or is no date.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset?.to_timestamp(self.civil?).ok()
    }

    /// The date and time as written, without regard to the offset; nothing if the text is no date.
    pub fn civil(&self) -> Option<civil::DateTime> {
        self.civil
    }

    /// The offset from UTC as written, if there is one.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }
}

/// A date: `2024-05-17` (RFC 3339). A date with a time is understood too, and written as it was read.
///
/// A text in a response that is no date is kept, as by [`DateTime`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
    civil: Option<civil::Date>,
}

impl Date {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The date as written; nothing if the text is no date.
    pub fn civil(&self) -> Option<civil::Date> {
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
        Ok(Self { text: text.into(), civil: Some(pieces.date().to_datetime(time)), offset })
    }
}

impl FromStr for Date {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, InvalidDateTime> {
        let pieces = Pieces::parse(text).map_err(|_| InvalidDateTime(()))?;
        Ok(Self { text: text.into(), civil: Some(pieces.date()) })
    }
}

impl From<Timestamp> for DateTime {
    fn from(instant: Timestamp) -> Self {
        let civil = TimeZone::UTC.to_datetime(instant);
        Self { text: instant.to_string().into(), civil: Some(civil), offset: Some(Offset::UTC) }
    }
}

impl From<civil::Date> for Date {
    fn from(civil: civil::Date) -> Self {
        Self { text: civil.to_string().into(), civil: Some(civil) }
    }
}

/// Shows, reads and writes a type as the text that it keeps. Of a text that is none, nothing else is known.
macro_rules! kept_as_text {
    ($($name:ident { $($known:ident),+ })*) => {$(
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

        impl Json for $name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                let text = reader.string()?;
                Ok(text.parse().unwrap_or_else(|_| Self { text: text.into(), $($known: None),+ }))
            }

            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.text);
            }

            fn is_unknown(&self) -> bool {
                self.civil.is_none()
            }
        }

        serde_impls! { $name }
    )*};
}

kept_as_text! {
    DateTime { civil, offset }
    Date { civil }
}
