//! What the values of a parameter make impossible to send, which is known before any call is made.

use std::borrow::Cow;

use super::Builder;
use super::media::{MediaKind, essence, kind_of};
use super::types::{Kind, kinds_of, number_text};
use super::view::{self, View};
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::ir::path::{Part, segments, template_names};
use crate::ir::{Encoding, Location, Style};
use crate::model::{Additional, SchemaId};
use crate::resolve;

/// How deep alternatives are followed.
const MAX_DEPTH: usize = 8;

/// The texts that a parameter can be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Texts {
    /// More than can be listed.
    Many,
    /// These alone; none where the only values are such as are not sent.
    Only(Vec<String>),
}

/// Which values a parameter has that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// At least one.
    Some,
    /// None but what stands for nothing, such as `null`.
    Absent,
    /// None but what cannot stand there.
    Unfit,
}

impl Builder<'_> {
    /// The operation without parameters that cannot be sent; `None` when it cannot be sent without them. Both are reported.
    pub(super) fn sendable<'a>(&mut self, operation: &'a resolve::Operation) -> Option<Cow<'a, resolve::Operation>> {
        let found: Vec<Found> = operation.parameters.iter().map(|one| self.values(operation, one)).collect();
        if !found.iter().any(|found| *found != Found::Some) {
            return Some(Cow::Borrowed(operation));
        }
        let stops = |(parameter, found): (&resolve::Parameter, &Found)| match found {
            Found::Some => false,
            // What is not sent is missing in a path alone.
            Found::Absent => parameter.location == Location::Path,
            Found::Unfit => parameter.required,
        };
        if operation.parameters.iter().zip(&found).any(stops) {
            let message = format!("`{} {}` can never be sent as it is described", operation.method, operation.path);
            self.report(Code::WrongType, operation.place.span, &operation.place.pointer, message)
                .help("the operation is left out of the client");
            return None;
        }
        let mut operation = operation.clone();
        let mut found = found.into_iter();
        operation.parameters.retain(|_| found.next() == Some(Found::Some));
        Some(Cow::Owned(operation))
    }

    /// Which values of a parameter can be sent; those that cannot are reported.
    fn values(&mut self, operation: &resolve::Operation, parameter: &resolve::Parameter) -> Found {
        let unused =
            parameter.location == Location::Path && !template_names(&operation.path).contains(&parameter.name.as_str());
        // What was reported already, and what is sent without a value.
        if unused || parameter.allow_empty {
            return Found::Some;
        }
        let Some(schema) = parameter.schema else { return Found::Some };
        let Texts::Only(texts) = self.texts(schema, is_document(&parameter.encoding), 0) else { return Found::Some };
        let alone = [Part::Name(parameter.name.as_str())];
        let alone = segments(&operation.path).iter().any(|segment| **segment == alone);
        let bad: Vec<&String> = texts.iter().filter(|text| !fits(parameter, text, alone)).collect();
        let (name, at) = (parameter.name.escape_debug(), &parameter.place);
        let place = describe(parameter.location);
        if bad.len() == texts.len() {
            let message = format!("no value of the {place} parameter `{name}` can be sent");
            self.report(Code::WrongType, at.span, &at.pointer, message).help(why(parameter.location));
            return if texts.is_empty() { Found::Absent } else { Found::Unfit };
        }
        for text in bad {
            let text = text.escape_debug();
            let message = format!("the value `{text}` of the {place} parameter `{name}` cannot be sent");
            self.report(Code::WrongType, at.span, &at.pointer, message).help(why(parameter.location));
        }
        Found::Some
    }

    /// The texts of a schema's values; `document` says that they are JSON.
    fn texts(&self, schema: SchemaId, document: bool, depth: usize) -> Texts {
        let view = View::of(self.schemas, &view::key(schema));
        if let Some(values) = view.values.as_ref().filter(|values| !values.is_empty()) {
            return Texts::Only(values.iter().filter_map(|value| text(value, document)).collect());
        }
        if view.never {
            return Texts::Only(Vec::new());
        }
        if depth < MAX_DEPTH
            && let [choice] = view.choices.as_slice()
            && view.kinds().is_unsaid()
        {
            let all = choice.members.iter().map(|member| self.texts(*member, document, depth + 1));
            return all.reduce(Texts::or).unwrap_or(Texts::Many);
        }
        self.texts_of_kinds(&view, document, depth)
    }

    fn texts_of_kinds(&self, view: &View, document: bool, depth: usize) -> Texts {
        let kinds = kinds_of(view.kinds()).collect::<Vec<_>>();
        let is_empty = |keyword: &str| {
            let limit = view.constraint(keyword).and_then(number_text);
            limit.and_then(|text| text.parse::<f64>().ok()).is_some_and(|limit| limit < 1.0)
        };
        // An empty list and an object without members are not sent, unless they are JSON.
        let nothing = match kinds.as_slice() {
            [] => view.types.null && !view.has_not && view.choices.is_empty(),
            _ if document => false,
            [Kind::String] if is_empty("maxLength") => return Texts::Only(vec![String::new()]),
            [Kind::Array] => is_empty("maxItems") || self.has_null_items(view, depth),
            [Kind::Object] => is_empty("maxProperties") || has_no_members(view),
            _ => false,
        };
        if nothing { Texts::Only(Vec::new()) } else { Texts::Many }
    }

    fn has_null_items(&self, view: &View, depth: usize) -> bool {
        let Some([part]) = view.items.as_deref() else { return false };
        let shallow = depth < MAX_DEPTH && view.prefix_items.is_empty();
        shallow && self.texts(part.schema, false, depth + 1) == Texts::Only(Vec::new())
    }
}

