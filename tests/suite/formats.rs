//! Formats as types of other crates: the generated crate reads the texts of RFC 3339 and writes them again.

use std::fs;
use std::path::Path;
use std::process::Command;

use oasmith::job::Job;
use tests::{make, root};

/// A test that stands in the generated crate; `KIND` is what `at` is.
const PROGRAM: &str = r##"
use LIBRARY::types::Event;

const TEXT: &str = concat!(
    r#"{"at":"2026-03-04T05:06:07Z","on":"2026-03-04","clock":"05:06:07","lasts":"P1Y2DT3H","#,
    r#""page":"https://example.com/a?b=c","days":["2026-03-04"],"ends":null}"#,
);

#[test]
fn what_is_read_is_written() {
    let event: Event = serde_json::from_str(TEXT).unwrap();
    let at: &KIND = &event.at;
    assert_eq!(YEAR, 2026);
    let text = serde_json::to_string(&event).unwrap();
    for part in ["\"2026-03-04T05:06:07Z\"", "\"on\":\"2026-03-04\"", "\"05:06:07\"", "[\"2026-03-04\"]", "P1Y2DT3H"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn another_text_is_an_error_with_its_place() {
    let error = serde_json::from_str::<Event>(r#"{"at":"yesterday","on":"2026-03-04","clock":"05:06:07"}"#);
    let said = error.unwrap_err().to_string();
    assert!(said.contains("$.at"), "{said}");
}
"##;

fn values_survive(library: &str, kind: &str, year: &str) {
    let spec = root().join("tests/golden").join(format!("formats-{library}")).join("openapi.yaml");
    let made = make(Job { spec: Some(spec), ..Job::default() });
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let place = target.join(format!("formats-{library}"));
    for (path, content) in made.files.unwrap_or_else(|| panic!("{}", made.report)) {
        let file = place.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    let manifest = fs::read_to_string(place.join("Cargo.toml")).unwrap();
    fs::write(place.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    fs::create_dir_all(place.join("tests")).unwrap();
    fs::write(
        place.join("tests/values.rs"),
        PROGRAM.replace("LIBRARY", &format!("formats_of_{library}_client")).replace("KIND", kind).replace("YEAR", year),
    )
    .unwrap();
    let run = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--features", "serde", "--test", "values"])
        .current_dir(&place)
        .env("CARGO_TARGET_DIR", target.parent().unwrap())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && said.contains("2 passed"), "{said}");
}

#[test]
fn formats_as_types_of_chrono() {
    values_survive("chrono", "chrono::DateTime<chrono::FixedOffset>", "chrono::Datelike::year(at)");
}

#[test]
fn formats_as_types_of_time() {
    values_survive("time", "time::OffsetDateTime", "at.year()");
}

#[test]
fn formats_as_types_of_jiff() {
    values_survive("jiff", "jiff::Timestamp", "jiff::tz::Offset::UTC.to_datetime(*at).year()");
}
