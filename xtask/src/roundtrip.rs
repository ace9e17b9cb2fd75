//! `cargo xtask roundtrip`: random values of every named schema decode into the generated type and come back the same.
//!
//! The same seed gives the same values, so a failure can be repeated; a value is never `null` itself, since whether that is
//! allowed belongs to the places that use a type.

mod driver;
mod instances;
mod json;
mod merged;
mod prepare;
mod suite;
mod text;
mod valid;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use driver::Answer;
use prepare::{Prepared, Rule};

/// Options of `roundtrip`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only documents whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Where the random numbers begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many values each schema gets
    #[arg(long, default_value_t = 20)]
    values: usize,
    /// How many failures of a document are shown
    #[arg(long, default_value_t = 20)]
    show: usize,
}

/// Documents of the corpus that are marked for this test, by name.
const CORPUS: &[(&str, &str)] = &[
    ("hf-tgi", "real/hf-tgi--docs--openapi.json"),
    ("spotify", "real/spotify--fixed-spotify-open-api.yaml"),
    ("meilisearch", "real/meilisearch--open-api.json"),
    ("qdrant", "real/qdrant--docs--redoc--master--openapi.json"),
    ("figma", "real/figma--openapi--openapi.yaml"),
    ("adyen-webhooks", "real/adyen--json--Webhooks-v1.json"),
    ("together", "real/together--openapi.yaml"),
    ("ory", "real/ory--spec--kratos--v26.2.0.json"),
    ("xero", "real/xero--xero_accounting.yaml"),
    ("docker-engine", "real/docker-engine--api--swagger.yaml"),
];

/// What became of the values of one document.
#[derive(Debug, Default)]
struct Tally {
    values: usize,
    different: usize,
    unknown: usize,
    failed: usize,
}

impl Tally {
    fn meets(&self, rule: Rule) -> bool {
        match rule {
            Rule::Same => self.different + self.unknown + self.failed == 0,
            Rule::Decodes => self.failed == 0,
        }
    }
}

/// Checks every document; fails when any value does.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let out = crate::root().join("target/roundtrip");
    let mut prepared = Vec::new();
    for (name, spec) in documents()? {
        if args.only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            prepared.push(prepare::document(&name, &spec, &out, args.seed, args.values)?);
        }
    }
    let tests = corpus().join("json-schema-test-suite/tests/draft2020-12");
    if tests.is_dir() && args.only.as_ref().is_none_or(|only| "suite".contains(only.as_str())) {
        prepared.push(suite::prepare(&tests, &out)?);
    }
    driver::write(&out, &prepared)?;
    let mut clean = true;
    for document in &prepared {
        let tally = match driver::run(&out, document) {
            Ok(answers) => compare(document, &answers, args.show),
            Err(error) => {
                println!("{}: {error:#}", document.name);
                clean = false;
                continue;
            }
        };
        clean &= tally.meets(document.rule);
        for reason in document.left_out.iter().take(args.show) {
            println!("{} without values: {reason}", document.name);
        }
        println!("{}", line(document, &tally));
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Our own documents, then those of the corpus where there is one.
fn documents() -> Result<Vec<(String, PathBuf)>> {
    let root = crate::root();
    let mut documents = vec![("close".to_owned(), root.join("specs/close/openapi.yaml"))];
    let mut golden: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(root.join("tests/golden"))? {
        golden.push(entry?.path());
    }
    golden.sort();
    for place in golden {
        let spec = place.join("openapi.yaml");
        if let (true, Some(name)) = (spec.is_file(), place.file_name()) {
            documents.push((format!("golden-{}", name.to_string_lossy()), spec));
        }
    }
    let corpus = corpus();
    if corpus.is_dir() {
        documents.extend(CORPUS.iter().map(|(name, path)| ((*name).to_owned(), corpus.join(path))));
    } else {
        println!("there is no corpus: only our own documents are checked");
    }
    Ok(documents)
}

fn corpus() -> PathBuf {
    std::env::var_os("OASMITH_CORPUS").map_or_else(|| crate::root().join("../shared/corpus"), PathBuf::from)
}

fn compare(document: &Prepared, answers: &[Answer], show: usize) -> Tally {
    let mut tally = Tally::default();
    let sent = document.checks.iter().flat_map(|check| check.values.iter().map(move |value| (check, value)));
    let mut failures = Vec::new();
    for ((check, value), answer) in sent.zip(answers) {
        tally.values += 1;
        let problem = match answer {
            Answer::Failed(error) => {
                tally.failed += 1;
                format!("does not decode: {error}")
            }
            Answer::Same(came) | Answer::Unknown(came) if json::difference(value, came, &document.loose).is_some() => {
                tally.different += 1;
                format!("comes back different: {}", json::difference(value, came, &document.loose).unwrap_or_default())
            }
            Answer::Unknown(_) => {
                tally.unknown += 1;
                "is not recognized".to_owned()
            }
            Answer::Same(_) => continue,
        };
        let counts = document.rule == Rule::Same || matches!(answer, Answer::Failed(_));
        if counts && failures.iter().all(|(pointer, _, _)| *pointer != check.pointer) {
            failures.push((check.pointer.clone(), problem, value));
        }
    }
    for (pointer, problem, value) in failures.iter().take(show) {
        let text: String = value.to_string().chars().take(600).collect();
        println!("{} {pointer}\n    {problem}\n    {text}", document.name);
    }
    tally
}

fn line(document: &Prepared, tally: &Tally) -> String {
    format!(
        "{:16} {:4} schemas {:6} values {:4} different {:4} not recognized {:4} not decoded {:3} without values",
        document.name,
        document.checks.len(),
        tally.values,
        tally.different,
        tally.unknown,
        tally.failed,
        document.left_out.len()
    )
}
