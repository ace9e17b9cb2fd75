//! Diagnostics to text for people, to JSON for programs, and to annotations of a pull request.

mod color;
mod github;
mod group;
mod json;

use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
pub use color::Color;
pub(crate) use color::Style;
pub use github::github;
pub(crate) use github::{data, property};
pub use group::Grouping;
use group::groups;
pub use json::json;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::Span;
use crate::source::{Files, floor_boundary};

/// Longer advice stands below the source line, not beside the carets.
const LABEL_LENGTH: usize = 80;

/// Renders the diagnostics as text, an empty line after each group; the errors stand last, and otherwise files and
/// places give the order.
pub fn text(diagnostics: &Diagnostics, files: &Files, color: Color, grouping: Grouping) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    };
    let mut output = String::new();
    for group in groups(diagnostics, grouping) {
        let others = group.others(files).join("\n");
        output.push_str(&renderer.render(&[problem(group.first, &others, files)]));
        output.push_str("\n\n");
    }
    output
}

/// One line that says how much was found, and where to read about it: `2 errors, 1 warning`; `None` when nothing was.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| {
            let count = diagnostics.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.as_str()))
        })
        .collect();
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let only = match codes.first() {
        Some(code) if codes.len() == 1 => code.as_str(),
        _ => "CODE",
    };
    (!parts.is_empty()).then(|| format!("{}; `oasmith explain {only}` tells more", parts.join(", ")))
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

fn problem<'a>(diagnostic: &'a Diagnostic, others: &'a str, files: &'a Files) -> annotate_snippets::Group<'a> {
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
    if !others.is_empty() {
        elements.push(Level::NOTE.message(others).into());
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
        assert_eq!(text(diagnostics, &files(), Color::Never, Grouping::Causes), expected);
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
warning[unknown-reference]: nothing is defined at `#/components/schemas/Laed`
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
    fn errors_stand_last_and_otherwise_places_give_the_order() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::DuplicateKey, Some(span("paths")), "wrong");
        diagnostics.report(Code::MissingProperty, Some(span("tail")), "late");
        diagnostics.report(Code::UntypedSchema, Some(span("schema")), "early");
        diagnostics.report(Code::MissingKeyword, None, "nowhere").help("add it").pointer("/info");
        check(
            &diagnostics,
            "\
note[untyped-schema]: early
 --> specs/close/openapi.yaml:2:3
  |
2 |   schema:
  |   ^^^^^^

note[missing-property]: late
 --> specs/close/openapi.yaml:4:5
  |
4 |     tail: é x
  |     ^^^^

warning[missing-keyword]: nowhere
--> /info
 = help: add it

error[duplicate-key]: wrong
 --> specs/close/openapi.yaml:1:1
  |
1 | paths:
  | ^^^^^

",
        );
    }

    #[test]
    fn problems_with_one_cause_are_told_together() {
        let mut diagnostics = Diagnostics::new();
        for (number, place) in ["paths", "schema", "$ref", "tail", "é x"].into_iter().enumerate() {
            let message = format!("`GET /{number}` has no `operationId`");
            diagnostics.report(Code::MissingOperationId, Some(span(place)), message);
        }
        diagnostics.report(Code::MissingOperationId, Some(span("components")), "another cause");
        check(
            &diagnostics,
            "\
note[missing-operation-id]: `GET /0` has no `operationId`
 --> specs/close/openapi.yaml:1:1
  |
1 | paths:
  | ^^^^^
  |
  = note: also `GET /1` at specs/close/openapi.yaml:2:3
          also `GET /2` at specs/close/openapi.yaml:3:5
          also `GET /3` at specs/close/openapi.yaml:4:5
          and 1 more like it; `--all` shows them

note[missing-operation-id]: another cause
 --> specs/close/openapi.yaml:3:14
  |
3 |     $ref: '#/components/schemas/Laed'
  |              ^^^^^^^^^^

",
        );
        let all = text(&diagnostics, &files(), Color::Never, Grouping::Nothing);
        assert_eq!(all.matches("note[missing-operation-id]").count(), 6);
    }

    #[test]
    fn each_problem_with_a_help_of_its_own_is_told() {
        let mut diagnostics = Diagnostics::new();
        for (place, near) in [("paths", "Lead"), ("schema", "Load"), ("tail", "Lead")] {
            let message = format!("nothing is defined at `{place}`");
            diagnostics
                .report(Code::UnknownReference, Some(span(place)), message)
                .help(format!("did you mean `{near}`?"));
        }
        let output = text(&diagnostics, &files(), Color::Never, Grouping::Causes);
        assert!(output.contains("did you mean `Lead`?") && output.contains("did you mean `Load`?"), "{output}");
        assert!(output.contains("also `tail` at specs/close/openapi.yaml:4:5"), "{output}");
    }

    #[test]
    fn summary_counts_by_severity() {
        let mut diagnostics = Diagnostics::new();
        assert_eq!(summary(&diagnostics), None);
        diagnostics.report(Code::Syntax, None, "a");
        diagnostics.report(Code::Syntax, None, "b");
        diagnostics.report(Code::UntypedSchema, None, "c");
        assert_eq!(summary(&diagnostics).as_deref(), Some("2 errors, 1 note; `oasmith explain CODE` tells more"));
    }

    #[test]
    fn span_at_the_end_of_the_text_has_a_caret() {
        let mut diagnostics = Diagnostics::new();
        let end = SOURCE.len() as u32;
        diagnostics.report(Code::Syntax, Some(Span { file: FileId(0), start: end, end }), "the text ends");
        assert!(text(&diagnostics, &files(), Color::Never, Grouping::Causes).contains("openapi.yaml:5:1\n"));
    }
}
