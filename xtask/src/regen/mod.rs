//! `cargo xtask regen`: the crate of every `specs/*/oasmith.toml`, made again, with a report of what that means.

mod agree;
mod bump;
mod commit;
pub(crate) mod review;
mod steps;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use oasmith::diff::{self, Report, Side, show};
use oasmith::job::{Job, Session};
use oasmith::report::{self, Color, Grouping};
use oasmith::sides::{self, Given, Opened};
use oasmith::source::Source;
use oasmith::write::{self, Plan};

/// Options of `regen`
///
/// Exit status: 0 fine, 1 a crate is not what would be written (`--check`), 2 a file was edited by hand or the command line
/// is wrong, 3 a description has errors, 5 a change breaks users and nobody agreed to it, or an agreement is stale.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The repository whose `specs/*/oasmith.toml` are followed; this one when it is not given
    #[arg(long)]
    root: Option<PathBuf>,
    /// Change nothing; exit with status 1 if a crate is not what would be written
    #[arg(long, conflicts_with_all = ["accept", "bump", "split"])]
    check: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
    /// Compare with the crate at this revision, not with the one on the disk
    #[arg(long)]
    against: Option<String>,
    /// How the report is printed
    #[arg(long, default_value = "text")]
    format: Format,
    /// Agree to what breaks, by its fingerprint
    #[arg(long, requires = "why")]
    accept: Option<String>,
    /// Why what breaks is right; kept in `approvals.toml` until the next version
    #[arg(long, requires = "accept")]
    why: Option<String>,
    /// Write the suggested version to the configuration and the crate, and an entry to its changelog
    #[arg(long)]
    bump: bool,
    /// Make one commit per cause, when there is more than one
    #[arg(long, conflicts_with = "bump")]
    split: bool,
}

impl Args {
    /// What is needed to compare with a revision, and nothing else.
    fn against(revision: &str) -> Self {
        Self {
            root: None,
            check: true,
            force: false,
            against: Some(revision.to_owned()),
            format: Format::Text,
            accept: None,
            why: None,
            bump: false,
            split: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Annotations of GitHub Actions
    Github,
}

const STALE: u8 = 1;
const EDITED: u8 = 2;
const DOCUMENT: u8 = 3;
const BREAKS: u8 = 5;

/// How many changes of the Rust API the closing report shows.
const SHOWN: usize = 20;

/// Regenerates everything, or says what is stale; the exit status is the highest of all crates.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    // The deepest documents that are accepted need more stack than a main thread is sure to have.
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || all(&args))?;
    match worker.join() {
        Ok(status) => Ok(ExitCode::from(status?)),
        Err(_) => anyhow::bail!("the generator failed; this is a bug in oasmith"),
    }
}

fn all(args: &Args) -> Result<u8> {
    // Diagnostics name files the way a reader of the repository does.
    let root = args.root.clone().unwrap_or_else(crate::root);
    std::env::set_current_dir(&root).with_context(|| root.display().to_string())?;
    let mut status = 0;
    for config in configs(Path::new("specs"))? {
        status = status.max(one(&config, args)?);
    }
    Ok(status)
}

/// Every `specs/*/oasmith.toml`, sorted.
pub(crate) fn configs(specs: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(specs).with_context(|| format!("`{}` cannot be read", specs.display()))?;
    let mut configs = Vec::new();
    for entry in entries {
        let config = entry?.path().join("oasmith.toml");
        if config.is_file() {
            configs.push(config);
        }
    }
    configs.sort();
    Ok(configs)
}

/// A crate as it would be written.
struct Made {
    opened: Opened,
    out: PathBuf,
    plan: Plan,
}

fn one(config: &Path, args: &Args) -> Result<u8> {
    let Some(made) = make(config, args)? else { return Ok(DOCUMENT) };
    if !made.plan.conflicts.is_empty() && !args.force {
        for path in &made.plan.conflicts {
            eprintln!("error: `{}` was written or edited by hand and is kept", made.out.join(path).display());
        }
        eprintln!("help: move the change elsewhere, or overwrite it with `--force`");
        return Ok(EDITED);
    }
    let (old, steps, report) = compare(config, &made, args)?;
    show(config, &made, &report, args);
    let agreed = agree::check(config, &made, &report, args)?;
    if !agreed {
        return Ok(BREAKS);
    }
    if args.check {
        return Ok(if made.plan.is_up_to_date() { 0 } else { STALE });
    }
    if args.split {
        return commit::split(config, &made.out, &old, &steps).map(|()| 0);
    }
    write::apply(&made.out, &made.opened.side.files, &made.plan)
        .with_context(|| format!("{} cannot be written", made.out.display()))?;
    if args.bump { bump::bump(config, &made, args) } else { Ok(0) }
}

