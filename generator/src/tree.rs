//! The generated crate before it is text: an ordered map from path to what the file holds.
//!
//! A Rust file is a recipe that makes its items when it is called, because token streams cannot be sent between threads:
//! the formatter runs the recipes of many files at once.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::ir::Guard;
use crate::names::Ident;

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
    /// A struct or an enum.
    Definition(Definition),
    /// A table for a macro of the runtime.
    Table(Table),
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
    /// `object!`
    Object(Ident, Vec<ObjectRow>),
    /// `builder!`
    Builder(Ident, Vec<BuilderSection>),
    /// `string_enum!`
    StringEnum(Ident, Vec<(Ident, String)>),
    /// `integer_enum!`
    IntegerEnum(Ident, Vec<(Ident, i64)>),
    /// `union!` with a tag; the last is the variant for values without the tag, or with another one.
    TagUnion(Ident, String, Vec<TagRow>, Option<Ident>),
    /// `union!` with guards.
    GuardUnion(Ident, Vec<(Ident, Guard)>),
    /// `errors!`
    Errors(Ident, Vec<ErrorRow>),
    /// `newtype!`
    Newtype(Ident),
    /// `text_format!`, with how the text is read and written where the type itself does not do it right.
    TextFormat(String, Option<(&'static str, &'static str)>),
    /// `number_format!`
    NumberFormat(String),
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

/// One section of a `builder!`.
#[derive(Debug, Clone)]
pub enum BuilderSection {
    /// Arguments of `new`.
    Required(Vec<BuilderRow>),
    /// Fields with a setter.
    Optional(Vec<BuilderRow>),
    /// Fields with a setter and a method that sets them to null.
    Clearable(Vec<(BuilderRow, Ident)>),
    /// Fields that begin empty and have no setter.
    Rest(Vec<Ident>),
}

/// One field of a `builder!`.
#[derive(Debug, Clone)]
pub struct BuilderRow {
    /// Attributes in front of the row, as they are written.
    pub attributes: Vec<&'static str>,
    /// The field.
    pub field: Ident,
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
    /// Whether the tag is added when the member is written.
    pub adds_tag: bool,
}

/// One row of an `errors!`.
#[derive(Debug, Clone)]
pub struct ErrorRow {
    /// The pattern of statuses.
    pub statuses: String,
    /// The variant.
    pub variant: Ident,
    /// How the body is read; `None` where there is none.
    pub body: Option<&'static str>,
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

    /// Adds a struct or an enum.
    pub fn define(&mut self, definition: Definition) {
        self.items.push(Item::Definition(definition));
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.items.push(Item::Table(table));
    }
}
