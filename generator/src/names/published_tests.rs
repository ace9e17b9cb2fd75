//! What was published keeps its name: single cases, and properties of arbitrary documents.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::config::Config;
use crate::diagnostic::Code;
use crate::ir::{self, OperationId, TypeName};
use crate::normalize::testing::normalized;
use crate::{model, resolve};

/// An API with its names.
struct Named {
    api: Api,
    names: Names,
    lock: Lock,
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

fn named(document: &Value, lock: &Lock) -> Named {
    read(&text(document, false), lock)
}

/// The names of a document that is written from its end to its beginning.
fn backwards(document: &Value, lock: &Lock) -> Named {
    read(&text(document, true), lock)
}

fn read(text: &str, lock: &Lock) -> Named {
    let (normalized, mut ignored) = normalized(&[("api.json", text)]);
    let Ok(model) = model::read(normalized, &mut ignored) else { panic!("{ignored:?}") };
    let resolved = resolve::resolve(model, &mut ignored);
    let mut api = ir::build::build(&resolved, &Config::default(), &mut ignored);
    ir::facts::annotate(&mut api);
    let mut diagnostics = Diagnostics::new();
    let (names, lock) = keep(&api, &NamesConfig::default(), lock, &mut diagnostics);
    Named { api, names, lock, diagnostics }
}

fn fresh(document: &Value) -> Named {
    named(document, &Lock::default())
}

impl Named {
    /// Every identifier that callers write, by namespace and key.
    fn idents(&self) -> BTreeMap<(String, String), String> {
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
            idents.insert((home, key.to_owned()), names.ident.to_string());
            members::each(key, def, &names.members, &mut |member, _, ident| {
                idents.insert((format!("inside {key}"), member), ident.to_string());
            });
        }
        idents
    }

    fn ty(&self, key: &str) -> &str {
        self.lock.types.get(key).map_or("", |published| published.name.as_str())
    }

    fn notes(&self, code: Code) -> Vec<&str> {
        self.diagnostics.iter().filter(|found| found.code == code).map(|found| found.message.as_str()).collect()
    }
}

