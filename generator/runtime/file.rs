//! A file in a multipart body, or a body of its own.

use std::cell::RefCell;
use std::io::Read as _;
use std::path::Path;
use std::{fs, io, iter};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;

use super::body::Body;
use super::json::{Json, JsonError, Reader, Writer};
use super::operation::Operation;
use super::request::Request;

/// A file to be sent, or one that was received.
///
/// In a multipart body it is a part of its own, with name and media type. In JSON, where `format: binary` says nothing of an
/// encoding, it is a string with the content as text; content that is no UTF-8 has no such text and is written in Base64.
#[derive(Debug, Clone)]
pub struct File {
    pub(crate) name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Body,
}

impl File {
    /// A file without a name.
    pub fn new(content: impl Into<Body>) -> Self {
        Self { name: None, media_type: None, headers: Vec::new(), content: content.into() }
    }

    /// Gives the file a name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives the file a media type; without one it is `application/octet-stream`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part of a multipart body that the file becomes.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A file on the disk, under its own name. It is read while it is sent, and anew for each attempt; whoever polls the
    /// request waits for the disk.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_path_buf();
        let length = fs::File::open(&path)?.metadata()?.len();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let content = Body::replayable(Some(length), move || Box::pin(stream::iter(pieces(&path))));
        Ok(Self { name, ..Self::new(content) })
    }

    /// The content.
    pub fn content(&self) -> &Body {
        &self.content
    }
}

#[doc(hidden)]
impl<O: Operation> Request<'_, O> {
    /// A body that is a file, of the media type that the file has.
    pub fn file(self, file: impl Into<File>) -> Self {
        let file = file.into();
        self.bytes(file.media_type.as_deref().unwrap_or("application/octet-stream"), file.content)
    }
}

/// Files are alike if their bytes are; those that are made while they are sent are never alike.
impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        let bytes = self.content.as_bytes();
        self.name == other.name
            && self.media_type == other.media_type
            && self.headers == other.headers
            && bytes.is_some()
            && bytes == other.content.as_bytes()
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// How much of a file is read at once.
const PIECE: u64 = 64 << 10;

/// A file on the disk, piece by piece.
fn pieces(path: &Path) -> impl Iterator<Item = io::Result<Bytes>> + Send + use<> {
    let mut file = Some(fs::File::open(path));
    iter::from_fn(move || {
        let read = file.take()?.and_then(|opened| {
            let mut piece = Vec::new();
            (&opened).take(PIECE).read_to_end(&mut piece)?;
            file = (!piece.is_empty()).then_some(Ok(opened));
            Ok(piece)
        });
        read.map(|piece| (!piece.is_empty()).then(|| piece.into())).transpose()
    })
}

thread_local! {
    /// The files met while a multipart body is laid out. A value is written to JSON first; a file in it leaves only its number there.
    static MET: RefCell<Option<Vec<File>>> = const { RefCell::new(None) };
}

/// A mark that no text has by accident: it begins with a character that is no character.
const MARK: &str = "\u{fdd0}file ";

/// Does `work`, and returns the files that were written to JSON in it.
pub(crate) fn collect<T>(work: impl FnOnce() -> T) -> (T, Collected) {
    let outer = MET.with(|met| met.replace(Some(Vec::new())));
    let result = work();
    let files = MET.with(|met| met.replace(outer)).unwrap_or_default();
    (result, Collected(files))
}

/// The files that a value holds.
pub(crate) struct Collected(Vec<File>);

impl Collected {
    /// The file for which `text` stands.
    pub(crate) fn get(&self, text: &str) -> Option<&File> {
        self.0.get(text.strip_prefix(MARK)?.parse::<usize>().ok()?)
    }
}

impl Json for File {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.string().map(|text| Self::from(text.into_owned().into_bytes()))
    }

    fn encode(&self, writer: &mut Writer) {
        let number = MET.with_borrow_mut(|met| {
            let met = met.as_mut()?;
            met.push(self.clone());
            met.len().checked_sub(1)
        });
        match (number, self.content.as_bytes()) {
            (Some(number), _) => writer.string(&format!("{MARK}{number}")),
            (None, Some(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => writer.string(text),
                Err(_) => writer.string(&STANDARD.encode(bytes)),
            },
            (None, None) => writer.null(),
        }
    }
}
