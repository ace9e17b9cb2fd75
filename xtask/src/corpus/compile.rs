//! `--compile`: `cargo check` of every crate in one workspace, so that what they depend on is compiled once and several
//! crates are compiled at a time. What was compiled with the same content is not compiled again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use heck::ToSnakeCase;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::progress::Progress;
use super::row::{End, Row};
use super::run;

/// What is known of a crate that was compiled.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Known {
    /// Of the crate and of the compiler.
    hash: String,
    /// The first complaint of the compiler; empty when there is none.
    complaint: String,
}

/// The results of runs before, by the name of the crate's directory.
type Store = BTreeMap<String, Known>;

/// Compiles what is generated and new.
pub(super) fn all(root: &Path, out: &Path, rows: &mut [Row], jobs: usize) -> Result<()> {
    let stored = out.join("compiled.json");
    let mut store: Store =
        fs::read_to_string(&stored).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    // What had a complaint is compiled again: it may have been the machine's or this task's fault.
    store.retain(|_, known| known.complaint.is_empty());
    let compiler = compiler()?;
    let mut hashes = BTreeMap::new();
    for row in rows.iter().filter(|row| row.end == End::Generated) {
        hashes.insert(row.name.clone(), hash(&run::place(out, row), &compiler)?);
    }
    let stale: Vec<&String> = hashes
        .iter()
        .filter(|(name, hash)| store.get(*name).is_none_or(|known| known.hash != **hash))
        .map(|(name, _)| name)
        .collect();
    println!("{} crates are compiled, {} are as they were", stale.len(), hashes.len() - stale.len());
    if !stale.is_empty() {
        workspace(root, out, &stale)?;
        check(out, &stale, jobs, |name, complaint| {
            if let Some(hash) = hashes.get(name) {
                store.insert(name.to_owned(), Known { hash: hash.clone(), complaint });
                // Written each time, so that a run that is ended goes on where it was.
                fs::write(&stored, serde_json::to_string_pretty(&store)?)?;
            }
            Ok(())
        })?;
    }
    for row in rows.iter_mut().filter(|row| row.end == End::Generated) {
        let known = store.get(&row.name).filter(|known| hashes.get(&row.name) == Some(&known.hash));
        row.compiler = known.map_or_else(|| "it was not reached".to_owned(), |known| known.complaint.clone());
        row.end = if row.compiler.is_empty() { End::Compiled } else { End::Uncompilable };
        if row.end == End::Compiled {
            row.stage = "compile".to_owned();
        }
    }
    Ok(())
}

fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc cannot be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The hash of every file of a crate, and of the compiler.
fn hash(place: &Path, compiler: &str) -> Result<String> {
    let mut files = Vec::new();
    let mut open = vec![place.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    hash.update(compiler);
    for path in files {
        hash.update(path.strip_prefix(place).unwrap_or(&path).to_string_lossy().as_bytes());
        hash.update(Sha256::digest(fs::read(&path)?));
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A workspace around the crates, each under a name of its own: two documents may have the same title.
fn workspace(root: &Path, out: &Path, names: &[&String]) -> Result<()> {
    let members: Vec<String> = names.iter().map(|name| format!("    \"crates/{name}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat());
    fs::write(out.join("Cargo.toml"), manifest)?;
    if !out.join("Cargo.lock").exists() {
        // The versions with which everything else is tested.
        fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock"))?;
    }
    for name in names {
        let path = out.join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(&path)?;
        let lines = text.lines().map(|line| match line.starts_with("name = ") {
            true => format!("name = {:?}", package(name)),
            false => line.to_owned(),
        });
        fs::write(&path, lines.collect::<Vec<_>>().join("\n") + "\n")?;
    }
    Ok(())
}

/// In snake case, as rustc asks of a crate's name.
fn package(name: &str) -> String {
    format!("corpus_{}", name.to_snake_case())
}

/// A line of `cargo check --message-format json`.
#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    message: Option<Complaint>,
}

#[derive(Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Complaint {
    level: String,
    rendered: Option<String>,
}

/// Runs cargo, and tells of each crate as soon as it is known how it went.
fn check(out: &Path, names: &[&String], jobs: usize, mut tell: impl FnMut(&str, String) -> Result<()>) -> Result<()> {
    let progress = Progress::new("compiled", names.len());
    let errors = fs::File::create(out.join("logs/cargo.err"))?;
    let mut child = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--lib", "--all-features", "--keep-going", "--message-format", "json", "--jobs"])
        .arg(jobs.to_string())
        .current_dir(out)
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .stdout(Stdio::piped())
        .stderr(Stdio::from(errors))
        .spawn()?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut complaints: BTreeMap<String, String> = BTreeMap::new();
    let mut begun = std::time::Instant::now();
    for line in BufReader::new(output).lines() {
        let Ok(message) = serde_json::from_str::<Message>(&line?) else { continue };
        let Some(name) = message.manifest_path.as_deref().and_then(|path| member(out, path)) else { continue };
        match (message.reason.as_str(), message.message) {
            ("compiler-message", Some(complaint)) if complaint.level == "error" || complaint.level == "warning" => {
                let log = complaints.entry(name).or_default();
                log.push_str(&complaint.rendered.unwrap_or_default());
            }
            ("compiler-artifact", _)
                if message.target.is_some_and(|target| target.kind.contains(&"lib".to_owned())) =>
            {
                progress.step(&format!(
                    "{:12} {name}, {:.1} s after the one before",
                    "compiled",
                    begun.elapsed().as_secs_f64()
                ));
                begun = std::time::Instant::now();
                tell(&name, String::new())?;
            }
            _ => {}
        }
    }
    child.wait()?;
    for (name, log) in complaints {
        fs::write(out.join("logs").join(format!("{name}.rustc")), &log)?;
        let first = log.lines().find(|line| line.starts_with("error") || line.starts_with("warning"));
        let complaint = format!("{} complaints; {}", log.matches("\n  --> ").count().max(1), first.unwrap_or_default());
        progress.step(&format!("{:12} {name}: {complaint}", "uncompilable"));
        tell(&name, complaint)?;
    }
    progress.finish();
    Ok(())
}

/// The directory of a crate of the workspace.
fn member(out: &Path, manifest: &Path) -> Option<String> {
    let place = manifest.parent()?.strip_prefix(out.join("crates")).ok()?;
    Some(place.to_string_lossy().into_owned())
}
