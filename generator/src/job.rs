//! One run from a document on the disk to a crate on the disk: what the command line and the project's own tasks share.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics, Reported, Severity};
use crate::document::{Documents, LoadOptions, load};
use crate::lock::{self, Lock};
use crate::source::{Files, Source};
use crate::stage::{Stage, Watch};
use crate::{Output, generate, write};

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
    /// How many of the texts the crate is made of.
    inputs: usize,
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
        session.watch.begins(Stage::Read);
        let config_path = self.config_path();
        let config = match &config_path {
            Some(path) => read_config(path, session)?,
            None => Config::default(),
        };
        let beside = config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let spec = match (&self.spec, &config.spec) {
            (Some(spec), _) => spec.clone(),
            (None, Some(spec)) => beside.join(spec),
            (None, None) => {
                let message = "neither the command line nor the configuration names a description";
                return Err(session.diagnostics.error(Code::ConfigSyntax, None, message));
            }
        };
        let overlays = config.overlays.iter().map(|overlay| beside.join(overlay)).collect();
        let vendored = config.vendored.iter().map(|(url, path)| (url.clone(), beside.join(path))).collect();
        let options = LoadOptions { overlays, vendored, allow_remote: config.allow_remote };
        let documents = load(&spec, &mut session.files, &options, &mut session.diagnostics)?;
        let out = self.out.clone().or_else(|| config.output.as_ref().map(|output| beside.join(output)));
        // Read last: it belongs to the crate, not to what the crate is made of.
        session.inputs = session.files.len();
        let lock = match &out {
            Some(out) => read_lock(&out.join(lock::FILE), session)?,
            None => Lock::default(),
        };
        Ok(Loaded { documents, config, out, lock })
    }

    /// Makes the files of the crate, in memory.
    ///
    /// # Errors
    ///
    /// When the document has errors, or warnings that are denied; the session says which.
    pub fn generate(&self, loaded: Loaded, session: &mut Session) -> Result<Output, Reported> {
        let inputs = inputs(session);
        let Session { diagnostics, watch, .. } = session;
        let output = generate(loaded.documents, &loaded.config, &loaded.lock, diagnostics, watch);
        allow(&loaded.config, &mut session.diagnostics);
        let mut output = output?;
        if session.diagnostics.has_errors() || (self.deny_warnings && session.diagnostics.has(Severity::Warning)) {
            return Err(Reported);
        }
        let list = write::list(&output.files, &inputs);
        output.files.insert(write::LIST.to_owned(), list);
        Ok(output)
    }

    fn config_path(&self) -> Option<PathBuf> {
        if let Some(path) = &self.config {
            return Some(path.clone());
        }
        let beside = self.spec.as_deref()?.parent()?.join("oasmith.toml");
        beside.is_file().then_some(beside)
    }
}

fn read_config(path: &Path, session: &mut Session) -> Result<Config, Reported> {
    let source = match Source::read(path) {
        Ok(source) => source,
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", path.display());
            return Err(session.diagnostics.error(Code::UnreadableFile, None, message));
        }
    };
    let file = source.into_text(&mut session.files, &mut session.diagnostics)?;
    Config::read(file, &session.files, &mut session.diagnostics)
}

/// The names of the crate before; none when there is no crate.
fn read_lock(path: &Path, session: &mut Session) -> Result<Lock, Reported> {
    let source = match Source::read(path) {
        Ok(source) => source,
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
fn inputs(session: &Session) -> Vec<(String, String)> {
    let mut inputs: Vec<(String, String)> = session
        .files
        .iter()
        .take(session.inputs)
        .map(|(path, text)| {
            (Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned(), text.to_owned())
        })
        .collect();
    inputs.sort();
    inputs
}
