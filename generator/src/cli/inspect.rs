//! `oasmith inspect`: what a stage makes of a description.

use oasmith::inspect;
use oasmith::job::Session;

use super::description::Description;
use super::output::{Show, print, say};
use super::status::{DOCUMENT, FINE, USAGE};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    description: Description,
    /// The stage whose result is printed
    #[arg(long)]
    stage: inspect::Stage,
}

/// Prints the stage.
pub(super) fn run(args: &Args) -> u8 {
    let Some(job) = args.description.job() else { return USAGE };
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
