//! Tasks of this workspace: `cargo xtask regen`, `cargo xtask ci` and those that measure.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to the person who runs them")]

mod bench;
mod ci;
mod contract;
mod corpus;
mod fuzz;
mod keywords;
mod load;
mod locality;
mod npm;
mod regen;
mod roundtrip;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of this workspace
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Regenerate the crate of every `specs/*/oasmith.toml`
    Regen(regen::Args),
    /// Write a page about what regenerating changes, to be looked at in a browser
    Review(regen::review::Args),
    /// Edit descriptions, and see which files and lines of the crate each edit touches
    Locality(locality::Args),
    /// What generating costs, how large the output is, and how fast it compiles and runs
    Bench(bench::Args),
    /// Everything that has to hold before a change is merged
    Ci(ci::Args),
    /// Generate every document of the corpus and report how far each one comes
    Corpus(corpus::Args),
    /// Random values of every named schema decode and come back the same
    Roundtrip(roundtrip::Args),
    /// Extract from the official schemas of OpenAPI which keywords each kind of object has
    Keywords(keywords::Args),
    /// Call every operation of generated clients on a mock server that checks the requests
    Contract(contract::Args),
    /// Search for input that makes the generator or the parsers of the runtime fail
    Fuzz(fuzz::Args),
    /// Make a thousand calls at once before a server that fails some of them, and report what became of them
    Load(load::Args),
    /// Check that the client builds for browsers
    Wasm(wasm::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.task {
        Task::Regen(args) => regen::run(args),
        Task::Review(args) => regen::review::run(args),
        Task::Locality(args) => locality::run(args),
        Task::Bench(args) => bench::run(&args),
        Task::Ci(args) => ci::run(&args),
        Task::Corpus(args) => corpus::run(&args),
        Task::Roundtrip(args) => roundtrip::run(&args),
        Task::Keywords(args) => keywords::run(&args),
        Task::Contract(args) => contract::run(&args),
        Task::Fuzz(args) => fuzz::run(&args),
        Task::Load(args) => load::run(&args),
        Task::Wasm(args) => wasm::run(&args),
    };
    match outcome {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}
