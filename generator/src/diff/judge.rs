//! One line of `api.surface` before and after: which rule applies.

use super::rule::Rule;
use super::surface::{Fact, Key, Kind, Surface};

/// The rules that a difference between two crates falls under; the same item can fall under several.
pub(super) fn judge(key: &Key, old: &Surface, new: &Surface) -> Vec<Rule> {
    match (old.facts.get(key), new.facts.get(key)) {
        (None, None) => Vec::new(),
        (None, Some(fact)) => added(key, fact, old),
        (Some(fact), None) => vec![removed(fact)],
        (Some(before), Some(after)) => {
            let mut rules = changed(before, after);
            let belongs = owner(&key.path).and_then(|owner| new.item(owner));
            if belongs.is_some_and(|owner| matches!(owner.kind, Kind::Definition { .. })) {
                // A trait's type, not an alias of its own.
                for rule in rules.iter_mut().filter(|rule| **rule == Rule::AliasTargetChanged) {
                    *rule = Rule::AssociatedTypeChanged;
                }
            }
            rules
        }
    }
}

fn added(key: &Key, fact: &Fact, old: &Surface) -> Vec<Rule> {
    let open = !matches!(
        owner(&key.path).and_then(|owner| old.item(owner)).map(|fact| &fact.kind),
        Some(Kind::Definition { non_exhaustive: false, .. })
    );
    vec![match &fact.kind {
        Kind::Alias(_) if fact.deprecated => Rule::Renamed,
        Kind::Definition { .. } | Kind::Alias(_) | Kind::Constant(_) => Rule::ItemAdded,
        Kind::Function { .. } => Rule::MethodAdded,
        Kind::Field(_) if open => Rule::FieldAdded,
        Kind::Field(_) => Rule::FieldAddedToClosed,
        Kind::Variant(_) if open => Rule::VariantAdded,
        Kind::Variant(_) => Rule::VariantAddedToClosed,
        Kind::Trait(_) => Rule::TraitAdded,
        Kind::Table(_) => Rule::MethodAdded,
        Kind::Gate(_) => Rule::GateNarrowed,
        Kind::Feature(_) => Rule::FeatureAdded,
        Kind::Wire => Rule::WireChanged,
    }]
}

fn removed(fact: &Fact) -> Rule {
    match &fact.kind {
        Kind::Definition { .. } | Kind::Alias(_) | Kind::Constant(_) => Rule::ItemRemoved,
        Kind::Function { .. } | Kind::Table(_) => Rule::MethodRemoved,
        Kind::Field(_) => Rule::FieldRemoved,
        Kind::Variant(_) => Rule::VariantRemoved,
        Kind::Trait(_) => Rule::TraitRemoved,
        Kind::Gate(_) => Rule::GateWidened,
        Kind::Feature(_) => Rule::FeatureRemoved,
        Kind::Wire => Rule::WireChanged,
    }
}

fn changed(old: &Fact, new: &Fact) -> Vec<Rule> {
    let mut rules = kinds(&old.kind, &new.kind);
    if old.wire != new.wire {
        rules.push(Rule::WireChanged);
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => rules.push(Rule::Deprecated),
        (true, false) => rules.push(Rule::Undeprecated),
        (false, false) | (true, true) => {}
    }
    if rules.is_empty() && old.text != new.text {
        rules.push(Rule::WireChanged);
    }
    rules
}

fn kinds(old: &Kind, new: &Kind) -> Vec<Rule> {
    let unless = |same: bool, rule: Rule| if same { Vec::new() } else { vec![rule] };
    match (old, new) {
        (Kind::Definition { .. }, Kind::Definition { .. }) => definitions(old, new),
        (Kind::Alias(old), Kind::Alias(new)) => unless(old == new, Rule::AliasTargetChanged),
        (Kind::Constant(old), Kind::Constant(new)) => unless(old == new, Rule::ConstantTypeChanged),
        (Kind::Function { .. }, Kind::Function { .. }) => functions(old, new),
        (Kind::Field(old), Kind::Field(new)) => unless(old == new, Rule::FieldTypeChanged),
        (Kind::Variant(old), Kind::Variant(new)) => unless(old == new, Rule::VariantPayloadChanged),
        (Kind::Table(old), Kind::Table(new)) => unless(old == new, Rule::ItemKindChanged),
        (Kind::Gate(old), Kind::Gate(new)) if old.is_subset(new) => unless(old == new, Rule::GateWidened),
        (Kind::Gate(_), Kind::Gate(_)) => vec![Rule::GateNarrowed],
        (Kind::Feature(true), Kind::Feature(false)) => vec![Rule::FeatureOff],
        (Kind::Feature(old), Kind::Feature(new)) => unless(old == new, Rule::FeatureAdded),
        (Kind::Trait(_), Kind::Trait(_)) | (Kind::Wire, Kind::Wire) => Vec::new(),
        _ => vec![Rule::ItemKindChanged],
    }
}

fn definitions(old: &Kind, new: &Kind) -> Vec<Rule> {
    let (
        Kind::Definition { head: old_head, derives: old_derives, non_exhaustive: was_open },
        Kind::Definition { head, derives, non_exhaustive: is_open },
    ) = (old, new)
    else {
        return Vec::new();
    };
    let rules = [
        (old_head != head, Rule::ItemKindChanged),
        (!old_derives.is_subset(derives), Rule::TraitRemoved),
        (!derives.is_subset(old_derives), Rule::TraitAdded),
        (!was_open && *is_open, Rule::BecameNonExhaustive),
        (*was_open && !is_open, Rule::BecameExhaustive),
    ];
    rules.into_iter().filter(|(applies, _)| *applies).map(|(_, rule)| rule).collect()
}

fn functions(old: &Kind, new: &Kind) -> Vec<Rule> {
    let (
        Kind::Function { generics: old_generics, arguments: old_arguments, output: old_output },
        Kind::Function { generics, arguments, output },
    ) = (old, new)
    else {
        return Vec::new();
    };
    let types = |arguments: &[String]| -> Vec<String> { arguments.iter().map(|text| ty(text).to_owned()).collect() };
    let same_types = old_generics == generics && types(old_arguments) == types(arguments);
    let rules = [
        (!same_types, Rule::ArgumentsChanged),
        (same_types && old_arguments != arguments, Rule::ArgumentRenamed),
        (old_output != output, Rule::ReturnTypeChanged),
    ];
    rules.into_iter().filter(|(applies, _)| *applies).map(|(_, rule)| rule).collect()
}

/// An argument without its name.
fn ty(argument: &str) -> &str {
    argument.split_once(": ").map_or(argument, |(_, ty)| ty)
}

/// The path of the type that a field, a variant or a method belongs to, without its parameters.
pub(super) fn owner(path: &str) -> Option<&str> {
    let owner = match path.rsplit_once('.') {
        Some((owner, _)) => owner,
        None => path.rsplit_once("::")?.0,
    };
    Some(owner.split('<').next().unwrap_or(owner))
}
