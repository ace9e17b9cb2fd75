//! `cargo xtask roundtrip`: random values of every named schema decode into the generated type and come back the same.
//!
//! The same seed gives the same values, so a failure can be repeated; a value is never `null` itself, since whether that is
//! allowed belongs to the places that use a type. What is checked beside our own documents, and what is known to fail, is
//! said in `tests/roundtrip/documents.toml`; anything else that fails there, and an exception that nothing needs, fails
//! the task.

mod driver;
mod instances;
mod json;
mod list;
mod merged;
mod prepare;
mod suite;
mod text;
mod valid;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use driver::Answer;
use list::List;
use prepare::Prepared;

/// Options of `roundtrip`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only documents whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Only our own documents: the golden ones and that of Close
    #[arg(long)]
    own: bool,
    /// Where the random numbers begin, if not where the list says
    #[arg(long)]
    seed: Option<u64>,
    /// How many values each schema gets, if not as many as the list says
    #[arg(long)]
    values: Option<usize>,
    /// How many failures of a document are shown
    #[arg(long, default_value_t = 20)]
    show: usize,
}

/// What became of the values of one document.
#[derive(Debug, Default)]
struct Tally {
    values: usize,
    different: usize,
    unknown: usize,
    failed: usize,
    excused: usize,
    /// Schemas whose failures, or whose lack of a check, nothing excuses.
    bad: usize,
}

/// A document to be checked: what it is called, where it is, how many values each of its schemas gets.
struct Task {
    name: String,
    spec: PathBuf,
    values: usize,
}

/// Checks every document; fails when any value does.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let out = crate::root().join("target/roundtrip");
    let list = List::read(&crate::root().join("tests/roundtrip/documents.toml"))?;
    let prepared = prepare_all(args, &list, &out)?;
    driver::write(&out, &prepared)?;
    driver::build_all(&out, &prepared)?;
    let mut clean = true;
    for document in &prepared {
        let tally = match driver::run(&out, document) {
            Ok(answers) => compare(document, &answers, &list, args.show),
            Err(error) => {
                println!("{}: {error:#}", document.name);
                clean = false;
                continue;
            }
        };
        clean &= tally.bad == 0;
        println!("{}", line(document, &tally));
    }
    // With other values, other exceptions are needed.
    if args.seed.is_none() && args.values.is_none() {
        let names: Vec<&str> = prepared.iter().map(|document| document.name.as_str()).collect();
        for unused in list.unused(&names) {
            println!("exception that excuses nothing: {unused}");
            clean = false;
        }
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn prepare_all(args: &Args, list: &List, out: &std::path::Path) -> Result<Vec<Prepared>> {
    let wanted = |name: &str| args.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let mut tasks = own(list)?;
    let corpus = (!args.own).then(corpus).filter(|place| place.is_dir());
    match &corpus {
        Some(corpus) => tasks.extend(list.documents.iter().map(|document| Task {
            name: document.name.clone(),
            spec: corpus.join(&document.path),
            values: document.values.unwrap_or(list.values),
        })),
        None if args.own => {}
        None => println!("there is no corpus: only our own documents are checked"),
    }
    let mut prepared = Vec::new();
    for task in tasks.iter().filter(|task| wanted(&task.name)) {
        let values = args.values.unwrap_or(task.values);
        prepared.push(prepare::document(&task.name, &task.spec, out, args.seed.unwrap_or(list.seed), values)?);
    }
    let suites = corpus.map(|corpus| corpus.join("json-schema-test-suite/tests")).filter(|place| place.is_dir());
    for suite in list.suites.iter().filter(|suite| wanted(&suite.draft)) {
        if let Some(tests) = &suites {
            prepared.push(suite::prepare(suite, tests, out)?);
        }
    }
    Ok(prepared)
}

/// Our own documents.
fn own(list: &List) -> Result<Vec<Task>> {
    let root = crate::root();
    let values = list.values;
    let mut tasks = vec![Task { name: "close".to_owned(), spec: root.join("specs/close/openapi.yaml"), values }];
    let mut golden: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(root.join("tests/golden"))? {
        golden.push(entry?.path());
    }
    golden.sort();
    for place in golden {
        let spec = place.join("openapi.yaml");
        if let (true, Some(name)) = (spec.is_file(), place.file_name()) {
            tasks.push(Task { name: format!("golden-{}", name.to_string_lossy()), spec, values });
        }
    }
    Ok(tasks)
}

fn corpus() -> PathBuf {
    std::env::var_os("OASMITH_CORPUS").map_or_else(|| crate::root().join("../shared/corpus"), PathBuf::from)
}

fn compare(document: &Prepared, answers: &[Answer], list: &List, show: usize) -> Tally {
    let mut tally = Tally::default();
    let mut failures: Vec<(&str, String)> = Vec::new();
    let mut fail = |schema, complaint: &str, detail: String, excused: &mut usize| {
        if list.excuses(&document.name, schema, complaint) {
            *excused += 1;
        } else if failures.iter().all(|(known, _)| *known != schema) {
            failures.push((schema, format!("{complaint}{detail}")));
        }
    };
    for (schema, reason) in &document.left_out {
        fail(schema, &format!("is not checked: {reason}"), String::new(), &mut tally.excused);
    }
    let sent = document.checks.iter().flat_map(|check| check.values.iter().map(move |value| (check, value)));
    for ((check, value), answer) in sent.zip(answers) {
        tally.values += 1;
        let complaint = match answer {
            Answer::Failed(error) => {
                tally.failed += 1;
                format!("does not decode: {error}")
            }
            Answer::Same(came) | Answer::Unknown(came) => match json::difference(value, came, &check.loose) {
                Some(difference) => {
                    tally.different += 1;
                    format!("comes back different: {difference}")
                }
                None if matches!(answer, Answer::Unknown(_)) => {
                    tally.unknown += 1;
                    "is not recognized".to_owned()
                }
                None => continue,
            },
        };
        let text: String = value.to_string().chars().take(600).collect();
        fail(&check.pointer, &complaint, format!("\n    {text}"), &mut tally.excused);
    }
    tally.bad = failures.len();
    for (schema, told) in failures.iter().take(show) {
        println!("{} {schema}\n    {told}", document.name);
    }
    tally
}

fn line(document: &Prepared, tally: &Tally) -> String {
    format!(
        "{:16} {:4} schemas {:6} values {:4} different {:4} not recognized {:4} not decoded {:3} without a check; {:4} \
         excused, {:3} schemas fail",
        document.name,
        document.checks.len(),
        tally.values,
        tally.different,
        tally.unknown,
        tally.failed,
        document.left_out.len(),
        tally.excused,
        tally.bad
    )
}
