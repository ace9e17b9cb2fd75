//! The obstacle course of names, and properties that hold for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::emit::sample::{content, def, field, group, json, operation, parameter, response, schema};
use crate::ir::{
    Api, Body, FieldForm, Form, GroupId, Location, OperationId, Shape, Status, StringValue, Struct, Type, TypeId,
    TypeName, Usage,
};

use super::*;

fn api(types: Vec<crate::ir::TypeDef>) -> Api {
    Api { types, ..Api::default() }
}

fn assigned(api: &Api) -> Names {
    assign(api, &NamesConfig { crate_name: "my-client".to_owned(), ..NamesConfig::default() })
}

/// The identifiers of schemas with these names.
fn types(wires: &[&str]) -> Vec<String> {
    let defs = wires.iter().map(|wire| schema(wire, Shape::Alias(Type::String), Usage::default(), &[])).collect();
    let names = assigned(&api(defs));
    (0..wires.len()).map(|index| names.ty(TypeId(index)).ident.to_string()).collect()
}

fn files(wires: &[&str]) -> Vec<String> {
    let defs = wires.iter().map(|wire| schema(wire, Shape::Alias(Type::String), Usage::default(), &[])).collect();
    let names = assigned(&api(defs));
    let file = |index| match &names.ty(TypeId(index)).home {
        Home::Types(file) => file.to_string(),
        Home::Group(_) => String::new(),
    };
    (0..wires.len()).map(file).collect()
}

fn fields(wires: &[&str]) -> Vec<String> {
    let fields = wires.iter().map(|wire| field(wire, Type::String, FieldForm::Option)).collect();
    let names =
        assigned(&api(vec![schema("X", Shape::Struct(Struct { fields, ..Struct::default() }), Usage::default(), &[])]));
    names.ty(TypeId(0)).members.fields.iter().map(ToString::to_string).collect()
}

fn variants(wires: &[&str]) -> Vec<String> {
    let values = wires.iter().map(|wire| StringValue {
        wire: (*wire).to_owned(),
        rust_name: None,
        docs: crate::ir::Docs::default(),
    });
    let names = assigned(&api(vec![schema("X", Shape::StringEnum(values.collect()), Usage::default(), &[])]));
    names.ty(TypeId(0)).members.variants.iter().map(ToString::to_string).collect()
}

/// The methods of operations with these ids in one group.
fn methods(tag: &str, ids: &[&str]) -> Vec<String> {
    let operations = ids.iter().map(|id| operation(id, 0, "GET", "/x")).collect();
    let names = assigned(&Api { groups: vec![group(tag)], operations, ..Api::default() });
    (0..ids.len()).map(|index| names.operation(OperationId(index)).method.to_string()).collect()
}

#[test]
fn schema_names_become_pascal_case() {
    assert_eq!(
        types(&["lead_status", "HTTPServer", "common.dotted-name", "Page<Pet>", "größe", "日本", "OAuth2Token"]),
        ["LeadStatus", "HttpServer", "CommonDottedName", "PagePet", "Größe", "日本", "Oauth2Token"]
    );
}

#[test]
fn names_of_the_prelude_and_the_runtime_are_left_alone() {
    assert_eq!(
        types(&["Option", "string", "Error", "request", "self"]),
        ["OptionModel", "StringModel", "ErrorModel", "RequestModel", "SelfModel"]
    );
}

#[test]
fn an_exact_spelling_keeps_its_name_wherever_it_stands() {
    assert_eq!(types(&["pet", "PET", "Pet"]), ["Pet3", "Pet2", "Pet"]);
}

#[test]
fn a_numbered_name_does_not_push_a_natural_one_aside() {
    assert_eq!(types(&["a_b", "aB", "a_b2"]), ["AB3", "AB", "AB2"]);
}

#[test]
fn a_named_schema_wins_over_an_inline_one() {
    let child = def(
        TypeName::Child { parent: TypeId(1), part: "status".to_owned() },
        Shape::Alias(Type::String),
        Usage::default(),
        &[],
    );
    let parent = schema("Lead", Shape::Alias(Type::String), Usage::default(), &[]);
    let named = schema("LeadStatus", Shape::Alias(Type::String), Usage::default(), &[]);
    let names = assigned(&api(vec![child, parent, named]));
    let idents: Vec<&str> = (0..3).map(|index| names.ty(TypeId(index)).ident.as_str()).collect();
    assert_eq!(idents, ["LeadStatus2", "Lead", "LeadStatus"]);
}

