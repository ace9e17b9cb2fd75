//! `regen --split`: one commit per cause.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use oasmith::diff::{Cause, Side};
use oasmith::write;

use super::steps::Step;

/// Writes and commits what each cause makes of the crate, in order.
pub(super) fn split(config: &Path, out: &Path, old: &Side, steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        bail!("the inputs that the crate was made of are not in git, so the causes cannot be told apart");
    }
    if !git(&["diff", "--cached", "--name-only"])?.trim().is_empty() {
        bail!("something is staged already; commit it first");
    }
    let mut before = &old.files;
    let mut parts: Vec<&Step> = Vec::new();
    for step in steps {
        if step.side.files != *before {
            parts.push(step);
        }
        before = &step.side.files;
    }
    if parts.len() < 2 {
        let cause = parts.first().map_or("nothing", |step| step.cause.as_str());
        println!("one cause only ({cause}): nothing to split");
    }
    let split = parts.len() > 1;
    for step in parts {
        let plan = write::plan(out, &step.side.files)?;
        write::apply(out, &step.side.files, &plan)?;
        if split {
            commit(config, out, step)?;
        }
    }
    Ok(())
}

fn commit(config: &Path, out: &Path, step: &Step) -> Result<()> {
    let name = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let subject = match step.cause {
        Cause::Generator => format!("Regenerate {name}: another version of oasmith"),
        Cause::Config => format!("Regenerate {name}: its configuration"),
        Cause::Document => format!("Regenerate {name}: the description"),
        Cause::Overlay => format!("Regenerate {name}: overlays of the description"),
    };
    let inputs = step.inputs.iter().filter(|path| path.exists());
    let paths: BTreeSet<PathBuf> = inputs.cloned().chain([out.to_path_buf()]).collect();
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    git(&[&["add", "--all", "--"], paths.as_slice()].concat())?;
    git(&["commit", "--quiet", "--message", &subject])?;
    println!("{}: committed: {subject}", config.display());
    Ok(())
}

/// Runs git here and returns what it prints.
pub(super) fn git(arguments: &[&str]) -> Result<String> {
    let output = Command::new("git").args(arguments).output().context("git cannot be started")?;
    if !output.status.success() {
        bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
