//! What the methods of a group would like to be called, and which of them gives way where two would be called the same.

use std::collections::BTreeMap;

use crate::ir::{Operation, OperationId};

use super::context::Context;
use super::derive::Resources;
use super::mechanical::{self, Said};
use super::scope::Wish;
use super::{namespace, nouns, path, verbs, words};

/// An operation with the key that it is known by.
pub(super) type Keyed<'a> = (&'a str, OperationId, &'a Operation);

/// The wishes of a group's methods, in the order of the operations.
pub(super) fn wishes(ctx: &Context<'_>, operations: &[Keyed<'_>], group: &[String]) -> Vec<Wish> {
    let ids = operations.iter().filter_map(|(_, _, operation)| operation.wire.as_deref());
    let namespace = namespace::namespace(ctx.namespace, ids, group);
    let mut wishes: Vec<Wish> =
        operations.iter().map(|(key, _, operation)| wish(&ctx.resources, key, operation, group, namespace)).collect();
    settle(&mut wishes, &|key| ctx.lock.operations.contains_key(key));
    wishes
}

fn wish(resources: &Resources<'_>, key: &str, operation: &Operation, group: &[String], namespace: &str) -> Wish {
    if let Some(user) = &operation.rust_name {
        return Wish::new(key, words::snake(user), user, Wish::USER);
    }
    let (names, rank, exact) = match mechanical::said(operation) {
        Said::Nothing => (resources.derive(operation, group), path::path(&operation.path).distance(), false),
        Said::Words(said) => {
            let id = operation.wire.as_deref().unwrap_or_default();
            let own = id.strip_prefix(namespace).filter(|own| !own.is_empty()).unwrap_or(id);
            let told = if own == id { said.clone() } else { mechanical::told(operation, own) };
            let (short, rank) = strip(&told, own, group, operation);
            let names = vec![short.join(" "), told.join(" "), said.join(" "), id.to_owned()];
            (names, rank, words::snake(id) == id)
        }
    };
    let mut idents: Vec<String> = Vec::new();
    for name in names.iter().map(|name| words::snake(name)) {
        if !idents.contains(&name) {
            idents.push(name);
        }
    }
    Wish { key: key.to_owned(), names: idents, rank, exact }
}

