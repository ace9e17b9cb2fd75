//! `tests/mapping.toml`: everything that a description can say, with the tests that show what becomes of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tests::root;

/// Row → tests, each as `file::function`, by section.
fn index() -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let text = fs::read_to_string(root().join("tests/mapping.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// The tests in a Rust file.
fn tests_in(path: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let after = text.split("test]\n").skip(1);
    after.filter_map(|rest| Some(rest.split_once("fn ")?.1.split('(').next()?.to_owned())).collect()
}

#[test]
fn every_row_has_a_test_that_exists() {
    for (section, rows) in index() {
        assert!(rows.len() > 30, "{section} has lost rows");
        for (row, tests) in rows {
            assert!(!tests.is_empty(), "{section}: nothing shows `{row}`");
            for test in tests {
                let (path, name) = test.rsplit_once("::").unwrap();
                assert!(tests_in(path).contains(name), "{section}: `{row}` names `{test}`, which does not exist");
            }
        }
    }
}

#[test]
fn every_test_of_a_row_is_listed() {
    let listed: BTreeSet<String> = index().into_values().flat_map(|rows| rows.into_values().flatten()).collect();
    const LISTED: [&str; 9] = [
        "tests/suite/mapping_documents.rs",
        "tests/suite/mapping_schemas.rs",
        "tests/suite/mapping_operations.rs",
        "tests/programs/parameters.rs",
        "tests/programs/bodies.rs",
        "tests/programs/responses.rs",
        "tests/programs/security.rs",
        "tests/programs/servers.rs",
        "tests/programs/paging.rs",
    ];
    for path in LISTED {
        for name in tests_in(path) {
            assert!(listed.contains(&format!("{path}::{name}")), "no row names `{path}::{name}`");
        }
    }
}

/// A test of the runtime alone proves nothing of what the generator makes of a document.
#[test]
fn every_row_of_operations_has_a_test_of_generated_code() {
    for (row, tests) in &index()["operations"] {
        let generated = |test: &String| !test.starts_with("tests/runtime/");
        assert!(tests.iter().any(generated), "`{row}` is shown by the runtime alone");
    }
}

#[test]
fn every_file_of_the_suite_is_part_of_it() {
    let main = fs::read_to_string(root().join("tests/suite/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests/suite")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") else { continue };
        assert!(main.contains(&format!("\nmod {module};\n")), "main.rs does not name {name}: its tests never run");
    }
}
