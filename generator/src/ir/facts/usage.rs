//! Which way every type travels, and which groups reach it.

use std::collections::BTreeSet;

use super::{form_type, inside, mentioned};
use crate::ir::{Api, GroupId, Type, TypeId, Usage};

pub(super) fn annotate(api: &mut Api) {
    let mut sent = BTreeSet::new();
    let mut received = BTreeSet::new();
    let mut by_group: Vec<BTreeSet<TypeId>> = vec![BTreeSet::new(); api.groups.len()];
    for operation in &api.operations {
        let (mut inputs, mut outputs) = (BTreeSet::new(), BTreeSet::new());
        for parameter in &operation.parameters {
            reach(api, &parameter.ty, &mut inputs);
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            form_type(&content.form).into_iter().for_each(|ty| reach(api, ty, &mut inputs));
        }
        for response in operation.success.iter().chain(&operation.errors) {
            let bodies = response.contents.iter().filter_map(|content| form_type(&content.form));
            bodies.chain(response.headers.iter().map(|header| &header.ty)).for_each(|ty| reach(api, ty, &mut outputs));
        }
        if let Some(group) = by_group.get_mut(operation.group.0) {
            group.extend(inputs.iter().chain(&outputs));
        }
        sent.extend(inputs);
        received.extend(outputs);
    }
    let mut everywhere = BTreeSet::new();
    for payload in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        reach(api, payload, &mut everywhere);
    }
    received.extend(&everywhere);
    for index in 0..api.types.len() {
        let id = TypeId(index);
        let groups = groups_of(id, &by_group, &everywhere);
        if let Some(def) = api.types.get_mut(index) {
            def.usage = Usage { sent: sent.contains(&id), received: received.contains(&id) };
            def.groups = groups;
        }
    }
}

/// A type that no operation reaches is there for everybody, as are the payloads of webhooks.
fn groups_of(id: TypeId, by_group: &[BTreeSet<TypeId>], everywhere: &BTreeSet<TypeId>) -> Vec<GroupId> {
    let groups: Vec<GroupId> =
        by_group.iter().enumerate().filter(|(_, types)| types.contains(&id)).map(|(index, _)| GroupId(index)).collect();
    if groups.is_empty() || everywhere.contains(&id) { (0..by_group.len()).map(GroupId).collect() } else { groups }
}

/// Adds every named type that can be reached from a type.
fn reach(api: &Api, ty: &Type, found: &mut BTreeSet<TypeId>) {
    let mut open = Vec::new();
    mentioned(ty, &mut |id| open.push(id));
    while let Some(id) = open.pop() {
        if found.insert(id)
            && let Some(def) = api.types.get(id.0)
        {
            inside(&def.shape).into_iter().for_each(|ty| mentioned(ty, &mut |id| open.push(id)));
        }
    }
}
