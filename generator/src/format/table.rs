//! Tables: invocations of the runtime's macros, one row per line.

use crate::ir::Guard;
use crate::tree::{Argument, Building, EnumRow, Given, GuardRow, ModuleRow, ObjectRow, OpenEnum, Table, TagRow};

use super::layout::{INDENT, documentation, line};
use super::operation;

/// Writes one table.
pub(super) fn print(table: &Table, text: &mut String) {
    match table {
        Table::Object(name, rows, building) => {
            let head = if *building == Building::New { format!("new {name}") } else { name.to_string() };
            block(text, "object!", &head, rows.iter().map(object_row));
        }
        Table::StringEnum(table) => open_enum("string_enum!", table, |wire| string(wire), text),
        Table::IntegerEnum(table) => open_enum("integer_enum!", table, i64::to_string, text),
        Table::TagUnion(name, tag, rows, fallback) => {
            let fallback = fallback.iter().map(|variant| format!("_ => {variant}"));
            block(text, "union!", &format!("{name} by {}", string(tag)), rows.iter().map(tag_row).chain(fallback));
        }
        Table::GuardUnion(name, rows) => block(text, "union!", name.as_str(), rows.iter().map(guard_row)),
        Table::Modules(rows) => modules(rows, text),
        Table::Operation(facts) => operation::facts(facts, text),
        Table::Options(options) => operation::options(options, text),
        Table::Successes(name, rows) => {
            block(text, "successes!", name.as_str(), rows.iter().map(operation::success_row))
        }
        Table::Errors(errors) => operation::errors(errors, text),
        Table::Newtype(name) => text.push_str(&format!("newtype!({name});\n")),
        Table::TextFormat(ty, None) => text.push_str(&format!("text_format!({});\n", ty)),
        Table::TextFormat(ty, Some((read, write))) => {
            text.push_str(&format!("text_format!(\n    {},\n    {read},\n    {write}\n);\n", ty));
        }
        Table::NumberFormat(ty) => text.push_str(&format!("number_format!({});\n", ty)),
    }
}

/// One row a line, also where there is only one: the next one then adds a line and changes none.
fn block(text: &mut String, open: &str, head: &str, rows: impl Iterator<Item = String>) {
    let rows: Vec<String> = rows.collect();
    let begin = format!("{open}({head} {{");
    match rows.as_slice() {
        [] => text.push_str(&format!("{begin}}});\n")),
        rows => {
            text.push_str(&begin);
            text.push('\n');
            for row in rows {
                text.push_str("    ");
                text.push_str(row);
                text.push_str(",\n");
            }
            text.push_str("});\n");
        }
    }
}

/// `string_enum! { pub enum Level { … } }`
fn open_enum<T>(open: &str, table: &OpenEnum<T>, wire: impl Fn(&T) -> String, text: &mut String) {
    line(text, "", &format!("{open} {{"));
    documentation(&table.docs, INDENT, text);
    if table.deprecated {
        line(text, INDENT, "#[deprecated]");
    }
    line(text, INDENT, &format!("pub enum {} {{", table.name));
    let inner = "        ";
    for EnumRow { docs, variant, wire: value } in &table.rows {
        documentation(docs, inner, text);
        line(text, inner, &format!("{variant} = {},", wire(value)));
    }
    line(text, INDENT, "}");
    line(text, "", "}");
}

/// `modules! { … }`
fn modules(rows: &[ModuleRow], text: &mut String) {
    line(text, "", "modules! {");
    for row in rows {
        let features: Vec<String> = row.features.iter().map(|feature| string(feature)).collect();
        let condition = if features.is_empty() { String::new() } else { format!(" if {}", features.join(" or ")) };
        line(text, INDENT, &format!("{}{condition},", row.name));
    }
    line(text, "", "}");
}

fn object_row(row: &ObjectRow) -> String {
    match row {
        ObjectRow::Field { wire, field, nullable, given } => {
            let wire = string(wire);
            let nullable = if *nullable { " nullable" } else { "" };
            match given {
                Given::Never => format!("{wire} => {field}{nullable}"),
                Given::Needed(ty) => format!("{wire} -> {field}({ty})"),
                Given::Setter(argument) => format!("{wire} => {field}({}){nullable}", self::argument(argument)),
                Given::Clearable(clear, argument) => {
                    format!("{wire} => {field} / {clear}({})", self::argument(argument))
                }
            }
        }
        ObjectRow::Constant { wire, json } => format!("{} = {}", string(wire), string(json)),
        ObjectRow::Prefixed { prefix, field } => format!("{} .. => {field}", string(prefix)),
        ObjectRow::Rest(field) => format!(".. => {field}"),
    }
}

fn argument(argument: &Argument) -> String {
    let attributes: String = argument.attributes.iter().map(|attribute| format!("{attribute} ")).collect();
    format!("{attributes}{}", argument.ty)
}

fn tag_row(row: &TagRow) -> String {
    let tags: Vec<String> = row.tags.iter().map(|tag| string(tag)).collect();
    let adds = if row.adds_tag { " + tag" } else { "" };
    format!("{} => {}{}{adds}", tags.join(" | "), row.variant, from(row.from.as_deref()))
}

fn guard_row(row: &GuardRow) -> String {
    format!("{}{}: {}", row.variant, from(row.from.as_deref()), guard(&row.guard))
}

fn from(ty: Option<&str>) -> String {
    ty.map(|ty| format!("({ty})")).unwrap_or_default()
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

/// A string literal.
pub(super) fn string(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
