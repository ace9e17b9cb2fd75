//! What is wrong with a document, with the place where it was found: the codes, one diagnostic, and their collection.

use std::collections::BTreeMap;

use crate::document::Span;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// A client is generated, but it lacks something that the document says.
    Warning,
    /// A decision that a reader of the client may want to know.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident => $text:literal, $severity:ident, $explain:literal;)*) => {
        /// The kind of a diagnostic: a stable name by which it can be explained, counted and allowed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $explain] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name as it is printed and as it is written in `oasmith.toml`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// How much a diagnostic of this code weighs.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }

            /// What happened, why it matters and how to mend it, in a few sentences.
            pub fn explain(self) -> &'static str {
                match self {
                    $(Self::$variant => $explain,)*
                }
            }
        }
    };
}

codes! {
    // Reading files and text.
    UnreadableFile => "unreadable-file", Error,
        "A file could not be read from the disk. Check its path and its permissions.";
    InvalidUtf8 => "invalid-utf8", Error,
        "OpenAPI documents are UTF-8 text, and this file holds other bytes. Save it as UTF-8.";
    Syntax => "syntax", Error,
        "The text is neither valid JSON nor valid YAML, so nothing of it can be used. Mend the text at the place shown.";
    DuplicateKey => "duplicate-key", Error,
        "A key stands twice in one object, and readers disagree on which one counts. Remove or rename one of them.";
    MultipleDocuments => "multiple-documents", Error,
        "The YAML file holds more than one document (`---`), and only the first one is read. Split the file.";
    TooLarge => "too-large", Error,
        "The document unfolds to more values than can be handled, usually because aliases repeat each other. Write the repeated part once and use `$ref`.";
    TooDeep => "too-deep", Error,
        "Objects and arrays are nested too deeply to be handled. Move inner parts into `components` and use `$ref`.";
    NonFiniteNumber => "non-finite-number", Warning,
        "JSON knows no infinity and no NaN, so the value was read as a string. Remove the value, or quote it if a string is meant.";

    // References and structure.
    UnknownReference => "unknown-reference", Error,
        "A reference points at something that no document defines, so there is no type for it. Correct the reference, or add the definition in the document or in an overlay.";
    ReferenceCycle => "reference-cycle", Error,
        "References lead back to where they began without ever reaching a definition. Let one of them point at a real definition.";
    RemoteReference => "remote-reference", Error,
        "A reference points at another host; nothing is fetched from a network while generating. Save a copy beside the document and refer to that file.";
    RemoteReferenceIgnored => "remote-reference-ignored", Warning,
        "A reference points at another host and has no local copy, so what it stands for is unknown. Save a copy and name it, or refer to a local file.";
    UnsupportedVersion => "unsupported-version", Error,
        "The document says neither `swagger: \"2.0\"` nor `openapi: 3.0`, `3.1` or `3.2`. Add or correct the version.";
    UnknownKeyword => "unknown-keyword", Warning,
        "The specification knows no such keyword here, so it has no effect. Correct its spelling, or begin it with `x-` if it is an extension.";
    WrongType => "wrong-type", Warning,
        "A keyword holds a value of the wrong kind, and the value was left out. Correct the value in the document or in an overlay.";
    MissingKeyword => "missing-keyword", Warning,
        "The specification requires a keyword that is missing; an empty one was assumed. Add it in the document or in an overlay.";
    UnreadableObject => "unreadable-object", Error,
        "A part of the document has a form that cannot be read, and it was left out. Correct it in the document or in an overlay.";
    UnsupportedKeyword => "unsupported-keyword", Warning,
        "The keyword is valid, but the client does not act on it. It is kept in the documentation of the item where possible.";
    RepairedValue => "repaired-value", Warning,
        "A value was written in another form than the specification asks for (for example `\"5\"` for `5`), and the evident meaning was taken. Correct the document or add an overlay.";
    RepairedRequired => "repaired-required", Warning,
        "`required: true` stands on a property; the specification wants the name in the `required` list of the object, and it was read so. Move it there.";
    RepairedReference => "repaired-reference", Note,
        "A reference was written in a form that only some readers accept, and the evident meaning was taken. Correct the document or add an overlay.";

    // Overlays and configuration.
    OverlayNoMatch => "overlay-no-match", Error,
        "An action of an overlay matches nothing, so the change it stands for would silently be lost. Correct its `target`, or remove the action when the document no longer needs it.";
    OverlayCount => "overlay-count", Error,
        "An action of an overlay matches more or fewer places than its `x-expect` says. Look at what changed in the document, then correct `target` or `x-expect`.";
    OverlaySyntax => "overlay-syntax", Error,
        "The overlay cannot be read: an action needs a JSONPath `target` and one of `update`, `remove` or `copy`. Correct the action.";
    ConfigSyntax => "config-syntax", Error,
        "`oasmith.toml` is not valid TOML, or a value in it has the wrong type. Correct it at the place shown.";
    ConfigUnknownKey => "config-unknown-key", Error,
        "`oasmith.toml` holds a key that has no meaning, so what it asks for would not happen. Correct its spelling or remove it.";
    ConfigUnknownName => "config-unknown-name", Error,
        "`oasmith.toml` names an operation, schema, field or code that does not exist. Correct the name, or remove the entry when the document no longer has it.";
    ConfigUnusedAllow => "config-unused-allow", Warning,
        "`oasmith.toml` allows a diagnostic that is not reported any more. Remove it, so that the next one is seen.";

    // Names.
    NamesLock => "names-lock", Error,
        "`names.lock` in the output directory cannot be read, so it is not known which names were published, and nothing was written. Correct the line, delete it, or take the file back from version control.";
    NameTaken => "name-taken", Note,
        "Something would have a name that was published for something else, or that is chosen for something else, so it got another one. Choose a name with `x-rust-name` in the description, or with `rust-name` in `oasmith.toml`.";
    RenamedSchema => "renamed-schema", Note,
        "A schema is gone and exactly one new schema looks the same, so it was taken for the old one under a new name and keeps the name in Rust. Delete its line in `names.lock` to name it anew.";

    // Schemas.
    AmbiguousUnion => "ambiguous-union", Warning,
        "Nothing tells the members of a `oneOf` or `anyOf` apart for certain, so they are tried in order, the most specific first. Add a `discriminator`, or a required property with a `const`, to each member.";
    ContradictoryAllOf => "contradictory-all-of", Warning,
        "The parts of an `allOf` contradict each other, so no value can satisfy all of them. The schema was read as any JSON; correct the parts.";
    UntypedSchema => "untyped-schema", Note,
        "What a schema says makes no type, so its values are any JSON; the message tells why. Add a `type` if more is known.";
    RustType => "rust-type", Error,
        "`x-rust-type`, or `rust-type` in `oasmith.toml`, names a type that cannot stand for its schema: no path, of a crate on which the client does not depend, or for a schema that is no string and no number. Correct the path, or declare the crate below `[dependencies]` in `oasmith.toml`.";
    InvalidPattern => "invalid-pattern", Warning,
        "A `pattern` is not a regular expression of ECMA-262, so values cannot be checked against it, and `validate()` leaves it out. Correct the pattern in the document or in an overlay.";
    DeepType => "deep-type", Warning,
        "Types are nested in each other so deeply that the innermost ones were left as JSON. Move inner schemas into `components` and use `$ref`.";
    MissingProperty => "missing-property", Note,
        "`required` names a property that is not declared, so there is no type for it and it is not part of the Rust type. Declare it under `properties`, or correct the spelling.";

    // Operations.
    MissingOperationId => "missing-operation-id", Note,
        "An operation has no `operationId`, so its name was made from its method and path. Add one, so that the name stays when the path changes.";
    DuplicateOperationId => "duplicate-operation-id", Warning,
        "Two operations have the same `operationId`, which must be unique. Both are in the client, in one group the later one under a longer name. Rename one of them.";
    UndeclaredPathParameter => "undeclared-path-parameter", Warning,
        "The path has a placeholder that no parameter declares; a required string was assumed. Declare it under `parameters`.";
    UnusedPathParameter => "unused-path-parameter", Warning,
        "A path parameter has no placeholder in the path, so it cannot be sent and was left out. Add the placeholder or remove the parameter.";
    IgnoredHeaderParameter => "ignored-header-parameter", Note,
        "The specification says that header parameters named `Accept`, `Content-Type` and `Authorization` are ignored. The client sets these headers itself.";
    UnsupportedSecurity => "unsupported-security", Warning,
        "The client cannot satisfy this kind of security scheme by itself. Give the credentials as a header, per client or per call.";
    UnsupportedMediaType => "unsupported-media-type", Warning,
        "A body has a structured schema and a media type that the client has no codec for, so it is handed over as text or bytes. Nothing needs to be done if that is enough; offer JSON otherwise.";
    UnusedMediaType => "unused-media-type", Note,
        "A response offers the same data in several media types, and the client asks for the one that it can decode into types. Nothing needs to be done.";
    SkippedOperation => "skipped-operation", Note,
        "The configuration leaves the operation out of the client. Remove `skip` from `oasmith.toml` to have it back.";
    PaginationFound => "pagination-found", Note,
        "The parameters and the body of an operation look like a list of pages, so the client can walk through it. Declare it under `[[pagination]]` in `oasmith.toml` to settle the matter.";
    ConfigPagination => "config-pagination", Error,
        "A `[[pagination]]` rule names parameters or fields that the operation does not have, so it would not work. Correct the names.";

    // The generator itself.
    Internal => "internal", Error,
        "The generator made something that is not valid Rust. This is a bug in oasmith and not in the description; please report it.";
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Code {
    /// The code called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

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
            let Diagnostic { code, span, message, pointer, help, notes, related } = found;
            let diagnostic = self.report(code, span, message);
            diagnostic.pointer = pointer.or_else(|| diagnostic.pointer.take());
            help.into_iter().for_each(|text| push_new(&mut diagnostic.help, text));
            notes.into_iter().for_each(|text| push_new(&mut diagnostic.notes, text));
            related.into_iter().for_each(|place| push_new(&mut diagnostic.related, place));
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
    fn codes_have_unique_names() {
        let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn code_is_found_by_its_name() {
        assert_eq!(Code::from_name("duplicate-key"), Some(Code::DuplicateKey));
        assert_eq!(Code::from_name("no-such-code"), None);
    }

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
