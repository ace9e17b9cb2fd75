//! The program itself: what it prints, with which status it exits, and which files it touches.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;
use tests::root;

/// The program, built when the first test needs it.
pub(crate) static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let build = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--package", "oasmith", "--message-format", "json-render-diagnostics"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    let messages = String::from_utf8(build.stdout).unwrap();
    let mut values = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    values.find_map(|value| value["executable"].as_str().map(PathBuf::from)).unwrap()
});

const SMALL: &str = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
paths:
  /lamps/{id}:
    get:
      operationId: get_lamp
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200': {description: A lamp, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}
components:
  schemas:
    Lamp: {type: object, properties: {name: {type: string}}}
";

/// A description with a reference to nothing.
const BROKEN: &str = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
paths: {}
components:
  schemas:
    Lamp:
      type: object
      properties:
        shade: {$ref: '#/components/schemas/Shad'}
    Shade: {type: string}
";

/// A folder with a description in it.
pub(crate) struct Place(TempDir);

/// What a run of the program did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn with(text: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("api.yaml"), text).unwrap();
        Self(dir)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(&*PROGRAM).args(arguments).current_dir(self.0.path()).output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn generate(&self, more: &[&str]) -> Run {
        self.run(&[&["generate", "api.yaml", "--out", "out"], more].concat())
    }
}

