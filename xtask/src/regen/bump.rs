//! `regen --bump`: the version that everything since the last one asks for, and its entry in the changelog.

use std::path::Path;

use anyhow::{Context, Result};
use oasmith::diff::{self, Level, Side, show};
use oasmith::sides::Given;
use oasmith::write;

use super::commit::git;
use super::{Args, Made, agree};

/// The name of the changelog in the crate; it is nobody's but the crate's, so it is not among the generated files.
const CHANGELOG: &str = "CHANGELOG.md";

/// Writes version, crate and changelog.
pub(super) fn bump(config: &Path, made: &Made, args: &Args) -> Result<u8> {
    let before = published(config, made, args)?;
    let report = diff::compare(&before, &made.opened.side);
    let Some((old, new)) = report.versions.clone().filter(|_| report.level != Level::None) else {
        println!("nothing changed since the last version");
        return Ok(0);
    };
    set_version(config, &new)?;
    let Some(again) = super::make(config, args)? else {
        anyhow::bail!("the new version makes the configuration wrong")
    };
    write::apply(&again.out, &again.opened.side.files, &again.plan)?;
    let approved = agree::read(config)?;
    let reasons: Vec<String> = approved.into_iter().map(|approval| approval.why).collect();
    let path = made.out.join(CHANGELOG);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, show::changelog(&text, &new, &report, &reasons))
        .with_context(|| path.display().to_string())?;
    agree::write(config, &[])?;
    println!("version {old} is {new} now; {} has its entry", path.display());
    Ok(0)
}

/// The crate as of the last version: when its number was written last, or at the revision that was asked for.
fn published(config: &Path, made: &Made, args: &Args) -> Result<Side> {
    let manifest = made.out.join("Cargo.toml").display().to_string();
    let revision = match &args.against {
        Some(revision) => revision.clone(),
        None => git(&["log", "-1", "--format=%H", "-G", "^version = ", "--", &manifest])?.trim().to_owned(),
    };
    if revision.is_empty() {
        anyhow::bail!("git does not know when the version was written last; say with what to compare by `--against`");
    }
    let given = Given { path: made.out.clone(), config: None, revision: Some(revision.clone()) };
    let files = given.crate_files(&made.out).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut side = Side::of_crate(given.name(), files);
    if !side.surface().is_comparable() {
        let steps = super::steps::steps(config, &revision, &side, made);
        let first = steps.first().context("the last version was made by an older oasmith, and not of files in git")?;
        super::comparable(&mut side, &first.side);
    }
    Ok(side)
}

/// Sets `package.version`, and leaves everything else in the file as it is.
fn set_version(config: &Path, version: &str) -> Result<()> {
    let text = std::fs::read_to_string(config)?;
    let mut document: toml_edit::DocumentMut =
        text.parse().with_context(|| format!("{} cannot be read", config.display()))?;
    let package = document.entry("package").or_insert_with(toml_edit::table);
    let package =
        package.as_table_like_mut().with_context(|| format!("{}: `package` is no table", config.display()))?;
    package.insert("version", toml_edit::value(version));
    std::fs::write(config, document.to_string())?;
    Ok(())
}
