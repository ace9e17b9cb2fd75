//! Unnamed types are named after the place where they are declared, not after whichever use of them was met first.
//!
//! A type is made when something first refers to it, and is named after that. Where references lead into the middle of
//! other schemas or operations, and where `allOf` takes over properties, that depends on the order of the document. This
//! pass goes over the types once all are known, and names those after their surroundings that have another name.

use std::collections::BTreeMap;

use crate::ir::{Api, Operation, OperationId, Shape, Type, TypeDef, TypeId, TypeName};
use crate::pointer::unescape;

/// Renames the types that are named after a place other than their own.
pub(super) fn settle(api: &mut Api) {
    let places = Places::new(api);
    let names: Vec<Option<TypeName>> =
        (0..api.types.len()).map(|index| places.better_name(api, TypeId(index))).collect();
    for (def, name) in api.types.iter_mut().zip(names) {
        if let Some(name) = name {
            def.name = name;
        }
    }
}

/// What is declared where.
struct Places {
    /// The types declared at a pointer; the first is the one that the document names, if there is one.
    types: BTreeMap<String, Vec<TypeId>>,
    operations: BTreeMap<String, OperationId>,
    /// The types that refer to each type, with what it is there.
    uses: BTreeMap<TypeId, Vec<(TypeId, String)>>,
}

impl Places {
    fn new(api: &Api) -> Self {
        let mut types: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for (index, def) in api.types.iter().enumerate() {
            types.entry(def.origin.pointer.clone()).or_default().push(TypeId(index));
        }
        let is_named = |id: &TypeId| api.types.get(id.0).is_some_and(|def| matches!(def.name, TypeName::Schema(_)));
        for ids in types.values_mut() {
            ids.sort_by_key(|id| !is_named(id));
        }
        let operations = api.operations.iter().enumerate();
        let operations =
            operations.map(|(index, operation)| (operation.origin.pointer.clone(), OperationId(index))).collect();
        Self { types, operations, uses: uses(api) }
    }

    /// The name after a use that does not depend on the order of the document.
    fn first_use(&self, api: &Api, id: TypeId) -> Option<TypeName> {
        let here = api.types.get(id.0)?.origin.pointer.as_str();
        let key = |parent: TypeId| {
            let def = api.types.get(parent.0)?;
            // The best use is that by the one whose place is shared, then that by a schema with a name.
            Some((def.origin.pointer != here, !matches!(def.name, TypeName::Schema(_)), def.origin.pointer.as_str()))
        };
        let uses = self.uses.get(&id)?.iter().filter(|(parent, _)| !is_inside(api, *parent, id));
        let (parent, part) = uses.min_by_key(|(parent, part)| (key(*parent), part))?;
        Some(TypeName::Child { parent: *parent, part: part.clone() })
    }

    /// The name by place, unless the type has it.
    fn better_name(&self, api: &Api, id: TypeId) -> Option<TypeName> {
        let def = api.types.get(id.0).filter(|def| !matches!(def.name, TypeName::Schema(_)))?;
        let pointer = def.origin.pointer.as_str();
        if let Some((outer, ids)) = ancestors(pointer).find_map(|outer| Some((outer, self.types.get(outer)?))) {
            return match &def.name {
                TypeName::Child { parent, .. } if ids.contains(parent) => None,
                _ => child(ids, pointer.strip_prefix(outer)?),
            };
        }
        // A type that shares its place with another one is a way to see that one.
        if self.types.get(pointer).is_some_and(|ids| ids.len() > 1) {
            return self.first_use(api, id);
        }
        if let Some((outer, owner)) = ancestors(pointer).find_map(|outer| Some((outer, *self.operations.get(outer)?))) {
            let operation = api.operations.get(owner.0)?;
            // What a callback holds is named after the callback.
            if pointer.strip_prefix(outer)?.starts_with("/callbacks/") {
                return None;
            }
            return match &def.name {
                TypeName::OfOperation { operation, .. } if *operation == owner => None,
                _ => Some(TypeName::OfOperation {
                    operation: owner,
                    part: operation_part(operation, pointer, pointer.strip_prefix(outer)?),
                }),
            };
        }
        shared(api, def)
    }
}

/// What refers to each type, and what the type is there.
fn uses(api: &Api) -> BTreeMap<TypeId, Vec<(TypeId, String)>> {
    let mut uses: BTreeMap<TypeId, Vec<(TypeId, String)>> = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        let mut add = |ty: &Type, part: &str| {
            ty.each_named(&mut |id| uses.entry(id).or_default().push((TypeId(index), part.to_owned())));
        };
        match &def.shape {
            Shape::Struct(object) => {
                object.fields.iter().for_each(|field| add(&field.ty, &field.wire));
                object.prefixed.iter().for_each(|prefixed| add(&prefixed.ty, &prefixed.prefix));
                object.extra.iter().for_each(|ty| add(ty, "value"));
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty, &variant.name)),
            Shape::Alias(ty) | Shape::Newtype(ty) => add(ty, "value"),
            Shape::StringEnum(_) | Shape::IntegerEnum(_) => {}
        }
    }
    uses
}

