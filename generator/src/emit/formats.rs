//! Formats of text for which a type of another crate stands: its path, how it is read and written, what it depends on.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Calendar, TextFormat};
use crate::names;
use crate::tree::Table;

/// The row of `text_format!`: the type and, where `FromStr` and `Display` are not RFC 3339, how it is read and written.
///
/// Formatting with `time` fails for years beyond 9999, which RFC 3339 cannot say: the text is then that of `Display`.
pub(super) fn row(format: TextFormat) -> Table {
    let codec = match format {
        TextFormat::DateTime(Calendar::Chrono) => Some((
            "chrono::DateTime::parse_from_rfc3339",
            "|value| value.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)",
        )),
        TextFormat::DateTime(Calendar::Time) => Some((
            "|text| time::OffsetDateTime::parse(text, &Rfc3339)",
            "|value| value.format(&Rfc3339).unwrap_or_else(|_| value.to_string())",
        )),
        TextFormat::Date(Calendar::Time) => Some((
            "|text| time::Date::parse(text, &Iso8601::DATE)",
            "|value| value.format(&Iso8601::DATE).unwrap_or_else(|_| value.to_string())",
        )),
        // An offset is refused, not lost; what is written has no more digits than it needs.
        TextFormat::Time(Calendar::Time) => Some((
            "|text| time::Time::parse(text, format_description!(\"[hour]:[minute]:[second][optional [.[subsecond]]]\"))",
            "|value| {
        let text = value.format(&Iso8601::TIME).unwrap_or_else(|_| value.to_string());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }",
        )),
        TextFormat::Duration => Some(("|text| text.parse().map(jiff::SpanFieldwise)", "|value| value.0.to_string()")),
        _ => None,
    };
    Table::TextFormat(names::of_format(format).to_owned(), codec)
}

/// What the rows of these formats name without a path.
pub(super) fn imports(formats: &BTreeSet<TextFormat>) -> TokenStream {
    let uses = |format| formats.contains(&format);
    let iso = uses(TextFormat::Date(Calendar::Time)) || uses(TextFormat::Time(Calendar::Time));
    let iso = iso.then(|| {
        quote!(
            use time::format_description::well_known::Iso8601;
        )
    });
    let rfc = uses(TextFormat::DateTime(Calendar::Time)).then(|| {
        quote!(
            use time::format_description::well_known::Rfc3339;
        )
    });
    let description = uses(TextFormat::Time(Calendar::Time)).then(|| {
        quote!(
            use time::macros::format_description;
        )
    });
    quote!(#iso #rfc #description)
}

/// What dates of the runtime depend on too.
pub(super) const JIFF: (&str, &str) = ("jiff", r#"{ version = "1", default-features = false, features = ["std"] }"#);

/// The line of `Cargo.toml` that the type needs beside what every crate has: the crate and its requirement.
pub(super) fn dependency(format: TextFormat) -> Option<(&'static str, &'static str)> {
    match format {
        TextFormat::Uuid => Some(("uuid", r#""1""#)),
        TextFormat::Decimal => Some(("rust_decimal", r#""1""#)),
        TextFormat::Uri => Some(("url", r#""2""#)),
        TextFormat::DateTime(calendar) | TextFormat::Date(calendar) | TextFormat::Time(calendar) => match calendar {
            Calendar::Chrono => {
                Some(("chrono", r#"{ version = "0.4", default-features = false, features = ["std"] }"#))
            }
            Calendar::Time => Some((
                "time",
                r#"{ version = "0.3", default-features = false, features = ["formatting", "macros", "parsing", "std"] }"#,
            )),
            Calendar::Jiff => Some(JIFF),
        },
        TextFormat::Duration => Some(JIFF),
    }
}
