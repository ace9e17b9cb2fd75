//! A path as the nouns, verbs and parameters that it is made of.

use super::{nouns, words};

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Something that the path names.
    Name(Vec<String>),
    /// A parameter.
    Parameter(Vec<String>),
}

/// A path without what says nothing about its resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// The parts, in order.
    pub(super) segments: Vec<Segment>,
    /// The words of the version, if the path has one.
    pub(super) version: Vec<String>,
}

impl Segment {
    /// Whether it is no parameter.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Self::Name(_))
    }

    /// The words of a part.
    pub(super) fn words(&self) -> &[String] {
        match self {
            Self::Name(words) | Self::Parameter(words) => words,
        }
    }
}

impl Path {
    /// How far an operation is from its API as a whole: by names, then by parameters.
    pub(super) fn distance(&self) -> u8 {
        let names = self.segments.iter().filter(|segment| segment.is_name()).count();
        let parameters = self.segments.len().saturating_sub(names);
        u8::try_from(names.min(9) * 4 + parameters.min(3)).unwrap_or(u8::MAX)
    }

    /// Where the path names what a group is about.
    pub(super) fn own(&self, group: &[String]) -> Option<usize> {
        let is_own = |name: &[String]| {
            let end = group.len().checked_sub(name.len()).and_then(|start| group.get(start..));
            !name.is_empty() && (nouns::same(name, group) || end.is_some_and(|end| nouns::same(name, end)))
        };
        self.segments.iter().position(|segment| matches!(segment, Segment::Name(name) if is_own(name)))
    }
}

/// Takes a path apart; a part behind `#` or `:` is a part like any other.
pub(super) fn path(template: &str) -> Path {
    let template = template.split('?').next().unwrap_or_default();
    let mut path = Path::default();
    for segment in template.split('/') {
        for segment in pieces(segment) {
            match segment {
                Segment::Name(words) if path.segments.is_empty() && is_version(&words) => path.version = words,
                Segment::Name(words) if path.segments.is_empty() && is_entrance(&words) => {}
                segment => path.segments.push(segment),
            }
        }
    }
    path
}

/// Every word of a path, in order.
pub(super) fn all_words(template: &str) -> Vec<String> {
    let template = template.split('?').next().unwrap_or_default();
    template.split('/').filter(|segment| !segment.is_empty()).flat_map(words::words).collect()
}

/// The parts between two slashes: `{id}.json` is a parameter, `messages:send` are two names.
fn pieces(segment: &str) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let (parameter, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.extend(names(before));
        pieces.push(Segment::Parameter(words::words(parameter)));
        rest = after;
    }
    pieces.extend(names(rest));
    pieces
}

fn names(text: &str) -> impl Iterator<Item = Segment> {
    let text = [".json", ".xml"].into_iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    text.split(['#', ':']).map(told).filter(|told| !told.is_empty()).map(|told| Segment::Name(words::words(&told)))
}

/// A name without what is an opaque id: a number, or a part of digits and letters of both cases.
fn told(name: &str) -> String {
    let is_id = |part: &&str| {
        let has = |kind: fn(char) -> bool| part.chars().any(kind);
        has(|c| c.is_ascii_digit()) && has(char::is_uppercase) && has(char::is_lowercase) && part.len() > 7
    };
    let parts: Vec<&str> = name.split('-').filter(|part| !is_id(part)).collect();
    let told = parts.join("-");
    if told.chars().any(char::is_alphabetic) || is_version(&words::words(&told)) { told } else { String::new() }
}

/// `v1`, `v2beta1`, `2010-04-01`.
fn is_version(words: &[String]) -> bool {
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    match words {
        [first, rest @ ..] => {
            let digits = first.strip_prefix('v').filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()));
            let numbered = digits.is_some_and(|digits| {
                let tail = digits.trim_start_matches(|c: char| c.is_ascii_digit());
                ["", "alpha", "beta", "p"]
                    .iter()
                    .any(|stage| tail.trim_end_matches(|c: char| c.is_ascii_digit()) == *stage)
            });
            (numbered && rest.iter().all(|word| is_number(word) || word == "alpha" || word == "beta"))
                || words.iter().all(is_number)
        }
        [] => false,
    }
}

/// What stands before every path of an API and names nothing.
fn is_entrance(words: &[String]) -> bool {
    matches!(words, [only] if only == "api" || only == "rest")
}
