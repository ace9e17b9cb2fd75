//! `oasmith inspect`: what a stage makes of a description.

use std::path::PathBuf;

use oasmith::inspect;
use oasmith::job::{Job, Session};

use super::output::{Show, print, say};
use super::status::{DOCUMENT, FINE};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The description
    spec: PathBuf,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
    /// The stage whose result is printed
    #[arg(long)]
    stage: inspect::Stage,
}

/// Prints the stage.
pub(super) fn run(args: &Args) -> u8 {
    let job = Job { spec: Some(args.spec.clone()), config: args.config.clone(), out: None, deny_warnings: false };
    let mut session = Session::default();
    let text = job.load(&mut session).and_then(|loaded| inspect::inspect(args.stage, loaded, &mut session.diagnostics));
    print(&session, Show::TEXT);
    match text {
        Ok(text) => {
            say(text);
            FINE
        }
        Err(_) => DOCUMENT,
    }
}
