//! Tables: invocations of the runtime's macros, one row per line.

use crate::ir::Guard;
use crate::names::Ident;
use crate::tree::{BuilderRow, BuilderSection, ErrorRow, ObjectRow, Table, TagRow};

/// Writes one table.
pub(super) fn print(table: &Table, text: &mut String) {
    match table {
        Table::Object(name, rows) => block(text, "object!", name.as_str(), rows.iter().map(object_row)),
        Table::Builder(name, sections) => block(text, "builder!", name.as_str(), sections.iter().map(section)),
        Table::StringEnum(name, rows) => {
            block(
                text,
                "string_enum!",
                name.as_str(),
                rows.iter().map(|(variant, wire)| format!("{variant} = {},", string(wire))),
            );
        }
        Table::IntegerEnum(name, rows) => {
            block(
                text,
                "integer_enum!",
                name.as_str(),
                rows.iter().map(|(variant, wire)| format!("{variant} = {wire},")),
            );
        }
        Table::TagUnion(name, tag, rows, fallback) => {
            let fallback = fallback.iter().map(|variant| format!("_ => {variant},"));
            block(text, "union!", &format!("{name} by {}", string(tag)), rows.iter().map(tag_row).chain(fallback));
        }
        Table::GuardUnion(name, rows) => {
            block(
                text,
                "union!",
                name.as_str(),
                rows.iter().map(|(variant, rule)| format!("{variant}: {},", guard(rule))),
            );
        }
        Table::Errors(name, rows) => block(text, "errors!", name.as_str(), rows.iter().map(error_row)),
        Table::Newtype(name) => text.push_str(&format!("newtype! {{ {name} }}\n")),
        Table::TextFormat(ty, None) => text.push_str(&format!("text_format!({});\n", ty)),
        Table::TextFormat(ty, Some((read, write))) => {
            text.push_str(&format!("text_format!(\n    {},\n    {read},\n    {write}\n);\n", ty));
        }
        Table::NumberFormat(ty) => text.push_str(&format!("number_format!({});\n", ty)),
    }
}

fn block(text: &mut String, open: &str, head: &str, rows: impl Iterator<Item = String>) {
    text.push_str(&format!("{open} {{\n    {head} {{\n"));
    for row in rows {
        text.push_str("        ");
        text.push_str(&row);
        text.push('\n');
    }
    text.push_str("    }\n}\n");
}

fn object_row(row: &ObjectRow) -> String {
    match row {
        ObjectRow::Field { wire, field, nullable: false } => format!("{} => {field},", string(wire)),
        ObjectRow::Field { wire, field, nullable: true } => format!("{} => {field} nullable,", string(wire)),
        ObjectRow::Constant { wire, json } => format!("{} = {},", string(wire), string(json)),
        ObjectRow::Prefixed { prefix, field } => format!("{} .. => {field},", string(prefix)),
        ObjectRow::Rest(field) => format!(".. => {field},"),
    }
}

fn section(section: &BuilderSection) -> String {
    match section {
        BuilderSection::Required(rows) => rows_of("required", rows.iter().map(builder_row)),
        BuilderSection::Optional(rows) => rows_of("optional", rows.iter().map(builder_row)),
        BuilderSection::Clearable(rows) => {
            rows_of("clearable", rows.iter().map(|(row, clear)| clearable_row(row, clear)))
        }
        BuilderSection::Rest(fields) => {
            let fields: Vec<&str> = fields.iter().map(Ident::as_str).collect();
            format!("rest {{ {} }}", fields.join(", "))
        }
    }
}

fn rows_of(name: &str, rows: impl Iterator<Item = String>) -> String {
    let mut text = format!("{name} {{\n");
    for row in rows {
        text.push_str(&format!("            {row},\n"));
    }
    text.push_str("        }");
    text
}

fn builder_row(row: &BuilderRow) -> String {
    format!("{}{}: {}", attributes(row), row.field, row.ty)
}

fn clearable_row(row: &BuilderRow, clear: &Ident) -> String {
    format!("{}{} / {clear}: {}", attributes(row), row.field, row.ty)
}

fn attributes(row: &BuilderRow) -> String {
    row.attributes.iter().map(|attribute| format!("{attribute} ")).collect()
}

fn tag_row(row: &TagRow) -> String {
    let tags: Vec<String> = row.tags.iter().map(|tag| string(tag)).collect();
    let adds = if row.adds_tag { " + tag" } else { "" };
    format!("{} => {}{adds},", tags.join(" | "), row.variant)
}

fn guard(rule: &Guard) -> String {
    match rule {
        Guard::Any => "any".to_owned(),
        Guard::Null => "null".to_owned(),
        Guard::Boolean => "boolean".to_owned(),
        Guard::Integer => "integer".to_owned(),
        Guard::Number => "number".to_owned(),
        Guard::String => "string".to_owned(),
        Guard::Strings(values) => format!("string({})", alternatives(values)),
        Guard::Array => "array".to_owned(),
        Guard::Object { keys, values, any } => {
            let values = values.iter().map(|(key, values)| format!("{} = {}", string(key), alternatives(values)));
            let preferred = (!any.is_empty()).then(|| format!("any {}", alternatives(any)));
            let rows: Vec<String> = values.chain(keys.iter().map(|key| string(key))).chain(preferred).collect();
            if rows.is_empty() { "object".to_owned() } else { format!("object({})", rows.join(", ")) }
        }
    }
}

fn alternatives(values: &[String]) -> String {
    values.iter().map(|value| string(value)).collect::<Vec<_>>().join(" | ")
}

fn error_row(row: &ErrorRow) -> String {
    match row.body {
        Some(body) => format!("{} => {}({body}),", row.statuses, row.variant),
        None => format!("{} => {},", row.statuses, row.variant),
    }
}

/// A string literal.
fn string(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
