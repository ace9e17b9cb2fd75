//! Where types contain themselves: a `Box` exactly where the cycle closes, a type of its own where an alias would be endless.

use super::{inside, inside_mut};
use crate::ir::{Api, Shape, Type, TypeId};

/// How far the search has come with a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// An alias that leads back to itself through nothing but aliases becomes a type of its own.
pub(super) fn newtypes(api: &mut Api) {
    let mut marks = vec![Mark::New; api.types.len()];
    let mut found = Vec::new();
    for index in 0..api.types.len() {
        closing_edges(api, TypeId(index), &mut marks, alias_edges, &mut |_, target, _| found.push(target));
    }
    for id in found {
        if let Some(def) = api.types.get_mut(id.0)
            && let Shape::Alias(ty) = &def.shape
        {
            def.shape = Shape::Newtype(ty.clone());
        }
    }
}

/// Puts a `Box` around every use that closes a cycle of types stored inside each other.
pub(super) fn boxes(api: &mut Api) {
    let mut marks = vec![Mark::New; api.types.len()];
    let mut found = Vec::new();
    for index in 0..api.types.len() {
        closing_edges(api, TypeId(index), &mut marks, stored_edges, &mut |from, target, place| {
            found.push((from, target, place))
        });
    }
    for (from, target, place) in found {
        if let Some(def) = api.types.get_mut(from.0)
            && let Some(ty) = inside_mut(&mut def.shape).into_iter().nth(place)
        {
            enclose(ty, target);
        }
    }
}

/// One edge of the graph: the target and which of the types inside the source mentions it.
type Edge = (TypeId, usize);

/// Depth-first search without recursion; reports every edge that leads back to a type that is still open.
fn closing_edges(
    api: &Api,
    start: TypeId,
    marks: &mut [Mark],
    edges: fn(&Api, TypeId) -> Vec<Edge>,
    report: &mut impl FnMut(TypeId, TypeId, usize),
) {
    let mut stack: Vec<(TypeId, std::vec::IntoIter<Edge>)> = Vec::new();
    let enter = |id: TypeId, marks: &mut [Mark], stack: &mut Vec<_>| {
        if let Some(mark) = marks.get_mut(id.0) {
            *mark = Mark::Open;
        }
        stack.push((id, edges(api, id).into_iter()));
    };
    if marks.get(start.0) != Some(&Mark::New) {
        return;
    }
    enter(start, marks, &mut stack);
    while let Some((id, rest)) = stack.last_mut() {
        let id = *id;
        match rest.next() {
            Some((target, place)) => match marks.get(target.0) {
                Some(Mark::New) => enter(target, marks, &mut stack),
                Some(Mark::Open) => report(id, target, place),
                Some(Mark::Done) | None => {}
            },
            None => {
                if let Some(mark) = marks.get_mut(id.0) {
                    *mark = Mark::Done;
                }
                stack.pop();
            }
        }
    }
}

/// What an alias mentions, as long as it is an alias.
fn alias_edges(api: &Api, id: TypeId) -> Vec<Edge> {
    let Some(Shape::Alias(ty)) = api.types.get(id.0).map(|def| &def.shape) else { return Vec::new() };
    let mut edges = Vec::new();
    ty.each_named(&mut |target| edges.push((target, 0)));
    edges
}

/// What a type stores in place: lists and maps store elsewhere.
fn stored_edges(api: &Api, id: TypeId) -> Vec<Edge> {
    let Some(def) = api.types.get(id.0) else { return Vec::new() };
    // Prefixed and further properties are maps; only fields are stored in place.
    let stored = match &def.shape {
        Shape::Struct(shape) => shape.fields.len(),
        Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) => {
            usize::MAX
        }
    };
    let mut edges = Vec::new();
    for (place, ty) in inside(&def.shape).into_iter().enumerate().take(stored) {
        in_place(ty, &mut |target| edges.push((target, place)));
    }
    edges
}

fn in_place(ty: &Type, visit: &mut impl FnMut(TypeId)) {
    match ty {
        Type::Named(id) => visit(*id),
        Type::Nullable(inner) => in_place(inner, visit),
        Type::Tuple(items) => items.iter().for_each(|item| in_place(item, visit)),
        _ => {}
    }
}

fn enclose(ty: &mut Type, target: TypeId) {
    match ty {
        Type::Named(id) if *id == target => *ty = Type::Boxed(Box::new(Type::Named(target))),
        Type::Nullable(inner) => enclose(inner, target),
        Type::Tuple(items) => items.iter_mut().for_each(|item| enclose(item, target)),
        _ => {}
    }
}
