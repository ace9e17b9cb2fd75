//! What the generated crate says about itself, out of the configuration and the description.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::emit::{Settings, manifest, prose};
use crate::ir::Api;
use crate::names::NamesConfig;
use crate::runtime;

/// The settings for emission; `source` is the description's file name.
pub fn settings(api: &Api, config: &Config, source: &str, diagnostics: &mut Diagnostics) -> Settings {
    let package = &config.package;
    let title = config.client.name.as_deref().unwrap_or(&api.info.title);
    Settings {
        name: package.name.clone().unwrap_or_else(|| crate_name(title)),
        version: package.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: package.description.clone().unwrap_or_else(|| format!("Client of {}", one_line(title))),
        license: package.license.clone(),
        repository: package.repository.clone(),
        dependencies: dependencies(config, diagnostics),
        source: source.to_owned(),
        runtime: runtime::files(&api.needs.parts),
    }
}

/// What naming has to know about the package.
pub fn names_config(settings: &Settings) -> NamesConfig {
    let always = manifest::ALWAYS.iter().map(|name| (*name).to_owned());
    NamesConfig {
        crate_name: settings.name.clone(),
        crates: settings.dependencies.keys().cloned().chain(always).collect(),
    }
}

/// `[dependencies]` of the configuration, each requirement as one line of TOML.
fn dependencies(config: &Config, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, requirement) in &config.dependencies {
        match refusal(name.get_ref(), requirement.get_ref()) {
            Some(message) => {
                diagnostics.report(Code::ConfigSyntax, config.span(name), message);
            }
            None => {
                found.insert(name.get_ref().clone(), requirement.get_ref().to_string());
            }
        }
    }
    found
}

/// Why something is no dependency that can be added.
fn refusal(name: &str, requirement: &toml::Value) -> Option<String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(letters) || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(format!("`{}` is no name of a crate", name.escape_debug()));
    }
    if manifest::ALWAYS.iter().chain(manifest::OPTIONAL).any(|own| *own == name) {
        return Some(format!("every client depends on `{name}` already"));
    }
    let fits = matches!(requirement, toml::Value::String(_) | toml::Value::Table(_));
    (!fits).then(|| format!("`{name}` needs a version, such as `\"1\"`, or a table, as in `Cargo.toml`"))
}

/// Words for the document itself, which is not what the client is for.
const ABOUT: &[&str] =
    &["definition", "description", "documentation", "docs", "openapi", "reference", "spec", "specification"];

/// A package name out of a title: lower-case ASCII letters, digits and dashes, beginning with a letter
/// (the Cargo Book, "The `name` field"), ending in `-client`.
fn crate_name(title: &str) -> String {
    let mut name = String::new();
    let title = title.replace("'s ", " ").replace("\u{2019}s ", " ");
    let mut parts: Vec<&str> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    // "Netlify's API documentation" is about Netlify's API.
    while let [_, .., last] = parts.as_slice()
        && ABOUT.contains(&last.to_ascii_lowercase().as_str())
    {
        parts.pop();
    }
    for part in parts {
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&part.to_ascii_lowercase());
        if name.len() > 40 {
            break;
        }
    }
    name.truncate(48);
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert_str(0, if name.is_empty() { "api" } else { "api-" });
    }
    if name.ends_with("-client") { name } else { format!("{name}-client") }
}

/// Words on one line, without controls and what changes the direction of text.
fn one_line(text: &str) -> String {
    let text = prose::clean(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { "an HTTP API".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{crate_name, one_line};

    #[test]
    fn title_is_one_line_in_the_direction_of_the_file() {
        assert_eq!(one_line(" A\u{202e}\r\nB\u{2028}C\0 "), "A B C");
    }

    #[test]
    fn any_title_becomes_a_package_name() {
        assert_eq!(crate_name("Close API"), "close-api-client");
        assert_eq!(crate_name("1Password Connect"), "api-1password-connect-client");
        assert_eq!(crate_name("日本"), "api-client");
        assert_eq!(crate_name("Netlify's API documentation"), "netlify-api-client");
        assert_eq!(crate_name("OpenAPI specification"), "openapi-client");
        assert_eq!(crate_name("Some Client"), "some-client");
        assert!(crate_name(&"word ".repeat(100)).len() < 60);
    }
}
