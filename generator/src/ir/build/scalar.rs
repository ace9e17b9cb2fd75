//! Strings, integers and numbers: format and bounds to types.

use super::Builder;
use super::types::number_text;
use super::view::{Key, View};
use crate::config::{ByteType, DateTimeType, DateType, DecimalType, DurationType, TimeType, UriType, UuidType};
use crate::ir::{Calendar, IntegerWidth, TextFormat, Type};

impl Builder<'_> {
    pub(super) fn string(&mut self, view: &View) -> Type {
        let formats = &self.config.formats;
        if view.content_encoding.as_deref().is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64")) {
            return Type::Base64;
        }
        match view.format.as_deref() {
            Some("date-time" | "datetime") => match formats.date_time {
                DateTimeType::Datetime => Type::DateTime,
                DateTimeType::Chrono => self.text(TextFormat::DateTime(Calendar::Chrono)),
                DateTimeType::Time => self.text(TextFormat::DateTime(Calendar::Time)),
                DateTimeType::Jiff => self.text(TextFormat::DateTime(Calendar::Jiff)),
                DateTimeType::String => Type::String,
            },
            Some("date") => match formats.date {
                DateType::Date => Type::Date,
                DateType::Chrono => self.text(TextFormat::Date(Calendar::Chrono)),
                DateType::Time => self.text(TextFormat::Date(Calendar::Time)),
                DateType::Jiff => self.text(TextFormat::Date(Calendar::Jiff)),
                DateType::String => Type::String,
            },
            Some("time") => match formats.time {
                TimeType::Chrono => self.text(TextFormat::Time(Calendar::Chrono)),
                TimeType::Time => self.text(TextFormat::Time(Calendar::Time)),
                TimeType::Jiff => self.text(TextFormat::Time(Calendar::Jiff)),
                TimeType::String => Type::String,
            },
            Some("duration") if formats.duration == DurationType::Jiff => self.text(TextFormat::Duration),
            Some("uri") if formats.uri == UriType::Url => self.text(TextFormat::Uri),
            Some("uuid") if formats.uuid == UuidType::Uuid => self.text(TextFormat::Uuid),
            Some("decimal") if formats.decimal == DecimalType::Decimal => self.text(TextFormat::Decimal),
            Some("byte" | "base64") if formats.byte == ByteType::Bytes => Type::Base64,
            Some("binary") => Type::File,
            Some("password") => Type::Secret,
            // Other formats, known and unknown, are strings on the wire and stay strings.
            _ => Type::String,
        }
    }

    /// A type of another crate, on which the client then depends.
    fn text(&mut self, format: TextFormat) -> Type {
        self.api.needs.formats.insert(format);
        Type::Text(format)
    }

    /// Whether numbers are integers all the same: the formats of integers are those of numbers in the registry of OpenAPI,
    /// and a double would round what is beyond 2^53. A document that shows a fraction means no integer.
    pub(super) fn is_whole(&self, key: &Key, view: &View) -> bool {
        const WHOLE: [&str; 8] = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
        let said = view.format.as_deref().is_some_and(|format| WHOLE.contains(&format)) && !view.types.integer;
        let shown = key.iter().map(|part| self.schemas.get(part.schema));
        let shown = shown.flat_map(|schema| schema.examples.iter().chain(&schema.default));
        let mut numbers = view.constraints.values().flatten().chain(shown).chain(view.values.iter().flatten());
        said && !numbers.any(|node| number_text(node).is_some_and(|text| whole(text).is_none()))
    }

    pub(super) fn integer(&mut self, view: &View) -> Type {
        let width = match view.format.as_deref() {
            Some("int8" | "int16" | "int32") => IntegerWidth::I32,
            Some("uint8" | "uint16" | "uint32") => IntegerWidth::U32,
            Some("uint64") => IntegerWidth::U64,
            _ => IntegerWidth::I64,
        };
        Type::Integer(widened(width, view))
    }
}

/// A wider integer where the bounds say that the one of the format is too narrow.
fn widened(width: IntegerWidth, view: &View) -> IntegerWidth {
    let bound = |keyword: &str| view.constraint(keyword).and_then(number_text).and_then(whole);
    let low = bound("minimum").or_else(|| bound("exclusiveMinimum"));
    let high = bound("maximum").or_else(|| bound("exclusiveMaximum"));
    let (least, most) = match width {
        IntegerWidth::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerWidth::U32 => (0, i128::from(u32::MAX)),
        IntegerWidth::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerWidth::U64 => (0, i128::from(u64::MAX)),
        IntegerWidth::I128 => return width,
    };
    // Bounds at or just beyond 2^63 are rounded doubles in many documents (`9223372036854776000`): they mean "64 bits".
    let rounded = |value: i128| value.abs() <= 9_223_372_036_854_776_000 && value.abs() > i128::from(i64::MAX);
    let fits = |value: Option<i128>| {
        value.is_none_or(|value| (least..=most).contains(&value) || (width == IntegerWidth::I64 && rounded(value)))
    };
    if fits(low) && fits(high) {
        return width;
    }
    let within = |least: i128, most: i128| low.is_none_or(|low| low >= least) && high.is_none_or(|high| high <= most);
    if within(i128::from(i64::MIN), i128::from(i64::MAX)) {
        IntegerWidth::I64
    } else if low.is_some_and(|low| low >= 0) && within(0, i128::from(u64::MAX)) {
        IntegerWidth::U64
    } else {
        IntegerWidth::I128
    }
}

/// The value of a bound that is a whole number, also when it is written as `1e3` or `10.0`.
fn whole(text: &str) -> Option<i128> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let value: f64 = text.parse().ok()?;
    // Beyond 2^96 a bound says "unlimited"; the cast below is exact for whole doubles up to there.
    (value.fract() == 0.0 && value.abs() < 7.9e28).then_some(value as i128)
}
