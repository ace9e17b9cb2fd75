//! `cargo xtask locality`: edits of descriptions, and which files and lines of the crate each one touches.
//!
//! An edit may touch only what is about what it edits; an order that changes and nothing else touches nothing; and where
//! something was added, taking it away again gives the crate of the beginning, byte for byte.

mod edits;
mod wire;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use oasmith::document::{self, LoadOptions, Node};
use oasmith::job::{Job, Session};
use oasmith::lock;
use oasmith::sides::{self, Opened};
use oasmith::source::Source;
use oasmith::write::{self, Files};

use edits::{EDITS, Edit, Effect, Target};

/// Options of `locality`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The corpus; by default `OASMITH_CORPUS`, then `../shared/corpus`
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Close alone
    #[arg(long)]
    own: bool,
}

/// Documents of the corpus, small enough to be made anew for every edit.
const CORPUS: &[&str] = &[
    "real/osb--openapi.yaml",
    "real/vonage--definitions--number-insight.yaml",
    "real/firecracker--src--firecracker--swagger--firecracker.yaml",
    "real/hf-tgi--docs--openapi.json",
    "real/netlify--swagger.yaml",
];

/// Files that list everything and so change with anything.
const LISTS: &[&str] = &["API.md", "api.surface", lock::FILE, write::LIST];

/// Applies every edit to every document; fails when one touches what it has nothing to do with.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || all(&args))?;
    worker.join().unwrap_or_else(|_| anyhow::bail!("the generator failed; this is a bug in oasmith"))
}

fn all(args: &Args) -> Result<ExitCode> {
    let root = crate::root();
    let mut wrong =
        document(&root.join("specs/close/openapi.yaml"), Some(&root.join("specs/close/oasmith.toml")), true)?;
    let named = args.corpus.clone().or_else(|| std::env::var_os("OASMITH_CORPUS").map(PathBuf::from));
    let corpus = named.unwrap_or_else(|| root.join("../shared/corpus"));
    if !args.own && !corpus.join("MANIFEST.tsv").is_file() {
        println!("there is no corpus: Close alone is edited");
    } else if !args.own {
        for name in CORPUS {
            wrong += document(&corpus.join(name), None, false)?;
        }
    }
    println!("{wrong} edits touch what they have nothing to do with");
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Applies every edit to one document; returns how many were not local.
fn document(path: &Path, config: Option<&Path>, every: bool) -> Result<usize> {
    let (mut session, options) = (Session::default(), LoadOptions::default());
    let loaded = document::load(path, &mut session.files, &options, &mut session.diagnostics);
    let Ok(loaded) = loaded else { anyhow::bail!("{} cannot be read", path.display()) };
    let tree = loaded.entry().with_context(|| path.display().to_string())?.tree.clone();
    let target = Target::find(&tree).with_context(|| format!("{}: nothing in it can be edited", path.display()))?;
    println!("\n{}: {} {}", path.display(), target.schema, target.path);
    let start = make(&tree, config, None)?;
    let mut wrong = 0;
    for edit in EDITS {
        let mut edited = tree.clone();
        if (edit.apply)(&mut edited, &target).is_none() {
            anyhow::ensure!(!every, "{}: the edit `{}` finds nothing to edit", path.display(), edit.name);
            println!("  {:48} nothing to edit", edit.name);
            continue;
        }
        let after = make(&edited, config, Some(&start))?;
        let complaints = judge(edit, &target, &start, &after, &tree, config)?;
        wrong += usize::from(!complaints.is_empty());
    }
    Ok(wrong)
}

/// Prints what an edit touches, and returns what it should not have.
fn judge(
    edit: &Edit,
    target: &Target,
    start: &Opened,
    after: &Opened,
    tree: &Node,
    config: Option<&Path>,
) -> Result<Vec<String>> {
    let plan = differing(&start.side.files, &after.side.files);
    let lines: usize = plan.iter().map(|(_, lines)| lines).sum();
    let allowed = words(edit, target, start, after);
    let is_related = |path: &String| {
        let texts = [start.side.files.get(path), after.side.files.get(path)];
        LISTS.contains(&path.as_str())
            || edit.also.iter().any(|also| path.starts_with(also))
            || [start, after].iter().any(|side| !wire::types(&side.side.files, path).is_disjoint(&allowed))
            || texts.into_iter().flatten().any(|text| text.split(is_separator).any(|word| allowed.contains(word)))
    };
    let is_related = |path: &String| is_related(path) || is_part(path, &start.side.files, &after.side.files);
    let mut complaints: Vec<String> = match edit.effect {
        // The list of files has the hash of the document.
        Effect::Nothing => plan.iter().map(|(path, _)| path.clone()).filter(|path| path != write::LIST).collect(),
        Effect::Addition | Effect::Change => {
            plan.iter().map(|(path, _)| path.clone()).filter(|path| !is_related(path)).collect()
        }
    };
    if edit.effect == Effect::Addition {
        let again = make(tree, config, Some(after))?;
        let left = differing(&start.side.files, &again.side.files);
        complaints.extend(left.into_iter().map(|(path, _)| format!("{path}, after it was taken away again")));
    }
    let touched = plan.iter().filter(|(path, _)| path != write::LIST).count();
    println!("  {:48} {touched:3} files {lines:4} lines", edit.name);
    for complaint in &complaints {
        println!("    unrelated: {complaint}");
    }
    Ok(complaints)
}

/// Whether a file is a part of the runtime that only one of the crates has, or declares one: what is used for the first
/// time comes with its part.
fn is_part(path: &str, old: &Files, new: &Files) -> bool {
    let is_new = |path: &str| old.contains_key(path) != new.contains_key(path);
    let folder = path.strip_suffix("mod.rs").filter(|folder| folder.starts_with("src/runtime/"));
    match folder {
        Some(folder) => old.keys().chain(new.keys()).any(|other| other.starts_with(folder) && is_new(other)),
        None => path.starts_with("src/runtime/") && is_new(path),
    }
}

/// Files that differ, with the lines that come and go.
fn differing(old: &Files, new: &Files) -> Vec<(String, usize)> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text = |files: &Files, path: &String| files.get(path).cloned().unwrap_or_default();
    let differ = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    differ
        .map(|path| {
            let (come, go) = write::lines(&text(old, path), &text(new, path));
            (path.clone(), come + go)
        })
        .collect()
}

