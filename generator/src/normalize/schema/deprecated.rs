//! `x-deprecated: true` means what `deprecated: true` means; Swagger 2.0 had no other way to say it.

use crate::document::Node;

pub(super) fn apply(schema: &mut Node) {
    if schema.get("deprecated").is_some() {
        return;
    }
    if let Some(flag) = schema.get("x-deprecated").filter(|flag| flag.as_bool().is_some()).cloned() {
        schema.remove("x-deprecated");
        schema.insert("deprecated", flag);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::normalize::Version;

    #[test]
    fn extension_becomes_the_keyword() {
        check(Version::Swagger2, r#"{"x-deprecated": true}"#, r#"{"deprecated": true}"#);
    }
}
