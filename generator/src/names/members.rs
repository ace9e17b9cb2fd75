//! Identifiers inside a type: fields of structs, variants of enums and unions.

use crate::ir::{Field, FieldForm, IntegerValue, Shape, StringValue, Struct, TypeDef, TypeId, Union};

use super::context::Context;
use super::ident::Ident;
use super::keys;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// The identifiers inside one type.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Fields of a struct, in order.
    pub fields: Vec<Ident>,
    /// Beside each field, the method that sets it to null.
    pub clears: Vec<Ident>,
    /// Maps of prefixed properties, in order.
    pub prefixed: Vec<Ident>,
    /// The map of all other properties.
    pub extra: Ident,
    /// Variants of an enum or a union, in order.
    pub variants: Vec<Ident>,
}

/// Names what is inside a type.
pub(super) fn members(ctx: &Context<'_>, id: TypeId, def: &TypeDef) -> Members {
    let key = ctx.keys.ty(id);
    match &def.shape {
        Shape::Struct(object) => fields(ctx, key, object),
        Shape::StringEnum(values) => strings(ctx, key, values),
        Shape::IntegerEnum(values) => integers(ctx, key, values),
        Shape::Union(union) => variants(ctx, key, union),
        Shape::Alias(_) | Shape::Newtype(_) => Members::default(),
    }
}

/// The keys of everything inside a type that has an identifier, with its wire name and its identifier.
pub(super) fn each(key: &str, def: &TypeDef, names: &Members, visit: &mut dyn FnMut(String, &str, &Ident)) {
    let variants = |keys: Vec<(String, String)>, visit: &mut dyn FnMut(String, &str, &Ident)| {
        keys.into_iter().zip(&names.variants).for_each(|((key, wire), ident)| visit(key, &wire, ident));
    };
    match &def.shape {
        Shape::Struct(object) => {
            for (field, (ident, clear)) in object.fields.iter().zip(names.fields.iter().zip(&names.clears)) {
                visit(keys::inside(key, &field.wire), &field.wire, ident);
                if clears(field) {
                    visit(clear_key(key, field), "", clear);
                }
            }
            for (prefixed, ident) in object.prefixed.iter().zip(&names.prefixed) {
                visit(prefix_key(key, &prefixed.prefix), "", ident);
            }
            if object.extra.is_some() {
                visit(extra_key(key), "", &names.extra);
            }
        }
        Shape::StringEnum(values) => {
            variants(enumerator_keys(key, values.iter().map(|value| value.wire.clone())), visit)
        }
        Shape::IntegerEnum(values) => {
            variants(enumerator_keys(key, values.iter().map(|value| value.wire.to_string())), visit);
        }
        Shape::Union(union) => {
            variants(enumerator_keys(key, union.variants.iter().map(|variant| variant.name.clone())), visit);
        }
        Shape::Alias(_) | Shape::Newtype(_) => {}
    }
}

fn clears(field: &Field) -> bool {
    field.form == FieldForm::ThreeState
}

fn clear_key(key: &str, field: &Field) -> String {
    keys::beside(&keys::inside(key, &field.wire), "clear")
}

fn prefix_key(key: &str, prefix: &str) -> String {
    keys::beside(key, &format!("prefix {prefix}"))
}

fn extra_key(key: &str) -> String {
    keys::beside(key, "extra")
}

