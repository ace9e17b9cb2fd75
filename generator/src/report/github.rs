//! Diagnostics as workflow commands of GitHub Actions: one line each, shown beside the line of the file.

use super::group::{Grouping, groups};
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Files;

/// One annotation for each group of problems: a step shows no more than ten of a kind, so repetitions would hide the rest.
pub fn github(diagnostics: &Diagnostics, files: &Files, grouping: Grouping) -> String {
    let mut output = String::new();
    for group in groups(diagnostics, grouping) {
        let first = group.first;
        let kind = match first.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        output.push_str(&format!("::{kind} "));
        if let Some(span) = first.span {
            let (line, column) = files.line_col(span);
            let (end_line, end_column) = files.end_line_col(span);
            let file = property(files.path(span.file));
            output
                .push_str(&format!("file={file},line={line},col={column},endLine={end_line},endColumn={end_column},"));
        }
        let mut lines = vec![first.message.clone()];
        lines.extend(group.others(files));
        lines.extend(first.notes.iter().map(|text| format!("note: {text}")));
        lines.extend(first.help.iter().map(|text| format!("help: {text}")));
        output.push_str(&format!("title={}::{}\n", first.code, data(&lines.join("\n"))));
    }
    output
}

/// Text after the second `::`: line ends and `%` would end it or mean something else.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` mean something, too.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::document::{FileId, Span};

    #[test]
    fn a_problem_is_one_line_whatever_its_text_is() {
        let mut files = Files::new();
        files.add("a,b:c.yaml", "one\ntwo\n");
        let mut diagnostics = Diagnostics::new();
        let span = Span { file: FileId(0), start: 4, end: 7 };
        diagnostics.report(Code::UnknownKeyword, Some(span), "50% of\n::error::this").help("mend it");
        assert_eq!(
            github(&diagnostics, &files, Grouping::Causes),
            "::warning file=a%2Cb%3Ac.yaml,line=2,col=1,endLine=2,endColumn=4,title=unknown-keyword::50%25 of%0A::error::this%0Ahelp: mend it\n"
        );
    }

    #[test]
    fn a_problem_without_a_place_has_only_a_title() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::UntypedSchema, None, "m");
        assert_eq!(github(&diagnostics, &Files::new(), Grouping::Causes), "::notice title=untyped-schema::m\n");
    }
}
