//! `cargo xtask load`: a thousand calls of one client at once before a server that fails some of them.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// Options of `load`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many calls are made at once
    #[arg(long, default_value_t = 1000)]
    calls: usize,
}

/// Builds the program, runs it and says what it says.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--locked", "--quiet", "--package", "tests", "--bin", "load", "--"])
        .arg(args.calls.to_string())
        .current_dir(crate::root())
        .status()
        .context("cargo cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
