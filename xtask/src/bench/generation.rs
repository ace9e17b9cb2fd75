//! Generating: CPU time, memory and lines, stage by stage, beside reading alone and beside other generators.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use oasmith::stage::Stage;

use super::measure::{self, Cost};
use super::peers::PEERS;
use super::{Bench, reading, short};

/// One document, generated.
struct Row {
    name: String,
    bytes: u64,
    cost: Cost,
    stages: BTreeMap<String, f64>,
    reading: f64,
    lines: usize,
    operations: usize,
    /// CPU seconds, memory and lines of each other generator; nothing where it refuses the document.
    peers: Vec<Option<(Cost, usize)>>,
}

/// Measures the largest documents.
pub(super) fn run(bench: &Bench, count: usize, only: Option<&str>) -> Result<String> {
    let documents = bench.largest(count, only)?;
    if documents.is_empty() {
        return Ok("There is no corpus here, so nothing was generated.\n".to_owned());
    }
    let mut rows = Vec::new();
    for (path, bytes) in documents {
        println!("generating {}", path.display());
        rows.extend(row(bench, &path, bytes)?);
    }
    Ok(format!("{}{}{}{}", table(&rows), stages(&rows), peers(bench, &rows), targets(&rows)))
}

fn row(bench: &Bench, path: &Path, bytes: u64) -> Result<Option<Row>> {
    let name = short(path);
    let place = bench.out.join("crates").join(&name);
    let input = path.to_string_lossy().into_owned();
    let output = place.to_string_lossy().into_owned();
    let cost = measure::cheapest(bench.runs, || {
        bench.set_aside(&place)?;
        measure::command(&bench.program, &["generate", &input, "--out", &output, "--format", "json"], &bench.out, &[])
    })?;
    let Some(cost) = cost else { return Ok(None) };
    let (lines, operations) = (measure::lines(&place.join("src")), operations(&place)?);
    let mut peers = Vec::new();
    for peer in PEERS {
        let here = peer.is_here(&bench.out);
        peers.push(if here { peer.generate(&bench.out, path, &name, bench.runs.min(3))? } else { None });
    }
    let stages = staged(bench, &input, &place)?;
    let reading = reading::cpu(path, 9)?;
    Ok(Some(Row { name, bytes, cost, stages, reading, lines, operations, peers }))
}

fn operations(place: &Path) -> Result<usize> {
    let lock = std::fs::read_to_string(place.join("names.lock"))?;
    let section = lock.split("\n[operations]\n").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    Ok(section.lines().filter(|line| line.starts_with('"')).count())
}

/// CPU seconds per stage, as the generator tells them.
fn staged(bench: &Bench, input: &str, place: &PathBuf) -> Result<BTreeMap<String, f64>> {
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for _ in 0..bench.runs {
        bench.set_aside(place)?;
        let output = Command::new(&bench.program)
            .args(["generate", input, "--timings", "--format", "json", "--out"])
            .arg(place)
            .stdout(Stdio::null())
            .output()
            .context("the generator does not start")?;
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            let Ok(told) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let stage = told.get("stage").and_then(serde_json::Value::as_str);
            let cpu = told.get("cpu").and_then(serde_json::Value::as_f64);
            let (Some(stage), Some(cpu)) = (stage, cpu) else { continue };
            best.entry(stage.to_owned()).and_modify(|best| *best = best.min(cpu)).or_insert(cpu);
        }
    }
    Ok(best)
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | size | operations | CPU | peak memory | Rust lines | per operation | reading alone | ratio |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {:.1} MB | {} | {:.2} s | {} MB | {} | {} | {:.3} s | {:.1} |",
            row.name,
            megabytes(row.bytes),
            row.operations,
            row.cost.cpu,
            row.cost.peak / 1_000_000,
            row.lines,
            row.lines / row.operations.max(1),
            row.reading,
            row.cost.cpu / row.reading,
        );
    }
    text
}

fn stages(rows: &[Row]) -> String {
    let names: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    let mut text = format!(
        "\nCPU milliseconds per stage:\n\n| document | {} |\n|{}\n",
        names.join(" | "),
        " --- |".repeat(names.len() + 1)
    );
    for row in rows {
        let cells: Vec<String> = names
            .iter()
            .map(|name| row.stages.get(*name).map_or("".to_owned(), |cpu| format!("{:.0}", cpu * 1e3)))
            .collect();
        let _ = writeln!(text, "| {} | {} |", row.name, cells.join(" | "));
    }
    text
}

fn peers(bench: &Bench, rows: &[Row]) -> String {
    let mut text = String::from(
        "\nOther generators, CPU seconds / peak MB / lines (`–`: refuses the document):\n\n| document | oasmith |",
    );
    for peer in PEERS {
        let _ = write!(text, " {}{} |", peer.label(), if peer.is_here(&bench.out) { "" } else { " (not installed)" });
    }
    let _ = writeln!(text, "\n|{}", " --- |".repeat(PEERS.len() + 2));
    let cell = |cost: &Cost, lines: usize| format!("{:.2} / {} / {lines}", cost.cpu, cost.peak / 1_000_000);
    for row in rows {
        let cells: Vec<String> = row
            .peers
            .iter()
            .map(|peer| peer.as_ref().map_or("–".to_owned(), |(cost, lines)| cell(cost, *lines)))
            .collect();
        let _ = writeln!(text, "| {} | {} | {} |", row.name, cell(&row.cost, row.lines), cells.join(" | "));
    }
    text
}

/// What was aimed at, and how often it is reached.
fn targets(rows: &[Row]) -> String {
    let mut text = String::from("\nTargets:\n\n");
    for row in rows.iter().filter(|row| ["stripe", "openai"].contains(&row.name.as_str())) {
        let met = |met: bool| if met { "met" } else { "NOT met" };
        let fits = row.cost.cpu < 0.5 && row.cost.peak < 150_000_000;
        let _ = writeln!(text, "* {}: under 0.5 s and 150 MB: {}.", row.name, met(fits));
    }
    let ratio = rows.iter().filter(|row| row.cost.cpu <= 5.0 * row.reading).count();
    let _ = writeln!(text, "* At most five times what reading takes: {ratio} of {}.", rows.len());
    let compared = || rows.iter().filter(|row| row.peers.iter().flatten().next().is_some());
    let fastest = |row: &&Row| row.peers.iter().flatten().map(|(cost, _)| cost.cpu).fold(f64::INFINITY, f64::min);
    let faster = compared().filter(|row| 4.0 * row.cost.cpu <= fastest(row)).count();
    let _ = writeln!(text, "* Four times as fast as the fastest other generator: {faster} of {}.", compared().count());
    let leanest = |row: &&Row| row.peers.iter().flatten().map(|(_, lines)| *lines).min().unwrap_or_default();
    let leaner = compared().filter(|row| 2 * row.lines <= leanest(row)).count();
    let _ = writeln!(text, "* Half the lines of the leanest other generator: {leaner} of {}.", compared().count());
    text
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files are far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
