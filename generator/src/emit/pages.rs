//! Pagination: how the next page of a list is asked for, and what of the answer says so.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Field, FieldForm, FieldStep, PageKind, PagePlace, Pagination, Shape, Type};
use crate::names::Ident;

use super::operation::Call;
use super::responses;
use super::scope::Scope;

/// `impl Paginated for List { … }`, where the operation is a list that goes on and its answer is one JSON value.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>) -> TokenStream {
    let (Some(pagination), Some(output)) = (&call.operation.pagination, responses::json_output(call)) else {
        return TokenStream::new();
    };
    scope.item(&[], || {
        let (paginated, pages_type, page) = (scope.runtime("Paginated"), scope.runtime("Pages"), scope.runtime("Page"));
        let marker = call.marker;
        let item = scope.ty(&pagination.item);
        let output = scope.ty(output);
        let pages = pages(scope, pagination);
        let (before, after) = rest(scope, pagination);
        let items = items(scope, &pagination.items);
        quote! {
            impl #paginated for #marker {
                type Item = #item;
                const PAGES: #pages_type = #pages;
                fn page(output: #output) -> #page<#item> {
                    #before
                    #page::new(#items) #after
                }
            }
        }
    })
}

fn pages(scope: &Scope<'_>, pagination: &Pagination) -> TokenStream {
    let pages = scope.runtime("Pages");
    let place = match pagination.place {
        PagePlace::Query => TokenStream::new(),
        PagePlace::Body => quote!(.in_body()),
        PagePlace::BodyNumber => quote!(.number_in_body()),
    };
    let kind = match &pagination.kind {
        PageKind::Offset { offset, .. } => quote!(#pages::offset(#offset)),
        PageKind::Page { page, first, .. } => {
            let first = proc_macro2::Literal::i64_unsuffixed(*first);
            quote!(#pages::page(#page, #first))
        }
        PageKind::Cursor { cursor, .. } | PageKind::LastItem { cursor, .. } => quote!(#pages::cursor(#cursor)),
        PageKind::NextUrl { .. } => quote!(#pages::next_url()),
        PageKind::LinkHeader => quote!(#pages::link_header()),
    };
    quote!(#kind #place)
}

/// What is worked out before the items are moved out, and what is told to the page.
fn rest(scope: &Scope<'_>, pagination: &Pagination) -> (TokenStream, TokenStream) {
    let (has_more, next) = match &pagination.kind {
        PageKind::Offset { has_more, .. } | PageKind::Page { has_more, .. } => (has_more.as_ref(), None),
        PageKind::Cursor { next, .. } | PageKind::NextUrl { next } => {
            (None, Some(Told::path(scope, pagination, next, true)))
        }
        PageKind::LastItem { id, has_more, .. } => {
            (has_more.as_ref(), Some(Told::Before(last_item(scope, pagination, id))))
        }
        PageKind::LinkHeader => (None, None),
    };
    let has_more = has_more.map(|path| Told::path(scope, pagination, path, false));
    let mut before = TokenStream::new();
    let mut after = TokenStream::new();
    for (name, told) in [("has_more", has_more), ("next", next)] {
        let name = format_ident!("{name}");
        match told {
            Some(Told::After(value)) => after.extend(quote!(.#name(#value))),
            Some(Told::Before(value)) => {
                before.extend(quote!(let #name = #value;));
                after.extend(quote!(.#name(#name)));
            }
            None => {}
        }
    }
    (before, after)
}

/// A value for the page, and when it is taken from the output.
enum Told {
    /// Before the items are moved out.
    Before(TokenStream),
    /// After it: it is a field of its own.
    After(TokenStream),
}

impl Told {
    fn path(scope: &Scope<'_>, pagination: &Pagination, path: &[FieldStep], text: bool) -> Self {
        let apart = !pagination.items.is_empty() && pagination.items.first() != path.first();
        let only = if let ([only], true) = (path, apart) { step(scope, *only) } else { None };
        let simple = |field: &Field| field.form != FieldForm::ThreeState && (!text || plain(field) == &Type::String);
        match only {
            Some((name, field)) if simple(field) => Self::After(quote!(output.#name)),
            _ => Self::Before(read(scope, path, text)),
        }
    }
}

fn plain(field: &Field) -> &Type {
    match &field.ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

/// A field on the way, its name and whether something can be missing there.
fn step<'a>(scope: &Scope<'a>, step: FieldStep) -> Option<(&'a Ident, &'a Field)> {
    let Shape::Struct(object) = &scope.ctx.def(step.ty)?.shape else { return None };
    let name = scope.ctx.names.ty(step.ty).members.fields.get(step.field)?;
    let field = object.fields.get(step.field)?;
    if field.deprecated {
        scope.names_deprecated();
    }
    Some((name, field))
}

/// The items, moved out of the output; none where a step is missing.
fn items(scope: &Scope<'_>, path: &[FieldStep]) -> TokenStream {
    let mut value = quote!(output);
    let mut is_option = false;
    for (name, field) in path.iter().filter_map(|&field| step(scope, field)) {
        let missing = can_miss(field);
        let layer = into_option(field);
        (value, is_option) = match (is_option, missing) {
            (false, missing) => (quote!(#value.#name #layer), missing),
            (true, true) => (quote!(#value.and_then(|part| part.#name #layer)), true),
            (true, false) => (quote!(#value.map(|part| part.#name)), true),
        };
    }
    if is_option { quote!(#value.unwrap_or_default()) } else { value }
}

/// A boolean or a text of the output as an `Option`, without moving it.
fn read(scope: &Scope<'_>, path: &[FieldStep], text: bool) -> TokenStream {
    let mut value = quote!(output);
    let mut is_option = false;
    let steps: Vec<(&Ident, &Field)> = path.iter().filter_map(|&field| step(scope, field)).collect();
    let Some(((name, last), inner)) = steps.split_last() else { return quote!(None) };
    for (name, field) in inner {
        let missing = can_miss(field);
        let layer = as_ref(field);
        (value, is_option) = match (is_option, missing) {
            (false, true) => (quote!(#value.#name #layer), true),
            (false, false) => (quote!(#value.#name), false),
            (true, true) => (quote!(#value.and_then(|part| part.#name #layer)), true),
            (true, false) => (quote!(#value.map(|part| &part.#name)), true),
        };
    }
    let missing = can_miss(last);
    let copy = if text { as_text(last) } else { as_flag(last) };
    match (is_option, missing) {
        (false, true) => quote!(#value.#name #copy),
        (false, false) => quote!(Some(#value.#name #copy)),
        (true, true) => quote!(#value.and_then(|part| part.#name #copy)),
        (true, false) => quote!(#value.map(|part| part.#name #copy)),
    }
}

fn can_miss(field: &Field) -> bool {
    field.form != FieldForm::Plain || matches!(field.ty, Type::Nullable(_))
}

fn into_option(field: &Field) -> Option<TokenStream> {
    (field.form == FieldForm::ThreeState).then(|| quote!(.into_option()))
}

fn as_ref(field: &Field) -> TokenStream {
    if field.form == FieldForm::ThreeState { quote!(.as_option()) } else { quote!(.as_ref()) }
}

fn as_flag(field: &Field) -> TokenStream {
    if field.form == FieldForm::ThreeState { quote!(.as_option().copied()) } else { TokenStream::new() }
}

/// A cursor as text, whatever its type.
fn as_text(field: &Field) -> TokenStream {
    let is_string = *plain(field) == Type::String;
    match (can_miss(field), is_string) {
        (false, true) => quote!(.clone()),
        (false, false) => quote!(.to_string()),
        (true, true) if field.form == FieldForm::ThreeState => quote!(.as_option().cloned()),
        (true, true) => quote!(.clone()),
        (true, false) => {
            let layer = as_ref(field);
            quote!(#layer.map(ToString::to_string))
        }
    }
}

/// The id of the last item, read before the items are moved.
fn last_item(scope: &Scope<'_>, pagination: &Pagination, id: &FieldStep) -> TokenStream {
    let last = by_reference(scope, &pagination.items);
    let Some((name, field)) = step(scope, *id) else { return quote!(None) };
    let (copy, item) = (as_text(field), format_ident!("item"));
    let combine = if can_miss(field) { quote!(and_then) } else { quote!(map) };
    quote!(#last.last().#combine(|#item| #item.#name #copy))
}

/// The items as a slice or as an iterator, so that `last` can be asked for.
fn by_reference(scope: &Scope<'_>, path: &[FieldStep]) -> TokenStream {
    let mut value = quote!(output);
    let mut is_option = false;
    for (name, field) in path.iter().filter_map(|&field| step(scope, field)) {
        let missing = can_miss(field);
        let layer = as_ref(field);
        (value, is_option) = match (is_option, missing) {
            (false, true) => (quote!(#value.#name #layer), true),
            (false, false) => (quote!(#value.#name), false),
            (true, true) => (quote!(#value.and_then(|part| part.#name #layer)), true),
            (true, false) => (quote!(#value.map(|part| &part.#name)), true),
        };
    }
    if is_option { quote!(#value.into_iter().flatten()) } else { value }
}