/// Whether a type is named after another one, or after something that is.
fn is_inside(api: &Api, id: TypeId, outer: TypeId) -> bool {
    let mut current = id;
    for _ in 0..=api.types.len() {
        if current == outer {
            return true;
        }
        match api.types.get(current.0).map(|def| &def.name) {
            Some(TypeName::Child { parent, .. }) => current = *parent,
            _ => return false,
        }
    }
    true
}

/// Every place around a place, the innermost first.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(pointer.rsplit_once('/').map(|(outer, _)| outer), |outer| {
        outer.rsplit_once('/').map(|(outer, _)| outer)
    })
}

fn child(parents: &[TypeId], rest: &str) -> Option<TypeName> {
    let parent = *parents.first()?;
    let mut words: Vec<String> = Vec::new();
    let mut tokens = rest.split('/').filter(|token| !token.is_empty());
    while let Some(token) = tokens.next() {
        match token {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                words.extend(tokens.next().map(|name| unescape(name).into_owned()));
            }
            // A choice that is not a type of its own is one between something and `null`.
            "oneOf" | "anyOf" if words.is_empty() => {
                words.extend(tokens.next().map(|index| format!("variant {}", number(index))));
            }
            "prefixItems" => words.extend(tokens.next().map(|index| format!("item {}", number(index)))),
            "items" if words.is_empty() => words.push("item".to_owned()),
            "additionalProperties" if words.is_empty() => words.push("value".to_owned()),
            _ => {}
        }
    }
    if words.is_empty() {
        words.push("part".to_owned());
    }
    Some(TypeName::Child { parent, part: words.join(" ") })
}

/// The number of something in a list, counted from one.
fn number(index: &str) -> usize {
    index.parse::<usize>().map_or(1, |index| index + 1)
}

/// What something inside an operation is there.
fn operation_part(operation: &Operation, pointer: &str, rest: &str) -> String {
    let within = |origin: &str| pointer.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
    if rest.starts_with("/requestBody/") {
        return "body".to_owned();
    }
    if let Some(parameter) = operation.parameters.iter().find(|parameter| within(&parameter.origin.pointer)) {
        return parameter.wire.clone();
    }
    let status = rest.strip_prefix("/responses/").and_then(|rest| rest.split('/').next()).unwrap_or("response");
    match operation.success.iter().position(|response| within(&response.origin.pointer)) {
        Some(0) => "response".to_owned(),
        Some(_) => format!("response {status}"),
        None => format!("error {status}"),
    }
}

/// What is declared once for several operations is named after itself, or after the first operation of its path.
fn shared(api: &Api, def: &TypeDef) -> Option<TypeName> {
    let pointer = def.origin.pointer.as_str();
    if let TypeName::OfOperation { part, .. } = &def.name
        && let Some(first) = first_of_path(api, pointer)
    {
        return Some(TypeName::OfOperation { operation: first, part: part.clone() });
    }
    let (_, place) = pointer.rsplit_once('#').unwrap_or(("", pointer));
    let inside = place.strip_prefix("/components/").and_then(|rest| rest.split_once('/'));
    let (kind, owner) = match inside {
        Some((kind, rest)) => (kind, rest.split('/').next()?),
        // Documents keep unnamed schemas below paths and webhooks, where other names are as good.
        None if place.starts_with("/paths/") || place.starts_with("/webhooks/") => return None,
        None => ("", reusable(pointer)),
    };
    if matches!(&def.name, TypeName::Of { owner, .. } if !owner.is_empty()) || owner.is_empty() {
        return None;
    }
    let part = if kind == "requestBodies" || pointer.contains("/requestBody/") { "body" } else { "" };
    Some(TypeName::Of { owner: unescape(owner).into_owned(), part: part.to_owned() })
}

/// The first operation, by its method, of the path beside whose operations something is declared.
fn first_of_path(api: &Api, pointer: &str) -> Option<OperationId> {
    let (path, _) = pointer.rsplit_once("/parameters/")?;
    let here =
        |operation: &Operation| operation.origin.pointer.rsplit_once('/').is_some_and(|(outer, _)| outer == path);
    let operations = api.operations.iter().enumerate().filter(|(_, operation)| here(operation));
    operations.min_by_key(|(_, operation)| &operation.method).map(|(index, _)| OperationId(index))
}

/// The name of a reusable object in a file of its own: the last key before what it holds, or the file's name.
fn reusable(pointer: &str) -> &str {
    let (file, place) = pointer.rsplit_once('#').unwrap_or(("", pointer));
    let place = place.split_once("/content/").map_or(place, |(before, _)| before);
    let place = place.strip_suffix("/schema").unwrap_or(place);
    match place.rsplit('/').next().filter(|key| !key.is_empty()) {
        Some(key) => key,
        None => {
            let name = file.rsplit('/').next().unwrap_or(file);
            name.split('.').next().unwrap_or(name)
        }
    }
}
