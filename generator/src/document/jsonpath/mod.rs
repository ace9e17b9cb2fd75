//! JSONPath (RFC 9535) over the document tree: names, wildcards, indexes, slices, descendants and filters, no functions.

mod parse;
mod select;

/// A parsed query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    segments: Vec<Segment>,
}

/// What is wrong with a query, and at which byte of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryError {
    pub(super) at: usize,
    pub(super) message: String,
}

/// One step of the way to a selected node.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    /// To the member of an object.
    Key(Box<str>),
    /// To the element of an array.
    Index(usize),
}

#[derive(Debug, Clone, PartialEq)]
struct Segment {
    reach: Reach,
    selectors: Vec<Selector>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Children,
    /// The node itself and everything below it.
    Descendants,
}

#[derive(Debug, Clone, PartialEq)]
enum Selector {
    Name(Box<str>),
    Wildcard,
    Index(i64),
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    Filter(Filter),
}

#[derive(Debug, Clone, PartialEq)]
enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, PartialEq)]
enum Operand {
    Literal(super::Value),
    /// `@…`, from the node that is tested.
    Relative(Query),
    /// `$…`, from the root.
    Absolute(Query),
}

impl Query {
    /// Whether the query selects at most one node, whatever the document (RFC 9535, section 2.3.5.1).
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            segment.reach == Reach::Children
                && matches!(segment.selectors.as_slice(), [Selector::Name(_) | Selector::Index(_)])
        })
    }
}

#[cfg(test)]
mod tests;
