//! Files as they were at a revision, by the `git` that is installed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::source::normalized;

/// The bytes of a file at a revision.
///
/// # Errors
///
/// `NotFound` when the revision has no such file; others when there is no git, no repository or no such revision.
pub fn read(revision: &str, path: &Path) -> io::Result<Vec<u8>> {
    let path = normalized(&std::path::absolute(path)?);
    let root = root(&path)?;
    let relative = path.strip_prefix(&root).map_err(|_| io::Error::other("the file is outside of the repository"))?;
    let name = relative.to_string_lossy().replace('\\', "/");
    // Told apart from a missing file, whose message depends on the language of the system.
    run(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
        .map_err(|_| io::Error::other(format!("git knows no revision `{revision}`")))?;
    run(&root, &["cat-file", "blob", &format!("{revision}:{name}")])
        .map_err(|error| io::Error::new(io::ErrorKind::NotFound, error))
}

/// The root of the repository that a path is in, also when the path itself is gone.
fn root(path: &Path) -> io::Result<PathBuf> {
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let root = run(folder, &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end());
    // The path is taken as it is given: links on the way to the repository are not followed by git alone.
    let canonical = folder.canonicalize()?;
    let inside = canonical.strip_prefix(root.canonicalize()?).map_err(io::Error::other)?.components().count();
    Ok(folder.ancestors().nth(inside).unwrap_or(folder).to_path_buf())
}

fn run(folder: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
