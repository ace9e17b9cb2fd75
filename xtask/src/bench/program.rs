//! Decoding, encoding and sending: a program that does each through a generated client and by hand, taking turns.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Bench, measure};

const DOCUMENT: &str = include_str!("records.yaml");
const PROGRAM: &str = include_str!("program.rs.txt");
const MANIFEST: &str = r#"[package]
name = "bench-program"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
client = { package = "records-client", path = "client", features = ["serde"] }
reqwest = { version = "0.13", default-features = false, features = ["gzip", "http2", "stream", "system-proxy"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }
"#;

/// Builds and runs the program.
pub(super) fn run(bench: &Bench) -> Result<String> {
    let place = bench.out.join("program");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    std::fs::create_dir_all(place.join("src"))?;
    std::fs::write(place.join("records.yaml"), DOCUMENT)?;
    std::fs::write(place.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(place.join("src/main.rs"), PROGRAM)?;
    measure::command(&bench.program, &["generate", "records.yaml", "--out", "client"], &place, &[])?
        .context("the document of records is not generated")?;
    let output = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet"])
        .current_dir(&place)
        .env("CARGO_TARGET_DIR", bench.out.join("target/program"))
        .output()?;
    if !output.status.success() {
        bail!("the program fails: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(table(&String::from_utf8_lossy(&output.stdout)))
}

fn table(told: &str) -> String {
    let mut text = String::from(
        "The best of many rounds, the two taking turns. A ratio of 0.97 or more is within 3 % of hand-written code.\n\n\
         | what | generated | by hand | ratio | |\n| --- | --- | --- | --- | --- |\n",
    );
    for line in told.lines() {
        let cells: Vec<&str> = line.split(' ').collect();
        let [what, ours, theirs] = cells.as_slice() else { continue };
        let (Ok(ours), Ok(theirs)) = (ours.parse::<f64>(), theirs.parse::<f64>()) else { continue };
        let unit = if what.starts_with("http") { "requests/s" } else { "MB/s" };
        let met = if ours / theirs >= 0.97 { "met" } else { "NOT met" };
        let what = match *what {
            "decode" => "decode, against `serde` over `serde_json`",
            "encode" => "encode, against `serde` over `serde_json`",
            "http-2" => "calls on loopback, 2 records each, against `reqwest` and `serde_json`",
            "http-200" => "calls on loopback, 200 records each, against the same",
            other => other,
        };
        let _ = writeln!(text, "| {what} | {ours:.0} {unit} | {theirs:.0} {unit} | {:.2} | {met} |", ours / theirs);
    }
    text
}
