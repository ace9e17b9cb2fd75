//! What the report calls major does not compile any more, and everything else does: `tests/semver/cases.toml`, by rustc.
//!
//! All cases share one crate before and one after, so that the client is compiled four times and not two hundred times.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use oasmith::diff::{self, Level, Report, Rule};
use oasmith::job::Session;
use oasmith::sides::{Given, Opened};
use oasmith::write::Files;
use tests::root;

#[derive(Debug, Clone)]
struct Case {
    name: String,
    /// A name of its own, in upper and in lower case.
    upper: String,
    lower: String,
    rules: BTreeSet<String>,
    schemas: [String; 2],
    operations: [String; 2],
    schemes: [String; 2],
    code: [String; 2],
    surface: [String; 2],
    /// Features that only this program asks for.
    features: Vec<String>,
    default_features: Vec<String>,
    /// Whether the program asks for one tag and no other.
    alone: bool,
    program: String,
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(root().join("tests/semver/cases.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let rows = table["case"].as_array().unwrap();
    rows.iter().enumerate().map(|(index, row)| case(index, row.as_table().unwrap())).collect()
}

fn case(index: usize, row: &toml::Table) -> Case {
    let letters = ["abcdefgh".as_bytes()[index / 26], b'a' + u8::try_from(index % 26).unwrap()];
    // No word of the report or of the client contains one of these, and none is a plural.
    let lower = format!("q{}x", std::str::from_utf8(&letters).unwrap());
    let upper = lower[..1].to_uppercase() + &lower[1..];
    let mine = |text: &str| {
        text.replace("ZZ", &upper.to_uppercase())
            .replace("Zz", &upper)
            .replace("zz", &lower)
            .replace("CLIENT", "client")
    };
    let text = |key: &str| row.get(key).map(|value| mine(value.as_str().unwrap()));
    let pair = |before: &str, after: &str| {
        let before = text(before).unwrap_or_default();
        let after = text(after).unwrap_or_else(|| before.clone());
        [before, after]
    };
    let list = |key: &str| -> Vec<String> {
        let values = row.get(key).and_then(toml::Value::as_array).into_iter().flatten();
        values.map(|value| mine(value.as_str().unwrap())).collect()
    };
    let two = |key: &str| -> [String; 2] { list(key).try_into().unwrap_or_default() };
    let schemas = pair("before", "after");
    let mut operations = pair("operations", "operations-after");
    if !row.contains_key("operations") && row.contains_key("before") {
        operations = [(); 2].map(|()| mine(usual(row.get("use").and_then(toml::Value::as_str))));
    }
    Case {
        name: row["name"].as_str().unwrap().to_owned(),
        rules: list("rules").into_iter().collect(),
        schemas,
        operations,
        schemes: pair("schemes", "schemes-after"),
        code: two("code"),
        surface: two("surface"),
        features: list("features"),
        default_features: list("default-features"),
        alone: row.get("alone").is_some_and(|value| value.as_bool().unwrap()),
        program: text("program").unwrap(),
        upper,
        lower,
    }
}

/// The operation of a case that is about a schema.
fn usual(usage: Option<&str>) -> &'static str {
    match usage {
        Some("sent") => {
            "post: {operationId: zz_call, requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Zz'}}}}, responses: {'204': {description: Done.}}}"
        }
        _ => {
            "get: {operationId: zz_call, responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Zz'}}}}}}"
        }
    }
}

/// The description of all cases, before or after.
fn document(cases: &[Case], side: usize) -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Cases, version: 1.0.0}\n");
    text.push_str("servers: [{url: 'https://api.example.com'}]\npaths:\n");
    for case in cases.iter().filter(|case| !case.operations[side].is_empty()) {
        text.push_str(&format!("  /{}:\n", case.lower));
        for line in case.operations[side].lines() {
            let tagged = format!("{{tags: [{}], operationId:", case.lower);
            let line =
                if line.contains("tags:") { line.to_owned() } else { line.replacen("{operationId:", &tagged, 1) };
            text.push_str(&format!("    {line}\n"));
        }
    }
    text.push_str("components:\n  securitySchemes:\n    Base: {type: http, scheme: bearer}\n");
    let lines = |text: &str| -> String { text.lines().map(|line| format!("    {line}\n")).collect() };
    cases.iter().for_each(|case| text.push_str(&lines(&case.schemes[side])));
    text.push_str("  schemas:\n    Base: {type: string}\n");
    cases.iter().for_each(|case| text.push_str(&lines(&case.schemas[side])));
    text
}

/// The crate of all cases, before or after, with what no description leads to.
fn open(cases: &[Case], side: usize, before: Option<oasmith::lock::Lock>) -> Opened {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("openapi.yaml");
    fs::write(&path, document(cases, side)).unwrap();
    fs::write(dir.path().join("oasmith.toml"), "[package]\nname = \"client\"\n").unwrap();
    let run = move || {
        let mut session = Session::default();
        let given = Given { path, config: None, revision: None };
        given.open(before.as_ref(), &mut session).unwrap_or_else(|error| panic!("{error:?}: {:?}", session.diagnostics))
    };
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(run).unwrap();
    let mut opened = worker.join().unwrap();
    let files = &mut opened.side.files;
    for case in cases {
        append(files, "src/lib.rs", &case.code[side]);
        append(files, "api.surface", &case.surface[side]);
        for feature in &case.default_features {
            let manifest = files.get_mut("Cargo.toml").unwrap();
            *manifest = manifest.replace("[features]\n", &format!("[features]\n{feature} = []\n"));
        }
    }
    opened
}

