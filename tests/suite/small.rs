//! Small descriptions, what they become, and what is said about them: for the tests of one row each.

use oasmith::diagnostic::Code;
use oasmith::job::Job;
use tests::{Made, make};

/// What a description became.
pub(crate) struct Small(Made);

/// Makes a crate out of files; the first is the description. `oasmith.toml` among them is its configuration.
pub(crate) fn files(files: &[(&str, &str)]) -> Small {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Small(make(Job { spec: Some(dir.path().join(files[0].0)), ..Job::default() }))
}

/// A document around some sections.
pub(crate) fn document(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{rest}\n")
}

/// Makes a crate out of a document with these sections.
pub(crate) fn api(version: &str, rest: &str) -> Small {
    files(&[("api.yaml", &document(version, rest))])
}

/// Makes a crate out of the component schemas of a document.
pub(crate) fn schemas(version: &str, schemas: &str) -> Small {
    api(version, &format!("paths: {{}}\ncomponents:\n  schemas:\n{}", indented(schemas)))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

impl Small {
    /// A file of the crate.
    #[track_caller]
    pub(crate) fn file(&self, path: &str) -> &str {
        let files = self.0.files.as_ref().unwrap_or_else(|| panic!("nothing was made:\n{}", self.0.report));
        let found = files.iter().find(|(name, _)| AsRef::<str>::as_ref(name) == path);
        found.map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("{path} is not among {:#?}", files.keys()))
    }

    /// The file of a schema, by the name of the file.
    #[track_caller]
    pub(crate) fn ty(&self, name: &str) -> &str {
        self.file(&format!("src/types/{name}.rs"))
    }

    /// Asserts that the file of a schema contains all of these texts.
    #[track_caller]
    pub(crate) fn has(&self, name: &str, wanted: &[&str]) -> &Self {
        let text = self.ty(name);
        for wanted in wanted {
            assert!(text.contains(wanted), "`{wanted}` is not in {name}.rs:\n{text}");
        }
        self
    }

    /// Asserts that the file of a schema contains none of these texts.
    #[track_caller]
    pub(crate) fn lacks(&self, name: &str, unwanted: &[&str]) -> &Self {
        let text = self.ty(name);
        for unwanted in unwanted {
            assert!(!text.contains(unwanted), "`{unwanted}` is in {name}.rs:\n{text}");
        }
        self
    }

    /// Asserts that a file contains all of these texts.
    #[track_caller]
    pub(crate) fn contains(&self, path: &str, wanted: &[&str]) -> &Self {
        let text = self.file(path);
        for wanted in wanted {
            assert!(text.contains(wanted), "`{wanted}` is not in {path}:\n{text}");
        }
        self
    }

    /// Asserts that a file contains none of these texts.
    #[track_caller]
    pub(crate) fn lacks_in(&self, path: &str, unwanted: &[&str]) -> &Self {
        let text = self.file(path);
        for unwanted in unwanted {
            assert!(!text.contains(unwanted), "`{unwanted}` is in {path}:\n{text}");
        }
        self
    }

    /// Asserts that a diagnostic was reported, and something that it says.
    #[track_caller]
    pub(crate) fn says(&self, code: Code, text: &str) -> &Self {
        assert!(self.0.codes.contains(&code), "`{code}` was not reported:\n{}", self.0.report);
        assert!(self.0.report.contains(text), "`{text}` was not said:\n{}", self.0.report);
        self
    }

    /// Asserts that a diagnostic was not reported.
    #[track_caller]
    pub(crate) fn says_no(&self, code: Code) -> &Self {
        assert!(!self.0.codes.contains(&code), "{}", self.0.report);
        self
    }

    /// Asserts that nothing was reported.
    #[track_caller]
    pub(crate) fn is_clean(&self) -> &Self {
        assert!(self.0.codes.is_empty(), "{}", self.0.report);
        self
    }

    /// Asserts that no crate was made, because of a problem.
    #[track_caller]
    pub(crate) fn is_refused(&self, code: Code, text: &str) {
        self.says(code, text);
        assert!(self.0.files.is_none());
    }
}
