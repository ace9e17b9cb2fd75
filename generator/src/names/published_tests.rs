//! What was published keeps its name: single cases, and what the tests of properties share with them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::*;
use crate::config::Config;
use crate::diagnostic::Code;
use crate::ir::{self, OperationId};
use crate::normalize::testing::normalized;
use crate::{model, resolve};

/// An API with its names.
pub(super) struct Named {
    pub(super) api: Api,
    pub(super) names: Names,
    pub(super) lock: Lock,
    diagnostics: Diagnostics,
}

/// JSON text with the members of every object by name, or the other way round.
fn text(value: &Value, reversed: bool) -> String {
    let list = |mut items: Vec<String>| {
        if reversed {
            items.reverse();
        }
        items.join(",")
    };
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|item| text(item, reversed)).collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{}:{}", json!(key), text(value, reversed));
            format!("{{{}}}", list(members.iter().map(member).collect()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

pub(super) fn named(document: &Value, lock: &Lock) -> Named {
    read(&text(document, false), lock)
}

/// The names of a document that is written from its end to its beginning.
pub(super) fn backwards(document: &Value, lock: &Lock) -> Named {
    read(&text(document, true), lock)
}

fn read(text: &str, lock: &Lock) -> Named {
    let (normalized, mut ignored) = normalized(&[("api.json", text)]);
    let Ok(model) = model::read(normalized, &mut ignored) else { panic!("{ignored:?}") };
    let resolved = resolve::resolve(model, &mut ignored);
    let mut api = ir::build::build(&resolved, &Config::default(), &mut ignored);
    let places = places(&api, lock);
    ir::share::share(&mut api, &places);
    ir::facts::annotate(&mut api);
    let mut diagnostics = Diagnostics::new();
    let (names, lock) = keep(&api, &NamesConfig::default(), lock, &mut diagnostics);
    Named { api, names, lock, diagnostics }
}

pub(super) fn fresh(document: &Value) -> Named {
    named(document, &Lock::default())
}

impl Named {
    /// Every identifier that callers write, by namespace and key; that of a shared type once.
    pub(super) fn idents(&self) -> BTreeMap<(String, String), String> {
        self.idents_of(1)
    }

    /// The same with that of a shared type for each of its places.
    pub(super) fn idents_by_place(&self) -> BTreeMap<(String, String), String> {
        self.idents_of(usize::MAX)
    }

    fn idents_of(&self, places: usize) -> BTreeMap<(String, String), String> {
        let keys = Keys::new(&self.api);
        let mut idents = BTreeMap::new();
        for (index, group) in self.api.groups.iter().enumerate() {
            let names = self.names.group(GroupId(index));
            idents.insert(("modules".to_owned(), group.wire.clone()), names.module.to_string());
            idents.insert(("accessors".to_owned(), group.wire.clone()), names.accessor.to_string());
            let module = format!("types of {}", names.module);
            idents.insert((module, format!("{} handle", group.wire)), names.handle.to_string());
        }
        for (index, operation) in self.api.operations.iter().enumerate() {
            let (key, names) = (keys.operation(OperationId(index)), self.names.operation(OperationId(index)));
            let module = &self.names.group(operation.group).module;
            idents.insert((format!("methods of {module}"), key.to_owned()), names.method.to_string());
            idents.insert((format!("types of {module}"), key.to_owned()), names.marker.to_string());
            if !operation.errors.is_empty() {
                idents.insert((format!("types of {module}"), format!("{key} error")), names.error.to_string());
            }
            for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
                idents.insert((key.to_owned(), keys::parameter(key, parameter)), ident.to_string());
            }
        }
        for (index, def) in self.api.types.iter().enumerate() {
            let (key, names) = (keys.ty(TypeId(index)), self.names.ty(TypeId(index)));
            let home = match &names.home {
                Home::Types(_) => "types".to_owned(),
                Home::Group(group) => format!("types of {}", self.names.group(*group).module),
            };
            let others = def.places.iter().map(String::as_str).skip(1);
            for key in std::iter::once(key).chain(others).take(places) {
                idents.insert((home.clone(), key.to_owned()), names.ident.to_string());
                members::each(key, def, &names.members, &mut |member, _, ident| {
                    idents.insert((format!("inside {key}"), member), ident.to_string());
                });
            }
        }
        idents
    }

    pub(super) fn ty(&self, key: &str) -> &str {
        self.lock.types.get(key).map_or("", |published| published.name.as_str())
    }

    pub(super) fn notes(&self, code: Code) -> Vec<&str> {
        self.diagnostics.iter().filter(|found| found.code == code).map(|found| found.message.as_str()).collect()
    }
}

pub(super) fn schemas(schemas: Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": schemas}})
}

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn opportunity() -> Value {
    object(json!({"id": {"type": "string"}, "status": {"type": "string", "enum": ["open", "won"]}}))
}

#[test]
fn a_new_schema_does_not_take_the_name_of_a_published_inline_type() {
    let before = fresh(&schemas(json!({"Opportunity": opportunity()})));
    assert_eq!(before.ty("schema Opportunity > status"), "OpportunityStatus");
    let both = schemas(json!({"Opportunity": opportunity(), "OpportunityStatus": object(json!({"id": {}}))}));
    let after = named(&both, &before.lock);
    assert_eq!(after.ty("schema Opportunity > status"), "OpportunityStatus");
    assert_eq!(after.ty("schema OpportunityStatus"), "OpportunityStatus2");
    let note = "`OpportunityStatus` is the name of something else, so this is `OpportunityStatus2`";
    assert_eq!(after.notes(Code::NameTaken), [note]);
    let note = after.diagnostics.iter().next().unwrap();
    assert!(note.span.is_some() && note.related.len() == 1 && note.help[0].contains("rust-name"), "{note:?}");
    // Without anything published, the schema that the document names has the better claim.
    assert_eq!(fresh(&both).ty("schema OpportunityStatus"), "OpportunityStatus");
}

#[test]
fn a_renamed_schema_keeps_its_name_and_those_inside_it() {
    let before = fresh(&schemas(json!({"Opportunity": opportunity(), "Lead": object(json!({"aB": {}}))})));
    let after = named(&schemas(json!({"Deal": opportunity(), "Lead": object(json!({"aB": {}}))})), &before.lock);
    assert_eq!(after.ty("schema Deal"), "Opportunity");
    assert_eq!(after.ty("schema Deal > status"), "OpportunityStatus");
    assert!(!after.lock.types.contains_key("schema Opportunity"));
    let note = "the schema `Opportunity` is `Deal` now, and it is still `Opportunity` in Rust";
    assert_eq!(after.notes(Code::RenamedSchema), [note]);
    let again = named(&schemas(json!({"Deal": opportunity(), "Lead": object(json!({"aB": {}}))})), &after.lock);
    assert_eq!((again.ty("schema Deal"), again.diagnostics.is_empty()), ("Opportunity", true));
}

fn tree(name: &str) -> Value {
    let children = json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}});
    object(json!({"name": {"type": "string"}, "children": children}))
}

