//! Types with a form of their own for requests: where a property is required in one direction only, one type cannot be
//! right in both (OpenAPI 3.0.4 §4.7.24.2: `required` of a `readOnly` property takes effect on the response only).

use std::collections::{BTreeMap, BTreeSet};

use super::demands::{self, LeftOut};
use super::graph::Graph;
use super::inside_mut;
use crate::ir::{Api, Field, Presence, Shape, Struct, Type, TypeDef, TypeId, TypeName, Union, UnionRule, Usage};

/// The type that is sent in place of each type that is split.
type Inputs = BTreeMap<TypeId, TypeId>;

/// Splits the types that need it, then leaves out of each type what never travels its way.
pub(super) fn annotate(api: &mut Api) {
    let inputs = add_inputs(api);
    let only_sent = |def: &&mut TypeDef| def.usage.sent && !def.usage.received;
    for def in api.types.iter_mut().filter(only_sent) {
        inside_mut(&mut def.shape).into_iter().for_each(|ty| redirect(ty, &inputs));
    }
    for operation in &mut api.operations {
        operation.each_sent_mut(&mut |ty| redirect(ty, &inputs));
    }
    let tags = tags(api);
    let mut left_out = LeftOut::new();
    for id in (0..api.types.len()).map(TypeId) {
        let gone = leave_out(api, id, &tags);
        if !gone.is_empty() {
            left_out.insert(id, gone);
        }
    }
    demands::relax(api, &left_out);
}

/// Copies every type that is split; the original is received from then on, the copy is sent.
fn add_inputs(api: &mut Api) -> Inputs {
    let mut inputs = Inputs::new();
    for id in split_types(api) {
        let Some(def) = api.types.get_mut(id.0) else { continue };
        def.usage = Usage { sent: false, received: true };
        let mut input = TypeDef {
            name: TypeName::Input(id),
            places: Vec::new(),
            rust_name: None,
            usage: Usage { sent: true, received: false },
            ..def.clone()
        };
        input.docs.notes.push("The form in requests.".to_owned());
        def.docs.notes.push("The form in responses; requests take another one.".to_owned());
        inputs.insert(id, TypeId(api.types.len()));
        api.types.push(input);
    }
    inputs
}

/// Types that travel both ways and hold, themselves or further inside, a property that is required in one direction only.
fn split_types(api: &Api) -> BTreeSet<TypeId> {
    let both = |id: TypeId| api.types.get(id.0).is_some_and(|def| def.usage.sent && def.usage.received);
    let ids = || (0..api.types.len()).map(TypeId).filter(|id| both(*id));
    let one_sided = |id: &TypeId| match api.types.get(id.0).map(|def| &def.shape) {
        Some(Shape::Struct(shape)) => shape.fields.iter().any(is_one_sided),
        _ => false,
    };
    let holders = Graph::reversed(api).reach_ids(ids().filter(one_sided));
    ids().filter(|id| holders.get(id.0).copied().unwrap_or_default()).collect()
}

fn is_one_sided(field: &Field) -> bool {
    let required = matches!(field.presence, Presence::Required | Presence::RequiredNullable);
    required && field.read_only != field.write_only
}

fn redirect(ty: &mut Type, inputs: &Inputs) {
    ty.each_named_mut(&mut |id| {
        if let Some(input) = inputs.get(id) {
            *id = *input;
        }
    });
}

/// The tags of unions: they travel whatever is said of them.
fn tags(api: &Api) -> BTreeSet<(TypeId, String)> {
    let mut tags = BTreeSet::new();
    for def in &api.types {
        if let Shape::Union(Union { rule: UnionRule::Tag(tag), variants }) = &def.shape {
            for variant in variants {
                variant.ty.each_named(&mut |id| {
                    tags.insert((behind(api, id), tag.clone()));
                });
            }
        }
    }
    tags
}

/// The type behind a chain of aliases.
fn behind(api: &Api, id: TypeId) -> TypeId {
    let mut current = id;
    for _ in 0..api.types.len() {
        match api.types.get(current.0).map(|def| &def.shape) {
            Some(Shape::Alias(Type::Named(next))) => current = *next,
            _ => break,
        }
    }
    current
}

/// Removes the properties that only travel the other way, says so in the documentation, and returns their wire names.
fn leave_out(api: &mut Api, id: TypeId, tags: &BTreeSet<(TypeId, String)>) -> BTreeSet<String> {
    let Some(def) = api.types.get_mut(id.0) else { return BTreeSet::new() };
    let usage = def.usage;
    let Shape::Struct(shape) = &mut def.shape else { return BTreeSet::new() };
    let foreign = |field: &Field| {
        let other_way = match (usage.sent, usage.received) {
            (true, false) => field.read_only && !field.write_only,
            (false, true) => field.write_only && !field.read_only,
            (true, true) | (false, false) => false,
        };
        other_way && !tags.contains(&(id, field.wire.clone()))
    };
    let left_out: Vec<String> = shape.fields.iter().filter(|field| foreign(field)).map(|f| f.wire.clone()).collect();
    if left_out.is_empty() {
        return BTreeSet::new();
    }
    let kept: Vec<usize> =
        (0..).zip(&shape.fields).filter(|(_, field)| !foreign(field)).map(|(index, _)| index).collect();
    remove(shape, &kept);
    let (which, direction) = if usage.sent { ("Read-only", "sent") } else { ("Write-only", "received") };
    def.docs.notes.push(format!("{which}, so not {direction}: `{}`.", left_out.join("`, `")));
    for operation in &mut api.operations {
        operation.each_step_mut(&mut |step| {
            if step.ty == id
                && let Some(place) = kept.iter().position(|old| *old == step.field)
            {
                step.field = place;
            }
        });
    }
    left_out.into_iter().collect()
}

fn remove(shape: &mut Struct, kept: &[usize]) {
    let mut index = 0;
    shape.fields.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
}
