//! `oasmith diff`: what changed between two documents, crates or revisions, and what it means.

use std::path::PathBuf;

use clap::ValueEnum;
use oasmith::diff::{self, Level, Side, show};
use oasmith::job::Session;
use oasmith::report::Color;
use oasmith::sides::{Given, OpenError};

use super::output::{Show, print, say};
use super::status::{BREAKS, FINE, USAGE, failure};

/// Exit status: 0 nothing breaks, 2 the command line is wrong or something cannot be read, 3 a document has errors,
/// 5 something breaks and `--deny breaking` was given.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A document, `oasmith.toml` or a generated crate; `REVISION:PATH` for one in git
    old: String,
    /// The same, later; not given with `--against`
    new: Option<String>,
    /// Compare OLD as it is with OLD at this revision
    #[arg(long, conflicts_with = "new")]
    against: Option<String>,
    /// The configuration of documents; by default `oasmith.toml` beside each
    #[arg(long)]
    config: Option<PathBuf>,
    /// How the report is printed
    #[arg(long, default_value = "text")]
    format: Format,
    /// What makes the command fail
    #[arg(long)]
    deny: Option<Deny>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For programs
    Json,
    /// One page that needs nothing else
    Html,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// A change that breaks users of the Rust API
    Breaking,
}

/// Prints the report.
pub(super) fn run(args: &Args) -> u8 {
    let Some((old, new)) = given(args) else {
        eprintln!("error: say what is compared with what: two paths, or one with `--against REVISION`");
        return USAGE;
    };
    let mut session = Session::default();
    let (before, after) = match open(&old, &new, &mut session) {
        Ok(sides) => sides,
        Err(OpenError::Document(_)) => {
            print(&session, Show::TEXT);
            return failure(&session);
        }
        Err(OpenError::Io(message)) => {
            eprintln!("error: {message}");
            return USAGE;
        }
    };
    let report = diff::compare(&before, &after);
    match args.format {
        Format::Html => say(show::html(&report, &before, &after)),
        Format::Text => say(show::text(&report, None, Color::Always)),
        Format::Json => say(format_args!("{}\n", show::json(&report))),
        Format::Github => say(show::github(&report)),
    }
    let breaks = report.level == Level::Major && args.deny.is_some();
    if breaks { BREAKS } else { FINE }
}

fn open(old: &Given, new: &Given, session: &mut Session) -> Result<(Side, Side), OpenError> {
    let before = old.open(None, session)?;
    let after = new.open(Some(&before.lock), session)?;
    Ok((before.side, after.side))
}

fn given(args: &Args) -> Option<(Given, Given)> {
    let old = parse(&args.old, args);
    match (&args.new, &args.against) {
        (Some(new), _) => Some((old, parse(new, args))),
        (None, Some(revision)) => Some((Given { revision: Some(revision.clone()), ..old.clone() }, old)),
        (None, None) => None,
    }
}

/// `REVISION:PATH`, unless there is a file of that name.
fn parse(text: &str, args: &Args) -> Given {
    let on_disk = Given { path: PathBuf::from(text), config: args.config.clone(), revision: None };
    match text.split_once(':') {
        Some((revision, path)) if revision.len() > 1 && !on_disk.path.exists() => {
            Given { path: PathBuf::from(path), revision: Some(revision.to_owned()), ..on_disk }
        }
        _ => on_disk,
    }
}
