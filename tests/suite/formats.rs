//! Types of other crates, for formats and by choice: the generated crate reads the texts of values and writes them again.

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

/// The same for the types that a description chooses.
const CHOSEN: &str = r##"
use std::net::Ipv4Addr;
use std::num::{NonZeroU16, NonZeroU32};

use types_of_other_crates_client::types::{Host, HostRoute};

#[test]
fn what_is_read_is_written() {
    let text = r#"{"address":"10.0.0.1","weight":3,"port":80,"others":["10.0.0.2"],"gateway":null,"route":"10.0.0.3"}"#;
    let host: Host = serde_json::from_str(text).unwrap();
    let weight: NonZeroU32 = host.weight;
    let port: Option<NonZeroU16> = host.port;
    assert_eq!((host.address, weight.get(), port.unwrap().get()), (Ipv4Addr::new(10, 0, 0, 1), 3, 80));
    assert!(matches!(host.route, Some(HostRoute::Address(address)) if address == Ipv4Addr::new(10, 0, 0, 3)));
    assert_eq!(serde_json::to_string(&host).unwrap(), text);
    let rounded: Host = serde_json::from_str(r#"{"address":"10.0.0.1","weight":3.0,"route":7}"#).unwrap();
    assert_eq!(serde_json::to_string(&rounded).unwrap(), r#"{"address":"10.0.0.1","weight":3,"route":7}"#);
}

#[test]
fn another_text_is_an_error_with_its_place() {
    for (text, place) in [(r#"{"address":"x","weight":3}"#, "$.address"), (r#"{"address":"10.0.0.1","weight":0}"#, "$.weight")] {
        let said = serde_json::from_str::<Host>(text).unwrap_err().to_string();
        assert!(said.contains(place), "{said}");
    }
}
"##;

fn values_survive(library: &str, kind: &str, year: &str) {
    let library_name = format!("formats_of_{library}_client");
    let program = PROGRAM.replace("LIBRARY", &library_name).replace("KIND", kind).replace("YEAR", year);
    passes(&format!("formats-{library}"), &program);
}

/// Runs two tests that stand in the crate of a golden description.
fn passes(golden: &str, program: &str) {
    let spec = root().join("tests/golden").join(golden).join("openapi.yaml");
    let made = make(Job { spec: Some(spec), ..Job::default() });
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let place = target.join(golden);
    for (path, content) in made.files.unwrap_or_else(|| panic!("{}", made.report)) {
        let file = place.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    let manifest = fs::read_to_string(place.join("Cargo.toml")).unwrap();
    fs::write(place.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    fs::create_dir_all(place.join("tests")).unwrap();
    fs::write(place.join("tests/values.rs"), program).unwrap();
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

#[test]
fn types_that_a_description_chooses() {
    passes("foreign", CHOSEN);
}
