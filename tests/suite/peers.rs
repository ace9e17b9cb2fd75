//! What users of generated clients have stumbled over elsewhere, each as a small description.

use oasmith::diagnostic::Code;

use crate::small::{api, files, schemas};

/// One `GET` with these parameters.
fn parameters(version: &str, parameters: &str) -> crate::small::Small {
    api(
        version,
        &format!(
            "paths: {{/a: {{get: {{operationId: look, tags: [t], parameters: [{parameters}], responses: {{'204': {{description: ok}}}}}}}}}}"
        ),
    )
}

#[test]
fn every_version_is_read() {
    for version in ["3.0.0", "3.0.4", "3.1.0", "3.1.2", "3.2.0"] {
        schemas(version, "A: {type: object, properties: {a: {type: string}}}")
            .is_clean()
            .has("a", &["pub a: Option<String>,"]);
    }
}

#[test]
fn decimal_format_of_a_number_reads_numbers() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {n: {type: number, format: decimal}, s: {type: string, format: decimal}}}",
    )
    .is_clean()
    .has("a", &["pub n: Option<f64>,", "pub s: Option<rust_decimal::Decimal>,"]);
}

#[test]
fn null_and_prefix_items_of_3_1_are_types() {
    schemas("3.1.0", "A: {type: object, required: [n], properties: {n: {type: 'null'}, t: {type: array, prefixItems: [{type: string}, {type: number}], minItems: 2, maxItems: 2}}}")
        .is_clean()
        .has("a", &["pub n: (),", "pub t: Option<(String, f64)>,"]);
}

#[test]
fn document_of_an_unread_version_is_refused_in_plain_words() {
    files(&[("api.yaml", "openapi: 4.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n")])
        .is_refused(Code::UnsupportedVersion, "version `4.0.0` is not read");
    files(&[("api.yaml", "swagger: '1.2'\napis: []\n")]).is_refused(Code::UnsupportedVersion, "api.yaml:1:10");
}

#[test]
fn nullable_field_of_3_1_is_an_option_as_in_3_0() {
    let object = |schema: &str| format!("A: {{type: object, required: [a], properties: {{a: {schema}}}}}");
    for (version, schema) in [
        ("3.0.3", "{type: string, nullable: true}"),
        ("3.1.0", "{type: [string, 'null']}"),
        ("3.1.0", "{type: ['null', string]}"),
        ("3.1.0", "{oneOf: [{type: string}, {type: 'null'}]}"),
        ("3.1.0", "{anyOf: [{type: 'null'}, {type: string}]}"),
    ] {
        schemas(version, &object(schema)).is_clean().has("a", &["pub a: Option<String>,", "\"a\" => a nullable,"]);
    }
}

#[test]
fn parameters_in_headers_and_cookies_are_not_lost() {
    parameters(
        "3.0.3",
        "{name: X-Trace, in: header, schema: {type: string}}, {name: session, in: cookie, schema: {type: string}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["x_trace(&str) => header_param(\"X-Trace\"", "session(&str) => cookie(\"session\""]);
}

#[test]
fn bodies_of_errors_are_typed_by_status() {
    api(
        "3.0.3",
        "paths: {/a: {get: {operationId: look, tags: [t], responses: {'200': {description: ok}, '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}, '4XX': {description: other}}}}}
components: {schemas: {Gone: {type: object, properties: {since: {type: string}}}}}",
    )
    .contains("src/api/t.rs", &["404 => NotFound(Gone as json)", "error: LookError,"]);
}

#[test]
fn tag_that_is_also_a_field_of_the_member_is_read_once_and_kept() {
    schemas(
        "3.0.3",
        "P: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: petType}}
Cat: {type: object, required: [petType], properties: {petType: {type: string}, name: {type: string}}}
Dog: {type: object, required: [petType], properties: {petType: {type: string}}}",
    )
    .is_clean()
    .has("p", &["P by \"petType\" {", "\"Cat\" => Cat(Cat),"])
    .lacks("p", &["+ tag"])
    .has("cat", &["pub pet_type: String,", "pub name: Option<String>,"]);
}