/// Every file below a directory with its content.
fn files(dir: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_crate_is_written_and_a_second_run_changes_nothing() {
    let place = Place::with(SMALL);
    let first = place.generate(&[]);
    assert_eq!(first.status, 0, "{first:?}");
    assert!(first.stdout.starts_with("added    API.md +") && place.path("out/src/types/lamp.rs").exists(), "{first:?}");
    let before = files(&place.path("out"));
    let second = place.generate(&[]);
    assert_eq!((second.status, second.stdout.as_str()), (0, "up to date\n"));
    assert_eq!(files(&place.path("out")), before);
}

#[test]
fn a_reader_that_has_seen_enough_may_close_the_pipe() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    for arguments in [
        &["explain"][..],
        &["diff", "api.yaml", "api.yaml", "--format", "html"],
        &["inspect", "api.yaml", "--stage", "ir"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output =
            Command::new(&*PROGRAM).args(arguments).current_dir(place.0.path()).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

/// Waits for what another process writes; the test fails when it never does.
fn wait_for(path: &Path, text: &str) {
    for _ in 0..1_000 {
        if fs::read_to_string(path).is_ok_and(|found| found.contains(text)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("`{text}` does not come into {}", path.display());
}

#[test]
fn a_watched_description_is_generated_on_every_save() {
    let place = Place::with(SMALL);
    let said = place.path("said.txt");
    let mut watching = Command::new(&*PROGRAM)
        .args(["generate", "api.yaml", "--out", "out", "--watch"])
        .current_dir(place.0.path())
        .stdout(fs::File::create(&said).unwrap())
        .spawn()
        .unwrap();
    let lamp = place.path("out/src/types/lamp.rs");
    wait_for(&lamp, "pub name: ");
    wait_for(&place.path("out/.oasmith"), "api.yaml");
    // Editors write another file and give it the name.
    fs::write(place.path("api.yaml~"), SMALL.replace("{name: {type: string}}", "{watts: {type: integer}}")).unwrap();
    fs::rename(place.path("api.yaml~"), place.path("api.yaml")).unwrap();
    wait_for(&lamp, "pub watts: ");
    wait_for(&said, "field-removed");
    // A mistake is told, and the crate stays.
    fs::write(place.path("api.yaml"), "openapi: 3.1.0\ninfo: [").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    wait_for(&lamp, "pub watts: ");
    fs::write(place.path("api.yaml"), SMALL).unwrap();
    wait_for(&lamp, "pub name: ");
    watching.kill().unwrap();
    watching.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_configuration_behind_a_link_names_files_as_the_system_does() {
    let place = Place::with(SMALL);
    fs::create_dir_all(place.path("real/specs")).unwrap();
    fs::write(place.path("real/specs/oasmith.toml"), "spec = '../api.yaml'\noutput = '../out'\n").unwrap();
    fs::rename(place.path("api.yaml"), place.path("real/api.yaml")).unwrap();
    std::os::unix::fs::symlink("real/specs", place.path("link")).unwrap();
    let run = place.run(&["generate", "--config", "link/oasmith.toml"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(place.path("real/out/src/types/lamp.rs").exists());
}

#[test]
fn a_configuration_alone_says_what_is_generated_and_where() {
    let place = Place::with(SMALL);
    let lost = place.run(&["generate"]);
    assert!(lost.status == 2 && lost.stderr.contains("there is no `oasmith.toml` here"), "{lost:?}");
    fs::write(place.path("oasmith.toml"), "spec = 'api.yaml'\noutput = 'out'\n").unwrap();
    let run = place.run(&["generate"]);
    assert!(run.status == 0 && place.path("out/src/types/lamp.rs").exists(), "{run:?}");
    assert_eq!(place.run(&["generate", "--check"]).status, 0);
    assert_eq!(place.run(&["check"]).status, 0);
}

/// Git in a directory, as somebody whom the settings of the machine do not matter to.
fn git(dir: &Path, arguments: &[&str]) {
    let who = ["user.name=Somebody", "user.email=somebody@example.com"].map(|setting| ["-c", setting]).concat();
    let output = Command::new("git").args(who).args(arguments).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn documents_and_crates_are_compared_with_what_they_were_in_git() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    git(place.0.path(), &["init", "--quiet"]);
    git(place.0.path(), &["add", "--all"]);
    git(place.0.path(), &["commit", "--quiet", "--message", "one"]);
    let same = place.run(&["diff", "api.yaml", "--against", "HEAD"]);
    assert_eq!((same.status, same.stdout.as_str()), (0, "nothing changes\n"));

    fs::write(place.path("api.yaml"), SMALL.replace("{name: {type: string}}", "{watts: {type: integer}}")).unwrap();
    assert_eq!(place.generate(&[]).status, 0);
    for arguments in [
        &["diff", "api.yaml", "--against", "HEAD"][..],
        &["diff", "HEAD:api.yaml", "api.yaml"],
        &["diff", "out", "--against", "HEAD"],
        &["diff", "HEAD:out", "out"],
    ] {
        let run = place.run(arguments);
        assert!(run.status == 0 && run.stdout.contains("- pub name: Option<String>"), "{arguments:?}: {run:?}");
        let denied = place.run(&[arguments, &["--deny", "breaking"]].concat());
        assert_eq!(denied.status, 5, "{arguments:?}");
    }
}

#[test]
fn what_concerns_security_is_told_first_and_by_kind() {
    let before = format!(
        "{SMALL}  securitySchemes:\n    Users: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example.com/t', scopes: {{read: Read}}}}}}}}\nsecurity: [{{Users: [read]}}]\nservers: [{{url: 'https://api.example.com'}}]\n"
    );
    let after = before
        .replace("scopes: {read: Read}", "scopes: {read: Read, write: Write}")
        .replace("https://a.example.com/t", "https://b.example.com/t")
        .replace("\nsecurity:", "\n    Key: {type: apiKey, in: header, name: X-Key}\nsecurity:")
        .replace("      operationId: get_lamp", "      security: []\n      operationId: get_lamp")
        .replace("https://api.example.com", "http://api.example.org")
        .replace("{name: {type: string}}", "{name: {type: string}, code: {type: string, format: password}}");
    let place = Place::with(&before);
    fs::write(place.path("next.yaml"), after).unwrap();
    let run = place.run(&["diff", "api.yaml", "next.yaml"]);
    let (_, rest) = run.stdout.split_once("\nsecurity:\n").unwrap_or_else(|| panic!("{run:?}"));
    let (told, changes) = rest.split_once("\n\n").unwrap();
    let kinds: Vec<&str> = told.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(kinds, ["auth", "host", "host", "scheme", "scheme", "scope", "sensitive"], "{told}");
    for part in [
        "GET /lamps/{id} needs nothing and needed",
        "the new host http://api.example.org by default, which is not encrypted",
        "https://b.example.com/t",
        "KEY",
        "write",
        "new sensitive value: types::Lamp.code",
    ] {
        assert!(told.contains(part), "`{part}` is not in\n{told}");
    }
    assert!(changes.contains("types::Lamp.code"), "{changes}");
}

#[test]
fn published_names_stay_when_something_is_added() {
    let status = "{name: {type: string}, status: {type: string, enum: [lit, dark]}}";
    let small = SMALL.replace("{name: {type: string}}", status);
    let place = Place::with(&small);
    assert_eq!(place.generate(&[]).status, 0);
    let before = files(&place.path("out"));
    fs::write(place.path("api.yaml"), format!("{small}    LampStatus: {{type: object, properties: {{a: {{}}}}}}\n"))
        .unwrap();
    let run = place.generate(&[]);
    assert!(run.status == 0 && run.stderr.contains("note[name-taken]"), "{run:?}");
    let lamp = fs::read_to_string(place.path("out/src/types/lamp.rs")).unwrap();
    assert!(lamp.contains("pub enum LampStatus"), "{lamp}");
    assert!(place.path("out/src/types/lamp_status2.rs").exists());
    fs::write(place.path("api.yaml"), small).unwrap();
    assert_eq!(place.generate(&[]).status, 0);
    assert_eq!(files(&place.path("out")), before);
}

#[test]
fn check_fails_when_the_published_names_would_change_and_only_then() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    let lock = place.path("out/names.lock");
    let text = fs::read_to_string(&lock).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.starts_with("\"schema Lamp\"")).collect();
    fs::write(&lock, without.join("\n")).unwrap();
    let stale = place.generate(&["--check"]);
    assert!(stale.status == 1 && stale.stdout.contains("changed  names.lock"), "{stale:?}");
    // A person may edit the file: that is no conflict.
    assert_eq!(place.generate(&[]).status, 0);
    assert_eq!(fs::read_to_string(&lock).unwrap(), text);
    assert_eq!(place.generate(&["--check"]).status, 0);
}

#[test]
fn nothing_is_written_when_the_published_names_cannot_be_read() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    let lock = place.path("out/names.lock");
    let text = fs::read_to_string(&lock).unwrap();
    let merged = text.replace("[types]\n", "[types]\n<<<<<<< ours\n");
    let at = merged.lines().position(|line| line.starts_with("<<<")).unwrap() + 1;
    fs::write(&lock, merged).unwrap();
    let before = files(&place.path("out"));
    fs::write(place.path("api.yaml"), SMALL.replace("{name: {type", "{label: {type")).unwrap();
    let run = place.generate(&[]);
    assert!(run.status == 3 && run.stderr.contains(&format!("out/names.lock:{at}:")), "{run:?}");
    assert_eq!(files(&place.path("out")), before);
}

#[test]
fn check_says_what_is_stale_and_writes_nothing() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&["--check"]).status, 1);
    assert!(!place.path("out").exists());
    assert_eq!(place.generate(&[]).status, 0);
    assert_eq!(place.generate(&["--check"]).status, 0);
    fs::write(place.path("api.yaml"), SMALL.replace("{name: {type", "{label: {type")).unwrap();
    let before = files(&place.path("out"));
    let stale = place.generate(&["--check"]);
    assert_eq!(stale.status, 1);
    assert!(stale.stdout.contains("changed  src/types/lamp.rs +"), "{stale:?}");
    assert_eq!(files(&place.path("out")), before);
}

#[test]
fn a_wrong_command_line_has_status_2() {
    let place = Place::with(SMALL);
    for arguments in [&["generate"][..], &["generate", "api.yaml", "--nonsense"], &["explain", "nonsense"]] {
        assert_eq!(place.run(arguments).status, 2, "{arguments:?}");
    }
    let nowhere = place.run(&["generate", "api.yaml"]);
    assert_eq!(nowhere.status, 2);
    assert_eq!(
        nowhere.stderr.lines().last().unwrap(),
        "error: say where the crate goes with `--out DIR`, or with `output` in `oasmith.toml`"
    );
    assert_eq!(place.run(&["--help"]).status, 0);
}

#[test]
fn a_misspelled_command_option_or_value_names_the_nearest() {
    let place = Place::with(SMALL);
    for (arguments, near) in [
        (&["chekc", "api.yaml"][..], "'check'"),
        (&["check", "api.yaml", "--coverag"], "'--coverage'"),
        (&["check", "api.yaml", "--format", "jsno"], "'json'"),
        (&["explain", "unknown-referense"], "`unknown-reference`"),
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains(near), "{run:?}");
    }
}

#[test]
fn a_broken_description_is_located_and_touches_no_file() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    let before = files(&place.path("out"));
    fs::write(place.path("api.yaml"), BROKEN).unwrap();
    let run = place.generate(&["--deny", "warnings"]);
    assert_eq!(run.status, 3);
    assert_eq!(
        run.stderr,
        "\
warning[unknown-reference]: nothing is defined at `#/components/schemas/Shad`
 --> api.yaml:9:17
  |
9 |         shade: {$ref: '#/components/schemas/Shad'}
  |                 ^^^^ help: did you mean `Shade`?
  |
  = note: any JSON stands there

1 warning; `oasmith explain unknown-reference` tells more
"
    );
    assert_eq!(run.stdout, "");
    assert_eq!(files(&place.path("out")), before);
}

