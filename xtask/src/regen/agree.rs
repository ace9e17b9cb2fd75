//! What breaks users has to be agreed to: `approvals.toml` beside the configuration.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use oasmith::diff::{Report, approvals};

use super::{Args, Made};

/// The file beside a configuration.
pub(super) fn path(config: &Path) -> PathBuf {
    config.with_file_name(approvals::FILE)
}

/// Reads the file; there is none as long as nothing was agreed to.
pub(super) fn read(config: &Path) -> Result<Vec<approvals::Approval>> {
    let path = path(config);
    match std::fs::read_to_string(&path) {
        Ok(text) => approvals::read(&text).map_err(|error| anyhow::anyhow!("{}: {error}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Writes the file, or removes it when nothing is left in it.
pub(super) fn write(config: &Path, approved: &[approvals::Approval]) -> Result<()> {
    let path = path(config);
    if approved.is_empty() {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    let text = approvals::write(approved).map_err(anyhow::Error::msg)?;
    std::fs::write(&path, text).with_context(|| path.display().to_string())
}

/// Whether everything that breaks is agreed to, and every agreement holds; agrees first when the arguments do.
pub(super) fn check(config: &Path, made: &Made, report: &Report, args: &Args) -> Result<bool> {
    let mut approved = read(config)?;
    let after = made.opened.side.surface();
    if let (Some(accepted), Some(why)) = (&args.accept, &args.why) {
        if report.fingerprint.as_ref() != Some(accepted) {
            let pending = report.fingerprint.as_deref().unwrap_or("nothing breaks");
            anyhow::bail!("{}: `{accepted}` is not what breaks; that is: {pending}", config.display());
        }
        approved = approvals::accept(&approved, report, why, &after);
        write(config, &approved)?;
    }
    let problems = approvals::check(&approved, report, &after);
    for problem in &problems {
        match problem {
            approvals::Problem::Missing(fingerprint) => {
                eprintln!("error: this breaks users, and nobody agreed to it");
                eprintln!("help: `cargo xtask regen --accept {fingerprint} --why \"…\"`");
            }
            approvals::Problem::Stale(fingerprint) => {
                let path = path(config);
                eprintln!("error: the approval {fingerprint} in {} is of what is no longer so", path.display());
                eprintln!("help: remove it");
            }
        }
    }
    Ok(problems.is_empty())
}
