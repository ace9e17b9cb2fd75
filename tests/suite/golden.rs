//! Small descriptions below `tests/golden`, one per feature, with the whole crate that each one becomes, and the programs
//! below `tests/programs` that use these crates.
//!
//! `UPDATE_GOLDEN=1` writes the crates anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use oasmith::job::Job;
use oasmith::write::Files;
use tests::{make, root};

fn features() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests/golden")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 10, "{names:?}");
    names
}

fn folder(feature: &str) -> PathBuf {
    root().join("tests/golden").join(feature)
}

fn generate(feature: &str) -> Files {
    let made = make(Job { spec: Some(folder(feature).join("openapi.yaml")), ..Job::default() });
    made.files.unwrap_or_else(|| panic!("{feature}: {}", made.report))
}

/// The runtime is the same in every crate, and the list of files has its hashes.
fn is_particular(path: &str) -> bool {
    !path.starts_with("src/runtime/") && path != ".oasmith"
}

/// Every file below a directory, by its relative path.
fn read(base: &Path, dir: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(base, &path, found);
        } else {
            let name = path.strip_prefix(base).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn write<'a>(directory: &Path, files: impl Iterator<Item = (&'a String, &'a String)>) {
    for (path, content) in files {
        let place = directory.join(path);
        // What is the same is left alone, so that it is not compiled again.
        if fs::read_to_string(&place).is_ok_and(|old| old == *content) {
            continue;
        }
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }
}

#[test]
fn each_description_becomes_its_golden_crate() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for feature in features() {
        let expected = folder(&feature).join("expected");
        let files: Files = generate(&feature).into_iter().filter(|(path, _)| is_particular(path)).collect();
        if update {
            let _ = fs::remove_dir_all(&expected);
            write(&expected, files.iter());
            continue;
        }
        let mut golden = BTreeMap::new();
        read(&expected, &expected, &mut golden);
        let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&files), paths(&golden), "{feature}: look at it and run with UPDATE_GOLDEN=1");
        for (path, content) in &files {
            similar(&format!("{feature}/expected/{path}"), content, &golden[path]);
        }
    }
}

fn similar(name: &str, made: &str, golden: &str) {
    let differs = made.lines().zip(golden.lines()).position(|(made, golden)| made != golden);
    if made != golden {
        let at = differs.unwrap_or_else(|| made.lines().count().min(golden.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or_default().to_owned();
        panic!("{name}:{}: `{}` became `{}`; run with UPDATE_GOLDEN=1", at + 1, line(golden), line(made));
    }
}

const PROFILE: &str = "\n[profile.dev]\ndebug = \"line-tables-only\"\n";

/// What the programs share with the tests of the suite.
const PROGRAMS: &str = r#"
[package]
name = "programs"
edition = "2024"

[dependencies]
bytes = "1"
futures-core = { version = "0.3", default-features = false }
http = "1"
rust_decimal = "1"
serde_json = "1"
tokio = { version = "1", default-features = false, features = ["rt-multi-thread", "macros", "net", "io-util", "time", "sync"] }
tracing = { version = "0.1", default-features = false, features = ["std"] }
chrono = { version = "0.4", default-features = false, features = ["std"] }
jiff = { version = "1", default-features = false, features = ["std"] }
time = { version = "0.3", default-features = false, features = ["formatting", "macros", "parsing", "std"] }
"#;

/// The library of the programs, beside the server.
const LIBRARY: &str = "\
pub mod server;
pub mod transcript;

pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
";

const FEATURES: &str = "blocking,serde,tracing,mock";

/// The golden crates and the programs as a workspace of their own, written once.
fn workspace() -> &'static Path {
    static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(|| {
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
        let features = features();
        for feature in &features {
            let place = workspace.join(feature);
            let files = generate(feature);
            let _ = fs::remove_dir_all(place.join("src/types"));
            let _ = fs::remove_dir_all(place.join("src/api"));
            write(&place, files.iter());
        }
        write(&workspace.join("programs"), programs(&features).iter());
        let members: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [\"programs\", {}]\n{PROFILE}", members.join(", "));
        write(&workspace, [("Cargo.toml".to_owned(), manifest)].iter().map(|(path, text)| (path, text)));
        fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
        workspace
    });
    &WORKSPACE
}

/// The package of the programs: its tests are the files below `tests/programs`, its library is the server on a socket and the reader of transcripts.
fn programs(features: &[String]) -> Files {
    let mut made = Files::new();
    read(&root().join("tests/programs"), &root().join("tests/programs"), &mut made);
    let mut made: Files = made.into_iter().map(|(path, text)| (format!("tests/{path}"), text)).collect();
    for shared in ["server", "transcript"] {
        let text = fs::read_to_string(root().join(format!("tests/src/{shared}.rs"))).unwrap();
        made.insert(format!("src/{shared}.rs"), text);
    }
    made.insert("src/lib.rs".to_owned(), LIBRARY.to_owned());
    let crates = features.iter().map(|feature| {
        let manifest = fs::read_to_string(folder(feature).join("expected/Cargo.toml")).unwrap();
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = ")).unwrap().trim_matches('"').to_owned();
        format!("{name} = {{ path = \"../{feature}\", features = {:?} }}\n", FEATURES.split(',').collect::<Vec<_>>())
    });
    made.insert("Cargo.toml".to_owned(), format!("{PROGRAMS}{}", crates.collect::<String>()));
    made
}

/// Runs cargo in the workspace and returns what it said.
fn cargo(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(workspace())
        // The same directory, and the same flags, as this test: dependencies are built once.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}");
    said
}

#[test]
fn every_golden_crate_compiles_without_warnings() {
    let said = cargo(&["check", "--workspace", "--features", FEATURES]);
    assert!(!said.contains("warning"), "{said}");
}

#[test]
fn programs_that_use_golden_crates_pass() {
    let said = cargo(&["test", "--package", "programs", "--no-fail-fast"]);
    let programs = fs::read_dir(root().join("tests/programs")).unwrap().count();
    // Those of the library, and of its documentation, are none.
    let passed = said.matches("test result: ok. ").count() - said.matches("test result: ok. 0 passed").count();
    assert_eq!(passed, programs, "{said}");
}
