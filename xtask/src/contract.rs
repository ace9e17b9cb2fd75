//! `cargo xtask contract`: every operation is called on a mock server nobody here wrote, which checks each request.
//!
//! For each document the client is generated, a driver that makes every call with values out of the schemas is written
//! beside it, and Prism answers from the document. A request that it refuses is a violation; an answer of its own making
//! that the client cannot read is a decode failure. Both fail, unless `tests/contract/exceptions.toml` says why not.

mod documents;
mod driver;
mod exceptions;
mod facets;
mod pattern;
mod prism;
mod values;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;

use documents::{Document, Prepared};
use exceptions::Exceptions;

/// Options of `contract`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// Only these documents, by name
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// These documents instead of those that are known: nothing about them is excused
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "only")]
    document: Vec<PathBuf>,
    /// The corpus; by default `OASMITH_CORPUS`, then `../shared/corpus`
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Where crates, drivers and Prism go
    #[arg(long, default_value = "target/contract")]
    out: PathBuf,
    /// Succeed, and say so, where Prism cannot be had: without Node.js and npm, or without a registry
    #[arg(long)]
    allow_missing: bool,
}

/// One call, as the driver tells it.
#[derive(Debug, Deserialize)]
struct Told {
    operation: String,
    call: String,
    #[serde(default)]
    request: String,
    outcome: Outcome,
    detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// A success that was read.
    Success,
    /// The documented answer that was asked for, read.
    Documented,
    /// Prism let the request pass and noted what is wrong with it.
    Violation,
    /// Prism answered in its own name.
    Refused,
    /// The request was accepted, and the document has no answer to it.
    Unanswered,
    /// An answer other than a success, without having been asked for.
    Error,
    /// An answer that the client cannot read.
    Undecoded,
    /// No answer.
    Failed,
}

/// What became of one document.
#[derive(Debug, Default)]
struct Row {
    name: String,
    operations: usize,
    calls: usize,
    violations: usize,
    undecoded: usize,
    exceptions: usize,
}

/// Checks every document; fails when a complaint is not excused or an excuse is not needed.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if !crate::npm::is_possible() {
        println!("the contract check did NOT run: it needs Node.js and npm, and at least one of them is missing");
        return Ok(if args.allow_missing { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let args = args.clone();
    // The deepest documents that are accepted need more stack than a main thread is sure to have.
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || all(&args))?;
    worker.join().unwrap_or_else(|_| anyhow::bail!("the generator failed; this is a bug in oasmith"))
}

