//! The generated crate before it is text: an ordered map from path to what the file holds.
//!
//! A Rust file is a recipe that makes its items when it is called, because token streams cannot be sent between threads:
//! the formatter runs the recipes of many files at once.

mod operation;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::ir::Guard;
use crate::names::Ident;

pub use operation::{Call, ErrorRow, Errors, Facts, Handle, Method, OptionRow, Options, SuccessRow, Value};

/// Every file of a generated crate, by its path relative to the crate's root.
#[derive(Default)]
pub struct Tree<'a> {
    files: BTreeMap<String, Content<'a>>,
    /// Lines of `api.surface` that no item shows.
    pub facts: Vec<String>,
}

/// What a file holds.
pub enum Content<'a> {
    /// A Rust module.
    Rust(Recipe<'a>),
    /// Text, as it is.
    Text(String),
}

/// Makes the items of one Rust file.
pub type Recipe<'a> = Box<dyn Fn() -> Module + Send + Sync + 'a>;

/// One Rust file.
#[derive(Debug, Clone, Default)]
pub struct Module {
    /// The line that says where the file comes from.
    pub header: String,
    /// Documentation of the module, one line each.
    pub docs: Vec<String>,
    /// Inner attributes.
    pub attributes: TokenStream,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// Something at the top level of a Rust file.
#[derive(Debug, Clone)]
pub enum Item {
    /// Ordinary Rust, one item or several.
    Code(TokenStream),
    /// What the file names from elsewhere.
    Uses(Vec<Use>),
    /// The type whose methods are the operations of a group.
    Handle(Handle),
    /// A struct or an enum.
    Definition(Definition),
    /// A table for a macro of the runtime.
    Table(Table),
}

/// A `use` of several names below one path.
#[derive(Debug, Clone)]
pub struct Use {
    /// The path.
    pub path: &'static str,
    /// The names, in order.
    pub names: Vec<String>,
    /// Whether the names are deprecated.
    pub deprecated: bool,
}

/// A public struct with named fields, or a public enum.
///
/// Most of a crate is these. They are data, not tokens, because text that is already in order needs no parser and no
/// printer of Rust.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// Attributes, as they are written.
    pub attributes: Vec<String>,
    /// Which of the two.
    pub kind: Kind,
    /// The type's name.
    pub name: Ident,
    /// Fields or variants, in order.
    pub members: Vec<Member>,
}

/// What a [`Definition`] defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `struct`
    Struct,
    /// `enum`
    Enum,
}

/// A public field of a struct, or a variant of an enum.
#[derive(Debug, Clone)]
pub struct Member {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// Attributes, as they are written.
    pub attributes: Vec<&'static str>,
    /// The field or the variant.
    pub name: Ident,
    /// The type of the field, or what the variant holds.
    pub ty: Option<String>,
}

/// An invocation of a macro of the runtime, one row per line.
#[derive(Debug, Clone)]
pub enum Table {
    /// `object!`; with `new` in front where values are built.
    Object(Ident, Vec<ObjectRow>, Building),
    /// `string_enum!`, with each variant's text on the wire.
    StringEnum(OpenEnum<String>),
    /// `integer_enum!`, with each variant's number.
    IntegerEnum(OpenEnum<i64>),
    /// `union!` with a tag; the last is the variant for values without the tag, or with another one.
    TagUnion(Ident, String, Vec<TagRow>, Option<Ident>),
    /// `union!` with guards.
    GuardUnion(Ident, Vec<GuardRow>),
    /// `modules!`
    Modules(Vec<ModuleRow>),
    /// `operation!`
    Operation(Facts),
    /// `options!`
    Options(Options),
    /// `successes!`
    Successes(Ident, Vec<SuccessRow>),
    /// `errors!`
    Errors(Errors),
    /// `newtype!`
    Newtype(Ident),
    /// `text_format!`, with how the text is read and written where the type itself does not do it right.
    TextFormat(String, Option<(&'static str, &'static str)>),
    /// `number_format!`
    NumberFormat(String),
}

