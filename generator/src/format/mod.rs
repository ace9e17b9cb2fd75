//! A [`Tree`] to text: what most of a crate is made of is written as it stands, `layout` knows where a line ends; other
//! items go through `prettyplease`. Blank lines between items.
//!
//! The same tree gives the same bytes, whatever is installed on the machine.

mod definition;
mod handle;
mod layout;
mod operation;
mod table;
mod tokens;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use proc_macro2::TokenStream;

use crate::surface;
use crate::tree::{Content, Item, Module, Tree, Use};

/// A file whose items are not Rust: a defect of the generator, never of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// What the parser said, and the start of the item.
    pub message: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the generator wrote invalid Rust to `{}`: {}", self.path, self.message)
    }
}

impl std::error::Error for FormatError {}

/// The text of every file by path, with `api.surface` beside the others.
pub fn format(tree: &Tree<'_>) -> Result<BTreeMap<String, String>, FormatError> {
    let files: Vec<(&str, &Content<'_>)> = tree.files().collect();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    let work = || {
        let mut texts = Vec::new();
        while let Some((path, content)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            texts.push(file(path, content));
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).extend(texts);
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            // Types are nested as deeply here as in every other stage.
            let worker = std::thread::Builder::new().stack_size(crate::STACK_SIZE).spawn_scoped(scope, work);
            if worker.is_err() {
                work();
            }
        }
    });
    let mut formatted = BTreeMap::new();
    let mut surface = tree.facts.clone();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by(|left, right| left.path.cmp(&right.path));
    for mut file in done {
        surface.append(&mut file.surface);
        formatted.insert(file.path.clone(), file.text.map_err(|message| FormatError { path: file.path, message })?);
    }
    formatted.insert("api.surface".to_owned(), surface::write(surface));
    Ok(formatted)
}

/// A file that is done.
struct File {
    path: String,
    text: Result<String, String>,
    surface: Vec<String>,
}

fn file(path: &str, content: &Content<'_>) -> File {
    let mut surface = Vec::new();
    let text = match content {
        Content::Text(text) => Ok(text.clone()),
        Content::Rust(recipe) => print(&recipe(), surface::module_of(path).as_deref(), &mut surface),
    };
    File { path: path.to_owned(), text, surface }
}

/// One Rust file as text, without its place in a crate.
pub fn module(module: &Module) -> Result<String, String> {
    print(module, None, &mut Vec::new())
}

/// Tokens on one line, as one writes a type or a signature.
pub fn inline(tokens: &TokenStream) -> String {
    tokens::print(tokens)
}

/// Header, documentation, attributes and items. Public items are noted in `surface` when they are reached by `place`.
fn print(module: &Module, place: Option<&str>, surface: &mut Vec<String>) -> Result<String, String> {
    let mut text = head(module)?;
    let mut previous = Kind::First;
    for item in &module.items {
        match item {
            Item::Code(tokens) => {
                for item in parse(tokens)?.items {
                    if let Some(place) = place {
                        surface::code(place, &item, surface);
                    }
                    previous = code(item, previous, &mut text);
                }
            }
            Item::Uses(uses) => {
                separate(previous, Kind::Use, &mut text);
                self::uses(uses, &mut text);
                previous = Kind::Use;
            }
            Item::Handle(_) | Item::Definition(_) | Item::Table(_) => {
                if let Some(place) = place {
                    surface::item(place, item, surface);
                }
                separate(previous, Kind::Other, &mut text);
                match item {
                    Item::Handle(handle) => handle::print(handle, &mut text),
                    Item::Definition(definition) => definition::print(definition, &mut text),
                    Item::Table(table) => table::print(table, &mut text),
                    Item::Code(_) | Item::Uses(_) => {}
                }
                previous = Kind::Other;
            }
        }
    }
    Ok(text)
}

fn head(module: &Module) -> Result<String, String> {
    let mut text = String::new();
    if !module.header.is_empty() {
        text.push_str(&format!("// {}\n\n", module.header));
    }
    for line in &module.docs {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    if !module.docs.is_empty() {
        text.push('\n');
    }
    if !module.attributes.is_empty() {
        text.push_str(attributes(module)?.trim_end());
        text.push_str("\n\n");
    }
    Ok(text)
}

fn attributes(module: &Module) -> Result<String, String> {
    let file = parse(&module.attributes)?;
    Ok(prettyplease::unparse(&file))
}

fn parse(tokens: &TokenStream) -> Result<syn::File, String> {
    syn::parse2::<syn::File>(tokens.clone()).map_err(|error| {
        let start: String = tokens.to_string().chars().take(400).collect();
        format!("{error} in: {start}")
    })
}

/// What decides about the blank line between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Before the first item.
    First,
    /// `use`
    Use,
    /// `mod x;`
    Mod,
    /// Anything else.
    Other,
}

fn code(item: syn::Item, previous: Kind, text: &mut String) -> Kind {
    let kind = match &item {
        syn::Item::Use(_) => Kind::Use,
        syn::Item::Mod(_) => Kind::Mod,
        _ => Kind::Other,
    };
    separate(previous, kind, text);
    let is_impl = matches!(item, syn::Item::Impl(_));
    let printed =
        prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] });
    if is_impl {
        members_apart(&printed, text)
    } else {
        text.push_str(&printed)
    }
    kind
}

/// Names of the standard library stand apart.
fn uses(uses: &[Use], text: &mut String) {
    for (index, Use { path, names, deprecated }) in uses.iter().enumerate() {
        let is_std = |at: usize| uses.get(at).is_some_and(|names| names.path.starts_with("std"));
        if index > 0 && is_std(index - 1) && !is_std(index) {
            text.push('\n');
        }
        if *deprecated {
            layout::line(text, "", "#[allow(deprecated)]");
        }
        match names.as_slice() {
            [name] => layout::line(text, "", &format!("use {path}::{name};")),
            names => layout::filled(text, &format!("use {path}::{{"), names, "};"),
        }
    }
}

fn separate(previous: Kind, next: Kind, text: &mut String) {
    if previous != Kind::First && (previous != next || next == Kind::Other) {
        text.push('\n');
    }
}

/// Whether a member ends in this line; documentation may end with a semicolon, too.
fn is_statement(line: &str) -> bool {
    line.starts_with("    ") && line.ends_with(';') && !line.trim_start().starts_with("//")
}

/// Puts a blank line between the members of an `impl` wherever one of the two is a function.
///
/// Members stand at a depth of four columns, and only the last line of a function is a lone brace there.
fn members_apart(printed: &str, text: &mut String) {
    let mut previous = "";
    for line in printed.lines() {
        let begins_function = ["    fn ", "    pub fn ", "    async fn "].iter().any(|start| line.starts_with(start));
        if previous == "    }" && line != "}" || begins_function && is_statement(previous) {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        previous = line;
    }
}
