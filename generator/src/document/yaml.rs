//! YAML text to a tree: the events of the parser, with the meaning that OpenAPI gives them (YAML 1.2, core schema).

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use super::build::{Builder, Expected, Failure, MAX_DEPTH};
use super::scalar;
use super::{FileId, Node, Span, Value};
use crate::diagnostic::{Code, Diagnostics};

/// How much aliases may unfold to. One value counts 1, and so do 64 bytes of text.
const BUDGET: usize = 5_000_000;

/// Reads one YAML document.
pub(super) fn parse(file: FileId, text: &str) -> Result<(Node, Diagnostics), Failure> {
    let mut reader = Reader {
        text,
        builder: Builder::new(file),
        anchored: Vec::new(),
        anchors: BTreeMap::new(),
        spent: 0,
        last_end: 0,
    };
    let mut documents = 0_usize;
    for next in Parser::new_from_str_with_options(text, options()) {
        let (event, span) = next.map_err(|error| reader.syntax(&error))?;
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => documents += 1,
            _ if documents > 1 => {
                if !reader.another_document(&event, &range) {
                    break;
                }
            }
            _ => reader.event(event, range)?,
        }
    }
    let end = reader.builder.span(text.len(), text.len());
    let (root, diagnostics) = reader.builder.into_root();
    match root {
        Some(root) => Ok((root, diagnostics)),
        None => Err(Failure { code: Code::Syntax, span: end, message: "the document is empty".into(), help: None }),
    }
}

/// The limits of the parser lie above ours, so that a deep document is reported as such.
fn options() -> granit_parser::Options {
    let mut options = granit_parser::options! {
        flow_nesting_limit: 2 * MAX_DEPTH,
        block_nesting_limit: 2 * MAX_DEPTH,
        simple_key_max_lookahead: 16 * 1024,
    };
    options.set_emit_comments(false);
    options
}

struct Reader<'a> {
    text: &'a str,
    builder: Builder,
    /// For each open container: the anchor on it, and what had been spent when it began.
    anchored: Vec<(usize, usize)>,
    /// The nodes with an anchor that are complete.
    anchors: BTreeMap<usize, Anchor>,
    spent: usize,
    /// Where the last scalar or bracket ended: block collections end there.
    last_end: usize,
}

struct Anchor {
    node: Node,
    cost: usize,
    /// The text of a scalar, for an alias that stands as a key.
    text: Option<Box<str>>,
}

