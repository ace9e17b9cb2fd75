//! An object: the struct, its `object!` table and, where it is sent, its `builder!`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, FieldForm, Prefixed, Struct, Type, TypeDef, TypeId};
use crate::names::{Ident, Members};
use crate::tree::{Argument, Building, Definition, Given, Kind, Member, Module, ObjectRow, Table};

use super::docs;
use super::layout;
use super::scope::{Scope, tokens};
use super::types::{open_head, type_docs};

/// Adds the struct and its tables to the file.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, def: &TypeDef, object: &Struct, module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let ident = &names.ident;
    module.define(scope.define(|| definition(scope, ident, def, object, &names.members)));
    let building = if def.usage.sent { Building::New } else { Building::Never };
    let (rows, _) = scope.watch(|| rows(scope, object, &names.members, building));
    module.table(Table::Object(ident.clone(), rows, building));
    if def.usage.sent {
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
        docs: docs::member(&docs::beyond(&field.docs, &field.wire), &on_the_wire(field, name)),
        attributes: deprecated.into_iter().chain(complex).collect(),
        name: name.clone(),
        ty: Some(field_type(scope, field)),
    }
}

/// What a field is called on the wire, where its name does not say it.
fn on_the_wire(field: &Field, name: &Ident) -> String {
    if name.as_str() == field.wire { String::new() } else { format!("{} on the wire.", docs::code(&field.wire)) }
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

fn rows(scope: &Scope<'_>, object: &Struct, members: &Members, building: Building) -> Vec<ObjectRow> {
    let fields = object.fields.iter().zip(members.fields.iter().zip(&members.clears));
    let fields = fields.map(|(field, (name, clear))| ObjectRow::Field {
        wire: field.wire.clone(),
        field: name.clone(),
        nullable: field.form == FieldForm::Nullable,
        given: match building {
            Building::New => given(scope, field, name, clear),
            Building::Never => Given::Never,
        },
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

fn given(scope: &Scope<'_>, field: &Field, name: &Ident, clear: &Ident) -> Given {
    match field.form {
        FieldForm::Plain => Given::Needed(argument(scope, &field.ty)),
        _ if field.read_only => Given::Never,
        FieldForm::Option | FieldForm::Nullable => Given::Setter(setter(scope, field, name)),
        FieldForm::ThreeState => Given::Clearable(clear.clone(), setter(scope, field, name)),
    }
}

/// The argument of a setter, with the attributes of the setter.
fn setter(scope: &Scope<'_>, field: &Field, name: &Ident) -> Argument {
    let deprecated = field.deprecated.then_some("#[deprecated]");
    let operator = is_operator(name).then_some("#[allow(clippy::should_implement_trait)]");
    Argument { attributes: deprecated.into_iter().chain(operator).collect(), ty: argument(scope, &field.ty) }
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

/// What stands before a function with such an argument.
pub(super) const PLACEHOLDER: &str = "#[allow(clippy::disallowed_names)]";

/// Whether clippy takes an argument of this name for a placeholder.
pub(super) fn is_placeholder(name: &Ident) -> bool {
    matches!(name.as_str(), "foo" | "baz" | "quux")
}

/// Setters that put one property into a map.
fn map_setters(scope: &Scope<'_>, ident: &Ident, def: &TypeDef, object: &Struct, members: &Members) -> TokenStream {
    let prefixed = object.prefixed.iter().zip(&members.prefixed).map(|(prefixed, name)| {
        let text =
            format!(" Sets the property {} of [`{name}`](Self::{name}).", docs::code(&format!("{}…", prefixed.prefix)));
        map_setter(scope, &text, name, &prefixed.ty, quote!(name, value))
    });
    let extra = object.extra.iter().map(|ty| {
        let text = format!(" Sets a property of [`{0}`](Self::{0}).", members.extra);
        let value = if argument(scope, ty) == scope.spell(ty) { quote!(value) } else { quote!(value.into()) };
        map_setter(scope, &text, &members.extra, ty, quote!(name.into(), #value))
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
