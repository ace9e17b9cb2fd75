//! `oasmith init`: a first `oasmith.toml` beside a description.

use std::io::ErrorKind;
use std::path::PathBuf;

use oasmith::job::{Job, Session};
use oasmith::{init, save};

use super::output::{Show, print, say};
use super::status::{FINE, USAGE, failure};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The description
    spec: PathBuf,
    /// The directory of the crate, relative to the description; by default it is called as the crate
    #[arg(long)]
    out: Option<String>,
}

/// Writes the configuration and says what was found; a configuration that is there is never touched.
pub(super) fn run(args: &Args) -> u8 {
    let path = args.spec.with_file_name("oasmith.toml");
    let display = path.display();
    if path.exists() {
        eprintln!("error: `{display}` exists and is kept");
        return USAGE;
    }
    let job = Job { spec: Some(args.spec.clone()), ..Job::default() };
    let mut session = Session::default();
    let started =
        job.load(&mut session).and_then(|loaded| init::start(loaded, args.out.as_deref(), &mut session.diagnostics));
    let started = match started {
        Ok(started) if !session.diagnostics.has_errors() => started,
        Ok(_) | Err(_) => {
            print(&session, Show::TEXT);
            return failure(&session);
        }
    };
    match save::save(&path, &started.config, false) {
        Ok(()) => {
            say(format_args!("wrote `{display}`\n"));
            for (word, what) in started.found {
                say(format_args!("  {word:12} {what}\n"));
            }
            say(format_args!("next: oasmith generate {}\n", args.spec.display()));
            FINE
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            eprintln!("error: `{display}` exists and is kept");
            USAGE
        }
        Err(error) => {
            eprintln!("error: `{display}` cannot be written: {error}");
            USAGE
        }
    }
}
