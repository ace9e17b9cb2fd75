//! `api.surface`: every public item of a generated crate with its full type, sorted, one line each.
//!
//! The lines are read off the items while they are formatted, so they cannot differ from the code.

use std::collections::BTreeMap;

use crate::hidden::shown;
use crate::tree::{
    Argument, Building, Definition, ErrorRow, Errors, Facts, Given, Handle, Item, Kind, ObjectRow, OpenEnum, Options,
    Table,
};
use quote::ToTokens;

/// The module that a file's items are reached by; `None` for files whose items are not reached.
pub fn module_of(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    match inside.split_once('/') {
        None => Some(if inside == "lib" { String::new() } else { format!("{inside}::") }),
        Some((_, "mod")) => None,
        Some(("types", _)) => Some("types::".to_owned()),
        Some((folder, module)) => Some(format!("{folder}::{}::", module.replace('/', "::"))),
    }
}

/// Adds the lines of an item that is data.
pub fn item(module: &str, item: &Item, lines: &mut Vec<String>) {
    match item {
        Item::Code(_) | Item::Uses(_) => {}
        Item::Handle(handle) => self::handle(module, handle, lines),
        Item::Definition(definition) => self::definition(module, definition, lines),
        Item::Table(table) => self::table(module, table, lines),
    }
}

/// Adds the lines of an ordinary item.
pub fn code(module: &str, item: &syn::Item, lines: &mut Vec<String>) {
    match item {
        syn::Item::Struct(item) if is_public(&item.vis) => structure(module, item, lines),
        syn::Item::Enum(item) if is_public(&item.vis) => enumeration(module, item, lines),
        syn::Item::Type(item) if is_public(&item.vis) => {
            let facts = facts(&item.attrs);
            lines.push(format!("{module}{}: type {}{facts}", item.ident, text(&item.ty)));
        }
        syn::Item::Const(item) if is_public(&item.vis) => {
            lines.push(format!("{module}{}: const {}", item.ident, text(&item.ty)));
        }
        syn::Item::Fn(item) if is_public(&item.vis) => {
            lines.push(format!("{module}{}: {}{}", item.sig.ident, signature(&item.sig), facts(&item.attrs)));
        }
        syn::Item::Impl(item) => implementation(module, item, lines),
        _ => {}
    }
}

/// The type and its methods.
fn handle(module: &str, handle: &Handle, lines: &mut Vec<String>) {
    let name = &handle.name;
    lines.push(format!("{module}{name}: struct<'c> #[derive(Clone, Copy, Debug)]"));
    for method in &handle.methods {
        let arguments: String = method.arguments.iter().map(|argument| format!(", {argument}")).collect();
        let signature = format!("fn(self{arguments}) -> Request<'c, {}>", method.marker);
        lines.push(format!("{module}{name}<'c>::{}: {signature}{}", method.name, deprecated(&method.attributes)));
    }
}

/// The lines of a struct or an enum.
fn definition(module: &str, definition: &Definition, lines: &mut Vec<String>) {
    let name = &definition.name;
    let (kind, separator) = match definition.kind {
        Kind::Struct => ("struct", "."),
        Kind::Enum => ("enum", "::"),
    };
    lines.push(format!("{module}{name}: {kind}{}", promises(&definition.attributes)));
    for member in &definition.members {
        let ty = match (definition.kind, &member.ty) {
            (Kind::Struct, ty) => ty.clone().unwrap_or_default(),
            (Kind::Enum, Some(ty)) => format!("variant({ty})"),
            (Kind::Enum, None) => "variant".to_owned(),
        };
        lines.push(format!("{module}{name}{separator}{}: {ty}{}", member.name, deprecated(&member.attributes)));
    }
}

/// What users are told of an item with such an attribute.
fn deprecated(attributes: &[&str]) -> &'static str {
    if attributes.contains(&"#[deprecated]") { " #[deprecated]" } else { "" }
}