#[test]
fn fields_are_snake_case_and_unique() {
    assert_eq!(
        fields(&["a-b", "a_b", "aB", "type", "self", "new", "2fa", "+1", "-1", "$ref", "_id", "id", "created>"]),
        [
            "a_b_2",
            "a_b",
            "a_b_3",
            "type_",
            "self_",
            "new_2",
            "_2fa",
            "plus_1",
            "minus_1",
            "ref_",
            "id_2",
            "id",
            "created_greater"
        ]
    );
}

#[test]
fn letters_that_only_look_latin_are_spelled_by_code_point() {
    assert_eq!(fields(&["СО", "α", "co", "имя", "größe", "ß"]), ["u421_u41e", "u3b1", "co", "имя", "größe", "ß"]);
}

#[test]
fn variants_spell_what_is_no_letter() {
    assert_eq!(
        variants(&["+1", "-1", ">=", "", "👍", "unknown", "Self", "A+", "A-", "A", "1st", "🙈", "-created", " "]),
        [
            "Plus1",
            "Minus1",
            "GreaterOrEqual",
            "Empty",
            "ThumbsUp",
            "Unknown_",
            "Self_",
            "APlus",
            "AMinus",
            "A",
            "N1st",
            "U1f648",
            "MinusCreated",
            "Space"
        ]
    );
}

#[test]
fn files_are_unique_without_regard_to_case_and_ascii() {
    assert_eq!(files(&["Mod", "Aux", "日", "FOO", "foo"]), ["mod_2", "aux_", "u65e5", "foo", "foo2"]);
}

#[test]
fn a_method_does_not_repeat_its_group() {
    assert_eq!(methods("opportunities", &["opportunities_create", "opportunities_list"]), ["create", "list"]);
    assert_eq!(methods("activities.calls", &["activities.calls_list"]), ["list"]);
    assert_eq!(methods("pets", &["listPets", "getPetById", "createPet"]), ["list", "get_pet_by_id", "create"]);
}

#[test]
fn an_operation_that_is_called_like_its_group_gets_no_number() {
    let api = Api {
        groups: vec![group("Account")],
        operations: vec![operation("account", 0, "GET", "/x")],
        ..Api::default()
    };
    assert_eq!(assigned(&api).operation(OperationId(0)).marker.as_str(), "AccountOperation");
}

#[test]
fn plurals_of_acronyms_and_apostrophes_split_no_word() {
    assert_eq!(
        fields(&["KPIs", "userIDs", "listVMsByTag", "user's group", "don’t ask", "HTTPStatus", "a – b"]),
        ["kpis", "user_ids", "list_vms_by_tag", "users_group", "dont_ask", "http_status", "a_b"]
    );
}

#[test]
fn of_two_claims_to_a_short_name_the_better_one_wins_and_the_other_stays_whole() {
    assert_eq!(methods("pets", &["getPet", "getPets"]), ["get_pet", "get"]);
}

#[test]
fn a_method_named_new_or_like_a_keyword_gets_an_underscore() {
    assert_eq!(
        methods("cars", &["cars_move", "cars_new"]),
        ["move_", "new"].map(|name| if name == "new" { "cars_new" } else { name })
    );
}

#[test]
fn an_operation_without_id_is_named_by_resource_and_verb() {
    let mut nameless = operation("", 0, "GET", "/pets/{id}/photo");
    nameless.wire = None;
    let names = assigned(&Api { groups: vec![group("")], operations: vec![nameless], ..Api::default() });
    assert_eq!(names.operation(OperationId(0)).method.as_str(), "get_photo");
    assert_eq!(names.group(GroupId(0)).accessor.as_str(), "general");
}

