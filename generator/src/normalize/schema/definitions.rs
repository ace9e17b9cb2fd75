//! `$defs` and `definitions` are gone: their schemas were taken out, and references find them there.

use crate::document::Node;

pub(super) fn apply(schema: &mut Node) {
    schema.remove("$defs");
    schema.remove("definitions");
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn definitions_do_not_stay() {
        check(Version::V3_1, r#"{"$defs": {"a": true}, "type": "object"}"#, r#"{"type": "object"}"#);
    }
}
