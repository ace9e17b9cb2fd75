//! Which files differ, and for what: the document, an overlay, the configuration or the generator.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Side;
use crate::write::{self, ChangeKind, Files, LIST};

/// What makes a generated file differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Another version of oasmith.
    Generator,
    /// `oasmith.toml`.
    Config,
    /// The description.
    Document,
    /// An overlay of the description.
    Overlay,
}

impl Cause {
    /// Every cause, in the order in which they are told apart.
    pub const ALL: [Self; 4] = [Self::Generator, Self::Config, Self::Document, Self::Overlay];

    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generator => "generator",
            Self::Config => "config",
            Self::Document => "document",
            Self::Overlay => "overlay",
        }
    }
}

/// A file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Relative path.
    pub path: String,
    /// What happens to it.
    pub kind: ChangeKind,
    /// Lines that come and lines that go.
    pub lines: (usize, usize),
    /// What it differs for; several where they could not be told apart.
    pub causes: Vec<Cause>,
}

/// What a crate was made of, from its list of files: hashes by name, and the version of the generator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By cause, each input's hash by its name.
    pub hashes: BTreeMap<Cause, BTreeMap<String, String>>,
}

impl Inputs {
    /// Reads `.oasmith`; nothing is known of a crate without one.
    pub fn read(files: &Files) -> Self {
        let list: toml::Table = files.get(LIST).and_then(|text| text.parse().ok()).unwrap_or_default();
        let mut hashes: BTreeMap<Cause, BTreeMap<String, String>> = BTreeMap::new();
        for (cause, section) in [(Cause::Config, "config"), (Cause::Document, "document"), (Cause::Overlay, "overlay")]
        {
            let entries = list.get(section).and_then(toml::Value::as_table).into_iter().flatten();
            let entries = entries.filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned())));
            hashes.insert(cause, entries.collect());
        }
        // Older versions told inputs apart by their names alone.
        let inputs = list.get("inputs").and_then(toml::Value::as_table).into_iter().flatten();
        for (name, hash) in inputs.filter_map(|(name, hash)| Some((name, hash.as_str()?))) {
            let cause = if name == "oasmith.toml" { Cause::Config } else { Cause::Document };
            hashes.entry(cause).or_default().insert(name.clone(), hash.to_owned());
        }
        hashes.insert(Cause::Generator, BTreeMap::from([("version".to_owned(), generator(files))]));
        Self { hashes }
    }

    /// Which of them differ. Where none does, it can only be the generator: a build of it between two versions.
    pub fn differing(&self, other: &Self) -> Vec<Cause> {
        let differs = |cause: &Cause| self.hashes.get(cause) != other.hashes.get(cause);
        let causes: Vec<Cause> = Cause::ALL.into_iter().filter(differs).collect();
        if causes.is_empty() { vec![Cause::Generator] } else { causes }
    }
}

/// The version of the generator that made a crate, by `.oasmith`; empty when it is not known.
pub(super) fn generator(files: &Files) -> String {
    let list: toml::Table = files.get(LIST).and_then(|text| text.parse().ok()).unwrap_or_default();
    list.get("generator").and_then(toml::Value::as_str).unwrap_or_default().to_owned()
}

/// The files that differ, told by the hashes of what the crates were made of.
pub(super) fn files(old: &Side, new: &Side) -> Vec<FileChange> {
    let causes = Inputs::read(&old.files).differing(&Inputs::read(&new.files));
    let paths: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    let differ = paths.into_iter().filter(|path| *path != LIST);
    differ
        .filter_map(|path| {
            let (before, after) = (old.files.get(path), new.files.get(path));
            let kind = match (before, after) {
                (None, Some(_)) => ChangeKind::Added,
                (Some(_), None) => ChangeKind::Removed,
                (Some(before), Some(after)) if before != after => ChangeKind::Changed,
                (Some(_), Some(_)) | (None, None) => return None,
            };
            let text = |file: Option<&String>| file.map_or("", String::as_str).to_owned();
            let lines = write::lines(&text(before), &text(after));
            Some(FileChange { path: path.clone(), kind, lines, causes: causes.clone() })
        })
        .collect()
}