fn is_separator(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}

/// What the items that the edit is about are called, before and after.
fn words(edit: &Edit, target: &Target, start: &Opened, after: &Opened) -> BTreeSet<String> {
    let pointers = (edit.about)(target);
    let items = start.items.iter().chain(&after.items);
    let about = items.filter(|item| pointers.iter().any(|pointer| item.origin.pointer.starts_with(pointer.as_str())));
    let names = about.flat_map(|item| {
        let own = item.path.split(['.', '<']).next().unwrap_or_default();
        own.split("::").filter(|part| part.starts_with(char::is_uppercase)).map(str::to_owned).collect::<Vec<_>>()
    });
    names.collect()
}

/// The crate of a tree, with the names of the crate before.
fn make(tree: &Node, config: Option<&Path>, before: Option<&Opened>) -> Result<Opened> {
    let text = serde_json::to_vec(tree)?;
    let spec = PathBuf::from("openapi.json");
    let settings = config.map(std::fs::read_to_string).transpose()?.unwrap_or_default();
    let settings: String =
        settings.lines().filter(|line| !line.starts_with("spec = ")).map(|line| format!("{line}\n")).collect();
    let names = before.and_then(|before| before.side.files.get(lock::FILE).cloned());
    let read = |path: &Path| -> io::Result<Vec<u8>> {
        match path.file_name().and_then(|name| name.to_str()) {
            Some("openapi.json") => Ok(text.clone()),
            Some("oasmith.toml") => Ok(settings.clone().into_bytes()),
            Some(lock::FILE) => Ok(names.clone().ok_or(io::ErrorKind::NotFound)?.into_bytes()),
            _ => Source::read(path).map(|source| source.bytes),
        }
    };
    let out = Some(PathBuf::from("crate"));
    let job = Job { spec: Some(spec), config: Some(PathBuf::from("oasmith.toml")), out, ..Job::default() };
    let mut session = Session::default();
    sides::make(&job, String::new(), &read, None, &mut session)
        .map_err(|_| anyhow::anyhow!("an edited description has errors: {:?}", session.diagnostics))
}