fn all(args: &Args) -> Result<ExitCode> {
    let root = crate::root();
    let out = root.join(&args.out);
    let documents = documents(args, &root)?;
    let exceptions = if args.document.is_empty() {
        Exceptions::read(&root.join("tests/contract/exceptions.toml"))?
    } else {
        Exceptions::default()
    };
    let program = match prism::install(&out.join("prism")) {
        Err(error) if args.allow_missing => {
            println!("the contract check did NOT run: {error:#}");
            return Ok(ExitCode::SUCCESS);
        }
        installed => installed?,
    };
    let wanted = documents.len();
    let mut prepared = Vec::new();
    for document in documents {
        let name = document.name.clone();
        prepared.extend(told(&name, documents::prepare(document, &out.join(&name))));
    }
    let mut rows = Vec::new();
    for ready in &prepared {
        rows.extend(told(&ready.document.name, check(ready, &program, &out, &exceptions)));
    }
    print!("{}", table(&rows));
    let names: Vec<&str> = prepared.iter().map(|ready| ready.document.name.as_str()).collect();
    let unused = exceptions.unused(&names);
    for exception in &unused {
        println!("this exception excuses nothing: {exception}");
    }
    let clean = unused.is_empty() && rows.iter().all(|row| row.violations + row.undecoded == 0);
    Ok(if clean && rows.len() == wanted { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What came of a document; that it cannot be checked is said, so that the others are checked all the same.
fn told<T>(name: &str, result: Result<T>) -> Option<T> {
    result.inspect_err(|error| println!("{name} is not checked: {error:#}")).ok()
}

fn documents(args: &Args, root: &Path) -> Result<Vec<Document>> {
    if !args.document.is_empty() {
        return documents::given(&args.document);
    }
    let corpus = corpus(args, root);
    if corpus.is_none() {
        println!("there is no corpus: Close alone is checked");
    }
    let mut documents = documents::all(root, corpus.as_deref());
    documents.retain(|document| args.only.is_empty() || args.only.contains(&document.name));
    Ok(documents)
}

fn corpus(args: &Args, root: &Path) -> Option<PathBuf> {
    let named = args.corpus.clone().or_else(|| std::env::var_os("OASMITH_CORPUS").map(PathBuf::from));
    let dir = named.unwrap_or_else(|| root.join("../shared/corpus"));
    dir.join("MANIFEST.tsv").is_file().then_some(dir)
}

/// Compiles a driver, runs it against Prism, and judges what it tells.
fn check(ready: &Prepared, program: &Path, out: &Path, exceptions: &Exceptions) -> Result<Row> {
    let Document { name, .. } = &ready.document;
    let mut row = Row { name: name.clone(), operations: ready.operations, ..Row::default() };
    for operation in &ready.silent {
        let complaint = "no value was found for what it requires";
        if exceptions.excuse(name, operation, "", complaint) {
            row.exceptions += 1;
        } else {
            row.violations += 1;
            println!("{name}: {operation}: {complaint}");
        }
    }
    let driver = build(name, out)?;
    for answers in prism::Answers::ALL {
        for line in drive(&driver, ready, program, *answers, &out.join(name))?.lines() {
            let told: Told = serde_json::from_str(line)?;
            judge(&told, *answers, ready, exceptions, &mut row);
        }
    }
    Ok(row)
}

/// Runs a driver against Prism: what it tells, which stays in `place` as well.
fn drive(driver: &Path, ready: &Prepared, program: &Path, answers: prism::Answers, place: &Path) -> Result<String> {
    let log = place.join(format!("{}.log", answers.name()));
    let told = place.join(format!("{}.jsonl", answers.name()));
    let mut server = prism::Server::start(program, &ready.document.path, answers, &log)?;
    let mut running = Command::new(driver).arg(server.url()).stdout(fs::File::create(&told)?).spawn()?;
    let status = loop {
        if let Some(status) = running.try_wait()? {
            break status;
        }
        server.keep()?;
        std::thread::sleep(Duration::from_millis(20));
    };
    anyhow::ensure!(status.success(), "the driver broke off: {status}");
    Ok(fs::read_to_string(&told)?)
}

fn build(name: &str, out: &Path) -> Result<PathBuf> {
    let target = out.join("target");
    let package = format!("drive-{name}");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", &package])
        .current_dir(out.join(name))
        .env("CARGO_TARGET_DIR", &target)
        .output()?;
    let log = out.join(name).join("rustc.log");
    fs::write(&log, &output.stderr)?;
    if !output.status.success() {
        anyhow::bail!("the driver does not compile: see {}", log.display());
    }
    Ok(target.join("debug").join(package))
}

/// Counts a call, and prints it when there is something against it.
fn judge(told: &Told, answers: prism::Answers, ready: &Prepared, exceptions: &Exceptions, row: &mut Row) {
    row.calls += 1;
    let answered = ready.failing.contains(&told.operation);
    let (kind, count) = match told.outcome {
        Outcome::Success | Outcome::Documented | Outcome::Unanswered => return,
        Outcome::Violation if is_advice(&told.detail) => return,
        Outcome::Error if answered => return,
        Outcome::Refused if told.detail.contains("errors#VIOLATIONS") => {
            ("the document's own answer breaks its schema", &mut row.undecoded)
        }
        Outcome::Undecoded => ("the answer cannot be read", &mut row.undecoded),
        Outcome::Violation | Outcome::Refused => ("the request breaks the document", &mut row.violations),
        Outcome::Error | Outcome::Failed => ("the call failed", &mut row.violations),
    };
    let name = &ready.document.name;
    if exceptions.excuse(name, &told.operation, &told.call, &told.detail) {
        row.exceptions += 1;
        return;
    }
    *count += 1;
    println!("{name}: {} ({}; {}): {kind}", told.operation, told.call, answers.name());
    println!("    {}", told.request);
    println!("    {}", told.detail);
}

/// Whether nothing that Prism notes is an error: it also warns of what is deprecated.
fn is_advice(violations: &str) -> bool {
    let notes: Vec<serde_json::Value> = serde_json::from_str(violations).unwrap_or_default();
    let is_warning =
        |note: &serde_json::Value| note.get("severity").and_then(|value| value.as_str()) == Some("Warning");
    !notes.is_empty() && notes.iter().all(is_warning)
}

fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:20}{:>12}{:>8}{:>12}{:>18}{:>12}\n",
        "document", "operations", "calls", "violations", "decode failures", "exceptions"
    );
    for row in rows {
        text.push_str(&format!(
            "{:20}{:12}{:8}{:12}{:18}{:12}\n",
            row.name, row.operations, row.calls, row.violations, row.undecoded, row.exceptions
        ));
    }
    text
}
