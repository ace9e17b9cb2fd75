//! How diagnostics and answers are printed.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use clap::ValueEnum;
use oasmith::job::Session;
use oasmith::report::{self, Color, Grouping};

use super::status::USAGE;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, with the lines of the files
    Text,
    /// For programs: an array with every problem
    Json,
    /// For GitHub Actions: annotations beside the lines of a pull request
    Github,
}

/// Which diagnostics are printed, and how.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Show {
    /// How diagnostics are printed
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Show each problem, also when there are many like it
    #[arg(long)]
    all: bool,
}

impl Show {
    /// What a command without these options does.
    pub(super) const TEXT: Self = Self { format: Format::Text, all: false };
}

/// Writes an answer to standard output, without its colors where that is no terminal.
pub(super) fn say(text: impl Display) {
    let mut output = anstream::stdout();
    match write!(output, "{text}").and_then(|()| output.flush()) {
        Ok(()) => {}
        // Who reads has seen enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => {
            eprintln!("error: standard output cannot be written: {error}");
            std::process::exit(USAGE.into());
        }
    }
}

/// Diagnostics go to standard error as text, to standard output for programs.
pub(super) fn print(session: &Session, show: Show) {
    let Session { diagnostics, files, .. } = session;
    let grouping = if show.all { Grouping::Nothing } else { Grouping::Causes };
    match show.format {
        Format::Json => say(format_args!("{}\n", report::json(diagnostics, files))),
        Format::Github => say(report::github(diagnostics, files, grouping)),
        Format::Text => {
            anstream::eprint!("{}", report::text(diagnostics, files, Color::Always, grouping));
            if let Some(summary) = report::summary(diagnostics) {
                eprintln!("{summary}");
            }
        }
    }
}
