//! Habits of published documents that are not wrong and should not cost a reader anything.

use oasmith::diagnostic::Code;

use crate::small::{Small, api};

const PET: &str = "{schema: {$ref: '#/components/schemas/Pet'}}";

/// An operation with these parts, in a document with one schema.
fn operation(parts: &str) -> Small {
    api(
        "3.0.3",
        &format!(
            "paths: {{/pets: {{put: {{operationId: put_pet, tags: [pets], {parts}}}}}}}
components: {{schemas: {{Pet: {{type: object, properties: {{name: {{type: string}}}}}}}}}}"
        ),
    )
}

#[test]
fn a_binary_encoding_of_a_value_that_is_offered_as_json_is_not_asked_for() {
    let made = operation(&format!(
        "responses: {{'200': {{description: ok, content: {{application/json: {PET}, application/x-msgpack: {PET}}}}}}}"
    ));
    made.says(Code::UnusedMediaType, "the client asks for `application/json` and not for `application/x-msgpack`");
    assert!(made.file("src/api/pets.rs").contains("output: Pet as json,"), "{}", made.file("src/api/pets.rs"));
}

#[test]
fn a_body_that_can_be_sent_as_json_loses_nothing_by_being_text_as_well() {
    operation(&format!(
        "requestBody: {{required: true, content: {{application/json: {PET}, application/xml: {PET}}}}}, responses: {{'204': {{description: ok}}}}"
    ))
    .is_clean();
    operation(&format!(
        "requestBody: {{required: true, content: {{application/xml: {PET}}}}}, responses: {{'204': {{description: ok}}}}"
    ))
    .says(Code::UnsupportedMediaType, "there is no codec for `application/xml`; the body is handed over as text");
}

#[test]
fn spellings_of_one_tag_are_one_group() {
    let one = |path: &str, tag: &str, id: &str| {
        format!(
            "  {path}: {{get: {{operationId: {id}, tags: ['{tag}'], responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    };
    let forth = [("/a", "Time Entries", "a"), ("/b", "time_entries", "b"), ("/c", "C++", "c"), ("/d", "C", "d")];
    let paths = |list: &[(&str, &str, &str)]| list.iter().map(|(path, tag, id)| one(path, tag, id)).collect::<String>();
    let mut back = forth;
    back.reverse();
    for order in [forth, back] {
        let made = api("3.0.3", &format!("paths:\n{}", paths(&order)));
        let text = made.file("src/api/time_entries.rs");
        assert!(text.contains("pub fn a(") && text.contains("pub fn b("), "{text}");
        assert!(text.contains("group `Time Entries`"), "{text}");
        assert!(made.file("src/api/c.rs").contains("pub fn d("));
    }
}
