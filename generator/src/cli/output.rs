//! How diagnostics are printed.

use std::io::IsTerminal;

use clap::ValueEnum;
use oasmith::job::Session;
use oasmith::report::{self, Color};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// Diagnostics go to standard error as text, to standard output as JSON.
pub(super) fn print(session: &Session, format: Format) {
    match format {
        Format::Json => println!("{}", report::json(&session.diagnostics, &session.files)),
        Format::Text => {
            let color = if std::io::stderr().is_terminal() { Color::Always } else { Color::Never };
            eprint!("{}", report::text(&session.diagnostics, &session.files, color));
            if let Some(summary) = report::summary(&session.diagnostics) {
                eprintln!("{summary}");
            }
        }
    }
}
