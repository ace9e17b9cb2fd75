//! `cargo xtask regen`: the crate of every `specs/*/oasmith.toml`, made again.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use oasmith::job::{Job, Session};
use oasmith::report::{self, Color, Grouping};
use oasmith::write;

/// Options of `regen`
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Args {
    /// Change nothing; exit with status 1 if a crate is not what would be written
    #[arg(long)]
    check: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
}

const STALE: u8 = 1;
const EDITED: u8 = 2;
const DOCUMENT: u8 = 3;

/// Regenerates everything, or says what is stale; the exit status is the highest of all crates.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    // The deepest documents that are accepted need more stack than a main thread is sure to have.
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || all(args))?;
    match worker.join() {
        Ok(status) => Ok(ExitCode::from(status?)),
        Err(_) => anyhow::bail!("the generator failed; this is a bug in oasmith"),
    }
}

fn all(args: Args) -> Result<u8> {
    let root = crate::root();
    // Diagnostics name files the way a reader of the repository does.
    std::env::set_current_dir(&root)?;
    let mut status = 0;
    for config in configs(Path::new("specs"))? {
        status = status.max(one(&config, args)?);
    }
    Ok(status)
}

/// Every `specs/*/oasmith.toml`, sorted.
fn configs(specs: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(specs).with_context(|| format!("`{}` cannot be read", specs.display()))?;
    let mut configs = Vec::new();
    for entry in entries {
        let config = entry?.path().join("oasmith.toml");
        if config.is_file() {
            configs.push(config);
        }
    }
    configs.sort();
    Ok(configs)
}

fn one(config: &Path, args: Args) -> Result<u8> {
    let job = Job { config: Some(config.to_path_buf()), ..Job::default() };
    let mut session = Session::default();
    let made = job.load(&mut session).and_then(|loaded| {
        let out = loaded.out.clone();
        job.generate(loaded, &mut session).map(|output| (out, output))
    });
    let color = if std::io::stderr().is_terminal() { Color::Always } else { Color::Never };
    eprint!("{}", report::text(&session.diagnostics, &session.files, color, Grouping::Causes));
    let Ok((out, output)) = made else {
        eprintln!("{}: {}", config.display(), report::summary(&session.diagnostics).unwrap_or_default());
        return Ok(DOCUMENT);
    };
    let out = out.with_context(|| format!("{}: `output` says where the crate goes", config.display()))?;
    if !args.check {
        write::recover(&out).with_context(|| format!("{} cannot be completed", out.display()))?;
    }
    let plan = write::plan(&out, &output.files).with_context(|| format!("{} cannot be compared", out.display()))?;
    if !plan.conflicts.is_empty() && !args.force {
        for path in &plan.conflicts {
            eprintln!("error: `{}` was written or edited by hand and is kept", out.join(path).display());
        }
        eprintln!("help: move the change elsewhere, or overwrite it with `--force`");
        return Ok(EDITED);
    }
    println!("{}: {}", config.display(), output.summary);
    print!("{plan}");
    if args.check {
        return Ok(if plan.is_up_to_date() { 0 } else { STALE });
    }
    write::apply(&out, &output.files, &plan).with_context(|| format!("{} cannot be written", out.display()))?;
    Ok(0)
}
