//! `Cargo.toml`.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::hidden::toml;
use crate::ir::{Checks, Part};

use super::templates::render;
use super::{Ctx, formats};

/// The crates that every client depends on.
pub const ALWAYS: &[&str] =
    &["base64", "bytes", "fastrand", "futures-util", "http", "httpdate", "percent-encoding", "serde_json"];

/// The crates that a feature of every client brings.
pub const OPTIONAL: &[&str] =
    &["pollster", "reqwest", "rustls", "serde", "serde-transcode", "tokio", "tracing", "ureq"];

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
        formats => formats(ctx),
        dependencies => dependencies(ctx),
        signatures => ctx.api.needs.parts.contains(&Part::Signatures),
        patterns => ctx.api.needs.checks == Checks::Patterns,
    };
    render(include_str!("../../templates/Cargo.toml.j2"), values)
}

/// What the formats in use depend on, one line each; what the user says of a crate goes before it.
fn formats(ctx: &Ctx<'_>) -> BTreeMap<&'static str, Value> {
    let parts = &ctx.api.needs.parts;
    let dates = (parts.contains(&Part::Dates) || parts.contains(&Part::Prefixed)).then_some(formats::JIFF);
    let used = ctx.api.needs.formats.iter().filter_map(|format| formats::dependency(*format));
    let others = used.chain(dates).filter(|(name, _)| !ctx.settings.dependencies.contains_key(*name));
    others.map(|(name, requirement)| (name, Value::from_safe_string(requirement.to_owned()))).collect()
}

/// What the user's types depend on, one line each.
fn dependencies<'a>(ctx: &Ctx<'a>) -> BTreeMap<&'a str, Value> {
    let all = ctx.settings.dependencies.iter();
    all.map(|(name, requirement)| (name.as_str(), Value::from_safe_string(requirement.clone()))).collect()
}

/// A TOML string on one line.
fn string(text: &str) -> Value {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Value::from_safe_string(toml(&line))
}

#[cfg(test)]
mod tests {
    use super::{ALWAYS, OPTIONAL};

    #[test]
    fn lists_of_crates_are_those_of_the_template() {
        let template = include_str!("../../templates/Cargo.toml.j2");
        let section = template.split("[dependencies]\n").nth(1).unwrap().split("{%").next().unwrap();
        let names = |optional: bool| -> Vec<&str> {
            let lines = section.lines().filter(|line| line.contains("optional = true") == optional);
            lines.filter_map(|line| Some(line.split_once(" = ")?.0)).collect()
        };
        assert_eq!(names(false), ALWAYS);
        assert_eq!(names(true), OPTIONAL);
    }
}
