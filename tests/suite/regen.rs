//! What a change of the description changes in the crate: nothing else.

use std::collections::BTreeMap;
use std::fs;

use oasmith::job::Job;
use oasmith::write::Files;
use tests::{make, root};

/// The description of the client in this repository.
fn description() -> String {
    fs::read_to_string(root().join("specs/close/openapi.yaml")).unwrap()
}

/// The crate for a variant of the description, with the configuration of this repository.
fn generate(description: &str) -> Files {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("openapi.yaml"), description).unwrap();
    fs::copy(root().join("specs/close/oasmith.toml"), dir.path().join("oasmith.toml")).unwrap();
    // Published names are kept, so the crate in this repository has a say.
    let out = Some(root().join("generated-client"));
    let made = make(Job { config: Some(dir.path().join("oasmith.toml")), out, ..Job::default() });
    made.files.unwrap_or_else(|| panic!("{}", made.report))
}

/// Replaces a text that stands exactly once.
fn replace(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "`{old}` should stand once");
    text.replace(old, new)
}

/// The lines that go and those that come, by file. Order counts: a line that moves goes and comes.
fn difference(before: &Files, after: &Files) -> BTreeMap<String, Vec<String>> {
    let empty = String::new();
    let mut found = BTreeMap::new();
    let paths: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for path in paths {
        let (old, new) = (before.get(path).unwrap_or(&empty), after.get(path).unwrap_or(&empty));
        if old != new {
            found.insert(path.clone(), lines(old, new));
        }
    }
    found
}

/// The lines that are not in the longest common part of two texts.
fn lines(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let skipped = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if a == b { common[i + 1][j + 1] + 1 } else { skipped };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            found.push(format!("- {}", old[i].trim()));
            i += 1;
        } else {
            found.push(format!("+ {}", new[j].trim()));
            j += 1;
        }
    }
    found
}

#[test]
fn the_crate_in_the_repository_is_up_to_date() {
    let files = generate(&description());
    for (path, content) in &files {
        let found = fs::read_to_string(root().join("generated-client").join(path)).unwrap_or_default();
        assert!(found == *content, "{path} is stale: run `cargo xtask regen`");
    }
}

#[test]
fn another_enum_value_changes_only_the_lines_about_that_enum() {
    let before = generate(&description());
    let after = generate(&replace(&description(), "[one_time, monthly, annual]", "[one_time, monthly, yearly]"));
    let mut found = difference(&before, &after);
    let list = found.remove(".oasmith").unwrap();
    // Of the published names, the value comes and goes and what the enum looks like changes.
    let lock = found.remove("names.lock").unwrap();
    assert!(lock.len() == 4 && lock.iter().all(|line| line.contains("\"schema ValuePeriod")), "{lock:#?}");
    assert_eq!(
        found,
        BTreeMap::from([
            (
                "api.surface".to_owned(),
                vec![
                    "- types::ValuePeriod::Annual: variant as \"annual\"".to_owned(),
                    "+ types::ValuePeriod::Yearly: variant as \"yearly\"".to_owned(),
                ]
            ),
            (
                "src/types/value_period.rs".to_owned(),
                vec!["- Annual = \"annual\",".to_owned(), "+ Yearly = \"yearly\",".to_owned()]
            ),
            (
                "wire/opportunities/list.http".to_owned(),
                vec![
                    "- &value_period__in=monthly,annual".to_owned(),
                    "+ &value_period__in=monthly,one_time".to_owned(),
                ]
            ),
        ])
    );
    // The list of files has a line for the description and for each file that changes.
    assert_eq!(list.len(), 2 * 5, "{list:#?}");
}

/// A property that no schema has, in one schema.
const PROPERTY: &str =
    "\n        lantern_count:\n          type: integer\n          description: The number of lanterns.";

fn with_property(place: &str) -> String {
    replace(&description(), place, &format!("{place}{PROPERTY}"))
}

/// The line after which properties of `CreatePipeline` begin.
const PLACE: &str = "    CreatePipeline:\n";

#[test]
fn a_new_property_adds_lines_and_moves_none() {
    let text = description();
    let (head, tail) = text.split_once(PLACE).unwrap();
    let (middle, rest) = tail.split_once("      properties:").unwrap();
    let place = format!("{PLACE}{middle}      properties:");
    assert!(text.len() == head.len() + place.len() + rest.len());
    let before = generate(&text);
    let after = generate(&with_property(&place));
    for (path, lines) in difference(&before, &after) {
        let gone: Vec<_> = lines.iter().filter(|line| line.starts_with("- ")).collect();
        // Hashes change in place, as does what the schema looks like; nothing else goes.
        let looks = path == "names.lock" && gone.iter().all(|line| line.contains("\"schema CreatePipeline\" ="));
        assert!(path == ".oasmith" || looks || gone.is_empty(), "{path}: {lines:#?}");
    }
}

#[test]
fn a_property_that_comes_and_goes_leaves_nothing_behind() {
    let text = description();
    let middle = text.split_once(PLACE).unwrap().1.split_once("      properties:").unwrap().0;
    let with = with_property(&format!("{PLACE}{middle}      properties:"));
    let before = generate(&text);
    assert!(!difference(&before, &generate(&with)).is_empty());
    assert_eq!(difference(&before, &generate(&replace(&with, PROPERTY, ""))), BTreeMap::new());
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert!(generate(&description()) == generate(&description()));
}
