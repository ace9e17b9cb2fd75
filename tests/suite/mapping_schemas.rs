//! What each thing that a schema can say becomes: one test for each row of `tests/mapping.toml`, section `schemas`.

use oasmith::diagnostic::Code;

use crate::small::{Small, api, document, files, schemas};

/// A schema `A` with these properties, all optional.
fn object(properties: &str) -> Small {
    schemas("3.1.0", &format!("A: {{type: object, properties: {{{properties}}}}}"))
}

#[test]
fn every_type_has_a_rust_type() {
    object(
        "b: {type: boolean}, i: {type: integer}, n: {type: number}, s: {type: string}, l: {type: array, items: {type: string}}, \
         o: {type: object}, z: {type: 'null'}, any: {}",
    )
    .is_clean()
    .has(
        "a",
        &[
            "pub b: Option<bool>,",
            "pub i: Option<i64>,",
            "pub n: Option<f64>,",
            "pub s: Option<String>,",
            "pub l: Option<Vec<String>>,",
            "pub o: Option<BTreeMap<String, Value>>,",
            "pub z: Option<()>,",
            "pub any: Option<Value>,",
        ],
    );
}

#[test]
fn formats_of_strings_have_types_and_others_are_told() {
    object(
        "dt: {type: string, format: date-time}, d: {type: string, format: date}, u: {type: string, format: uuid}, \
         by: {type: string, format: byte}, f: {type: string, format: binary}, p: {type: string, format: password}, \
         e: {type: string, format: email}",
    )
    .is_clean()
    .has(
        "a",
        &[
            "pub dt: Option<DateTime>,",
            "pub d: Option<Date>,",
            "pub u: Option<uuid::Uuid>,",
            "pub by: Option<Base64>,",
            "pub f: Option<File>,",
            "pub p: Option<Secret>,",
            "/// * Format: `email`.",
            "pub e: Option<String>,",
        ],
    );
}

#[test]
fn formats_of_integers_decide_their_width_and_bounds_widen_it() {
    object(
        "a: {type: integer, format: int32}, b: {type: integer, format: uint32}, c: {type: integer, format: uint64}, \
         d: {type: integer, format: int64}, e: {type: integer, format: int32, maximum: 3000000000}",
    )
    .has(
        "a",
        &[
            "pub a: Option<i32>,",
            "pub b: Option<u32>,",
            "pub c: Option<u64>,",
            "pub d: Option<i64>,",
            "pub e: Option<i64>,",
        ],
    );
}

#[test]
fn numbers_with_the_format_of_an_integer_are_integers_unless_a_fraction_is_shown() {
    schemas(
        "3.1.0",
        "A:
  type: object
  properties:
    long: {type: number, format: int64, example: 9007199254740993, default: 1.0, minimum: 0}
    short: {type: [number, 'null'], format: int32}
    natural: {type: number, format: uint64}
    list: {type: array, items: {type: number, format: int64}}
    either: {type: [number, string], format: int64}
    shown: {type: number, format: int64, example: 0.5}
    meant: {type: number, format: int32, default: 1.5}
    steps: {type: number, format: int64, multipleOf: 0.01}
    both: {type: [number, integer], format: int64}
    double: {type: number, format: double}",
    )
    .has(
        "a",
        &[
            "pub long: Option<i64>,",
            "pub short: Option<i32>,",
            "pub natural: Option<u64>,",
            "pub list: Option<Vec<i64>>,",
            "Number(i64),",
            "pub shown: Option<f64>,",
            "pub meant: Option<f64>,",
            "pub steps: Option<f64>,",
            "pub both: Option<f64>,",
            "pub double: Option<f64>,",
        ],
    );
}

