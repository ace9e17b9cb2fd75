//! `names.lock`: the identifiers that a crate was published with, so that the next generation gives them out again.
//!
//! Text in (`read`), [`Lock`] out, and back. One line per entry, sorted, so that a change is a line and merges are those of lines.

mod read;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::hidden::toml;

/// The name of the file, in the root of the generated crate.
pub const FILE: &str = "names.lock";

/// The format that is read and written.
const VERSION: u32 = 1;

const HEADER: &str = "\
# The names that this crate was published with: the next generation keeps them, whatever is added to the description.
# Commit this file. Delete a line to let go of a name, or of a former name under [aliases]; merge it line by line.
";

/// What a crate's names are, by where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// By tag.
    pub groups: BTreeMap<String, Group>,
    /// By method and path.
    pub operations: BTreeMap<String, Operation>,
    /// Arguments and setters whose identifier is not the wire name.
    pub parameters: BTreeMap<String, String>,
    /// By schema, or by what is around an unnamed schema.
    pub types: BTreeMap<String, Type>,
    /// Former names of types, the oldest first.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Fields and variants whose identifier is not the wire name.
    pub members: BTreeMap<String, String>,
    /// By security scheme.
    pub security: BTreeMap<String, Scheme>,
    /// Types of servers, by URL.
    pub servers: BTreeMap<String, String>,
    /// Functions of webhooks whose identifier is not the wire name.
    pub webhooks: BTreeMap<String, String>,
    /// The order of properties, by the canonical pointer of their schema: arguments and fields stay in it.
    pub order: BTreeMap<String, Vec<String>>,
}

/// The names of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The module below `api`.
    pub module: String,
    /// The handle type.
    pub handle: String,
    /// The method of the client.
    pub accessor: String,
    /// The cargo feature.
    pub feature: String,
}

/// The names of an operation. What follows from its method and type in the usual way is not repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operation {
    /// The module of its group.
    pub module: String,
    /// The method of the handle.
    pub method: String,
    /// The type that stands for it.
    pub ty: String,
    /// The enum of errors.
    pub error: Option<String>,
    /// The enum of successes.
    pub ok: Option<String>,
    /// The struct of response headers.
    pub headers: Option<String>,
    /// The type for the streamed answer.
    pub stream: Option<String>,
    /// The method for the streamed answer.
    pub stream_method: Option<String>,
    /// The methods for further media types, by media type.
    pub contents: BTreeMap<String, String>,
}

/// The name of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Type {
    /// The identifier.
    pub name: String,
    /// The module of the group that it lives in; `None` for `types`.
    pub module: Option<String>,
    /// Whether `rust-name` gave the name: it is let go together with that.
    pub chosen: bool,
    /// Whether the type stands for several places, each of which has its entry.
    pub shared: bool,
    /// What it looked like; only schemas that the document names have it.
    pub shape: Option<String>,
}

/// The names of a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// The constant.
    pub constant: String,
    /// The method of the builder.
    pub method: String,
}

impl Lock {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut text = format!("{HEADER}version = {VERSION}\n");
        table(&mut text, "groups", &self.groups, |group| {
            let Group { module, handle, accessor, feature } = group;
            let cells = [("module", module), ("handle", handle), ("accessor", accessor), ("feature", feature)];
            row(&cells.map(|(key, name)| (key, toml(name))))
        });
        table(&mut text, "operations", &self.operations, operation_row);
        table(&mut text, "parameters", &self.parameters, |name| toml(name));
        table(&mut text, "types", &self.types, type_row);
        table(&mut text, "aliases", &self.aliases, |names| list(names));
        table(&mut text, "members", &self.members, |name| toml(name));
        table(&mut text, "security", &self.security, |scheme| {
            row(&[("constant", toml(&scheme.constant)), ("method", toml(&scheme.method))])
        });
        table(&mut text, "servers", &self.servers, |name| toml(name));
        table(&mut text, "webhooks", &self.webhooks, |name| toml(name));
        table(&mut text, "order", &self.order, |names| list(names));
        text
    }
}

fn table<T>(text: &mut String, name: &str, entries: &BTreeMap<String, T>, line: impl Fn(&T) -> String) {
    if entries.is_empty() {
        return;
    }
    let _ = write!(text, "\n[{name}]\n");
    for (key, value) in entries {
        let _ = writeln!(text, "{} = {}", toml(key), line(value));
    }
}

fn list(names: &[String]) -> String {
    format!("[{}]", names.iter().map(|name| toml(name)).collect::<Vec<_>>().join(", "))
}

fn operation_row(operation: &Operation) -> String {
    let mut cells =
        vec![("module", toml(&operation.module)), ("method", toml(&operation.method)), ("type", toml(&operation.ty))];
    let further = [
        ("error", &operation.error),
        ("ok", &operation.ok),
        ("headers", &operation.headers),
        ("stream", &operation.stream),
        ("stream-method", &operation.stream_method),
    ];
    cells.extend(further.into_iter().filter_map(|(key, name)| Some((key, toml(name.as_ref()?)))));
    if !operation.contents.is_empty() {
        let contents: Vec<String> = operation
            .contents
            .iter()
            .map(|(media_type, name)| format!("{} = {}", toml(media_type), toml(name)))
            .collect();
        cells.push(("contents", braces(&contents)));
    }
    row(&cells)
}

fn type_row(ty: &Type) -> String {
    let mut cells = vec![("name", toml(&ty.name))];
    cells.extend(ty.module.iter().map(|module| ("module", toml(module))));
    cells.extend(ty.chosen.then(|| ("chosen", "true".to_owned())));
    cells.extend(ty.shared.then(|| ("shared", "true".to_owned())));
    cells.extend(ty.shape.iter().map(|shape| ("shape", toml(shape))));
    row(&cells)
}

fn row(cells: &[(&str, String)]) -> String {
    braces(&cells.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>())
}

fn braces(cells: &[String]) -> String {
    format!("{{ {} }}", cells.join(", "))
}
