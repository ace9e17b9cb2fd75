//! The program beside each generated crate that decodes and encodes values: written, built and run.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::prepare::{Prepared, save_file};

/// What came back for one value.
#[derive(Debug)]
pub(super) enum Answer {
    /// It was decoded and encoded again.
    Same(Value),
    /// The same, but part of it was not recognized and kept as it came.
    Unknown(Value),
    /// It was not decoded.
    Failed(String),
}

const SUPPORT: &str = r#"
use std::fmt::Debug;
use std::io::BufRead;

use client::json::{Json, from_slice, to_string};

/// `ok`, `unknown` or `failed`, and what came out.
fn check<T: Json + Debug>(text: &str) -> String {
    match from_slice::<T>(text.as_bytes()) {
        Ok(value) => {
            let word = if has_unknown(&format!("{value:?}")) { "unknown" } else { "ok" };
            format!("{word} {}", to_string(&value))
        }
        Err(error) => format!("failed {error}, {}", error.path(text.as_bytes())),
    }
}

/// Whether a union or an enum did not know a part of the value. A text that no enum of the document lists is meant to be
/// unknown: the schema says that the enum is open.
fn has_unknown(shown: &str) -> bool {
    shown.match_indices("Unknown(").any(|(at, word)| {
        let after = shown.get(at + word.len()..).unwrap_or_default();
        let Some(quoted) = after.strip_prefix("UnknownValue(") else { return true };
        // The end of a quoted text: the first quote that no backslash stands before.
        let escaped = |end: usize| quoted[..end].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let end = quoted.match_indices('"').map(|(end, _)| end).skip(1).find(|end| !escaped(*end)).expect("a quote");
        LISTED.contains(&&quoted[..=end])
    })
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the input is text");
        let (index, text) = line.split_once(' ').expect("a check and a value");
        let check = CHECKS[index.parse::<usize>().expect("the number of a check")];
        println!("{}", check(text));
    }
}
"#;

/// Writes one workspace with all crates and their programs, so that what they depend on is built once.
pub(super) fn write(out: &Path, all: &[Prepared]) -> Result<()> {
    let mut members = String::new();
    for prepared in all {
        let name = &prepared.name;
        writeln!(members, "    \"{name}\", \"{name}-check\",")?;
        let manifest = format!(
            "[package]\nname = \"{name}-check\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nclient = \
             {{ package = \"roundtrip-{name}\", path = \"../{name}\", default-features = false, features = [\"full\"] }}\n"
        );
        let mut program = "#![allow(deprecated)]\n".to_owned();
        program.push_str(SUPPORT);
        program.push_str("\nconst CHECKS: &[fn(&str) -> String] = &[\n");
        for check in &prepared.checks {
            writeln!(program, "    check::<{}>,", check.path)?;
        }
        program.push_str("];\n\n/// The texts of all enums, as they are shown.\nconst LISTED: &[&str] = &[\n");
        for text in &prepared.listed {
            writeln!(program, "    {:?},", format!("{text:?}"))?;
        }
        program.push_str("];\n");
        let place = out.join(format!("{name}-check"));
        save_file(&place.join("Cargo.toml"), &manifest)?;
        save_file(&place.join("src/main.rs"), &program)?;
    }
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    save_file(&out.join("Cargo.toml"), &workspace)?;
    let lock = out.join("Cargo.lock");
    if !lock.exists() {
        std::fs::copy(crate::root().join("Cargo.lock"), lock)?;
    }
    Ok(())
}

/// Builds the programs of all documents at once, which is faster than one after the other; [`run`] tells what is wrong.
pub(super) fn build_all(out: &Path, all: &[Prepared]) -> Result<()> {
    let packages = all.iter().flat_map(|prepared| ["--package".to_owned(), format!("{}-check", prepared.name)]);
    build(out, ["--keep-going".to_owned()].into_iter().chain(packages), Stdio::null()).map(|_| ())
}

fn build(out: &Path, arguments: impl Iterator<Item = String>, errors: Stdio) -> Result<bool> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet"])
        .args(arguments)
        .current_dir(out)
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("RUSTFLAGS", "--cap-lints=warn -Awarnings")
        .stderr(errors)
        .status()?;
    Ok(status.success())
}

/// Builds and runs the program of one document: an answer for each value, in the order of the checks.
pub(super) fn run(out: &Path, prepared: &Prepared) -> Result<Vec<Answer>> {
    let package = format!("{}-check", prepared.name);
    if !build(out, ["--package".to_owned(), package.clone()].into_iter(), Stdio::inherit())? {
        bail!("{} does not compile", prepared.name);
    }
    let mut input = String::new();
    for (index, check) in prepared.checks.iter().enumerate() {
        for value in &check.values {
            writeln!(input, "{index} {value}")?;
        }
    }
    let mut child =
        Command::new(out.join("target/debug").join(&package)).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("the program has no input")?;
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    // A program that ends early has not read everything; the count of answers tells.
    let _ = feeder.join();
    let answers = String::from_utf8(output.stdout)?.lines().map(answer).collect::<Result<Vec<Answer>>>()?;
    let wanted: usize = prepared.checks.iter().map(|check| check.values.len()).sum();
    if answers.len() != wanted {
        bail!("{} answered {} of {wanted} values: {}", prepared.name, answers.len(), output.status);
    }
    Ok(answers)
}

fn answer(line: &str) -> Result<Answer> {
    let (word, rest) = line.split_once(' ').with_context(|| format!("no answer: {line}"))?;
    Ok(match word {
        "ok" => Answer::Same(serde_json::from_str(rest)?),
        "unknown" => Answer::Unknown(serde_json::from_str(rest)?),
        _ => Answer::Failed(rest.to_owned()),
    })
}
