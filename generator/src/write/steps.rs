//! A plan as steps, in an order in which being stopped after any of them loses nothing.
//!
//! 1. [`BEGUN`] lists every file that will change. While it is there, the crate is still the one before.
//! 2. Every new content is written beside its place. A full disk or a directory that cannot be written to shows here.
//! 3. [`BEGUN`] is renamed to [`DECIDED`]: from now on the crate becomes the new one, by this run or by the next.
//! 4. Every new content is renamed over its place, the list of owned files last, and what is no longer generated is removed.
//! 5. [`DECIDED`] is removed.
//!
//! [`recover`] finishes what a run before began: it takes back 1 and 2, and carries on with 4 and 5.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::hidden;

use super::{ChangeKind, Files, LIST, Plan, hash, hashes, inside, read};

/// The list of changes while new contents are written beside the old ones.
pub(super) const BEGUN: &str = ".oasmith-begun";

/// The list of changes while new contents take the places of the old ones.
pub(super) const DECIDED: &str = ".oasmith-decided";

/// What is appended to the name of a file for its new content.
pub(super) const STAGED: &str = ".oasmith-new";

/// One thing to do; each is done or not done, whenever the program is stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Write a file that is not part of the crate yet.
    Write(PathBuf, String),
    /// Give a file another name, in the same directory.
    Rename(PathBuf, PathBuf),
    /// Remove a file.
    Remove(PathBuf),
}

/// Carries out a plan. Files that do not change are not written again.
///
/// # Errors
///
/// When the disk is full or a file cannot be written. Nothing has been changed then, unless the directory changed while
/// this ran: in that case the message says that the crate is half written, and the next run completes it.
pub fn apply(directory: &Path, files: &Files, plan: &Plan) -> io::Result<()> {
    if plan.changes.is_empty() {
        return Ok(());
    }
    let steps = steps(directory, files, plan)?;
    fs::create_dir_all(directory)?;
    for step in &steps {
        let Err(error) = step.carry_out() else { continue };
        if directory.join(DECIDED).exists() {
            let message = format!("{error}; the crate is half written, generate again to complete it");
            return Err(io::Error::new(error.kind(), message));
        }
        // The first error is the one to tell.
        let _ = recover(directory);
        return Err(error);
    }
    clean(
        directory,
        plan.changes.iter().filter(|change| change.kind == ChangeKind::Removed).map(|change| &*change.path),
    );
    Ok(())
}

/// What a plan comes to, in order.
pub(super) fn steps(directory: &Path, files: &Files, plan: &Plan) -> io::Result<Vec<Step>> {
    let (mut write, mut replace, mut remove) = (Vec::new(), Vec::new(), Vec::new());
    let mut journal = Journal::default();
    for change in &plan.changes {
        let place = inside(directory, &change.path)?;
        let before = read(&place)?.map(|old| hash(&old)).unwrap_or_default();
        // What is removed has a mark beside it, which shows that its directory can be written to.
        let content = match change.kind {
            ChangeKind::Added | ChangeKind::Changed => files.get(&change.path).cloned().unwrap_or_default(),
            ChangeKind::Removed => String::new(),
        };
        write.push(Step::Write(staged(&place), content));
        if change.kind == ChangeKind::Removed {
            remove.extend([Step::Remove(place.clone()), Step::Remove(staged(&place))]);
            journal.remove.insert(change.path.clone(), before);
        } else {
            replace.push(Step::Rename(staged(&place), place));
            journal.write.insert(change.path.clone(), before);
        }
    }
    // The list comes last: while it is old, the next run still knows what it may replace.
    replace.sort_by_key(|step| matches!(step, Step::Rename(_, place) if place.ends_with(LIST)));
    let (begun, decided) = (directory.join(BEGUN), directory.join(DECIDED));
    let mut steps = vec![Step::Write(begun.clone(), journal.text())];
    steps.append(&mut write);
    steps.push(Step::Rename(begun, decided.clone()));
    steps.append(&mut remove);
    steps.append(&mut replace);
    steps.push(Step::Remove(decided));
    Ok(steps)
}

