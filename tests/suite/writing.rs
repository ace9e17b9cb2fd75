//! The program is stopped while it writes, by what really stops programs: kills, limits, a full disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli::PROGRAM;

/// A description of many schemas whose properties have this name.
fn description(property: &str) -> String {
    let schemas: String = (0..60)
        .map(|number| {
            format!("    Lamp{number}: {{type: object, properties: {{{property}{number}: {{type: string}}}}}}\n")
        })
        .collect();
    format!("openapi: 3.1.0\ninfo: {{title: Small, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}")
}

/// Every file below a directory, by path.
fn content(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(place).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(directory).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A folder with the crate of one description in it, and the crates of both.
struct Place {
    dir: tempfile::TempDir,
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut place = Self { dir, old: BTreeMap::new(), new: BTreeMap::new() };
        place.describe("wick");
        assert_eq!(place.generate(&[]), Some(0));
        place.old = content(&place.out());
        fs::rename(place.out(), place.dir.path().join("kept")).unwrap();
        copy(&place.old, &place.out());
        place.describe("bulb");
        assert_eq!(place.generate(&[]), Some(0));
        place.new = content(&place.out());
        assert!(place.old != place.new && place.old.len() > 60);
        place.restore();
        place
    }

    fn out(&self) -> std::path::PathBuf {
        self.dir.path().join("out")
    }

    fn describe(&self, property: &str) {
        fs::write(self.dir.path().join("api.yaml"), description(property)).unwrap();
    }

    /// Puts the old crate back.
    fn restore(&self) {
        fs::remove_dir_all(self.out()).unwrap();
        copy(&self.old, &self.out());
    }

    fn generate(&self, more: &[&str]) -> Option<i32> {
        let mut command = Command::new(&*PROGRAM);
        command.args(["generate", "api.yaml", "--out", "out"]).args(more).current_dir(self.dir.path());
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().code()
    }

    /// Runs the program from a shell, which limits it; whether it was stopped.
    fn generate_in_shell(&self, script: &str) -> bool {
        let script = script.replace("PROGRAM", &format!("{} generate api.yaml --out out", PROGRAM.display()));
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(self.dir.path());
        !command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    /// The crate is the old one or the new one, or it says that it is neither; the next run makes it the new one.
    #[track_caller]
    fn is_whole_or_says_so(&self) -> &'static str {
        let found = content(&self.out());
        let unfinished = found.keys().any(|path| path == ".oasmith-begun" || path == ".oasmith-decided");
        let holds = |files: &BTreeMap<String, Vec<u8>>| files.iter().all(|(path, text)| found.get(path) == Some(text));
        let state = match unfinished {
            false if found == self.old => "old",
            false if found == self.new => "new",
            true if holds(&self.old) => "begun",
            true => "decided",
            false => panic!("a mixture that says nothing: {:?}", found.keys()),
        };
        assert_eq!(self.generate(&["--check"]), Some(i32::from(state != "new")), "{state}");
        assert_eq!(self.generate(&[]), Some(0), "{state}");
        assert!(content(&self.out()) == self.new, "{state}");
        state
    }
}

fn copy(files: &BTreeMap<String, Vec<u8>>, directory: &Path) {
    for (path, text) in files {
        let place = directory.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
}

#[test]
fn run_that_is_killed_leaves_a_whole_crate_or_says_so() {
    let place = Place::new();
    for kill in 0..12_u64 {
        place.restore();
        let mut command = Command::new(&*PROGRAM);
        command.args(["generate", "api.yaml", "--out", "out"]).current_dir(place.dir.path());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // From the moment on at which it writes: the times spread over everything that it does then.
        for _ in 0..2000 {
            if place.out().join(".oasmith-begun").exists() || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(kill * kill * 150));
        let _ = child.kill();
        child.wait().unwrap();
        place.is_whole_or_says_so();
    }
}

#[cfg(unix)]
#[test]
fn run_that_may_not_write_long_files_changes_nothing() {
    let place = Place::new();
    let mut states = Vec::new();
    // In blocks of 512 or 1024 bytes: the system kills the program at the first file that is longer.
    for blocks in [0, 1, 2, 4] {
        place.restore();
        assert!(place.generate_in_shell(&format!("ulimit -f {blocks}; exec PROGRAM")), "{blocks} blocks were enough");
        states.push(place.is_whole_or_says_so());
    }
    assert!(states.iter().all(|state| ["old", "begun"].contains(state)), "{states:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_changes_nothing() {
    let place = Place::new();
    let space = |size: &str| {
        format!(
            "mount -t tmpfs -o size={size} none out || exit 77; cp -r kept/. out && PROGRAM; status=$?; \
             rm -rf after; cp -r out after; exit $status"
        )
    };
    let namespace = |script: &str| {
        let script = script.replace("PROGRAM", &format!("{} generate api.yaml --out out", PROGRAM.display()));
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", &script]).current_dir(place.dir.path());
        command.output().ok().and_then(|output| output.status.code())
    };
    match namespace(&space("64m")) {
        Some(0) => assert!(content(&place.dir.path().join("after")) == place.new),
        other => {
            eprintln!("the test with a full disk did NOT run: no disk of its own can be mounted here ({other:?})");
            return;
        }
    }
    // Just what the old crate takes, and a little more each time.
    let used: usize = place.old.values().map(|text| text.len().div_ceil(4096) * 4096).sum();
    for more in [16_384, 65_536, 131_072] {
        assert_ne!(namespace(&space(&(used + more).to_string())), Some(0), "{more} bytes were enough");
        let after = content(&place.dir.path().join("after"));
        let settled: BTreeMap<_, _> = after.iter().filter(|(path, _)| place.old.contains_key(*path)).collect();
        assert!(settled == place.old.iter().collect(), "{more}: the crate is not the old one");
        assert_eq!(after.len(), place.old.len(), "{more}: {:?}", after.keys());
    }
}
