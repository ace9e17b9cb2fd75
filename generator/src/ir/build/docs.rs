//! Prose and facts of a schema, for documentation.

use crate::document::{Node, Value};
use crate::ir::Docs;
use crate::model::{Schema, SchemaId, Schemas};

/// Constraints that are told in documentation, with the words they are told in.
const TOLD: [(&str, &str); 16] = [
    ("minimum", "At least"),
    ("exclusiveMinimum", "More than"),
    ("maximum", "At most"),
    ("exclusiveMaximum", "Less than"),
    ("multipleOf", "A multiple of"),
    ("minLength", "Least number of characters:"),
    ("maxLength", "Greatest number of characters:"),
    ("pattern", "Matches the regular expression"),
    ("minItems", "Least number of items:"),
    ("maxItems", "Greatest number of items:"),
    ("uniqueItems", "Items are unique:"),
    ("minProperties", "Least number of properties:"),
    ("maxProperties", "Greatest number of properties:"),
    ("minContains", "Least number of matching items:"),
    ("maxContains", "Greatest number of matching items:"),
    ("contentMediaType", "Media type of the content:"),
];

/// Docs of a single text.
pub(super) fn text(text: Option<&str>) -> Docs {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    Docs { text: text.map(str::to_owned), ..Docs::default() }
}

/// What a schema says about itself; where it only stands for another one, what that one says.
pub(super) fn of_schema(schemas: &Schemas, id: SchemaId) -> Docs {
    let schema = schemas.get(id);
    let mut docs = text(schema.description.as_deref());
    docs.summary = schema.title.clone().filter(|title| !is_bare_identifier(title));
    docs.link.clone_from(&schema.link);
    docs.notes = notes(schema);
    let names = schema.property_names.map(|names| notes(schemas.get(names))).unwrap_or_default();
    docs.notes.extend(names.into_iter().map(|note| format!("Property names: {note}")));
    docs
}

/// What a property's schema says, falling back on the text of the schema that it stands for.
pub(super) fn of_use(schemas: &Schemas, id: SchemaId) -> Docs {
    let mut docs = of_schema(schemas, id);
    if docs.text.is_none() && docs.summary.is_none() {
        let schema = schemas.get(id);
        let target = schema.reference.or_else(|| schema.all_of.first().copied());
        if let Some(target) = target {
            let behind = schemas.get(target);
            docs.text = first_paragraph(behind.description.as_deref()).or_else(|| behind.title.clone());
        }
    }
    docs
}

/// Whether a title is nothing, or a name from somebody's code (`custom_field_param`), which tells a reader nothing.
fn is_bare_identifier(title: &str) -> bool {
    let title = title.trim();
    title.is_empty()
        || title.contains('_')
            && title.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn first_paragraph(text: Option<&str>) -> Option<String> {
    let paragraph = text?.trim().split("\n\n").next()?.trim();
    (!paragraph.is_empty()).then(|| paragraph.to_owned())
}

fn notes(schema: &Schema) -> Vec<String> {
    let mut notes = Vec::new();
    for (keyword, words) in TOLD {
        if let Some(value) = schema.constraints.get(keyword).and_then(inline) {
            notes.push(format!("{words} {value}."));
        }
    }
    notes.extend(schema.constraints.get("dependentRequired").into_iter().flat_map(dependent));
    if let Some(format) = schema.format.as_deref().filter(|format| !has_a_type(format)) {
        notes.push(format!("Format: {}.", code(format)));
    }
    if let Some(default) = schema.default.as_ref().filter(|node| node.value != Value::Null).and_then(inline) {
        notes.push(format!("The server assumes {default} when it is not given."));
    }
    if let Some(xml) = schema.xml.as_ref().and_then(in_xml) {
        notes.push(xml);
    }
    if let Some(example) = schema.examples.first().and_then(inline) {
        notes.push(format!("Example: {example}."));
    }
    notes
}

/// Properties that others have to stand beside.
fn dependent(node: &Node) -> impl Iterator<Item = String> {
    node.as_object().into_iter().flat_map(|members| members.iter()).filter_map(|(name, entry)| {
        let others = entry.node.as_array()?.iter().map(inline).collect::<Option<Vec<_>>>()?;
        (!others.is_empty()).then(|| format!("With {} also {}.", code(name), others.join(", ")))
    })
}

/// How the value is written in XML, which the client does not speak itself.
fn in_xml(xml: &Node) -> Option<String> {
    let members = xml.as_object()?.iter().filter(|(key, _)| !key.starts_with("x-"));
    let told: Vec<String> =
        members.filter_map(|(key, entry)| Some(format!("{} {}", code(key), inline(&entry.node)?))).collect();
    (!told.is_empty()).then(|| format!("In XML: {}.", told.join(", ")))
}

/// Formats that the Rust type shows already.
fn has_a_type(format: &str) -> bool {
    matches!(
        format,
        "int32" | "int64" | "double" | "float" | "date-time" | "date" | "uuid" | "byte" | "binary" | "password"
    )
}

/// A short value as inline code; longer ones would bury the text.
fn inline(node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) | Value::String(text) => text.to_string(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    let short = !text.is_empty() && text.chars().count() <= 100 && !text.contains(['\n', '\r']);
    short.then(|| code(&text))
}

/// Inline code of Markdown, with a fence longer than any run of backticks inside (CommonMark §6.1).
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("{fence}{text}{fence}") } else { format!("{fence} {text} {fence}") }
}
