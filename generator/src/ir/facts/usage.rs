//! Which way every type travels, and which groups reach it.

use super::graph::Graph;
use crate::ir::{Api, GroupId, Operation, Type, Usage};

pub(super) fn annotate(api: &mut Api) {
    let graph = Graph::new(api);
    let operations = || api.operations.iter();
    let payloads = api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref());
    let everywhere = graph.reach(payloads.clone());
    let sent = graph.reach(operations().flat_map(inputs));
    let received = graph.reach(operations().flat_map(outputs).chain(payloads));
    let reached_by = reached_by(api, &graph);
    let all: Vec<GroupId> = (0..api.groups.len()).map(GroupId).collect();
    for ((index, def), groups) in api.types.iter_mut().enumerate().zip(reached_by) {
        let is_in = |set: &[bool]| set.get(index).copied().unwrap_or_default();
        def.usage = Usage { sent: is_in(&sent), received: is_in(&received) };
        // A type that no operation reaches is there for everybody, as are the payloads of webhooks.
        def.groups = if groups.is_empty() || is_in(&everywhere) { all.clone() } else { groups };
    }
}

/// The groups that reach each type, in order.
fn reached_by(api: &Api, graph: &Graph) -> Vec<Vec<GroupId>> {
    let mut own = vec![Vec::new(); api.groups.len()];
    for operation in &api.operations {
        if let Some(types) = own.get_mut(operation.group.0) {
            types.extend(inputs(operation).into_iter().chain(outputs(operation)));
        }
    }
    let mut reached_by = vec![Vec::new(); api.types.len()];
    let mut marks = vec![false; api.types.len()];
    for (group, types) in own.into_iter().enumerate() {
        for id in graph.reached(types.into_iter(), &mut marks) {
            if let Some(groups) = reached_by.get_mut(id.0) {
                groups.push(GroupId(group));
            }
        }
    }
    reached_by
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
