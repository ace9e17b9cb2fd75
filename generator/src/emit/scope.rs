//! One Rust file while it is being written: what is imported, how types are spelled here, what is deprecated.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{IntegerWidth, Type, TypeId};
use crate::names::{self, Home, Ident};
use crate::tree::{Definition, Use};

use super::{Ctx, docs};

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
        Token::new(self.import(name), Span::call_site()).into_token_stream()
    }

    /// Imports an item of the runtime.
    pub(super) fn import(&self, name: &'static str) -> &'static str {
        self.runtime.borrow_mut().insert(name);
        name
    }

    /// Names the constant of a security scheme.
    pub(super) fn scheme(&self, name: &Ident) -> Ident {
        self.schemes.borrow_mut().insert(name.clone());
        name.clone()
    }

    /// A type among tokens.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        tokens(&self.spell(ty))
    }

    /// Spells a type.
    pub(super) fn spell(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => "bool".to_owned(),
            Type::Integer(width) => integer(*width).to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Float => "f32".to_owned(),
            Type::String => "String".to_owned(),
            Type::DateTime => self.import("DateTime").to_owned(),
            Type::Date => self.import("Date").to_owned(),
            Type::Text(format) => names::of_format(*format).to_owned(),
            // What is no path was reported, and nothing is written then.
            Type::Foreign(id) => self.ctx.names.foreign(*id).map_or_else(|| "String".to_owned(), ToString::to_string),
            Type::Base64 => self.import("Base64").to_owned(),
            Type::File => self.import("File").to_owned(),
            Type::Secret => self.import("Secret").to_owned(),
            Type::Any => self.import("Value").to_owned(),
            Type::Null => "()".to_owned(),
            Type::List(item) => format!("Vec<{}>", self.spell(item)),
            Type::Tuple(items) => self.tuple(items),
            Type::Map(value) => {
                self.std.borrow_mut().insert("BTreeMap");
                format!("BTreeMap<String, {}>", self.spell(value))
            }
            Type::Nullable(inner) => self.option(inner),
            Type::Boxed(inner) => format!("Box<{}>", self.spell(inner)),
            Type::Named(id) => self.named(*id),
        }
    }

    /// `Option<T>`, never twice.
    pub(super) fn option(&self, ty: &Type) -> String {
        let inner = self.spell(ty);
        if matches!(ty, Type::Nullable(_)) { inner } else { format!("Option<{inner}>") }
    }

    fn tuple(&self, items: &[Type]) -> String {
        if items.is_empty() || items.len() > 12 {
            return self.spell(&Type::List(Box::new(Type::Any)));
        }
        let spelled: Vec<String> = items.iter().map(|item| self.spell(item)).collect();
        match spelled.as_slice() {
            [item] => format!("({item},)"),
            items => format!("({})", items.join(", ")),
        }
    }

    /// Spells a named type: bare where it is defined or imported, by its path where the bare name means something else.
    pub(super) fn named(&self, id: TypeId) -> String {
        let names = self.ctx.names.ty(id);
        let ident = &names.ident;
        let deprecated = self.ctx.def(id).is_some_and(|def| def.deprecated);
        if deprecated {
            self.deprecated.set(true);
        }
        if self.home.as_ref() == Some(&names.home) {
            return ident.to_string();
        }
        match &names.home {
            Home::Types(_) if self.locals.contains(ident.as_str()) => format!("crate::types::{ident}"),
            Home::Types(_) => {
                self.types.borrow_mut().insert((deprecated, ident.clone()));
                ident.to_string()
            }
            Home::Group(group) => format!("crate::api::{}::{ident}", self.ctx.names.group(*group).module),
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

    /// A definition behind its documentation, with the same attribute.
    pub(super) fn define(&self, make: impl FnOnce() -> Definition) -> Definition {
        let (mut definition, deprecated) = self.watch(make);
        if deprecated {
            definition.attributes.insert(0, "#[allow(deprecated)]".to_owned());
        }
        definition
    }

    /// The `use` items for all that was named.
    pub(super) fn imports(&self) -> Vec<Use> {
        let types = self.types.borrow();
        let of =
            |old: bool| types.iter().filter(move |(deprecated, _)| *deprecated == old).map(|(_, name)| name.as_str());
        let all = [
            named("std::collections", self.std.borrow().iter().copied(), false),
            named("crate::client", self.schemes.borrow().iter().map(Ident::as_str), false),
            named("crate::runtime", self.runtime.borrow().iter().copied(), false),
            named("crate::types", of(false), false),
            named("crate::types", of(true), true),
        ];
        all.into_iter().filter(|names| !names.names.is_empty()).collect()
    }
}

fn named<'a>(path: &'static str, names: impl Iterator<Item = &'a str>, deprecated: bool) -> Use {
    Use { path, names: names.map(str::to_owned).collect(), deprecated }
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Text of ours as tokens; it lexes.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

fn integer(width: IntegerWidth) -> &'static str {
    match width {
        IntegerWidth::I32 => "i32",
        IntegerWidth::I64 => "i64",
        IntegerWidth::U32 => "u32",
        IntegerWidth::U64 => "u64",
        IntegerWidth::I128 => "i128",
    }
}
