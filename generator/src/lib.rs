//! oasmith reads any OpenAPI document and writes a Rust client crate.
//!
//! [`generate`] is the whole program: each stage takes the value of the one before and never looks further back.
//! The modules below stand in the order in which data passes through them; `ARCHITECTURE.md` tells why they are cut so.

pub mod config;
pub mod coverage;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod emit;
pub mod explain;
pub mod format;
pub mod git;
mod hidden;
pub mod init;
pub mod inspect;
pub mod ir;
pub mod job;
pub mod lock;
pub mod model;
pub mod names;
pub mod normalize;
pub mod origin;
pub mod package;
pub mod pointer;
pub mod repair;
pub mod report;
pub mod resolve;
pub mod runtime;
pub mod save;
pub mod sides;
pub mod source;
pub mod stage;
pub mod suggest;
pub mod surface;
pub mod tree;
pub mod why;
pub mod wire;
pub mod write;

use config::Config;
use diagnostic::{Code, Diagnostics, Reported};
use document::Documents;
use lock::Lock;
use stage::{Stage, Watch};

/// How much stack a thread needs that runs [`generate`] on the deepest documents that are accepted, in bytes.
pub const STACK_SIZE: usize = 256 << 20;

/// A generated crate, in memory.
#[derive(Debug, Clone)]
pub struct Output {
    /// Relative path → content.
    pub files: write::Files,
    /// One line: what the crate holds.
    pub summary: String,
}

/// Makes a client crate out of a description. Pure: nothing is read and nothing is written.
///
/// `lock` holds the names that the crate was published with; the ones that it has now are among the files. `watch` is told
/// when a stage begins.
///
/// # Errors
///
/// When a stage cannot go on; `diagnostics` says why and where.
pub fn generate(
    documents: Documents,
    config: &Config,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
    watch: &mut Watch,
) -> Result<Output, Reported> {
    make(documents, config, lock, diagnostics, watch).map(|made| made.output)
}

/// Does the same, and tells where every public item comes from.
///
/// # Errors
///
/// As [`generate`].
pub fn trace(
    documents: Documents,
    config: &Config,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
    watch: &mut Watch,
) -> Result<(Output, Vec<origin::Item>), Reported> {
    make(documents, config, lock, diagnostics, watch).map(|made| (made.output, origin::items(&made.api, &made.names)))
}

/// A crate with what it was made of.
struct Made {
    output: Output,
    api: ir::Api,
    names: names::Names,
}

fn make(
    documents: Documents,
    config: &Config,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
    watch: &mut Watch,
) -> Result<Made, Reported> {
    let source = documents.entry().map(document::Document::name).unwrap_or_default();
    watch.begins(Stage::Normalize);
    let mut normalized = normalize::normalize(documents, diagnostics)?;
    normalize::order::restore(&mut normalized.schemas, &lock.order);
    let order = normalize::order::published(&normalized.schemas);
    watch.begins(Stage::Model);
    let model = model::read(normalized, diagnostics)?;
    watch.begins(Stage::Resolve);
    let resolved = resolve::resolve(model, diagnostics);
    watch.begins(Stage::Ir);
    let api = describe(&resolved, config, lock, diagnostics);
    watch.begins(Stage::Names);
    let settings = package::settings(&api, config, &source, diagnostics);
    let names_config = package::names_config(&settings);
    let (names, lock) = names::keep(&api, &names_config, lock, diagnostics);
    watch.begins(Stage::Emit);
    let context = emit::Ctx::new(&api, &names, &settings);
    let items = emit::emit(&context);
    watch.begins(Stage::Format);
    let mut files =
        format::format(&items).map_err(|error| diagnostics.error(Code::Internal, None, error.to_string()))?;
    if config.wire {
        files.extend(wire::files(&resolved, &api, &names));
    }
    files.insert(lock::FILE.to_owned(), Lock { order, ..lock }.write());
    drop(items);
    let output = Output { files, summary: summary(&api) };
    Ok(Made { output, api, names })
}

/// What the client is: the API with every fact about it, and with types shared where `lock` does not keep them apart.
pub fn describe(resolved: &resolve::Resolved, config: &Config, lock: &Lock, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut api = ir::build::build(resolved, config, diagnostics);
    let places = names::places(&api, lock);
    ir::share::share(&mut api, &places);
    ir::facts::annotate(&mut api);
    api
}

fn summary(api: &ir::Api) -> String {
    format!("{} operations in {} groups, {} types", api.operations.len(), api.groups.len(), api.types.len())
}