#[test]
fn inline_enums_of_the_same_name_in_several_members_are_several_types() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {status: {type: string, enum: [on, off]}}}
B: {type: object, properties: {status: {type: string, enum: [hot, cold]}}}",
    )
    .is_clean()
    .has("a", &["pub enum AStatus {", "pub status: Option<AStatus>,"])
    .has("b", &["pub enum BStatus {", "pub status: Option<BStatus>,"]);
}

#[test]
fn variants_that_are_lists_have_names() {
    schemas("3.0.3", "P: {oneOf: [{type: array, items: {type: string}}, {type: string}]}")
        .is_clean()
        .has("p", &["Array(Vec<String>),", "String(String),"]);
}

#[test]
fn any_of_is_never_an_empty_struct() {
    schemas(
        "3.0.3",
        "P: {anyOf: [{$ref: '#/components/schemas/X'}, {type: string}]}\nX: {type: object, required: [x], properties: {x: {type: string}}}",
    )
    .is_clean()
    .has("p", &["pub enum P {", "X(X),", "String(String),"]);
}

#[test]
fn any_of_strings_is_a_string_and_any_of_an_enum_and_a_string_is_the_open_enum() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {s: {anyOf: [{type: string, minLength: 1}, {type: string, pattern: x}]}, \
         e: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}}}",
    )
    .has("a", &["pub s: Option<String>,", "pub e: Option<AE>,", "A = \"a\","])
    .lacks("a", &["flatten"]);
}

#[test]
fn query_parameter_may_be_a_union_an_enum_or_a_list_of_enums() {
    parameters(
        "3.0.3",
        "{name: u, in: query, schema: {oneOf: [{type: string}, {type: integer}]}}, \
         {name: e, in: query, schema: {type: string, enum: [a, b]}}, \
         {name: l, in: query, schema: {type: array, items: {type: string, enum: [x, y]}}}",
    )
    .contains(
        "src/api/t.rs",
        &["    u(LookU) => ", "    e(LookE) => ", "    l(impl IntoIterator<Item = LookL>) => ", "pub enum LookU {"],
    );
}

#[test]
fn members_of_the_same_kind_have_names_of_their_own() {
    schemas(
        "3.0.3",
        "P: {oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}, \
         {type: array, items: {type: string}}, {type: array, items: {type: integer}}]}",
    )
    .has("p", &["WithA(", "WithB(", "Strings(Vec<String>),", "Integers(Vec<i64>),"]);
}

#[test]
fn patch_tells_absent_from_null() {
    api(
        "3.0.3",
        "paths: {/a: {patch: {operationId: change, tags: [t], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: ok}}}}}
components: {schemas: {A: {type: object, properties: {name: {type: string, nullable: true}}}}}",
    )
    .is_clean()
    .has("a", &["pub name: Field<String>,"])
    .lacks("a", &["Option<Option<"]);
}

#[test]
fn nullable_values_of_maps_and_lists_are_kept() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {m: {type: object, additionalProperties: {type: string, nullable: true}}, l: {type: array, items: {type: integer, nullable: true}}}}",
    )
    .is_clean()
    .has("a", &["pub m: Option<BTreeMap<String, Option<String>>>,", "pub l: Option<Vec<Option<i64>>>,"]);
}

#[test]
fn nullable_bytes_are_an_option_of_bytes() {
    schemas("3.0.3", "A: {type: object, required: [b], properties: {b: {type: string, format: byte, nullable: true}}}")
        .is_clean()
        .has("a", &["pub b: Option<Base64>,", "\"b\" => b nullable,"]);
}

#[test]
fn required_fields_are_plain_and_others_are_options() {
    schemas("3.0.3", "A: {type: object, required: [r], properties: {r: {type: string}, o: {type: string}}}")
        .is_clean()
        .has("a", &["pub r: String,", "pub o: Option<String>,"]);
}

