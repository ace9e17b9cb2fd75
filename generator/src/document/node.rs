//! The format-independent tree of a document: what JSON and YAML have in common, with the place of every node.

use indexmap::IndexMap;

/// Index of a file among the loaded [`Files`](crate::source::Files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u16);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file that the bytes belong to.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// One value of a document and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What the node holds.
    pub value: Value,
    /// Where it was written.
    pub span: Span,
}

/// The JSON data model, with numbers kept as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as valid JSON number text: nothing is rounded.
    Number(Box<str>),
    /// A string, unescaped.
    String(Box<str>),
    /// An array.
    Array(Vec<Node>),
    /// An object, in document order.
    Object(Object),
}

/// An object: keys in document order, each with the place of the key.
pub type Object = IndexMap<Box<str>, Entry>;

/// A member of an [`Object`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where the key was written.
    pub key: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A node made by the program in place of the one at `span`.
    pub fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// A string node.
    pub fn string(text: impl Into<Box<str>>, span: Span) -> Self {
        Self::new(Value::String(text.into()), span)
    }

    /// The member `key` of an object; `None` for a missing key and for anything that is not an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key).map(|entry| &entry.node)
    }

    /// The member `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key).map(|entry| &mut entry.node)
    }

    /// The object, when the node is one.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object, to change it.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The elements, when the node is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, when the node is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, when the node is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Puts `node` under `key`, keeping the position of an existing key.
    pub fn insert(&mut self, key: &str, node: Node) {
        let span = node.span;
        if let Value::Object(object) = &mut self.value {
            match object.get_mut(key) {
                Some(entry) => entry.node = node,
                None => {
                    object.insert(key.into(), Entry { key: span, node });
                }
            }
        }
    }

    /// Takes the member `key` out, keeping the order of the others.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        self.as_object_mut()?.shift_remove(key).map(|entry| entry.node)
    }

    /// What the node is called in a message: `null`, `a boolean`, `a number`, `a string`, `an array`, `an object`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}
