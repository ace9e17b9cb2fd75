//! The stages of a run, and who is told when one begins: for measuring, which the library itself never does.

/// A stage, in the order in which data passes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Files to trees, overlays applied.
    Read,
    /// Any version to one dialect.
    Normalize,
    /// Trees to types.
    Model,
    /// Parameters, servers and security settled.
    Resolve,
    /// What the client is.
    Ir,
    /// Every identifier.
    Names,
    /// The crate as items.
    Emit,
    /// The crate as text.
    Format,
    /// The crate on the disk.
    Write,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: &'static [Self] = &[
        Self::Read,
        Self::Normalize,
        Self::Model,
        Self::Resolve,
        Self::Ir,
        Self::Names,
        Self::Emit,
        Self::Format,
        Self::Write,
    ];

    /// The name as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Normalize => "normalize",
            Self::Model => "model",
            Self::Resolve => "resolve",
            Self::Ir => "ir",
            Self::Names => "names",
            Self::Emit => "emit",
            Self::Format => "format",
            Self::Write => "write",
        }
    }
}

/// Who is told when a stage begins; nobody by default.
#[derive(Default)]
pub struct Watch(Option<Box<dyn FnMut(Stage)>>);

impl Watch {
    /// Calls `watch` at the beginning of each stage.
    pub fn new(watch: impl FnMut(Stage) + 'static) -> Self {
        Self(Some(Box::new(watch)))
    }

    /// Tells that a stage begins.
    pub fn begins(&mut self, stage: Stage) {
        if let Some(watch) = &mut self.0 {
            watch(stage);
        }
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Watch").field(&self.0.is_some()).finish()
    }
}
