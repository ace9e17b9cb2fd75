//! `cargo xtask bench`: what generating costs, how large and how expensive the generated crates are, and how fast they run,
//! beside other generators and hand-written code. A report, not a test: nothing fails because something was slow.

mod compile;
mod generation;
mod linear;
mod measure;
mod peers;
mod program;
mod reading;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use report::Report;

/// Options of `bench`; without a part, all parts that need no other generator's crates compiled
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each part can be asked for on its own")]
pub(crate) struct Args {
    /// Time, memory and lines of generating, stage by stage, beside parsers and other generators
    #[arg(long)]
    generation: bool,
    /// Whether cost grows with the document and no faster
    #[arg(long)]
    linear: bool,
    /// `cargo check` and release build of the generated crates, beside those of other generators
    #[arg(long)]
    compile: bool,
    /// Decoding, encoding and sending, beside hand-written code
    #[arg(long)]
    program: bool,
    /// Every part
    #[arg(long)]
    all: bool,
    /// Only documents whose path contains this
    #[arg(long)]
    only: Option<String>,
    /// How many of the largest documents of the corpus
    #[arg(long, default_value_t = 10)]
    documents: usize,
    /// How often each thing is measured; the least is reported
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Install the other generators first, from the cargo registry, into `target/bench/peers`
    #[arg(long)]
    install_peers: bool,
    /// Write the report here as well, between the marks of its parts
    #[arg(long, default_value = "generator/BENCH.md")]
    report: PathBuf,
}

/// What every part needs.
struct Bench {
    root: PathBuf,
    /// Where everything that is made goes.
    out: PathBuf,
    /// The generator.
    program: PathBuf,
    corpus: Option<PathBuf>,
    runs: usize,
}

/// Measures, prints the report and writes it down.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let root = crate::root();
    let out = root.join("target/bench");
    std::fs::create_dir_all(&out)?;
    if args.install_peers {
        peers::install(&out)?;
    }
    let bench = Bench { program: build(&root)?, corpus: corpus(&root), out, root, runs: args.runs.max(1) };
    let none = !(args.generation || args.linear || args.compile || args.program);
    let mut report = Report::new(&bench.root.join(&args.report));
    if args.generation || args.all || none {
        report.part("generation", generation::run(&bench, args.documents, args.only.as_deref())?)?;
    }
    if args.linear || args.all || none {
        report.part("linear", linear::run(&bench)?)?;
    }
    if args.program || args.all || none {
        report.part("program", program::run(&bench)?)?;
    }
    if args.compile || args.all {
        report.part("compile", compile::run(&bench, args.only.as_deref())?)?;
    }
    let aside = bench.out.join(ASIDE);
    if aside.exists() {
        std::fs::remove_dir_all(aside)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where what was made before waits for its removal.
const ASIDE: &str = "aside";

/// Makes room for a crate without removing the one before: ext4 takes many times as long for a new file where others were
/// removed a moment ago, and that would be measured.
fn set_aside(out: &Path, place: &Path) -> Result<()> {
    if place.exists() {
        let aside = out.join(ASIDE);
        std::fs::create_dir_all(&aside)?;
        let count = std::fs::read_dir(&aside)?.count();
        std::fs::rename(place, aside.join(count.to_string()))?;
    }
    Ok(())
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

fn corpus(root: &Path) -> Option<PathBuf> {
    let dir = std::env::var_os("OASMITH_CORPUS").map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    dir.join("MANIFEST.tsv").is_file().then_some(dir)
}

impl Bench {
    fn set_aside(&self, place: &Path) -> Result<()> {
        set_aside(&self.out, place)
    }

    /// The largest documents of the corpus, with their sizes, the largest first.
    fn largest(&self, count: usize, only: Option<&str>) -> Result<Vec<(PathBuf, u64)>> {
        let Some(corpus) = &self.corpus else { return Ok(Vec::new()) };
        let manifest = std::fs::read_to_string(corpus.join("MANIFEST.tsv"))?;
        let names = manifest.lines().skip(1).filter_map(|line| line.split('\t').next());
        let wanted = names.filter(|name| only.is_none_or(|only| name.contains(only)));
        let mut found: Vec<(PathBuf, u64)> = wanted
            .map(|name| corpus.join(name))
            .filter_map(|path| Some((path.clone(), std::fs::metadata(path).ok()?.len())))
            .collect();
        found.sort_by_key(|(path, size)| (std::cmp::Reverse(*size), path.clone()));
        found.truncate(count);
        Ok(found)
    }
}

/// A document's name: the part of its file name that says whose it is.
fn short(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name.split("--").next().unwrap_or(&name).to_owned()
}
