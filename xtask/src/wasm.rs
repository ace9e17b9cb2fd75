//! `cargo xtask wasm`: the client builds for browsers, with the transport over `fetch` and without one.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

const TARGET: &str = "wasm32-unknown-unknown";

/// Options of `wasm`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Succeed, and say so, where the target cannot be installed
    #[arg(long)]
    allow_missing: bool,
}

/// Installs the target when it is missing, and checks the client for it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let added = Command::new("rustup").args(["target", "add", TARGET]).status();
    if !added.is_ok_and(|status| status.success()) {
        println!("the check for browsers did NOT run: `rustup target add {TARGET}` failed");
        return Ok(if args.allow_missing { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    for features in ["full", "full,reqwest,serde,tracing"] {
        let status = Command::new(env!("CARGO"))
            .args(["clippy", "-p", "close-client", "--target", TARGET, "--no-default-features", "--locked"])
            .args(["--features", features, "--", "-D", "warnings"])
            .current_dir(crate::root())
            .status()
            .context("cargo cannot be started")?;
        if !status.success() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
