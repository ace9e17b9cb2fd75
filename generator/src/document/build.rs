//! Puts a tree together from the events of a parser: no recursion, duplicate keys and depth are watched here.

use super::{Entry, FileId, Node, Object, Span, Value};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::offset;

/// How many objects and arrays may be open at once.
pub(super) const MAX_DEPTH: usize = 1000;

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: Code,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// The containers that are open, and the root when it is complete.
pub(super) struct Builder {
    file: FileId,
    open: Vec<Open>,
    root: Option<Node>,
    /// Duplicate keys, to be reported only when the text turns out to be a document.
    pub(super) diagnostics: Diagnostics,
}

struct Open {
    start: usize,
    content: Content,
}

enum Content {
    Array(Vec<Node>),
    Object(Members),
}

struct Members {
    object: Object,
    next: Next,
    /// Indexes of members that a YAML merge key brought: the object's own keys replace them.
    merged: Vec<usize>,
}

enum Next {
    Key,
    Value(Box<str>, Span),
    Merge,
}

/// What the next node will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Root,
    Element,
    Key,
    Value,
    Merge,
}

impl Builder {
    pub(super) fn new(file: FileId) -> Self {
        Self { file, open: Vec::new(), root: None, diagnostics: Diagnostics::new() }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: offset(start), end: offset(end.max(start)) }
    }

    pub(super) fn expected(&self) -> Expected {
        match self.open.last().map(|open| &open.content) {
            None => Expected::Root,
            Some(Content::Array(_)) => Expected::Element,
            Some(Content::Object(members)) => match members.next {
                Next::Key => Expected::Key,
                Next::Value(..) => Expected::Value,
                Next::Merge => Expected::Merge,
            },
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn begin_array(&mut self, start: usize) -> Result<(), Failure> {
        self.begin(start, Content::Array(Vec::new()))
    }

    pub(super) fn begin_object(&mut self, start: usize) -> Result<(), Failure> {
        self.begin(start, Content::Object(Members { object: Object::new(), next: Next::Key, merged: Vec::new() }))
    }

    fn begin(&mut self, start: usize, content: Content) -> Result<(), Failure> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Failure {
                code: Code::TooDeep,
                span: self.span(start, start + 1),
                message: format!("more than {MAX_DEPTH} objects and arrays are open here"),
                help: None,
            });
        }
        self.open.push(Open { start, content });
        Ok(())
    }

    /// The key of the next value.
    pub(super) fn key(&mut self, text: Box<str>, span: Span) {
        self.expect(Next::Value(text, span));
    }

    /// The key `<<`: the members of the next value are merged into the open object.
    pub(super) fn merge_key(&mut self) {
        self.expect(Next::Merge);
    }

    fn expect(&mut self, next: Next) {
        if let Some(Open { content: Content::Object(members), .. }) = self.open.last_mut() {
            members.next = next;
        }
    }

    /// A complete value, for the place that is next.
    pub(super) fn value(&mut self, node: Node) {
        let Self { open, root, diagnostics, .. } = self;
        match open.last_mut().map(|open| &mut open.content) {
            None => *root = Some(node),
            Some(Content::Array(items)) => items.push(node),
            Some(Content::Object(members)) => {
                if let Next::Value(key, span) = std::mem::replace(&mut members.next, Next::Key) {
                    members.insert(key, span, node, diagnostics);
                }
            }
        }
    }

    /// The members of `from` that the open object does not have yet.
    pub(super) fn merge(&mut self, from: &Object) {
        if let Some(Open { content: Content::Object(members), .. }) = self.open.last_mut() {
            members.next = Next::Key;
            for (key, entry) in from {
                if !members.object.contains_key(key) {
                    members.merged.push(members.object.len());
                    members.object.insert(key.clone(), entry.clone());
                }
            }
        }
    }

    /// The innermost container, complete.
    pub(super) fn close(&mut self, end: usize) -> Option<Node> {
        let Open { start, content } = self.open.pop()?;
        let value = match content {
            Content::Array(items) => Value::Array(items),
            Content::Object(members) => Value::Object(members.object),
        };
        Some(Node::new(value, self.span(start, end)))
    }

    pub(super) fn into_root(self) -> (Option<Node>, Diagnostics) {
        (self.root, self.diagnostics)
    }
}

impl Members {
    fn insert(&mut self, key: Box<str>, span: Span, node: Node, diagnostics: &mut Diagnostics) {
        let entry = Entry { key: span, node };
        match self.object.get_full_mut(&key) {
            None => {
                self.object.insert(key, entry);
            }
            Some((index, _, existing)) => match self.merged.iter().position(|merged| *merged == index) {
                Some(position) => {
                    self.merged.swap_remove(position);
                    *existing = entry;
                }
                None => {
                    diagnostics
                        .report(Code::DuplicateKey, Some(span), format!("the key `{key}` stands twice in this object"))
                        .related(existing.key, "it stands here first, and this value was taken");
                }
            },
        }
    }
}