#[test]
fn a_renamed_schema_is_known_by_its_references_to_itself() {
    let before = fresh(&schemas(json!({"Node": tree("Node")})));
    assert_eq!(named(&schemas(json!({"Branch": tree("Branch")})), &before.lock).ty("schema Branch"), "Node");
}

#[test]
fn schemas_that_refer_to_each_other_are_renamed_together() {
    let pair = |left: &str, right: &str| {
        let link = |to: &str| json!({"$ref": format!("#/components/schemas/{to}")});
        let (a, b) = (object(json!({"a": link(right)})), object(json!({"b": link(left)})));
        schemas(Value::Object(Map::from_iter([(left.to_owned(), a), (right.to_owned(), b)])))
    };
    let after = named(&pair("Owner", "Thing"), &fresh(&pair("User", "Item")).lock);
    assert_eq!((after.ty("schema Owner"), after.ty("schema Thing")), ("User", "Item"));
}

#[test]
fn a_schema_that_refers_to_something_else_is_not_the_old_one() {
    let list = |of: &str| object(json!({"items": {"$ref": format!("#/components/schemas/{of}")}}));
    let (a, b) = (object(json!({"a": {}})), object(json!({"b": {}})));
    let before = fresh(&schemas(json!({"A": a, "B": b, "AList": list("A")})));
    let after = named(&schemas(json!({"A": a, "B": b, "BList": list("B")})), &before.lock);
    assert_eq!(after.ty("schema BList"), "BList");
}

