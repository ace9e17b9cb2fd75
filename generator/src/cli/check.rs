//! `oasmith check`: what is wrong with a description, and what of it is used.

use std::path::PathBuf;

use oasmith::job::{Job, Session};
use oasmith::report;

use super::output::{Deny, Format, Show, print};
use super::status::{FINE, failure};
use super::timings::Clock;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The description
    spec: PathBuf,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
    /// List every keyword of the description with what becomes of it
    #[arg(long)]
    coverage: bool,
    /// What else is a failure
    #[arg(long)]
    deny: Option<Deny>,
    #[command(flatten)]
    show: Show,
    /// Say on standard error what each stage costs, as it ends
    #[arg(long)]
    timings: bool,
}

/// Prints what is found.
pub(super) fn run(args: &Args) -> u8 {
    let job = Job {
        spec: Some(args.spec.clone()),
        config: args.config.clone(),
        out: None,
        deny_warnings: args.deny.is_some(),
    };
    let clock = Clock::new(args.timings, args.show.format);
    let mut session = Session::watched(clock.watch());
    let mut coverage = None;
    let made = job.load(&mut session).and_then(|loaded| {
        if args.coverage {
            coverage = Some(match args.show.format {
                Format::Text | Format::Github => oasmith::coverage::table(&loaded.documents, &session.files),
                Format::Json => oasmith::coverage::json(&loaded.documents, &session.files).to_string(),
            });
        }
        job.generate(loaded, &mut session)
    });
    if made.is_ok() {
        clock.stop();
    }
    match (args.show.format, coverage) {
        (Format::Json, Some(coverage)) => {
            let diagnostics = report::json(&session.diagnostics, &session.files);
            println!("{{\"diagnostics\": {diagnostics}, \"coverage\": {coverage}}}");
        }
        (_, coverage) => {
            print(&session, args.show);
            print!("{}", coverage.unwrap_or_default());
        }
    }
    if made.is_ok() { FINE } else { failure(&session) }
}
