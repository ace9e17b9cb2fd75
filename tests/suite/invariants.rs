//! What holds for the sources of the generator everywhere, told as what must not be found.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every Rust file below a directory with its text up to its tests, by path relative to the directory.
fn sources(dir: &str) -> Vec<(String, String)> {
    let base = root().join(dir);
    let mut found = Vec::new();
    let mut open = vec![base.clone()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&base).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".rs") {
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let tests: Vec<String> = found.iter().flat_map(|(name, text)| test_modules(name, text)).collect();
    found.retain(|(name, _)| !tests.contains(name) && !name.ends_with("tests.rs") && !name.contains("tests/"));
    for (_, text) in &mut found {
        *text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    }
    assert!(!found.is_empty(), "{dir} has no sources");
    found.sort();
    found
}

/// The files of modules that a `mod.rs` declares for tests only.
fn test_modules(name: &str, text: &str) -> Vec<String> {
    let folder = name.trim_end_matches("mod.rs");
    let declared = text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| rest.lines().next()?.strip_suffix(';'));
    declared.filter_map(|line| Some(format!("{folder}{}.rs", line.split_once("mod ")?.1))).collect()
}

/// Files outside `allowed` in which any of `words` is found on a line that is not a comment.
fn found_outside(dir: &str, words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in sources(dir) {
        if allowed.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && words.iter().any(|word| code.contains(word)) {
                found.push(format!("{name}:{}: {code}", index + 1));
            }
        }
    }
    found
}

#[track_caller]
fn nowhere_but(dir: &str, words: &[&str], allowed: &[&str]) {
    assert_eq!(found_outside(dir, words, allowed), Vec::<String>::new(), "only {allowed:?} may contain {words:?}");
    assert!(
        allowed.is_empty() || !found_outside(dir, words, &[]).is_empty(),
        "nothing contains {words:?} any more: the check is idle"
    );
}

#[test]
fn openapiv3_is_read_in_model_and_resolve_only() {
    nowhere_but("generator/src", &["openapiv3"], &["model/", "resolve/"]);
}

#[test]
fn case_is_converted_in_names_only() {
    nowhere_but("generator/src", &["use heck::", " heck::", "(heck::"], &["names/"]);
}

#[test]
fn the_disk_is_touched_in_source_write_and_the_loader_only() {
    nowhere_but(
        "generator/src",
        &["std::fs", "fs::read", "fs::write", "File::"],
        &["source.rs", "save.rs", "write/", "document/load"],
    );
}

#[test]
fn only_the_command_line_prints() {
    nowhere_but("generator/src", &["println!", "eprintln!", "print!(", "eprint!("], &["main.rs", "cli/"]);
}

#[test]
fn nothing_unordered_decides_about_output() {
    nowhere_but("generator/src", &["HashMap", "HashSet", "SystemTime", "thread_rng"], &[]);
}

#[test]
fn only_the_command_line_looks_at_the_clock() {
    nowhere_but("generator/src", &["Instant::now", "clock_gettime"], &["cli/timings.rs"]);
}

#[test]
fn emission_knows_neither_the_document_nor_the_model() {
    nowhere_but(
        "generator/src/emit",
        &["crate::model", "crate::resolve", "crate::normalize", "crate::document", "openapiv3"],
        &[],
    );
}

#[test]
fn the_ir_knows_no_rust() {
    nowhere_but("generator/src/ir", &["proc_macro2", "quote!", "syn::"], &[]);
}

#[test]
fn input_never_panics_on_purpose() {
    let words = [".unwrap()", ".expect(\"", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
    nowhere_but("generator/src", &words, &[]);
    nowhere_but("generator/runtime", &words, &[]);
    nowhere_but("generator/validation", &words, &[]);
}

#[test]
fn no_source_hides_behind_a_blanket_allow() {
    let words = ["#![allow(warnings", "#![allow(clippy::all", "#![allow(unused", "#![allow(dead_code"];
    for dir in ["generator/src", "generator/runtime", "generated-client/src", "xtask/src"] {
        assert_eq!(found_outside(dir, &words, &[]), Vec::<String>::new());
    }
}

#[test]
fn runtime_modules_refer_to_each_other_relatively() {
    // Macros alone name the crate, because they expand outside the runtime.
    let found: Vec<String> = found_outside("generator/runtime", &["crate::"], &[])
        .into_iter()
        .filter(|line| !line.contains("$crate::"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_runtime_is_copied_byte_for_byte() {
    let text = |dir: &str, name: &str| fs::read_to_string(root().join(dir).join(name)).unwrap();
    let (mut copies, mut modules) = (0, 0);
    for (name, _) in sources("generated-client/src/runtime") {
        let (copy, original) = (text("generated-client/src/runtime", &name), text("generator/runtime", &name));
        if name.ends_with("mod.rs") {
            // Modules that the crate has no use for are left out, and nothing else is changed.
            let mut lines = original.lines();
            for line in copy.lines() {
                assert!(lines.any(|original| original == line), "{name}: `{line}` is not one of the original");
            }
            modules += 1;
        } else {
            assert_eq!(copy, original, "{name}");
            copies += 1;
        }
    }
    assert!(copies > 40 && modules == 2, "{copies} files, {modules} modules");
}

#[test]
fn the_readme_shows_what_is_really_generated() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let excerpts: Vec<&str> = readme.split("<!-- excerpt: ").skip(1).collect();
    assert!(!excerpts.is_empty());
    for excerpt in excerpts {
        let (path, rest) = excerpt.split_once(" -->\n```rust\n").unwrap();
        let shown = rest.split("```\n<!-- end of excerpt -->").next().unwrap();
        let file = fs::read_to_string(root().join(path)).unwrap();
        assert!(file.ends_with(shown), "{path} is not what README.md shows");
    }
}
