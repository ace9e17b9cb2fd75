//! Properties of arbitrary documents: what an addition, a removal and another order do to names.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::published_tests::{backwards, fresh, named, schemas};
use super::*;
use crate::ir::TypeName;

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
            2 => prop::collection::vec((name(), inner.clone()), 1..4).prop_map(|list| Property::Object(once(list))),
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
    let schema = prop::collection::vec((name(), property()), 0..5).prop_map(once);
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

/// Each name once, as an object has it: what is taken away and added again would otherwise be a change of another.
fn once(mut properties: Vec<(String, Property)>) -> Vec<(String, Property)> {
    let mut seen = std::collections::BTreeSet::new();
    properties.retain(|(name, _)| seen.insert(name.clone()));
    properties
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
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_addition_renames_nothing(random in random(), part in 0..20_usize) {
        let before = fresh(&random.without(part).json());
        let after = named(&random.json(), &before.lock);
        let (old, new) = (before.idents_by_place(), after.idents_by_place());
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

    #[test]
    fn a_lock_edited_by_hand_is_refused_or_gives_valid_names(
        random in random(), other in random(), at in 0..400_usize, length in 0..60_usize, text in "[a-zA-Z\"= {}\n]{0,6}",
    ) {
        let mut edited = fresh(&other.json()).lock.write();
        let (start, end) = (edited.len().min(at + 200), edited.len().min(at + 200 + length));
        let boundary = |at: usize| (0..=at).rev().find(|at| edited.is_char_boundary(*at)).unwrap();
        let range = boundary(start)..boundary(end);
        edited.replace_range(range, &text);
        let (mut files, mut diagnostics) = (crate::source::Files::new(), Diagnostics::new());
        let file = files.add("names.lock", edited);
        match Lock::read(file, &files, &mut diagnostics) {
            Err(_) => prop_assert!(diagnostics.iter().any(|found| found.span.is_some()), "{:?}", diagnostics),
            Ok(lock) => {
                let mut seen = BTreeSet::new();
                for ((namespace, key), ident) in named(&random.json(), &lock).idents() {
                    prop_assert!(is_identifier(&ident), "{} is {}", key, ident);
                    prop_assert!(seen.insert((namespace, ident.clone())), "{} is not the only {}", key, ident);
                }
            }
        }
    }
}
