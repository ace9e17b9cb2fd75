//! Templates: the path of an operation and the URL of a server, taken apart and as they are sent.

use std::fmt::Write as _;

use super::Operation;

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Text that stands for itself.
    Literal(&'a str),
    /// The name between two braces, for which a value is put in.
    Name(&'a str),
}

/// The parts of a template up to a `#` that is no part of a name. Of braces that open, the innermost begins a name; a brace
/// that encloses no name stands for itself. Everything that asks what a template is made of asks here.
pub(crate) fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((start, name, after)) = next_name(rest) {
        let (literal, fragment) = sent(rest.get(..start).unwrap_or_default());
        parts.push(Part::Literal(literal));
        if fragment {
            return parts;
        }
        parts.push(Part::Name(name));
        rest = after;
    }
    parts.push(Part::Literal(sent(rest).0));
    parts.retain(|part| *part != Part::Literal(""));
    parts
}

/// Where the first name begins, the name, and what follows it.
fn next_name(text: &str) -> Option<(usize, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inside = text.get(open + 1..)?;
        let end = inside.find(['{', '}'])?;
        let (name, rest) = inside.split_at_checked(end)?;
        match rest.strip_prefix('}') {
            Some(after) => return Some((open, name, after)),
            None => from = open + 1,
        }
    }
}

/// The text before a `#`, by which documents tell operations of one path apart, and whether there is one.
fn sent(literal: &str) -> (&str, bool) {
    literal.split_once('#').map_or((literal, false), |(before, _)| (before, true))
}

/// The names in a template, in order, each once.
pub(crate) fn template_names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in parts(template) {
        if let Part::Name(name) = part
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// The segments of a path before its query, each with its parts.
pub(crate) fn segments(path: &str) -> Vec<Vec<Part<'_>>> {
    let mut segments = vec![Vec::new()];
    for part in parts(path) {
        let (text, queried) = match part {
            Part::Literal(text) => text.split_once('?').map_or((text, false), |(before, _)| (before, true)),
            Part::Name(_) => ("", false),
        };
        for (index, text) in text.split('/').enumerate() {
            if index > 0 {
                segments.push(Vec::new());
            }
            let piece = if let Part::Name(_) = part { part } else { Part::Literal(text) };
            segments.last_mut().into_iter().for_each(|segment| segment.push(piece));
        }
        if queried {
            break;
        }
    }
    segments.iter_mut().for_each(|segment| segment.retain(|part| *part != Part::Literal("")));
    segments
}

/// Whether a segment is taken away when a URL is made of the path (RFC 3986, section 5.2.4), as browsers read it.
pub(crate) fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

impl Operation {
    /// The path template as the runtime fills it: only names stand between braces, and everything else is escaped that
    /// cannot stand in a URL.
    pub fn sent_path(&self) -> String {
        let mut sent = String::new();
        for part in parts(&self.path) {
            match part {
                Part::Literal(text) => push(&mut sent, text),
                Part::Name(name) => sent.push_str(&format!("{{{name}}}")),
            }
        }
        sent
    }
}

/// Appends text with what cannot stand in a URL escaped.
fn push(sent: &mut String, text: &str) {
    for (at, byte) in text.bytes().enumerate() {
        let stray = byte == b'%' && !is_escape(text.as_bytes().get(at + 1..at + 3));
        if byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte) && !stray {
            sent.push(char::from(byte));
        } else {
            let _ = write!(sent, "%{byte:02X}");
        }
    }
}

fn is_escape(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, segments, template_names};
    use crate::emit::sample::operation;

    #[test]
    fn a_path_is_sent_without_what_cannot_stand_in_a_url() {
        for (path, sent) in [
            ("/pets/{pet id}/", "/pets/{pet id}/"),
            ("/a b/\u{e9}|x", "/a%20b/%C3%A9%7Cx"),
            ("/auth#basic", "/auth"),
            ("/a%20b(1):go?x=1", "/a%20b(1):go?x=1"),
            ("/open{brace", "/open%7Bbrace"),
            ("/close}brace/{id}", "/close%7Dbrace/{id}"),
            ("/x/{a{b}}", "/x/%7Ba{b}%7D"),
            ("/{{id}}/{", "/%7B{id}%7D/%7B"),
            ("/{}/{a#b}/{a?b}/{c%}:go", "/{}/{a#b}/{a?b}/{c%}:go"),
            ("/x?a={b}&c={d}#{e}", "/x?a={b}&c={d}"),
            ("/100%/%zz/%2f", "/100%25/%25zz/%2f"),
        ] {
            assert_eq!(operation("x", 0, "GET", path).sent_path(), sent, "{path}");
        }
    }

    #[test]
    fn names_stand_between_the_innermost_braces_and_before_the_fragment() {
        for (path, names) in [
            ("/a/{id}/b/{id}/{x}", &["id", "x"][..]),
            ("/x/{a{b}}", &["b"]),
            ("/x/{a/{b}", &["b"]),
            ("/x/}{/{", &[]),
            ("/{}", &[""]),
            ("/{a#b}/{c:d*}/{e?}", &["a#b", "c:d*", "e?"]),
            ("/x?a={b}#{c}", &["b"]),
        ] {
            assert_eq!(template_names(path), names, "{path}");
        }
    }

    #[test]
    fn segments_end_at_slashes_outside_of_names_and_before_the_query() {
        let (literal, name) = (Part::Literal, Part::Name);
        assert_eq!(parts("/a/{b}"), [literal("/a/"), name("b")]);
        assert_eq!(
            segments("/a/{b/c}.{d}/..?e=/{f}"),
            [vec![], vec![literal("a")], vec![name("b/c"), literal("."), name("d")], vec![literal("..")]]
        );
    }
}
