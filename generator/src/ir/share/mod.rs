//! Unnamed types that are the same become one: documents repeat unnamed schemas, a person writes a type once.
//!
//! Two types are one where they have the same shape, down to their documentation, and are the same thing there: a
//! property, a parameter or an error of the same name. What was published apart stays apart, and what is new joins only
//! what already lives beside the named schemas, so that an addition neither moves nor renames a type.

mod classes;
mod wording;

use std::collections::BTreeMap;

use super::{Api, Type, TypeId, TypeName};
use classes::Class;

/// What is known of the place at which a type is declared, beside what the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the place is called in `names.lock`.
    pub key: String,
    /// What the type there was published as.
    pub published: Option<Published>,
}

/// How a type was published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    /// Its identifier.
    pub name: String,
    /// The module of the group that it lives in; `None` beside the named schemas.
    pub module: Option<String>,
}

/// Makes one type of those that are the same; `places` stands beside [`Api::types`].
pub fn share(api: &mut Api, places: &[Place]) {
    let chains = wording::chains(api);
    let classes = classes::classes(api, &chains, places);
    let mut shared: Vec<Vec<TypeId>> = members(&classes).into_values().filter(|members| members.len() > 1).collect();
    if shared.is_empty() {
        return;
    }
    let order = |id: &TypeId| places.get(id.0).map(|place| (place.published.is_none(), place.key.as_str()));
    for members in &mut shared {
        members.sort_by(|left, right| order(left).cmp(&order(right)));
    }
    shared.sort_by(|left, right| {
        right.len().cmp(&left.len()).then_with(|| left.first().and_then(order).cmp(&right.first().and_then(order)))
    });
    let names = wording::names(api, &chains, &classes, &shared);
    for (members, name) in shared.iter().zip(names) {
        let keys = members.iter().filter_map(|id| places.get(id.0)).map(|place| place.key.clone()).collect();
        let Some(def) = members.first().and_then(|first| api.types.get_mut(first.0)) else { continue };
        def.places = keys;
        if let Some(name) = name {
            def.name = name;
        }
    }
    merge(api, &shared);
}

fn members(classes: &[Class]) -> BTreeMap<Class, Vec<TypeId>> {
    let mut members: BTreeMap<Class, Vec<TypeId>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate() {
        members.entry(*class).or_default().push(TypeId(index));
    }
    members
}

/// Leaves the first of each list and lets everything refer to it that referred to one of the others.
fn merge(api: &mut Api, shared: &[Vec<TypeId>]) {
    let mut first: Vec<usize> = (0..api.types.len()).collect();
    for members in shared {
        let Some(kept) = members.first() else { continue };
        for other in members {
            if let Some(slot) = first.get_mut(other.0) {
                *slot = kept.0;
            }
        }
    }
    let mut next = 0;
    let places: Vec<usize> = first
        .iter()
        .enumerate()
        .map(|(index, kept)| {
            let place = next;
            next += usize::from(*kept == index);
            place
        })
        .collect();
    let new = |id: TypeId| {
        let place = first.get(id.0).and_then(|kept| places.get(*kept));
        place.map_or(id, |place| TypeId(*place))
    };
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        first.get(index - 1) == Some(&(index - 1))
    });
    redirect(api, &new);
}

/// Changes every mention of a type.
fn redirect(api: &mut Api, new: &dyn Fn(TypeId) -> TypeId) {
    let mut visit = |ty: &mut Type| ty.each_named_mut(&mut |id| *id = new(*id));
    for def in &mut api.types {
        super::facts::inside_mut(&mut def.shape).into_iter().for_each(&mut visit);
        match &mut def.name {
            TypeName::Child { parent, .. } | TypeName::Input(parent) => *parent = new(*parent),
            TypeName::Schema(_) | TypeName::Shared(_) | TypeName::OfOperation { .. } | TypeName::Of { .. } => {}
        }
    }
    for operation in &mut api.operations {
        operation.each_type_mut(&mut visit);
        operation.each_step_mut(&mut |step| step.ty = new(step.ty));
    }
    api.webhooks.iter_mut().filter_map(|webhook| webhook.payload.as_mut()).for_each(visit);
}
