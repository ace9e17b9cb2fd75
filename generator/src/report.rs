//! Diagnostics to text for people and to JSON for programs.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::Span;
use crate::source::{Files, floor_boundary};

/// How many diagnostics of one code are shown in text; the others are counted.
const SHOWN: usize = 20;

/// Longer advice stands below the source line, not beside the carets.
const LABEL_LENGTH: usize = 80;

/// Whether text is colored with terminal sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// Text with ANSI sequences.
    Always,
}

/// Renders every diagnostic as text, ordered by file and place, an empty line after each.
pub fn text(diagnostics: &Diagnostics, files: &Files, color: Color) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    };
    let mut output = String::new();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in sorted(diagnostics) {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            output.push_str(&renderer.render(&[group(diagnostic, files)]));
            output.push_str("\n\n");
        }
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > SHOWN) {
        let title = format!("and {} more", count - SHOWN);
        output.push_str(
            &renderer.render(&[Group::with_title(level(code.severity()).primary_title(title).id(code.as_str()))]),
        );
        output.push_str("\n\n");
    }
    output
}

/// One line that says how much was found: `2 errors, 1 warning`; `None` when nothing was.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| {
            let count = diagnostics.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.as_str()))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Renders every diagnostic as an element of a JSON array, ordered by file and place.
pub fn json(diagnostics: &Diagnostics, files: &Files) -> String {
    let records: Vec<_> = sorted(diagnostics).into_iter().map(|diagnostic| record(diagnostic, files)).collect();
    // Strings, numbers and lists of them always have a JSON form.
    serde_json::to_string_pretty(&records).unwrap_or_default()
}

fn sorted(diagnostics: &Diagnostics) -> Vec<&Diagnostic> {
    let mut list: Vec<_> = diagnostics.iter().collect();
    list.sort_by_key(|diagnostic| diagnostic.span);
    list
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let title = level(diagnostic.code.severity()).primary_title(&*diagnostic.message).id(diagnostic.code.as_str());
    let mut help = diagnostic.help.as_slice();
    let mut elements: Vec<Element<'a>> = Vec::new();
    if let Some(span) = diagnostic.span {
        let mut label = None;
        if let [first, others @ ..] = help
            && first.chars().count() <= LABEL_LENGTH
            && !first.contains('\n')
        {
            label = Some(format!("help: {first}"));
            help = others;
        }
        elements.push(snippet(span, AnnotationKind::Primary, label, files));
    } else if let Some(pointer) = &diagnostic.pointer {
        elements.push(Origin::path(pointer.as_str()).into());
    }
    for (span, text) in &diagnostic.related {
        elements.push(snippet(*span, AnnotationKind::Context, Some(text.clone()), files));
    }
    elements.extend(diagnostic.notes.iter().map(|text| Level::NOTE.message(&**text).into()));
    elements.extend(help.iter().map(|text| Level::HELP.message(&**text).into()));
    title.elements(elements)
}

