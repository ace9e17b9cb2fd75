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
        .says(Code::WrongType, "`PU RGE` cannot be the method of a request to a path");
    operation("responses: {'200': {description: ok, content: {\"text/\\u00e9\": {schema: {type: string}}}}}")
        .says(Code::UnsupportedMediaType, "is no media type");
    let scheme = "components: {securitySchemes: {K: {type: apiKey, in: header, name: 'X Key'}}}";
    api("3.0.3", &format!("paths: {{}}\n{scheme}")).says(Code::UnsupportedSecurity, "`X Key` cannot stand in a header");
    api("3.0.3", "servers: [{url: 'ftp://h/'}]\npaths: {}").says(Code::UnusableServer, "no request can be sent to");
}

/// An operation at a path, with parameters.
fn at(path: &str, parameters: &str) -> Small {
    let operation = format!("operationId: look, tags: [t], parameters: [{parameters}], {OK}");
    let other = format!("/other: {{get: {{operationId: other, tags: [t], {OK}}}}}");
    api("3.2.0", &format!("paths: {{'{path}': {{get: {{{operation}}}}}, {other}}}"))
}

#[test]
fn braces_around_no_name_are_reported_and_sent_as_they_stand() {
    let b = "{name: b, in: path, required: true, schema: {type: string}}";
    for path in ["/x/{a{b}}", "/{/{b}", "/}/{b}", "/{b}/{"] {
        at(path, b)
            .says(Code::WrongType, &format!("the path `{path}` has braces around no name"))
            .says_no(Code::UndeclaredPathParameter)
            .contains("src/api/t.rs", &["pub fn look(self, b: &str)"]);
    }
    at("/x/{a{b}}", b).contains("src/api/t.rs", &[r#""/x/%7Ba{b}%7D""#]);
}

#[test]
fn any_name_may_stand_between_braces() {
    for name in ["a:b", "a*", "a?", "a%20b", "a#b", "a b", "+a", "a/b"] {
        let parameter = format!("{{name: '{name}', in: path, required: true, schema: {{type: string}}}}");
        at(&format!("/x/{{{name}}}/y/{{{name}}}"), &parameter)
            .is_clean()
            .contains("src/api/t.rs", &[&format!("\"/x/{{{name}}}/y/{{{name}}}\""), "pub fn look(self, "]);
    }
    at("/x/{}", "").says(Code::UndeclaredPathParameter, "which no parameter declares");
    at("/x?a={b}", "{name: b, in: path, required: true, schema: {type: string}}")
        .is_clean()
        .contains("src/api/t.rs", &[r#""/x?a={b}""#, "pub fn look(self, b: &str)"]);
    at("/x#{b}", "{name: b, in: path, required: true, schema: {type: string}}")
        .says(Code::UnusedPathParameter, "no place for the parameter `b`")
        .contains("src/api/t.rs", &["pub fn look(self)"]);
}

#[test]
fn segments_of_dots_are_reported() {
    for (path, dots) in [("/a/../b", ".."), ("/./b", "."), ("/b/%2E%2e", "%2E%2e"), ("/..?a=/x", "..")] {
        at(path, "").says(Code::WrongType, &format!("the path `{path}` has the segment `{dots}`"));
    }
    at("/...?a=/./x", "").is_clean();
}

#[test]
fn an_operation_without_a_value_for_what_it_requires_is_reported_and_left_out() {
    for schema in [
        "{type: 'null'}",
        "{enum: ['', '.', '..']}",
        "{const: ..}",
        "{type: string, maxLength: 0}",
        "{type: array, items: {type: string}, maxItems: 0}",
        "{type: array, items: {type: 'null'}}",
        "{type: object, additionalProperties: false}",
        "{anyOf: [{enum: ['.']}, {type: 'null'}]}",
    ] {
        let parameter = format!("{{name: id, in: path, required: true, schema: {schema}}}");
        let made = at("/a/{id}/b", &parameter);
        made.says(Code::WrongType, "no value of the path parameter `id` can be sent");
        made.says(Code::WrongType, "`GET /a/{id}/b` can never be sent as it is described");
        assert!(!made.file("src/api/t.rs").contains("fn look"), "{schema}");
    }
    for parameter in [
        r#"{name: X-A, in: header, required: true, schema: {enum: ["a\nb"]}}"#,
        r#"{name: c, in: cookie, style: cookie, required: true, schema: {enum: ["a\u007f"]}}"#,
    ] {
        at("/a", parameter).says(Code::WrongType, "`GET /a` can never be sent as it is described");
    }
}

#[test]
fn a_parameter_without_a_value_is_reported_and_left_out() {
    let made =
        at("/a", r#"{name: X-A, in: header, schema: {enum: ["a\nb"]}}, {name: q, in: query, schema: {type: 'null'}}"#);
    made.says(Code::WrongType, "no value of the header parameter `X-A` can be sent")
        .says(Code::WrongType, "no value of the query parameter `q` can be sent")
        .contains("src/api/t.rs", &["pub fn look(self)"])
        .lacks_in("src/api/t.rs", &["options!"]);
    // What is null or an empty list is not sent, so that nothing is lost.
    at("/a", "{name: q, in: query, required: true, schema: {type: array, items: {enum: [null]}}}")
        .says(Code::WrongType, "no value of the query parameter `q` can be sent")
        .contains("src/api/t.rs", &["pub fn look(self)"]);
    at("/a", "{name: q, in: query, allowEmptyValue: true, schema: {type: 'null'}}").is_clean();
}

#[test]
fn values_that_cannot_be_sent_are_reported_beside_those_that_can() {
    at("/a/{id}", "{name: id, in: path, required: true, schema: {enum: [now, '', ..]}}")
        .says(Code::WrongType, "the value `` of the path parameter `id` cannot be sent")
        .says(Code::WrongType, "also `..`")
        .contains("src/api/t.rs", &["pub fn look(self"]);
    // Beside other text in its segment, or behind the name that `matrix` writes, a dot is no segment of dots.
    at("/a/v{id}", "{name: id, in: path, required: true, schema: {enum: [now, ., ..]}}").is_clean();
    at("/a/{id}", "{name: id, in: path, style: matrix, required: true, schema: {enum: ['', ..]}}").is_clean();
    at("/a", r#"{name: q, in: query, schema: {enum: ["a\nb", '']}}, {name: c, in: cookie, schema: {enum: ["a\nb"]}}"#)
        .is_clean();
    at("/a", r#"{name: X-A, in: header, content: {application/json: {schema: {enum: ["a\nb"]}}}}"#).is_clean();
}

#[test]
fn a_cookie_and_a_method_that_no_request_can_have_are_reported() {
    at("/a", "{name: 'a b', in: cookie, style: cookie, schema: {type: string}}")
        .says(Code::WrongType, "`a b` cannot be the name of a cookie");
    at("/a", "{name: 'a b', in: cookie, schema: {type: string}}").is_clean();
    api("3.2.0", &format!("paths: {{/a: {{additionalOperations: {{CONNECT: {{operationId: look, {OK}}}}}}}}}"))
        .says(Code::WrongType, "`CONNECT` cannot be the method of a request to a path");
}

#[test]
fn headers_of_one_name_in_two_spellings_are_one_parameter() {
    let header = |name: &str, kind: &str| format!("{{name: {name}, in: header, schema: {{type: {kind}}}}}");
    let own = format!("parameters: [{}], {OK}", header("x-trace", "integer"));
    let made = api(
        "3.0.3",
        &format!(
            "paths: {{/a: {{parameters: [{}], get: {{operationId: look, tags: [t], {own}}}}}}}",
            header("X-Trace", "string")
        ),
    );
    made.contains("src/api/t.rs", &["x_trace(i64) => header_param(\"x-trace\""]);
    made.lacks_in("src/api/t.rs", &["\"X-Trace\""]);
}

#[test]
fn a_parameter_that_is_described_twice_in_one_list_is_reported() {
    at("/a", "{name: X-A, in: header, schema: {type: string}}, {name: x-a, in: header, schema: {type: integer}}")
        .says(Code::WrongType, "the parameter `x-a` is described twice in one list")
        .contains("src/api/t.rs", &["x_a(i64) => header_param(\"x-a\""]);
    at("/a", "{name: a, in: query, schema: {type: string}}, {name: A, in: query, schema: {type: string}}").is_clean();
}

#[test]
fn schemes_that_one_request_cannot_show_together_are_alternatives() {
    let made = |requirement: &str, schemes: &str| {
        api(
            "3.1.0",
            &format!(
                "paths: {{/a: {{get: {{operationId: look, tags: [t], security: [{requirement}], {OK}}}}}}}
components: {{securitySchemes: {{{schemes}}}}}"
            ),
        )
    };
    let both = "basic: {type: http, scheme: basic}, token: {type: http, scheme: bearer}";
    let key = "key: {type: apiKey, in: header, name: X-Key}, other: {type: apiKey, in: header, name: x-key}";
    let more = "tls: {type: mutualTLS}, code: {type: oauth2, flows: {}}";
    let schemes = format!("{both}, {key}, {more}");
    made("{basic: [], token: []}", &schemes)
        .says(Code::UnsupportedSecurity, "`basic` and `token` are all sent in the header `authorization`")
        .contains("src/api/t.rs", &["security: [BASIC] or [TOKEN],"]);
    made("{basic: [], tls: [], key: [], code: [], other: []}", &schemes).contains(
        "src/api/t.rs",
        &["security: [BASIC, TLS, KEY] or [BASIC, TLS, OTHER] or [TLS, KEY, CODE] or [TLS, CODE, OTHER],"],
    );
    made("{basic: [], key: []}", &schemes).is_clean().contains("src/api/t.rs", &["security: [BASIC, KEY],"]);
    // Alternatives that differ in their scopes ask for the same credential.
    made("{code: [a]}, {code: [b]}", &schemes).contains("src/api/t.rs", &["security: [CODE],"]);
}

#[test]
fn a_scheme_may_be_called_like_an_operation() {
    let rest =
        "paths: {/a: {get: {operationId: a, tags: [t], security: [{A: []}], responses: {'204': {description: ok}}}}}
components: {securitySchemes: {A: {type: http, scheme: basic}}}";
    api("3.1.0", rest).contains("src/api/t.rs", &["use crate::client::A_AUTH;", "security: [A_AUTH],"]);
}

#[test]
fn servers_are_as_they_are_sent_and_values_that_make_no_url_are_reported() {
    api("3.1.0", "servers: [{url: 'https://h/a/../b/./v1'}]\npaths: {}")
        .is_clean()
        .contains("src/client.rs", &[r#""https://h/b/v1""#]);
    let port = "{url: 'https://h:{port}', variables: {port: {default: '443', enum: ['443', '99999', https]}}}";
    api("3.1.0", &format!("servers: [{port}]\npaths: {{}}"))
        .says(Code::UnusableServer, "no request can be sent to `https://h:{port}` where `port` is `99999`")
        .says(Code::UnusableServer, "`https`");
    for url in ["//h:99999/v1", "https://h;x/", "https://[::g]/", "https://1.2.3.4.5/"] {
        api("3.1.0", &format!("servers: [{{url: '{url}'}}]\npaths: {{}}"))
            .says(Code::UnusableServer, &format!("no request can be sent to `{url}`"));
    }
}

#[test]
fn a_multipart_body_that_is_no_object_is_handed_over_as_it_is() {
    let body = |schema: &str| {
        let content = format!("content: {{multipart/form-data: {{schema: {schema}}}}}");
        operation(&format!("requestBody: {{required: true, {content}}}, {OK}"))
    };
    for schema in ["{type: string, format: binary}", "{type: array, items: {type: string}}"] {
        body(schema)
            .says(Code::UnsupportedMediaType, "the parts of `multipart/form-data` are the members of an object")
            .contains("src/api/t.rs", &["body: impl Into<Body>", "bytes(\"multipart/form-data\", body)"]);
    }
    for schema in ["{}", "{type: object}", "{anyOf: [{type: object}, {type: object, properties: {a: {type: string}}}]}"]
    {
        body(schema).says_no(Code::UnsupportedMediaType).contains("src/api/t.rs", &["multipart(&body, &[])"]);
    }
}

#[test]
fn what_is_no_media_type_is_reported_and_says_nothing() {
    for name in ["", "xls", "application", "a/b/c", "application/json, charset=utf-8"] {
        let said = format!("`{name}` is no media type, and is taken for `*/*`");
        let content = |schema: &str| format!("content: {{'{name}': {{schema: {schema}}}}}");
        operation(&format!("requestBody: {{required: true, {}}}, {OK}", content("{type: string}")))
            .says(Code::UnsupportedMediaType, &said)
            .contains("src/api/t.rs", &["body: impl Into<File>", ".file(body)"]);
        operation(&format!("responses: {{'200': {{description: ok, {}}}}}", content("{type: object}")))
            .says(Code::UnsupportedMediaType, &said)
            .contains("src/api/t.rs", &["accept: \"*/*\",", "as json,"]);
    }
    operation("responses: {'200': {description: ok, content: {'Text/Plain ; a=b': {schema: {type: string}}}}}")
        .is_clean();
}

#[test]
fn a_structured_part_of_a_media_type_without_a_codec_is_told() {
    let body = |encoding: &str| {
        let schema = "schema: {type: object, properties: {o: {type: object, properties: {a: {type: string}}}, t: {type: string}}}";
        let content = format!("content: {{multipart/form-data: {{{schema}, encoding: {{{encoding}}}}}}}");
        operation(&format!("requestBody: {{required: true, {content}}}, {OK}"))
    };
    body("o: {contentType: application/xml}")
        .says(Code::UnsupportedMediaType, "there is no codec for `application/xml`; the part `o` is sent as JSON");
    body("o: {contentType: 'application/json; charset=utf-8'}, t: {contentType: application/xml}").is_clean();
}

#[test]
fn a_scheme_that_answers_challenges_is_reported() {
    let scheme = "components: {securitySchemes: {D: {type: http, scheme: Digest}, V: {type: http, scheme: vapid}}}";
    api("3.0.3", &format!("paths: {{}}\n{scheme}"))
        .says(Code::UnsupportedSecurity, "`Digest` answers a challenge of the server");
}
