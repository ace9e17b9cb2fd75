//! One of two crates that are compared.

use std::collections::BTreeMap;

use super::surface::Surface;
use crate::write::Files;

/// A crate in memory.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// What people call it: a path or a revision.
    pub name: String,
    /// Its files.
    pub files: Files,
    /// Where its items come from.
    pub places: Places,
}

/// Where items of a crate come from, by their paths as in `api.surface`.
pub type Places = BTreeMap<String, Place>;

/// A place in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// JSON Pointer with `#`.
    pub pointer: String,
    /// The file and the line, when the document was at hand.
    pub line: Option<(String, usize)>,
    /// The lines there.
    pub excerpt: Vec<String>,
}

impl Place {
    /// `openapi.yaml:12`, or the pointer.
    pub fn show(&self) -> String {
        match &self.line {
            Some((file, line)) => format!("{file}:{line}"),
            None => self.pointer.clone(),
        }
    }
}

impl Side {
    /// A crate whose document is not at hand: places are those of `API.md`.
    pub fn of_crate(name: impl Into<String>, files: Files) -> Self {
        let places = files.get("API.md").map(|text| api_md(text)).unwrap_or_default();
        Self { name: name.into(), files, places }
    }

    /// Its public API.
    pub fn surface(&self) -> Surface {
        Surface::parse(self.files.get("api.surface").map_or("", String::as_str))
    }

    /// Its version.
    pub fn version(&self) -> Option<String> {
        let manifest: toml::Table = self.files.get("Cargo.toml")?.parse().ok()?;
        Some(manifest.get("package")?.get("version")?.as_str()?.to_owned())
    }

    /// Where an item comes from: its own place, or that of what it is inside of.
    pub fn place(&self, path: &str) -> Option<&Place> {
        let mut path = path;
        loop {
            if let Some(place) = self.places.get(path) {
                return Some(place);
            }
            path = match path.rsplit_once('.') {
                Some((owner, _)) => owner,
                None => path.rsplit_once("::")?.0,
            };
        }
    }
}

/// Places of types: `| `types::Pet` | struct | `#/components/schemas/Pet` |`, and of operations by their request line.
fn api_md(text: &str) -> Places {
    let mut places = Places::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, _, place] = cells.as_slice() else { continue };
        let (name, place) = (name.trim_matches('`'), place.trim_matches('`'));
        if name.contains("::") && place.contains('#') {
            places.insert(name.to_owned(), Place { pointer: place.to_owned(), ..Place::default() });
        }
    }
    places
}
