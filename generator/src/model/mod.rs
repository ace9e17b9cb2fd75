//! The normalized document as typed values: `openapiv3` for its skeleton, one flat [`Schema`] per schema object.

#[cfg(test)]
mod corpus;
pub mod de;
mod narrow;
mod read_schema;
pub mod schema;

pub use schema::{Additional, Discriminator, Schema, SchemaId, Schemas, Types};

use crate::diagnostic::{Diagnostics, Reported};
use crate::document::Node;
use crate::normalize::{Normalized, Version};

/// A document as typed values.
#[derive(Debug, Clone)]
pub struct Model {
    /// Everything but the schemas; where one stood, there is a reference with its canonical pointer.
    pub openapi: openapiv3::OpenAPI,
    /// The schemas.
    pub schemas: Schemas,
    /// The tree that `openapi` was read from, with the place of everything in it.
    pub skeleton: Node,
    /// What the document said it was.
    pub version: Version,
}

/// Reads a normalized document; what cannot be read is reported and left out.
pub fn read(normalized: Normalized, diagnostics: &mut Diagnostics) -> Result<Model, Reported> {
    let Normalized { mut skeleton, schemas, version } = normalized;
    let schemas = read_schema::all(&schemas, diagnostics);
    let openapi = narrow::read(&mut skeleton, diagnostics)?;
    Ok(Model { openapi, schemas, skeleton, version })
}
