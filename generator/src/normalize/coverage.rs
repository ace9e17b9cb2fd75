//! Which keywords a document uses, how often, and what becomes of each.

use std::collections::BTreeMap;

use super::grammar::{Disposition, Keyword, Kind};
use crate::document::Span;

/// A keyword that a document uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The kind of object it stands in.
    pub object: &'static str,
    /// The keyword.
    pub keyword: &'static str,
    /// What becomes of it.
    pub disposition: Disposition,
    /// How often it was met; an object that is referred to several times counts once.
    pub count: usize,
    /// Where it was met first.
    pub first: Span,
}

/// Counts while a document is walked.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    rows: BTreeMap<(Kind, &'static str), CoverageRow>,
}

impl Coverage {
    /// Notes one use.
    pub(super) fn count(&mut self, kind: Kind, keyword: &'static Keyword, span: Span) {
        let row = self.rows.entry((kind, keyword.name)).or_insert(CoverageRow {
            object: kind.grammar().name,
            keyword: keyword.name,
            disposition: keyword.disposition,
            count: 0,
            first: span,
        });
        row.count += 1;
        row.first = row.first.min(span);
    }

    /// The rows by kind of object and keyword.
    pub(super) fn into_rows(self) -> Vec<CoverageRow> {
        self.rows.into_values().collect()
    }
}
