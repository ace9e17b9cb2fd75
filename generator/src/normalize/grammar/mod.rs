//! The grammar of OpenAPI as data: which keywords each kind of object has, what shape their values take and what becomes of them.
//!
//! The walk over a document and the coverage report are both driven by these tables; a new keyword is one new row.

mod document;
mod kind;
mod operation;
mod schema;
mod security;
mod swagger;

pub use kind::Kind;

use super::Version;
use crate::diagnostic::Code;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Any JSON.
    Any,
    /// An array of any JSON.
    AnyList,
    /// A string.
    Text,
    /// One of a few strings.
    OneOf(&'static [&'static str]),
    /// An array of strings.
    Texts,
    /// An object of strings.
    TextMap,
    /// `true` or `false`
    Flag,
    /// A number.
    Number,
    /// A number that is not negative and has no fraction.
    Count,
    /// A number, or a truth value as in draft 4.
    NumberOrFlag,
    /// An array of strings, or a truth value as in draft 3.
    TextsOrFlag,
    /// A name of a JSON type or an array of them.
    Types,
    /// An object of a kind.
    Object(Kind),
    /// An array of objects of a kind.
    ObjectList(Kind),
    /// An object whose members are objects of a kind.
    ObjectMap(Kind),
    /// A schema.
    Schema,
    /// An array of schemas.
    SchemaList,
    /// An object whose members are schemas.
    SchemaMap,
    /// A schema, or an array of schemas as in older drafts.
    SchemaOrList,
}

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// The client acts on it.
    Modelled,
    /// It is for readers and other programs: kept, without code.
    PassedThrough,
    /// It is named in a diagnostic.
    Reported(Code),
}

/// One row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The keyword as documents write it.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Under which key the normalized document has it: its own, or `x-norm-…` when OpenAPI 3.0 has no word for it.
    pub carried: &'static str,
    /// Values that are valid, but without effect on the client.
    pub unsupported: &'static [&'static str],
    /// What to write instead, for a keyword of another version of the specification.
    pub instead: Option<&'static str>,
}

impl Keyword {
    /// The same row, carried under another key.
    const fn carried(self, carried: &'static str) -> Self {
        Self { carried, ..self }
    }

    /// The same row, with values that are reported.
    const fn but_not(self, unsupported: &'static [&'static str]) -> Self {
        Self { unsupported, ..self }
    }
}

/// A keyword that the client acts on.
const fn modelled(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, disposition: Disposition::Modelled, carried: name, unsupported: &[], instead: None }
}

/// A keyword that asks nothing of a client.
const fn passed(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, disposition: Disposition::PassedThrough, carried: name, unsupported: &[], instead: None }
}

/// A keyword that is valid, but without effect on the client.
const fn unsupported(name: &'static str, shape: Shape) -> Keyword {
    Keyword {
        name,
        shape,
        disposition: Disposition::Reported(Code::UnsupportedKeyword),
        carried: name,
        unsupported: &[],
        instead: None,
    }
}

/// A keyword of Swagger 2.0 that a document of a later version still has.
const fn foreign(name: &'static str, instead: &'static str) -> Keyword {
    Keyword {
        name,
        shape: Shape::Any,
        disposition: Disposition::Reported(Code::UnknownKeyword),
        carried: "",
        unsupported: &[],
        instead: Some(instead),
    }
}

/// What stands in for a required keyword that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// This text.
    Text(&'static str),
    /// An empty object.
    EmptyObject,
    /// Nothing can: the object is dropped.
    Nothing,
}

/// A keyword that the specification requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    /// The keyword, as it is carried.
    pub name: &'static str,
    /// What stands in for it.
    pub fill: Fill,
    /// The first version of the specification that does not require it any more.
    pub until: Option<Version>,
}

const fn required(name: &'static str, fill: Fill) -> Required {
    Required { name, fill, until: None }
}

const fn required_until(name: &'static str, fill: Fill, until: Version) -> Required {
    Required { name, fill, until: Some(until) }
}

/// Which keys an object may have beside its keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// None.
    None,
    /// Any.
    Any,
    /// Paths, which begin with a slash.
    Paths,
    /// Status codes and ranges of them.
    Statuses,
}

/// The grammar of one kind of object.
#[derive(Debug, Clone, Copy)]
pub struct Grammar {
    /// What the kind is called in a message.
    pub name: &'static str,
    /// Its keywords.
    pub keywords: &'static [Keyword],
    /// Other keys.
    pub keys: Keys,
    /// What stands under the other keys.
    pub values: Shape,
    /// What may not be missing.
    pub required: &'static [Required],
}

/// A kind whose keys are all keywords.
const fn object(name: &'static str, keywords: &'static [Keyword], required: &'static [Required]) -> Grammar {
    Grammar { name, keywords, keys: Keys::None, values: Shape::Any, required }
}

/// A kind whose keys are data.
const fn map(name: &'static str, keywords: &'static [Keyword], keys: Keys, values: Shape) -> Grammar {
    Grammar { name, keywords, keys, values, required: &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyword_is_found_with_its_shape() {
        let keyword = Kind::Operation.keyword("operationId");
        assert_eq!(keyword.map(|keyword| keyword.shape), Some(Shape::Text));
        assert_eq!(Kind::Operation.keyword("operationID"), None);
    }

    #[test]
    fn no_table_has_a_keyword_twice() {
        for kind in [
            Kind::Root,
            Kind::Components,
            Kind::PathItem,
            Kind::Operation,
            Kind::Parameter,
            Kind::Schema,
            Kind::SecurityScheme,
        ] {
            let keywords = kind.grammar().keywords;
            let names: std::collections::BTreeSet<_> = keywords.iter().map(|keyword| keyword.name).collect();
            assert_eq!(names.len(), keywords.len(), "{kind:?}");
        }
    }
}
