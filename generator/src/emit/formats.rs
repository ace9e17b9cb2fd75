//! Formats of text for which a type of another crate stands: its path, how it is read and written, what it depends on.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Calendar, TextFormat};

/// The path of the type.
pub(super) fn path(format: TextFormat) -> TokenStream {
    match format {
        TextFormat::Uuid => quote!(uuid::Uuid),
        TextFormat::Decimal => quote!(rust_decimal::Decimal),
        TextFormat::Uri => quote!(url::Url),
        TextFormat::DateTime(Calendar::Chrono) => quote!(chrono::DateTime<chrono::FixedOffset>),
        TextFormat::DateTime(Calendar::Time) => quote!(time::OffsetDateTime),
        TextFormat::DateTime(Calendar::Jiff) => quote!(jiff::Timestamp),
        TextFormat::Date(Calendar::Chrono) => quote!(chrono::NaiveDate),
        TextFormat::Date(Calendar::Time) => quote!(time::Date),
        TextFormat::Date(Calendar::Jiff) => quote!(jiff::civil::Date),
        TextFormat::Time(Calendar::Chrono) => quote!(chrono::NaiveTime),
        TextFormat::Time(Calendar::Time) => quote!(time::Time),
        TextFormat::Time(Calendar::Jiff) => quote!(jiff::civil::Time),
        TextFormat::Duration => quote!(jiff::SpanFieldwise),
    }
}

/// The arguments of `text_format!`: the type and, where `FromStr` and `Display` are not RFC 3339, how it is read and written.
pub(super) fn row(format: TextFormat) -> TokenStream {
    let path = path(format);
    let codec = match format {
        TextFormat::DateTime(Calendar::Chrono) => {
            quote!(, chrono::DateTime::parse_from_rfc3339, |value| value.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
        }
        TextFormat::DateTime(Calendar::Time) => well_known(&path, &quote!(Rfc3339)),
        TextFormat::Date(Calendar::Time) => well_known(&path, &quote!(Iso8601::DATE)),
        TextFormat::Time(Calendar::Time) => well_known(&path, &quote!(Iso8601::TIME)),
        TextFormat::Duration => {
            quote!(, |text| text.parse().map(jiff::SpanFieldwise), |value| value.0.to_string())
        }
        _ => TokenStream::new(),
    };
    quote!(#path #codec)
}

/// Formatting with `time` fails for years beyond 9999, which RFC 3339 cannot say: the text is then that of `Display`.
fn well_known(path: &TokenStream, description: &TokenStream) -> TokenStream {
    let description = quote!(&time::format_description::well_known::#description);
    quote!(, |text| #path::parse(text, #description), |value| value.format(#description).unwrap_or_else(|_| value.to_string()))
}

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
                r#"{ version = "0.3", default-features = false, features = ["formatting", "parsing", "std"] }"#,
            )),
            Calendar::Jiff => None,
        },
        TextFormat::Duration => None,
    }
}
