//! The exact text of every diagnostic, provoked by a small description below `suite/diagnostics`.

use std::path::PathBuf;

use oasmith::diagnostic::Code;
use oasmith::job::Job;
use tests::{Made, make, root};

/// Codes that no description can provoke, with the reason.
const SILENT: &[(Code, &str)] = &[
    (Code::Internal, "it would be a bug of the generator"),
    (Code::UnreadableObject, "what the skeleton cannot read is repaired or left out before, with a code of its own"),
];

fn folder(code: Code) -> PathBuf {
    root().join("tests/suite/diagnostics").join(code.as_str())
}

/// What is said about the description of a code, with paths as its reader writes them.
fn check(code: Code) -> Made {
    let folder = folder(code);
    let spec = folder.join("api.yaml");
    assert!(spec.is_file(), "nothing provokes `{code}`: {} is missing", spec.display());
    let mut made = make(Job { spec: Some(spec), ..Job::default() });
    made.report = made.report.replace(&format!("{}/", folder.display()), "");
    made
}

fn provoked() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| SILENT.iter().all(|(silent, _)| silent != code))
}

#[test]
fn every_code_has_its_exact_text() {
    for code in provoked() {
        let made = check(code);
        assert!(made.codes.contains(&code), "`{code}` is not reported:\n{}", made.report);
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/diagnostics", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(code.as_str(), made.report);
        });
    }
}

#[test]
fn an_error_forbids_generating_and_a_warning_does_not() {
    use oasmith::diagnostic::Severity;
    for code in provoked() {
        let made = check(code);
        let wrong = made.codes.iter().any(|code| code.severity() == Severity::Error);
        assert_eq!(made.files.is_none(), wrong, "`{code}`:\n{}", made.report);
    }
}

#[test]
fn no_folder_is_left_from_a_code_that_is_gone() {
    for entry in std::fs::read_dir(root().join("tests/suite/diagnostics")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = Code::from_name(&name);
        assert!(provoked().any(|provoked| Some(provoked) == code), "`{name}` is no code that can be provoked");
    }
}
