//! Which types mention which, and what can be reached from where.

use super::inside;
use crate::ir::{Api, Type, TypeId};

/// Which types each type mentions.
pub(super) struct Graph {
    edges: Vec<Vec<TypeId>>,
}

impl Graph {
    pub(super) fn new(api: &Api) -> Self {
        let edges = api.types.iter().map(|def| {
            let mut edges = Vec::new();
            inside(&def.shape).into_iter().for_each(|ty| ty.each_named(&mut |id| edges.push(id)));
            edges
        });
        Self { edges: edges.collect() }
    }

    /// Which types mention each type.
    pub(super) fn reversed(api: &Api) -> Self {
        let mut edges = vec![Vec::new(); api.types.len()];
        for (index, targets) in Self::new(api).edges.into_iter().enumerate() {
            for target in targets {
                if let Some(sources) = edges.get_mut(target.0) {
                    sources.push(TypeId(index));
                }
            }
        }
        Self { edges }
    }

    /// Whether each type can be reached from what mentions it.
    pub(super) fn reach<'t>(&self, from: impl Iterator<Item = &'t Type>) -> Vec<bool> {
        self.reach_ids(named(from).into_iter())
    }

    /// Whether each type can be reached from the given ones; these are reached as well.
    pub(super) fn reach_ids(&self, from: impl Iterator<Item = TypeId>) -> Vec<bool> {
        let mut reached = vec![false; self.edges.len()];
        self.walk(from.collect(), &mut reached);
        reached
    }

    /// The types that can be reached from what mentions them. `marks` are all clear, before and after: who asks often does
    /// not pay for all types each time.
    pub(super) fn reached<'t>(&self, from: impl Iterator<Item = &'t Type>, marks: &mut [bool]) -> Vec<TypeId> {
        let reached = self.walk(named(from), marks);
        for id in &reached {
            if let Some(mark) = marks.get_mut(id.0) {
                *mark = false;
            }
        }
        reached
    }

    /// Marks what can be reached and has no mark yet, and returns it.
    fn walk(&self, mut open: Vec<TypeId>, marks: &mut [bool]) -> Vec<TypeId> {
        let mut reached = Vec::new();
        while let Some(id) = open.pop() {
            if let Some(mark) = marks.get_mut(id.0)
                && !std::mem::replace(mark, true)
            {
                reached.push(id);
                open.extend(self.edges.get(id.0).into_iter().flatten());
            }
        }
        reached
    }
}

/// The types that are mentioned, in order.
fn named<'t>(types: impl Iterator<Item = &'t Type>) -> Vec<TypeId> {
    let mut named = Vec::new();
    types.for_each(|ty| ty.each_named(&mut |id| named.push(id)));
    named
}
