//! `BENCH.md`: each part stands between marks, so that a run replaces what it measured and leaves the rest.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// The file.
pub(super) struct Report {
    path: PathBuf,
}

impl Report {
    /// The report at a path.
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_path_buf() }
    }

    /// Prints one part and puts it into the file, in place of what was there.
    pub(super) fn part(&mut self, name: &str, body: String) -> Result<()> {
        println!("\n{body}");
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        let (begin, end) = (format!("<!-- bench: {name} -->\n"), format!("<!-- end of bench: {name} -->\n"));
        let command = format!("Made by `cargo xtask bench --{name}`");
        let machine = format!("{} on {} cores", rustc(), std::thread::available_parallelism().map_or(1, usize::from));
        let body = format!("{begin}{command} ({machine}).\n\n{body}{end}");
        let text = match (text.find(&begin), text.find(&end)) {
            (Some(from), Some(to)) if from < to => {
                let (before, after) =
                    (text.get(..from).unwrap_or_default(), text.get(to + end.len()..).unwrap_or_default());
                format!("{before}{body}{after}")
            }
            _ => format!("{text}\n{body}"),
        };
        std::fs::write(&self.path, text)?;
        Ok(())
    }
}

fn rustc() -> String {
    let output = std::process::Command::new("rustc").arg("--version").output();
    let version = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    version.split(" (").next().unwrap_or_default().trim().to_owned()
}