#[test]
fn a_setter_never_hides_a_method_of_the_request() {
    let mut list = operation("list", 0, "GET", "/x");
    list.parameters = vec![
        parameter("timeout", Location::Query, false, Type::String),
        parameter("items", Location::Path, true, Type::String),
        parameter("id", Location::Path, true, Type::String),
        parameter("id", Location::Query, false, Type::String),
        parameter("body", Location::Query, false, Type::String),
    ];
    list.body = Some(Body {
        required: true,
        contents: vec![json(Type::String), content("text/csv", Form::Text)],
        docs: crate::ir::Docs::default(),
    });
    let names = assigned(&Api { groups: vec![group("x")], operations: vec![list], ..Api::default() });
    let operation = names.operation(OperationId(0));
    let parameters: Vec<&str> = operation.parameters.iter().map(Ident::as_str).collect();
    assert_eq!(parameters, ["timeout_param", "items", "id", "id_query", "body"]);
    assert_eq!(operation.bodies[0].as_str(), "request_body");
    assert_eq!(operation.content_methods.iter().map(Ident::as_str).collect::<Vec<_>>(), ["list", "list_csv"]);
}

#[test]
fn successes_are_told_apart_by_status_and_media_type() {
    let mut get = operation("get", 0, "GET", "/x");
    get.success = vec![
        response(Status::Code(200), vec![json(Type::String), content("text/csv", Form::Text)]),
        response(Status::Code(204), vec![]),
        response(Status::Range(2), vec![json(Type::Any)]),
    ];
    let names = assigned(&Api { groups: vec![group("x")], operations: vec![get], ..Api::default() });
    let names: Vec<&str> = names.operation(OperationId(0)).successes.iter().flatten().map(Ident::as_str).collect();
    assert_eq!(names, ["OkJson", "OkCsv", "NoContent", "Success"]);
}

#[test]
fn groups_keep_clear_of_features_and_methods() {
    let groups = vec![group("mock"), group("builder"), group("Client"), group("a b"), group("a-b")];
    let operations = (0..5).map(|index| operation("x", index, "GET", "/x")).collect();
    let names = assigned(&Api { groups, operations, ..Api::default() });
    let of = |index| names.group(GroupId(index));
    assert_eq!(of(0).feature, "mock-api");
    assert_eq!(of(1).accessor.as_str(), "builder_api");
    assert_eq!(of(2).handle.as_str(), "ClientApi");
    assert_eq!((of(3).feature.as_str(), of(4).feature.as_str()), ("a_b", "a_b_2"));
}

#[test]
fn a_type_of_an_operation_lives_with_its_group_unless_others_reach_it() {
    let request = |groups: &[usize]| {
        def(
            TypeName::OfOperation { operation: OperationId(0), part: "request".to_owned() },
            Shape::Alias(Type::String),
            Usage::default(),
            groups,
        )
    };
    let api = |groups: &[usize]| Api {
        groups: vec![group("pets"), group("cars")],
        operations: vec![operation("pets_create", 0, "POST", "/pets")],
        types: vec![request(groups)],
        ..Api::default()
    };
    let (alone, shared) = (assigned(&api(&[0])), assigned(&api(&[0, 1])));
    assert_eq!(
        (alone.ty(TypeId(0)).ident.as_str(), &alone.ty(TypeId(0)).home),
        ("CreateRequest", &Home::Group(GroupId(0)))
    );
    assert_eq!(shared.ty(TypeId(0)).ident.as_str(), "PetsCreateRequest");
    assert!(matches!(shared.ty(TypeId(0)).home, Home::Types(_)));
}

#[test]
fn a_very_long_name_is_cut_and_stays_unique() {
    let (left, right) = (format!("{}a", "long_".repeat(60)), format!("{}b", "long_".repeat(60)));
    let names = types(&[&left, &right]);
    assert_ne!(names[0], names[1]);
    assert!(names.iter().all(|name| name.len() <= 80), "{names:?}");
    assert_eq!(names, types(&[&left, &right]));
}

fn is_ident(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

proptest! {
    #[test]
    fn any_names_give_valid_and_unique_identifiers(wires in prop::collection::btree_set(".{0,12}|[a-c_ -]{0,4}|(?i)self|type|[+<>=-]{1,3}", 1..12)) {
        let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
        for names in [types(&wires), fields(&wires), variants(&wires), methods("tag", &wires)] {
            prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), wires.len());
            for name in &names {
                prop_assert!(is_ident(name), "{}", name);
            }
        }
        let files = files(&wires);
        let folded: BTreeSet<String> = files.iter().map(|file| file.to_lowercase()).collect();
        prop_assert_eq!(folded.len(), wires.len());
        prop_assert!(files.iter().all(|file| file.is_ascii() && file.len() <= 100));
    }
}
