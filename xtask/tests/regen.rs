//! `cargo xtask regen` in a repository of its own: agreements, commits by cause, versions.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

const CONFIG: &str = "\
spec = \"openapi.yaml\"
output = \"../../shop-client\"

[package]
name = \"shop-client\"
version = \"0.1.0\"
";

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      tags: [orders]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: The order, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        total: {type: integer}
";

/// A property that users read is gone.
fn without_total() -> String {
    DOCUMENT.replace("        total: {type: integer}\n", "")
}

/// A git repository with one description, whose client is committed.
struct Repository(TempDir);

/// What a command did.
#[derive(Debug)]
struct Run {
    status: i32,
    said: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        Self { status: output.status.code().unwrap(), said: String::from_utf8(said).unwrap() }
    }

    /// The word after `before` in what was said.
    fn word_after(&self, before: &str) -> String {
        let (_, rest) = self.said.split_once(before).unwrap_or_else(|| panic!("no `{before}` in {}", self.said));
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(repository.path("specs/shop")).unwrap();
        repository.write("specs/shop/oasmith.toml", CONFIG);
        repository.write("specs/shop/openapi.yaml", DOCUMENT);
        repository.git(&["init", "--quiet"]);
        assert_eq!(repository.regen(&[]).status, 0);
        repository.commit("The client");
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn regen(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("regen").arg("--root").arg(self.0.path()).args(arguments);
        Run::of(&self.as_somebody(&mut command).output().unwrap())
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.0.path());
        let run = Run::of(&self.as_somebody(&mut command).output().unwrap());
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.said);
        run.said
    }

    /// Git asks who commits; the settings of the machine are not asked.
    fn as_somebody<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("GIT_CONFIG_GLOBAL", self.path("nothing"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Somebody")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "somebody@example.com")))
    }

    fn commit(&self, subject: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", subject]);
    }

    fn subjects(&self) -> Vec<String> {
        self.git(&["log", "--reverse", "--format=%s"]).lines().map(str::to_owned).collect()
    }
}

#[test]
fn a_crate_that_was_just_made_is_up_to_date() {
    let repository = Repository::new();
    let run = repository.regen(&["--check"]);
    assert!(run.status == 0 && run.said.contains("up to date"), "{run:?}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_check_names_each_stale_file_and_writes_none() {
    let repository = Repository::new();
    repository
        .write("specs/shop/openapi.yaml", &DOCUMENT.replace("total: {", "paid: {type: boolean}\n        total: {"));
    let run = repository.regen(&["--check", "--format", "github"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.said.contains("::error file=shop-client/src/types/order.rs,line=1"), "{run:?}");
    assert_eq!(repository.git(&["status", "--porcelain"]), " M specs/shop/openapi.yaml\n");
}

#[test]
fn what_a_person_edited_is_kept() {
    let repository = Repository::new();
    let edited = format!("{}\n// by hand\n", repository.read("shop-client/src/types/order.rs"));
    repository.write("shop-client/src/types/order.rs", &edited);
    assert_eq!(repository.regen(&[]).status, 2);
    assert_eq!(repository.read("shop-client/src/types/order.rs"), edited);
    assert_eq!(repository.regen(&["--force"]).status, 0);
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn what_breaks_users_is_written_only_when_somebody_agrees() {
    let repository = Repository::new();
    let before = repository.read("shop-client/src/types/order.rs");
    repository.write("specs/shop/openapi.yaml", &without_total());
    let refused = repository.regen(&[]);
    assert_eq!(refused.status, 5, "{refused:?}");
    assert_eq!(repository.read("shop-client/src/types/order.rs"), before);

    let another = repository.regen(&["--accept", "000000000000", "--why", "it seems right"]);
    assert!(another.status != 0 && !repository.path("specs/shop/approvals.toml").exists(), "{another:?}");

    let fingerprint = refused.word_after("--accept ");
    let agreed = repository.regen(&["--accept", &fingerprint, "--why", "totals are gone since March"]);
    assert_eq!(agreed.status, 0, "{agreed:?}");
    assert!(repository.read("specs/shop/approvals.toml").contains("totals are gone since March"));
    assert!(!repository.read("shop-client/src/types/order.rs").contains("total"));
    assert_eq!(repository.regen(&["--check"]).status, 0);
}

#[test]
fn an_agreement_to_what_came_back_is_stale() {
    let repository = Repository::new();
    repository.write("specs/shop/openapi.yaml", &without_total());
    let fingerprint = repository.regen(&[]).word_after("--accept ");
    assert_eq!(repository.regen(&["--accept", &fingerprint, "--why", "gone"]).status, 0);
    repository.write("specs/shop/openapi.yaml", DOCUMENT);
    let run = repository.regen(&[]);
    assert!(run.status == 5 && run.said.contains("is of what is no longer so"), "{run:?}");
}

#[test]
fn a_bump_writes_the_version_and_the_reason_into_the_changelog() {
    let repository = Repository::new();
    repository.write("specs/shop/openapi.yaml", &without_total());
    let fingerprint = repository.regen(&[]).word_after("--accept ");
    assert_eq!(repository.regen(&["--accept", &fingerprint, "--why", "totals are gone since March"]).status, 0);
    repository.commit("Orders have no total");

    let run = repository.regen(&["--bump"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(repository.read("specs/shop/oasmith.toml").contains("version = \"0.2.0\""));
    assert!(repository.read("shop-client/Cargo.toml").contains("version = \"0.2.0\""));
    let changelog = repository.read("shop-client/CHANGELOG.md");
    assert!(changelog.contains("0.2.0") && changelog.contains("totals are gone since March"), "{changelog}");
    assert!(!repository.path("specs/shop/approvals.toml").exists());

    repository.commit("0.2.0");
    let again = repository.regen(&["--bump"]);
    assert!(again.status == 0 && again.said.contains("nothing changed since the last version"), "{again:?}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn two_causes_become_two_commits() {
    let repository = Repository::new();
    repository.write("specs/shop/oasmith.toml", &CONFIG.replace("0.1.0", "0.1.1"));
    repository
        .write("specs/shop/openapi.yaml", &DOCUMENT.replace("total: {", "paid: {type: boolean}\n        total: {"));
    let run = repository.regen(&["--split"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(
        repository.subjects(),
        ["The client", "Regenerate shop-client: its configuration", "Regenerate shop-client: the description"]
    );
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
    let configuration = repository.git(&["show", "--format=", "--name-only", "HEAD~1"]);
    assert!(
        !configuration.contains("order.rs") && configuration.contains("specs/shop/oasmith.toml"),
        "{configuration}"
    );
    let description = repository.git(&["show", "--format=", "--name-only", "HEAD"]);
    assert!(description.contains("shop-client/src/types/order.rs"), "{description}");
    assert!(!description.contains("oasmith.toml"), "{description}");
    assert_eq!(repository.regen(&["--check"]).status, 0);
}

#[test]
fn one_cause_is_left_for_its_author_to_commit() {
    let repository = Repository::new();
    repository
        .write("specs/shop/openapi.yaml", &DOCUMENT.replace("total: {", "paid: {type: boolean}\n        total: {"));
    let run = repository.regen(&["--split"]);
    assert!(run.status == 0 && run.said.contains("one cause only (document)"), "{run:?}");
    assert_eq!(repository.subjects(), ["The client"]);
    assert!(repository.read("shop-client/src/types/order.rs").contains("paid"));
}
