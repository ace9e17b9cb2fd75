//! `validate()`: a generated crate checks values against the constraints of their schemas.

use crate::small::{document, files};

const SENT: &str = "paths: {/a: {post: {operationId: a, tags: [t], requestBody: {content: {application/json: {schema: \
                    {$ref: '#/components/schemas/A'}}}}, responses: {'200': {description: Done, content: {application/json: \
                    {schema: {$ref: '#/components/schemas/B'}}}}}}}}\ncomponents:\n  schemas:\n    A: {type: object, properties: \
                    {s: {type: string, LIMIT}}}\n    B: {type: object, properties: {s: {type: string, maxLength: 1}}}";

#[test]
fn nothing_is_checked_unless_it_is_asked_for() {
    let spec = document("3.1.0", &SENT.replace("LIMIT", "pattern: a"));
    let made = files(&[("api.yaml", &spec)]);
    made.is_clean().lacks("a", &["validate", "Validate"]).has("a", &["Matches the regular expression `a`."]);
    for path in ["src/lib.rs", "Cargo.toml"] {
        let text = made.file(path);
        assert!(!text.contains("validate") && !text.contains("regress"), "{text}");
    }
}

#[test]
fn only_what_is_sent_is_checked_and_only_patterns_need_regular_expressions() {
    let spec = document("3.1.0", &SENT.replace("LIMIT", "maxLength: 5"));
    let made = files(&[("api.yaml", &spec), ("oasmith.toml", "[client]\nvalidate = true\n")]);
    made.is_clean().has("a", &["impl crate::Validate for A"]).lacks("b", &["Validate"]);
    assert!(!made.file("Cargo.toml").contains("regress"));
}

#[test]
fn a_client_without_constraints_has_nothing_to_check() {
    let spec = document("3.1.0", &SENT.replace("LIMIT", "description: S"));
    let made = files(&[("api.yaml", &spec), ("oasmith.toml", "[client]\nvalidate = true\n")]);
    assert!(!made.is_clean().file("src/lib.rs").contains("validate"));
}