/// A public enum of known values, and a variant for all others.
#[derive(Debug, Clone)]
pub struct OpenEnum<T> {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// Whether the enum is deprecated.
    pub deprecated: bool,
    /// The enum's name.
    pub name: Ident,
    /// The values.
    pub rows: Vec<EnumRow<T>>,
}

/// One value of an [`OpenEnum`].
#[derive(Debug, Clone)]
pub struct EnumRow<T> {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// The variant.
    pub variant: Ident,
    /// The value on the wire.
    pub wire: T,
}

/// One module of a `modules!`.
#[derive(Debug, Clone)]
pub struct ModuleRow {
    /// The features that it is there with; it is always there when there are none.
    pub features: Vec<String>,
    /// The module.
    pub name: Ident,
}

/// Whether users build values of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Building {
    /// They do, with `new` and setters.
    New,
    /// They only receive them.
    Never,
}

/// One property of an `object!`.
#[derive(Debug, Clone)]
pub enum ObjectRow {
    /// A property that is stored.
    Field {
        /// Its name on the wire.
        wire: String,
        /// The field.
        field: Ident,
        /// Whether `None` is written as `null`.
        nullable: bool,
        /// How it gets its value in what users build.
        given: Given,
    },
    /// A property with one value.
    Constant {
        /// Its name on the wire.
        wire: String,
        /// Its value as JSON text.
        json: String,
    },
    /// Properties that share a prefix.
    Prefixed {
        /// The prefix.
        prefix: String,
        /// The field.
        field: Ident,
    },
    /// All other properties.
    Rest(Ident),
}

/// How a field gets its value in what users build.
#[derive(Debug, Clone)]
pub enum Given {
    /// It does not.
    Never,
    /// As an argument of `new`.
    Needed(String),
    /// By a setter.
    Setter(Argument),
    /// By a setter, or `null` by a method of its own.
    Clearable(Ident, Argument),
}

/// The argument of a setter.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Attributes of the setter, as they are written.
    pub attributes: Vec<&'static str>,
    /// The argument's type.
    pub ty: String,
}

/// One member of a `union!` with a tag.
#[derive(Debug, Clone)]
pub struct TagRow {
    /// Values of the tag.
    pub tags: Vec<String>,
    /// The variant.
    pub variant: Ident,
    /// The type that converts to the variant.
    pub from: Option<String>,
    /// Whether the tag is added when the member is written.
    pub adds_tag: bool,
}

/// One member of a `union!` with guards.
#[derive(Debug, Clone)]
pub struct GuardRow {
    /// The variant.
    pub variant: Ident,
    /// The type that converts to the variant.
    pub from: Option<String>,
    /// What must hold for the value to be tried.
    pub guard: Guard,
}

impl<'a> Tree<'a> {
    /// Adds a Rust file.
    pub fn rust(&mut self, path: impl Into<String>, recipe: impl Fn() -> Module + Send + Sync + 'a) {
        self.files.insert(path.into(), Content::Rust(Box::new(recipe)));
    }

    /// Adds a text file.
    pub fn text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), Content::Text(text.into()));
    }

    /// Every file, ordered by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Content<'a>)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }
}

impl Module {
    /// Adds ordinary Rust.
    pub fn code(&mut self, tokens: TokenStream) {
        if !tokens.is_empty() {
            self.items.push(Item::Code(tokens));
        }
    }

    /// Adds what the file names from elsewhere.
    pub fn uses(&mut self, uses: Vec<Use>) {
        if !uses.is_empty() {
            self.items.push(Item::Uses(uses));
        }
    }

    /// Adds a struct or an enum.
    pub fn define(&mut self, definition: Definition) {
        self.items.push(Item::Definition(definition));
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.items.push(Item::Table(table));
    }
}
