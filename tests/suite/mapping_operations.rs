//! What of operations is seen without sending anything: rows of `tests/mapping.toml`, section `operations`.

use oasmith::diagnostic::Code;

use crate::small::{Small, api};

const OK: &str = "responses: {'204': {description: ok}}";

/// One operation `look` in a group `t`, described by the rest of a path item's method.
fn operation(rest: &str) -> Small {
    api("3.2.0", &format!("paths: {{/a: {{get: {{operationId: look, tags: [t], {rest}}}}}}}"))
}

#[test]
fn links_do_no_harm() {
    operation("responses: {'200': {description: ok, links: {next: {operationId: look, parameters: {id: $response.body#/id}}}}}")
        .is_clean()
        .contains("src/api/t.rs", &["pub fn look(self)"]);
}

#[test]
fn deprecated_operations_and_parameters_are_marked() {
    operation(&format!("deprecated: true, {OK}")).contains("src/api/t.rs", &["#[deprecated]\n    pub fn look(self)"]);
    operation(&format!("parameters: [{{name: q, in: query, deprecated: true, schema: {{type: string}}}}], {OK}"))
        .contains("src/api/t.rs", &["#[deprecated]\n    q(&str) => query("]);
}

#[test]
fn operations_are_grouped_by_their_first_tag_or_their_path() {
    let one = |path: &str, rest: &str| format!("'{path}': {{get: {{operationId: look, {rest}{OK}}}}}");
    let made = |paths: &[String]| api("3.0.3", &format!("paths: {{{}}}", paths.join(", ")));
    made(&[one("/a", "tags: [first, second], ")]).contains("src/api/first.rs", &["pub fn look(self)"]);
    made(&[one("/v1/pets/{id}", "")]).contains("src/api/pets.rs", &["pub fn look(self"]);
    let mixed = [
        one("/a", "tags: [first], "),
        "/b: {get: {operationId: other, responses: {'204': {description: ok}}}}".to_owned(),
    ];
    made(&mixed).contains("src/api/b.rs", &["pub fn other(self)"]);
}

#[test]
fn operations_have_names_whatever_their_ids() {
    for (id, method) in
        [("pets.list-all", "pets_list_all"), ("list pets", "list_pets"), ("2nd", "_2nd"), ("self", "self_")]
    {
        api("3.0.3", &format!("paths: {{/a: {{get: {{operationId: '{id}', tags: [t], {OK}}}}}}}"))
            .contains("src/api/t.rs", &[&format!("pub fn {method}(self)")]);
    }
}

#[test]
fn what_cannot_be_sent_is_reported_and_left_out() {
    let header = "parameters: [{name: X Trace, in: header, schema: {type: string}}]";
    operation(&format!("{header}, {OK}")).says(Code::WrongType, "`X Trace` cannot be the name of a header");
    api("3.2.0", &format!("paths: {{/a: {{additionalOperations: {{'PU RGE': {{operationId: look, {OK}}}}}}}}}"))
        .says(Code::WrongType, "`PU RGE` cannot be an HTTP method");
    operation("responses: {'200': {description: ok, content: {\"text/\\u00e9\": {schema: {type: string}}}}}")
        .says(Code::UnsupportedMediaType, "is no media type");
    let scheme = "components: {securitySchemes: {K: {type: apiKey, in: header, name: 'X Key'}}}";
    api("3.0.3", &format!("paths: {{}}\n{scheme}")).says(Code::UnsupportedSecurity, "`X Key` cannot stand in a header");
    api("3.0.3", "servers: [{url: 'ftp://h/'}]\npaths: {}").says(Code::UnusableServer, "no request can be sent to");
}
