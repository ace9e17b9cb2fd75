//! What reading alone takes: the events of a parser, thrown away.

use std::path::Path;

use anyhow::Result;
use granit_parser::Parser;

use super::measure;

/// CPU seconds of reading the bytes with `serde_json` (JSON) or as the events of `granit-parser` (YAML).
pub(super) fn cpu(path: &Path, rounds: usize) -> Result<f64> {
    let text = std::fs::read_to_string(path)?;
    if path.extension().is_some_and(|extension| extension == "json") {
        return Ok(measure::cpu(rounds, || {
            let read = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            std::hint::black_box(read.is_ok());
        }));
    }
    Ok(measure::cpu(rounds, || {
        std::hint::black_box(Parser::new_from_str(&text).filter(Result::is_ok).count());
    }))
}
