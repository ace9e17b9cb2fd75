use super::*;

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files: Files = entries.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect();
    let list = list(&files, &[]);
    files.insert(LIST.to_owned(), list);
    files
}

fn run(directory: &Path, files: &Files) -> Plan {
    let plan = plan(directory, files).unwrap();
    apply(directory, files, &plan).unwrap();
    plan
}

#[test]
fn a_second_run_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let files = files(&[("src/lib.rs", "//! a\n"), ("Cargo.toml", "[package]\n")]);
    assert_eq!(run(directory.path(), &files).changes.len(), 3);
    let before = fs::metadata(directory.path().join("src/lib.rs")).unwrap().modified().unwrap();
    assert_eq!(run(directory.path(), &files), Plan::default());
    assert_eq!(fs::metadata(directory.path().join("src/lib.rs")).unwrap().modified().unwrap(), before);
}

#[test]
fn files_that_are_no_longer_generated_are_removed_and_others_stay() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &files(&[("src/a.rs", "a"), ("src/deep/b.rs", "b")]));
    fs::write(directory.path().join("src/mine.rs"), "mine").unwrap();
    run(directory.path(), &files(&[("src/a.rs", "a")]));
    assert!(!directory.path().join("src/deep").exists());
    assert_eq!(fs::read_to_string(directory.path().join("src/mine.rs")).unwrap(), "mine");
}

#[test]
fn an_edited_file_is_a_conflict() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &files(&[("src/a.rs", "a")]));
    fs::write(directory.path().join("src/a.rs"), "edited").unwrap();
    assert_eq!(plan(directory.path(), &files(&[("src/a.rs", "new")])).unwrap().conflicts, ["src/a.rs"]);
}

#[test]
fn a_hand_written_file_in_the_way_is_a_conflict() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("README.md"), "mine").unwrap();
    assert_eq!(plan(directory.path(), &files(&[("README.md", "theirs")])).unwrap().conflicts, ["README.md"]);
}

#[test]
fn a_path_out_of_the_directory_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    for path in ["../x", "a/../../x", "/etc/x", "a//b", "c:\\x"] {
        let files = Files::from([(path.to_owned(), String::new())]);
        assert!(plan(directory.path(), &files).is_err(), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let directory = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), directory.path().join("src")).unwrap();
    assert!(plan(directory.path(), &files(&[("src/lib.rs", "x")])).is_err());
}

#[test]
fn a_failed_write_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &files(&[("a.rs", "old")]));
    // A directory stands where the second file has to go, so staging it fails.
    fs::create_dir_all(directory.path().join("b.rs.oasmith-new")).unwrap();
    let new = files(&[("a.rs", "new"), ("b.rs", "new")]);
    let plan = plan(directory.path(), &new).unwrap();
    assert!(apply(directory.path(), &new, &plan).is_err());
    assert_eq!(fs::read_to_string(directory.path().join("a.rs")).unwrap(), "old");
    assert!(!directory.path().join("a.rs.oasmith-new").exists());
}

/// The crate before, with a file that a person wrote; and the one after, in which one file of each kind changes.
fn before_and_after() -> (Files, Files) {
    let before = files(&[("a.rs", "a"), ("b.rs", "b"), ("src/gone/c.rs", "c"), ("names.lock", "old")]);
    let after = files(&[("a.rs", "a"), ("b.rs", "new"), ("src/added/d.rs", "d"), ("names.lock", "new")]);
    (before, after)
}

/// Everything below a directory.
fn content(directory: &Path) -> Files {
    let mut found = Files::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(directory).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// A directory in which writing the crate after was stopped after some steps, and whether it had been decided by then.
fn stopped_after(count: usize) -> (tempfile::TempDir, bool) {
    let (before, after) = before_and_after();
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &before);
    fs::write(directory.path().join("src/mine.rs"), "mine").unwrap();
    let plan = plan(directory.path(), &after).unwrap();
    for step in steps::steps(directory.path(), &after, &plan).unwrap().iter().take(count) {
        step.carry_out().unwrap();
    }
    let decided = directory.path().join(steps::DECIDED).exists();
    (directory, decided)
}

fn step_count() -> usize {
    let (before, after) = before_and_after();
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), &before);
    let plan = plan(directory.path(), &after).unwrap();
    steps::steps(directory.path(), &after, &plan).unwrap().len()
}

