//! A single file that is written for a person: an overlay of repairs, a first `oasmith.toml`.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file. One that is there is kept, and that is an error, unless `force` says otherwise.
///
/// # Errors
///
/// `AlreadyExists` when the file is there; anything else when the disk fails.
pub fn save(path: &Path, text: &str, force: bool) -> io::Result<()> {
    if force {
        return std::fs::write(path, text);
    }
    // One step: nobody can put a file there in between.
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
