//! Which limits can be checked on the type that a value has, and which types therefore are checked.

use super::bounds;
use super::graph::Graph;
use crate::ir::limits::Subject;
use crate::ir::{Api, Checks, Limit, Limits, Shape, TextFormat, Type, TypeDef, TypeId};

/// Leaves only limits that can be checked, then marks every type that is sent and has some, itself or further inside.
pub(super) fn annotate(api: &mut Api) {
    let any = api.types.iter().any(|def| !def.limits.is_empty() || each(def).any(|limits| !limits.is_empty()));
    if !any {
        return;
    }
    let before = api.clone();
    for def in &mut api.types {
        fit_shape(&before, def);
    }
    let checked = checked(api);
    let mut needs = Checks::None;
    for (def, checked) in api.types.iter_mut().zip(checked) {
        def.checked = checked && def.usage.sent && !matches!(def.shape, Shape::Alias(_));
        if def.checked {
            let patterns = each(def).any(Limits::has_pattern);
            needs = if patterns || needs == Checks::Patterns { Checks::Patterns } else { Checks::Plain };
        }
    }
    api.needs.checks = needs;
}

fn fit_shape(api: &Api, def: &mut TypeDef) {
    match &mut def.shape {
        Shape::Struct(object) => {
            for field in &mut object.fields {
                field.limits = fit(api, &field.ty, &field.limits);
            }
            for prefixed in &mut object.prefixed {
                prefixed.limits = fit(api, &prefixed.ty, &prefixed.limits);
            }
            object.extra_limits =
                object.extra.as_ref().map(|ty| fit(api, ty, &object.extra_limits)).unwrap_or_default();
            def.limits = Limits { own: about(&def.limits, Subject::Object), inside: Vec::new() };
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                variant.limits = fit(api, &variant.ty, &variant.limits);
            }
            def.limits = Limits::default();
        }
        Shape::Newtype(ty) => def.limits = fit(api, ty, &def.limits),
        Shape::Alias(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) => def.limits = Limits::default(),
    }
}

/// The limits that ask something of values of a type: those about its kind of value, without what its own name asks.
fn fit(api: &Api, ty: &Type, limits: &Limits) -> Limits {
    let of_items = |item: &Type| limits.inside.first().map(|inside| fit(api, item, inside)).into_iter().collect();
    let own = |subject: Subject| Limits { own: about(limits, subject), inside: Vec::new() };
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => fit(api, inner, limits),
        Type::Named(id) => match api.types.get(id.0) {
            Some(TypeDef { shape: Shape::Alias(inner), .. }) => fit(api, inner, limits),
            Some(def @ TypeDef { shape: Shape::Struct(_), .. }) => {
                let mut beyond = own(Subject::Object);
                beyond.own.retain(|limit| !def.limits.own.contains(limit));
                beyond
            }
            _ => Limits::default(),
        },
        Type::Integer(width) => numbers(limits, |limit| bounds::of_integer(limit, *width)),
        Type::Double | Type::Float => numbers(limits, bounds::of_double),
        Type::Text(TextFormat::Decimal) => numbers(limits, bounds::of_decimal),
        Type::String | Type::Secret | Type::DateTime | Type::Date => own(Subject::Text),
        Type::List(item) => Limits { inside: of_items(item), ..own(Subject::List) },
        Type::Map(value) => Limits { inside: of_items(value), ..own(Subject::Object) },
        Type::Tuple(items) => {
            let inside = items.iter().zip(&limits.inside).map(|(item, inside)| fit(api, item, inside)).collect();
            Limits { own: Vec::new(), inside }
        }
        // The types of formats say all that can be said of their texts.
        Type::Boolean | Type::Text(_) | Type::Foreign(_) | Type::Base64 | Type::File | Type::Any | Type::Null => {
            Limits::default()
        }
    }
}

fn numbers(limits: &Limits, settle: impl Fn(&Limit) -> Option<Limit>) -> Limits {
    Limits { own: about(limits, Subject::Number).iter().filter_map(settle).collect(), inside: Vec::new() }
}

fn about(limits: &Limits, subject: Subject) -> Vec<Limit> {
    limits.own.iter().filter(|limit| limit.subject() == subject).cloned().collect()
}

/// Everything that is asked in a type.
fn each(def: &TypeDef) -> impl Iterator<Item = &Limits> {
    let (object, union) = match &def.shape {
        Shape::Struct(object) => (Some(object), None),
        Shape::Union(union) => (None, Some(union)),
        Shape::Alias(_) | Shape::Newtype(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) => (None, None),
    };
    let of_object = object.into_iter().flat_map(|object| {
        let fields = object.fields.iter().map(|field| &field.limits);
        fields.chain(object.prefixed.iter().map(|prefixed| &prefixed.limits)).chain([&object.extra_limits])
    });
    let of_union = union.into_iter().flat_map(|union| union.variants.iter().map(|variant| &variant.limits));
    [&def.limits].into_iter().chain(of_object).chain(of_union)
}

/// Which types ask something of their values, themselves or further inside.
fn checked(api: &Api) -> Vec<bool> {
    let asks = api.types.iter().enumerate().filter(|(_, def)| each(def).any(|limits| !limits.is_empty()));
    Graph::reversed(api).reach_ids(asks.map(|(index, _)| TypeId(index)))
}
