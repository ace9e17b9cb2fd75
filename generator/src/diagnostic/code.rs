//! The closed set of codes: name, weight, and the file below `explain/` that says what each one means.

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
    ($($variant:ident => $text:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic: a stable name by which it can be explained, counted and allowed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = include_str!(concat!("../../explain/", $text, ".md"))] $variant,)*
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

            /// What happened, why it matters and how to mend it: Markdown, with a section for each place where it can be mended.
            pub fn explain(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../explain/", $text, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Reading files and text.
    UnreadableFile => "unreadable-file", Error;
    InvalidUtf8 => "invalid-utf8", Error;
    Syntax => "syntax", Error;
    DuplicateKey => "duplicate-key", Error;
    MultipleDocuments => "multiple-documents", Error;
    TooLarge => "too-large", Error;
    TooDeep => "too-deep", Error;
    NonFiniteNumber => "non-finite-number", Warning;

    // References and structure.
    UnknownReference => "unknown-reference", Warning;
    ReferenceCycle => "reference-cycle", Warning;
    RemoteReference => "remote-reference", Warning;
    RemoteReferenceIgnored => "remote-reference-ignored", Note;
    UnsupportedVersion => "unsupported-version", Error;
    UnknownKeyword => "unknown-keyword", Warning;
    WrongType => "wrong-type", Warning;
    MissingKeyword => "missing-keyword", Warning;
    UnreadableObject => "unreadable-object", Error;
    UnsupportedKeyword => "unsupported-keyword", Warning;
    RepairedValue => "repaired-value", Warning;
    RepairedRequired => "repaired-required", Warning;
    RepairedReference => "repaired-reference", Note;

    // Overlays and configuration.
    OverlayNoMatch => "overlay-no-match", Error;
    OverlayCount => "overlay-count", Error;
    OverlaySyntax => "overlay-syntax", Error;
    ConfigSyntax => "config-syntax", Error;
    ConfigUnknownKey => "config-unknown-key", Error;
    ConfigUnknownName => "config-unknown-name", Error;
    ConfigUnusedAllow => "config-unused-allow", Warning;

    // Names.
    NamesLock => "names-lock", Error;
    NameTaken => "name-taken", Note;
    RenamedSchema => "renamed-schema", Note;

    // Schemas.
    AmbiguousUnion => "ambiguous-union", Warning;
    ContradictoryAllOf => "contradictory-all-of", Warning;
    UntypedSchema => "untyped-schema", Note;
    RustType => "rust-type", Error;
    InvalidPattern => "invalid-pattern", Warning;
    DeepType => "deep-type", Warning;
    MissingProperty => "missing-property", Note;

    // Operations.
    MissingOperationId => "missing-operation-id", Note;
    DuplicateOperationId => "duplicate-operation-id", Warning;
    UndeclaredPathParameter => "undeclared-path-parameter", Warning;
    UnusedPathParameter => "unused-path-parameter", Warning;
    IgnoredHeaderParameter => "ignored-header-parameter", Note;
    UnusableServer => "unusable-server", Warning;
    UnsupportedSecurity => "unsupported-security", Warning;
    UnsupportedMediaType => "unsupported-media-type", Warning;
    UnusedMediaType => "unused-media-type", Note;
    SkippedOperation => "skipped-operation", Note;
    PaginationFound => "pagination-found", Note;
    ConfigPagination => "config-pagination", Error;

    // The generator itself.
    Internal => "internal", Error;
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
}