#[test]
fn formats_are_types_of_other_crates_where_the_configuration_says_so() {
    let properties = "at: {type: string, format: date-time}, on: {type: string, format: date}, clock: {type: string, format: time}, \
                      lasts: {type: string, format: duration}, page: {type: string, format: uri}";
    let made = |config: &str| {
        let rest =
            format!("paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{{properties}}}}}}}}}");
        files(&[("api.yaml", &document("3.1.0", &rest)), ("oasmith.toml", config)])
    };
    made("").is_clean().has("a", &["clock: Option<String>,", "lasts: Option<String>,", "page: Option<String>,"]);
    made("[formats]\ndate-time = \"jiff\"\ndate = \"chrono\"\ntime = \"time\"\nduration = \"jiff\"\nuri = \"url\"\n")
        .is_clean()
        .has("a", &["at: Option<jiff::Timestamp>,", "on: Option<chrono::NaiveDate>,", "clock: Option<time::Time>,"])
        .has("a", &["lasts: Option<jiff::SpanFieldwise>,", "page: Option<url::Url>,"])
        .contains("Cargo.toml", &["\nchrono = {", "\ntime = {", "\nurl = "]);
}

#[test]
fn formats_of_parameters_decide_their_types() {
    api(
        "3.0.3",
        "paths: {/a: {get: {operationId: a, tags: [t], parameters: [{name: when, in: query, schema: {type: string, format: date-time}}, \
         {name: big, in: query, schema: {type: integer, format: uint64}}, {name: id, in: query, schema: {type: string, format: uuid}}], \
         responses: {'204': {description: ok}}}}}",
    )
    .is_clean()
    .contains("src/api/t.rs", &["when(DateTime)", "big(u64)", "id(uuid::Uuid)"]);
}

#[test]
fn enums_of_strings_and_integers_are_open() {
    schemas("3.0.3", "S: {type: string, enum: [a, b]}\nI: {type: integer, enum: [1, -1]}")
        .is_clean()
        .has("s", &["A = \"a\",", "B = \"b\","])
        .has("i", &["N1 = 1,", "Minus1 = -1,"])
        .contains(
            "api.surface",
            &["types::S::Unknown: variant(UnknownValue)", "types::I::Unknown: variant(UnknownInteger)"],
        );
}

#[test]
fn null_in_an_enum_makes_its_use_nullable() {
    schemas("3.0.3", "E: {type: string, nullable: true, enum: [a, null]}\nA: {type: object, required: [e], properties: {e: {$ref: '#/components/schemas/E'}}}")
        .has("e", &["A = \"a\","])
        .lacks("e", &["null"])
        .has("a", &["pub e: Option<E>,", "\"e\" => e nullable,"]);
}

#[test]
fn mixed_enums_are_unions_of_their_json_types() {
    schemas("3.1.0", "M: {enum: [a, 1, true]}")
        .is_clean()
        .has("m", &["Boolean(bool),", "Integer(i64),", "Text(MText),", "A = \"a\",", "Unknown(RawJson),"]);
}

#[test]
fn enum_values_that_are_no_identifiers_or_collide_get_names() {
    schemas("3.0.3", "E: {type: string, enum: ['+1', '-1', '>=', '', '🎉', a, A, 1st]}").is_clean().has(
        "e",
        &[
            "Plus1 = \"+1\",",
            "Minus1 = \"-1\",",
            "GreaterOrEqual = \">=\",",
            "Empty = \"\",",
            "Hooray = \"🎉\",",
            "A2 = \"a\",",
            "A = \"A\",",
            "N1st = \"1st\",",
        ],
    );
}

#[test]
fn const_of_a_required_property_is_written_and_not_asked_for() {
    schemas("3.1.0", "A: {type: object, required: [kind], properties: {kind: {const: all}, x: {type: string}}}")
        .is_clean()
        .has("a", &["pub x: Option<String>,"])
        .has("a", &["\"kind\""])
        .lacks("a", &["pub kind"]);
}

#[test]
fn required_optional_and_nullable_are_four_states() {
    schemas(
        "3.1.0",
        "A: {type: object, required: [r, rn], properties: {r: {type: string}, rn: {type: [string, 'null']}, o: {type: string}, on: {type: [string, 'null']}}}",
    )
    .is_clean()
    .has("a", &["pub r: String,", "pub rn: Option<String>,", "\"rn\" => rn nullable,", "pub o: Option<String>,", "\"on\" => on"]);
}

