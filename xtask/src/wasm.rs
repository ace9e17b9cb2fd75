//! `cargo xtask wasm`: clients build for browsers, with the transport over `fetch` and without one: that of Close, and those
//! of the golden descriptions, which need every part of the runtime.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use oasmith::job::{Job, Session};
use oasmith::write;

const TARGET: &str = "wasm32-unknown-unknown";

/// Options of `wasm`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Succeed, and say so, where the target cannot be installed
    #[arg(long)]
    allow_missing: bool,
}

/// Installs the target when it is missing, and checks the clients for it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let added = Command::new("rustup").args(["target", "add", TARGET]).status();
    if !added.is_ok_and(|status| status.success()) {
        println!("the check for browsers did NOT run: `rustup target add {TARGET}` failed");
        return Ok(if args.allow_missing { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let golden = golden()?;
    for features in ["full", "full,reqwest,serde,tracing"] {
        let close = clippy(&crate::root(), &["-p", "close-client", "--locked"], features)?;
        if !close || !clippy(&golden, &["--workspace"], features)? {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn clippy(place: &Path, packages: &[&str], features: &str) -> Result<bool> {
    let status = Command::new(env!("CARGO"))
        .arg("clippy")
        .args(packages)
        .args(["--target", TARGET, "--no-default-features", "--features", features, "--"])
        .args(["-D", "warnings"])
        .current_dir(place)
        .env("CARGO_TARGET_DIR", crate::root().join("target"))
        .status()
        .context("cargo cannot be started")?;
    Ok(status.success())
}

/// A workspace of the golden crates, made anew.
fn golden() -> Result<PathBuf> {
    let place = crate::root().join("target/wasm");
    let descriptions = crate::root().join("tests/golden");
    for entry in fs::read_dir(&descriptions).with_context(|| descriptions.display().to_string())? {
        let entry = entry?;
        let spec = entry.path().join("openapi.yaml");
        let (job, mut session) = (Job { spec: Some(spec.clone()), ..Job::default() }, Session::default());
        let made = job.load(&mut session).and_then(|loaded| job.generate(loaded, &mut session));
        let Ok(output) = made else { anyhow::bail!("{} cannot be generated", spec.display()) };
        let out = place.join(entry.file_name());
        write::apply(&out, &output.files, &write::plan(&out, &output.files)?)?;
    }
    fs::write(place.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n")?;
    fs::copy(crate::root().join("Cargo.lock"), place.join("Cargo.lock"))?;
    Ok(place)
}
