//! A schema as the later stages read it: JSON Schema 2020-12 vocabulary, one level deep, children by id.

use indexmap::IndexMap;

use crate::document::{Node, Span};

/// Index into [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// Every schema of the document, reachable from a component or an operation or not.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    /// Schemas by canonical pointer; the position is the [`SchemaId`].
    pub by_pointer: IndexMap<String, Schema>,
}

impl Schemas {
    /// The schema with this id.
    ///
    /// How many there are.
    pub fn count(&self) -> usize {
        self.by_pointer.len()
    }

    /// Ids are only made by the reader of the same document, so the index is always there.
    #[expect(clippy::indexing_slicing, reason = "ids are made together with the entries they index")]
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.by_pointer[id.0 as usize]
    }

    /// The canonical pointer of the schema with this id.
    pub fn pointer(&self, id: SchemaId) -> &str {
        self.by_pointer.get_index(id.0 as usize).map_or("", |(pointer, _)| pointer)
    }

    /// The schema that stands at a canonical pointer.
    pub fn find(&self, pointer: &str) -> Option<SchemaId> {
        self.by_pointer.get_index_of(pointer).and_then(|index| u32::try_from(index).ok()).map(SchemaId)
    }
}

/// One schema object, one level deep.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Where it was written.
    pub span: Span,
    /// The schema that this one stands for (`$ref`), beside which the other keywords hold as well.
    pub reference: Option<SchemaId>,
    /// Boolean schema `false`: nothing is valid. (`true` is a schema without keywords.)
    pub never: bool,
    /// `type`; empty when it is not given.
    pub types: Types,
    /// `format`
    pub format: Option<String>,
    /// `enum`
    pub values: Option<Vec<Node>>,
    /// `const`
    pub constant: Option<Node>,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `externalDocs.url`
    pub link: Option<String>,
    /// `default`
    pub default: Option<Node>,
    /// `example` and `examples`
    pub examples: Vec<Node>,
    /// `deprecated`
    pub deprecated: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `properties`
    pub properties: IndexMap<String, SchemaId>,
    /// `required`, as written
    pub required: Vec<String>,
    /// `additionalProperties`
    pub additional: Additional,
    /// `unevaluatedProperties`
    pub unevaluated: Additional,
    /// `patternProperties`
    pub patterns: IndexMap<String, SchemaId>,
    /// `propertyNames`
    pub property_names: Option<SchemaId>,
    /// `items` (2020-12: the items after the prefix)
    pub items: Option<SchemaId>,
    /// `prefixItems`, and `items` as an array in older drafts
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `oneOf`
    pub one_of: Vec<SchemaId>,
    /// `anyOf`
    pub any_of: Vec<SchemaId>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `discriminator`
    pub discriminator: Option<Discriminator>,
    /// Constraints that do not change the type, by keyword: `minimum`, `maxLength`, `pattern`, `uniqueItems` …
    /// (`exclusiveMinimum` and `exclusiveMaximum` are numbers here).
    pub constraints: IndexMap<String, Node>,
    /// Whether a keyword is there that only constrains, without a word about types: `if`, `dependentRequired`, `contains` …
    pub conditional: bool,
    /// `xml`
    pub xml: Option<Node>,
    /// `contentEncoding`
    pub content_encoding: Option<String>,
    /// `contentMediaType`
    pub content_media_type: Option<String>,
    /// `x-…`, with the prefix.
    pub extensions: IndexMap<String, Node>,
}

/// `additionalProperties`, `unevaluatedProperties`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Additional {
    /// Not given.
    #[default]
    Unsaid,
    /// `true` or `{}`.
    Allowed,
    /// `false`
    Forbidden,
    /// A schema.
    Schema(SchemaId),
}

/// `discriminator`
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// `propertyName`
    pub property: String,
    /// `mapping`: tag value to schema.
    pub mapping: Vec<(String, SchemaId)>,
    /// `defaultMapping` (3.2)
    pub default: Option<SchemaId>,
    /// Where it was written.
    pub span: Span,
}

/// A set of JSON types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Types {
    /// `null`
    pub null: bool,
    /// `boolean`
    pub boolean: bool,
    /// `integer`
    pub integer: bool,
    /// `number`
    pub number: bool,
    /// `string`
    pub string: bool,
    /// `array`
    pub array: bool,
    /// `object`
    pub object: bool,
}

impl Types {
    /// Whether `type` was not given.
    pub fn is_unsaid(self) -> bool {
        self == Self::default()
    }
}