#[test]
fn enum_of_a_response_has_room_for_values_of_tomorrow() {
    schemas("3.0.3", "E: {type: string, enum: [stl, obj]}")
        .contains("api.surface", &["#[non_exhaustive]", "types::E::Unknown: variant(UnknownValue)"]);
}

#[test]
fn operators_are_enum_values_with_names() {
    schemas("3.0.3", "E: {type: string, enum: ['=', '>', '<', '>=', '<=', '!=', '==', '~', '!']}").is_clean().has(
        "e",
        &[
            "= \"=\",",
            "= \">\",",
            "= \"<\",",
            "= \">=\",",
            "= \"<=\",",
            "= \"!=\",",
            "= \"==\",",
            "= \"~\",",
            "= \"!\",",
        ],
    );
}

#[test]
fn parameters_may_have_any_name() {
    parameters(
        "3.0.3",
        "{name: query, in: query, schema: {type: string}}, {name: client, in: query, schema: {type: string}}, \
         {name: self, in: query, schema: {type: string}}, {name: body, in: query, schema: {type: string}}, \
         {name: type, in: query, schema: {type: string}}, {name: request, in: query, schema: {type: string}}, \
         {name: send, in: query, schema: {type: string}}",
    )
    .is_clean()
    .contains(
        "src/api/t.rs",
        &["\"query\",", "\"client\",", "\"self\",", "\"body\",", "\"type\",", "\"request\",", "\"send\","],
    );
}

#[test]
fn operation_without_an_id_is_named_by_resource_and_verb() {
    api("3.0.3", "paths: {'/pets/{id}': {get: {tags: [pets], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ok}}}}}")
        .says(Code::MissingOperationId, "")
        .contains("src/api/pets.rs", &["pub fn get(self, id: &str)"]);
}

#[test]
fn box_stands_where_a_type_would_be_infinite_and_nowhere_else() {
    schemas(
        "3.0.3",
        "Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, name: {type: string}, leaf: {$ref: '#/components/schemas/Leaf'}, kids: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
Leaf: {type: object, properties: {v: {type: string}}}",
    )
    .is_clean()
    .has(
        "node",
        &[
            "pub next: Option<Box<Node>>,",
            "pub name: Option<String>,",
            "pub leaf: Option<Leaf>,",
            "pub kids: Option<Vec<Node>>,",
        ],
    );
}

#[test]
fn integer_without_a_format_has_64_bits() {
    schemas("3.0.3", "A: {type: object, properties: {i: {type: integer}}}").has("a", &["pub i: Option<i64>,"]);
}

#[test]
fn unsigned_formats_are_unsigned() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {a: {type: integer, format: uint32}, b: {type: integer, format: uint64}}}",
    )
    .has("a", &["pub a: Option<u32>,", "pub b: Option<u64>,"]);
}

#[test]
fn unknown_format_is_the_plain_type() {
    schemas(
        "3.0.3",
        "A: {type: object, properties: {s: {type: string, format: number}, n: {type: number, format: money}}}",
    )
    .is_clean()
    .has("a", &["/// * Format: `number`.", "pub s: Option<String>,", "pub n: Option<f64>,"]);
}

#[test]
fn format_alone_makes_a_type_where_it_can() {
    schemas("3.0.3", "A: {type: object, properties: {d: {format: date}, i: {format: int32}}}")
        .is_clean()
        .has("a", &["pub d: Option<Date>,", "pub i: Option<i32>,"]);
}

#[test]
fn defaults_beside_inherited_properties_are_no_obstacle() {
    schemas(
        "3.0.3",
        "Base: {type: object, properties: {limit: {type: integer, default: 10}}}
A: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {tags: {type: array, items: {type: string}, default: []}}, default: {limit: 5}}",
    )
    .is_clean()
    .has("a", &["pub limit: Option<i64>,", "pub tags: Option<Vec<String>>,", "The server assumes `10`"]);
}

