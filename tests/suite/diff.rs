//! What a reviewer is told of a change: reports about changes of the Close description, as snapshots.

use std::fs;
use std::path::Path;

use oasmith::diff::{self, Report, show};
use oasmith::job::Session;
use oasmith::report::Color;
use oasmith::sides::{Given, Opened};
use oasmith::write::{self, Files};
use tests::root;

/// Replaces a text that stands exactly once.
fn replace(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "`{old}` should stand once");
    text.replace(old, new)
}

fn on_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(run).unwrap().join().unwrap()
}

/// The crate of the Close description after an edit, with the configuration of this repository.
fn edited(edit: impl FnOnce(String) -> String, dir: &Path) -> Given {
    let text = edit(fs::read_to_string(root().join("specs/close/openapi.yaml")).unwrap());
    fs::create_dir_all(dir).unwrap();
    fs::write(dir.join("openapi.yaml"), text).unwrap();
    fs::copy(root().join("specs/close/oasmith.toml"), dir.join("oasmith.toml")).unwrap();
    Given { path: dir.join("oasmith.toml"), config: None, revision: None }
}

fn open(given: Given, before: Option<oasmith::lock::Lock>) -> Opened {
    on_stack(move || {
        let mut session = Session::default();
        given.open(before.as_ref(), &mut session).unwrap_or_else(|error| panic!("{error:?}: {session:?}"))
    })
}

/// The report about an edit of the description, and its text without the directory that the files are in.
fn report(edit: impl FnOnce(String) -> String) -> (Report, String) {
    let dir = tempfile::tempdir().unwrap();
    let before = open(edited(|text| text, &dir.path().join("old")), None);
    let after = open(edited(edit, &dir.path().join("new")), Some(before.lock.clone()));
    let report = diff::compare(&before.side, &after.side);
    let text = show::text(&report, None, Color::Never).replace(&format!("{}/", dir.path().display()), "");
    (report, text)
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/diff", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn another_enum_value_is_minor() {
    let (_, text) = report(|text| replace(&text, "[one_time, monthly, annual]", "[one_time, monthly, annual, weekly]"));
    snapshot("enum_value", &text);
}

#[test]
fn a_field_that_may_be_null_now_is_major() {
    let label = "        label:\n          type: string\n          description: The name that users see and can change.\n        type:\n          $ref: '#/components/schemas/StatusType'\n          description: What the status means.\n        organization_id:";
    let nullable = label.replacen("type: string", "type: [string, 'null']", 1);
    let (_, text) = report(|text| replace(&text, label, &nullable));
    snapshot("nullable_field", &text);
}

#[test]
fn an_operation_that_is_gone_is_major() {
    let (_, text) = report(|text| {
        let (head, tail) = text.split_once("    delete:\n      operationId: opportunities_delete\n").unwrap();
        let (_, rest) = tail.split_once("\n  /status/opportunity/:\n").unwrap();
        format!("{head}\n  /status/opportunity/:\n{rest}")
    });
    snapshot("removed_operation", &text);
}

#[test]
fn another_server_is_a_matter_of_security_and_no_change_of_the_rust_api() {
    let (report, text) =
        report(|text| replace(&text, "url: https://api.close.com/api/v1", "url: http://api.close.example/api/v2"));
    assert_eq!(report.level, diff::Level::Patch);
    snapshot("server_url", &text);
}

/// Another version of the generator, which writes something else into the runtime and into its list of files.
#[test]
fn another_generator_is_told_apart_from_another_document() {
    let dir = tempfile::tempdir().unwrap();
    let after = open(edited(|text| text, dir.path()), None);
    let mut before = after.side.clone();
    let list = &before.files[write::LIST];
    let list = replace(list, &format!("generator = \"{}\"", env!("CARGO_PKG_VERSION")), "generator = \"0.0.9\"");
    before.files.insert(write::LIST.to_owned(), list);
    let retry = replace(&before.files["src/runtime/retry.rs"], "//! ", "//! What an older version said.\n//! ");
    before.files.insert("src/runtime/retry.rs".to_owned(), retry);
    before.name = "before".to_owned();
    let report = diff::compare(&before, &after.side);
    assert!(report.files.iter().all(|file| file.causes == [diff::Cause::Generator]));
    snapshot("generator", &show::text(&report, None, Color::Never));
}

#[test]
fn nothing_is_said_about_crates_that_are_the_same() {
    let (report, text) = report(|text| text);
    assert!(report.rule.is_none() && report.files.is_empty());
    assert_eq!(text, "nothing changes\n");
}

#[test]
fn the_same_break_has_the_same_fingerprint_whatever_else_changes() {
    let break_it = |text: String| replace(&text, "[one_time, monthly, annual]", "[one_time, monthly]");
    let (alone, _) = report(break_it);
    let (more, _) =
        report(|text| replace(&break_it(text), "How often the value of an opportunity is paid.", "How often."));
    assert!(alone.fingerprint.is_some());
    assert_eq!(alone.fingerprint, more.fingerprint);
    let (other, _) = report(|text| replace(&text, "[one_time, monthly, annual]", "[one_time, annual]"));
    assert_ne!(alone.fingerprint, other.fingerprint);
}

