//! `oasmith check --coverage`: every keyword that a description uses, with what becomes of it.

use std::fmt::Write as _;

use crate::document::Documents;
use crate::normalize::{self, grammar::Disposition};
use crate::source::Files;

/// One line per keyword: what becomes of it, how often it is used, where it is used first.
pub fn table(documents: &Documents, files: &Files) -> String {
    let mut text = String::new();
    for row in normalize::coverage(documents) {
        let disposition = match row.disposition {
            Disposition::Modelled => "modelled".to_owned(),
            Disposition::PassedThrough => "passed through".to_owned(),
            Disposition::Reported(code) => format!("reported ({code})"),
        };
        let (line, column) = files.line_col(row.first);
        let _ = writeln!(
            text,
            "{disposition:32} {:>7} {:40} {}:{line}:{column}",
            row.count,
            format!("{} {}", row.object, row.keyword),
            files.path(row.first.file),
        );
    }
    text
}
