//! Regular expressions as JSON Schema has them: those of ECMA-262, which match anywhere unless they say otherwise.

use super::validate::Checker;
use regress::Regex;
use std::sync::OnceLock;

/// A regular expression that is compiled when it is first needed.
#[derive(Debug)]
#[allow(dead_code, reason = "the types that have patterns may belong to features that are off")]
pub(crate) struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

#[allow(dead_code, reason = "as above")]
impl Pattern {
    /// A regular expression that is known to compile.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceLock::new() }
    }

    fn is_in(&self, text: &str) -> bool {
        // Unicode mode knows `\p{Letter}`, but refuses escapes such as `\-` that many descriptions have.
        let compile = || Regex::with_flags(self.text, "u").or_else(|_| Regex::new(self.text)).ok();
        self.regex.get_or_init(compile).as_ref().is_none_or(|regex| regex.find(text).is_some())
    }
}

#[allow(dead_code, reason = "as above")]
impl Checker {
    /// `pattern`
    pub(crate) fn matches(&mut self, text: &str, pattern: &Pattern) {
        self.expect(pattern.is_in(text), || format!("a match of `{}`", pattern.text));
    }
}

/// A regular expression that is compiled once, however often the code around it runs.
#[allow(unused_macros, reason = "as above")]
macro_rules! pattern {
    ($text:literal) => {{
        static PATTERN: $crate::pattern::Pattern = $crate::pattern::Pattern::new($text);
        &PATTERN
    }};
}
