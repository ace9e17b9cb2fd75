//! Formats as types of other crates: the texts of values are read and written again.

const TEXT: &str = concat!(
    r#"{"at":"2026-03-04T05:06:07Z","on":"2026-03-04","clock":"05:06:07","lasts":"P1Y2DT3H","#,
    r#""page":"https://example.com/a?b=c","days":["2026-03-04"],"ends":null}"#,
);

/// `$kind` is the type of `at`, `$year` its year.
macro_rules! values_survive {
    ($name:ident, $client:ident, $kind:ty, $at:ident => $year:expr) => {
        mod $name {
            use $client::types::Event;

            use super::TEXT;

            #[test]
            fn what_is_read_is_written() {
                let event: Event = serde_json::from_str(TEXT).unwrap();
                let $at: &$kind = &event.at;
                assert_eq!($year, 2026);
                let text = serde_json::to_string(&event).unwrap();
                let parts = [
                    "\"2026-03-04T05:06:07Z\"",
                    "\"on\":\"2026-03-04\"",
                    "\"05:06:07\"",
                    "[\"2026-03-04\"]",
                    "P1Y2DT3H",
                ];
                for part in parts {
                    assert!(text.contains(part), "{part} in {text}");
                }
            }

            #[test]
            fn another_text_is_an_error_with_its_place() {
                let error = serde_json::from_str::<Event>(r#"{"at":"yesterday","on":"2026-03-04","clock":"05:06:07"}"#);
                let said = error.unwrap_err().to_string();
                assert!(said.contains("$.at"), "{said}");
            }
        }
    };
}

values_survive!(chrono, formats_of_chrono_client, chrono::DateTime<chrono::FixedOffset>, at => chrono::Datelike::year(at));
values_survive!(time, formats_of_time_client, time::OffsetDateTime, at => at.year());
values_survive!(jiff, formats_of_jiff_client, jiff::Timestamp, at => jiff::tz::Offset::UTC.to_datetime(*at).year());
