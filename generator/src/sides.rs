//! What `oasmith diff` is given to crates that can be compared: documents, configurations or crates, on the disk or at a
//! revision of git.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Reported;
use crate::diff::Side;
use crate::document::{Documents, ReadFile};
use crate::git;
use crate::job::{Job, Session};
use crate::lock::{self, Lock};
use crate::origin::Item;
use crate::source::Source;
use crate::write::{self, Files};

/// Something to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// A document, `oasmith.toml`, a directory with `oasmith.toml`, or a generated crate.
    pub path: PathBuf,
    /// The configuration of a document; `oasmith.toml` beside it when it is not given and there is one.
    pub config: Option<PathBuf>,
    /// The revision that has it; the disk when there is none.
    pub revision: Option<String>,
}

/// A crate that can be compared, with what else is known of it.
#[derive(Debug)]
pub struct Opened {
    /// The crate.
    pub side: Side,
    /// Its names.
    pub lock: Lock,
    /// The description, when the crate was made of one just now.
    pub documents: Option<Documents>,
    /// Where its items come from, likewise.
    pub items: Vec<Item>,
    /// Where the crate goes, when the configuration says so.
    pub out: Option<PathBuf>,
    /// The overlays that were applied.
    pub overlays: Vec<PathBuf>,
    /// One line: what the crate holds.
    pub summary: String,
}

/// Why something cannot be compared.
#[derive(Debug)]
pub enum OpenError {
    /// The description has errors; the session has them.
    Document(Reported),
    /// It cannot be read.
    Io(String),
}

impl Given {
    /// What people call it.
    pub fn name(&self) -> String {
        match &self.revision {
            Some(revision) => format!("{revision}:{}", self.path.display()),
            None => self.path.display().to_string(),
        }
    }

    /// Reads a file of it.
    ///
    /// # Errors
    ///
    /// When there is no such file, or it cannot be read.
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match &self.revision {
            Some(revision) => git::read(revision, path),
            None => Source::read(path).map(|source| source.bytes),
        }
    }

    /// Reads a crate, or makes one.
    ///
    /// A document that has no crate of its own yet is given the names of `before`, as if it were the next version.
    ///
    /// # Errors
    ///
    /// When something cannot be read, or the description has errors.
    pub fn open(&self, before: Option<&Lock>, session: &mut Session) -> Result<Opened, OpenError> {
        if self.read(&self.path.join(write::LIST)).is_ok() {
            return self.open_crate(session);
        }
        make(&self.job(), self.name(), &|path| self.read(path), before, session).map_err(OpenError::Document)
    }

    fn open_crate(&self, session: &mut Session) -> Result<Opened, OpenError> {
        let files = self.crate_files(&self.path)?;
        let text = files.get(lock::FILE).cloned().unwrap_or_default();
        let file = session.files.add(self.path.join(lock::FILE).display().to_string(), text);
        let lock = Lock::read(file, &session.files, &mut session.diagnostics).map_err(OpenError::Document)?;
        let side = Side::of_crate(self.name(), files);
        if !side.surface().is_comparable() {
            let message = "an older oasmith wrote its api.surface; compare the documents instead";
            return Err(OpenError::Io(format!("{}: {message}", self.name())));
        }
        Ok(Opened {
            side,
            lock,
            documents: None,
            items: Vec::new(),
            out: Some(self.path.clone()),
            overlays: Vec::new(),
            summary: String::new(),
        })
    }

    /// The files that a generated crate lists.
    ///
    /// # Errors
    ///
    /// When the list, or a file that it names, cannot be read.
    pub fn crate_files(&self, path: &Path) -> Result<Files, OpenError> {
        let read = |place: &Path| -> Result<String, OpenError> {
            let bytes = self.read(place).map_err(|error| OpenError::Io(format!("{}: {error}", place.display())))?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let list = read(&path.join(write::LIST))?;
        let table: toml::Table = list.parse().map_err(|error| OpenError::Io(format!("{}: {error}", path.display())))?;
        let mut files = Files::from([(write::LIST.to_owned(), list)]);
        for name in table.get("files").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys) {
            let parts = name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
            if parts {
                files.insert(name.clone(), read(&path.join(name))?);
            }
        }
        Ok(files)
    }

    fn job(&self) -> Job {
        const CONFIG: &str = "oasmith.toml";
        let inside = self.path.join(CONFIG);
        if self.path.file_name().is_some_and(|name| name == CONFIG) {
            return Job { config: Some(self.path.clone()), ..Job::default() };
        }
        if self.read(&inside).is_ok() {
            return Job { config: Some(inside), ..Job::default() };
        }
        Job { spec: Some(self.path.clone()), config: self.config.clone(), ..Job::default() }
    }
}

/// Makes a crate of a description, in memory.
///
/// A description that has no crate of its own yet is given the names of `before`, as if it were the next version.
///
/// # Errors
///
/// When the description has errors; the session has them.
pub fn make(
    job: &Job,
    name: String,
    read: ReadFile<'_>,
    before: Option<&Lock>,
    session: &mut Session,
) -> Result<Opened, Reported> {
    let mut loaded = job.load_with(read, session)?;
    if let (true, Some(before)) = (loaded.lock == Lock::default(), before) {
        loaded.lock = before.clone();
    }
    let (documents, out, overlays) = (loaded.documents.clone(), loaded.out.clone(), loaded.overlays.clone());
    let (output, items) = job.trace(loaded, session)?;
    let side = Side::of_document(name, output.files, &items, &documents, &session.files);
    let text = side.files.get(lock::FILE).cloned().unwrap_or_default();
    let file = session.files.add(lock::FILE, text);
    let lock = Lock::read(file, &session.files, &mut session.diagnostics)?;
    Ok(Opened { side, lock, documents: Some(documents), items, out, overlays, summary: output.summary })
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document(_) => formatter.write_str("the description has errors"),
            Self::Io(message) => formatter.write_str(message),
        }
    }
}
