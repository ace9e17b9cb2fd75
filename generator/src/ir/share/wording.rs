//! What a type is where it is declared, and what one is called that stands for several.

use std::collections::BTreeSet;

use super::classes::Class;
use crate::ir::{Api, GroupId, OperationId, Shape, TypeId, TypeName};

/// What a type is, then what is around it, as far as the document has words for it; empty where sharing makes no sense.
pub(super) type Chain = Vec<String>;

/// How far around a type words are looked for.
const REACH: usize = 3;

/// The chain of every type.
pub(super) fn chains(api: &Api) -> Vec<Chain> {
    (0..api.types.len()).map(|index| chain(api, TypeId(index))).collect()
}

fn chain(api: &Api, id: TypeId) -> Chain {
    let (mut chain, mut tail, mut current) = (Vec::new(), String::new(), id);
    for _ in 0..api.types.len() {
        let (word, next) = match api.types.get(current.0).map(|def| &def.name) {
            Some(TypeName::Child { parent, part }) if is_property(api, *parent, part) => {
                (Some(part.clone()), Some(*parent))
            }
            // A variant or an item has no word of its own: it is one of whatever is around it.
            Some(TypeName::Child { parent, part }) => {
                tail = format!(" {part}{tail}");
                current = *parent;
                continue;
            }
            Some(TypeName::OfOperation { operation, part }) => (own_word(api, *operation, part), None),
            Some(TypeName::Schema(_) | TypeName::Shared(_) | TypeName::Input(_) | TypeName::Of { .. }) | None => {
                (None, None)
            }
        };
        let Some(word) = word else { return chain };
        chain.push(word + &std::mem::take(&mut tail));
        match next {
            Some(next) if chain.len() < REACH => current = next,
            _ => return chain,
        }
    }
    chain
}

fn is_property(api: &Api, parent: TypeId, part: &str) -> bool {
    let Some(Shape::Struct(object)) = api.types.get(parent.0).map(|def| &def.shape) else { return false };
    object.fields.iter().any(|field| field.wire == part)
}

/// Parameters and errors have words of their own; a body or a response is that of its operation.
fn own_word(api: &Api, id: OperationId, part: &str) -> Option<String> {
    let operation = api.operations.get(id.0)?;
    let is_parameter = operation.parameters.iter().any(|parameter| parameter.wire == part);
    let is_own = part != "body" && !part.starts_with("response") && (is_parameter || part.starts_with("error "));
    is_own.then(|| part.to_owned())
}

/// What each list of types that are one is called: the shortest words that hold at all of their places, else words of one
/// of them, that no other type has; `None` where there are none, and the first place gives the name.
pub(super) fn names(api: &Api, chains: &[Chain], classes: &[Class], shared: &[Vec<TypeId>]) -> Vec<Option<TypeName>> {
    let mut taken: BTreeSet<(Option<GroupId>, String)> = BTreeSet::new();
    for def in &api.types {
        if let TypeName::Schema(name) = &def.name {
            taken.insert((None, letters(name)));
        }
    }
    let name = |members: &Vec<TypeId>| {
        if is_inside_one(api, classes, members) {
            return None;
        }
        let scope = scope(api, members);
        let everywhere = (1..=REACH).filter_map(|length| common(chains, members, length));
        let somewhere = members.iter().flat_map(|&id| (2..=REACH).filter_map(move |length| words(chains, id, length)));
        let with_group = members.iter().flat_map(|&id| {
            let group = group(api, id).and_then(|group| api.groups.get(group.0)).map(|group| group.wire.as_str());
            let words = (1..=REACH).filter_map(move |length| words(chains, id, length));
            group.into_iter().flat_map(move |group| words.clone().map(move |words| format!("{group} {words}")))
        });
        let mut candidates = everywhere.chain(somewhere).chain(with_group);
        candidates.find(|words| taken.insert((scope, letters(words)))).map(TypeName::Shared)
    };
    shared.iter().map(name).collect()
}

/// Whether all places are the same place of types that are one themselves.
fn is_inside_one(api: &Api, classes: &[Class], members: &[TypeId]) -> bool {
    let place = |id: &TypeId| match api.types.get(id.0).map(|def| &def.name) {
        Some(TypeName::Child { parent, part }) => Some((*classes.get(parent.0)?, part.as_str())),
        _ => None,
    };
    let first = members.first().and_then(place);
    first.is_some() && members.iter().all(|id| place(id) == first)
}

/// The group whose operations declare all of them.
fn scope(api: &Api, members: &[TypeId]) -> Option<GroupId> {
    let mut groups = members.iter().map(|id| group(api, *id));
    let first = groups.next()??;
    groups.all(|group| group == Some(first)).then_some(first)
}

fn group(api: &Api, id: TypeId) -> Option<GroupId> {
    let mut current = id;
    for _ in 0..api.types.len() {
        match &api.types.get(current.0)?.name {
            TypeName::Child { parent, .. } | TypeName::Input(parent) => current = *parent,
            TypeName::OfOperation { operation, .. } => return api.operations.get(operation.0).map(|owner| owner.group),
            TypeName::Schema(_) | TypeName::Shared(_) | TypeName::Of { .. } => return None,
        }
    }
    None
}

/// The first words of the chains, where they are the same everywhere.
fn common(chains: &[Chain], members: &[TypeId], length: usize) -> Option<String> {
    let mut all = members.iter().map(|id| words(chains, *id, length));
    let first = all.next()??;
    all.all(|words| words.as_deref() == Some(&first)).then_some(first)
}

/// The first words of a chain, the outermost first.
fn words(chains: &[Chain], id: TypeId, length: usize) -> Option<String> {
    let start = chains.get(id.0)?.get(..length)?;
    Some(start.iter().rev().map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// Words as far as identifiers tell them apart.
fn letters(words: &str) -> String {
    words.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
