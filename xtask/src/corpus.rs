//! `cargo xtask corpus`: every real document there is, generated, and compiled when asked.
//!
//! Each document is a process of its own, so that a panic, an overflow or a hang costs that document and not the run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Options of `corpus`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The corpus: a directory with `MANIFEST.tsv`; by default `OASMITH_CORPUS`, then `../shared/corpus`
    dir: Option<PathBuf>,
    /// Only documents whose path contains this
    #[arg(long)]
    only: Option<String>,
    /// Compile each crate with `-D warnings`
    #[arg(long)]
    compile: bool,
    /// Where the crates go
    #[arg(long, default_value = "target/corpus")]
    out: PathBuf,
}

/// How long a document may take: far more than the largest known one needs.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What became of one document.
struct Row {
    name: String,
    stage: Stage,
    seconds: f64,
    lines: usize,
    operations: usize,
    diagnostics: BTreeMap<String, usize>,
    /// Why something is any JSON although the document says something about it, with how often.
    untyped: BTreeMap<String, usize>,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Crashed,
    Refused,
    Generated,
    Uncompilable,
    Compiled,
}

/// Runs the whole corpus; fails when any document does.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let root = crate::root();
    let Some(dir) = directory(args, &root) else {
        println!("there is no corpus: say where one is with `OASMITH_CORPUS`, or put it at `../shared/corpus`");
        return Ok(ExitCode::SUCCESS);
    };
    let program = build(&root)?;
    let out = root.join(&args.out);
    let mut rows = Vec::new();
    for document in documents(&dir)? {
        if args.only.as_ref().is_some_and(|only| !document.contains(only.as_str())) {
            continue;
        }
        let mut row = generate(&program, &dir, &document, &out)?;
        if args.compile && row.stage == Stage::Generated {
            compile(&out, &mut row)?;
        }
        println!("{}", line(&row));
        rows.push(row);
    }
    summary(&rows, args.compile);
    fs::create_dir_all(&out)?;
    fs::write(out.join("report.json"), serde_json::to_string_pretty(&json(&rows))?)?;
    let wanted = if args.compile { Stage::Compiled } else { Stage::Generated };
    Ok(if rows.iter().all(|row| row.stage == wanted) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn directory(args: &Args, root: &Path) -> Option<PathBuf> {
    let named = args.dir.clone().or_else(|| std::env::var_os("OASMITH_CORPUS").map(PathBuf::from));
    let dir = named.unwrap_or_else(|| root.join("../shared/corpus"));
    dir.join("MANIFEST.tsv").is_file().then_some(dir)
}

fn documents(dir: &Path) -> Result<Vec<String>> {
    let manifest = fs::read_to_string(dir.join("MANIFEST.tsv"))?;
    Ok(manifest.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect())
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

fn generate(program: &Path, dir: &Path, document: &str, out: &Path) -> Result<Row> {
    let name =
        document.trim_end_matches(".json").trim_end_matches(".yaml").trim_end_matches(".yml").replace(['/', '.'], "-");
    let place = out.join(&name);
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let begin = Instant::now();
    let mut child = Command::new(program)
        .arg("generate")
        .arg(dir.join(document))
        .arg("--out")
        .arg(&place)
        .args(["--format", "json"])
        .stdout(Stdio::from(fs::File::create(out_file(out, &name, "json")?)?))
        .stderr(Stdio::from(fs::File::create(out_file(out, &name, "err")?)?))
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status.code(),
            None if begin.elapsed() > TIMEOUT => {
                child.kill()?;
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let seconds = begin.elapsed().as_secs_f64();
    let report = fs::read_to_string(out_file(out, &name, "json")?)?;
    let errors = fs::read_to_string(out_file(out, &name, "err")?)?;
    let (lines, operations) = measure(&place);
    let stage = match status {
        Some(0) => Stage::Generated,
        Some(2 | 3) => Stage::Refused,
        _ => Stage::Crashed,
    };
    Ok(Row {
        name,
        stage,
        seconds,
        lines,
        operations,
        diagnostics: count(&report, "code", |_| true),
        untyped: count(&report, "message", |code| matches!(code, "untyped-schema" | "deep-type")),
        message: first_error(&report, &errors),
    })
}

fn out_file(out: &Path, name: &str, extension: &str) -> Result<PathBuf> {
    let logs = out.join("logs");
    fs::create_dir_all(&logs)?;
    Ok(logs.join(format!("{name}.{extension}")))
}

/// How often each value of a field stands among the diagnostics with wanted codes.
fn count(report: &str, field: &str, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let list: Vec<serde_json::Value> = serde_json::from_str(report).unwrap_or_default();
    let text = |entry: &serde_json::Value, key: &str| entry.get(key)?.as_str().map(str::to_owned);
    for entry in list.iter().filter(|entry| text(entry, "code").is_some_and(|code| wanted(&code))) {
        *counts.entry(text(entry, field).unwrap_or_default()).or_default() += 1;
    }
    counts
}

fn first_error(report: &str, errors: &str) -> String {
    let list: Vec<serde_json::Value> = serde_json::from_str(report).unwrap_or_default();
    let error = list.iter().find(|entry| entry.get("severity").and_then(|value| value.as_str()) == Some("error"));
    let message = error.and_then(|entry| entry.get("message")?.as_str()).map(str::to_owned);
    message.or_else(|| errors.lines().find(|line| !line.trim().is_empty()).map(str::to_owned)).unwrap_or_default()
}

/// Lines of Rust outside the runtime, and operations.
fn measure(place: &Path) -> (usize, usize) {
    let (mut lines, mut operations) = (0, 0);
    let mut open = vec![place.join("src")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("runtime") {
                    open.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                lines += text.lines().count();
                operations += text.matches("impl Operation for ").count();
            }
        }
    }
    (lines, operations)
}

fn compile(out: &Path, row: &mut Row) -> Result<()> {
    let begin = Instant::now();
    let place = out.join(&row.name);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--lib"])
        .current_dir(&place)
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    fs::write(out_file(out, &row.name, "rustc")?, &errors)?;
    row.stage = if output.status.success() { Stage::Compiled } else { Stage::Uncompilable };
    row.message = match row.stage {
        Stage::Compiled => format!("checked in {:.1} s", begin.elapsed().as_secs_f64()),
        _ => format!(
            "{} errors; {}",
            errors.matches("\nerror").count() + 1,
            errors.lines().find(|line| line.starts_with("error")).unwrap_or_default()
        ),
    };
    Ok(())
}

fn line(row: &Row) -> String {
    let notes: usize = row.diagnostics.values().sum();
    let untyped: usize = row.untyped.values().sum();
    format!(
        "{:12} {:6.2} s {:7} lines {:4} operations {notes:5} diagnostics {untyped:4} untyped  {}  {}",
        format!("{:?}", row.stage),
        row.seconds,
        row.lines,
        row.operations,
        row.name,
        row.message
    )
}

fn summary(rows: &[Row], compiled: bool) {
    let at_least = |stage: Stage| rows.iter().filter(|row| row.stage >= stage).count();
    println!(
        "{} documents: {} crashed, {} generated",
        rows.len(),
        rows.iter().filter(|row| row.stage == Stage::Crashed).count(),
        at_least(Stage::Generated)
    );
    if compiled {
        println!("{} compiled without a warning", at_least(Stage::Compiled));
    }
    totals(rows.iter().flat_map(|row| &row.diagnostics));
    println!("any JSON, although the document says something:");
    totals(rows.iter().flat_map(|row| &row.untyped));
}

fn totals<'r>(counts: impl Iterator<Item = (&'r String, &'r usize)>) {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in counts {
        *totals.entry(name).or_default() += count;
    }
    for (name, count) in totals {
        println!("{count:6} {name}");
    }
}

fn json(rows: &[Row]) -> serde_json::Value {
    let row = |row: &Row| {
        serde_json::json!({
            "name": row.name, "stage": format!("{:?}", row.stage), "seconds": row.seconds, "lines": row.lines,
            "operations": row.operations, "diagnostics": row.diagnostics, "untyped": row.untyped, "message": row.message,
        })
    };
    rows.iter().map(row).collect()
}