#[test]
fn optional_nullable_property_of_a_request_has_three_states() {
    api(
        "3.1.0",
        "paths: {/a: {patch: {operationId: a, tags: [t], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, \
         responses: {'204': {description: ok}}}}}
components: {schemas: {A: {type: object, properties: {on: {type: [string, 'null']}, o: {type: string}}}}}",
    )
    .has("a", &["pub on: Field<String>,", "pub o: Option<String>,"]);
}

#[test]
fn default_is_told() {
    object("a: {type: integer, default: 5}").has("a", &["/// * The server assumes `5` when it is not given."]);
}

#[test]
fn additional_properties_are_kept_where_they_are_said() {
    schemas(
        "3.0.3",
        "Absent: {type: object, properties: {a: {type: string}}}
Allowed: {type: object, properties: {a: {type: string}}, additionalProperties: true}
Forbidden: {type: object, properties: {a: {type: string}}, additionalProperties: false}
Typed: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}",
    )
    .is_clean()
    .lacks("absent", &["extra"])
    .has("allowed", &["pub extra: BTreeMap<String, Value>,"])
    .lacks("forbidden", &["extra", "deny"])
    .has("typed", &["pub extra: BTreeMap<String, i64>,"]);
}

#[test]
fn pattern_with_a_literal_prefix_is_a_prefixed_field_and_any_other_is_the_rest() {
    schemas(
        "3.1.0",
        r"P: {type: object, properties: {a: {type: string}}, patternProperties: {'^custom\.': {type: string}}}
G: {type: object, properties: {a: {type: string}}, patternProperties: {'^[a-z]+$': {type: integer}}}",
    )
    .is_clean()
    .has("p", &["pub custom: PrefixedFields<String>,", "\"custom.\" .. => custom,"])
    .has("g", &["pub extra: BTreeMap<String, i64>,", ".. => extra,"]);
}

#[test]
fn several_patterns_without_a_prefix_are_any_json_and_reported() {
    schemas("3.1.0", "A: {type: object, properties: {a: {type: string}}, patternProperties: {'[a-z]': {type: integer}, '[0-9]': {type: string}}}")
        .says(Code::UntypedSchema, "the values of several patterns of property names have no one type")
        .has("a", &["pub extra: BTreeMap<String, Value>,"]);
}

#[test]
fn property_names_are_told() {
    schemas("3.1.0", "A: {type: object, properties: {a: {type: string}}, propertyNames: {pattern: '^[a-z]+$'}}")
        .is_clean()
        .has("a", &["Property names: Matches the regular expression `^[a-z]+$`."]);
}

#[test]
fn number_of_properties_is_told() {
    schemas("3.0.3", "A: {type: object, minProperties: 1, maxProperties: 3, properties: {a: {type: string}}}")
        .is_clean()
        .has("a", &["Least number of properties: `1`.", "Greatest number of properties: `3`."]);
}

#[test]
fn dependent_required_is_told() {
    schemas("3.1.0", "A: {type: object, properties: {a: {type: string}}, dependentRequired: {a: [b, c], d: []}}")
        .is_clean()
        .has("a", &["With `a` also `b`, `c`."])
        .lacks("a", &["With `d`"]);
}

#[test]
fn arrays_are_lists_of_their_items() {
    object("a: {type: array, items: {type: array, items: {type: integer}}}, b: {type: array}")
        .is_clean()
        .has("a", &["pub a: Option<Vec<Vec<i64>>>,", "pub b: Option<Vec<Value>>,"]);
}

#[test]
fn unique_items_are_told() {
    object("a: {type: array, items: {type: string}, uniqueItems: true}")
        .has("a", &["Items are unique: `true`.", "Vec<String>"]);
}

#[test]
fn array_of_fixed_length_is_a_tuple() {
    object("a: {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2, maxItems: 2}")
        .is_clean()
        .has("a", &["pub a: Option<(String, i64)>,"]);
}

#[test]
fn array_with_a_prefix_that_may_be_shorter_is_any_json_and_reported() {
    object("a: {type: array, prefixItems: [{type: string}, {type: integer}]}")
        .says(Code::UntypedSchema, "may be shorter or longer than `prefixItems`")
        .has("a", &["pub a: Option<Vec<Value>>,"]);
}

