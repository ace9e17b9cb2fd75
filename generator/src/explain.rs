//! The text of `oasmith explain CODE`: what a diagnostic means, why it matters, and how its cause is mended where.

use crate::diagnostic::{Code, Severity};
use crate::report::{Color, Style};
use crate::suggest::closest;

/// How wide the text is, in characters; examples may be wider.
const WIDTH: usize = 80;

/// The sections that each explanation has after what happened.
pub const SECTIONS: [&str; 4] = ["Why it matters", "In the document", "In an overlay", "In oasmith.toml"];

/// What the code called `name` means; `Err` says what is wrong with the name.
///
/// # Errors
///
/// When there is no such code.
pub fn explain(name: &str, color: Color) -> Result<String, String> {
    match Code::from_name(name) {
        Some(code) => Ok(explain_code(code, color)),
        None => match closest(name, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => Err(format!("there is no diagnostic `{name}`; did you mean `{near}`?")),
            None => Err(format!("there is no diagnostic `{name}`; `oasmith explain` lists them")),
        },
    }
}

/// What a code means, as text for a terminal.
pub fn explain_code(code: Code, color: Color) -> String {
    let mut output = color.paint(Style::Bold, &format!("{}[{code}]", code.severity().as_str()));
    output.push_str("\n\n");
    let mut example = false;
    for line in code.explain().lines() {
        match (line.strip_prefix("## "), line.starts_with("```")) {
            (_, true) => example = !example,
            (None, false) if example => {
                output.push_str("    ");
                output.push_str(line);
                output.push('\n');
            }
            (Some(heading), false) => {
                output.push_str(&color.paint(Style::Bold, heading));
                output.push('\n');
            }
            (None, false) if line.is_empty() => output.push('\n'),
            (None, false) => output.push_str(&wrap(line)),
        }
    }
    output.push_str(&weight(code));
    output
}

/// One line per code: its severity and name, and what happened.
pub fn list() -> String {
    let line = |code: &Code| format!("{:8} {:26} {}\n", code.severity().as_str(), code.as_str(), what(*code));
    Code::ALL.iter().map(line).collect()
}

/// What happened: the first sentence of an explanation.
pub fn what(code: Code) -> &'static str {
    let first = code.explain().lines().next().unwrap_or_default();
    first.split_once(". ").map_or(first, |(sentence, _)| sentence).trim_end_matches('.')
}

/// The text of a section; `None` when the explanation lacks it.
pub fn section(code: Code, heading: &str) -> Option<&'static str> {
    let mut sections = code.explain().split("\n## ").skip(1);
    sections.find_map(|section| section.strip_prefix(heading)?.strip_prefix("\n\n"))
}

fn weight(code: Code) -> String {
    match code.severity() {
        Severity::Error => "\nNothing is generated while it stands.\n".to_owned(),
        Severity::Warning | Severity::Note => format!(
            "\nA client is generated all the same. When it is expected, silence it:\n\n    [diagnostics]\n    allow = [\"{code}\"]\n"
        ),
    }
}

fn wrap(text: &str) -> String {
    let mut output = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            output.push('\n');
            column = 0;
        } else if column > 0 {
            output.push(' ');
            column += 1;
        }
        output.push_str(word);
        column += length;
    }
    output.push('\n');
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::Diagnostics;
    use crate::document::{FileId, Node, Object, Span, Value, overlay, parse};
    use crate::source::Files;

    #[test]
    fn code_is_explained_in_sections_and_short_lines() {
        assert_eq!(
            explain("config-unused-allow", Color::Never).unwrap(),
            "\
warning[config-unused-allow]

`oasmith.toml` allows a diagnostic that is not reported any more.

Why it matters

It would hide the next one of its kind.

In the document

The document has been mended: nothing needs to be done in it.

In an overlay

An overlay may have mended it: nothing needs to be done in it.

In oasmith.toml

Remove the code from the list.

    [diagnostics]
    allow = []

A client is generated all the same. When it is expected, silence it:

    [diagnostics]
    allow = [\"config-unused-allow\"]
"
        );
    }

    #[test]
    fn every_code_says_what_why_and_how_to_mend_it_everywhere() {
        for code in Code::ALL {
            let text = code.explain();
            assert!(what(*code).contains(' ') && text.lines().next().unwrap().ends_with('.'), "{code}: {text}");
            let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, SECTIONS, "{code}");
            for heading in SECTIONS {
                let body = section(*code, heading).unwrap_or_default().trim();
                assert!(body.ends_with('.') || body.ends_with("```"), "{code}, {heading}: {body}");
            }
            let shown = explain_code(*code, Color::Never);
            let prose = shown.lines().filter(|line| !line.starts_with("    "));
            assert!(prose.clone().all(|line| line.chars().count() <= WIDTH), "{shown}");
        }
    }

    /// The examples in a language within a section.
    fn examples(code: Code, heading: &str, language: &str) -> Vec<String> {
        let body = section(code, heading).unwrap_or_default();
        let fence = format!("```{language}\n");
        body.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    }

    #[test]
    fn examples_of_overlays_are_overlays() {
        let mut seen = 0;
        for code in Code::ALL {
            for example in examples(*code, "In an overlay", "yaml") {
                let mut diagnostics = Diagnostics::new();
                let text = format!("overlay: 1.1.0\n{example}");
                let actions = parse(FileId(0), &text, &mut diagnostics).unwrap();
                let nowhere = Span { file: FileId(1), start: 0, end: 0 };
                overlay::apply(&mut Node::new(Value::Object(Object::new()), nowhere), &actions, &mut diagnostics);
                assert_eq!(diagnostics.count(Code::OverlaySyntax), 0, "{code}: {example} {diagnostics:?}");
                seen += 1;
            }
        }
        assert!(seen > 20);
    }

    #[test]
    fn examples_of_the_configuration_are_configurations() {
        let mut seen = 0;
        for code in Code::ALL {
            for example in examples(*code, "In oasmith.toml", "toml") {
                let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
                let file = files.add("oasmith.toml", example.as_str());
                assert!(Config::read(file, &files, &mut diagnostics).is_ok(), "{code}: {example} {diagnostics:?}");
                seen += 1;
            }
        }
        assert!(seen > 10);
    }

    #[test]
    fn unknown_code_names_the_nearest() {
        assert_eq!(
            explain("duplicate-keys", Color::Never).unwrap_err(),
            "there is no diagnostic `duplicate-keys`; did you mean `duplicate-key`?"
        );
        assert_eq!(
            explain("zzz", Color::Never).unwrap_err(),
            "there is no diagnostic `zzz`; `oasmith explain` lists them"
        );
    }
}