fn schemas(schemas: Value) -> Value {
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
    let two = named(&schemas(json!({"New": opportunity(), "Newer": opportunity()})), &before.lock);
    assert_eq!((two.ty("schema New"), two.ty("schema Newer")), ("New", "Newer"));
    let before = fresh(&schemas(json!({"Old": opportunity(), "Older": opportunity()})));
    assert_eq!(named(&schemas(json!({"New": opportunity()})), &before.lock).ty("schema New"), "New");
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

/// A property of a random document.
#[derive(Debug, Clone)]
enum Property {
    Text,
    Clearable,
    Enum(BTreeSet<String>),
    Object(Vec<(String, Property)>),
    List(Box<Property>),
    Reference(String),
}

/// An operation of a random document.
#[derive(Debug, Clone)]
struct Call {
    path: String,
    tag: String,
    id: String,
    parameters: BTreeSet<(&'static str, String)>,
    answer: Property,
    body: Property,
}

#[derive(Debug, Clone)]
struct Random {
    schemas: BTreeMap<String, Vec<(String, Property)>>,
    calls: Vec<Call>,
}

/// Names that come close to each other, and any others.
fn name() -> impl Strategy<Value = String> {
    let near = [
        "a",
        "A",
        "a_b",
        "aB",
        "AB",
        "a-b",
        "AB2",
        "a_b_2",
        "AStatus",
        "status",
        "Status",
        "a_status",
        "type",
        "new",
        "extra",
        "clear_a",
        "clear_A",
        "Option",
        "OptionModel",
        "list",
        "list_error",
        "listError",
        "timeout",
        "body",
        "query",
        "A response",
        "Unknown",
        "",
    ];
    prop_oneof![6 => prop::sample::select(near.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn property() -> impl Strategy<Value = Property> {
    let leaf = prop_oneof![
        2 => Just(Property::Text),
        1 => Just(Property::Clearable),
        2 => prop::collection::btree_set(name(), 2..4).prop_map(Property::Enum),
        1 => name().prop_map(Property::Reference),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            2 => prop::collection::vec((name(), inner.clone()), 1..4).prop_map(Property::Object),
            1 => inner.prop_map(|inner| Property::List(Box::new(inner))),
        ]
    })
}

fn call() -> impl Strategy<Value = Call> {
    let place = prop_oneof![Just("query"), Just("header")];
    let parameters = prop::collection::btree_set((place, name()), 0..4);
    let path = prop::sample::select(vec!["/a", "/b", "/a/b", "/c"]).prop_map(str::to_owned);
    let tag = prop::sample::select(vec!["a", "A", "list", "Client"]).prop_map(str::to_owned);
    let parts = (path, tag, name(), parameters, property(), property());
    parts.prop_map(|(path, tag, id, parameters, answer, body)| Call { path, tag, id, parameters, answer, body })
}

fn random() -> impl Strategy<Value = Random> {
    let schema = prop::collection::vec((name(), property()), 0..5);
    let schemas =
        prop::collection::btree_map(name().prop_filter("a schema has a name", |name| !name.is_empty()), schema, 1..5);
    (schemas, prop::collection::vec(call(), 0..4)).prop_map(|(schemas, calls)| Random { schemas, calls })
}

impl Property {
    fn json(&self, random: &Random) -> Value {
        match self {
            Self::Text => json!({"type": "string"}),
            Self::Clearable => json!({"type": ["string", "null"]}),
            Self::Enum(values) => json!({"type": "string", "enum": values}),
            Self::Object(properties) => self::properties(properties, random),
            Self::List(item) => json!({"type": "array", "items": item.json(random)}),
            Self::Reference(name) if random.schemas.contains_key(name) => {
                json!({"$ref": format!("#/components/schemas/{}", crate::pointer::escape(name).replace('%', "%25"))})
            }
            Self::Reference(_) => json!({"type": "string"}),
        }
    }
}

fn properties(properties: &[(String, Property)], random: &Random) -> Value {
    let members = properties.iter().map(|(name, property)| (name.clone(), property.json(random)));
    json!({"type": "object", "properties": Value::Object(members.collect()), "additionalProperties": true})
}

impl Random {
    fn json(&self) -> Value {
        let schemas = self.schemas.iter().map(|(name, schema)| (name.clone(), properties(schema, self)));
        let calls = self.calls.iter().enumerate().map(|(index, call)| {
            let parameters: Vec<Value> = call
                .parameters
                .iter()
                .map(|(place, name)| json!({"name": name, "in": place, "schema": {"type": "string"}}))
                .collect();
            let content = |property: &Property| json!({"application/json": {"schema": property.json(self)}});
            let operation = json!({
                "operationId": call.id,
                "tags": [call.tag],
                "parameters": parameters,
                "requestBody": {"required": true, "content": content(&call.body)},
                "responses": {
                    "200": {"description": "", "content": content(&call.answer)},
                    "404": {"description": "", "content": content(&call.body)},
                },
            });
            (format!("{}{index}", call.path), json!({"put": operation}))
        });
        json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": Value::Object(calls.collect()),
            "components": {"schemas": Value::Object(schemas.collect())},
        })
    }

    /// The document without one of its parts: a schema, a property, a value of an enum or an operation.
    fn without(&self, part: usize) -> Self {
        let mut smaller = self.clone();
        let mut left = part;
        if let Some(name) = self.schemas.keys().nth(left) {
            smaller.schemas.remove(name);
            return smaller;
        }
        left -= self.schemas.len();
        if left < self.calls.len() && left + 1 == self.calls.len() {
            smaller.calls.pop();
            return smaller;
        }
        left %= 8;
        for schema in smaller.schemas.values_mut() {
            if shrink(schema, &mut left) {
                break;
            }
        }
        smaller
    }
}

/// Takes the property or value away that `left` counts down to.
fn shrink(properties: &mut Vec<(String, Property)>, left: &mut usize) -> bool {
    for index in 0..properties.len() {
        if *left == 0 {
            properties.remove(index);
            return true;
        }
        *left -= 1;
        let done = match &mut properties[index].1 {
            Property::Object(inner) if inner.len() > 1 => shrink(inner, left),
            Property::Enum(values) if values.len() > 2 && *left == 0 => values.pop_first().is_some(),
            _ => false,
        };
        if done {
            return true;
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_addition_renames_nothing(random in random(), part in 0..20_usize) {
        let before = fresh(&random.without(part).json());
        let after = named(&random.json(), &before.lock);
        let (old, new) = (before.idents(), after.idents());
        for (key, ident) in &old {
            if let Some(now) = new.get(key) {
                prop_assert_eq!(now, ident, "{:?}", key);
            }
        }
    }

    #[test]
    fn an_addition_that_goes_again_leaves_nothing_behind(random in random(), part in 0..20_usize) {
        let smaller = random.without(part).json();
        let before = fresh(&smaller);
        let after = named(&smaller, &named(&random.json(), &before.lock).lock);
        prop_assert_eq!(after.lock.write(), before.lock.write());
        prop_assert_eq!(after.idents(), before.idents());
    }

    #[test]
    fn the_order_of_the_document_means_nothing(random in random()) {
        let (there, back) = (fresh(&random.json()), backwards(&random.json(), &Lock::default()));
        prop_assert_eq!(there.lock.write(), back.lock.write());
        prop_assert_eq!(there.idents(), back.idents());
        let kept = backwards(&random.json(), &there.lock);
        prop_assert_eq!(kept.lock.write(), there.lock.write());
    }

    #[test]
    fn identifiers_are_valid_and_unique_in_their_namespace(random in random()) {
        let named = fresh(&random.json());
        let mut seen = BTreeSet::new();
        for ((namespace, key), ident) in named.idents() {
            prop_assert!(is_identifier(&ident), "{} is {}", key, ident);
            prop_assert!(seen.insert((namespace, ident.clone())), "{} is not the only {}", key, ident);
        }
    }

    #[test]
    fn a_new_schema_renames_no_other_schema_even_where_nothing_was_published(random in random(), part in 0..5_usize) {
        let smaller = random.without(part % random.schemas.len());
        let (before, after) = (fresh(&smaller.json()), fresh(&random.json()));
        let new: Vec<&String> = random.schemas.keys().filter(|name| !smaller.schemas.contains_key(*name)).collect();
        let wish = |name: &str| fresh(&schemas(json!({name: {"type": "string"}}))).ty(&keys::schema(name)).to_owned();
        // Two schemas that would have the same name in a document of their own cannot both have it.
        let claimed: Vec<String> = new.iter().map(|name| wish(name)).collect();
        for (index, def) in before.api.types.iter().enumerate() {
            let TypeName::Schema(name) = &def.name else { continue };
            let ident = before.names.ty(TypeId(index)).ident.as_str();
            if !claimed.contains(&wish(name)) && !claimed.iter().any(|claimed| claimed == ident) {
                prop_assert_eq!(after.ty(&keys::schema(name)), ident);
            }
        }
    }

    #[test]
    fn a_lock_is_read_as_it_was_written(random in random()) {
        let lock = fresh(&random.json()).lock;
        let (mut files, mut diagnostics) = (crate::source::Files::new(), Diagnostics::new());
        let file = files.add("names.lock", lock.write());
        let read = Lock::read(file, &files, &mut diagnostics);
        prop_assert!(read.as_ref() == Ok(&lock), "{:?}\n{}", diagnostics, lock.write());
    }
}