/// What attributes promise to users, as [`facts`] tells it.
fn promises(attributes: &[String]) -> String {
    let derives = attributes.iter().filter_map(|text| text.strip_prefix("#[derive(")?.strip_suffix(")]"));
    let mut derives: Vec<&str> = derives.flat_map(|traits| traits.split(", ")).collect();
    derives.sort_unstable();
    let mut promises = String::new();
    if !derives.is_empty() {
        promises.push_str(&format!(" #[derive({})]", derives.join(", ")));
    }
    for text in ["#[non_exhaustive]", "#[deprecated]"] {
        if attributes.iter().any(|attribute| attribute == text) {
            promises.push_str(&format!(" {text}"));
        }
    }
    promises
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    crate::format::inline(&tokens.to_token_stream())
}

/// What attributes promise to users, in an order of its own: ` #[derive(Clone, Debug)] #[non_exhaustive] #[deprecated]`.
fn facts(attributes: &[syn::Attribute]) -> String {
    let mut derives: Vec<String> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            derives.push(text(&meta.path));
            Ok(())
        });
    }
    derives.sort_unstable();
    let has = |name: &str| attributes.iter().any(|attribute| attribute.path().is_ident(name));
    let mut facts = String::new();
    if !derives.is_empty() {
        facts.push_str(&format!(" #[derive({})]", derives.join(", ")));
    }
    for name in ["non_exhaustive", "deprecated"].into_iter().filter(|name| has(name)) {
        facts.push_str(&format!(" #[{name}]"));
    }
    facts
}

fn structure(module: &str, item: &syn::ItemStruct, lines: &mut Vec<String>) {
    let name = &item.ident;
    lines.push(format!("{module}{name}: struct{}{}", text(&item.generics), facts(&item.attrs)));
    for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
        let field_name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        lines.push(format!("{module}{name}.{field_name}: {}{}", text(&field.ty), facts(&field.attrs)));
    }
}

fn enumeration(module: &str, item: &syn::ItemEnum, lines: &mut Vec<String>) {
    let name = &item.ident;
    lines.push(format!("{module}{name}: enum{}", facts(&item.attrs)));
    for variant in &item.variants {
        let payload = if variant.fields.is_empty() { String::new() } else { payload(&variant.fields) };
        lines.push(format!("{module}{name}::{}: variant{payload}{}", variant.ident, facts(&variant.attrs)));
    }
}

fn payload(fields: &syn::Fields) -> String {
    let types: Vec<String> = fields.iter().map(|field| text(&field.ty)).collect();
    format!("({})", types.join(", "))
}

/// Methods of inherent implementations; for a trait the fact that it is there, and its types.
fn implementation(module: &str, item: &syn::ItemImpl, lines: &mut Vec<String>) {
    let name = text(&item.self_ty);
    if let Some((path, _)) = &item.trait_ {
        lines.push(format!("{module}{name}: impl {}", text(path)));
    }
    for member in &item.items {
        match member {
            syn::ImplItem::Fn(method) if is_public(&method.vis) => {
                let (signature, facts) = (signature(&method.sig), facts(&method.attrs));
                lines.push(format!("{module}{name}::{}: {signature}{facts}", method.sig.ident));
            }
            syn::ImplItem::Type(ty) => lines.push(format!("{module}{name}::{}: type {}", ty.ident, text(&ty.ty))),
            _ => {}
        }
    }
}

/// `fn(self, id: &str) -> Pet`. Whether the receiver is mutable inside is nobody's business.
fn signature(signature: &syn::Signature) -> String {
    let arguments: Vec<String> = signature.inputs.iter().map(text).collect();
    let arguments = arguments.join(", ");
    let output = match &signature.output {
        syn::ReturnType::Default => String::new(),
        syn::ReturnType::Type(_, ty) => format!(" -> {}", text(ty)),
    };
    let arguments = arguments.strip_prefix("mut ").unwrap_or(&arguments);
    format!("fn{}({arguments}){output}", text(&signature.generics))
}

