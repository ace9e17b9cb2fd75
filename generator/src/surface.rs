//! `api.surface`: every public item of a generated crate with its full type, sorted, one line each.
//!
//! The lines are read off the items while they are formatted, so they cannot differ from the code.

use quote::ToTokens;

use crate::tree::{BuilderRow, BuilderSection, Definition, Kind, Table};

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

/// Adds the lines of an ordinary item.
pub fn item(module: &str, item: &syn::Item, lines: &mut Vec<String>) {
    match item {
        syn::Item::Struct(item) if is_public(&item.vis) => structure(module, item, lines),
        syn::Item::Enum(item) if is_public(&item.vis) => enumeration(module, item, lines),
        syn::Item::Type(item) if is_public(&item.vis) => {
            lines.push(format!("{module}{} = {}", item.ident, text(&item.ty)));
        }
        syn::Item::Const(item) if is_public(&item.vis) => {
            lines.push(format!("{module}{}: const {}", item.ident, text(&item.ty)));
        }
        syn::Item::Fn(item) if is_public(&item.vis) => lines.push(format!("{module}{}", signature(&item.sig))),
        syn::Item::Impl(item) => implementation(module, item, lines),
        _ => {}
    }
}

/// Adds the lines of a struct or an enum.
pub fn definition(module: &str, definition: &Definition, lines: &mut Vec<String>) {
    let name = &definition.name;
    let (kind, separator) = match definition.kind {
        Kind::Struct => ("struct", "."),
        Kind::Enum => ("enum", "::"),
    };
    lines.push(format!("{module}{name}: {kind}"));
    for member in &definition.members {
        let ty = match (definition.kind, &member.ty) {
            (Kind::Struct, Some(ty)) => format!(": {ty}"),
            (Kind::Enum, Some(ty)) => format!("({ty})"),
            (_, None) => String::new(),
        };
        lines.push(format!("{module}{name}{separator}{}{ty}", member.name));
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    crate::format::inline(&tokens.to_token_stream())
}

fn structure(module: &str, item: &syn::ItemStruct, lines: &mut Vec<String>) {
    let name = &item.ident;
    lines.push(format!("{module}{name}: struct{}", text(&item.generics)));
    for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
        let field_name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        lines.push(format!("{module}{name}.{field_name}: {}", text(&field.ty)));
    }
}

fn enumeration(module: &str, item: &syn::ItemEnum, lines: &mut Vec<String>) {
    let name = &item.ident;
    lines.push(format!("{module}{name}: enum"));
    for variant in &item.variants {
        let payload = if variant.fields.is_empty() { String::new() } else { payload(&variant.fields) };
        lines.push(format!("{module}{name}::{}{payload}", variant.ident));
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
                lines.push(format!("{module}{name}::{}", signature(&method.sig)))
            }
            syn::ImplItem::Type(ty) => lines.push(format!("{module}{name}::{} = {}", ty.ident, text(&ty.ty))),
            _ => {}
        }
    }
}

fn signature(signature: &syn::Signature) -> String {
    let arguments: Vec<String> = signature.inputs.iter().map(text).collect();
    let output = match &signature.output {
        syn::ReturnType::Default => String::new(),
        syn::ReturnType::Type(_, ty) => format!(" -> {}", text(ty)),
    };
    format!("{}{}({}){output}", signature.ident, text(&signature.generics), arguments.join(", "))
}

/// Adds the lines of what a table's macro makes.
pub fn table(module: &str, table: &Table, lines: &mut Vec<String>) {
    if let Table::Builder(name, sections) = table {
        let required = sections.iter().find_map(|section| match section {
            BuilderSection::Required(rows) => Some(rows.iter().map(argument).collect::<Vec<_>>().join(", ")),
            BuilderSection::Optional(_) | BuilderSection::Clearable(_) | BuilderSection::Rest(_) => None,
        });
        lines.push(format!("{module}{name}::new({}) -> Self", required.unwrap_or_default()));
        for section in sections {
            setters(module, name.as_str(), section, lines);
        }
    }
}

fn argument(row: &BuilderRow) -> String {
    format!("{}: {}", row.field, row.ty)
}

fn setters(module: &str, name: &str, section: &BuilderSection, lines: &mut Vec<String>) {
    let setter = |row: &BuilderRow| format!("{module}{name}::{}(self, {}) -> Self", row.field, argument(row));
    match section {
        BuilderSection::Optional(rows) => lines.extend(rows.iter().map(setter)),
        BuilderSection::Clearable(rows) => {
            for (row, clear) in rows {
                lines.push(setter(row));
                lines.push(format!("{module}{name}::{clear}(self) -> Self"));
            }
        }
        BuilderSection::Required(_) | BuilderSection::Rest(_) => {}
    }
}

/// The file `api.surface`.
pub fn write(mut lines: Vec<String>) -> String {
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
        item("types::", &syn::parse2(source).unwrap(), &mut lines);
        lines
    }

    #[test]
    fn a_struct_shows_its_public_fields_only() {
        let lines = lines(quote!(
            pub struct Pet<'c> {
                pub id: Option<Vec<String>>,
                client: &'c Client,
            }
        ));
        assert_eq!(lines, ["types::Pet: struct<'c>", "types::Pet.id: Option<Vec<String>>"]);
    }

    #[test]
    fn a_method_shows_its_signature() {
        let lines = lines(quote!(
            impl<'c> Pets<'c> {
                pub fn list(self, id: &str) -> Request<'c, List> {}
                fn hidden(self) {}
            }
        ));
        assert_eq!(lines, ["types::Pets<'c>::list(self, id: &str) -> Request<'c, List>"]);
    }

    #[test]
    fn types_are_reached_flat_and_operations_by_their_module() {
        assert_eq!(module_of("src/types/pet.rs").as_deref(), Some("types::"));
        assert_eq!(module_of("src/api/pets.rs").as_deref(), Some("api::pets::"));
        assert_eq!(module_of("src/types/mod.rs"), None);
        assert_eq!(module_of("Cargo.toml"), None);
    }
}
