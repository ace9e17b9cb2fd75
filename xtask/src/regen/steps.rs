//! What each cause alone makes of a crate: the generator on the old inputs first, then one new input after the other.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use oasmith::diff::{Cause, Inputs, Side};
use oasmith::job::{Job, Session};
use oasmith::sides;
use oasmith::source::Source;
use oasmith::{git, lock};

use super::Made;

/// A crate after one more cause was applied.
pub(super) struct Step {
    /// The cause.
    pub(super) cause: Cause,
    /// The crate.
    pub(super) side: Side,
    /// The inputs that are new in this step.
    pub(super) inputs: Vec<PathBuf>,
}

/// The crate after each cause, or nothing when the old inputs are not at hand: then only the hashes can tell.
pub(super) fn steps(config: &Path, revision: &str, old: &Side, made: &Made) -> Vec<Step> {
    let Some(first) = step(config, revision, old, made, Cause::Generator) else { return Vec::new() };
    // The inputs of the revision have to be those that the old crate was made of.
    let (then, found) = (Inputs::read(&old.files), Inputs::read(&first.side.files));
    if then.differing(&found).iter().any(|cause| *cause != Cause::Generator) {
        return Vec::new();
    }
    let mut steps = vec![first];
    for cause in [Cause::Config, Cause::Document] {
        steps.extend(step(config, revision, old, made, cause));
    }
    // With every input new, the crate is the one that is written.
    let inputs = paths(config, made, Cause::Overlay);
    steps.push(Step { cause: Cause::Overlay, side: made.opened.side.clone(), inputs });
    steps
}

/// The crate with what belongs to this cause, and to those before it, as it is now.
fn step(config: &Path, revision: &str, old: &Side, made: &Made, cause: Cause) -> Option<Step> {
    let new: BTreeSet<PathBuf> =
        Cause::ALL.into_iter().filter(|one| *one <= cause).flat_map(|one| paths(config, made, one)).collect();
    let read = |path: &Path| -> io::Result<Vec<u8>> {
        if path.ends_with(lock::FILE) {
            let names = old.files.get(lock::FILE).ok_or(io::ErrorKind::NotFound)?;
            return Ok(names.clone().into_bytes());
        }
        if new.contains(path) { Source::read(path).map(|source| source.bytes) } else { git::read(revision, path) }
    };
    let job = Job { config: Some(config.to_path_buf()), ..Job::default() };
    let mut session = Session::default();
    let opened = sides::make(&job, revision.to_owned(), &read, None, &mut session).ok()?;
    Some(Step { cause, side: opened.side, inputs: paths(config, made, cause) })
}

/// The files that a cause is about.
fn paths(config: &Path, made: &Made, cause: Cause) -> Vec<PathBuf> {
    match cause {
        Cause::Generator => Vec::new(),
        Cause::Config => vec![config.to_path_buf()],
        Cause::Document => {
            let documents = made.opened.documents.iter().flat_map(|documents| &documents.roots);
            documents.map(|document| document.path.clone()).collect()
        }
        Cause::Overlay => made.opened.overlays.clone(),
    }
}