type Range = std::ops::Range<usize>;

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range) -> Result<(), Failure> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), range),
            Event::SequenceStart(_, anchor, _) => {
                self.refuse_as_key(&range)?;
                self.begin(anchor);
                self.builder.begin_array(range.start)
            }
            Event::MappingStart(_, anchor, _) => {
                self.refuse_as_key(&range)?;
                self.begin(anchor);
                self.builder.begin_object(range.start)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Only a bracket has a width; a block ends where its last value ended.
                if !range.is_empty() && self.text.get(range.clone()).is_some_and(|text| matches!(text, "]" | "}")) {
                    self.last_end = range.end;
                }
                self.close()
            }
            Event::Alias(anchor) => self.alias(anchor, range),
            // `Event` is not ours: what else it holds carries no data.
            _ => Ok(()),
        }
    }

    fn begin(&mut self, anchor: usize) {
        self.anchored.push((anchor, self.spent));
        self.spent += 1;
    }

    fn close(&mut self) -> Result<(), Failure> {
        let (anchor, before) = self.anchored.pop().unwrap_or_default();
        let Some(mut node) = self.builder.close(self.last_end) else {
            return Ok(());
        };
        if node.span.end < node.span.start {
            node.span.end = node.span.start;
        }
        if anchor != 0 {
            let cost = self.spent - before;
            self.spend(cost, node.span)?;
            self.anchors.insert(anchor, Anchor { node: node.clone(), cost, text: None });
        }
        self.place(node)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range,
    ) -> Result<(), Failure> {
        let range = self.trimmed(range, style);
        self.last_end = range.end;
        let span = self.builder.span(range.start, range.end);
        let cost = cost(&text);
        self.spend(cost, span)?;
        let is_key = self.builder.expected() == Expected::Key;
        if is_key && anchor == 0 {
            self.key(&text, style, span);
            return Ok(());
        }
        let node = Node::new(self.resolve(&text, style, tag, span), span);
        if anchor != 0 {
            let text = Some(text.as_ref().into());
            self.anchors.insert(anchor, Anchor { node: node.clone(), cost, text });
        }
        if is_key {
            self.key(&text, style, span);
            return Ok(());
        }
        self.place(node)
    }

    /// Keys are strings, however they look (`200:`, `null:`, `1.0:`), apart from the merge key.
    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) {
        if text == "<<" && style == ScalarStyle::Plain {
            self.builder.merge_key();
        } else {
            self.builder.key(text.into(), span);
        }
    }

    fn resolve(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let resolved = match tag.and_then(Tag::core_suffix) {
            Some("str") => Value::String(text.into()),
            Some(_) => scalar::resolve(text),
            None if tag.is_some_and(|tag| tag.suffix().is_empty() || !tag.handle().starts_with('!')) => {
                Value::String(text.into())
            }
            None if style == ScalarStyle::Plain => scalar::resolve(text),
            None => Value::String(text.into()),
        };
        if style == ScalarStyle::Plain && scalar::is_non_finite(text) {
            let message = format!("`{text}` is not a JSON number and was read as a string");
            self.builder.diagnostics.report(Code::NonFiniteNumber, Some(span), message);
        }
        resolved
    }

    fn alias(&mut self, anchor: usize, range: Range) -> Result<(), Failure> {
        self.last_end = range.end;
        let span = self.builder.span(range.start, range.end);
        let Some(Anchor { node, cost, text }) = self.anchors.get(&anchor) else {
            return Err(self.fail(Code::Syntax, span, "the alias stands inside the value that it refers to"));
        };
        if self.builder.expected() == Expected::Key {
            return match text.clone() {
                Some(text) => {
                    self.builder.key(text, span);
                    Ok(())
                }
                None => Err(self.fail(Code::Syntax, span, "a key must be a plain value")),
            };
        }
        let (node, cost) = (node, *cost);
        if self.spent.saturating_add(cost) > BUDGET {
            return Err(self.too_large(span));
        }
        let node = node.clone();
        self.spent += cost;
        self.place(node)
    }

    /// A complete node goes where it belongs; the value of a merge key gives its members to the object around it.
    fn place(&mut self, node: Node) -> Result<(), Failure> {
        if self.builder.expected() != Expected::Merge {
            self.builder.value(node);
            return Ok(());
        }
        let sources = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(&node),
        };
        for source in sources {
            match source.as_object() {
                Some(object) => self.builder.merge(object),
                None => {
                    return Err(self.fail(Code::Syntax, source.span, "a merge key (`<<`) wants objects"));
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, cost: usize, span: Span) -> Result<(), Failure> {
        self.spent = self.spent.saturating_add(cost);
        if self.spent > BUDGET { Err(self.too_large(span)) } else { Ok(()) }
    }

    fn too_large(&self, span: Span) -> Failure {
        self.fail(Code::TooLarge, span, "up to here the document unfolds to more than 5 million values")
    }

    fn refuse_as_key(&self, range: &Range) -> Result<(), Failure> {
        if self.builder.expected() != Expected::Key {
            return Ok(());
        }
        let span = self.builder.span(range.start, range.end.max(range.start + 1));
        Err(self.fail(Code::Syntax, span, "a key must be a plain value, not an object or array"))
    }

    /// The range of a scalar without the line breaks and comments that a block scalar's range takes along.
    fn trimmed(&self, range: Range, style: ScalarStyle) -> Range {
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return range;
        }
        let length = self.text.get(range.clone()).map_or(range.len(), |text| text.trim_end().len());
        range.start..range.start + length
    }

    /// Handles what follows the first document; `false` when enough was seen.
    fn another_document(&mut self, event: &Event<'_>, range: &Range) -> bool {
        match event {
            // A file that ends with `---` holds nothing more.
            Event::Scalar(_, ScalarStyle::Plain, ..) if range.is_empty() => true,
            Event::DocumentEnd | Event::StreamEnd => true,
            _ => {
                let span = self.builder.span(range.start, range.end);
                let message = "a second document begins here; only the first one was read";
                self.builder.diagnostics.report(Code::MultipleDocuments, Some(span), message);
                false
            }
        }
    }

    fn syntax(&self, error: &granit_parser::ScanError) -> Failure {
        let at = error.marker().byte_offset().unwrap_or(self.text.len());
        let at = crate::source::floor_boundary(self.text, at);
        let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.fail(Code::Syntax, self.builder.span(at, at + width), error.info())
    }

    fn fail(&self, code: Code, span: Span, message: impl Into<String>) -> Failure {
        Failure { code, span, message: message.into(), help: None }
    }
}

fn cost(text: &str) -> usize {
    1 + text.len() / 64
}
