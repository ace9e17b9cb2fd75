//! What an overlay of `check --fix` makes of a description beyond what was read: a credential out of an ignored header.

use std::fs;

use crate::cli::Place;

/// The operations of a client after the overlay of `--fix` was applied, if one was written.
fn fixed(text: &str) -> (Place, String) {
    let place = Place::with(text);
    assert_eq!(place.run(&["check", "api.yaml", "--fix", "fix.yaml"]).status, 0);
    fs::write(place.path("oasmith.toml"), "overlays = [\"fix.yaml\"]\n").unwrap();
    let made = place.generate(&[]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let calls = fs::read_to_string(place.path("out/src/api/t.rs")).unwrap();
    (place, calls)
}

fn openapi(parameters: &str, rest: &str) -> String {
    let operation = format!("operationId: look, tags: [t], parameters: [{parameters}]");
    format!(
        "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths: {{/a: {{get: {{{operation}, responses: {{'204': {{description: ok}}}}}}}}}}
{rest}"
    )
}

const HEADER: &str = "{name: Authorization, in: header, required: true, schema: {type: string}}";

#[test]
fn a_header_authorization_without_a_security_scheme_becomes_one() {
    let (place, calls) = fixed(&openapi(HEADER, ""));
    assert!(calls.contains("    security: [AUTHORIZATION],"), "{calls}");
    let client = fs::read_to_string(place.path("out/src/client.rs")).unwrap();
    assert!(client.contains("header_key(") && client.contains("\"Authorization\""), "{client}");
    assert!(client.contains("pub fn authorization(self, credential: impl Into<ApiKey>) -> Self"), "{client}");
    let optional = HEADER.replace("required: true, ", "");
    let (_, calls) = fixed(&openapi(&optional, "components: {schemas: {A: {type: string}}}"));
    assert!(calls.contains("    security: [AUTHORIZATION] or [],"), "{calls}");
}

#[test]
fn a_header_authorization_asks_for_the_scheme_that_is_declared_for_it() {
    let scheme = |rest: &str| format!("components: {{securitySchemes: {{{rest}}}}}");
    let token = "token: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: X-Key}";
    let (_, calls) = fixed(&openapi(HEADER, &scheme(token)));
    assert!(calls.contains("    security: [TOKEN],"), "{calls}");
    // A name that is taken is left to whom it belongs.
    let (_, calls) = fixed(&openapi(HEADER, &scheme("authorization: {type: apiKey, in: query, name: k}")));
    assert!(calls.contains("    security: [AUTHORIZATION2],"), "{calls}");
}

#[test]
fn a_header_authorization_is_left_out_where_it_is_said_who_may_call_or_where_it_is_not_clear() {
    let token = "token: {type: http, scheme: bearer}";
    let secured = format!("security: [{{token: []}}]\ncomponents: {{securitySchemes: {{{token}}}}}");
    let (_, calls) = fixed(&openapi(HEADER, &secured));
    assert!(calls.contains("    security: [TOKEN],"), "{calls}");
    let several = format!("components: {{securitySchemes: {{{token}, basic: {{type: http, scheme: basic}}}}}}");
    let place = Place::with(&openapi(HEADER, &several));
    let run = place.run(&["check", "api.yaml"]);
    assert!(run.stderr.contains("say under `security` which the operation asks for"), "{run:?}");
    let (_, calls) = fixed(&openapi(HEADER, &several));
    assert!(!calls.contains("security:"), "{calls}");
    let open = openapi(&HEADER.replace("Authorization", "Accept"), "");
    assert!(!fixed(&open).1.contains("security:"));
}

#[test]
fn a_header_authorization_of_swagger_becomes_a_security_definition() {
    let text = "swagger: '2.0'
info: {title: T, version: '1'}
host: h
paths: {/a: {get: {operationId: look, tags: [t], parameters: [{name: Authorization, in: header, required: true, type: string}], responses: {'204': {description: ok}}}}}
";
    let (_, calls) = fixed(text);
    assert!(calls.contains("    security: [AUTHORIZATION],"), "{calls}");
}
