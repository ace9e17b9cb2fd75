//! `oasmith why`: which rule, overlay and line of the description made a Rust item, and back.

use std::path::{Path, PathBuf};

use oasmith::job::{Job, Session};
use oasmith::source::Source;
use oasmith::{sides, why};

use super::output::{Show, print, say};
use super::status::{FINE, USAGE, failure};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A type, field, variant or method, such as `types::Pet.name` or `pets().list`; or `FILE:LINE` of the description
    what: String,
    /// The description; by default that of `FILE:LINE`, of `oasmith.toml` here, or of the only `specs/*/oasmith.toml`
    #[arg(long)]
    spec: Option<PathBuf>,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
}

/// Prints where the item comes from, or what the line becomes.
pub(super) fn run(args: &Args) -> u8 {
    let line = line(&args.what);
    let Some(job) = job(args, line) else {
        eprintln!("error: say which description is meant with `--spec FILE`");
        return USAGE;
    };
    let mut session = Session::default();
    let read = |path: &Path| Source::read(path).map(|source| source.bytes);
    let Ok(opened) = sides::make(&job, String::new(), &read, None, &mut session) else {
        print(&session, Show::TEXT);
        return failure(&session);
    };
    let told = match line {
        Some((path, line)) => why::line(path, line, &opened, &session.files),
        None => why::item(&args.what, &opened, &session.files),
    };
    match told {
        Ok(text) => {
            say(text);
            FINE
        }
        Err(message) => {
            eprintln!("error: {message}");
            USAGE
        }
    }
}

/// `openapi.yaml:120`
fn line(text: &str) -> Option<(&str, usize)> {
    let (path, line) = text.rsplit_once(':')?;
    let line = line.parse().ok()?;
    Path::new(path).is_file().then_some((path, line))
}

fn job(args: &Args, line: Option<(&str, usize)>) -> Option<Job> {
    let job = |spec: Option<PathBuf>, config: Option<PathBuf>| Some(Job { spec, config, ..Job::default() });
    if args.spec.is_some() || args.config.is_some() {
        return job(args.spec.clone(), args.config.clone());
    }
    if let Some((path, _)) = line {
        // The line may be one of an overlay or of a file that the description refers to: the configuration knows.
        let beside = Path::new(path).with_file_name(CONFIG);
        return if beside.is_file() { job(None, Some(beside)) } else { job(Some(path.into()), None) };
    }
    if Path::new(CONFIG).is_file() {
        return job(None, Some(CONFIG.into()));
    }
    let specs = std::path::Path::new("specs").read_dir().ok()?;
    let mut found: Vec<PathBuf> =
        specs.flatten().map(|entry| entry.path().join(CONFIG)).filter(|config| config.is_file()).collect();
    let only = found.pop()?;
    if found.is_empty() { job(None, Some(only)) } else { None }
}

const CONFIG: &str = "oasmith.toml";
