//! What is asked of a single value, as calls of the checker.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::facts::bounds;
use crate::ir::{Limit, Limits, TextFormat, Type};

/// Where a value stands.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) tokens: TokenStream,
    /// Whether the expression is a reference already.
    reference: bool,
}

impl Place {
    pub(super) fn of(tokens: TokenStream) -> Self {
        Self { tokens, reference: false }
    }

    /// `value`, as the patterns and closures here bind it.
    pub(super) fn bound() -> Self {
        Self { tokens: quote!(value), reference: true }
    }

    pub(super) fn borrowed(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.reference { quote!(#tokens) } else { quote!(&#tokens) }
    }

    pub(super) fn copied(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.reference { quote!(*#tokens) } else { quote!(#tokens) }
    }
}

/// One step of a check.
pub(super) enum Step {
    /// A method of the checker.
    Call(TokenStream),
    /// A statement.
    Code(TokenStream),
}

/// What is asked of an object that is a struct: its properties are those that are sent.
pub(super) fn of_object(limits: &Limits, object: &TokenStream) -> Vec<Step> {
    if limits.own.is_empty() {
        return Vec::new();
    }
    let mut steps = vec![Step::Code(quote!(let properties = found.properties(#object);))];
    steps.extend(counted(limits, &quote!(properties.len())));
    let dependent = limits.own.iter().filter_map(|limit| match limit {
        Limit::DependentRequired(name, others) => {
            Some(Step::Call(quote!(dependent(&properties, #name, &[#(#others),*]))))
        }
        _ => None,
    });
    steps.extend(dependent);
    steps
}

pub(super) fn counted(limits: &Limits, count: &TokenStream) -> Vec<Step> {
    let step = |limit: &Limit| {
        Some(Step::Call(match limit {
            Limit::MinProperties(least) => {
                let least = Literal::u64_unsuffixed(*least);
                quote!(min_properties(#count, #least))
            }
            Limit::MaxProperties(most) => {
                let most = Literal::u64_unsuffixed(*most);
                quote!(max_properties(#count, #most))
            }
            _ => return None,
        }))
    };
    limits.own.iter().filter_map(step).collect()
}

pub(super) fn of_list(limits: &Limits, place: &Place) -> Vec<Step> {
    let (tokens, borrowed) = (&place.tokens, place.borrowed());
    let step = |limit: &Limit| {
        Some(Step::Call(match limit {
            Limit::MinItems(least) => {
                let least = Literal::u64_unsuffixed(*least);
                quote!(min_items(#tokens.len(), #least))
            }
            Limit::MaxItems(most) => {
                let most = Literal::u64_unsuffixed(*most);
                quote!(max_items(#tokens.len(), #most))
            }
            Limit::UniqueItems => quote!(unique(#borrowed)),
            _ => return None,
        }))
    };
    limits.own.iter().filter_map(step).collect()
}

/// The text of a value, as `&str`.
pub(super) fn text(ty: &Type, place: &Place) -> TokenStream {
    let tokens = &place.tokens;
    match ty {
        Type::Secret => quote!(#tokens.expose()),
        Type::DateTime | Type::Date => quote!(#tokens.as_str()),
        _ => place.borrowed(),
    }
}

pub(super) fn of_text(limit: &Limit, text: &TokenStream) -> Option<Step> {
    match limit {
        Limit::MinLength(least) => {
            let least = Literal::u64_unsuffixed(*least);
            Some(Step::Call(quote!(min_length(#text, #least))))
        }
        Limit::MaxLength(most) => {
            let most = Literal::u64_unsuffixed(*most);
            Some(Step::Call(quote!(max_length(#text, #most))))
        }
        Limit::Pattern(pattern) => Some(Step::Call(quote!(matches(#text, pattern!(#pattern))))),
        _ => None,
    }
}

pub(super) fn number(ty: &Type, limit: &Limit, place: &Place) -> Option<Step> {
    let borrowed = place.borrowed();
    let call = match limit {
        Limit::Minimum(text) => {
            let bound = literal(ty, text)?;
            quote!(at_least(#borrowed, #bound))
        }
        Limit::ExclusiveMinimum(text) => {
            let bound = literal(ty, text)?;
            quote!(more_than(#borrowed, #bound))
        }
        Limit::Maximum(text) => {
            let bound = literal(ty, text)?;
            quote!(at_most(#borrowed, #bound))
        }
        Limit::ExclusiveMaximum(text) => {
            let bound = literal(ty, text)?;
            quote!(less_than(#borrowed, #bound))
        }
        Limit::MultipleOf(text) => multiple(ty, text, place)?,
        _ => return None,
    };
    Some(Step::Call(call))
}

/// Exact where the type is; by doubles where the value or the step is one.
fn multiple(ty: &Type, text: &str, place: &Place) -> Option<TokenStream> {
    let (borrowed, copied) = (place.borrowed(), place.copied());
    let inexact = || literal(&Type::Double, text);
    Some(match ty {
        Type::Double => {
            let step = inexact()?;
            quote!(nearly_multiple_of(#copied, #step))
        }
        Type::Integer(_) if text.parse::<i128>().is_err() => {
            let step = inexact()?;
            quote!(nearly_multiple_of(#copied as f64, #step))
        }
        _ => {
            let step = literal(ty, text)?;
            quote!(multiple_of(#borrowed, #step))
        }
    })
}

/// A number of the document as a literal of the type; negative numbers are expressions with a sign.
fn literal(ty: &Type, text: &str) -> Option<TokenStream> {
    match ty {
        Type::Integer(_) => {
            let value = text.parse::<i128>().ok()?;
            let size = Literal::u128_unsuffixed(value.unsigned_abs());
            Some(if value < 0 { quote!(-#size) } else { quote!(#size) })
        }
        Type::Text(TextFormat::Decimal) => {
            let (mantissa, places) = bounds::mantissa(text)?;
            let size = Literal::u64_unsuffixed(mantissa.unsigned_abs());
            let mantissa = if mantissa < 0 { quote!(-#size) } else { quote!(#size) };
            let places = Literal::u32_unsuffixed(places);
            Some(quote!(rust_decimal::Decimal::new(#mantissa, #places)))
        }
        _ => {
            let value = text.parse::<f64>().ok().filter(|value| value.is_finite())?;
            let size = Literal::f64_unsuffixed(value.abs());
            Some(if value < 0.0 { quote!(-#size) } else { quote!(#size) })
        }
    }
}
