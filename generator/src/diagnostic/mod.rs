//! What is wrong with a document, with the place where it was found: the codes, one diagnostic, and their collection.

mod code;

use std::collections::BTreeMap;

pub use code::{Code, Severity};

use crate::document::Span;
use crate::repair::Repair;

/// Proof that an error was recorded: a stage that cannot go on returns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported;

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// What is wrong here: lower case, no full stop.
    pub message: String,
    /// Where it stands; `None` when no place in a file can be shown.
    pub span: Option<Span>,
    /// JSON Pointer of the place, when the stage knew it.
    pub pointer: Option<String>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// Other places that belong to the problem, each with a few words.
    pub related: Vec<(Span, String)>,
    /// How the document can be changed so that the problem is gone and the client stays as it is.
    pub repairs: Vec<Repair>,
}

impl Diagnostic {
    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        push_new(&mut self.help, text.into());
        self
    }

    /// Says what else is worth knowing.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        push_new(&mut self.notes, text.into());
        self
    }

    /// Says which JSON Pointer the place has.
    pub fn pointer(&mut self, pointer: impl Into<String>) -> &mut Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Shows another place that belongs to the problem.
    pub fn related(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        push_new(&mut self.related, (span, text.into()));
        self
    }

    /// Says how the document can be repaired.
    pub fn repair(&mut self, repair: Repair) -> &mut Self {
        push_new(&mut self.repairs, repair);
        self
    }

    /// Proof that something was recorded, to end a stage with.
    pub fn reported(&self) -> Reported {
        Reported
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// All problems found so far, in the order in which they were found; identical ones are kept once.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: BTreeMap<(Code, Option<Span>, Box<str>), usize>,
}

impl Diagnostics {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a problem and returns it, to add help, notes and a pointer.
    pub fn report(&mut self, code: Code, span: Option<Span>, message: impl Into<String>) -> &mut Diagnostic {
        let message = message.into();
        let next = self.list.len();
        let at = *self.seen.entry((code, span, message.as_str().into())).or_insert(next);
        if at == next {
            self.list.push(Diagnostic {
                code,
                message,
                span,
                pointer: None,
                help: Vec::new(),
                notes: Vec::new(),
                related: Vec::new(),
                repairs: Vec::new(),
            });
        }
        #[expect(
            clippy::indexing_slicing,
            reason = "`at` is the index of an element: it was stored when that one was pushed"
        )]
        &mut self.list[at]
    }

    /// Records a problem after which the stage cannot go on.
    pub fn error(&mut self, code: Code, span: Option<Span>, message: impl Into<String>) -> Reported {
        self.report(code, span, message).reported()
    }

    /// Adds what another collection holds.
    pub fn append(&mut self, other: Self) {
        for found in other.list {
            let Diagnostic { code, span, message, pointer, help, notes, related, repairs } = found;
            let diagnostic = self.report(code, span, message);
            diagnostic.pointer = pointer.or_else(|| diagnostic.pointer.take());
            help.into_iter().for_each(|text| push_new(&mut diagnostic.help, text));
            notes.into_iter().for_each(|text| push_new(&mut diagnostic.notes, text));
            related.into_iter().for_each(|place| push_new(&mut diagnostic.related, place));
            repairs.into_iter().for_each(|repair| push_new(&mut diagnostic.repairs, repair));
        }
    }

    /// Whether anything was recorded that forbids generating.
    pub fn has_errors(&self) -> bool {
        self.has(Severity::Error)
    }

    /// Whether anything of this severity was recorded.
    pub fn has(&self, severity: Severity) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.severity() == severity)
    }

    /// The problems, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many problems have this code.
    pub fn count(&self, code: Code) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.code == code).count()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Takes out the warnings and notes that were allowed, and returns the allowed codes that matched nothing. Errors stay.
    pub fn allow(&mut self, codes: &[Code]) -> Vec<Code> {
        let unused = codes.iter().copied().filter(|code| self.count(*code) == 0).collect();
        self.list
            .retain(|diagnostic| diagnostic.code.severity() == Severity::Error || !codes.contains(&diagnostic.code));
        self.seen = (self.list.iter().enumerate())
            .map(|(at, diagnostic)| ((diagnostic.code, diagnostic.span, diagnostic.message.as_str().into()), at))
            .collect();
        unused
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identical_problems_are_kept_once() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::UntypedSchema, None, "same").help("one");
        diagnostics.report(Code::UntypedSchema, None, "same").help("one");
        diagnostics.report(Code::UntypedSchema, None, "other");
        assert_eq!(diagnostics.count(Code::UntypedSchema), 2);
        assert_eq!(diagnostics.iter().next().map(|diagnostic| diagnostic.help.len()), Some(1));
        assert!(!diagnostics.has_errors());
    }

    #[test]
    fn allowed_warnings_disappear_but_errors_stay() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.report(Code::Syntax, None, "bad");
        diagnostics.report(Code::UntypedSchema, None, "loose");
        let unused = diagnostics.allow(&[Code::Syntax, Code::UntypedSchema, Code::DeepType]);
        assert_eq!(unused, [Code::DeepType]);
        assert!(diagnostics.has_errors());
        assert_eq!(diagnostics.iter().count(), 1);
    }
}
