//! What holds for the crate of any text, however strange: the property behind the fuzz targets and the property tests.

use std::path::Path;

use oasmith::config::Config;
use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::document::{LoadOptions, load_text, load_with};
use oasmith::lock::Lock;
use oasmith::report::{self, Color, Grouping};
use oasmith::source::Files;
use oasmith::stage::Watch;
use oasmith::{coverage, write};

/// The name under which the text is read.
pub const NAME: &str = "api.yaml";

/// Characters that end a line somewhere, or change the order in which it is shown: rustc refuses these, and so does a
/// careful reader.
const HIDDEN: &[char] = &[
    '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Makes a crate out of bytes; whether one came out. It needs a stack of [`oasmith::STACK_SIZE`].
///
/// # Panics
///
/// When the crate is not what every crate has to be.
pub fn check(bytes: &[u8]) -> bool {
    let read = |path: &Path| match path == Path::new(NAME) {
        true => Ok(bytes.to_vec()),
        false => Err(std::io::ErrorKind::NotFound.into()),
    };
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let made =
        load_with(Path::new(NAME), &read, &mut files, &LoadOptions::default(), &mut diagnostics).and_then(|it| {
            coverage::table(&it, &files);
            oasmith::generate(it, &Config::default(), &Lock::default(), &mut diagnostics, &mut Watch::default())
        });
    assert_eq!(
        diagnostics.count(Code::Internal),
        0,
        "{}",
        report::text(&diagnostics, &files, Color::Never, Grouping::Causes)
    );
    // Both have to bear every place and every text that a diagnostic can hold.
    report::text(&diagnostics, &files, Color::Never, Grouping::Causes);
    report::json(&diagnostics, &files);
    match made {
        Ok(output) => {
            check_files(&output.files);
            true
        }
        Err(_) => {
            assert!(diagnostics.has_errors(), "no crate was made, and nobody says why");
            false
        }
    }
}

/// Checks that Rust is Rust, TOML is TOML, and every path stays below the directory.
///
/// # Panics
///
/// When one of them is not.
pub fn check_files(files: &write::Files) {
    for (path, text) in files {
        let odd = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', ':', '\0']);
        assert!(!path.split('/').any(odd), "`{path}` is no path inside a directory");
        // The same for every document.
        if path.starts_with("src/runtime/") {
            continue;
        }
        let found = text.find(|c: char| c.is_control() && c != '\n' || HIDDEN.contains(&c));
        assert!(found.is_none(), "{path} holds a character that must not stand in a source: {found:?}\n{text}");
        if path.ends_with(".rs") {
            let parsed = syn::parse_file(text);
            assert!(
                parsed.is_ok(),
                "{path}: {}\n{text}",
                parsed.err().map(|error| error.to_string()).unwrap_or_default()
            );
        } else if path.ends_with(".toml") || path.ends_with(".lock") {
            let parsed = text.parse::<toml::Table>();
            assert!(
                parsed.is_ok(),
                "{path}: {}\n{text}",
                parsed.err().map(|error| error.to_string()).unwrap_or_default()
            );
        }
    }
}

/// A description with something for every part of the configuration to hold on to.
const SMALL: &str = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
paths:
  /lamps:
    get:
      operationId: list_lamps
      tags: [lamps]
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Lamps'}}}}}
components:
  schemas:
    Lamp: {type: object, properties: {id: {type: string, format: uuid}, on: {type: string, format: date-time}}}
    Lamps: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Lamp'}}, next: {type: string}}}
";

/// Takes bytes as `oasmith.toml`, as `names.lock` and as an overlay of a small description.
///
/// # Panics
///
/// When a crate comes out that is not what every crate has to be.
pub fn check_settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let file = files.add("settings", text);
    let config = Config::read(file, &files, &mut diagnostics);
    let lock = Lock::read(file, &files, &mut diagnostics);
    for (config, lock) in [(config.ok(), None), (None, lock.ok())] {
        if config.is_some() || lock.is_some() {
            let (config, lock) = (config.unwrap_or_default(), lock.unwrap_or_default());
            let loaded = load_text(NAME, SMALL, &mut files, &mut diagnostics);
            let made =
                loaded.and_then(|it| oasmith::generate(it, &config, &lock, &mut diagnostics, &mut Watch::default()));
            if let Ok(output) = made.as_ref() {
                check_files(&output.files);
            }
        }
    }
    let read = |path: &Path| match path.to_str() {
        Some(NAME) => Ok(SMALL.as_bytes().to_vec()),
        Some("overlay") => Ok(bytes.to_vec()),
        _ => Err(std::io::ErrorKind::NotFound.into()),
    };
    let options = LoadOptions { overlays: vec!["overlay".into()], ..LoadOptions::default() };
    // Whether the overlay fits is not the point: a diagnostic is an answer.
    let _ = load_with(Path::new(NAME), &read, &mut files, &options, &mut diagnostics);
    assert_eq!(
        diagnostics.count(Code::Internal),
        0,
        "{}",
        report::text(&diagnostics, &files, Color::Never, Grouping::Causes)
    );
    report::text(&diagnostics, &files, Color::Never, Grouping::Causes);
}
