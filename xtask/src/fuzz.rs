//! `cargo xtask fuzz`: every fuzz target below `tests/fuzz` for a while, with what each came to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

/// The version of `cargo-fuzz` that is installed when it is missing.
const CARGO_FUZZ: &str = "0.13.2";

/// All targets: those of the generator first.
const TARGETS: &[&str] =
    &["document", "structured", "settings", "events", "json_lines", "json", "dates", "rate_limits", "links"];

/// Options of `fuzz`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One target; all of them when it is not given
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// How long one input may take, in seconds of the clock on the wall
    #[arg(long, default_value_t = 2)]
    timeout: u32,
}

/// What a target came to.
struct Outcome {
    executions: String,
    passed: bool,
}

/// Builds the targets and runs them one after the other.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let targets: Vec<&str> = match &args.target {
        Some(target) => TARGETS.iter().copied().filter(|known| known == target).collect(),
        None => TARGETS.to_vec(),
    };
    if targets.is_empty() {
        bail!("there is no such target; there are {}", TARGETS.join(", "));
    }
    let cargo_fuzz = install()?;
    let mut failed = false;
    for target in targets {
        let outcome = fuzz(&cargo_fuzz, target, args)?;
        println!("{target:12} {:>10} executions  {}", outcome.executions, if outcome.passed { "ok" } else { "FAILED" });
        failed |= !outcome.passed;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The program, installed below `target` unless it is there.
fn install() -> Result<PathBuf> {
    let place = work().join("tools");
    let program = place.join("bin/cargo-fuzz");
    let version = Command::new(&program).args(["fuzz", "--version"]).output();
    if !version.is_ok_and(|found| String::from_utf8_lossy(&found.stdout).contains(CARGO_FUZZ)) {
        println!("installing cargo-fuzz {CARGO_FUZZ}");
        let status = Command::new(env!("CARGO"))
            .args(["install", "cargo-fuzz", "--locked", "--quiet", "--force", "--version", CARGO_FUZZ, "--root"])
            .arg(&place)
            .status()
            .context("cargo cannot be started")?;
        if !status.success() {
            bail!("cargo-fuzz {CARGO_FUZZ} could not be installed");
        }
    }
    Ok(program)
}

/// Runs one target; what makes it fail is kept and shown.
fn fuzz(cargo_fuzz: &Path, target: &str, args: &Args) -> Result<Outcome> {
    let (corpus, artifacts) = (work().join("corpus").join(target), work().join("artifacts").join(target));
    for place in [&corpus, &artifacts] {
        fs::create_dir_all(place)?;
    }
    if target == "document" {
        golden_descriptions(&corpus)?;
    }
    let fuzz_dir = crate::root().join("tests/fuzz");
    let run = Command::new(cargo_fuzz)
        .args(["fuzz", "run", "--fuzz-dir"])
        .arg(&fuzz_dir)
        .arg("--target-dir")
        .arg(work().join("build"))
        // Our code has nothing unsafe in it, and without a sanitizer the stable compiler will do.
        .args(["--sanitizer", "none", target])
        .arg(&corpus)
        .arg(fuzz_dir.join("seeds").join(target))
        .arg("--")
        .arg(format!("-dict={}", fuzz_dir.join("openapi.dict").display()))
        .arg(format!("-max_total_time={}", args.seconds))
        .arg(format!("-timeout={}", args.timeout))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-rss_limit_mb=1024", "-print_final_stats=1"])
        .current_dir(crate::root())
        .stdout(Stdio::inherit())
        .output()
        .context("cargo-fuzz cannot be started")?;
    let said = String::from_utf8_lossy(&run.stderr);
    if !run.status.success() {
        let from = said.find("panicked at").or_else(|| said.find("ERROR: ")).unwrap_or(0);
        eprintln!("{}", said.get(from..).unwrap_or(&said));
    }
    let count = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let executions = count.map(str::trim).unwrap_or("no").to_owned();
    Ok(Outcome { passed: run.status.success() && executions != "no", executions })
}

/// The descriptions of the golden crates are a good beginning.
fn golden_descriptions(corpus: &Path) -> Result<()> {
    for entry in fs::read_dir(crate::root().join("tests/golden"))? {
        let entry = entry?;
        let description = entry.path().join("openapi.yaml");
        if description.is_file() {
            fs::copy(description, corpus.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Where everything is that the task makes.
fn work() -> PathBuf {
    crate::root().join("target/fuzz")
}
