//! Commands, one file each: a command reads its arguments, calls the library and prints what it answers.
#![expect(clippy::print_stderr, reason = "errors are printed; answers go through `output::say`")]

mod check;
mod description;
mod diff;
mod explain;
mod fix;
mod generate;
mod init;
mod inspect;
mod output;
mod status;
mod timings;
mod watch;
mod why;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use status::{BUG, FINE, USAGE};

/// Reads an OpenAPI description and writes a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "oasmith", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a first `oasmith.toml` beside a description, and tell what was found in it
    Init(init::Args),
    /// Write the client crate for a description
    Generate(generate::Args),
    /// Say what is wrong with a description, and what of it is used
    Check(check::Args),
    /// Print what a stage of the generator makes of a description
    Inspect(inspect::Args),
    /// Say what changed between two documents, crates or revisions, and what it means for users of the Rust API
    Diff(diff::Args),
    /// Say which rule, overlay and line of the description made a Rust item, or what a line becomes
    Why(why::Args),
    /// Explain a diagnostic by its code
    Explain(explain::Args),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { FINE });
        }
    };
    // The deepest documents that are accepted need more stack than a main thread is sure to have.
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || dispatch(cli.command));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => ExitCode::from(status),
        Ok(Err(_)) => bug(),
        Err(error) => {
            eprintln!("error: no thread could be started: {error}");
            ExitCode::from(USAGE)
        }
    }
}

fn bug() -> ExitCode {
    eprintln!(
        "error: this is a bug in oasmith, not in the description; please report it with the description that shows it"
    );
    ExitCode::from(BUG)
}

fn dispatch(command: Command) -> u8 {
    match command {
        Command::Init(args) => init::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Explain(args) => explain::run(&args),
    }
}
