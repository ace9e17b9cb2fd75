//! `oasmith check`: what is wrong with a description, and what of it is used.

use std::path::PathBuf;

use oasmith::job::{Job, Session};
use oasmith::report;

use super::description::Description;
use super::fix;
use super::output::{Deny, Format, Show, print, say};
use super::status::{FINE, USAGE, failure};
use super::timings::Clock;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    description: Description,
    /// List every keyword of the description with what becomes of it
    #[arg(long)]
    coverage: bool,
    /// Write an overlay that repairs what can be repaired safely; `repairs.yaml` beside the description when no path is given
    #[arg(long, value_name = "OVERLAY", num_args = 0..=1)]
    fix: Option<Option<PathBuf>>,
    /// Overwrite the overlay when it exists
    #[arg(long, requires = "fix")]
    force: bool,
    /// What else is a failure
    #[arg(long)]
    deny: Option<Deny>,
    #[command(flatten)]
    show: Show,
    /// Say on standard error what each stage costs, as it ends
    #[arg(long)]
    timings: bool,
}

impl Args {
    /// Where the overlay goes, when one is wanted.
    fn overlay(&self) -> Option<PathBuf> {
        let beside = || self.description.path().with_file_name("repairs.yaml");
        self.fix.as_ref().map(|path| path.clone().unwrap_or_else(beside))
    }
}

/// Prints what is found.
pub(super) fn run(args: &Args) -> u8 {
    let Some(job) = args.description.job() else { return USAGE };
    let job = Job { deny_warnings: args.deny.is_some(), ..job };
    let clock = Clock::new(args.timings, args.show.format);
    let mut session = Session::watched(clock.watch());
    let (mut coverage, mut entry) = (None, None);
    let made = job.load(&mut session).and_then(|loaded| {
        if args.coverage {
            coverage = Some(match args.show.format {
                Format::Text | Format::Github => oasmith::coverage::table(&loaded.documents, &session.files),
                Format::Json => oasmith::coverage::json(&loaded.documents, &session.files).to_string(),
            });
        }
        entry = loaded.documents.entry().filter(|_| args.fix.is_some()).cloned();
        job.generate(loaded, &mut session)
    });
    if made.is_ok() {
        clock.stop();
    }
    match (args.show.format, coverage) {
        (Format::Json, Some(coverage)) => {
            let diagnostics = report::json(&session.diagnostics, &session.files);
            say(format_args!("{{\"diagnostics\": {diagnostics}, \"coverage\": {coverage}}}\n"));
        }
        (_, coverage) => {
            print(&session, args.show);
            say(coverage.unwrap_or_default());
        }
    }
    let status = if made.is_ok() { FINE } else { failure(&session) };
    match (entry, args.overlay()) {
        (Some(entry), Some(path)) => fix::run(&entry, &path, args.force, &session).unwrap_or(status),
        _ => status,
    }
}