fn has_no_members(view: &View) -> bool {
    let said = view.properties.is_empty() && view.patterns.is_empty() && view.choices.is_empty();
    said && view.additional == Additional::Forbidden
}

impl Texts {
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(mut texts), Self::Only(more)) => {
                texts.extend(more);
                Self::Only(texts)
            }
            _ => Self::Many,
        }
    }
}

/// The text of a value; `None` for what is not sent.
fn text(value: &Node, document: bool) -> Option<String> {
    match &value.value {
        Value::Null => None,
        Value::String(text) if !document => Some(text.to_string()),
        // Whatever it is exactly, it is more than nothing and has no control characters.
        _ => Some("x".to_owned()),
    }
}

/// Whether a text can stand where the parameter goes.
fn fits(parameter: &resolve::Parameter, text: &str, alone: bool) -> bool {
    let in_header = |text: &str| text.bytes().all(|byte| byte == b'\t' || byte >= b' ' && byte != 0x7f);
    match (parameter.location, &parameter.encoding) {
        (Location::Path, Encoding::Style { style: Style::Matrix, .. }) => true,
        (Location::Path, Encoding::Style { style: Style::Label, .. }) => !(alone && matches!(text, "" | ".")),
        (Location::Path, _) => !(text.is_empty() || alone && matches!(text, "." | "..")),
        (Location::Header, _) | (Location::Cookie, Encoding::Style { style: Style::Cookie, .. }) => in_header(text),
        (Location::Query | Location::QueryString | Location::Cookie, _) => true,
    }
}

fn why(location: Location) -> &'static str {
    match location {
        Location::Path => "a path cannot have an empty segment there, nor one of dots, which would be another path",
        Location::Header | Location::Cookie => "a header cannot hold it, and `null` and empty lists are not sent",
        Location::Query | Location::QueryString => "`null`, empty lists and objects without members are not sent",
    }
}

fn describe(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// Whether the value is sent as JSON.
fn is_document(encoding: &Encoding) -> bool {
    match encoding {
        Encoding::Style { .. } => false,
        Encoding::Content(media_type) => kind_of(&essence(media_type)) == MediaKind::Json,
    }
}