#[test]
fn nothing_is_guessed_where_several_schemas_look_alike() {
    let before = fresh(&schemas(json!({"Old": opportunity()})));
    let two = named(&schemas(json!({"Next": opportunity(), "Later": opportunity()})), &before.lock);
    assert_eq!((two.ty("schema Next"), two.ty("schema Later")), ("Next", "Later"));
    let before = fresh(&schemas(json!({"Old": opportunity(), "Older": opportunity()})));
    assert_eq!(named(&schemas(json!({"Next": opportunity()})), &before.lock).ty("schema Next"), "Next");
    // Two strings look alike by chance.
    let before = fresh(&schemas(json!({"Color": {"type": "string"}})));
    assert_eq!(named(&schemas(json!({"Phone": {"type": "string"}})), &before.lock).ty("schema Phone"), "Phone");
}

fn chosen(name: &str) -> Value {
    let mut schema = opportunity();
    schema["x-rust-name"] = json!(name);
    schemas(json!({"Opportunity": schema}))
}

#[test]
fn a_chosen_name_wins_and_the_published_one_becomes_an_alias() {
    let before = fresh(&schemas(json!({"Opportunity": opportunity()})));
    let deal = named(&chosen("Deal"), &before.lock);
    assert_eq!(deal.ty("schema Opportunity"), "Deal");
    assert_eq!(deal.lock.aliases["schema Opportunity"], ["Opportunity"]);
    // What is inside does not follow: it was published as well.
    assert_eq!(deal.ty("schema Opportunity > status"), "OpportunityStatus");
    let again = named(&chosen("Deal"), &deal.lock);
    assert_eq!(again.lock, deal.lock);
    let other = named(&chosen("Bargain"), &deal.lock);
    assert_eq!(other.lock.aliases["schema Opportunity"], ["Opportunity", "Deal"]);
    // Nothing was published under another name, so there is nothing to keep.
    assert!(fresh(&chosen("Deal")).lock.aliases.is_empty());
}

#[test]
fn a_choice_that_comes_and_goes_leaves_nothing_behind() {
    let plain = schemas(json!({"Opportunity": opportunity()}));
    let before = fresh(&plain);
    assert_eq!(named(&plain, &named(&chosen("Deal"), &before.lock).lock).lock, before.lock);
}

#[test]
fn an_alias_whose_line_is_deleted_is_gone() {
    let mut lock = named(&chosen("Deal"), &fresh(&schemas(json!({"Opportunity": opportunity()}))).lock).lock;
    lock.aliases.clear();
    assert!(named(&chosen("Deal"), &lock).lock.aliases.is_empty());
}

#[test]
fn a_name_chosen_for_one_schema_is_taken_from_another() {
    let before = fresh(&schemas(json!({"Deal": object(json!({"a": {}})), "Opportunity": opportunity()})));
    let mut schema = opportunity();
    schema["x-rust-name"] = json!("Deal");
    let both = schemas(json!({"Deal": object(json!({"a": {}})), "Opportunity": schema}));
    let after = named(&both, &before.lock);
    assert_eq!((after.ty("schema Opportunity"), after.ty("schema Deal")), ("Deal", "Deal2"));
    assert_eq!(after.notes(Code::NameTaken).len(), 1);
}

#[test]
fn a_type_is_named_after_the_place_where_it_is_declared() {
    let base = object(json!({"state": {"type": "string", "enum": ["on", "off"]}}));
    let derived = json!({"allOf": [{"$ref": "#/components/schemas/Base"}, object(json!({"x": {}}))]});
    let link = object(json!({"y": {"$ref": "#/components/schemas/Base/properties/state"}}));
    let both = fresh(&schemas(json!({"Aaa": link, "Abb": derived, "Base": base})));
    assert_eq!(both.ty("schema Base > state"), "BaseState");
    assert!(!both.lock.types.contains_key("schema Aaa > y"), "{:?}", both.lock.types);
}

#[test]
fn an_enum_that_becomes_an_object_has_fields_in_the_case_of_fields() {
    let before = fresh(&schemas(json!({"Sort": {"type": "string", "enum": ["key_name"]}})));
    let object = json!({"Sort": {"type": "object", "properties": {"key_name": {"type": "string"}}}});
    let after = named(&schemas(object), &before.lock);
    assert_eq!(after.names.ty(TypeId(0)).members.fields[0].as_str(), "key_name");
}