impl Step {
    pub(super) fn carry_out(&self) -> io::Result<()> {
        let (done, place) = match self {
            Self::Write(place, content) => (write(place, content), place),
            Self::Rename(from, to) => (fs::rename(from, to), to),
            Self::Remove(place) => (remove(place), place),
        };
        done.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", place.display())))
    }
}

/// Whether a run before was stopped before it was done.
pub(super) fn is_interrupted(directory: &Path) -> bool {
    [BEGUN, DECIDED].iter().any(|name| directory.join(name).exists())
}

/// Completes what a run before began when it was stopped, or takes it back where nothing of the crate had changed yet.
/// Files that a person has edited meanwhile are kept. Whether there was something to do.
///
/// # Errors
///
/// When a file cannot be read, renamed or removed.
pub fn recover(directory: &Path) -> io::Result<bool> {
    let (begun, decided) = (directory.join(BEGUN), directory.join(DECIDED));
    if decided.exists() {
        complete(directory, &Journal::read(&decided)?)?;
        Step::Remove(decided).carry_out()?;
        return Ok(true);
    }
    if begun.exists() {
        // A list that was cut off was the first thing to be written: there is nothing else.
        take_back(directory, &Journal::read(&begun).unwrap_or_default())?;
        Step::Remove(begun).carry_out()?;
        return Ok(true);
    }
    Ok(false)
}

fn complete(directory: &Path, journal: &Journal) -> io::Result<()> {
    for (path, before) in &journal.remove {
        let place = inside(directory, path)?;
        if is_as_before(&place, before)? {
            Step::Remove(place.clone()).carry_out()?;
        }
        Step::Remove(staged(&place)).carry_out()?;
    }
    let list = journal.write.get_key_value(LIST);
    for (path, before) in journal.write.iter().filter(|(path, _)| *path != LIST).chain(list) {
        let place = inside(directory, path)?;
        let is_waiting = staged(&place).exists();
        if is_waiting && is_as_before(&place, before)? {
            Step::Rename(staged(&place), place).carry_out()?;
        } else {
            Step::Remove(staged(&place)).carry_out()?;
        }
    }
    clean(directory, journal.remove.keys().map(String::as_str));
    Ok(())
}

fn take_back(directory: &Path, journal: &Journal) -> io::Result<()> {
    for path in journal.write.keys().chain(journal.remove.keys()) {
        Step::Remove(staged(&inside(directory, path)?)).carry_out()?;
    }
    clean(directory, journal.write.keys().map(String::as_str));
    Ok(())
}

/// The files that change, each with the hash of what is there before; an empty one where there is nothing.
#[derive(Debug, Default)]
struct Journal {
    write: BTreeMap<String, String>,
    remove: BTreeMap<String, String>,
}

impl Journal {
    fn text(&self) -> String {
        let mut text = String::from(
            "# oasmith is writing these files, or was stopped while it did. The next run completes or takes back what is left.\n",
        );
        for (table, entries) in [("write", &self.write), ("remove", &self.remove)] {
            let _ = writeln!(text, "\n[{table}]");
            for (path, hash) in entries {
                let _ = writeln!(text, "{} = \"{hash}\"", hidden::toml(path));
            }
        }
        text
    }

    fn read(place: &Path) -> io::Result<Self> {
        Ok(Self { write: hashes(place, "write")?, remove: hashes(place, "remove")? })
    }
}

/// Where the new content of a file waits.
pub(super) fn staged(place: &Path) -> PathBuf {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(STAGED);
    place.with_file_name(name)
}

/// Whether a file still has the hash that was noted; an empty one says that there was no file.
fn is_as_before(place: &Path, before: &str) -> io::Result<bool> {
    Ok(read(place)?.map(|now| hash(&now)).unwrap_or_default() == before)
}

/// Writes a file that is not there; what a symbolic link of its name leads to is left alone.
fn write(place: &Path, content: &str) -> io::Result<()> {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)?;
    }
    remove(place)?;
    fs::File::create_new(place)?.write_all(content.as_bytes())
}

/// Removes a file; one that is not there is as good as removed.
fn remove(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes the directories above these files that hold nothing any more.
fn clean<'a>(directory: &Path, paths: impl Iterator<Item = &'a str>) {
    for path in paths {
        let place = directory.join(path);
        for parent in place.ancestors().skip(1).take_while(|parent| *parent != directory) {
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
}
