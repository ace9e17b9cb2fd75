//! Which documents there are: those of a manifest, or every file below a directory that looks like a description.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A directory with documents.
pub(super) struct Corpus {
    pub(super) dir: PathBuf,
    /// Paths from the directory on, with `/`.
    pub(super) documents: Vec<String>,
    /// Whether a manifest lists them: then the ledger knows them.
    pub(super) listed: bool,
}

/// How much of a file is looked at to tell whether it is a description.
const HEAD: u64 = 1 << 16;

impl Corpus {
    /// The corpus that is named, or the usual one; `None` when nothing is named and the usual one is not there.
    pub(super) fn find(named: Option<&Path>, root: &Path) -> Result<Option<Self>> {
        let usual = std::env::var_os("OASMITH_CORPUS").map(PathBuf::from);
        let dir = named.map(Path::to_path_buf).or(usual).unwrap_or_else(|| root.join("../shared/corpus"));
        let manifest = dir.join("MANIFEST.tsv");
        if manifest.is_file() {
            let text = fs::read_to_string(&manifest)?;
            let paths = text.lines().skip(1).filter_map(|line| line.split('\t').next());
            let documents = paths.filter(|path| !path.is_empty()).map(str::to_owned).collect();
            return Ok(Some(Self { dir, documents, listed: true }));
        }
        if named.is_none() && !dir.is_dir() {
            return Ok(None);
        }
        let mut documents = Vec::new();
        search(&dir, &dir, &mut documents)?;
        documents.sort();
        Ok(Some(Self { dir, documents, listed: false }))
    }
}

fn search(dir: &Path, base: &Path, found: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            search(&path, base, found)?;
        } else if path.is_file() && is_description(&path) {
            found.push(path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// Whether a file says `openapi` or `swagger` near its top.
fn is_description(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    if !matches!(extension.as_deref(), Some("json" | "yaml" | "yml")) {
        return false;
    }
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    read.is_ok()
        && ["openapi", "swagger"].iter().any(|word| {
            let keys = [format!("\"{word}\""), format!("{word}:"), format!("'{word}'")];
            text.lines().any(|line| keys.iter().any(|key| line.trim_start_matches('{').trim_start().starts_with(key)))
                || text.trim_start().starts_with('{') && text.contains(&keys[0])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_descriptions_are_found_where_there_is_no_manifest() {
        let dir = std::env::temp_dir().join(format!("oasmith-corpus-{}", std::process::id()));
        fs::create_dir_all(dir.join("deep")).unwrap();
        for (name, text) in [
            ("deep/a.yaml", "# about\nopenapi: 3.1.0\n"),
            ("b.json", "{\"info\": {}, \"swagger\": \"2.0\"}"),
            ("package.json", "{\"name\": \"x\"}"),
            ("c.yaml", "kind: Deployment\n"),
            ("d.txt", "openapi: 3.1.0\n"),
        ] {
            fs::write(dir.join(name), text).unwrap();
        }
        let corpus = Corpus::find(Some(&dir), Path::new("/")).unwrap().unwrap();
        fs::remove_dir_all(&dir).unwrap();
        assert_eq!((corpus.documents, corpus.listed), (vec!["b.json".to_owned(), "deep/a.yaml".to_owned()], false));
    }
}
