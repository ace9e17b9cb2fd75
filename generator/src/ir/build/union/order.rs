//! In which order the members of a union are tried, and which of them nothing tells apart.

use std::cmp::Reverse;

use super::super::Builder;
use super::Candidate;
use crate::diagnostic::Code;
use crate::ir::{Guard, Origin, Type};

impl Builder<'_> {
    /// Dates beside dates with time: the wider type holds them all.
    pub(super) fn drop_covered(&self, candidates: &mut Vec<Candidate>) {
        let is = |candidate: &Candidate, ty: &Type| self.behind(&candidate.variant.ty) == ty;
        if candidates.iter().any(|candidate| is(candidate, &Type::DateTime)) {
            candidates.retain(|candidate| !is(candidate, &Type::Date));
        }
    }

    /// Most specific first: what demands more comes before what demands less, and among objects that demand as much, what
    /// keeps every key before what would lose some; document order otherwise.
    pub(super) fn order(&self, candidates: &mut [Candidate]) {
        candidates.sort_by_key(|candidate| {
            let guard = &candidate.variant.guard;
            (Reverse(specificity(guard, self.behind(&candidate.variant.ty))), is_object(guard) && !candidate.open)
        });
    }

    pub(super) fn report_overlap(&mut self, candidates: &[Candidate], origin: &Origin) {
        for (index, earlier) in candidates.iter().enumerate() {
            let Some(later) = candidates.iter().skip(index + 1).find(|later| is_undecided(earlier, later)) else {
                continue;
            };
            let (earlier, later) = (&earlier.variant.name, &later.variant.name);
            let message = format!("nothing tells `{earlier}` and `{later}` apart for certain");
            self.report(Code::AmbiguousUnion, origin.span, &origin.pointer, message).help(format!(
                "`{earlier}` is tried first; a discriminator, a constant property or a property of its own would decide"
            ));
            return;
        }
    }
}

/// Gives each object that an earlier one would swallow the keys by which it is preferred all the same.
///
/// `{name, url?}` before `{name, path?}`: without them every value would become the first, and lose its `path`.
pub(super) fn prefer_unique(candidates: &mut [Candidate]) {
    let found: Vec<Vec<String>> = (0..candidates.len()).map(|index| unique_keys(candidates, index)).collect();
    for (candidate, unique) in candidates.iter_mut().zip(found) {
        if let Guard::Object { any, .. } = &mut candidate.variant.guard {
            *any = unique;
        }
    }
}

/// The keys that only this candidate declares, if an earlier one would swallow it: one that every value has, else all.
fn unique_keys(candidates: &[Candidate], index: usize) -> Vec<String> {
    let Some((own, earlier)) = candidates.get(..=index).and_then(<[Candidate]>::split_last) else { return Vec::new() };
    if !earlier.iter().any(|other| swallows(other, own)) {
        return Vec::new();
    }
    let rivals = || candidates.iter().enumerate().filter(|(at, other)| *at != index && !are_told_apart(other, own));
    let is_unique = |key: &&String| rivals().all(|(_, other)| !other.declared.contains(*key));
    match demands(&own.variant.guard).find(|key| is_unique(key)) {
        Some(key) => vec![key.clone()],
        None => own.declared.iter().filter(is_unique).cloned().collect(),
    }
}

/// Whether values of `later` can pass as values of `earlier`, which would lose some of their keys.
fn swallows(earlier: &Candidate, later: &Candidate) -> bool {
    is_object(&earlier.variant.guard)
        && is_object(&later.variant.guard)
        && !are_told_apart(earlier, later)
        && demands(&earlier.variant.guard).all(|key| later.declared.contains(key))
        && later.declared.iter().any(|key| !earlier.declared.contains(key))
}

/// Whether a constant of one contradicts one of the other.
fn are_told_apart(one: &Candidate, other: &Candidate) -> bool {
    let (Guard::Object { values: one, .. }, Guard::Object { values: other, .. }) =
        (&one.variant.guard, &other.variant.guard)
    else {
        return true;
    };
    one.iter().any(|(wire, strings)| {
        other.iter().any(|(key, others)| wire == key && strings.iter().all(|text| !others.contains(text)))
    })
}

/// Whether only decoding can settle which of two members a value is.
fn is_undecided(earlier: &Candidate, later: &Candidate) -> bool {
    match (&earlier.variant.guard, &later.variant.guard) {
        (Guard::Array, Guard::Array) | (Guard::String, Guard::String) => true,
        (one @ Guard::Object { .. }, Guard::Object { keys, values, any }) => {
            let demanded = |key: &String| keys.contains(key) || values.iter().any(|(wire, _)| wire == key);
            let demands_no_more = demands(one).all(demanded);
            any.is_empty() && !are_told_apart(earlier, later) && (demands_no_more || swallows(earlier, later))
        }
        _ => false,
    }
}

fn is_object(guard: &Guard) -> bool {
    matches!(guard, Guard::Object { .. })
}

/// The keys that an object must have.
fn demands(guard: &Guard) -> impl Iterator<Item = &String> {
    let (keys, values): (&[String], &[_]) = match guard {
        Guard::Object { keys, values, .. } => (keys, values),
        _ => (&[], &[]),
    };
    keys.iter().chain(values.iter().map(|(key, _): &(String, Vec<String>)| key))
}

/// How much a guard demands; integers before numbers, formats before plain strings, objects by their keys.
fn specificity(guard: &Guard, ty: &Type) -> usize {
    match guard {
        Guard::Null => 9_000,
        Guard::Boolean => 8_000,
        Guard::Integer => 7_000,
        Guard::Number => 6_000,
        Guard::Strings(_) => 5_000,
        Guard::String if *ty != Type::String => 4_000,
        Guard::String => 3_000,
        Guard::Array => 2_000,
        Guard::Object { keys, values, .. } => 1_000 + (values.len() * 20 + keys.len()).min(900),
        Guard::Any => 0,
    }
}
