//! Which cargo features a file of `types/` needs: those of the groups that reach one of its types.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, GroupId, TypeId};
use crate::names::{Home, Ident, Names};

/// Per module of `types/` the groups that need it; `None` when it is always there.
pub(super) type Gates = BTreeMap<Ident, Option<BTreeSet<GroupId>>>;

/// Works out the gates: a file is needed wherever a file that refers to it is.
pub(super) fn gates(api: &Api, names: &Names) -> Gates {
    let mut gates = Gates::new();
    let mut edges: BTreeSet<(Home, Ident)> = BTreeSet::new();
    for (index, def) in api.types.iter().enumerate() {
        let home = names.ty(TypeId(index)).home.clone();
        if let Home::Types(file) = &home {
            let groups = (!def.groups.is_empty()).then(|| def.groups.iter().copied().collect());
            widen(gates.entry(file.clone()).or_insert_with(|| Some(BTreeSet::new())), &groups);
        }
        def.shape.each_named(&mut |target| {
            let other = &names.ty(target).home;
            if let Home::Types(file) = other
                && *other != home
            {
                edges.insert((home.clone(), file.clone()));
            }
        });
    }
    for operation in &api.operations {
        operation.each_type(&mut |ty| {
            ty.each_named(&mut |target| {
                if let Home::Types(file) = &names.ty(target).home {
                    edges.insert((Home::Group(operation.group), file.clone()));
                }
            });
        });
    }
    while spread(&mut gates, &edges) {}
    let all: BTreeSet<GroupId> = api.operations.iter().map(|operation| operation.group).collect();
    for gate in gates.values_mut() {
        *gate = gate.take().filter(|groups| !groups.is_superset(&all) && !groups.is_empty());
    }
    gates
}

fn spread(gates: &mut Gates, edges: &BTreeSet<(Home, Ident)>) -> bool {
    let mut changed = false;
    for (from, to) in edges {
        // What is always there needs no more.
        let Some(mut gate) = gates.get_mut(to).filter(|gate| gate.is_some()).map(Option::take) else { continue };
        match from {
            Home::Types(file) => changed |= gates.get(file).is_some_and(|needed| widen(&mut gate, needed)),
            Home::Group(group) => changed |= widen(&mut gate, &Some(BTreeSet::from([*group]))),
        }
        if let Some(slot) = gates.get_mut(to) {
            *slot = gate;
        }
    }
    changed
}

/// Adds groups to a gate; says whether that changed it.
fn widen(gate: &mut Option<BTreeSet<GroupId>>, needed: &Option<BTreeSet<GroupId>>) -> bool {
    match (gate.as_mut(), needed) {
        (Some(groups), Some(needed)) => {
            let before = groups.len();
            groups.extend(needed.iter().copied());
            before != groups.len()
        }
        (Some(_), None) => {
            *gate = None;
            true
        }
        (None, _) => false,
    }
}

/// The features that a file is there with; none where it always is.
pub(super) fn features(names: &Names, gate: Option<&BTreeSet<GroupId>>) -> Vec<String> {
    gate.into_iter().flatten().map(|group| names.group(*group).feature.clone()).collect()
}
