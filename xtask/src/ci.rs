//! `cargo xtask ci`: everything that has to hold before a change is merged.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// Options of `ci`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Leave out the tests, which have just been run
    #[arg(long)]
    after_tests: bool,
}

/// The steps, in the order in which they say most for the least time.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("generated code is up to date", &["xtask", "regen", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    (
        "lints of the client, bare",
        &["clippy", "-p", "close-client", "--no-default-features", "--locked", "--", "-D", "warnings"],
    ),
    (
        "lints of the client, one tag and blocking calls",
        &[
            "clippy",
            "-p",
            "close-client",
            "--no-default-features",
            "-F",
            "pipelines,blocking",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "lints of the client with every feature",
        &["clippy", "-p", "close-client", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"],
    ),
    ("lints of the client in a browser", &["xtask", "wasm", "--allow-missing"]),
    ("documentation", &["doc", "--workspace", "--no-deps", "--all-features", "--locked"]),
    ("values go through the clients of our own documents", &["xtask", "roundtrip", "--own"]),
    ("edits of the description touch what they are about", &["xtask", "locality", "--own"]),
    ("requests hold before a mock server", &["xtask", "contract", "--allow-missing"]),
    ("every document of the corpus is generated and explained", &["xtask", "corpus"]),
    ("tests", &["test", "--workspace", "--locked"]),
];

/// Runs every step, also after one has failed, and lists the failures.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut failed = Vec::new();
    let steps = STEPS.iter().filter(|(name, _)| *name != "tests" || !args.after_tests);
    for (name, arguments) in steps {
        println!("== {name}: cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO"))
            .args(*arguments)
            .env("RUSTDOCFLAGS", "-D warnings")
            .current_dir(crate::root())
            .status()
            .with_context(|| format!("`cargo {}` cannot be started", arguments.join(" ")))?;
        if !status.success() {
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        println!("== all steps passed");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("== failed: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}