#[test]
fn maps_of_maps_are_maps_of_maps() {
    object("a: {type: object, additionalProperties: {type: object, additionalProperties: {type: integer}}}")
        .is_clean()
        .has("a", &["Option<BTreeMap<String, BTreeMap<String, i64>>>"]);
}

const BASE: &str = "Base: {type: object, required: [id], properties: {id: {type: string}}}\n";

#[test]
fn all_of_references_inline_parts_nests_and_siblings_become_one_struct() {
    schemas(
        "3.0.3",
        &format!(
            "{BASE}A: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{type: object, properties: {{x: {{type: integer}}}}, \
             allOf: [{{type: object, properties: {{deep: {{type: string}}}}}}]}}], properties: {{own: {{type: string}}}}, required: [x]}}"
        ),
    )
    .is_clean()
    .has("a", &["pub own: Option<String>,", "pub id: String,", "pub x: i64,", "pub deep: Option<String>,"]);
}

#[test]
fn part_of_all_of_that_only_requires_makes_properties_required() {
    for part in ["{required: [id]}", "{type: object, required: [id]}", "{description: d, required: [id]}"] {
        let base = "Base: {type: object, properties: {id: {type: string}, note: {type: string}}}";
        schemas("3.0.3", &format!("{base}\nA: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {part}]}}"))
            .is_clean()
            .has("a", &["pub id: String,", "pub note: Option<String>,"])
            .has("base", &["pub id: Option<String>,"]);
    }
}

#[test]
fn contradictory_all_of_is_reported() {
    schemas("3.0.3", "A: {allOf: [{type: string}, {type: integer}]}")
        .says(Code::ContradictoryAllOf, "the parts of `allOf` name types that exclude each other");
}

#[test]
fn schemas_that_extend_one_with_a_discriminator_are_its_variants() {
    schemas(
        "3.0.3",
        "Pet: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {meow: {type: boolean}}}]}",
    )
    .is_clean()
    .has("pet", &["Pet by \"kind\" {", "\"Dog\" => Dog", "\"Cat\" => Cat"])
    .has("dog", &["pub bark: Option<bool>,"]);
}

const PAIR: &str =
    "X: {type: object, properties: {x: {type: string}}}\nY: {type: object, properties: {y: {type: string}}}\n";

fn pick(pick: &str) -> Small {
    schemas("3.1.0", &format!("{PAIR}Pick: {pick}"))
}

#[test]
fn discriminator_without_a_mapping_means_the_names_and_the_tag_is_added_where_a_member_lacks_it() {
    pick("{oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}], discriminator: {propertyName: k}}")
        .is_clean()
        .has("pick", &["Pick by \"k\" {", "\"X\" => X(X) + tag,", "\"Y\" => Y(Y) + tag,", "Unknown(RawJson),"]);
}

#[test]
fn mapping_of_several_tags_to_one_member_keeps_them_apart() {
    pick(
        "{oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}], discriminator: {propertyName: k, \
         mapping: {one: '#/components/schemas/X', uno: '#/components/schemas/X', two: Y}}}",
    )
    .is_clean()
    .has("pick", &["\"one\" => One + tag,", "\"uno\" => Uno + tag,", "\"two\" => Y(Y) + tag,"]);
}

#[test]
fn tag_that_is_also_a_property_stays_a_property() {
    schemas(
        "3.0.3",
        "X: {type: object, required: [k], properties: {k: {type: string}, x: {type: string}}}
Y: {type: object, required: [k], properties: {k: {type: string}}}
Pick: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}], discriminator: {propertyName: k}}",
    )
    .is_clean()
    .has("pick", &["\"X\" => X(X),", "\"Y\" => Y(Y),"])
    .has("x", &["pub k: String,"]);
}

#[test]
fn null_among_alternatives_makes_the_use_optional() {
    schemas(
        "3.1.0",
        &format!("{PAIR}A: {{type: object, required: [p], properties: {{p: {{anyOf: [{{$ref: '#/components/schemas/X'}}, {{type: 'null'}}]}}}}}}"),
    )
    .is_clean()
    .has("a", &["pub p: Option<X>,", "\"p\" => p nullable,"]);
}

