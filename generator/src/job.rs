//! One run from a document on the disk to a crate on the disk: what the command line and the project's own tasks share.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics, Reported, Severity};
use crate::document::{Documents, LoadOptions, ReadFile, load_with};
use crate::lock::{self, Lock};
use crate::origin::Item;
use crate::source::{Files, Source};
use crate::stage::{Stage, Watch};
use crate::write::{Input, InputKind};
use crate::{Output, generate, source, trace, write};

/// What to generate, from what, to where.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The description; the configuration names it when it is not given.
    pub spec: Option<PathBuf>,
    /// The configuration; `oasmith.toml` beside the description when it is not given and there is one.
    pub config: Option<PathBuf>,
    /// The directory of the generated crate; the configuration names it when it is not given.
    pub out: Option<PathBuf>,
    /// Whether warnings forbid generating.
    pub deny_warnings: bool,
}

/// Everything that was read, for rendering diagnostics and for the stages that follow.
#[derive(Debug, Default)]
pub struct Session {
    /// The texts.
    pub files: Files,
    /// The problems found.
    pub diagnostics: Diagnostics,
    /// Who is told when a stage begins.
    pub watch: Watch,
    /// What the crate is made of.
    inputs: Vec<Input>,
}

/// A description with its configuration, read.
#[derive(Debug)]
pub struct Loaded {
    /// The documents, the entry first.
    pub documents: Documents,
    /// The configuration.
    pub config: Config,
    /// Where the crate goes, when anybody said so.
    pub out: Option<PathBuf>,
    /// The names that the crate there was published with.
    pub lock: Lock,
    /// The overlays that were applied.
    pub overlays: Vec<PathBuf>,
}

impl Session {
    /// A session whose stages are watched.
    pub fn watched(watch: Watch) -> Self {
        Self { watch, ..Self::default() }
    }
}

impl Job {
    /// Reads the configuration, the description and everything that it refers to.
    ///
    /// # Errors
    ///
    /// When something cannot be read; the session says what and where.
    pub fn load(&self, session: &mut Session) -> Result<Loaded, Reported> {
        self.load_with(&|path| Source::read(path).map(|source| source.bytes), session)
    }

    /// Does the same with files that are had in another way: those of a revision, for example.
    ///
    /// # Errors
    ///
    /// As [`Job::load`].
    pub fn load_with(&self, read: ReadFile<'_>, session: &mut Session) -> Result<Loaded, Reported> {
        session.watch.begins(Stage::Read);
        let first = session.files.len();
        let config_path = self.config_path(read);
        let config = match &config_path {
            Some(path) => read_config(path, read, session)?,
            None => Config::default(),
        };
        let folder = config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let spec = match (&self.spec, &config.spec) {
            (Some(spec), _) => spec.clone(),
            (None, Some(spec)) => source::beside(folder, spec),
            (None, None) => {
                let message = "neither the command line nor the configuration names a description";
                return Err(session.diagnostics.error(Code::ConfigSyntax, None, message));
            }
        };
        let overlays: Vec<PathBuf> = config.overlays.iter().map(|overlay| source::beside(folder, overlay)).collect();
        let vendored = config.vendored.iter().map(|(url, path)| (url.clone(), source::beside(folder, path))).collect();
        let options = LoadOptions { overlays: overlays.clone(), vendored, allow_remote: config.allow_remote };
        let documents = load_with(&spec, read, &mut session.files, &options, &mut session.diagnostics)?;
        let out = self.out.clone().or_else(|| config.output.as_ref().map(|output| source::beside(folder, output)));
        session.inputs = inputs(session, first, config_path.is_some(), &documents);
        // Read last: it belongs to the crate, not to what the crate is made of.
        let lock = match &out {
            Some(out) => read_lock(&out.join(lock::FILE), read, session)?,
            None => Lock::default(),
        };
        Ok(Loaded { documents, config, out, lock, overlays })
    }

