//! JSON Pointer (RFC 6901): the name of a place in a document.

use std::borrow::Cow;

use crate::document::{Node, Value};

/// A JSON Pointer: empty for the root, otherwise `/`-separated escaped tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer; `None` when it is neither empty nor begins with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Reads the fragment of a URI reference (without `#`), whose characters may be percent-encoded.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        Self::parse(&percent_decode(fragment))
    }

    /// Goes one step down, to the member or element `token`.
    pub fn push(&mut self, token: &str) {
        self.0.push('/');
        self.0.push_str(&escape(token));
    }

    /// Goes one step down, to the element `index`.
    pub fn push_index(&mut self, index: usize) {
        self.push(&index.to_string());
    }

    /// Goes one step up; does nothing at the root.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or(0));
    }

    /// The pointer of the member or element `token`.
    pub fn join(&self, token: &str) -> Self {
        let mut pointer = self.clone();
        pointer.push(token);
        pointer
    }

    /// The unescaped tokens from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        tokens(&self.0)
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.0
    }
}

/// The node that `pointer` names under `root`.
pub fn find<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    tokens(pointer).try_fold(root, |node, token| match &node.value {
        Value::Object(object) => object.get(&*token).map(|entry| &entry.node),
        Value::Array(items) => items.get(index(&token)?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// One token as it is written in a pointer.
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// One token as it is meant. A `~` that escapes nothing stands for itself.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

/// Percent-decodes `text`; a `%` that no two hexadecimal digits follow stands for itself.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex_digit(*high) * 16 + hex_digit(*low));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(decoded) => Cow::Owned(decoded),
        Err(_) => Cow::Borrowed(text),
    }
}

fn hex_digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'A') + 10,
    }
}

fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// RFC 6901, section 4: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = token.len() > 1 && token.starts_with('0');
    if digits && !leading_zero { token.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{FileId, Span};

    fn node(text: &str) -> Node {
        crate::document::parse(FileId(0), text, &mut crate::diagnostic::Diagnostics::new()).unwrap()
    }

    #[test]
    fn tokens_are_escaped_and_read_back() {
        let mut pointer = Pointer::root();
        pointer.push("paths");
        pointer.push("/a/{b~c}");
        pointer.push_index(0);
        assert_eq!(pointer.as_str(), "/paths/~1a~1{b~0c}/0");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a/{b~c}", "0"]);
        pointer.pop();
        pointer.pop();
        assert_eq!(pointer.as_str(), "/paths");
    }

    #[test]
    fn escaped_tilde_is_not_read_twice() {
        assert_eq!(unescape("~01"), "~1");
    }

    #[test]
    fn fragment_is_percent_decoded() {
        let pointer = Pointer::from_fragment("/paths/~1a~1%7Bid%7D/100%").map(String::from);
        assert_eq!(pointer.as_deref(), Some("/paths/~1a~1{id}/100%"));
        assert_eq!(Pointer::from_fragment("anchor"), None);
    }

    #[test]
    fn nodes_are_found_by_name_and_index() {
        let root = node(r#"{"a": [1, {"": "x"}], "01": 2}"#);
        assert_eq!(find(&root, "/a/1/").and_then(Node::as_str), Some("x"));
        assert_eq!(find(&root, ""), Some(&root));
        assert_eq!(find(&root, "/a/01"), None);
        assert_eq!(find(&root, "a"), None);
        assert_eq!(find(&root, "/01").map(|found| found.span), Some(Span { file: FileId(0), start: 28, end: 29 }));
    }
}
