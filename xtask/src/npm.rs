//! Packages from npm at fixed versions, installed below `target`; they run no scripts of theirs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Whether Node.js and npm can be run.
pub(crate) fn is_possible() -> bool {
    ["node", "npm"].iter().all(|program| {
        let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    })
}

/// Installs packages, each with its version, below `place` unless just these are there.
pub(crate) fn install(place: &Path, packages: &[(&str, &str)]) -> Result<()> {
    let wanted: serde_json::Map<String, serde_json::Value> =
        packages.iter().map(|(name, version)| ((*name).to_owned(), (*version).into())).collect();
    let wanted = serde_json::json!({ "private": true, "dependencies": wanted }).to_string();
    let is_there = || packages.iter().all(|(name, _)| place.join("node_modules").join(name).is_dir());
    let manifest = place.join("package.json");
    if is_there() && fs::read_to_string(&manifest).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    fs::create_dir_all(place)?;
    fs::write(&manifest, wanted)?;
    let status = Command::new("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        .current_dir(place)
        .stdout(Stdio::null())
        .status()
        .context("npm cannot be started")?;
    if !status.success() || !is_there() {
        // An installation that stopped halfway is not to be taken for a whole one.
        fs::remove_file(&manifest)?;
        bail!("npm could not install {packages:?}");
    }
    Ok(())
}
