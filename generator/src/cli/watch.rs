//! `oasmith generate --watch`: the crate made again whenever something that it is made of is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher};
use oasmith::diff::{self, Side, show};
use oasmith::report::Color;
use oasmith::sides::Given;
use oasmith::write::Files;

/// How long nothing has to be saved before the crate is made again: editors write a file in several steps.
const CALM: Duration = Duration::from_millis(150);

/// Calls `make` now and after every change of the files that it returns; ends only when they cannot be watched.
pub(super) fn watch(mut make: impl FnMut() -> Vec<PathBuf>) -> notify::Result<()> {
    loop {
        let inputs: BTreeSet<PathBuf> = make().iter().filter_map(|path| std::path::absolute(path).ok()).collect();
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender)?;
        // Folders, because editors replace files by new ones.
        let folders: BTreeSet<&Path> = inputs.iter().filter_map(|path| path.parent()).collect();
        for folder in folders {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        wait(&events, &inputs)?;
    }
}

/// Returns when an input was saved and nothing has happened for a moment.
fn wait(events: &Receiver<notify::Result<Event>>, inputs: &BTreeSet<PathBuf>) -> notify::Result<()> {
    loop {
        let Ok(event) = events.recv() else { return Ok(()) };
        let event = event?;
        if !event.kind.is_access() && event.paths.iter().any(|path| inputs.contains(path)) {
            break;
        }
    }
    while events.recv_timeout(CALM).is_ok() {}
    Ok(())
}

/// What the files mean for users of the crate that is there.
pub(super) fn report(out: &Path, files: &Files) -> String {
    let given = Given { path: out.to_path_buf(), config: None, revision: None };
    let Ok(before) = given.crate_files(out) else { return String::new() };
    let (old, new) = (Side::of_crate("before", before), Side::of_crate("after", files.clone()));
    if !old.surface().is_comparable() {
        return String::new();
    }
    show::text(&diff::compare(&old, &new), Some(20), Color::Always)
}