/// The line on which a span begins, with the part of the span that stands on it marked.
fn snippet<'a>(span: Span, kind: AnnotationKind, label: Option<String>, files: &'a Files) -> Element<'a> {
    let text = files.text(span.file);
    let start = floor_boundary(text, span.start as usize);
    let end = floor_boundary(text, (span.end as usize).max(start));
    let before = text.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    // Carets end where the line ends: what a collection holds is not underlined.
    let marked = start - line_start..(end - line_start).min(line.len()).max(start - line_start);
    let annotation = kind.span(marked).label(label);
    let (number, _) = files.line_col(span);
    Snippet::source(line).path(files.path(span.file)).line_start(number).annotation(annotation).into()
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
    use crate::document::FileId;

    const SOURCE: &str = "paths:\n  schema:\n    $ref: '#/components/schemas/Laed'\n    tail: é x\n";

    fn files() -> Files {
        let mut files = Files::new();
        files.add("specs/close/openapi.yaml", SOURCE);
        files
    }

    fn span(part: &str) -> Span {
        let start = SOURCE.find(part).unwrap();
        Span { file: FileId(0), start: start as u32, end: (start + part.len()) as u32 }
    }

    fn check(diagnostics: &Diagnostics, expected: &str) {
        assert_eq!(text(diagnostics, &files(), Color::Never), expected);
    }

    #[test]
    fn short_help_stands_beside_the_carets() {
        let mut diagnostics = Diagnostics::new();
        diagnostics
            .report(Code::UnknownReference, Some(span("$ref")), "nothing is defined at `#/components/schemas/Laed`")
            .help("did you mean `Lead`?");
        check(
            &diagnostics,
            "\
error[unknown-reference]: nothing is defined at `#/components/schemas/Laed`
 --> specs/close/openapi.yaml:3:5
  |
3 |     $ref: '#/components/schemas/Laed'
  |     ^^^^ help: did you mean `Lead`?

",
        );
    }

    #[test]
    fn places_notes_and_further_help_follow() {
        let mut diagnostics = Diagnostics::new();
        diagnostics
            .report(Code::DuplicateKey, Some(span("é x")), "twice")
            .related(span("schema:\n    $ref"), "it stands here first")
            .note("a note")
            .help("one")
            .help("two");
        check(
            &diagnostics,
            "\
error[duplicate-key]: twice
 --> specs/close/openapi.yaml:4:11
  |
4 |     tail: é x
  |           ^^^ help: one
  |
 ::: specs/close/openapi.yaml:2:3
  |
2 |   schema:
  |   ------- it stands here first
  |
  = note: a note
  = help: two

",
        );
    }

    #[test]
    fn diagnostics_are_ordered_by_place_and_those_without_come_first() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::UntypedSchema, Some(span("tail")), "late");
        diagnostics.report(Code::UntypedSchema, Some(span("paths")), "early");
        diagnostics.report(Code::MissingKeyword, None, "nowhere").help("add it").pointer("/info");
        check(
            &diagnostics,
            "\
warning[missing-keyword]: nowhere
--> /info
 = help: add it

note[untyped-schema]: early
 --> specs/close/openapi.yaml:1:1
  |
1 | paths:
  | ^^^^^

note[untyped-schema]: late
 --> specs/close/openapi.yaml:4:5
  |
4 |     tail: é x
  |     ^^^^

",
        );
    }

    #[test]
    fn many_of_one_code_are_counted() {
        let mut diagnostics = Diagnostics::new();
        for number in 0..25 {
            diagnostics.report(Code::UntypedSchema, None, format!("schema {number}"));
        }
        let output = text(&diagnostics, &files(), Color::Never);
        assert_eq!(output.matches("note[untyped-schema]: schema").count(), 20);
        assert!(output.ends_with("note[untyped-schema]: and 5 more\n\n"), "{output}");
        assert_eq!(json(&diagnostics, &files()).matches("\"untyped-schema\"").count(), 25);
    }

    #[test]
    fn summary_counts_by_severity() {
        let mut diagnostics = Diagnostics::new();
        assert_eq!(summary(&diagnostics), None);
        diagnostics.report(Code::Syntax, None, "a");
        diagnostics.report(Code::Syntax, None, "b");
        diagnostics.report(Code::UntypedSchema, None, "c");
        assert_eq!(summary(&diagnostics).as_deref(), Some("2 errors, 1 note"));
    }

    #[test]
    fn json_names_every_place_in_numbers() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::UnknownReference, Some(span("é x")), "m").help("h").pointer("/paths");
        assert_eq!(
            json(&diagnostics, &files()),
            r#"[
  {
    "code": "unknown-reference",
    "severity": "error",
    "message": "m",
    "file": "specs/close/openapi.yaml",
    "line": 4,
    "column": 11,
    "end_line": 4,
    "end_column": 14,
    "pointer": "/paths",
    "help": [
      "h"
    ],
    "notes": [],
    "related": []
  }
]"#
        );
    }

    #[test]
    fn span_at_the_end_of_the_text_has_a_caret() {
        let mut diagnostics = Diagnostics::new();
        let end = SOURCE.len() as u32;
        diagnostics.report(Code::Syntax, Some(Span { file: FileId(0), start: end, end }), "the text ends");
        assert!(text(&diagnostics, &files(), Color::Never).contains("openapi.yaml:5:1\n"));
    }
}
