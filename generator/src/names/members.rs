//! Identifiers inside a type: fields, setters and variants.

use crate::ir::{FieldForm, IntegerValue, Shape, StringValue, Struct, Union};

use super::ident::Ident;
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
pub(super) fn members(shape: &Shape) -> Members {
    match shape {
        Shape::Struct(object) => fields(object),
        Shape::StringEnum(values) => strings(values),
        Shape::IntegerEnum(values) => integers(values),
        Shape::Union(union) => variants(union),
        Shape::Alias(_) | Shape::Newtype(_) => Members::default(),
    }
}

fn fields(object: &Struct) -> Members {
    let mut scope = Scope::values(&["new"]);
    let mut wishes: Vec<Wish> = Vec::new();
    for field in &object.fields {
        wishes.push(user_or(field.rust_name.as_deref(), words::snake(&field.wire), &field.wire));
    }
    for prefixed in &object.prefixed {
        wishes.push(Wish::new(words::snake(&prefixed.prefix), &prefixed.prefix, 2));
    }
    wishes.push(Wish::new("extra".to_owned(), "", 2));
    let mut idents = scope.assign(&wishes);
    let extra = idents.pop().unwrap_or_default();
    let prefixed = idents.split_off(object.fields.len());
    let clear = |ident: &Ident| Wish::new(format!("clear_{}", ident.as_str().trim_end_matches('_')), "", 3);
    let three_state = object.fields.iter().map(|field| field.form == FieldForm::ThreeState);
    let clears = idents.iter().zip(three_state);
    let clears = clears.map(|(ident, has)| if has { scope.one(clear(ident)) } else { Ident::default() }).collect();
    Members { fields: idents, clears, prefixed, extra, variants: Vec::new() }
}

fn strings(values: &[StringValue]) -> Members {
    enumerators(values.iter().map(|value| (value.rust_name.as_deref(), value.wire.clone())))
}

fn integers(values: &[IntegerValue]) -> Members {
    enumerators(values.iter().map(|value| (value.rust_name.as_deref(), value.wire.to_string())))
}

fn variants(union: &Union) -> Members {
    enumerators(union.variants.iter().map(|variant| (None, variant.name.clone())))
}

fn enumerators<'a>(values: impl Iterator<Item = (Option<&'a str>, String)>) -> Members {
    let wishes: Vec<Wish> = values
        .map(|(user, wire)| match user {
            Some(name) => Wish::new(escape(words::pascal(name, Symbols::Spell)), name, 0),
            None => Wish::new(escape(words::pascal(&wire, Symbols::Spell)), &wire, 1),
        })
        .collect();
    Members { variants: Scope::types(&[]).assign(&wishes), ..Members::default() }
}

/// `Unknown` is the variant for what this version of the crate does not know.
fn escape(name: String) -> String {
    if name == "Unknown" || name == "Self" { format!("{name}_") } else { name }
}

/// The user's name when there is one, otherwise the name made of the wire name.
pub(super) fn user_or(user: Option<&str>, name: String, wire: &str) -> Wish {
    match user {
        Some(user) => {
            let verbatim = words::verbatim(user).filter(|name| *name == words::snake(user));
            Wish::new(verbatim.unwrap_or_else(|| words::snake(user)), user, 0)
        }
        None => Wish::new(name, wire, 1),
    }
}