#[test]
fn single_alternative_is_that_schema() {
    schemas(
        "3.1.0",
        &format!("{PAIR}A: {{type: object, properties: {{p: {{oneOf: [{{$ref: '#/components/schemas/X'}}]}}}}}}"),
    )
    .is_clean()
    .has("a", &["pub p: Option<X>,"]);
}

#[test]
fn primitives_and_arrays_are_told_apart_by_their_json_types() {
    pick("{oneOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}]}").is_clean().has(
        "pick",
        &["Integer(i64): integer,", "String(String): string,", "Array(Vec<String>): array,", "Unknown(RawJson),"],
    );
}

#[test]
fn unions_nest() {
    schemas("3.1.0", "In: {oneOf: [{type: string}, {type: integer}]}\nOut: {oneOf: [{$ref: '#/components/schemas/In'}, {type: boolean}]}")
        .is_clean()
        .has("out", &["Boolean(bool),", "In(In),"])
        .has("in_", &["Integer(i64),", "String(String),"]);
}

#[test]
fn members_that_overlap_are_reported() {
    schemas(
        "3.1.0",
        &format!("{PAIR}Z: {{type: object, properties: {{x: {{type: integer}}}}}}\nPick: {{anyOf: [{{$ref: '#/components/schemas/X'}}, {{$ref: '#/components/schemas/Z'}}]}}"),
    )
    .says(Code::AmbiguousUnion, "nothing tells")
    .has("pick", &["X(X),", "Z(Z),"]);
}

#[test]
fn not_alone_is_any_json_and_reported() {
    object("a: {not: {type: string}}")
        .says(Code::UntypedSchema, "`not` alone makes no type")
        .has("a", &["pub a: Option<Value>,"]);
}

#[test]
fn conditions_are_reported() {
    let made = schemas(
        "3.1.0",
        "A: {type: object, properties: {a: {type: string}}, if: {}, then: {}, else: {}, dependentSchemas: {}, unevaluatedItems: false}",
    );
    made.says(Code::UnsupportedKeyword, "`if` has no effect on the client");
    for keyword in ["then", "else", "dependentSchemas"] {
        made.says(Code::UnsupportedKeyword, &format!("also `{keyword}` at"));
    }
    made.says(Code::UnsupportedKeyword, "and 1 more like it");
}

#[test]
fn condition_without_a_type_is_any_json_and_says_why() {
    object("a: {if: {required: [x]}, then: {required: [y]}}")
        .says(Code::UntypedSchema, "conditions alone make no type; the value is any JSON");
}

#[test]
fn unevaluated_properties_are_additional_properties() {
    schemas("3.1.0", "A: {type: object, properties: {a: {type: string}}, unevaluatedProperties: {type: integer}}")
        .is_clean()
        .has("a", &["pub extra: BTreeMap<String, i64>,"]);
}

#[test]
fn recursion_is_boxed_only_where_nothing_else_breaks_it() {
    schemas(
        "3.0.3",
        "Tree: {type: object, properties: {me: {$ref: '#/components/schemas/Tree'}, list: {type: array, items: {$ref: '#/components/schemas/Tree'}}, \
         map: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}, other: {$ref: '#/components/schemas/Other'}}}
Other: {type: object, properties: {back: {$ref: '#/components/schemas/Tree'}}}",
    )
    .is_clean()
    .has("tree", &["pub me: Option<Box<Tree>>,", "pub list: Option<Vec<Tree>>,", "pub map: Option<BTreeMap<String, Tree>>,"])
    .has("tree", &["pub other: Option<Box<Other>>,"])
    .has("other", &["pub back: Option<Tree>,"]);
}