#[test]
fn multipart_form_is_a_typed_body_with_files() {
    api(
        "3.0.3",
        "paths: {/a: {post: {operationId: upload, tags: [t], requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], \
         properties: {file: {type: string, format: binary}, note: {type: string}, more: {type: array, items: {type: string, format: binary}}}}}}}, responses: {'204': {description: ok}}}}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["pub file: File,", "pub note: Option<String>,", "pub more: Option<Vec<File>>,", "multipart(&body"]);
}

#[test]
fn object_in_the_query_is_a_typed_parameter() {
    parameters(
        "3.0.3",
        "{name: filter, in: query, style: deepObject, schema: {type: object, properties: {name: {type: string}}}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["filter(LookFilter) => query(\"filter\", Style::DEEP, &filter)"]);
}

#[test]
fn problem_is_shown_with_file_line_and_column() {
    files(&[("api.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: strin, minimum: [1]}\n")])
        .says(Code::WrongType, "api.yaml:6:")
        .has("a", &["pub type A"]);
}

#[test]
fn unusual_schemas_do_not_stop_the_rest() {
    schemas(
        "3.1.0",
        "Default: {type: string, default: {a: 1}}
Empty: {}
NoItems: {type: array}
EnumObjects: {enum: [{a: 1}, [2]]}
EnumEmpty: {type: string, enum: []}
AllOfEmpty: {allOf: []}
OneOfEmpty: {oneOf: []}
Everything: {type: [string, number, integer, boolean, object, array, 'null']}
NotTyped: {not: {}}
Huge: {type: integer, maximum: 1e400, multipleOf: 0.1}
Loop: {allOf: [{$ref: '#/components/schemas/Loop'}, {type: object, properties: {a: {type: string}}}]}
Self: {oneOf: [{$ref: '#/components/schemas/Self'}, {type: string}]}
A: {type: object, properties: {fine: {type: string}}}",
    )
    .has("a", &["pub fine: Option<String>,"])
    .has("enum_empty", &["pub type EnumEmpty = String;"]);
}

#[test]
fn placeholder_without_a_parameter_is_a_required_string() {
    api("3.0.3", "paths: {'/a/{id}': {get: {operationId: look, tags: [t], responses: {'204': {description: ok}}}}}")
        .says(Code::UndeclaredPathParameter, "id")
        .contains("src/api/t.rs", &["pub fn look(self, id: &str)"]);
}

#[test]
fn reusable_response_is_called_what_it_is_where_its_name_is_a_status_or_taken() {
    let refused =
        "{description: no, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}";
    api(
        "3.0.3",
        &format!(
            "paths: {{/a: {{get: {{operationId: look, tags: [t], responses: {{'200': {{$ref: '#/components/responses/Pet'}}, '403': {{$ref: '#/components/responses/403'}}}}}}, \
             put: {{operationId: put, tags: [u], responses: {{'200': {{$ref: '#/components/responses/Pet'}}, '403': {{$ref: '#/components/responses/403'}}}}}}}}}}
components:
  responses:
    '403': {refused}
    Pet: {{description: ok, content: {{application/json: {{schema: {{type: object, required: [pet], properties: {{pet: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}
  schemas:
    Pet: {{type: object, properties: {{name: {{type: string}}}}}}"
        ),
    )
    .is_clean()
    .has("status403", &["pub struct Status403 {"])
    .has("pet_response", &["pub struct PetResponse {", "pub pet: Pet,"]);
}

#[test]
fn setter_of_a_map_converts_only_what_can_be_given_in_several_ways() {
    let map = |value: &str| {
        api(
            "3.0.3",
            &format!(
                "paths: {{/a: {{put: {{operationId: put, tags: [t], requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'204': {{description: ok}}}}}}}}}}
components: {{schemas: {{A: {{type: object, properties: {{a: {{type: string}}}}, additionalProperties: {value}}}}}}}"
            ),
        )
    };
    map("{type: integer}").has("a", &["value: i64) -> Self", "self.extra.insert(name.into(), value);"]);
    map("{type: string}")
        .has("a", &["value: impl Into<String>) -> Self", "self.extra.insert(name.into(), value.into());"]);
}
