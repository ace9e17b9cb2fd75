//! Which way every type travels, and which groups reach it.

use super::inside;
use crate::ir::{Api, GroupId, Operation, Type, TypeId, Usage};

pub(super) fn annotate(api: &mut Api) {
    let graph = Graph::new(api);
    let operations = || api.operations.iter();
    let payloads = api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref());
    let everywhere = graph.reach(payloads.clone());
    let sent = graph.reach(operations().flat_map(inputs));
    let received = graph.reach(operations().flat_map(outputs).chain(payloads));
    let by_group: Vec<Vec<bool>> = (0..api.groups.len())
        .map(|group| {
            let own = operations().filter(|operation| operation.group == GroupId(group));
            graph.reach(own.flat_map(|operation| inputs(operation).into_iter().chain(outputs(operation))))
        })
        .collect();
    for (index, def) in api.types.iter_mut().enumerate() {
        let is_in = |set: &[bool]| set.get(index).copied().unwrap_or_default();
        def.usage = Usage { sent: is_in(&sent), received: is_in(&received) };
        let all = (0..by_group.len()).map(GroupId);
        let groups: Vec<GroupId> =
            all.clone().filter(|group| by_group.get(group.0).is_some_and(|set| is_in(set))).collect();
        // A type that no operation reaches is there for everybody, as are the payloads of webhooks.
        def.groups = if groups.is_empty() || is_in(&everywhere) { all.collect() } else { groups };
    }
}

fn inputs(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    parameters.chain(contents.filter_map(|content| content.form.ty())).collect()
}

fn outputs(operation: &Operation) -> Vec<&Type> {
    let responses = operation.success.iter().chain(&operation.errors);
    responses
        .flat_map(|response| {
            let bodies = response.contents.iter().filter_map(|content| content.form.ty());
            bodies.chain(response.headers.iter().map(|header| &header.ty))
        })
        .collect()
}

/// Which types each type mentions.
pub(super) struct Graph {
    edges: Vec<Vec<TypeId>>,
}

impl Graph {
    fn new(api: &Api) -> Self {
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
    fn reach<'t>(&self, from: impl Iterator<Item = &'t Type>) -> Vec<bool> {
        let mut open = Vec::new();
        from.for_each(|ty| ty.each_named(&mut |id| open.push(id)));
        self.reach_ids(open.into_iter())
    }

    /// Whether each type can be reached from the given ones; these are reached as well.
    pub(super) fn reach_ids(&self, from: impl Iterator<Item = TypeId>) -> Vec<bool> {
        let mut reached = vec![false; self.edges.len()];
        let mut open: Vec<TypeId> = from.collect();
        while let Some(id) = open.pop() {
            if let Some(slot) = reached.get_mut(id.0)
                && !std::mem::replace(slot, true)
            {
                open.extend(self.edges.get(id.0).into_iter().flatten());
            }
        }
        reached
    }
}
