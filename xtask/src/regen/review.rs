//! `cargo xtask review`: a page about what a regeneration would change, or has changed since a revision.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use oasmith::diff::show;

use super::{compare, configs, make};

/// Options of `review`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// Compare with the crates at this revision
    #[arg(long, default_value = "HEAD")]
    against: String,
    /// Where the pages go, one per crate
    #[arg(long, default_value = "target/review")]
    out: PathBuf,
}

/// Writes one page per crate and prints where they are.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || all(&args))?;
    worker.join().unwrap_or_else(|_| anyhow::bail!("the generator failed; this is a bug in oasmith"))
}

fn all(args: &Args) -> Result<ExitCode> {
    std::env::set_current_dir(crate::root())?;
    std::fs::create_dir_all(&args.out)?;
    let options = super::Args::against(&args.against);
    for config in configs(std::path::Path::new("specs"))? {
        let Some(made) = make(&config, &options)? else { return Ok(ExitCode::from(super::DOCUMENT)) };
        let (old, _, report) = compare(&config, &made, &options)?;
        let name = made.out.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let page = args.out.join(format!("{name}.html"));
        std::fs::write(&page, show::html(&report, &old, &made.opened.side))
            .with_context(|| page.display().to_string())?;
        println!("{}", page.display());
    }
    Ok(ExitCode::SUCCESS)
}
