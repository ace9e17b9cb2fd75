//! The documents that are checked, and the way from each to a generated crate with a driver beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use oasmith::ir::{Operation, Status};
use oasmith::job::{Job, Loaded, Session};
use oasmith::report::{self, Color, Grouping};
use oasmith::{diagnostic::Diagnostics, model, names, normalize, package, resolve, write};

use super::driver::{self, Scene};

/// Documents of the corpus: the name here and the path there.
const CORPUS: &[(&str, &str)] = &[
    ("petstore-expanded", "peers/oai-learn/examples--v3.0--petstore-expanded.json"),
    ("link-example", "peers/oai-learn/examples--v3.0--link-example.json"),
    ("uspto", "peers/oai-learn/examples--v3.0--uspto.json"),
    ("tictactoe", "peers/oai-learn/examples--v3.1--tictactoe.json"),
    ("alertmanager", "real/alertmanager--api--v2--openapi.yaml"),
    ("firecracker", "real/firecracker--src--firecracker--swagger--firecracker.yaml"),
    ("hf-tgi", "real/hf-tgi--docs--openapi.json"),
    ("osb", "real/osb--openapi.yaml"),
    ("number-insight", "real/vonage--definitions--number-insight.yaml"),
    ("meilisearch", "real/meilisearch--open-api.json"),
    ("spotify", "real/spotify--fixed-spotify-open-api.yaml"),
];

/// One document.
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    config: Option<PathBuf>,
}

/// Close, and the corpus when there is one.
pub(super) fn all(root: &Path, corpus: Option<&Path>) -> Vec<Document> {
    let specs = root.join("specs/close");
    let close = Document {
        name: "close".to_owned(),
        path: specs.join("openapi.yaml"),
        config: Some(specs.join("oasmith.toml")),
    };
    let others = CORPUS
        .iter()
        .filter_map(|(name, path)| Some(Document { name: (*name).to_owned(), path: corpus?.join(path), config: None }));
    std::iter::once(close).chain(others).collect()
}

/// Documents that are named on the command line, each with a name of its own that a package can have.
pub(super) fn given(paths: &[PathBuf]) -> Result<Vec<Document>> {
    let mut all: Vec<Document> = Vec::new();
    for path in paths {
        let path = fs::canonicalize(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let plain = stem.replace(|found: char| !found.is_ascii_alphanumeric(), "-");
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        let name = names.find(|name| all.iter().all(|other| other.name != *name)).unwrap_or_default();
        all.push(Document { name, path, config: None });
    }
    Ok(all)
}

/// A document whose crate and driver are on the disk.
pub(super) struct Prepared {
    pub(super) document: Document,
    pub(super) operations: usize,
    /// Operations that could not be called.
    pub(super) silent: Vec<String>,
    /// Operations that document no success of its own: Prism then answers with a failure.
    pub(super) failing: Vec<String>,
}

/// Generates the crate and writes the driver, both below `place`.
pub(super) fn prepare(document: Document, place: &Path) -> Result<Prepared> {
    let job = Job { spec: Some(document.path.clone()), config: document.config.clone(), ..Job::default() };
    let mut session = Session::default();
    let made = job.load(&mut session).and_then(|loaded| {
        let (documents, config) = (loaded.documents.clone(), loaded.config.clone());
        let copy = Loaded { documents, config, out: None, lock: loaded.lock.clone(), overlays: Vec::new() };
        job.generate(loaded, &mut session).map(|output| (copy, output))
    });
    let Ok((loaded, output)) = made else {
        bail!(
            "{}: {}",
            document.name,
            report::text(&session.diagnostics, &session.files, Color::Never, Grouping::Causes)
        );
    };
    let client = place.join(client(&document.name));
    let plan = write::plan(&client, &output.files)?;
    write::apply(&client, &output.files, &plan)?;
    drive(document, &loaded, place)
}

fn drive(document: Document, loaded: &Loaded, place: &Path) -> Result<Prepared> {
    // Everything was reported when the crate was generated.
    let mut quiet = Diagnostics::new();
    let resolved = normalize::normalize(loaded.documents.clone(), &mut quiet)
        .and_then(|normalized| model::read(normalized, &mut quiet))
        .map(|model| resolve::resolve(model, &mut quiet));
    let Ok(resolved) = resolved else { bail!("{}: the document cannot be read", document.name) };
    let api = oasmith::describe(&resolved, &loaded.config, &loaded.lock, &mut quiet);
    let settings = package::settings(&api, &loaded.config, "", &mut quiet);
    let package = settings.name.clone();
    let (names, _) = names::keep(&api, &package::names_config(&settings), &loaded.lock, &mut quiet);
    let driver = driver::write(&Scene { api: &api, names: &names, resolved: &resolved });
    let sources = place.join("driver/src");
    fs::create_dir_all(&sources)?;
    update(&sources.join("main.rs"), &driver.source)?;
    update(&sources.join("support.rs"), include_str!("support.rs.txt"))?;
    update(&place.join("driver/Cargo.toml"), &manifest(&document.name, &package, &driver.source))?;
    workspace(&crate::root(), &document.name, place)?;
    let fails = |operation: &&Operation| operation.success.iter().all(|response| response.status == Status::Default);
    let failing = api.operations.iter().filter(fails).map(driver::title).collect();
    Ok(Prepared { document, operations: driver.operations, silent: driver.silent, failing })
}

/// The folder of a client: cargo tells crates of one name apart by their path below the workspace, and all workspaces build
/// into one place.
fn client(name: &str) -> String {
    format!("client-{name}")
}

fn manifest(name: &str, package: &str, source: &str) -> String {
    let decimal = if source.contains("rust_decimal::") { "rust_decimal = \"1\"\n" } else { "" };
    format!(
        "[package]\nname = \"drive-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         client = {{ package = \"{package}\", path = \"../{}\", default-features = false, features = [\"full\", \"reqwest\"] }}\n\
         http = \"1\"\nserde_json = \"1\"\nuuid = \"1\"\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"net\", \"time\"] }}\n{decimal}",
        client(name)
    )
}

/// Writes a file unless it is so already, so that nothing is compiled again without need.
fn update(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// The workspace around a crate and its driver, with the versions of this workspace. One for each document, because the
/// crates of two documents may have the same name.
fn workspace(root: &Path, name: &str, place: &Path) -> Result<()> {
    let client = client(name);
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"{client}\", \"driver\"]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    update(&place.join("Cargo.toml"), &manifest)?;
    let lock = place.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root.join("Cargo.lock"), lock)?;
    }
    Ok(())
}
