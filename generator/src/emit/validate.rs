//! `validate()`: for every type that is checked, what its schema asks of each value, as ordinary code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::facts::bounds;
use crate::ir::{Checks, Field, FieldForm, Limit, Limits, Shape, Struct, TextFormat, Type, TypeDef, TypeId, Union};
use crate::names::{Ident, Members};
use crate::tree::{Module, Tree};

use super::Ctx;
use super::scope::Scope;

/// Adds the modules that checking takes; a crate that checks nothing has none of them.
pub(super) fn files(ctx: &Ctx<'_>, tree: &mut Tree<'_>) {
    let checks = ctx.api.needs.checks;
    if checks != Checks::None {
        tree.text("src/validate.rs", include_str!("../../validation/validate.rs"));
    }
    if checks == Checks::Patterns {
        tree.text("src/pattern.rs", include_str!("../../validation/pattern.rs"));
    }
}

/// What `lib.rs` says of the modules: that they are there, and what is reached from outside.
pub(super) fn modules(ctx: &Ctx<'_>) -> (TokenStream, TokenStream) {
    let module = quote! {
        #[rustfmt::skip]
        mod validate;
    };
    let exports = quote!(
        pub use validate::{Checker, Invalid, Validate, Violation};
    );
    match ctx.api.needs.checks {
        Checks::None => (TokenStream::new(), TokenStream::new()),
        Checks::Plain => (module, exports),
        Checks::Patterns => {
            let pattern = quote! {
                #[macro_use]
                #[rustfmt::skip]
                mod pattern;
            };
            (quote!(#pattern #module), exports)
        }
    }
}

/// Adds the check of a type. Traits and functions go by their paths: an API may have a type `Validate` of its own.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, def: &TypeDef, module: &mut Module) {
    if !def.checked {
        return;
    }
    let names = scope.ctx.names.ty(id);
    let ident = &names.ident;
    module.code(scope.item(&[], || {
        if def.deprecated {
            scope.names_deprecated();
        }
        let body = match &def.shape {
            Shape::Struct(object) => structure(scope, def, object, &names.members),
            Shape::Union(union) => members(scope, union, &names.members.variants),
            Shape::Newtype(ty) => statements(&value(scope.ctx, ty, &def.limits, &Place::of(quote!(self.0)))),
            Shape::Alias(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) => TokenStream::new(),
        };
        quote! {
            impl crate::Validate for #ident {
                fn check(&self, found: &mut crate::Checker) {
                    #body
                }
            }
        }
    }));
}

/// Where a value stands.
#[derive(Clone)]
struct Place {
    tokens: TokenStream,
    /// Whether the expression is a reference already.
    reference: bool,
}

impl Place {
    fn of(tokens: TokenStream) -> Self {
        Self { tokens, reference: false }
    }

    /// `value`, as the patterns and closures here bind it.
    fn bound() -> Self {
        Self { tokens: quote!(value), reference: true }
    }

