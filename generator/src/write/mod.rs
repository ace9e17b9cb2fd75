//! The only place that writes to the disk: the files of a generated crate replace those of the run before, or nothing happens.
//!
//! [`plan`] compares and decides, [`apply`] carries out; `steps` says in which order, and why being stopped at any point
//! leaves either the crate before or one that [`recover`] completes.

mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use steps::{apply, recover};

use sha2::{Digest, Sha256};

use crate::hidden;
use crate::lock;

/// Relative path with `/` → content.
pub type Files = BTreeMap<String, String>;

/// The name of the list of owned files.
pub const LIST: &str = ".oasmith";

/// What carrying out a plan would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write or to remove, sorted by path.
    pub changes: Vec<Change>,
    /// Files that a person made or edited and that the plan would overwrite or remove.
    pub conflicts: Vec<String>,
    /// A run before was stopped in the middle of writing, so that the crate may be a mixture until [`recover`] is called.
    pub interrupted: bool,
}

impl Plan {
    /// Whether the crate is just what would be written.
    pub fn is_up_to_date(&self) -> bool {
        self.changes.is_empty() && !self.interrupted
    }
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative path.
    pub path: String,
    /// What happens to it.
    pub kind: ChangeKind,
    /// Lines that come and lines that go.
    pub lines: (usize, usize),
}

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// Its content changes.
    Changed,
    /// It is no longer generated.
    Removed,
}

/// Longest list of files that a plan prints; a regenerated crate can have thousands.
const SHOWN: usize = 30;

impl std::fmt::Display for Plan {
    /// One line per changed file with the lines that come and go, then the totals.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.interrupted {
            writeln!(formatter, "a run before was stopped in the middle of writing; generate again to complete it")?;
        }
        // The list of owned files follows from the others.
        let changes: Vec<&Change> = self.changes.iter().filter(|change| change.path != LIST).collect();
        if changes.is_empty() {
            return if self.interrupted { Ok(()) } else { writeln!(formatter, "up to date") };
        }
        for change in changes.iter().take(SHOWN) {
            let (come, go) = change.lines;
            writeln!(formatter, "{:8} {} +{come} -{go}", change.kind.as_str(), change.path)?;
        }
        if changes.len() > SHOWN {
            writeln!(formatter, "and {} more", changes.len() - SHOWN)?;
        }
        let (come, go) = changes.iter().fold((0, 0), |(come, go), change| (come + change.lines.0, go + change.lines.1));
        let plural = if changes.len() == 1 { "" } else { "s" };
        writeln!(formatter, "{} file{plural}, +{come} -{go} lines", changes.len())
    }
}

impl ChangeKind {
    /// `added`, `changed` or `removed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// Something that a crate is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// What it is.
    pub kind: InputKind,
    /// Its file name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What an [`Input`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// `oasmith.toml`
    Config,
    /// A file of the description.
    Document,
    /// An overlay of the description.
    Overlay,
}

impl InputKind {
    /// Every kind, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Config, Self::Document, Self::Overlay];

    /// Its section in the list of owned files.
    pub fn section(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Document => "document",
            Self::Overlay => "overlay",
        }
    }
}

/// The list of owned files as text: the inputs with their hashes, then every file with its own.
pub fn list(files: &Files, inputs: &[Input]) -> String {
    let mut text = String::from(
        "# Files that oasmith owns in this crate, with their SHA-256. Hand-written files beside them are never touched.\n",
    );
    let _ = writeln!(text, "generator = \"{}\"", env!("CARGO_PKG_VERSION"));
    for kind in InputKind::ALL {
        let inputs: Vec<&Input> = inputs.iter().filter(|input| input.kind == kind).collect();
        if !inputs.is_empty() {
            let _ = writeln!(text, "\n[{}]", kind.section());
        }
        for input in inputs {
            let _ = writeln!(text, "{} = \"{}\"", hidden::toml(&input.name), hash(input.text.as_bytes()));
        }
    }
    text.push_str("\n[files]\n");
    for (path, content) in files {
        let _ = writeln!(text, "{} = \"{}\"", hidden::toml(path), hash(content.as_bytes()));
    }
    text
}

/// The hash that the list uses, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Compares the files with what is on the disk.
///
/// # Errors
///
/// When a file cannot be read, or when a path leads out of the directory through a symbolic link.
pub fn plan(directory: &Path, files: &Files) -> io::Result<Plan> {
    let owned = owned(directory)?;
    let mut plan = Plan { interrupted: steps::is_interrupted(directory), ..Plan::default() };
    for (path, content) in files {
        let place = inside(directory, path)?;
        let old = read(&place)?;
        match &old {
            Some(old) if old == content.as_bytes() => continue,
            Some(old) if is_guarded(path) && owned.get(path).is_none_or(|known| *known != hash(old)) => {
                plan.conflicts.push(path.clone());
            }
            _ => {}
        }
        let kind = if old.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
        let old = old.map(|old| String::from_utf8_lossy(&old).into_owned()).unwrap_or_default();
        plan.changes.push(Change { path: path.clone(), kind, lines: lines(&old, content) });
    }
    for (path, known) in owned.iter().filter(|(path, _)| !files.contains_key(*path)) {
        if let Some(old) = read(&inside(directory, path)?)? {
            if *known != hash(&old) {
                plan.conflicts.push(path.clone());
            }
            let lines = (0, String::from_utf8_lossy(&old).lines().count());
            plan.changes.push(Change { path: path.clone(), kind: ChangeKind::Removed, lines });
        }
    }
    plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(plan)
}

/// The place of a relative path; an error when the path, or a symbolic link on it, leads elsewhere.
fn inside(directory: &Path, path: &str) -> io::Result<PathBuf> {
    let mut place = directory.to_path_buf();
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." || part.contains(['\\', ':', '\0']) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("`{path}` is not a path inside the output directory"),
            ));
        }
        place.push(part);
        if place.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            let message = format!("`{}` is a symbolic link and may lead out of the output directory", place.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    Ok(place)
}

fn read(place: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", place.display()))),
    }
}

/// The files of the run before, with their hashes.
fn owned(directory: &Path) -> io::Result<BTreeMap<String, String>> {
    hashes(&directory.join(LIST), "files")
}

/// A table of paths and hashes in a file; empty when there is no file.
fn hashes(place: &Path, table: &str) -> io::Result<BTreeMap<String, String>> {
    let Some(bytes) = read(place)? else { return Ok(BTreeMap::new()) };
    let text = String::from_utf8_lossy(&bytes);
    let file: toml::Table = text
        .parse()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", place.display())))?;
    let entries = file.get(table).and_then(toml::Value::as_table).into_iter().flatten();
    Ok(entries.filter_map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned()))).collect())
}

/// Whether an edit by hand would be lost: the list is ours, and the names that are kept are what a generation begins with.
fn is_guarded(path: &str) -> bool {
    path != LIST && path != lock::FILE
}

/// How many lines come and how many go.
pub fn lines(old: &str, new: &str) -> (usize, usize) {
    if old.is_empty() || new.is_empty() {
        return (new.lines().count(), old.lines().count());
    }
    let diff = similar::TextDiff::from_lines(old, new);
    diff.iter_all_changes().fold((0, 0), |(come, go), change| match change.tag() {
        similar::ChangeTag::Insert => (come + 1, go),
        similar::ChangeTag::Delete => (come, go + 1),
        similar::ChangeTag::Equal => (come, go),
    })
}
