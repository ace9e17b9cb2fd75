//! One process for each document: what it says, what it costs, and how it ends.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use super::find::Corpus;
use super::progress::Progress;
use super::row::{End, Row, StageCost};
use super::{count, made, report};

/// How long a document may take: far more than the largest known one needs.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Generates every document, several at a time; the rows are in the order of the corpus.
pub(super) fn all(program: &Path, corpus: &Corpus, out: &Path, jobs: usize, progress: &Progress) -> Result<Vec<Row>> {
    fs::create_dir_all(out.join("logs"))?;
    let open: Mutex<VecDeque<usize>> = Mutex::new((0..corpus.documents.len()).collect());
    let done: Mutex<BTreeMap<usize, Result<Row>>> = Mutex::default();
    let work = || {
        while let Some(at) = lock(&open).pop_front() {
            let Some(document) = corpus.documents.get(at) else { return };
            progress.now(document);
            let row = generate(program, &corpus.dir, document, out);
            if let Ok(row) = &row {
                progress.step(&report::line(row));
            }
            lock(&done).insert(at, row);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(work);
        }
    });
    done.into_inner().map_err(|_| anyhow!("a thread of the task has failed"))?.into_values().collect()
}

/// A lock whose holder cannot leave it in a bad state: nothing in between can panic and leave half a change.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What a document is called among directories.
fn name(document: &str) -> String {
    let stem = [".json", ".yaml", ".yml"].iter().find_map(|extension| document.strip_suffix(extension));
    stem.unwrap_or(document).replace(|at: char| !at.is_ascii_alphanumeric() && at != '_', "-")
}

fn generate(program: &Path, dir: &Path, document: &str, out: &Path) -> Result<Row> {
    let name = name(document);
    let place = out.join("crates").join(&name);
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let (said, errors) = (out.join("logs").join(format!("{name}.json")), out.join("logs").join(format!("{name}.err")));
    let begin = Instant::now();
    let mut child = Command::new(program)
        .arg("generate")
        .arg(dir.join(document))
        .arg("--out")
        .arg(&place)
        .args(["--format", "json", "--timings"])
        .stdout(Stdio::from(fs::File::create(&said)?))
        .stderr(Stdio::from(fs::File::create(&errors)?))
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break Some(status),
            None if begin.elapsed() > TIMEOUT => {
                child.kill()?;
                child.wait()?;
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall = begin.elapsed().as_secs_f64();
    let bytes = fs::metadata(dir.join(document)).map(|metadata| metadata.len()).unwrap_or_default();
    let row = Row { document: document.to_owned(), name, bytes, wall, ..Row::default() };
    let said = Said::read(&said, &errors);
    Ok(describe(row, status, &said, &dir.join(document), &place))
}

/// A diagnostic, as the program writes it.
#[derive(Debug, Deserialize)]
struct Diagnostic {
    code: String,
    severity: String,
    message: String,
    pointer: Option<String>,
}

/// What a run wrote.
struct Said {
    diagnostics: Vec<Diagnostic>,
    stages: Vec<StageCost>,
    /// Everything else on standard error.
    errors: Vec<String>,
}

impl Said {
    fn read(output: &Path, errors: &Path) -> Self {
        let diagnostics = fs::read_to_string(output).ok().and_then(|text| serde_json::from_str(&text).ok());
        let mut said = Self { diagnostics: diagnostics.unwrap_or_default(), stages: Vec::new(), errors: Vec::new() };
        for line in String::from_utf8_lossy(&fs::read(errors).unwrap_or_default()).lines() {
            match serde_json::from_str(line) {
                Ok(stage) => said.stages.push(stage),
                Err(_) if line.trim().is_empty() => {}
                Err(_) => said.errors.push(line.to_owned()),
            }
        }
        said
    }

    /// The first error of the description, or the first line that is none.
    fn message(&self) -> String {
        let error = self.diagnostics.iter().find(|diagnostic| diagnostic.severity == "error");
        let error = error.map(|error| format!("{}: {}", error.code, error.message));
        error.or_else(|| self.errors.first().cloned()).unwrap_or_default()
    }

    /// How often each value stands among the diagnostics that are wanted.
    fn counts<'s>(&'s self, value: impl Fn(&'s Diagnostic) -> Option<&'s str>) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for value in self.diagnostics.iter().filter_map(value) {
            *counts.entry(value.to_owned()).or_default() += 1;
        }
        counts
    }

    /// The code of the diagnostic that names an operation.
    fn about(&self, operation: &str) -> Option<&str> {
        let (method, path) = operation.split_once(' ')?;
        let pointer = format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"));
        let pointers = [format!("{pointer}/{}", method.to_lowercase()), pointer];
        let quoted = format!("`{operation}`");
        let names = |found: &&Diagnostic| {
            let at = found.pointer.as_ref().map(|at| at.trim_start_matches('#'));
            found.message.contains(&quoted) || at.is_some_and(|at| pointers.iter().any(|pointer| pointer == at))
        };
        self.diagnostics.iter().find(names).map(|found| found.code.as_str())
    }
}

fn describe(row: Row, status: Option<ExitStatus>, said: &Said, document: &Path, place: &Path) -> Row {
    let counted = count::count(document);
    let made = made::measure(place);
    let end = end(status, said);
    let missing = counted.operations.iter().flatten().filter(|key| !made.keys.contains(*key));
    let (mut reported, mut lost) = (BTreeMap::new(), BTreeSet::new());
    for key in missing {
        match said.about(key) {
            Some(code) => _ = reported.insert(key.clone(), code.to_owned()),
            None => _ = lost.insert(key.clone()),
        }
    }
    Row {
        version: counted.version,
        end,
        stage: said.stages.last().map(|cost| cost.stage.clone()).unwrap_or_else(|| "none".to_owned()),
        message: if end == End::Generated { String::new() } else { said.message() },
        stages: said.stages.clone(),
        cpu: said.stages.iter().filter_map(|cost| cost.cpu).sum(),
        peak: said.stages.iter().filter_map(|cost| cost.peak).max().unwrap_or_default(),
        generated: counted.operations.as_ref().map_or(made.keys.len(), |found| found.intersection(&made.keys).count()),
        found: counted.operations.as_ref().ok().map(BTreeSet::len),
        uncounted: counted.operations.err().unwrap_or_default(),
        methods: made.operations,
        reported,
        lost,
        lines: made.lines,
        any_json: made.any_json,
        untyped: said.counts(|found| {
            matches!(found.code.as_str(), "untyped-schema" | "deep-type").then_some(found.message.as_str())
        }),
        diagnostics: said.counts(|found| Some(&found.code)),
        ..row
    }
}

fn end(status: Option<ExitStatus>, said: &Said) -> End {
    let overflow = said.errors.iter().any(|line| line.contains("has overflowed its stack"));
    match status.map(|status| status.code()) {
        None => End::Timeout,
        Some(Some(0)) => End::Generated,
        Some(Some(2 | 3)) => End::Refused,
        Some(Some(_)) if !overflow => End::Panic,
        Some(Some(_) | None) => End::Overflow,
    }
}

/// Where the crate of a row is.
pub(super) fn place(out: &Path, row: &Row) -> PathBuf {
    out.join("crates").join(&row.name)
}