    fn borrowed(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.reference { quote!(#tokens) } else { quote!(&#tokens) }
    }

    fn copied(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.reference { quote!(*#tokens) } else { quote!(#tokens) }
    }
}

/// One step of a check.
enum Step {
    /// A method of the checker.
    Call(TokenStream),
    /// A statement.
    Code(TokenStream),
}

/// Steps one after the other.
fn statements(steps: &[Step]) -> TokenStream {
    let steps = steps.iter().map(|step| match step {
        Step::Call(call) => quote!(found.#call;),
        Step::Code(code) => code.clone(),
    });
    quote!(#(#steps)*)
}

/// Steps further inside: `place` is the method that goes there.
fn inside(place: &TokenStream, steps: &[Step]) -> TokenStream {
    if let [Step::Call(only)] = steps {
        return quote!(found.#place.#only;);
    }
    let steps = statements(steps);
    quote! {
        let found = &mut found.#place;
        #steps
    }
}

/// Steps for each of several values: `each` binds `value`.
fn looped(each: &TokenStream, place: &TokenStream, steps: &[Step]) -> Option<Step> {
    if steps.is_empty() {
        return None;
    }
    let steps = inside(place, steps);
    Some(Step::Code(quote!(for #each { #steps })))
}

fn structure(scope: &Scope<'_>, def: &TypeDef, object: &Struct, names: &Members) -> TokenStream {
    let ctx = scope.ctx;
    let mut steps = of_object(&def.limits, &quote!(self));
    for (field, name) in object.fields.iter().zip(&names.fields) {
        let found = self::field(ctx, field, name);
        if found.is_some() && field.deprecated {
            scope.names_deprecated();
        }
        steps.extend(found);
    }
    for (prefixed, name) in object.prefixed.iter().zip(&names.prefixed) {
        let check = value(ctx, &prefixed.ty, &prefixed.limits, &Place::bound());
        let full = format!("{}{{name}}", prefixed.prefix.replace('{', "{{").replace('}', "}}"));
        steps.extend(looped(&quote!((name, value) in &self.#name), &quote!(member(&format!(#full))), &check));
    }
    if let Some(ty) = &object.extra {
        let name = &names.extra;
        let check = value(ctx, ty, &object.extra_limits, &Place::bound());
        steps.extend(looped(&quote!((name, value) in &self.#name), &quote!(member(name)), &check));
    }
    statements(&steps)
}

fn field(ctx: &Ctx<'_>, field: &Field, name: &Ident) -> Option<Step> {
    let wire = &field.wire;
    let place = quote!(member(#wire));
    let plain = field.form == FieldForm::Plain || is_nullable(&field.ty);
    let bound = if plain { Place::of(quote!(self.#name)) } else { Place::bound() };
    let steps = value(ctx, &field.ty, &field.limits, &bound);
    if steps.is_empty() {
        return None;
    }
    let check = inside(&place, &steps);
    let there = match field.form {
        _ if plain => return Some(Step::Code(if steps.len() == 1 { check } else { quote!({ #check }) })),
        FieldForm::ThreeState => quote!(self.#name.as_option()),
        FieldForm::Plain | FieldForm::Option | FieldForm::Nullable => quote!(&self.#name),
    };
    Some(Step::Code(quote!(if let Some(value) = #there { #check })))
}

/// A field of a nullable type has one `Option` for both.
fn is_nullable(ty: &Type) -> bool {
    matches!(ty, Type::Nullable(_))
}

fn members(scope: &Scope<'_>, union: &Union, names: &[Ident]) -> TokenStream {
    let arms: Vec<(&Ident, TokenStream)> = (union.variants.iter().zip(names))
        .filter_map(|(variant, name)| {
            let steps = value(scope.ctx, &variant.ty, &variant.limits, &Place::bound());
            (!steps.is_empty()).then(|| (name, statements(&steps)))
        })
        .collect();
    if let [(name, check)] = arms.as_slice() {
        return quote!(if let Self::#name(value) = self { #check });
    }
    let arms = arms.iter().map(|(name, check)| quote!(Self::#name(value) => { #check }));
    quote! {
        match self {
            #(#arms)*
            _ => {}
        }
    }
}

/// What is checked of a value; nothing when nothing is asked.
fn value(ctx: &Ctx<'_>, ty: &Type, limits: &Limits, place: &Place) -> Vec<Step> {
    let below = |index: usize, ty: &Type, place: &Place| match limits.inside.get(index) {
        Some(limits) => value(ctx, ty, limits, place),
        None => value(ctx, ty, &Limits::default(), place),
    };
    let borrowed = place.borrowed();
    match ty {
        Type::Boxed(inner) => value(ctx, inner, limits, place),
        Type::Nullable(inner) => {
            let steps = value(ctx, inner, limits, &Place::bound());
            let check = statements(&steps);
            let step = Step::Code(quote!(if let Some(value) = #borrowed { #check }));
            if steps.is_empty() { Vec::new() } else { vec![step] }
        }
        Type::Named(id) => named(ctx, *id, limits, place),
        Type::Integer(_) | Type::Double | Type::Float | Type::Text(TextFormat::Decimal) => {
            limits.own.iter().filter_map(|limit| number(ty, limit, place)).collect()
        }
        Type::String | Type::Secret | Type::DateTime | Type::Date => {
            let text = text(ty, place);
            limits.own.iter().filter_map(|limit| of_text(limit, &text)).collect()
        }
        Type::List(item) => {
            let mut steps = of_list(limits, place);
            let (check, tokens) = (below(0, item, &Place::bound()), &place.tokens);
            let each = quote!((index, value) in #tokens.iter().enumerate());
            steps.extend(looped(&each, &quote!(item(index)), &check));
            steps
        }
        Type::Map(item) => {
            let tokens = &place.tokens;
            let mut steps = counted(limits, &quote!(#tokens.len()));
            let check = below(0, item, &Place::bound());
            steps.extend(looped(&quote!((name, value) in #borrowed), &quote!(member(name)), &check));
            steps
        }
        Type::Tuple(items) => {
            let item = |(index, ty): (usize, &Type)| {
                let (tokens, at) = (&place.tokens, Literal::usize_unsuffixed(index));
                let steps = below(index, ty, &Place::of(quote!(#tokens.#at)));
                let check = inside(&quote!(item(#at)), &steps);
                match steps.as_slice() {
                    [] => None,
                    [_] => Some(Step::Code(check)),
                    _ => Some(Step::Code(quote!({ #check }))),
                }
            };
            items.iter().enumerate().filter_map(item).collect()
        }
        Type::Foreign(_) | Type::Boolean | Type::Text(_) | Type::Base64 | Type::File | Type::Any | Type::Null => {
            Vec::new()
        }
    }
}

fn named(ctx: &Ctx<'_>, id: TypeId, limits: &Limits, place: &Place) -> Vec<Step> {
    let Some(def) = ctx.def(id) else { return Vec::new() };
    if let Shape::Alias(inner) = &def.shape {
        return value(ctx, inner, limits, place);
    }
    let borrowed = place.borrowed();
    let mut steps = of_object(limits, &borrowed);
    if def.checked {
        steps.push(Step::Call(quote!(value(#borrowed))));
    }
    steps
}

/// What is asked of an object that is a struct: its properties are those that are sent.
fn of_object(limits: &Limits, object: &TokenStream) -> Vec<Step> {
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

fn counted(limits: &Limits, count: &TokenStream) -> Vec<Step> {
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

fn of_list(limits: &Limits, place: &Place) -> Vec<Step> {
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
fn text(ty: &Type, place: &Place) -> TokenStream {
    let tokens = &place.tokens;
    match ty {
        Type::Secret => quote!(#tokens.expose()),
        Type::DateTime | Type::Date => quote!(#tokens.as_str()),
        _ => place.borrowed(),
    }
}

fn of_text(limit: &Limit, text: &TokenStream) -> Option<Step> {
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

fn number(ty: &Type, limit: &Limit, place: &Place) -> Option<Step> {
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
