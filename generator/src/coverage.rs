//! `oasmith check --coverage`: every keyword that a description uses, with what becomes of it.

use std::fmt::Write as _;

use crate::document::Documents;
use crate::normalize::{self, CoverageRow, grammar::Disposition};
use crate::source::Files;

/// One line per keyword: what becomes of it, how often it is used, where it is used first.
pub fn table(documents: &Documents, files: &Files) -> String {
    let mut text = String::new();
    for row in normalize::coverage(documents) {
        let disposition = match row.disposition {
            Disposition::Reported(code) => format!("reported ({code})"),
            Disposition::Modelled | Disposition::PassedThrough => word(&row).to_owned(),
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

/// The same for programs: an array of objects.
pub fn json(documents: &Documents, files: &Files) -> serde_json::Value {
    let row = |row: &CoverageRow| {
        let (line, column) = files.line_col(row.first);
        let code = match row.disposition {
            Disposition::Reported(code) => Some(code.as_str()),
            Disposition::Modelled | Disposition::PassedThrough => None,
        };
        serde_json::json!({
            "object": row.object, "keyword": row.keyword, "disposition": word(row), "code": code, "count": row.count,
            "file": files.path(row.first.file), "line": line, "column": column,
        })
    };
    normalize::coverage(documents).iter().map(row).collect()
}

fn word(row: &CoverageRow) -> &'static str {
    match row.disposition {
        Disposition::Modelled => "modelled",
        Disposition::PassedThrough => "passed through",
        Disposition::Reported(_) => "reported",
    }
}
