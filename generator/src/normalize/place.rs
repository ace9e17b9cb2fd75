//! Where something stands: a file and a JSON Pointer, and the canonical text of both.

use std::collections::BTreeMap;

use crate::document::FileId;
use crate::pointer;

/// Beyond this length a pointer is shortened: in a nest of thousands of levels the pointers alone would fill the memory.
const LONGEST: usize = 2048;
/// What is kept of a shortened pointer.
const KEPT: usize = 256;

/// A place in a loaded file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The file.
    pub(super) file: FileId,
    /// The JSON Pointer within it, without `#`.
    pub(super) pointer: String,
    /// How many levels were shortened away: it keeps shortened pointers apart.
    deep: u32,
}

impl Place {
    /// The top of a file.
    pub(super) fn root(file: FileId) -> Self {
        Self { file, pointer: String::new(), deep: 0 }
    }

    /// The place of a member.
    pub(super) fn child(&self, token: &str) -> Self {
        let token = pointer::escape(token);
        if self.pointer.len() + token.len() < LONGEST {
            let mut text = String::with_capacity(self.pointer.len() + token.len() + 1);
            text.push_str(&self.pointer);
            text.push('/');
            text.push_str(&token);
            return Self { file: self.file, pointer: text, deep: if self.deep > 0 { self.deep + 1 } else { 0 } };
        }
        let deep = self.deep + 1;
        let kept = self.pointer.char_indices().map(|(at, _)| at).take_while(|at| *at <= KEPT).last().unwrap_or(0);
        let head = self.pointer.get(..kept).unwrap_or_default();
        let head = head.split_once('…').map_or(head, |(head, _)| head);
        Self { file: self.file, pointer: format!("{head}…{deep}/{token}"), deep }
    }

    /// The place of an element.
    pub(super) fn index(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }
}

/// What the files are called in canonical pointers.
#[derive(Debug, Clone)]
pub(super) struct FileNames {
    /// The first document: its places are written without a file.
    pub(super) entry: FileId,
    names: BTreeMap<FileId, String>,
}

impl FileNames {
    /// Names files by their path from the folder of the first one.
    pub(super) fn new(entry: FileId, paths: impl IntoIterator<Item = (FileId, String)>) -> Self {
        let paths: Vec<_> = paths.into_iter().map(|(file, path)| (file, path.replace('\\', "/"))).collect();
        let own = paths.iter().find(|(file, _)| *file == entry).map_or("", |(_, path)| path.as_str());
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = paths.iter().map(|(file, path)| (*file, relative(folder, path))).collect();
        Self { entry, names }
    }

    /// The canonical text of a place: the key of its schema.
    pub(super) fn key(&self, place: &Place) -> String {
        if place.file == self.entry {
            return place.pointer.clone();
        }
        let name = self.names.get(&place.file).map_or("", String::as_str);
        format!("{name}#{}", place.pointer)
    }
}

/// `path` as seen from `folder`.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let to: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_in_the_first_file_is_a_bare_pointer() {
        let names = FileNames::new(
            FileId(0),
            [(FileId(0), "a/main.yaml".to_owned()), (FileId(1), "a/b/common.yaml".to_owned())],
        );
        assert_eq!(names.key(&Place::root(FileId(0)).child("paths").child("/x")), "/paths/~1x");
        assert_eq!(names.key(&Place::root(FileId(1)).child("Pet")), "b/common.yaml#/Pet");
    }

    #[test]
    fn file_above_the_first_one_is_named_by_its_way() {
        assert_eq!(relative("a/b", "a/common/x.yaml"), "../common/x.yaml");
        assert_eq!(relative("", "x.yaml"), "x.yaml");
    }

    #[test]
    fn pointer_of_a_deep_nest_stays_short_and_unique() {
        let mut place = Place::root(FileId(0));
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..20_000 {
            place = place.child("items");
            assert!(place.pointer.len() < 3000);
            assert!(seen.insert(place.pointer.clone()));
        }
    }
}