/// Makes the crate in memory; `None` when the description has errors, which have been printed then.
fn make(config: &Path, args: &Args) -> Result<Option<Made>> {
    let job = Job { config: Some(config.to_path_buf()), ..Job::default() };
    let mut session = Session::default();
    let read = |path: &Path| Source::read(path).map(|source| source.bytes);
    let made = sides::make(&job, config.display().to_string(), &read, None, &mut session);
    match args.format {
        Format::Text => {
            let color = color(&std::io::stderr());
            eprint!("{}", report::text(&session.diagnostics, &session.files, color, Grouping::Causes));
        }
        Format::Github => print!("{}", report::github(&session.diagnostics, &session.files, Grouping::Causes)),
    }
    let Ok(opened) = made else {
        eprintln!("{}: {}", config.display(), report::summary(&session.diagnostics).unwrap_or_default());
        return Ok(None);
    };
    let out = opened.out.clone();
    let out = out.with_context(|| format!("{}: `output` says where the crate goes", config.display()))?;
    if !args.check {
        write::recover(&out).with_context(|| format!("{} cannot be completed", out.display()))?;
    }
    let plan =
        write::plan(&out, &opened.side.files).with_context(|| format!("{} cannot be compared", out.display()))?;
    Ok(Some(Made { opened, out, plan }))
}

/// The crate before, what each cause alone makes of it, and the report.
fn compare(config: &Path, made: &Made, args: &Args) -> Result<(Side, Vec<steps::Step>, Report)> {
    let given = Given { path: made.out.clone(), config: None, revision: args.against.clone() };
    let files = match given.crate_files(&made.out) {
        Ok(files) => files,
        // There is no crate yet.
        Err(_) if args.against.is_none() && !made.out.join(write::LIST).exists() => write::Files::new(),
        Err(error) => anyhow::bail!("{error}"),
    };
    let mut old = Side::of_crate(given.name(), files);
    let revision = args.against.as_deref().unwrap_or("HEAD");
    let steps = steps::steps(config, revision, &old, made);
    if let Some(first) = steps.first() {
        old.places = first.side.places.clone();
        comparable(&mut old, &first.side);
    }
    let mut report = diff::compare(&old, &made.opened.side);
    report.attribute(&old.files, steps.iter().map(|step| (step.cause, &step.side.files)));
    Ok((old, steps, report))
}

/// Gives a crate of an older oasmith the `api.surface` that this one writes for the same inputs.
fn comparable(old: &mut Side, again: &Side) {
    const SURFACE: &str = "api.surface";
    if let (false, Some(surface)) = (old.surface().is_comparable(), again.files.get(SURFACE)) {
        old.files.insert(SURFACE.to_owned(), surface.clone());
    }
}

fn color(stream: &impl IsTerminal) -> Color {
    if stream.is_terminal() { Color::Always } else { Color::Never }
}

fn show(config: &Path, made: &Made, report: &Report, args: &Args) {
    match args.format {
        Format::Text => {
            println!("{}: {}", config.display(), made.opened.summary);
            if made.plan.changes.is_empty() {
                println!("up to date");
            }
            if !made.plan.changes.is_empty() || args.against.is_some() {
                let color = color(&std::io::stdout());
                print!("{}", show::text(report, Some(SHOWN), color));
            }
        }
        Format::Github => {
            print!("{}", show::github(report));
            for change in made.plan.changes.iter().filter(|change| change.path != write::LIST && args.check) {
                let path = made.out.join(&change.path);
                let path = path.display().to_string();
                println!("{}", show::annotation("error", Some((&path, 1)), "stale", "run `cargo xtask regen`"));
            }
        }
    }
}
