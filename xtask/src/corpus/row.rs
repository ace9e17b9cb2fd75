//! What became of one document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// A method and a path, as in `GET /orders/{id}`.
pub(super) type OperationKey = String;

/// Everything that is known about one document.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    /// The path of the document within the corpus.
    pub(super) document: String,
    /// The directory of its crate.
    #[serde(skip)]
    pub(super) name: String,
    pub(super) bytes: u64,
    /// What the document says it is: `3.1.0`.
    pub(super) version: String,
    pub(super) end: End,
    /// The last stage that ended well.
    pub(super) stage: String,
    /// Why it went no further.
    pub(super) message: String,
    pub(super) stages: Vec<StageCost>,
    /// Seconds from start to end of the process.
    pub(super) wall: f64,
    /// Seconds of CPU in all stages.
    pub(super) cpu: f64,
    /// Bytes of memory at most.
    pub(super) peak: u64,
    /// Operations that the paths of the document have, counted without the generator; `None` when they cannot be counted.
    pub(super) found: Option<usize>,
    /// Why they cannot be counted.
    pub(super) uncounted: String,
    /// Operations in the crate.
    pub(super) generated: usize,
    /// What can be sent: an operation whose answer may also be a stream has a second way.
    pub(super) methods: usize,
    /// Operations that are not in the crate, with the code of the diagnostic that says so.
    pub(super) reported: BTreeMap<OperationKey, String>,
    /// Operations that are not in the crate, and nothing says so.
    pub(super) lost: BTreeSet<OperationKey>,
    /// Lines of Rust outside the runtime.
    pub(super) lines: usize,
    /// Fields and types that are any JSON.
    pub(super) any_json: usize,
    /// Why something is any JSON although the document says something about it, with how often.
    pub(super) untyped: BTreeMap<String, usize>,
    /// How often each code is reported.
    pub(super) diagnostics: BTreeMap<String, usize>,
    /// What the compiler says first, when it says anything.
    pub(super) compiler: String,
}

/// How a document ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// The generator panicked, or said that it has a bug.
    Panic,
    /// The generator was ended by a signal: a stack overflow, or no memory.
    Overflow,
    /// The generator took too long and was ended.
    Timeout,
    /// The description has errors.
    #[default]
    Refused,
    /// The crate does not compile without a warning.
    Uncompilable,
    /// There is a crate.
    Generated,
    /// There is a crate, and it compiles without a warning.
    Compiled,
}

/// What a stage cost.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub(super) struct StageCost {
    pub(super) stage: String,
    pub(super) wall: f64,
    pub(super) cpu: Option<f64>,
    pub(super) peak: Option<u64>,
}

/// More than this is a fault, however large the document.
pub(super) const MEMORY: u64 = 1 << 30;

impl End {
    /// One word for people.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Panic => "panic",
            Self::Overflow => "overflow",
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Uncompilable => "uncompilable",
            Self::Generated => "generated",
            Self::Compiled => "compiled",
        }
    }
}

impl Row {
    /// What is wrong with the row, in one line; `None` when it came as far as it should.
    pub(super) fn trouble(&self, compiled: bool) -> Option<String> {
        let word = self.end.as_str();
        match self.end {
            End::Panic | End::Overflow | End::Timeout | End::Refused => Some(format!("{word}: {}", self.message)),
            End::Uncompilable => Some(format!("{word}: {}", self.compiler)),
            End::Generated if compiled => Some("not compiled".to_owned()),
            End::Generated | End::Compiled => self.silent_trouble(),
        }
    }

    /// What is wrong although there is a crate.
    fn silent_trouble(&self) -> Option<String> {
        if self.peak > MEMORY {
            return Some(format!("{} MiB of memory", self.peak >> 20));
        }
        if !self.uncounted.is_empty() {
            return Some(format!("operations cannot be counted: {}", self.uncounted));
        }
        let lost: Vec<&str> = self.lost.iter().map(String::as_str).collect();
        (!lost.is_empty()).then(|| format!("operations lost without a word: {}", lost.join(", ")))
    }

    /// Whether the generator itself failed, which is the first thing to show.
    pub(super) fn crashed(&self) -> bool {
        matches!(self.end, End::Panic | End::Overflow | End::Timeout)
    }

    /// Lines of Rust for each operation.
    pub(super) fn lines_per_operation(&self) -> Option<f64> {
        (self.generated > 0).then(|| self.lines as f64 / self.generated as f64)
    }
}
