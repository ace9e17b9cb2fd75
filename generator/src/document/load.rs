//! A document and every file that it refers to, each read once; nothing comes from a network.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use super::references::{self, Reference, Target};
use super::{FileId, Node, overlay, parse};
use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::source::{Files, Source, normalized};

/// What may be read, and what is changed before references are followed.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Whether a reference to another host that has no local copy is a note and not a warning. It is never fetched.
    pub allow_remote: bool,
    /// Local copies of remote documents, by their URL without a fragment.
    pub vendored: BTreeMap<String, PathBuf>,
    /// Overlays to apply to the entry document, in this order.
    pub overlays: Vec<PathBuf>,
}

/// The files that make up one description; the first is the entry.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The documents in the order in which they were reached.
    pub roots: Vec<Document>,
    /// What the file part of a reference means, by the file that it stands in.
    targets: BTreeMap<(FileId, String), FileId>,
}

/// One file, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file that the spans of the tree name.
    pub file: FileId,
    /// Where the file is.
    pub path: PathBuf,
    /// What the file says.
    pub tree: Node,
}

impl Document {
    /// The file's name, without the directories that lead to it.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl Documents {
    /// The document that was asked for.
    pub fn entry(&self) -> Option<&Document> {
        self.roots.first()
    }

    /// The document that was read from a file.
    pub fn document(&self, file: FileId) -> Option<&Document> {
        self.roots.iter().find(|document| document.file == file)
    }

    /// The file that a reference standing in `from` means; `part` is the reference without its fragment.
    pub fn resolve_path(&self, from: FileId, part: &str) -> Option<FileId> {
        if part.is_empty() {
            return Some(from);
        }
        self.targets.get(&(from, part.to_owned())).copied()
    }
}

/// How the bytes of a file are had.
pub type ReadFile<'a> = &'a dyn Fn(&Path) -> std::io::Result<Vec<u8>>;

