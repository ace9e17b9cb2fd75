//! The runtime as a generated crate holds it, with sample types beside it for the tests.

#[macro_use]
#[path = "../../../generator/runtime/mod.rs"]
pub mod runtime;

pub mod api;
pub mod probes;
pub mod types;

#[macro_use]
#[path = "../../../generator/validation/pattern.rs"]
mod pattern;
#[path = "../../../generator/validation/validate.rs"]
pub mod validate;

pub use runtime::*;
