//! What it costs to compile the generated crates: CPU time and memory of `cargo check` and of a release build of the crate
//! alone, and the size of its library, everything on and with the feature of one tag.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use super::measure::{self, Cost};
use super::peers::PEERS;
use super::{Bench, short};

/// Documents that are compiled when none is asked for.
const DOCUMENTS: [&str; 4] = ["box", "discord", "openai", "stripe"];

/// Compiles the crates of some documents.
pub(super) fn run(bench: &Bench, only: Option<&str>) -> Result<String> {
    let documents = bench.largest(usize::MAX, only)?;
    let wanted = documents.iter().filter(|(path, _)| only.is_some() || DOCUMENTS.contains(&short(path).as_str()));
    let mut text = String::from(
        "Of the crate alone, dependencies built before, `CARGO_INCREMENTAL=0`.\n\n\
         | document | generator | check, CPU | check, memory | release, CPU | release, memory | rlib |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (path, _) in wanted {
        let name = short(path);
        let place = bench.out.join("crates").join(&name);
        let (input, output) = (path.to_string_lossy().into_owned(), place.to_string_lossy().into_owned());
        measure::command(&bench.program, &["generate", &input, "--out", &output, "--format", "json"], &bench.out, &[])?;
        make_a_crate(&place)?;
        row(bench, &name, "oasmith", &place, &[], &mut text)?;
        if let Some(feature) = first_feature(&place)? {
            let features = ["--no-default-features", "--features", &feature];
            row(bench, &name, &format!("oasmith, `{feature}` alone"), &place, &features, &mut text)?;
        }
        for peer in PEERS.iter().filter(|peer| peer.is_here(&bench.out)) {
            if peer.generate(&bench.out, path, &name, 1)?.is_none() {
                let _ = writeln!(text, "| {name} | {} | refuses | | | | |", peer.label());
                continue;
            }
            let place = peer.place(&bench.out, &name);
            make_a_crate(&place)?;
            row(bench, &name, &peer.label(), &place, &[], &mut text)?;
        }
    }
    Ok(text)
}

fn row(bench: &Bench, document: &str, who: &str, place: &Path, features: &[&str], text: &mut String) -> Result<()> {
    println!("compiling {document} of {who}");
    let check = cost(bench, place, "check", &[], features)?;
    let release = cost(bench, place, "build", &["--release"], features)?;
    let library = release.and_then(|_| library(&target(bench, place).join("release")));
    let cpu = |cost: Option<Cost>| cost.map_or("fails".to_owned(), |cost| format!("{:.1} s", cost.cpu));
    let peak = |cost: Option<Cost>| cost.map_or(String::new(), |cost| format!("{} MB", cost.peak / 1_000_000));
    let size = library.map_or(String::new(), |bytes| format!("{} MB", bytes / 1_000_000));
    let _ = writeln!(
        text,
        "| {document} | {who} | {} | {} | {} | {} | {size} |",
        cpu(check),
        peak(check),
        cpu(release),
        peak(release)
    );
    Ok(())
}

/// Builds everything once, then the crate alone.
fn cost(bench: &Bench, place: &Path, command: &str, profile: &[&str], features: &[&str]) -> Result<Option<Cost>> {
    let target = target(bench, place);
    let mut args = vec![command, "--quiet", "--lib"];
    args.extend(profile.iter().chain(features));
    let first = Command::new(env!("CARGO"))
        .args(&args)
        .current_dir(place)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !first.success() {
        return Ok(None);
    }
    let root = place.join("src/lib.rs");
    let text = std::fs::read_to_string(&root)?;
    std::fs::write(&root, text)?;
    let target = target.to_string_lossy().into_owned();
    let envs = [("CARGO_TARGET_DIR", target.as_str()), ("CARGO_INCREMENTAL", "0")];
    measure::command(Path::new(env!("CARGO")), &args, place, &envs)
}

/// Crates of the same generator share their dependencies.
fn target(bench: &Bench, place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let who = name.split_once('-').map_or("oasmith", |(_, who)| who).to_owned();
    bench.out.join("target").join(who)
}

/// The size of the library that was built last.
fn library(dir: &Path) -> Option<u64> {
    let files = std::fs::read_dir(dir).ok()?.flatten().map(|entry| entry.path());
    let libraries = files.filter(|path| path.extension().is_some_and(|extension| extension == "rlib"));
    let newest = libraries.max_by_key(|path| std::fs::metadata(path).and_then(|data| data.modified()).ok())?;
    std::fs::metadata(newest).ok().map(|data| data.len())
}

fn first_feature(place: &Path) -> Result<Option<String>> {
    let manifest: toml::Table = std::fs::read_to_string(place.join("Cargo.toml"))?.parse()?;
    let full = manifest.get("features").and_then(|features| features.get("full")).and_then(toml::Value::as_array);
    Ok(full.and_then(|full| full.first()).and_then(toml::Value::as_str).map(str::to_owned))
}

/// Makes of what was generated a crate that belongs to no workspace around it: sources without a manifest get one, with the
/// dependencies that the generator lists beside them.
fn make_a_crate(place: &Path) -> Result<()> {
    let manifest = place.join("Cargo.toml");
    if !manifest.exists() {
        let listed = std::fs::read_to_string(place.join("src/REQUIRED_DEPS.toml")).unwrap_or_default();
        let dependencies = listed.split("[dependencies]\n").nth(1).unwrap_or(&listed);
        std::fs::write(
            &manifest,
            format!(
                "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
            ),
        )?;
        let sources = place.join("src");
        if !sources.join("lib.rs").exists() && sources.join("mod.rs").exists() {
            std::fs::rename(sources.join("mod.rs"), sources.join("lib.rs"))?;
        }
    }
    let text = std::fs::read_to_string(&manifest)?;
    if !text.contains("[workspace]") {
        std::fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    }
    Ok(())
}
