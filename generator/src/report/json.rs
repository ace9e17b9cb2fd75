//! Diagnostics as JSON for editors and other programs; `generator/DIAGNOSTICS.md` tells its shape.

use serde::Serialize;

use super::sorted;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Span;
use crate::source::Files;

/// Renders every diagnostic as an element of a JSON array, ordered by file and place.
pub fn json(diagnostics: &Diagnostics, files: &Files) -> String {
    let records: Vec<_> = sorted(diagnostics).into_iter().map(|diagnostic| record(diagnostic, files)).collect();
    // Strings, numbers and lists of them always have a JSON form.
    serde_json::to_string_pretty(&records).unwrap_or_default()
}

#[derive(Serialize)]
struct Record<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    help: &'a [String],
    notes: &'a [String],
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

fn record<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Record<'a> {
    let related = |(span, message): &'a (Span, String)| Related { message, place: place(*span, files) };
    Record {
        code: diagnostic.code.as_str(),
        severity: diagnostic.code.severity().as_str(),
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| place(span, files)),
        pointer: diagnostic.pointer.as_deref(),
        help: &diagnostic.help,
        notes: &diagnostic.notes,
        related: diagnostic.related.iter().map(related).collect(),
    }
}

fn place(span: Span, files: &Files) -> Place<'_> {
    let (line, column) = files.line_col(span);
    let (end_line, end_column) = files.end_line_col(span);
    Place { file: files.path(span.file), line, column, end_line, end_column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::document::FileId;

    const SOURCE: &str = "paths:\n  é x: 1\n  other: 2\n";

    #[test]
    fn every_place_is_told_in_numbers_as_the_documentation_shows() {
        let mut files = Files::new();
        let file = files.add("openapi.yaml", SOURCE);
        let span = |part: &str| {
            let start = SOURCE.find(part).unwrap();
            Span { file: FileId(file.0), start: start as u32, end: (start + part.len()) as u32 }
        };
        let mut diagnostics = Diagnostics::new();
        let found = diagnostics.report(Code::DuplicateKey, Some(span("other")), "the key `other` stands twice");
        found.pointer("/paths/other").help("remove one of them").note("the first one counts for some readers");
        found.related(span("é x"), "it stands here first");
        let expected = r#"[
  {
    "code": "duplicate-key",
    "severity": "error",
    "message": "the key `other` stands twice",
    "file": "openapi.yaml",
    "line": 3,
    "column": 3,
    "end_line": 3,
    "end_column": 8,
    "pointer": "/paths/other",
    "help": [
      "remove one of them"
    ],
    "notes": [
      "the first one counts for some readers"
    ],
    "related": [
      {
        "message": "it stands here first",
        "file": "openapi.yaml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 6
      }
    ]
  }
]"#;
        assert_eq!(json(&diagnostics, &files), expected);
        assert!(include_str!("../../DIAGNOSTICS.md").contains(expected), "the documentation shows something else");
    }

    #[test]
    fn a_problem_without_a_place_has_no_place() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::ConfigSyntax, None, "m");
        assert_eq!(
            json(&diagnostics, &Files::new()),
            r#"[
  {
    "code": "config-syntax",
    "severity": "error",
    "message": "m",
    "help": [],
    "notes": [],
    "related": []
  }
]"#
        );
    }
}