#[test]
fn crates_are_compared_without_their_documents() {
    let dir = tempfile::tempdir().unwrap();
    let given = edited(|text| replace(&text, "[one_time, monthly, annual]", "[one_time, monthly]"), dir.path());
    let after = open(given, None);
    let written = dir.path().join("crate");
    store(&written, &after.side.files);
    let read = open(Given { path: written, config: None, revision: None }, None);
    let before = open(edited(|text| text, &dir.path().join("old")), None);
    let report = diff::compare(&before.side, &read.side);
    let [change] = report.changes.as_slice() else { panic!("{report:?}") };
    let [detail] = change.details.as_slice() else { panic!("{change:?}") };
    assert_eq!((detail.item.as_str(), detail.rule), ("types::ValuePeriod::Annual", diff::Rule::VariantRemoved));
    assert_eq!(detail.new_place.as_ref().unwrap().pointer, "#/components/schemas/ValuePeriod");
}

fn store(dir: &Path, files: &Files) {
    let plan = write::plan(dir, files).unwrap();
    write::apply(dir, files, &plan).unwrap();
}

#[test]
fn the_documented_rules_are_the_rules() {
    let text = fs::read_to_string(root().join("generator/SEMVER.md")).unwrap();
    assert!(text.contains(&diff::table()), "write this into SEMVER.md:\n{}", diff::table());
}

/// The page about an edit, without the directory that the files are in.
fn page(edit: impl FnOnce(String) -> String) -> String {
    let dir = tempfile::tempdir().unwrap();
    let before = open(edited(|text| text, &dir.path().join("old")), None);
    let after = open(edited(edit, &dir.path().join("new")), Some(before.lock.clone()));
    show::html(&diff::compare(&before.side, &after.side), &before.side, &after.side)
}

#[test]
fn nothing_in_a_document_becomes_markup_or_script_of_the_page() {
    let attack = "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let text = page(|text| {
        let text = replace(&text, "[one_time, monthly, annual]", &format!("[one_time, monthly, annual, '{attack}']"));
        replace(&text, "url: https://api.close.com/api/v1", &format!("url: 'https://{attack}\u{202e}.example'"))
    });
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && text.contains("\\u{202e}"));
    for forbidden in ["<script>alert", "<img", "\u{202e}", "src=", "http-equiv=\"refresh", "<link"] {
        let known = text.replace(&attack.replace('<', "&lt;").replace('>', "&gt;"), "");
        assert!(!known.contains(forbidden), "{forbidden}");
    }
    assert_eq!(text.matches("<script>").count(), 1);
}

#[test]
fn a_page_needs_nothing_else() {
    let text = page(|text| replace(&text, "[one_time, monthly, annual]", "[one_time, monthly]"));
    assert!(text.contains("default-src 'none'"));
    for loads in ["<link", "@import", "url(", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!text.contains(loads), "{loads}");
    }
    for shown in
        ["<span class=\"level major\">major</span> breaks users", "- Annual", "enum: [one_time, monthly, annual]"]
    {
        assert!(text.contains(shown), "{shown}");
    }
}

/// Where an item comes from, and what a line becomes.
#[test]
fn an_item_leads_to_its_line_and_the_line_back() {
    let (item, line, missing) = on_stack(|| {
        let dir = tempfile::tempdir().unwrap();
        let given = edited(|text| text, dir.path());
        let path = dir.path().join("openapi.yaml").display().to_string();
        let mut session = Session::default();
        let opened = given.open(None, &mut session).unwrap();
        let item = oasmith::why::item("OpportunityStatus.label", &opened, &session.files).unwrap();
        let number = item.split(":").find_map(|part| part.split(' ').next()?.parse().ok()).unwrap();
        let line = oasmith::why::line(&path, number, &opened, &session.files).unwrap();
        let missing = oasmith::why::item("OportunityStatus", &opened, &session.files).unwrap_err();
        (item, line, missing)
    });
    assert_eq!(item, line);
    assert!(item.starts_with("types::OpportunityStatus.label\n  String\n  rule required: "), "{item}");
    assert!(missing.ends_with("did you mean `OpportunityStatus`?"), "{missing}");
}

#[test]
fn what_an_overlay_brought_is_shown_with_its_line() {
    let text = on_stack(|| {
        let dir = tempfile::tempdir().unwrap();
        let given = edited(|text| text, dir.path());
        let config = dir.path().join("oasmith.toml");
        let settings = fs::read_to_string(&config).unwrap();
        fs::write(&config, format!("overlays = [\"fix.yaml\"]\n{settings}")).unwrap();
        let overlay = "overlay: 1.0.0\ninfo: {title: Fix, version: 1.0.0}\nactions:\n  - target: $.components.schemas.OpportunityStatus.properties.label\n    update:\n      maxLength: 40\n";
        fs::write(dir.path().join("fix.yaml"), overlay).unwrap();
        let mut session = Session::default();
        let opened =
            given.open(None, &mut session).unwrap_or_else(|error| panic!("{error}: {:?}", session.diagnostics));
        let item = oasmith::why::item("OpportunityStatus.label", &opened, &session.files).unwrap();
        let overlay = dir.path().join("fix.yaml").display().to_string();
        assert_eq!(oasmith::why::line(&overlay, 6, &opened, &session.files).unwrap(), item);
        item
    });
    assert!(text.contains("fix.yaml:6\n      6 |       maxLength: 40"), "{text}");
}