fn fields(ctx: &Context<'_>, key: &str, object: &Struct) -> Members {
    let mut scope = Scope::values(&["new"]);
    let mut wishes: Vec<Wish> = Vec::new();
    for field in &object.fields {
        let name = words::snake(&field.wire);
        wishes.push(user_or(keys::inside(key, &field.wire), field.rust_name.as_deref(), name, &field.wire));
    }
    for prefixed in &object.prefixed {
        let name = words::snake(&prefixed.prefix);
        wishes.push(Wish::new(prefix_key(key, &prefixed.prefix), name, &prefixed.prefix, 2));
    }
    if object.extra.is_some() {
        wishes.push(Wish::new(extra_key(key), "extra".to_owned(), "", 2));
    }
    let three_state = || object.fields.iter().filter(|field| clears(field)).map(|field| clear_key(key, field));
    for key in wishes.iter().map(|wish| wish.key.clone()).chain(three_state()) {
        // What was a variant before is no name for a field.
        if let Some(name) = ctx.lock.members.get(&key).filter(|name| !name.starts_with(char::is_uppercase)) {
            scope.keep(&key, name);
        }
    }
    let mut idents = scope.assign(&wishes);
    let extra = if object.extra.is_some() { idents.pop().unwrap_or_default() } else { Ident::default() };
    let prefixed = idents.split_off(object.fields.len());
    let mut clear = |field: &Field, ident: &Ident| {
        let name = format!("clear_{}", ident.as_str().trim_matches('_'));
        scope.one(Wish::new(clear_key(key, field), name, "", 3))
    };
    // In the order of their keys: which of two gets a number must not depend on the order of the document.
    let mut order: Vec<usize> = (0..object.fields.len()).collect();
    order.sort_by_key(|index| object.fields.get(*index).map(|field| &field.wire));
    let mut clears = vec![Ident::default(); object.fields.len()];
    for index in order {
        if let (Some(field), Some(ident), Some(slot)) =
            (object.fields.get(index), idents.get(index), clears.get_mut(index))
            && self::clears(field)
        {
            *slot = clear(field, ident);
        }
    }
    ctx.close(scope);
    Members { fields: idents, clears, prefixed, extra, variants: Vec::new() }
}

fn strings(ctx: &Context<'_>, key: &str, values: &[StringValue]) -> Members {
    enumerators(ctx, key, values.iter().map(|value| (value.rust_name.as_deref(), value.wire.clone())).collect())
}

fn integers(ctx: &Context<'_>, key: &str, values: &[IntegerValue]) -> Members {
    enumerators(ctx, key, values.iter().map(|value| (value.rust_name.as_deref(), value.wire.to_string())).collect())
}

fn variants(ctx: &Context<'_>, key: &str, union: &Union) -> Members {
    enumerators(ctx, key, union.variants.iter().map(|variant| (None, variant.name.clone())).collect())
}

/// The keys of variants; one that has the name of an earlier one is numbered.
fn enumerator_keys(key: &str, wires: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    wires
        .map(|wire| {
            let inside = keys::inside(key, &wire);
            let number = seen.entry(wire.clone()).or_default();
            *number += 1;
            (if *number > 1 { keys::beside(&inside, &number.to_string()) } else { inside }, wire)
        })
        .collect()
}

fn enumerators(ctx: &Context<'_>, key: &str, values: Vec<(Option<&str>, String)>) -> Members {
    let keys = enumerator_keys(key, values.iter().map(|(_, wire)| wire.clone()));
    let mut scope = Scope::types(&["Unknown", "Self"]);
    let wishes: Vec<Wish> = keys
        .into_iter()
        .zip(values)
        .map(|((key, wire), (user, _))| match user {
            Some(name) => Wish::new(key, escape(words::pascal(name, Symbols::Spell)), name, Wish::USER),
            None => Wish::new(key, escape(words::pascal(&wire, Symbols::Spell)), &wire, 1),
        })
        .collect();
    for wish in &wishes {
        if let Some(name) = ctx.lock.members.get(&wish.key).filter(|name| !name.starts_with(char::is_lowercase)) {
            scope.keep(&wish.key, name);
        }
    }
    let variants = scope.assign(&wishes);
    ctx.close(scope);
    Members { variants, ..Members::default() }
}

/// `Unknown` is the variant for what this version of the crate does not know.
fn escape(name: String) -> String {
    if name == "Unknown" || name == "Self" { format!("{name}_") } else { name }
}

/// The user's name when there is one, otherwise the name made of the wire name.
pub(super) fn user_or(key: String, user: Option<&str>, name: String, wire: &str) -> Wish {
    match user {
        Some(user) => {
            let verbatim = words::verbatim(user).filter(|name| *name == words::snake(user));
            Wish::new(key, verbatim.unwrap_or_else(|| words::snake(user)), user, Wish::USER)
        }
        None => Wish::new(key, name, wire, 1),
    }
}