#[test]
fn recursion_through_unions_and_all_of_is_boxed() {
    schemas(
        "3.0.3",
        "U: {oneOf: [{$ref: '#/components/schemas/N'}, {type: string}]}
N: {type: object, required: [u], properties: {u: {$ref: '#/components/schemas/U'}}}
E: {allOf: [{type: object, properties: {id: {type: string}}}, {type: object, properties: {again: {$ref: '#/components/schemas/E'}}}]}",
    )
    .is_clean()
    .has("n", &["pub u: U,"])
    .has("u", &["N(Box<N>),"])
    .has("e", &["pub again: Option<Box<E>>,"]);
}

/// An API that takes and returns the schema `A`.
fn both_ways(schemas: &str) -> Small {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}";
    let schemas: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    api(
        "3.0.3",
        &format!(
            "paths: {{/a: {{post: {{operationId: send, requestBody: {{required: true, {content}}}, responses: {{'200': {{description: ok, {content}}}}}}}}}}}\n\
             components:\n  schemas:\n{schemas}"
        ),
    )
}

const ACCOUNT: &str = "type: object, required: [id, name, password], properties: {id: {type: string, readOnly: true}, \
                       name: {type: string}, password: {type: string, writeOnly: true}}";

#[test]
fn property_required_one_way_only_makes_a_form_for_requests() {
    let made = both_ways(&format!("A: {{{ACCOUNT}}}"));
    let (received, sent) = made.ty("a").split_once("pub struct AInput {").unwrap();
    assert!(received.contains("pub id: String,") && !received.contains("password: String"), "{received}");
    assert!(sent.contains("pub password: String,") && !sent.contains("id: String"), "{sent}");
}

#[test]
fn property_called_input_is_not_the_form_for_requests() {
    let made = both_ways(&format!(
        "A: {{{}}}",
        ACCOUNT.replace("id:", "input: {type: object, properties: {a: {type: string}}}, id:")
    ));
    made.has("a", &["pub input: Option<AInput2>,", "pub struct AInput2 {"]);
    assert!(
        made.file("names.lock").contains("\"schema A >> input\" = { name = \"AInput\" }"),
        "{}",
        made.file("names.lock")
    );
}

#[test]
fn types_around_one_that_is_split_are_split_along() {
    both_ways(&format!("A: {{type: object, properties: {{all: {{type: array, items: {{$ref: '#/components/schemas/B'}}}}}}}}\nB: {{{ACCOUNT}}}"))
        .has("a", &["pub all: Option<Vec<B>>,", "pub struct AInput {", "pub all: Option<Vec<BInput>>,"])
        .has("b", &["pub struct BInput {"]);
}

#[test]
fn nothing_required_one_way_only_is_one_type() {
    both_ways(
        "A: {type: object, required: [name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}",
    )
    .has("a", &["pub id: Option<String>,"])
    .lacks("a", &["AInput"]);
}

#[test]
fn tag_of_a_union_stays_in_both_forms() {
    let member = |tag: &str| {
        format!(
            "{{type: object, required: [kind, {tag}], properties: {{kind: {{type: string, readOnly: true}}, {tag}: {{type: string, readOnly: true}}}}}}"
        )
    };
    both_ways(&format!(
        "A: {{oneOf: [{{$ref: '#/components/schemas/X'}}, {{$ref: '#/components/schemas/Y'}}], discriminator: {{propertyName: kind}}}}\nX: {}\nY: {}",
        member("x"),
        member("y")
    ))
    .has("a", &["A by \"kind\" {", "AInput by \"kind\" {", "X(XInput),"])
    .has("x", &["pub struct XInput {\n    pub kind: String,\n}"]);
}

#[test]
fn pages_of_a_list_that_is_split_still_have_their_items() {
    api(
        "3.0.3",
        "paths: {/a: {get: {operationId: list, tags: [t], parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}
components: {schemas: {A: {type: object, required: [secret, data, has_more], properties: {secret: {type: string, writeOnly: true}, data: {type: array, items: {type: integer}}, has_more: {type: boolean}}}}}",
    )
    .lacks("a", &["secret: String"])
    .contains("src/api/t.rs", &["Page::new(output.data).has_more(output.has_more)"]);
}