/// Where several would have the same name, the one with the best claim keeps it; of equal claims none does.
fn settle(wishes: &mut [Wish], published: &dyn Fn(&str) -> bool) {
    for _ in 0..16 {
        let mut claims: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            if wish.rank != Wish::USER && !published(&wish.key) {
                claims.entry(wish.names.first().map_or("", String::as_str)).or_default().push(index);
            }
        }
        let rank = |index: &usize| wishes.get(*index).map_or(u8::MAX, |wish| wish.rank);
        let mut yielding = Vec::new();
        for claim in claims.into_values().filter(|claim| claim.len() > 1) {
            let best = claim.iter().map(rank).min().unwrap_or_default();
            let alone = claim.iter().filter(|index| rank(index) == best).count() == 1;
            yielding.extend(claim.into_iter().filter(|index| !(alone && rank(index) == best)));
        }
        let mut moved = false;
        for index in yielding {
            if let Some(wish) = wishes.get_mut(index).filter(|wish| wish.names.len() > 1) {
                wish.names.remove(0);
                // Whoever gave way once gives way to all who did not.
                wish.rank = wish.rank.saturating_add(40);
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

/// Takes the group's name off, and says how good the claim to the short name is (lower is better).
fn strip<'a>(said: &'a [String], id: &str, group: &[String], operation: &Operation) -> (Vec<&'a str>, u8) {
    let singular = nouns::singular(group);
    let rest = |rest: Option<&'a [String]>| rest.filter(|rest| !rest.is_empty() && !group.is_empty());
    let text = |words: &'a [String]| words.iter().map(String::as_str).collect::<Vec<_>>();
    let is_whole = |rest: &&[String]| {
        let verb =
            matches!(group, [only] if verbs::is_verb(only)) && !rest.first().is_some_and(|word| verbs::is_verb(word));
        !verb || is_separated(id, group)
    };
    if let Some(rest) = rest(said.strip_prefix(group)).filter(is_whole) {
        return (text(rest), 2);
    }
    if let Some(short) = below(said, group, operation) {
        return short;
    }
    if let Some(rest) = rest(said.strip_suffix(group)).filter(|rest| says_what(rest)) {
        return (text(rest), 3);
    }
    let namespace =
        |rest: &&[String]| rest.first().is_some_and(|verb| verbs::is_verb(verb)) || is_separated(id, &singular);
    if let Some(rest) = rest(said.strip_prefix(singular.as_slice())).filter(namespace) {
        return (text(rest), 4);
    }
    if let Some(rest) = rest(said.strip_suffix(singular.as_slice())).filter(|rest| says_what(rest)) {
        return (text(rest), 4);
    }
    (text(said), 2)
}

/// Whether words end where a noun should follow.
fn ends_open(words: &[String]) -> bool {
    words.last().is_some_and(|word| PREPOSITIONS.contains(&word.as_str()))
}

/// What a noun can be left out before.
const PREPOSITIONS: &[&str] = &["by", "for", "from", "in", "of", "on", "to", "with"];

/// Whether words say what is done without the noun behind them: a verb, also of many. `list_account` of
/// `list_account_members` would say something else.
fn says_what(words: &[String]) -> bool {
    const MANY: &[&str] = &["all", "bulk", "batch", "many", "multiple", "several", "current"];
    match words {
        [_] => true,
        [first, rest @ ..] => {
            rest.iter().all(|word| MANY.contains(&word.as_str()))
                || MANY.contains(&first.as_str()) && rest.iter().all(|word| verbs::is_verb(word))
        }
        [] => false,
    }
}

/// Whether the group's name and the rest are apart in the id.
fn is_separated(id: &str, group: &[String]) -> bool {
    let length = group.iter().map(String::len).sum::<usize>() + group.len().saturating_sub(1);
    id.get(length..).is_some_and(|rest| rest.starts_with(['.', '/', '_', '-', ':']))
}

/// `create_channel_invite` without the channel, where the path has the invite below the channel.
fn below<'a>(said: &'a [String], group: &[String], operation: &Operation) -> Option<(Vec<&'a str>, u8)> {
    let (verb, told) = said.split_first().filter(|(verb, _)| verbs::is_verb(verb) && !group.is_empty())?;
    let path = path::path(&operation.path);
    let own = path.own(group)?;
    let (before, after) = path.segments.split_at_checked(own + 1)?;
    let mut told = told;
    let before: Vec<&String> = before.iter().flat_map(path::Segment::words).collect();
    let last_before = before.last().map(|word| nouns::one_of(word))?;
    let mut own_is_told = false;
    for word in before {
        if let Some((_, rest)) = told.split_first().filter(|(first, _)| nouns::one_of(first) == nouns::one_of(word)) {
            own_is_told = nouns::one_of(word) == last_before;
            told = rest;
        }
    }
    let names = || after.iter().filter(|segment| segment.is_name());
    let known = |word: &String| {
        let mut words = after.iter().flat_map(path::Segment::words);
        words.any(|known| nouns::one_of(known) == nouns::one_of(word))
    };
    let by = told.first().is_some_and(|word| PREPOSITIONS.contains(&word.as_str()));
    // A group of several words is no part of another noun.
    let safe = match told {
        [] => names().count() == 0,
        told => by && names().count() == 0 || told.iter().any(known) || group.len() > 1 && !ends_open(told),
    };
    let short = std::iter::once(verb).chain(told).map(String::as_str).collect();
    (own_is_told && safe).then(|| (short, path.distance().max(1)))
}
