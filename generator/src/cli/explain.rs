//! `oasmith explain`: what a diagnostic means.

use oasmith::explain;
use oasmith::report::Color;

use super::output::say;
use super::status::{FINE, USAGE};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The code, such as `unknown-reference`; all of them when it is not given
    code: Option<String>,
}

/// Prints the explanation, or the list of codes.
pub(super) fn run(args: &Args) -> u8 {
    match args.code.as_deref() {
        None => {
            say(explain::list());
            FINE
        }
        Some(code) => match explain::explain(code, Color::Always) {
            Ok(text) => {
                say(text);
                FINE
            }
            Err(message) => {
                eprintln!("error: {message}");
                USAGE
            }
        },
    }
}