#[test]
fn text_that_is_no_yaml_is_located_and_touches_no_file() {
    let place = Place::with("openapi: 3.1.0\ninfo: {title: [\npaths: {}\n");
    let run = place.generate(&[]);
    assert_eq!(run.status, 3);
    assert!(run.stderr.starts_with("error[syntax]: "), "{run:?}");
    assert!(run.stderr.contains(" --> api.yaml:"), "{run:?}");
    assert!(!place.path("out").exists());
}

#[test]
fn a_missing_description_has_status_3() {
    let place = Place::with(SMALL);
    let run = place.run(&["generate", "elsewhere.yaml", "--out", "out"]);
    assert_eq!(run.status, 3);
    assert!(run.stderr.starts_with("error[unreadable-file]: cannot read `elsewhere.yaml`: "), "{run:?}");
}

#[test]
fn diagnostics_are_json_for_programs() {
    let place = Place::with(BROKEN);
    let run = place.generate(&["--format", "json", "--deny", "warnings"]);
    assert_eq!((run.status, run.stderr.as_str()), (3, ""));
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found[0]["code"], "unknown-reference");
    assert_eq!(found[0]["severity"], "warning");
    assert_eq!(
        (&found[0]["file"], &found[0]["line"], &found[0]["column"]),
        (&"api.yaml".into(), &9.into(), &17.into())
    );
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[test]
fn diagnostics_are_annotations_for_github() {
    let run = Place::with(BROKEN).run(&["check", "api.yaml", "--format", "github", "--deny", "warnings"]);
    assert_eq!((run.status, run.stderr.as_str()), (3, ""));
    assert_eq!(
        run.stdout,
        "::warning file=api.yaml,line=9,col=17,endLine=9,endColumn=21,title=unknown-reference::nothing is defined at \
         `#/components/schemas/Shad`%0Anote: any JSON stands there%0Ahelp: did you mean `Shade`?\n"
    );
}

