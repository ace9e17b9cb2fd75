//! `cargo xtask corpus`: every real document there is, generated, and compiled when asked, with a report of how far each one comes.
//!
//! Each document is a process of its own, so that a panic, an overflow or a hang costs that document and not the run.

mod compile;
mod count;
mod find;
mod ledger;
mod made;
mod page;
mod progress;
mod report;
mod row;
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use find::Corpus;
use ledger::Ledger;
use progress::Progress;
use row::Row;

/// Options of `corpus`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The corpus: a directory, whose `MANIFEST.tsv` lists the documents when there is one; by default `OASMITH_CORPUS`,
    /// then `../shared/corpus`
    dir: Option<PathBuf>,
    /// Only documents whose path contains this
    #[arg(long)]
    only: Option<String>,
    /// Compile each crate with `-D warnings`; one that has not changed since is not compiled again
    #[arg(long)]
    compile: bool,
    /// How many documents are generated, and how many crates compiled, at a time; by default as many as there are cores
    #[arg(long)]
    jobs: Option<usize>,
    /// Lower the counts of `tests/corpus/ledger.toml` to what is found, and drop its unused entries; reasons are for people
    #[arg(long)]
    bless: bool,
    /// Where the crates and the report go
    #[arg(long, default_value = "target/corpus")]
    out: PathBuf,
}

/// Runs the whole corpus; fails when any document does.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let root = crate::root();
    let Some(mut corpus) = Corpus::find(args.dir.as_deref(), &root)? else {
        println!("there is no corpus: say where one is with `OASMITH_CORPUS`, or put it at `../shared/corpus`");
        return Ok(ExitCode::SUCCESS);
    };
    if let Some(only) = &args.only {
        corpus.documents.retain(|document| document.contains(only.as_str()));
    }
    if corpus.documents.is_empty() {
        bail!("no document of {} is meant", corpus.dir.display());
    }
    let out = root.join(&args.out);
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let rows = rows(args, &corpus, &root, &out, jobs)?;
    let verdict = judge(args, &corpus, &root, &rows)?;
    fs::write(out.join("report.json"), serde_json::to_string_pretty(&report::json(&rows))?)?;
    fs::write(out.join("report.txt"), report::text(&rows, &verdict))?;
    fs::write(out.join("report.html"), page::html(&rows, &verdict, args.compile)?)?;
    print!("{}", report::text(&rows, &verdict));
    println!("the whole report: {}", out.join("report.html").display());
    let fine = verdict.complaints.is_empty() && rows.iter().all(|row| row.trouble(args.compile).is_none());
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Generates, and compiles when asked.
fn rows(args: &Args, corpus: &Corpus, root: &Path, out: &Path, jobs: usize) -> Result<Vec<Row>> {
    let program = build(root)?;
    let progress = Progress::new("generated", corpus.documents.len());
    let mut rows = run::all(&program, corpus, out, jobs, &progress)?;
    progress.finish();
    if args.compile {
        compile::all(root, out, &mut rows, jobs)?;
    }
    Ok(rows)
}

/// What the ledger says about the rows; documents that a manifest does not list are in no ledger.
fn judge(args: &Args, corpus: &Corpus, root: &Path, rows: &[Row]) -> Result<ledger::Verdict> {
    if !corpus.listed {
        return Ok(ledger::Verdict::default());
    }
    let path = root.join("tests/corpus/ledger.toml");
    let mut ledger = Ledger::read(&path)?;
    let verdict = ledger.judge(rows, args.only.is_none());
    if args.bless && ledger.bless(rows, args.only.is_none()) {
        fs::write(&path, ledger.text())?;
        println!("{} is lowered to what was found", path.display());
        return Ok(ledger.judge(rows, args.only.is_none()));
    }
    Ok(verdict)
}

fn build(root: &Path) -> Result<PathBuf> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", "oasmith"])
        .current_dir(root)
        .status()?;
    if !status.success() {
        bail!("the generator does not build");
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("release/oasmith"))
}
