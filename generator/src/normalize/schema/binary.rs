//! `contentEncoding` and `format: byte` say the same and stand together; bytes without an encoding are `format: binary`.

use crate::document::Node;

pub(super) fn apply(schema: &mut Node) {
    let text = |key: &str| schema.get(key).and_then(Node::as_str);
    let encoding = text("contentEncoding").map(str::to_ascii_lowercase);
    let binary = text("contentMediaType") == Some("application/octet-stream");
    let format = text("format").map(str::to_owned);
    let span = schema.span;
    match (format.as_deref(), encoding.as_deref()) {
        (None, Some("base64")) => schema.insert("format", Node::string("byte", span)),
        (None, None) if binary => schema.insert("format", Node::string("binary", span)),
        (Some("byte"), None) => schema.insert("contentEncoding", Node::string("base64", span)),
        (_, _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn base64_encoding_is_the_format_byte() {
        check(
            Version::V3_1,
            r#"{"type": "string", "contentEncoding": "base64"}"#,
            r#"{"type": "string", "contentEncoding": "base64", "format": "byte"}"#,
        );
    }

    #[test]
    fn format_byte_is_base64() {
        check(
            Version::V3_0,
            r#"{"type": "string", "format": "byte"}"#,
            r#"{"type": "string", "format": "byte", "contentEncoding": "base64"}"#,
        );
    }
}
