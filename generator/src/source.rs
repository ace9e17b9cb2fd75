//! Files as they are read: bytes from the disk in, text with a line index out.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{FileId, Span};

/// The bytes of a file and where they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as it was given.
    pub path: PathBuf,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Source {
    /// Reads the file at `path`.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        Ok(Self { path: path.to_path_buf(), bytes: std::fs::read(path)? })
    }

    /// Adds the text to `files`. Bytes that are no UTF-8, and more text than offsets can count, are reported.
    pub fn into_text(self, files: &mut Files, diagnostics: &mut Diagnostics) -> Result<FileId, Reported> {
        let path = display_path(&self.path);
        if u32::try_from(self.bytes.len()).is_err() {
            return Err(diagnostics.error(Code::TooLarge, None, format!("`{path}` is larger than 4 GiB")));
        }
        match String::from_utf8(self.bytes) {
            Ok(text) => Ok(files.add(path, text)),
            Err(error) => {
                let start = offset(error.utf8_error().valid_up_to());
                let message = match error.as_bytes() {
                    [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the file is UTF-16 text, which is not read",
                    _ => "this byte is not part of any UTF-8 text",
                };
                let file = files.add(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
                let span = Span { file, start, end: start.saturating_add(3) };
                Err(diagnostics
                    .report(Code::InvalidUtf8, Some(span), message)
                    .help("save the file as UTF-8")
                    .reported())
            }
        }
    }
}

/// A path for people: forward slashes on every system.
fn display_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path without `.` and, where possible, without `..`.
pub(crate) fn normalized(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            _ => result.push(component),
        }
    }
    result
}

/// Where `relative` is, seen from a folder; without `..`, unless a link on the way makes that another place.
pub(crate) fn beside(folder: &Path, relative: &Path) -> PathBuf {
    let joined = folder.join(relative);
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let straight = std::path::absolute(here).is_ok_and(|path| here.canonicalize().ok() == Some(normalized(&path)));
    if straight { normalized(&joined) } else { joined }
}

/// A byte offset as spans hold it; files are at most 4 GiB.
pub(crate) fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The texts that were read, by number.
#[derive(Debug, Clone, Default)]
pub struct Files {
    list: Vec<File>,
}

#[derive(Debug, Clone)]
struct File {
    path: String,
    text: std::sync::Arc<str>,
    /// Offset of the first byte of each line.
    lines: Vec<u32>,
}

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the path by which people know it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<std::sync::Arc<str>>) -> FileId {
        let text = text.into();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| offset(at + 1))).collect();
        let id = FileId(u16::try_from(self.list.len()).unwrap_or(u16::MAX));
        self.list.push(File { path: path.into(), text, lines });
        id
    }

    /// Every file: its path and its text, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|file| (file.path.as_str(), &*file.text))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text of a file; empty for an unknown one.
    pub fn text(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.text)
    }

    /// The text of a file, to keep it while files are added.
    pub fn shared_text(&self, id: FileId) -> std::sync::Arc<str> {
        self.file(id).map_or_else(|| "".into(), |file| file.text.clone())
    }

    /// The path of a file, as it was given.
    pub fn path(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.path)
    }

    /// The text that a span covers; empty when the span does not fit its file.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of the start of a span, both from 1; columns count characters.
    pub fn line_col(&self, span: Span) -> (usize, usize) {
        self.position(span.file, span.start)
    }

    /// Line and column of the first character after a span.
    pub fn end_line_col(&self, span: Span) -> (usize, usize) {
        self.position(span.file, span.end)
    }

    fn position(&self, id: FileId, offset: u32) -> (usize, usize) {
        let Some(file) = self.file(id) else {
            return (1, 1);
        };
        let line = file.lines.partition_point(|start| *start <= offset).max(1);
        let start = file.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let end = floor_boundary(&file.text, offset as usize);
        (line, file.text.get(start..end).map_or(1, |before| before.chars().count() + 1))
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.list.get(usize::from(id.0))
    }
}

/// The last character boundary at or before `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { file: FileId(0), start, end }
    }

    #[test]
    fn columns_count_characters_from_one() {
        let mut files = Files::new();
        let id = files.add("a.yaml", "é: 1\nüü: 2\n");
        assert_eq!((files.path(id), files.line_col(span(0, 1))), ("a.yaml", (1, 1)));
        assert_eq!(files.line_col(span(3, 4)), (1, 3));
        assert_eq!(files.line_col(span(10, 11)), (2, 3));
        assert_eq!(files.line_col(span(999, 999)), (3, 1));
        assert_eq!(files.slice(span(6, 8)), "ü");
    }

    #[test]
    fn invalid_utf8_is_reported_where_it_stands() {
        let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
        let source = Source { path: "a.yaml".into(), bytes: b"a: b\nc: \xFFd\n".to_vec() };
        assert_eq!(source.into_text(&mut files, &mut diagnostics), Err(Reported));
        let place = diagnostics.iter().next().and_then(|diagnostic| diagnostic.span);
        assert_eq!(place.map(|place| files.line_col(place)), Some((2, 4)));
    }
}
