//! `validate()`: for every type that is checked, what its schema asks of each value, as ordinary code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Checks, Field, FieldForm, Limits, Shape, Struct, TextFormat, Type, TypeDef, TypeId, Union};
use crate::names::{Ident, Members};
use crate::tree::{Module, Tree};

use super::Ctx;
use super::limits::{Place, Step, counted, number, of_list, of_object, of_text, text};
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