#[test]
fn stopped_after_any_step_the_crate_is_the_old_one_or_becomes_the_new_one() {
    let (before, after) = before_and_after();
    let mine = Files::from([("src/mine.rs".to_owned(), "mine".to_owned())]);
    let (old, new): (Files, Files) =
        (before.into_iter().chain(mine.clone()).collect(), after.into_iter().chain(mine).collect());
    let count = step_count();
    let mut outcomes = Vec::new();
    for done in 0..=count {
        let (directory, decided) = stopped_after(done);
        let was_new = done == count;
        assert_eq!(plan(directory.path(), &new).unwrap().interrupted, done > 0 && !was_new, "{done}");
        if !decided && !was_new {
            let found = content(directory.path());
            assert!(old.iter().all(|(path, text)| found.get(path) == Some(text)), "{done}: {found:#?}");
        }
        assert_eq!(recover(directory.path()).unwrap(), done > 0 && !was_new, "{done}");
        assert_eq!(content(directory.path()), if decided || was_new { new.clone() } else { old.clone() }, "{done}");
        outcomes.push(decided);
        assert!(!recover(directory.path()).unwrap(), "{done}: there is nothing left to do");
    }
    assert!(outcomes.iter().filter(|decided| **decided).count() > 4, "{outcomes:?}");
}

#[test]
fn stopped_in_the_middle_of_a_file_the_crate_is_the_old_one() {
    let (before, after) = before_and_after();
    let count = step_count();
    let mut cut = 0;
    for done in 0..count {
        let (directory, _) = stopped_after(done);
        let plan = plan(directory.path(), &after).unwrap();
        let steps = if done == 0 { steps::steps(directory.path(), &after, &plan).unwrap() } else { Vec::new() };
        let staged = content(directory.path()).into_keys().rfind(|path| path.ends_with(steps::STAGED));
        let place = match (steps.first(), staged) {
            (Some(steps::Step::Write(place, _)), _) => place.clone(),
            (_, Some(path)) if !directory.path().join(steps::DECIDED).exists() => directory.path().join(path),
            _ => continue,
        };
        fs::write(place, "[wri").unwrap();
        assert!(recover(directory.path()).unwrap());
        let found = content(directory.path());
        assert!(before.iter().all(|(path, text)| found.get(path) == Some(text)), "{done}: {found:#?}");
        assert_eq!(found.len(), before.len() + 1, "{done}: {found:#?}");
        cut += 1;
    }
    assert!(cut > 3, "{cut}");
}

#[test]
fn what_was_edited_after_a_run_was_stopped_is_kept_and_a_conflict() {
    let (_, after) = before_and_after();
    let mut kept = 0;
    for done in 0..step_count() {
        let (directory, decided) = stopped_after(done);
        if decided {
            fs::write(directory.path().join("b.rs"), "edited").unwrap();
            recover(directory.path()).unwrap();
            assert_eq!(plan(directory.path(), &after).unwrap().conflicts, ["b.rs"], "{done}");
            assert_eq!(content(directory.path()).get("b.rs").unwrap(), "edited");
            kept += 1;
        }
    }
    assert!(kept > 4, "{kept}");
}

#[test]
fn a_list_of_changes_that_leads_out_of_the_directory_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    let directory = outside.path().join("crate");
    fs::create_dir(&directory).unwrap();
    fs::write(outside.path().join("x.oasmith-new"), "theirs").unwrap();
    for name in [steps::BEGUN, steps::DECIDED] {
        fs::write(directory.join(name), format!("[write]\n\"../x\" = \"\"\n[remove]\n\"../x\" = \"{}\"\n", hash(b"")))
            .unwrap();
        assert!(recover(&directory).is_err());
        fs::remove_file(directory.join(name)).unwrap();
    }
    assert_eq!(content(outside.path()).get("x.oasmith-new").unwrap(), "theirs");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_where_new_content_waits_is_not_followed() {
    let directory = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    for name in ["a.rs.oasmith-new", steps::BEGUN] {
        std::os::unix::fs::symlink(elsewhere.path(), directory.path().join(name)).unwrap();
    }
    let files = files(&[("a.rs", "new")]);
    let plan = plan(directory.path(), &files).unwrap();
    apply(directory.path(), &files, &plan).unwrap();
    assert_eq!(fs::read_to_string(directory.path().join("a.rs")).unwrap(), "new");
    assert_eq!(fs::read(elsewhere.path()).unwrap(), b"");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_place_of_a_file_is_not_followed() {
    let directory = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    for name in ["a.rs", LIST] {
        std::os::unix::fs::symlink(elsewhere.path(), directory.path().join(name)).unwrap();
        assert!(plan(directory.path(), &files(&[("a.rs", "new")])).is_err(), "{name}");
        fs::remove_file(directory.path().join(name)).unwrap();
    }
    assert_eq!(fs::read(elsewhere.path()).unwrap(), b"");
}
