//! Which types are the same: a partition that is refined until types of one class refer to types of one class.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::wording::Chain;
use super::{Place, Published};
use crate::ir::{Api, Shape, Type, TypeDef, TypeId};

/// Types of the same class are the same type.
pub(super) type Class = usize;

/// The class of every type.
pub(super) fn classes(api: &Api, chains: &[Chain], places: &[Place]) -> Vec<Class> {
    let shapes: Vec<Own> = api.types.iter().map(own).collect();
    let published = |index: usize| places.get(index).and_then(|place| place.published.as_ref());
    let alike = refine(&shapes, |index| chains.get(index).and_then(|chain| chain.first()).ok_or(index));
    if (0..shapes.len()).all(|index| published(index).is_none()) {
        return alike;
    }
    let joined = joinable(&alike, places);
    refine(&shapes, |index| {
        let company = published(index).or_else(|| joined.get(alike.get(index)?).copied());
        chains.get(index).and_then(|chain| chain.first()).map(|word| (word, company)).ok_or(index)
    })
}

/// Per class what new members of it join: the first type of it that was published beside the named schemas.
fn joinable<'a>(classes: &[Class], places: &'a [Place]) -> BTreeMap<Class, &'a Published> {
    let mut found: BTreeMap<Class, (&str, &Published)> = BTreeMap::new();
    for (class, place) in classes.iter().zip(places) {
        let Some(published) = place.published.as_ref().filter(|published| published.module.is_none()) else { continue };
        let entry = found.entry(*class).or_insert((&place.key, published));
        *entry = (*entry).min((&place.key, published));
    }
    found.into_iter().map(|(class, (_, published))| (class, published)).collect()
}

/// What a type says itself, and what it refers to.
struct Own {
    hash: [u64; 2],
    mentions: Vec<TypeId>,
}

/// Splits classes until nothing tells members of one apart.
fn refine<K: Ord>(shapes: &[Own], start: impl Fn(usize) -> K) -> Vec<Class> {
    let mut first: BTreeMap<([u64; 2], K), Class> = BTreeMap::new();
    let mut classes: Vec<Class> = Vec::with_capacity(shapes.len());
    for (index, own) in shapes.iter().enumerate() {
        let next = first.len();
        classes.push(*first.entry((own.hash, start(index))).or_insert(next));
    }
    let mut count = first.len();
    loop {
        let mut finer: BTreeMap<(Class, Vec<Class>), Class> = BTreeMap::new();
        let refined = shapes.iter().zip(&classes).map(|(own, class)| {
            let mentions = own.mentions.iter().filter_map(|id| classes.get(id.0).copied()).collect();
            let next = finer.len();
            *finer.entry((*class, mentions)).or_insert(next)
        });
        let refined: Vec<Class> = refined.collect();
        classes = refined;
        if finer.len() == count {
            return classes;
        }
        count = finer.len();
    }
}

/// Reads one type. Two hashes of everything, with different beginnings, are equal for equal things only.
fn own(def: &TypeDef) -> Own {
    let mut mentions = Vec::new();
    let hash = [1_u8, 2].map(|seed| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        (&def.rust_name, def.deprecated, &def.limits).hash(&mut hasher);
        shape(&def.shape, &mut hasher);
        hasher.finish()
    });
    def.shape.each_named(&mut |id| mentions.push(id));
    Own { hash, mentions }
}

fn shape(shape: &Shape, hasher: &mut DefaultHasher) {
    std::mem::discriminant(shape).hash(hasher);
    match shape {
        Shape::Struct(object) => {
            for field in &object.fields {
                let flags = (field.deprecated, field.read_only, field.write_only, field.presence);
                (&field.wire, &field.rust_name, flags, &field.limits, &field.docs).hash(hasher);
                ty(&field.ty, hasher);
            }
            (object.fields.len(), &object.constants).hash(hasher);
            for prefixed in &object.prefixed {
                (&prefixed.prefix, &prefixed.limits, &prefixed.docs).hash(hasher);
                ty(&prefixed.ty, hasher);
            }
            (object.prefixed.len(), object.extra.is_some(), &object.extra_limits).hash(hasher);
            object.extra.iter().for_each(|extra| ty(extra, hasher));
        }
        Shape::StringEnum(values) => values.hash(hasher),
        Shape::IntegerEnum(values) => values.hash(hasher),
        Shape::Union(union) => {
            (&union.rule, union.variants.len()).hash(hasher);
            for variant in &union.variants {
                (&variant.name, &variant.tags, variant.adds_tag, variant.fallback).hash(hasher);
                (&variant.guard, &variant.limits, &variant.docs).hash(hasher);
                ty(&variant.ty, hasher);
            }
        }
        Shape::Alias(inner) | Shape::Newtype(inner) => ty(inner, hasher),
    }
}

/// A type without what it refers to.
fn ty(of: &Type, hasher: &mut DefaultHasher) {
    std::mem::discriminant(of).hash(hasher);
    match of {
        Type::Named(_) => {}
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => ty(inner, hasher),
        Type::Tuple(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| ty(item, hasher));
        }
        Type::Integer(width) => width.hash(hasher),
        Type::Text(format) => format.hash(hasher),
        Type::Foreign(id) => id.hash(hasher),
        Type::Boolean
        | Type::Double
        | Type::Float
        | Type::String
        | Type::DateTime
        | Type::Date
        | Type::Base64
        | Type::File
        | Type::Secret
        | Type::Any
        | Type::Null => {}
    }
}
