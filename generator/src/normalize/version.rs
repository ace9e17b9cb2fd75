//! Which specification a document follows.

use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{Node, Value};

/// A version of the specification, as far as it changes how a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0
    Swagger2,
    /// OpenAPI 3.0
    V3_0,
    /// OpenAPI 3.1
    V3_1,
    /// OpenAPI 3.2
    V3_2,
}

impl Version {
    /// The version as it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Swagger2 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// Reads the version of a document.
pub(super) fn detect(root: &Node, diagnostics: &mut Diagnostics) -> Result<Version, Reported> {
    if root.as_object().is_none() {
        let message = format!("an OpenAPI document is an object, not {}", root.kind());
        return Err(diagnostics.error(Code::UnsupportedVersion, Some(root.span), message));
    }
    let Some(node) = root.get("openapi").or_else(|| root.get("swagger")) else {
        if root.get("paths").is_some() || root.get("components").is_some() {
            diagnostics.report(
                Code::MissingKeyword,
                Some(root.span),
                "the document does not say its version; it is read as OpenAPI 3.0",
            );
            return Ok(Version::V3_0);
        }
        return Err(diagnostics.error(Code::UnsupportedVersion, Some(root.span), "this is not an OpenAPI document"));
    };
    let text = match &node.value {
        Value::String(text) | Value::Number(text) => text.trim(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => "",
    };
    let mut parts = text.trim_start_matches('v').split('.');
    match (parts.next(), parts.next().unwrap_or("0")) {
        (Some("2"), "0") => Ok(Version::Swagger2),
        (Some("3"), "0") => Ok(Version::V3_0),
        (Some("3"), "1") => Ok(Version::V3_1),
        (Some("3"), "2") => Ok(Version::V3_2),
        (_, _) => {
            let message = format!("version `{text}` is not read");
            Err(diagnostics
                .report(Code::UnsupportedVersion, Some(node.span), message)
                .help("versions 2.0, 3.0, 3.1 and 3.2 are")
                .reported())
        }
    }
}
