//! `oasmith check --fix`: an overlay that says what the generator read in place of what is written.

use std::path::Path;

use oasmith::document::Document;
use oasmith::job::Session;
use oasmith::{repair, save};

use super::status::USAGE;

/// Writes the overlay; `Some` is the exit status when that fails.
pub(super) fn run(entry: &Document, path: &Path, force: bool, session: &Session) -> Option<u8> {
    let overlay = repair::overlay(entry, &session.diagnostics);
    if overlay.elsewhere > 0 {
        let (count, name) = (overlay.elsewhere, entry.name());
        eprintln!(
            "{count} can be repaired, but not by an overlay: they are not in `{name}` itself, or something else is in the way"
        );
    }
    let Some(text) = overlay.text else {
        eprintln!("nothing can be repaired by an overlay");
        return None;
    };
    let display = path.display();
    let is_applied = session.files.iter().any(|(known, _)| Path::new(known) == path);
    if is_applied {
        eprintln!("error: `{display}` is applied already, and what it repairs would be lost; write to another file");
        return Some(USAGE);
    }
    match save::save(path, &text, force) {
        Ok(()) => {
            let count = overlay.mended;
            eprintln!("{count} repaired by `{display}`; add it to `overlays` in `oasmith.toml`");
            None
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            eprintln!("error: `{display}` exists; overwrite it with `--force`");
            Some(USAGE)
        }
        Err(error) => {
            eprintln!("error: `{display}` cannot be written: {error}");
            Some(USAGE)
        }
    }
}
