//! The last touch to each kind of object, rule by rule.

use crate::normalize::testing::{at, document, one};

/// What stands at a pointer of a document of 3.2, and what is said about it.
#[track_caller]
fn check(rest: &str, pointer: &str, expected: &str, said: &[&str]) {
    let (found, diagnostics) = one(&document("3.2.0", rest));
    assert_eq!(at(&found, pointer), expected);
    assert_eq!(diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect::<Vec<_>>(), said);
}

/// The same for a parameter.
#[track_caller]
fn parameter(written: &str, expected: &str, said: &[&str]) {
    check(&format!("components: {{parameters: {{P: {written}}}}}"), "/components/parameters/P", expected, said);
}

/// The same for a security scheme.
#[track_caller]
fn scheme(written: &str, expected: &str, said: &[&str]) {
    check(
        &format!("components: {{securitySchemes: {{S: {written}}}}}"),
        "/components/securitySchemes/S",
        expected,
        said,
    );
}

const SCHEMA: &str = r#""schema":{"$ref":"/components/parameters/P/schema"}"#;

#[test]
fn path_parameter_is_always_required() {
    let expected = format!(r#"{{"name":"p","in":"path",{SCHEMA},"required":true}}"#);
    parameter("{name: p, in: path, schema: {}}", &expected, &["a path parameter lacks `required: true`"]);
}

#[test]
fn style_that_its_place_does_not_know_is_left_out() {
    let expected = format!(r#"{{"name":"p","in":"query",{SCHEMA}}}"#);
    let said = ["a query parameter cannot have the style `matrix`"];
    parameter("{name: p, in: query, style: matrix, schema: {}}", &expected, &said);
}

#[test]
fn cookie_style_is_kept_apart() {
    let expected = format!(r#"{{"name":"p","in":"cookie",{SCHEMA},"x-norm-style":"cookie"}}"#);
    parameter("{name: p, in: cookie, style: cookie, schema: {}}", &expected, &[]);
}

#[test]
fn schema_prevails_over_content() {
    let expected = format!(r#"{{"name":"p","in":"query",{SCHEMA}}}"#);
    let said = ["`schema` and `content` exclude each other; `schema` was taken"];
    parameter("{name: p, in: query, schema: {}, content: {application/json: {}}}", &expected, &said);
}

#[test]
fn parameter_without_a_schema_is_any_json() {
    let expected = format!(r#"{{"name":"p","in":"query",{SCHEMA}}}"#);
    parameter("{name: p, in: query}", &expected, &["neither `schema` nor `content` says what the value is"]);
}

#[test]
fn bearer_format_alone_means_bearer() {
    let expected = r#"{"type":"http","bearerFormat":"JWT","scheme":"bearer"}"#;
    scheme("{type: http, bearerFormat: JWT}", expected, &["a security scheme of type `http` lacks `scheme`"]);
}

#[test]
fn key_without_a_name_is_left_out() {
    let missing = "/components/securitySchemes/S is missing";
    scheme("{type: apiKey, in: header}", missing, &["a security scheme of type `apiKey` lacks `name`"]);
}

#[test]
fn flow_without_its_address_gets_an_empty_one() {
    let expected = r#"{"type":"oauth2","flows":{"password":{"scopes":{},"tokenUrl":""}}}"#;
    scheme(
        "{type: oauth2, flows: {password: {scopes: {}}}}",
        expected,
        &["the OAuth flow `password` lacks `tokenUrl`"],
    );
}

#[test]
fn link_has_one_operation() {
    let said = ["`operationRef` and `operationId` exclude each other; `operationId` was taken"];
    let links = "components: {links: {L: {operationRef: '#/x', operationId: y}}}";
    check(links, "/components/links/L", r#"{"operationId":"y"}"#, &said);
    let missing = "/components/links/L is missing";
    check(
        "components: {links: {L: {}}}",
        "/components/links/L",
        missing,
        &["a link object lacks `operationId` or `operationRef`"],
    );
}

#[test]
fn data_value_is_the_value_of_an_example() {
    check("components: {examples: {E: {dataValue: 1}}}", "/components/examples/E", r#"{"value":1}"#, &[]);
}

#[test]
fn first_value_of_a_server_variable_stands_in_for_its_default() {
    let servers = "servers: [{url: 'https://{h}', variables: {h: {enum: [a, b]}}}]";
    let said = ["a server variable object lacks `default`"];
    check(servers, "/servers/0/variables/h", r#"{"enum":["a","b"],"default":"a"}"#, &said);
}

#[test]
fn explode_of_an_encoding_is_marked_as_written() {
    let body = "components: {requestBodies: {B: {content: {multipart/form-data: {encoding: {a: {explode: false}}}}}}}";
    let pointer = "/components/requestBodies/B/content/multipart~1form-data/encoding/a";
    check(body, pointer, r#"{"explode":false,"x-norm-explode":false}"#, &[]);
}

#[test]
fn query_joins_the_additional_operations() {
    let item = "paths: {/a: {query: {operationId: q}, additionalOperations: {COPY: {operationId: c}}}}";
    let expected = r#"{"COPY":{"operationId":"c","responses":{}},"QUERY":{"operationId":"q","responses":{}}}"#;
    check(item, "/paths/~1a/x-norm-operations", expected, &[]);
}