/// The lines of what a table's macro makes, and what things are called on the wire.
fn table(module: &str, table: &Table, lines: &mut Vec<String>) {
    match table {
        Table::Object(name, rows, building) => {
            if *building == Building::New {
                builder(&format!("{module}{name}"), rows, lines);
            }
            lines.push(format!("{module}{name}: object!"));
            lines.extend(rows.iter().filter_map(|row| object_row(&format!("{module}{name}"), row)));
        }
        Table::StringEnum(table) => open_enum(module, table, "string_enum!", lines),
        Table::IntegerEnum(table) => open_enum(module, table, "integer_enum!", lines),
        Table::TagUnion(name, property, rows, _) => {
            lines.push(format!("{module}{name}: union! by {property:?}"));
            for row in rows {
                let tags: Vec<String> = row.tags.iter().map(|tag| format!("{tag:?}")).collect();
                lines.push(format!("{module}{name}::{}{WIRE}{}", row.variant, tags.join(" | ")));
            }
            lines.extend(rows.iter().filter_map(|row| conversion(&format!("{module}{name}"), row.from.as_deref())));
        }
        Table::GuardUnion(name, rows) => {
            lines.push(format!("{module}{name}: union!"));
            lines.extend(rows.iter().filter_map(|row| conversion(&format!("{module}{name}"), row.from.as_deref())));
        }
        Table::Errors(table) => errors(module, table, lines),
        Table::Operation(facts) => operation(module, facts, lines),
        Table::Options(table) => options(module, table, lines),
        Table::Successes(..) | Table::Modules(_) => {}
        Table::Newtype(name) => lines.push(format!("{module}{name}: newtype!")),
        Table::TextFormat(..) | Table::NumberFormat(_) => {}
    }
}

/// The enum with its variants.
fn open_enum<T: std::fmt::Debug>(module: &str, table: &OpenEnum<T>, by: &str, lines: &mut Vec<String>) {
    let name = format!("{module}{}", table.name);
    let deprecated = if table.deprecated { " #[deprecated]" } else { "" };
    lines.push(format!("{name}: enum #[derive(Clone, Debug, Eq, Hash, PartialEq)] #[non_exhaustive]{deprecated}"));
    for row in &table.rows {
        lines.push(format!("{name}::{}: variant", row.variant));
        lines.push(format!("{name}::{}{WIRE}{:?}", row.variant, row.wire));
    }
    lines.push(format!(
        "{name}::Unknown: variant({})",
        if by == "string_enum!" { "UnknownValue" } else { "UnknownInteger" }
    ));
    lines.push(format!("{name}: {by}"));
}

/// The marker and the types that it stands for.
fn operation(module: &str, facts: &Facts, lines: &mut Vec<String>) {
    let marker = format!("{module}{}", facts.marker);
    lines.push(format!("{marker}: struct #[derive(Clone, Copy, Debug)]"));
    lines.push(format!("{marker}: impl Operation"));
    lines.push(format!("{marker}::Output: type {}", facts.output));
    lines.push(format!("{marker}::Error: type {}", facts.error));
}

/// The enum of documented errors.
fn errors(module: &str, table: &Errors, lines: &mut Vec<String>) {
    let name = format!("{module}{}", table.name);
    lines.push(format!("{name}: enum #[derive(Clone, Debug, PartialEq)] #[non_exhaustive]"));
    lines.push(format!("{name}: errors!"));
    for ErrorRow { statuses, variant, body, .. } in &table.rows {
        let body = body.iter().map(|(ty, _)| format!("({ty})"));
        lines.push(format!("{name}::{variant}: variant{}", body.collect::<String>()));
        lines.push(format!("{name}::{variant}{WIRE}{statuses}"));
    }
}

/// The setters of a request.
fn options(module: &str, table: &Options, lines: &mut Vec<String>) {
    let owner = format!("{module}Request<'_, {}>", table.marker);
    for row in &table.rows {
        let (name, ty, deprecated) = (&row.name, &row.ty, deprecated(&row.attributes));
        lines.push(format!("{owner}::{name}: fn(self, {name}: {ty}) -> Self{deprecated}"));
    }
}

/// What stands between an item's path and its name on the wire, until [`write`] joins it to the item's line.
const WIRE: &str = ": on the wire ";