/// Loads the document at `path` and every file that it refers to, directly or not.
pub fn load(
    path: &Path,
    files: &mut Files,
    options: &LoadOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Documents, Reported> {
    load_with(path, &|path| Source::read(path).map(|source| source.bytes), files, options, diagnostics)
}

/// Loads a document from a text, under a name for messages; it cannot refer to other files.
pub fn load_text(
    name: &str,
    text: &str,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Result<Documents, Reported> {
    let read = |path: &Path| match path == Path::new(name) {
        true => Ok(text.as_bytes().to_vec()),
        false => Err(std::io::ErrorKind::NotFound.into()),
    };
    load_with(Path::new(name), &read, files, &LoadOptions::default(), diagnostics)
}

/// Loads the document at `path` and every file that it refers to through `read`.
pub fn load_with(
    path: &Path,
    read: ReadFile<'_>,
    files: &mut Files,
    options: &LoadOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Documents, Reported> {
    let mut loader = Loader {
        read,
        files,
        options,
        diagnostics,
        known: BTreeMap::new(),
        documents: Documents { roots: Vec::new(), targets: BTreeMap::new() },
        directories: BTreeMap::new(),
        waiting: VecDeque::new(),
        lost: Vec::new(),
    };
    loader.entry(path)?;
    while let Some(reference) = loader.waiting.pop_front() {
        loader.follow(reference);
    }
    loader.report_lost();
    Ok(loader.documents)
}

struct Loader<'a> {
    read: ReadFile<'a>,
    files: &'a mut Files,
    options: &'a LoadOptions,
    diagnostics: &'a mut Diagnostics,
    /// Every path that was asked for, and what it turned out to be.
    known: BTreeMap<PathBuf, Known>,
    documents: Documents,
    /// The path of every file, overlays included: references in it are relative to that.
    directories: BTreeMap<FileId, PathBuf>,
    waiting: VecDeque<Waiting>,
    /// References that lead to no file; a document that is read later may give itself that name.
    lost: Vec<(Reference, Lost)>,
}

enum Lost {
    /// The target is a URL without a local copy.
    Remote,
    /// The path cannot be read, for this reason.
    Unreadable(PathBuf, String),
}

#[derive(Clone)]
enum Known {
    Loaded(FileId),
    Broken,
    Unreadable(String),
}

struct Waiting {
    /// The document that the reference was found in.
    document: FileId,
    reference: Reference,
}

impl Loader<'_> {
    fn entry(&mut self, path: &Path) -> Result<(), Reported> {
        let (file, mut tree) = self.read_tree(path)?;
        for overlay in &self.options.overlays {
            let (_, actions) = self.read_tree(overlay)?;
            overlay::apply(&mut tree, &actions, self.diagnostics);
        }
        self.add(path.to_path_buf(), file, tree);
        Ok(())
    }

    fn read_tree(&mut self, path: &Path) -> Result<(FileId, Node), Reported> {
        let bytes = (self.read)(path).map_err(|error| {
            let message = format!("cannot read `{}`: {}", path.display(), reason(&error));
            self.diagnostics.error(Code::UnreadableFile, None, message)
        })?;
        self.parse(path, bytes)
    }

    fn parse(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(FileId, Node), Reported> {
        let source = Source { path: path.to_path_buf(), bytes };
        let file = source.into_text(self.files, self.diagnostics)?;
        let text = self.files.shared_text(file);
        let tree = parse(file, &text, self.diagnostics)?;
        self.directories.insert(file, path.to_path_buf());
        Ok((file, tree))
    }

    fn add(&mut self, path: PathBuf, file: FileId, tree: Node) {
        self.known.insert(identity(&path), Known::Loaded(file));
        let found = references::find(&tree);
        self.waiting.extend(found.into_iter().map(|reference| Waiting { document: file, reference }));
        self.documents.roots.push(Document { file, path, tree });
    }

    fn follow(&mut self, waiting: Waiting) {
        let Waiting { document, reference } = waiting;
        let from = reference.span.file;
        if self.documents.targets.contains_key(&(from, reference.file_part.clone())) {
            return;
        }
        let Some(path) = self.local_path(from, &reference) else {
            return;
        };
        if let Some(file) = self.file_at(&path, &reference) {
            self.documents.targets.insert((from, reference.file_part.clone()), file);
            self.documents.targets.entry((document, reference.file_part)).or_insert(file);
        }
    }

    /// Where the target of a reference should be on the disk.
    fn local_path(&mut self, from: FileId, reference: &Reference) -> Option<PathBuf> {
        match references::target(&reference.file_part) {
            Target::File(part) => {
                let base = self.directories.get(&from).and_then(|path| path.parent()).unwrap_or(Path::new(""));
                Some(normalized(&base.join(part)))
            }
            Target::Remote(url) => {
                let copy = self.options.vendored.get(url).cloned();
                if copy.is_none() && reference.wanted {
                    self.lost.push((reference.clone(), Lost::Remote));
                }
                copy
            }
        }
    }

    fn report_lost(&mut self) {
        for (reference, lost) in std::mem::take(&mut self.lost) {
            if self.is_declared(&reference.file_part) {
                continue;
            }
            match lost {
                Lost::Remote => self.report_remote(&reference),
                Lost::Unreadable(path, reason) => {
                    let message = format!("cannot read `{}`: {reason}", path.display());
                    self.diagnostics
                        .report(Code::UnknownReference, Some(reference.span), message)
                        .help("save the file there, or correct the reference");
                }
            }
        }
    }

    fn report_remote(&mut self, reference: &Reference) {
        let code = if self.options.allow_remote { Code::RemoteReferenceIgnored } else { Code::RemoteReference };
        self.diagnostics
            .report(code, Some(reference.span), format!("`{}` is on another host", reference.file_part))
            .help("save a copy beside the document and refer to that file");
    }

    /// Whether a loaded document calls itself, or a schema in it, by this URL.
    fn is_declared(&self, url: &str) -> bool {
        self.documents.roots.iter().any(|document| references::declares(&document.tree, url))
    }

    fn file_at(&mut self, path: &Path, reference: &Reference) -> Option<FileId> {
        let identity = identity(path);
        let known = match self.known.get(&identity) {
            Some(known) => known.clone(),
            None => {
                let known = self.reach(path, reference);
                self.known.insert(identity, known.clone());
                known
            }
        };
        match known {
            Known::Loaded(file) => Some(file),
            Known::Broken => None,
            Known::Unreadable(reason) => {
                if reference.wanted && !references::is_bare_name(&reference.file_part) {
                    self.lost.push((reference.clone(), Lost::Unreadable(path.to_path_buf(), reason)));
                }
                None
            }
        }
    }

    fn reach(&mut self, path: &Path, reference: &Reference) -> Known {
        let bytes = match (self.read)(path) {
            Ok(bytes) => bytes,
            Err(error) => return Known::Unreadable(reason(&error)),
        };
        let read = if reference.wanted { self.parse(path, bytes).ok() } else { self.parse_if_possible(path, bytes) };
        match read {
            Some((file, tree)) => {
                self.add(path.to_path_buf(), file, tree);
                Known::Loaded(file)
            }
            None => Known::Broken,
        }
    }

    /// Reads what is only used when it can be: no diagnostics.
    fn parse_if_possible(&mut self, path: &Path, bytes: Vec<u8>) -> Option<(FileId, Node)> {
        let text = String::from_utf8(bytes).ok()?;
        let file = self.files.add(path.display().to_string(), text.as_str());
        let tree = parse(file, &text, &mut Diagnostics::new()).ok()?;
        self.directories.insert(file, path.to_path_buf());
        Some((file, tree))
    }
}

/// What went wrong, in the same words on every system.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        std::io::ErrorKind::IsADirectory => "it is a directory".into(),
        _ => error.to_string(),
    }
}

/// What tells whether two paths are the same file.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| normalized(path))
}
