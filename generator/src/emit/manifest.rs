//! `Cargo.toml`.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::templates::render;
use super::{Ctx, formats};

/// The text of `Cargo.toml`.
pub(super) fn emit(ctx: &Ctx<'_>) -> String {
    let settings = ctx.settings;
    let groups: Vec<String> = ctx.groups().map(|id| ctx.names.group(id).feature.clone()).collect();
    let full = groups.iter().map(|feature| format!("\"{feature}\"")).collect::<Vec<_>>().join(", ");
    let description = if settings.description.is_empty() {
        format!("Client for {}", ctx.api.info.title)
    } else {
        settings.description.clone()
    };
    let values = context! {
        header => ctx.header(),
        name => string(&settings.name),
        version => string(if settings.version.is_empty() { "0.1.0" } else { &settings.version }),
        description => string(&description),
        license => settings.license.as_deref().map(string),
        repository => settings.repository.as_deref().map(string),
        groups => groups,
        full => full,
        formats => dependencies(ctx),
    };
    render(include_str!("../../templates/Cargo.toml.j2"), values)
}

/// What the formats in use depend on, one line each.
fn dependencies(ctx: &Ctx<'_>) -> BTreeMap<&'static str, Value> {
    let used = ctx.api.needs.formats.iter().filter_map(|format| formats::dependency(*format));
    used.map(|(name, requirement)| (name, Value::from_safe_string(requirement.to_owned()))).collect()
}

/// A TOML string on one line. JSON's escapes are TOML's, once control characters are gone.
fn string(text: &str) -> Value {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = line.chars().filter(|character| !character.is_control()).collect();
    let escaped = plain.replace('\\', "\\\\").replace('"', "\\\"");
    Value::from_safe_string(format!("\"{escaped}\""))
}