#[test]
fn guards_do_not_demand_what_the_other_way_alone_has() {
    let made = both_ways(
        "A: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}]}
X: {type: object, required: [id, secret, x], properties: {id: {type: string, readOnly: true}, secret: {type: string, writeOnly: true}, x: {type: string}}}
Y: {type: object, required: [y], properties: {y: {type: string}}}",
    );
    made.has(
        "a",
        &["union!(A {\n    X(X): object(\"id\", \"x\"),", "union!(AInput {\n    X(XInput): object(\"secret\", \"x\"),"],
    );
}

#[test]
fn members_whose_marks_travel_the_other_way_are_ordered_anew() {
    both_ways(
        "A: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}]}
X: {type: object, required: [one, two, name], properties: {one: {type: string, readOnly: true}, two: {type: string, readOnly: true}, name: {type: string}}}
Y: {type: object, required: [name, url], properties: {name: {type: string}, url: {type: string}}}",
    )
    .has("a", &["union!(AInput {\n    Y(Y): object(\"name\", \"url\"", "    X(XInput): object(\"name\"),"]);
}

#[test]
fn xml_is_told() {
    object("a: {type: string, xml: {name: alpha, attribute: true}}")
        .is_clean()
        .has("a", &["/// * In XML: `name` `alpha`, `attribute` `true`."]);
}

#[test]
fn prose_and_examples_are_documentation() {
    schemas(
        "3.1.0",
        "A: {type: object, title: The title, description: The text., externalDocs: {url: 'https://example.com/more'}, \
         properties: {a: {type: string, example: one}, b: {type: string, examples: [two, three]}}}",
    )
    .is_clean()
    .has(
        "a",
        &[
            "/// The title",
            "/// The text.",
            "/// See <https://example.com/more>.",
            "Example: `one`.",
            "Example: `two`.",
        ],
    );
}

#[test]
fn constraints_are_documentation() {
    object("s: {type: string, minLength: 1, maxLength: 3, pattern: '^a', contentMediaType: text/html}, n: {type: number, exclusiveMinimum: 0, maximum: 9, multipleOf: 3}")
        .is_clean()
        .has(
            "a",
            &[
                "Least number of characters: `1`.",
                "Greatest number of characters: `3`.",
                "Matches the regular expression `^a`.",
                "Media type of the content: `text/html`.",
                "More than `0`.",
                "At most `9`.",
                "A multiple of `3`.",
            ],
        );
}

#[test]
fn inline_types_are_named_by_where_they_stand() {
    object("inner: {type: object, properties: {x: {type: string}}}, list: {type: array, items: {type: object, properties: {y: {type: string}}}}")
        .is_clean()
        .has("a", &["pub inner: Option<AInner>,", "pub struct AInner {", "pub list: Option<Vec<AList>>,"]);
}

#[test]
fn keywords_prelude_clashes_case_clashes_and_unicode_have_names() {
    schemas(
        "3.0.3",
        "String: {type: object, properties: {type: {type: string}, self: {type: string}, fooBar: {type: string}, foo_bar: {type: string}, größe: {type: string}}}
Option: {type: object, properties: {a: {type: string}}}
petStore: {type: object, properties: {a: {type: string}}}
PetStore: {type: object, properties: {b: {type: string}}}",
    )
    .is_clean()
    .has("string_model", &["pub type_:", "pub self_:", "pub foo_bar_2:", "pub foo_bar:", "pub größe:"])
    .has("option_model", &["pub struct OptionModel {"])
    .has("pet_store", &["pub struct PetStore {"])
    .has("pet_store2", &["pub struct PetStore2 {"]);
}

#[test]
fn long_names_are_cut_and_stay_apart() {
    let name = "N".repeat(300);
    let made = schemas(
        "3.0.3",
        &format!(
            "{name}1: {{type: object, properties: {{a: {{type: string}}}}}}\n{name}2: {{type: object, properties: {{a: {{type: string}}}}}}"
        ),
    );
    let types = made.file("api.surface");
    let names: Vec<&str> =
        types.lines().filter(|line| line.contains(": struct") && line.starts_with("types::")).collect();
    assert_eq!(names.len(), 2, "{types}");
    assert!(names[0] != names[1] && names.iter().all(|name| name.len() < 250), "{names:?}");
}