fn object_row(owner: &str, row: &ObjectRow) -> Option<String> {
    match row {
        ObjectRow::Field { wire, field, .. } if field.as_str() != wire => {
            Some(format!("{owner}.{field}{WIRE}{wire:?}"))
        }
        ObjectRow::Field { .. } | ObjectRow::Rest(_) => None,
        ObjectRow::Constant { wire, json } => Some(format!("{owner}: always {wire:?} = {}", shown(json))),
        ObjectRow::Prefixed { prefix, field } => Some(format!("{owner}.{field}{WIRE}{:?}", format!("{prefix}…"))),
    }
}

fn conversion(owner: &str, from: Option<&str>) -> Option<String> {
    from.map(|from| format!("{owner}: impl From<{from}>"))
}

/// `new` and the setters.
fn builder(owner: &str, rows: &[ObjectRow], lines: &mut Vec<String>) {
    let mut needed: Vec<String> = Vec::new();
    for row in rows {
        let ObjectRow::Field { field, given, .. } = row else { continue };
        match given {
            Given::Never => {}
            Given::Needed(ty) => needed.push(format!("{field}: {ty}")),
            Given::Setter(argument) => lines.push(setter(owner, field.as_str(), argument)),
            Given::Clearable(clear, argument) => {
                lines.push(setter(owner, field.as_str(), argument));
                lines.push(format!("{owner}::{clear}: fn(self) -> Self"));
            }
        }
    }
    lines.push(format!("{owner}::new: fn({}) -> Self", needed.join(", ")));
}

fn setter(owner: &str, field: &str, argument: &Argument) -> String {
    format!("{owner}::{field}: fn(self, {field}: {}) -> Self{}", argument.ty, deprecated(&argument.attributes))
}

/// The file `api.surface`: sorted, one line per item, with its name on the wire where that differs.
pub fn write(lines: Vec<String>) -> String {
    let (wires, mut lines): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| line.contains(WIRE));
    let wires: BTreeMap<&str, &str> = wires.iter().filter_map(|line| line.split_once(WIRE)).collect();
    for line in &mut lines {
        let wire = line.split_once(": ").and_then(|(path, _)| wires.get(path));
        if let Some(wire) = wire {
            line.push_str(&format!(" as {wire}"));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::*;

    fn lines(source: TokenStream) -> Vec<String> {
        let mut lines = Vec::new();
        code("types::", &syn::parse2(source).unwrap(), &mut lines);
        lines
    }

    #[test]
    fn a_struct_shows_its_public_fields_only() {
        let lines = lines(quote!(
            #[derive(Debug, Clone)]
            pub struct Pet<'c> {
                pub id: Option<Vec<String>>,
                client: &'c Client,
            }
        ));
        assert_eq!(lines, ["types::Pet: struct<'c> #[derive(Clone, Debug)]", "types::Pet.id: Option<Vec<String>>"]);
    }

    #[test]
    fn a_method_shows_its_signature() {
        let lines = lines(quote!(
            impl<'c> Pets<'c> {
                pub fn list(self, id: &str) -> Request<'c, List> {}
                fn hidden(self) {}
            }
        ));
        assert_eq!(lines, ["types::Pets<'c>::list: fn(self, id: &str) -> Request<'c, List>"]);
    }

    #[test]
    fn a_name_on_the_wire_stands_on_the_line_of_its_item() {
        let lines = vec![format!("types::Pet.type_{WIRE}\"type\""), "types::Pet.type_: String".to_owned()];
        assert_eq!(write(lines), "types::Pet.type_: String as \"type\"\n");
    }

    #[test]
    fn types_are_reached_flat_and_operations_by_their_module() {
        assert_eq!(module_of("src/types/pet.rs").as_deref(), Some("types::"));
        assert_eq!(module_of("src/api/pets.rs").as_deref(), Some("api::pets::"));
        assert_eq!(module_of("src/types/mod.rs"), None);
        assert_eq!(module_of("Cargo.toml"), None);
    }
}