#[test]
fn problems_with_one_cause_are_told_once_unless_all_are_wanted() {
    let lamps: String = (0..9).map(|number| format!("  /lamps/{number}: {{get: {{responses: {{}}}}}}\n")).collect();
    let place = Place::with(&format!("openapi: 3.1.0\ninfo: {{title: Small, version: '1'}}\npaths:\n{lamps}"));
    let few = place.run(&["check", "api.yaml"]);
    assert_eq!(few.stderr.matches("note[missing-operation-id]").count(), 1, "{few:?}");
    assert!(few.stderr.contains("also `GET /lamps/1` at api.yaml:5:19\n"), "{few:?}");
    assert!(few.stderr.contains("and 5 more like it; `--all` shows them\n"), "{few:?}");
    assert!(few.stderr.ends_with("9 notes; `oasmith explain missing-operation-id` tells more\n"), "{few:?}");
    let all = place.run(&["check", "api.yaml", "--all"]);
    assert_eq!(all.stderr.matches("note[missing-operation-id]").count(), 9, "{all:?}");
    let json: serde_json::Value =
        serde_json::from_str(&place.run(&["check", "api.yaml", "--format", "json"]).stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 9);
}

#[test]
fn a_first_configuration_settles_what_was_found_and_is_never_overwritten() {
    let text = "\
openapi: 3.1.0
info: {title: \"Lamps\\nand more\", version: '1'}
servers: [{url: 'https://{region}.example.com/v1', variables: {region: {default: eu}}}]
security: [{key: []}]
paths:
  /lamps:
    get:
      operationId: list_lamps
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: Some, content: {application/json: {schema: {$ref: '#/components/schemas/Lamps'}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Lamps:
      type: object
      properties: {data: {type: array, items: {$ref: '#/components/schemas/Lamp'}}, next_cursor: {type: string}}
    Lamp: {type: object, properties: {name: {type: string}}}
";
    let place = Place::with(text);
    assert!(place.run(&["check", "api.yaml"]).stderr.contains("pagination-found"));
    let surface = |place: &Place| {
        assert_eq!(place.generate(&[]).status, 0);
        fs::read_to_string(place.path("out/api.surface")).unwrap()
    };
    let before = surface(&place);
    let run = place.run(&["init", "api.yaml"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "\
wrote `oasmith.toml`
  crate        lamps-and-more-client, into `lamps-and-more-client`
  description  OpenAPI 3.1.0, 1 operations in 1 groups, 2 types
  base URL     https://eu.example.com/v1
  credentials  `key` (key in the header X-Key)
  pages        1 by cursor: list_lamps
next: oasmith generate api.yaml
"
    );
    let config = fs::read_to_string(place.path("oasmith.toml")).unwrap();
    let rule = "[[pagination]]\noperations = [\n    \"list_lamps\",\n]\nkind = \"cursor\"\ncursor = \"cursor\"\nnext = \"next_cursor\"\nitems = \"data\"\n";
    assert!(config.contains(rule), "{config}");
    let silent = place.run(&["check", "api.yaml"]);
    assert_eq!((silent.status, silent.stderr.as_str()), (0, ""));
    assert_eq!(surface(&place), before);
    let again = place.run(&["init", "api.yaml"]);
    assert_eq!((again.status, again.stderr.as_str()), (2, "error: `oasmith.toml` exists and is kept\n"));
    assert_eq!(fs::read_to_string(place.path("oasmith.toml")).unwrap(), config);
    let broken = Place::with("openapi: 3.1.0\ninfo: {title: [\npaths: {}\n");
    assert_eq!(broken.run(&["init", "api.yaml"]).status, 3);
    assert!(!broken.path("oasmith.toml").exists());
}

#[test]
fn repairs_are_written_once_and_no_file_is_lost() {
    let place = Place::with(&SMALL.replace("required: true, ", "required: 'true', nonsense: 1, "));
    let fixed = place.run(&["check", "api.yaml", "--fix", "fix.yaml"]);
    assert_eq!(fixed.status, 0, "{fixed:?}");
    assert!(fixed.stderr.ends_with("2 repaired by `fix.yaml`; add it to `overlays` in `oasmith.toml`\n"), "{fixed:?}");
    let overlay = fs::read_to_string(place.path("fix.yaml")).unwrap();
    assert_eq!(
        overlay,
        "\
# Written by `oasmith check --fix`: the document as it was read. Name it under `overlays` in `oasmith.toml`.
overlay: 1.0.0
info:
  title: Repairs of api.yaml
  version: 1.0.0
actions:
- target: $.paths['/lamps/{id}'].get.parameters[0].nonsense
  description: 'unknown-keyword: a parameter object has no keyword `nonsense`'
  remove: true
  x-expect: 1
- target: $.paths['/lamps/{id}'].get.parameters[0]
  description: 'repaired-value: `required` should be `true` or `false`, not a string'
  update:
    required: true
  x-expect: 1
"
    );
    let again = place.run(&["check", "api.yaml", "--fix", "fix.yaml"]);
    assert_eq!(again.status, 2, "{again:?}");
    assert!(again.stderr.ends_with("error: `fix.yaml` exists; overwrite it with `--force`\n"), "{again:?}");
    assert_eq!(place.run(&["check", "api.yaml", "--fix", "fix.yaml", "--force"]).status, 0);
    fs::write(place.path("oasmith.toml"), "overlays = [\"fix.yaml\"]\n").unwrap();
    let silent = place.run(&["check", "api.yaml"]);
    assert_eq!((silent.status, silent.stderr.as_str()), (0, ""));
    let nothing = place.run(&["check", "api.yaml", "--fix"]);
    assert_eq!(nothing.stderr, "nothing can be repaired by an overlay\n");
    assert!(!place.path("repairs.yaml").exists());
}

#[test]
fn an_overlay_that_is_applied_is_not_overwritten_by_its_remainder() {
    let place = Place::with(&SMALL.replace("required: true, ", "required: true, nonsense: 1, "));
    fs::write(place.path("oasmith.toml"), "overlays = [\"fix.yaml\"]\n").unwrap();
    let empty = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions: []\n";
    fs::write(place.path("fix.yaml"), empty).unwrap();
    let run = place.run(&["check", "api.yaml", "--fix", "fix.yaml", "--force"]);
    assert!(run.status == 2 && run.stderr.contains("`fix.yaml` is applied already"), "{run:?}");
    assert_eq!(fs::read_to_string(place.path("fix.yaml")).unwrap(), empty);
}

#[test]
fn each_stage_tells_what_it_costs_as_it_ends() {
    let place = Place::with(SMALL);
    let run = place.generate(&["--timings", "--format", "json"]);
    let stages: Vec<serde_json::Value> = run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&str> = stages.iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
    let expected: Vec<&str> = oasmith::stage::Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    assert_eq!(names, expected);
    assert!(stages.iter().all(|stage| stage["wall"].as_f64().is_some_and(|wall| wall >= 0.0)), "{run:?}");
    if cfg!(target_os = "linux") {
        assert!(stages.iter().all(|stage| stage["cpu"].is_f64() && stage["peak"].is_u64()), "{run:?}");
    }
    // The stage in which a run ends too early has not ended.
    let broken = Place::with(BROKEN).generate(&["--timings", "--format", "json", "--deny", "warnings"]);
    assert!(!broken.stderr.contains("\"write\""), "{broken:?}");
}

#[test]
fn denied_warnings_forbid_generating() {
    let place = Place::with(&SMALL.replace("required: true, ", "required: true, nonsense: 1, "));
    let denied = place.generate(&["--deny", "warnings"]);
    assert_eq!(denied.status, 3, "{denied:?}");
    assert!(denied.stderr.contains("warning[unknown-keyword]"), "{denied:?}");
    assert!(!place.path("out").exists());
    assert_eq!(place.generate(&[]).status, 0);
    assert_eq!(Place::with(SMALL).generate(&["--deny", "warnings"]).status, 0);
}

#[test]
fn a_file_that_was_edited_by_hand_is_kept() {
    let place = Place::with(SMALL);
    assert_eq!(place.generate(&[]).status, 0);
    let file = place.path("out/src/types/lamp.rs");
    fs::write(&file, "// mine\n").unwrap();
    fs::write(place.path("api.yaml"), SMALL.replace("{name: {type", "{label: {type")).unwrap();
    let before = files(&place.path("out"));
    let run = place.generate(&[]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "error: `out/src/types/lamp.rs` was written or edited by hand and is kept\n\
         help: move the change elsewhere, or overwrite it with `--force`\n"
    );
    assert_eq!(files(&place.path("out")), before);
    assert_eq!(place.generate(&["--force"]).status, 0);
    assert!(fs::read_to_string(file).unwrap().contains("pub label: Option<String>"));
}

#[test]
fn files_beside_the_generated_ones_are_left_alone() {
    let place = Place::with(SMALL);
    fs::create_dir_all(place.path("out/examples")).unwrap();
    fs::write(place.path("out/examples/mine.rs"), "fn main() {}\n").unwrap();
    assert_eq!(place.generate(&[]).status, 0);
    // Another property: with the same ones it would be the old schema under a new name.
    fs::write(place.path("api.yaml"), SMALL.replace("Lamp", "Lantern").replace("{name: {type", "{wick: {type"))
        .unwrap();
    assert_eq!(place.generate(&[]).status, 0);
    assert!(place.path("out/examples/mine.rs").exists());
    assert!(!place.path("out/src/types/lamp.rs").exists());
    assert!(place.path("out/src/types/lantern.rs").exists());
}

#[test]
fn check_reports_problems_and_coverage() {
    let place = Place::with(SMALL);
    let run = place.run(&["check", "api.yaml", "--coverage"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.lines().any(|line| line.contains("operationId")), "{run:?}");
    assert_eq!(Place::with(BROKEN).run(&["check", "api.yaml", "--deny", "warnings"]).status, 3);
}

#[test]
fn coverage_is_json_for_programs() {
    let place = Place::with(&SMALL.replace("required: true, ", "required: true, nonsense: 1, "));
    let run = place.run(&["check", "api.yaml", "--coverage", "--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found["diagnostics"].as_array().unwrap().len(), 1, "{found:#}");
    let row = |keyword: &str| {
        found["coverage"].as_array().unwrap().iter().find(|row| row["keyword"] == keyword).unwrap().clone()
    };
    let expected = serde_json::json!({
        "object": "an operation object", "keyword": "operationId", "disposition": "modelled", "code": null, "count": 1,
        "file": "api.yaml", "line": 6, "column": 7,
    });
    assert_eq!(row("operationId"), expected);
    assert_eq!(
        (&row("nonsense")["disposition"], &row("nonsense")["code"]),
        (&"reported".into(), &"unknown-keyword".into())
    );
}

#[test]
fn an_overlay_whose_target_moved_fails_the_run() {
    let place = Place::with(SMALL);
    let overlay = |target: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\nactions:\n  - {{target: {target}, update: {{type: integer}}, x-expect: 1}}\n"
        )
    };
    fs::write(place.path("oasmith.toml"), "overlays = [\"fix.yaml\"]\n").unwrap();
    fs::write(place.path("fix.yaml"), overlay("$.components.schemas.Lamp.properties.name")).unwrap();
    assert_eq!(place.generate(&[]).status, 0);
    assert!(fs::read_to_string(place.path("out/src/types/lamp.rs")).unwrap().contains("pub name: Option<i64>"));
    fs::write(place.path("fix.yaml"), overlay("$.components.schemas.Lamp.properties.*")).unwrap();
    fs::write(
        place.path("api.yaml"),
        SMALL.replace("{name: {type: string}}", "{name: {type: string}, on: {type: string}}"),
    )
    .unwrap();
    let run = place.generate(&[]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.stderr.starts_with("error[overlay-count]: ") && run.stderr.contains(" --> fix.yaml:4:"), "{run:?}");
    assert!(fs::read_to_string(place.path("out/src/types/lamp.rs")).unwrap().contains("pub name: Option<i64>"));
}

#[test]
fn every_stage_can_be_inspected() {
    let place = Place::with(SMALL);
    let help = place.run(&["inspect", "--help"]).stdout;
    let stages = help.split("[possible values: ").nth(1).map(|rest| rest.split(']').next().unwrap());
    let stages: Vec<&str> = match stages {
        Some(list) => list.split(", ").collect(),
        None => help.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next()).collect(),
    };
    assert!(stages.len() > 2, "{help}");
    for stage in stages {
        let run = place.run(&["inspect", "api.yaml", "--stage", stage]);
        assert_eq!(run.status, 0, "{stage}: {run:?}");
        assert!(run.stdout.contains("amp"), "{stage}: {run:?}");
    }
}

#[test]
fn every_code_can_be_explained() {
    let place = Place::with(SMALL);
    let list = place.run(&["explain"]).stdout;
    assert!(list.contains("warning  unknown-reference          A reference points at something"), "{list}");
    assert_eq!(list.lines().count(), oasmith::diagnostic::Code::ALL.len());
    let run = place.run(&["explain", "unknown-reference"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains("unknown-reference"), "{run:?}");
}
