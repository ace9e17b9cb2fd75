//! An object: the struct, its `object!` table and, where it is sent, its `builder!`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, FieldForm, Prefixed, Struct, Type, TypeDef, TypeId};
use crate::names::{Ident, Members};
use crate::tree::{BuilderRow, BuilderSection, Definition, Kind, Member, Module, ObjectRow, Table};

use super::docs;
use super::layout;
use super::scope::{Scope, tokens};
use super::types::{open_head, type_docs};

/// Adds the struct and its tables to the file.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, def: &TypeDef, object: &Struct, module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let ident = &names.ident;
    module.define(scope.define(|| definition(scope, ident, def, object, &names.members)));
    module.table(Table::Object(ident.clone(), rows(object, &names.members)));
    if def.usage.sent {
        let (sections, _) = scope.watch(|| builder(scope, object, &names.members));
        module.table(Table::Builder(ident.clone(), sections));
        module.code(map_setters(scope, ident, def, object, &names.members));
    }
}

fn definition(scope: &Scope<'_>, ident: &Ident, def: &TypeDef, object: &Struct, members: &Members) -> Definition {
    let fields = object.fields.iter().zip(&members.fields).map(|(field, name)| self::field(scope, field, name));
    let prefixed =
        object.prefixed.iter().zip(&members.prefixed).map(|(prefixed, name)| self::prefixed(scope, prefixed, name));
    let extra = object.extra.iter().map(|ty| Member {
        docs: vec!["All other properties.".to_owned()],
        attributes: Vec::new(),
        name: members.extra.clone(),
        ty: Some(scope.spell(&Type::Map(Box::new(ty.clone())))),
    });
    Definition {
        docs: type_docs(def),
        attributes: open_head(def, &["Debug", "Clone", "PartialEq"]),
        kind: Kind::Struct,
        name: ident.clone(),
        members: fields.chain(prefixed).chain(extra).collect(),
    }
}

fn field(scope: &Scope<'_>, field: &Field, name: &Ident) -> Member {
    let layers = usize::from(field.form != FieldForm::Plain);
    let deprecated = field.deprecated.then_some("#[deprecated]");
    let complex = layout::is_complex(&field.ty, layers).then_some("#[allow(clippy::type_complexity)]");
    Member {
        docs: docs::lines(
            &docs::beyond(&field.docs, &field.wire),
            &format!("{} on the wire.", docs::code(&field.wire)),
        ),
        attributes: deprecated.into_iter().chain(complex).collect(),
        name: name.clone(),
        ty: Some(field_type(scope, field)),
    }
}

/// The field's type with the layer of its form.
fn field_type(scope: &Scope<'_>, field: &Field) -> String {
    match field.form {
        FieldForm::Plain => scope.spell(&field.ty),
        FieldForm::Option | FieldForm::Nullable => scope.option(&field.ty),
        FieldForm::ThreeState => format!("{}<{}>", scope.import("Field"), scope.spell(&field.ty)),
    }
}

fn prefixed(scope: &Scope<'_>, prefixed: &Prefixed, name: &Ident) -> Member {
    let fallback = format!("Properties whose names begin with {}, without the prefix.", docs::code(&prefixed.prefix));
    let map = scope.import("PrefixedFields");
    let ty = if prefixed.ty == Type::Any { map.to_owned() } else { format!("{map}<{}>", scope.spell(&prefixed.ty)) };
    Member { docs: docs::lines(&prefixed.docs, &fallback), attributes: Vec::new(), name: name.clone(), ty: Some(ty) }
}

