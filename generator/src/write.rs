//! The only place that writes to the disk: the files of a generated crate replace those of the run before, or nothing happens.
//!
//! [`plan`] compares and decides, [`apply`] carries out. Everything is first written beside its final place and only then
//! renamed over it, so a full disk changes nothing; the list of owned files is renamed last.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

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
        // The list of owned files follows from the others.
        let changes: Vec<&Change> = self.changes.iter().filter(|change| change.path != LIST).collect();
        if changes.is_empty() {
            return writeln!(formatter, "up to date");
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
            let _ = writeln!(text, "{} = \"{}\"", quoted(&input.name), hash(input.text.as_bytes()));
        }
    }
    text.push_str("\n[files]\n");
    for (path, content) in files {
        let _ = writeln!(text, "{} = \"{}\"", quoted(path), hash(content.as_bytes()));
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

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Compares the files with what is on the disk.
///
/// # Errors
///
/// When a file cannot be read, or when a path leads out of the directory through a symbolic link.
pub fn plan(directory: &Path, files: &Files) -> io::Result<Plan> {
    let owned = owned(directory)?;
    let mut plan = Plan::default();
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

/// Carries out a plan. Files that do not change are not written again.
///
/// # Errors
///
/// When the disk is full or a file cannot be written; nothing has been changed then.
pub fn apply(directory: &Path, files: &Files, plan: &Plan) -> io::Result<()> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let outcome = stage(directory, files, plan, &mut staged);
    if outcome.is_err() {
        for (temporary, _) in &staged {
            let _ = fs::remove_file(temporary);
        }
        return outcome;
    }
    // The list comes last: while it is old, the next run still knows what it may replace.
    staged.sort_by_key(|(_, place)| place.ends_with(LIST));
    for (temporary, place) in &staged {
        fs::rename(temporary, place)?;
    }
    for change in plan.changes.iter().filter(|change| change.kind == ChangeKind::Removed) {
        let place = inside(directory, &change.path)?;
        fs::remove_file(&place)?;
        remove_empty_parents(directory, &place);
    }
    Ok(())
}

fn stage(directory: &Path, files: &Files, plan: &Plan, staged: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    for change in plan.changes.iter().filter(|change| change.kind != ChangeKind::Removed) {
        let place = inside(directory, &change.path)?;
        let Some(content) = files.get(&change.path) else { continue };
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(".oasmith-new");
        let temporary = place.with_file_name(name);
        staged.push((temporary.clone(), place));
        fs::write(&temporary, content)?;
    }
    Ok(())
}

fn remove_empty_parents(directory: &Path, place: &Path) {
    for parent in place.ancestors().skip(1).take_while(|parent| *parent != directory) {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
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
    let Some(bytes) = read(&directory.join(LIST))? else { return Ok(BTreeMap::new()) };
    let text = String::from_utf8_lossy(&bytes);
    let table: toml::Table = text.parse().map_err(|error| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", directory.join(LIST).display()))
    })?;
    let files = table.get("files").and_then(toml::Value::as_table);
    let entries =
        files.into_iter().flatten().filter_map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned())));
    Ok(entries.collect())
}

/// Whether an edit by hand would be lost: the list is ours, and the names that are kept are what a generation begins with.
fn is_guarded(path: &str) -> bool {
    path != LIST && path != lock::FILE
}

/// How many lines come and how many go.
pub fn lines(old: &str, new: &str) -> (usize, usize) {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.iter_all_changes().fold((0, 0), |(come, go), change| match change.tag() {
        similar::ChangeTag::Insert => (come + 1, go),
        similar::ChangeTag::Delete => (come, go + 1),
        similar::ChangeTag::Equal => (come, go),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        let mut files: Files =
            entries.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect();
        let list = list(&files, &[]);
        files.insert(LIST.to_owned(), list);
        files
    }

    fn run(directory: &Path, files: &Files) -> Plan {
        let plan = plan(directory, files).unwrap();
        apply(directory, files, &plan).unwrap();
        plan
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let files = files(&[("src/lib.rs", "//! a\n"), ("Cargo.toml", "[package]\n")]);
        assert_eq!(run(directory.path(), &files).changes.len(), 3);
        let before = fs::metadata(directory.path().join("src/lib.rs")).unwrap().modified().unwrap();
        assert_eq!(run(directory.path(), &files), Plan::default());
        assert_eq!(fs::metadata(directory.path().join("src/lib.rs")).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn files_that_are_no_longer_generated_are_removed_and_others_stay() {
        let directory = tempfile::tempdir().unwrap();
        run(directory.path(), &files(&[("src/a.rs", "a"), ("src/deep/b.rs", "b")]));
        fs::write(directory.path().join("src/mine.rs"), "mine").unwrap();
        run(directory.path(), &files(&[("src/a.rs", "a")]));
        assert!(!directory.path().join("src/deep").exists());
        assert_eq!(fs::read_to_string(directory.path().join("src/mine.rs")).unwrap(), "mine");
    }

    #[test]
    fn an_edited_file_is_a_conflict() {
        let directory = tempfile::tempdir().unwrap();
        run(directory.path(), &files(&[("src/a.rs", "a")]));
        fs::write(directory.path().join("src/a.rs"), "edited").unwrap();
        assert_eq!(plan(directory.path(), &files(&[("src/a.rs", "new")])).unwrap().conflicts, ["src/a.rs"]);
    }

    #[test]
    fn a_hand_written_file_in_the_way_is_a_conflict() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("README.md"), "mine").unwrap();
        assert_eq!(plan(directory.path(), &files(&[("README.md", "theirs")])).unwrap().conflicts, ["README.md"]);
    }

    #[test]
    fn a_path_out_of_the_directory_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        for path in ["../x", "a/../../x", "/etc/x", "a//b", "c:\\x"] {
            let files = Files::from([(path.to_owned(), String::new())]);
            assert!(plan(directory.path(), &files).is_err(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), directory.path().join("src")).unwrap();
        assert!(plan(directory.path(), &files(&[("src/lib.rs", "x")])).is_err());
    }

    #[test]
    fn a_failed_write_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        run(directory.path(), &files(&[("a.rs", "old")]));
        // A directory stands where the second file has to go, so staging it fails.
        fs::create_dir_all(directory.path().join("b.rs.oasmith-new")).unwrap();
        let new = files(&[("a.rs", "new"), ("b.rs", "new")]);
        let plan = plan(directory.path(), &new).unwrap();
        assert!(apply(directory.path(), &new, &plan).is_err());
        assert_eq!(fs::read_to_string(directory.path().join("a.rs")).unwrap(), "old");
        assert!(!directory.path().join("a.rs.oasmith-new").exists());
    }
}
