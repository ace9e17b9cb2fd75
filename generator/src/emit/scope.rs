//! One Rust file while it is being written: what is imported, how types are spelled here, what is deprecated.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{IntegerWidth, Type, TypeId};
use crate::names::{Home, Ident};

use super::{Ctx, docs, formats};

/// A file of the generated crate. Whatever is named through it is imported at the end.
pub(super) struct Scope<'a> {
    /// What is emitted.
    pub(super) ctx: &'a Ctx<'a>,
    home: Option<Home>,
    locals: BTreeSet<String>,
    std: RefCell<BTreeSet<&'static str>>,
    runtime: RefCell<BTreeSet<&'static str>>,
    types: RefCell<BTreeSet<(bool, Ident)>>,
    schemes: RefCell<BTreeSet<Ident>>,
    deprecated: Cell<bool>,
}

impl<'a> Scope<'a> {
    /// A file that defines `locals` itself.
    pub(super) fn new(ctx: &'a Ctx<'a>, home: Option<Home>, locals: BTreeSet<String>) -> Self {
        Self {
            ctx,
            home,
            locals,
            std: RefCell::default(),
            runtime: RefCell::default(),
            types: RefCell::default(),
            schemes: RefCell::default(),
            deprecated: Cell::new(false),
        }
    }

    /// Names an item of the runtime.
    pub(super) fn runtime(&self, name: &'static str) -> TokenStream {
        self.runtime.borrow_mut().insert(name);
        Token::new(name, Span::call_site()).into_token_stream()
    }

    /// Names the constant of a security scheme.
    pub(super) fn scheme(&self, name: &Ident) -> TokenStream {
        self.schemes.borrow_mut().insert(name.clone());
        quote!(#name)
    }

    fn map(&self) -> TokenStream {
        self.std.borrow_mut().insert("std::collections::BTreeMap");
        quote!(BTreeMap)
    }

    /// Spells a type.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Integer(width) => integer(*width),
            Type::Double => quote!(f64),
            Type::Float => quote!(f32),
            Type::String => quote!(String),
            Type::DateTime => self.runtime("DateTime"),
            Type::Date => self.runtime("Date"),
            Type::Text(format) => formats::path(*format),
            // What is no path was reported, and nothing is written then.
            Type::Foreign(id) => self.ctx.names.foreign(*id).map_or_else(|| quote!(String), |path| quote!(#path)),
            Type::Base64 => self.runtime("Base64"),
            Type::File => self.runtime("File"),
            Type::Secret => self.runtime("Secret"),
            Type::Any => self.runtime("Value"),
            Type::Null => quote!(()),
            Type::List(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            Type::Tuple(items) => self.tuple(items),
            Type::Map(value) => {
                let (map, value) = (self.map(), self.ty(value));
                quote!(#map<String, #value>)
            }
            Type::Nullable(inner) => self.option(inner),
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            Type::Named(id) => self.named(*id),
        }
    }

    /// `Option<T>`, never twice.
    pub(super) fn option(&self, ty: &Type) -> TokenStream {
        let inner = self.ty(ty);
        if matches!(ty, Type::Nullable(_)) { inner } else { quote!(Option<#inner>) }
    }

    fn tuple(&self, items: &[Type]) -> TokenStream {
        if items.is_empty() || items.len() > 12 {
            return self.ty(&Type::List(Box::new(Type::Any)));
        }
        let items = items.iter().map(|item| self.ty(item));
        quote!((#(#items,)*))
    }

    /// Spells a named type: bare where it is defined or imported, by its path where the bare name means something else.
    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        let names = self.ctx.names.ty(id);
        let ident = &names.ident;
        let deprecated = self.ctx.def(id).is_some_and(|def| def.deprecated);
        if deprecated {
            self.deprecated.set(true);
        }
        if self.home.as_ref() == Some(&names.home) {
            return quote!(#ident);
        }
        match &names.home {
            Home::Types(_) if self.locals.contains(ident.as_str()) => quote!(crate::types::#ident),
            Home::Types(_) => {
                self.types.borrow_mut().insert((deprecated, ident.clone()));
                quote!(#ident)
            }
            Home::Group(group) => {
                let module = &self.ctx.names.group(*group).module;
                quote!(crate::api::#module::#ident)
            }
        }
    }

    /// Runs `emit` and says whether it named something deprecated.
    pub(super) fn watch<T>(&self, emit: impl FnOnce() -> T) -> (T, bool) {
        let before = self.deprecated.replace(false);
        let made = emit();
        (made, self.deprecated.replace(before))
    }

    /// Notes that a deprecated item is named.
    pub(super) fn names_deprecated(&self) {
        self.deprecated.set(true);
    }

    /// An item behind its documentation, with `#[allow(deprecated)]` between the two when it names something deprecated.
    pub(super) fn item(&self, docs: &[String], emit: impl FnOnce() -> TokenStream) -> TokenStream {
        let docs = docs::attributes(docs);
        let (tokens, deprecated) = self.watch(emit);
        let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
        quote!(#docs #allow #tokens)
    }

    /// The `use` items for all that was named.
    pub(super) fn imports(&self) -> TokenStream {
        let std = self.std.borrow();
        let std = std.iter().filter_map(|path| syn::parse_str::<syn::Path>(path).ok());
        let runtime = self.runtime.borrow();
        let runtime = use_all(&quote!(crate::runtime), runtime.iter().map(|name| Token::new(name, Span::call_site())));
        let schemes = self.schemes.borrow();
        let schemes = use_all(&quote!(crate::client), schemes.iter());
        let types = self.types.borrow();
        let current =
            use_all(&quote!(crate::types), types.iter().filter(|(deprecated, _)| !deprecated).map(|(_, name)| name));
        let old =
            use_all(&quote!(crate::types), types.iter().filter(|(deprecated, _)| *deprecated).map(|(_, name)| name));
        let old = if old.is_empty() { old } else { quote!(#[allow(deprecated)] #old) };
        quote!(#(use #std;)* #schemes #runtime #current #old)
    }
}

fn integer(width: IntegerWidth) -> TokenStream {
    match width {
        IntegerWidth::I32 => quote!(i32),
        IntegerWidth::I64 => quote!(i64),
        IntegerWidth::U32 => quote!(u32),
        IntegerWidth::U64 => quote!(u64),
        IntegerWidth::I128 => quote!(i128),
    }
}

fn use_all(path: &TokenStream, names: impl Iterator<Item = impl ToTokens>) -> TokenStream {
    let names: Vec<_> = names.collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use #path::#name;),
        names => quote!(use #path::{#(#names),*};),
    }
}