fn append(files: &mut Files, path: &str, text: &str) {
    if !text.is_empty() {
        files.get_mut(path).unwrap().push_str(&format!("{text}\n"));
    }
}

/// The rules that the report names for a case.
fn rules(case: &Case, report: &Report) -> BTreeSet<Rule> {
    let names = [case.upper.clone(), case.lower.clone(), case.upper.to_uppercase()];
    let is_mine = |text: &str| names.iter().any(|name| text.contains(name.as_str()));
    let details = report.changes.iter().flat_map(|change| {
        let whole = is_mine(change.subject.path());
        change.details.iter().filter(move |detail| {
            whole
                || is_mine(&detail.item)
                || [&detail.before, &detail.after].into_iter().flatten().any(|text| is_mine(text))
        })
    });
    details.map(|detail| detail.rule).collect()
}

/// A crate on the disk, and what programs are compiled with.
struct Built {
    metadata: PathBuf,
    dependencies: PathBuf,
}

/// Writes a crate and compiles it with some of its features.
fn build(place: &Path, files: &Files, features: &str) -> Built {
    for (path, text) in files {
        let file = place.join(path);
        if fs::read_to_string(&file).is_ok_and(|old| old == *text) {
            continue;
        }
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let manifest = format!("{}\n[workspace]\n", files["Cargo.toml"]);
    if fs::read_to_string(place.join("Cargo.toml")).is_ok_and(|old| old != manifest) {
        fs::write(place.join("Cargo.toml"), manifest).unwrap();
    }
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver/target");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--lib", "--message-format=json", "--no-default-features", "--features", features])
        .current_dir(place)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let messages = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let artifact = messages.rev().find(|message| message["target"]["name"] == "client").unwrap();
    let metadata = PathBuf::from(artifact["filenames"][0].as_str().unwrap());
    // The next build may replace it.
    let kept = place.join(format!("libclient-{}.rmeta", features.len()));
    fs::copy(&metadata, &kept).unwrap();
    Built { metadata: kept, dependencies: target.join("debug/deps") }
}

/// Whether a program compiles against a crate.
fn compiles(case: &Case, built: &Built, place: &Path) -> Result<(), String> {
    let source = place.join(format!("{}.rs", case.lower));
    fs::write(&source, format!("{}\n", case.program)).unwrap();
    let output = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()))
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--cap-lints", "allow"])
        .args(["--crate-name", "program", "--error-format", "short", "-o"])
        .arg(place.join(format!("{}.rmeta", case.lower)))
        .arg("--extern")
        .arg(format!("client={}", built.metadata.display()))
        .arg("-L")
        .arg(format!("dependency={}", built.dependencies.display()))
        .arg(&source)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The features that a manifest has.
fn has_features(files: &Files, features: &[String]) -> bool {
    let manifest: toml::Table = files["Cargo.toml"].parse().unwrap();
    let known = manifest["features"].as_table().unwrap();
    features.iter().all(|feature| known.contains_key(feature))
}

/// What the compiler says of every program, before and after.
fn compile(cases: &[Case], sides: [&Files; 2]) -> BTreeMap<String, [Result<(), String>; 2]> {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let built = [0, 1].map(|side: usize| {
        let place = base.join(["before", "after"][side]);
        let more = cases.iter().filter(|_| side == 0).flat_map(|case| case.default_features.clone());
        let full = std::iter::once("full".to_owned()).chain(more).collect::<Vec<_>>().join(",");
        [build(&place, sides[side], &full), build(&place, sides[side], "alone")]
    });
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = [0, 1].map(|side: usize| {
                let place = base.join(["before", "after"][side]).join("programs");
                fs::create_dir_all(&place).unwrap();
                match has_features(sides[side], &case.features) {
                    true => compiles(case, &built[side][usize::from(case.alone)], &place),
                    false => Err("the manifest does not resolve".to_owned()),
                }
            });
            found.lock().unwrap().insert(case.name.clone(), outcome);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    found.into_inner().unwrap()
}

#[test]
fn verdicts_agree_with_the_compiler() {
    let cases = cases();
    let before = open(&cases, 0, None);
    let after = open(&cases, 1, Some(before.lock.clone()));
    let report = diff::compare(&before.side, &after.side);
    let compiled = compile(&cases, [&before.side.files, &after.side.files]);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = rules(case, &report);
        let names: BTreeSet<String> = found.iter().map(ToString::to_string).collect();
        if names != case.rules {
            wrong.push(format!("{} ({}): the report names {names:?}, not {:?}", case.name, case.lower, case.rules));
        }
        let level = found.iter().map(|rule| rule.level()).max().unwrap_or(Level::None);
        let [old, new] = &compiled[&case.name];
        if let Err(error) = old {
            wrong.push(format!("{}: the program does not compile before: {error}", case.name));
        }
        match (level, new) {
            (Level::Major, Ok(())) => wrong.push(format!("{}: called major, and compiles", case.name)),
            (Level::None | Level::Patch | Level::Minor, Err(error)) => {
                wrong.push(format!("{}: called {level}, and does not compile: {error}", case.name));
            }
            (Level::Major, Err(_)) | (Level::None | Level::Patch | Level::Minor, Ok(())) => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let cases = cases();
    assert!(cases.len() >= 40);
    let named: BTreeSet<String> = cases.iter().flat_map(|case| case.rules.clone()).collect();
    // Nothing in the surface changes then: the cases without rules are its cases.
    let all = Rule::ALL.iter().filter(|rule| **rule != Rule::InsideOnly).map(ToString::to_string).collect();
    assert_eq!(named, all);
}