/// `#[deprecated]`, or nothing.
pub(super) fn deprecated(is: bool) -> TokenStream {
    if is { quote!(#[deprecated]) } else { TokenStream::new() }
}

fn rows(object: &Struct, members: &Members) -> Vec<ObjectRow> {
    let fields = object.fields.iter().zip(&members.fields).map(|(field, name)| ObjectRow::Field {
        wire: field.wire.clone(),
        field: name.clone(),
        nullable: field.form == FieldForm::Nullable,
    });
    let constants = object
        .constants
        .iter()
        .map(|constant| ObjectRow::Constant { wire: constant.wire.clone(), json: constant.json.clone() });
    let prefixed = object.prefixed.iter().zip(&members.prefixed);
    let prefixed =
        prefixed.map(|(prefixed, name)| ObjectRow::Prefixed { prefix: prefixed.prefix.clone(), field: name.clone() });
    let rest = object.extra.iter().map(|_| ObjectRow::Rest(members.extra.clone()));
    fields.chain(constants).chain(prefixed).chain(rest).collect()
}

fn builder(scope: &Scope<'_>, object: &Struct, members: &Members) -> Vec<BuilderSection> {
    let (mut required, mut optional, mut clearable, mut rest) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for ((field, name), clear) in object.fields.iter().zip(&members.fields).zip(&members.clears) {
        match field.form {
            FieldForm::Plain => required.push(builder_row(scope, field, name, false)),
            _ if field.read_only => rest.push(name.clone()),
            FieldForm::Option | FieldForm::Nullable => optional.push(builder_row(scope, field, name, true)),
            FieldForm::ThreeState => clearable.push((builder_row(scope, field, name, true), clear.clone())),
        }
    }
    rest.extend(members.prefixed.iter().cloned());
    rest.extend(object.extra.iter().map(|_| members.extra.clone()));
    let mut sections = Vec::new();
    if !required.is_empty() {
        sections.push(BuilderSection::Required(required));
    }
    if !optional.is_empty() {
        sections.push(BuilderSection::Optional(optional));
    }
    if !clearable.is_empty() {
        sections.push(BuilderSection::Clearable(clearable));
    }
    if !rest.is_empty() {
        sections.push(BuilderSection::Rest(rest));
    }
    sections
}

/// A row; a row of `new` takes no attributes, a setter's row those of the setter.
fn builder_row(scope: &Scope<'_>, field: &Field, name: &Ident, setter: bool) -> BuilderRow {
    let mut attributes = Vec::new();
    if setter && field.deprecated {
        attributes.push("#[deprecated]");
    }
    if setter && is_operator(name) {
        attributes.push("#[allow(clippy::should_implement_trait)]");
    }
    BuilderRow { attributes, field: name.clone(), ty: argument(scope, &field.ty) }
}

/// The type of an argument that is converted with `into()`.
pub(super) fn argument(scope: &Scope<'_>, ty: &Type) -> String {
    match ty {
        Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::File | Type::Secret | Type::Any => {
            format!("impl Into<{}>", scope.spell(ty))
        }
        Type::Boxed(inner) => scope.spell(inner),
        _ => scope.spell(ty),
    }
}

/// Whether clippy wants a method of this name to be an operator's.
pub(super) fn is_operator(name: &Ident) -> bool {
    const OPERATORS: &[&str] = &[
        "add",
        "as_mut",
        "as_ref",
        "bitand",
        "bitor",
        "bitxor",
        "borrow",
        "borrow_mut",
        "clone",
        "cmp",
        "default",
        "deref",
        "deref_mut",
        "div",
        "drop",
        "eq",
        "from_iter",
        "from_str",
        "hash",
        "index",
        "index_mut",
        "into_iter",
        "mul",
        "neg",
        "next",
        "not",
        "rem",
        "shl",
        "shr",
        "sub",
    ];
    OPERATORS.contains(&name.as_str())
}

/// Setters that put one property into a map.
fn map_setters(scope: &Scope<'_>, ident: &Ident, def: &TypeDef, object: &Struct, members: &Members) -> TokenStream {
    let prefixed = object.prefixed.iter().zip(&members.prefixed).map(|(prefixed, name)| {
        let text =
            format!(" Sets the property {} of [`{name}`](Self::{name}).", docs::code(&format!("{}…", prefixed.prefix)));
        map_setter(scope, &text, name, &prefixed.ty, quote!(name, value))
    });
    let extra = object.extra.iter().map(|ty| {
        map_setter(
            scope,
            &format!(" Sets a property of [`{0}`](Self::{0}).", members.extra),
            &members.extra,
            ty,
            quote!(name.into(), value.into()),
        )
    });
    let setters: Vec<TokenStream> = prefixed.chain(extra).collect();
    if setters.is_empty() {
        return TokenStream::new();
    }
    let allow = def.deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #allow
        impl #ident {
            #(#setters)*
        }
    }
}

fn map_setter(scope: &Scope<'_>, docs: &str, name: &Ident, ty: &Type, entry: TokenStream) -> TokenStream {
    let ty = tokens(&argument(scope, ty));
    quote! {
        #[doc = #docs]
        pub fn #name(mut self, name: impl Into<String>, value: #ty) -> Self {
            self.#name.insert(#entry);
            self
        }
    }
}