    /// Makes the files of the crate, in memory.
    ///
    /// # Errors
    ///
    /// When the document has errors, or warnings that are denied; the session says which.
    pub fn generate(&self, loaded: Loaded, session: &mut Session) -> Result<Output, Reported> {
        let Session { diagnostics, watch, .. } = session;
        let output = generate(loaded.documents, &loaded.config, &loaded.lock, diagnostics, watch);
        self.settle(&loaded.config, output, session).map(|output| with_list(output, session))
    }

    /// Does the same, and tells where every public item comes from.
    ///
    /// # Errors
    ///
    /// As [`Job::generate`].
    pub fn trace(&self, loaded: Loaded, session: &mut Session) -> Result<(Output, Vec<Item>), Reported> {
        let Session { diagnostics, watch, .. } = session;
        let made = trace(loaded.documents, &loaded.config, &loaded.lock, diagnostics, watch);
        let (output, items) = self.settle(&loaded.config, made, session)?;
        Ok((with_list(output, session), items))
    }

    fn settle<T>(&self, config: &Config, made: Result<T, Reported>, session: &mut Session) -> Result<T, Reported> {
        allow(config, &mut session.diagnostics);
        let made = made?;
        let denied = self.deny_warnings && session.diagnostics.has(Severity::Warning);
        if session.diagnostics.has_errors() || denied { Err(Reported) } else { Ok(made) }
    }

    fn config_path(&self, read: ReadFile<'_>) -> Option<PathBuf> {
        if let Some(path) = &self.config {
            return Some(path.clone());
        }
        let beside = self.spec.as_deref()?.parent()?.join("oasmith.toml");
        read(&beside).is_ok().then_some(beside)
    }
}

fn with_list(mut output: Output, session: &Session) -> Output {
    let list = write::list(&output.files, &session.inputs);
    output.files.insert(write::LIST.to_owned(), list);
    output
}

fn read_config(path: &Path, read: ReadFile<'_>, session: &mut Session) -> Result<Config, Reported> {
    let source = match read(path) {
        Ok(bytes) => Source { path: path.to_path_buf(), bytes },
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", path.display());
            return Err(session.diagnostics.error(Code::UnreadableFile, None, message));
        }
    };
    let file = source.into_text(&mut session.files, &mut session.diagnostics)?;
    Config::read(file, &session.files, &mut session.diagnostics)
}

/// The names of the crate before; none when there is no crate.
fn read_lock(path: &Path, read: ReadFile<'_>, session: &mut Session) -> Result<Lock, Reported> {
    let source = match read(path) {
        Ok(bytes) => Source { path: path.to_path_buf(), bytes },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Lock::default()),
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", path.display());
            return Err(session.diagnostics.error(Code::UnreadableFile, None, message));
        }
    };
    let file = source.into_text(&mut session.files, &mut session.diagnostics)?;
    Lock::read(file, &session.files, &mut session.diagnostics)
}

/// Removes what the configuration allows; an allowance that matches nothing is reported, so that it does not outlive its reason.
fn allow(config: &Config, diagnostics: &mut Diagnostics) {
    let codes = config.allowed(diagnostics);
    for unused in diagnostics.allow(&codes) {
        diagnostics.report(Code::ConfigUnusedAllow, None, format!("`{unused}` is allowed and is not reported"));
    }
}

/// Every file that the crate is made of, by its name alone: the list of a crate does not depend on where it was made.
fn inputs(session: &Session, first: usize, has_config: bool, documents: &Documents) -> Vec<Input> {
    let documents: BTreeSet<usize> = documents.roots.iter().map(|document| usize::from(document.file.0)).collect();
    let kind = |index: usize| match index {
        index if has_config && index == first => InputKind::Config,
        index if documents.contains(&index) => InputKind::Document,
        _ => InputKind::Overlay,
    };
    let name = |path: &str| Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let all = session.files.iter().enumerate().skip(first);
    let mut inputs: Vec<Input> =
        all.map(|(index, (path, text))| Input { kind: kind(index), name: name(path), text: text.to_owned() }).collect();
    inputs.sort();
    inputs
}
