//! A first `oasmith.toml` for a description: what was found out about it, and what can be said, with a comment each.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostics, Reported};
use crate::document::Node;
use crate::ir::{Api, FieldStep, PageKind, PagePlace, Pagination, SchemeKind, SecurityScheme, Shape};
use crate::job::Loaded;
use crate::{ir, model, normalize, package, resolve};

/// A configuration, and what it rests on.
#[derive(Debug)]
pub struct Start {
    /// The text of `oasmith.toml`.
    pub config: String,
    /// What was found, a line each: a word and what it says.
    pub found: Vec<(&'static str, String)>,
}

/// Looks at a description and writes what can be said about its client.
///
/// `output` is the directory of the crate, relative to the configuration; by default it is called as the crate.
///
/// # Errors
///
/// When the description cannot be read; the diagnostics say why.
pub fn start(loaded: Loaded, output: Option<&str>, diagnostics: &mut Diagnostics) -> Result<Start, Reported> {
    let Some(entry) = loaded.documents.entry() else { return Err(Reported) };
    let (file, version) = (entry.name(), version(&entry.tree));
    let normalized = normalize::normalize(loaded.documents, diagnostics)?;
    let resolved = resolve::resolve(model::read(normalized, diagnostics)?, diagnostics);
    let api = ir::build::build(&resolved, &loaded.config, diagnostics);
    let name = package::settings(&api, &loaded.config, &file, diagnostics).name;
    let output = output.unwrap_or(&name).to_owned();
    let about = About { api: &api, file, version, name, output, rules: rules(&api) };
    Ok(Start { config: config(&about), found: found(&about) })
}

/// What is said in the configuration and to the person.
struct About<'a> {
    api: &'a Api,
    file: String,
    version: String,
    name: String,
    output: String,
    rules: Vec<Rule>,
}

/// How several operations are paged.
struct Rule {
    operations: Vec<String>,
    /// Keys and values of the table, in order.
    keys: Vec<(&'static str, String)>,
}

fn version(tree: &Node) -> String {
    let said = |key: &str| tree.get(key).and_then(Node::as_str).map(one_line);
    match (said("openapi"), said("swagger")) {
        (Some(version), _) => format!("OpenAPI {version}"),
        (None, Some(version)) => format!("Swagger {version}"),
        (None, None) => "OpenAPI".to_owned(),
    }
}

/// The rules that were found, those that are alike as one; an operation without an id cannot be named.
fn rules(api: &Api) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for operation in &api.operations {
        let (Some(id), Some(pagination)) = (&operation.wire, &operation.pagination) else { continue };
        let keys = keys(api, pagination);
        match rules.iter_mut().find(|rule| rule.keys == keys) {
            Some(rule) => rule.operations.push(id.clone()),
            None => rules.push(Rule { operations: vec![id.clone()], keys }),
        }
    }
    rules
}

fn keys(api: &Api, pagination: &Pagination) -> Vec<(&'static str, String)> {
    let path = |steps: &[FieldStep]| steps.iter().filter_map(|step| field(api, *step)).collect::<Vec<_>>().join(".");
    // A member of the body is named by a pointer there and by dots here.
    let named = |name: &String| match pagination.place {
        PagePlace::Query => name.clone(),
        PagePlace::Body | PagePlace::BodyNumber => name.trim_start_matches('/').replace('/', "."),
    };
    let has_more = |steps: &Option<Vec<FieldStep>>| steps.as_ref().map(|steps| ("has-more", path(steps)));
    let mut keys = match &pagination.kind {
        PageKind::Offset { offset, limit, has_more: more } => {
            let limit = limit.as_ref().map(|limit| ("limit", named(limit)));
            let start = vec![("kind", "offset".to_owned()), ("offset", named(offset))];
            start.into_iter().chain(limit).chain(has_more(more)).collect()
        }
        PageKind::Page { page, has_more: more, .. } => {
            let start = vec![("kind", "page".to_owned()), ("page", named(page))];
            start.into_iter().chain(has_more(more)).collect()
        }
        PageKind::Cursor { cursor, next } => {
            vec![("kind", "cursor".to_owned()), ("cursor", named(cursor)), ("next", path(next))]
        }
        PageKind::LastItem { cursor, has_more: more, .. } => {
            let start = vec![("kind", "last-item".to_owned()), ("cursor", named(cursor))];
            start.into_iter().chain(has_more(more)).collect()
        }
        PageKind::NextUrl { next } => vec![("kind", "next-url".to_owned()), ("next", path(next))],
        PageKind::LinkHeader => vec![("kind", "link-header".to_owned())],
    };
    if !pagination.items.is_empty() {
        keys.push(("items", path(&pagination.items)));
    }
    keys
}

/// The name of a field on the wire.
fn field(api: &Api, step: FieldStep) -> Option<&str> {
    match &api.types.get(step.ty.0)?.shape {
        Shape::Struct(shape) => Some(shape.fields.get(step.field)?.wire.as_str()),
        _ => None,
    }
}

fn config(about: &About<'_>) -> String {
    let About { api, file, version, name, output, .. } = about;
    let title = one_line(&api.info.title);
    let mut text = format!(
        "# How the client of `{}` is made. Paths are relative to this file.\n# {version}: {}\nspec = {}\noutput = {}\n\n",
        one_line(file),
        counts(api),
        quoted(file),
        quoted(output)
    );
    text.push_str(
        "# Overlays repair the description without changing it; `oasmith check --fix repairs.yaml` writes one.\n",
    );
    text.push_str("# overlays = [\"repairs.yaml\"]\n\n[package]\n");
    let _ = writeln!(text, "name = {}\nversion = \"0.1.0\"", quoted(name));
    text.push_str(
        "# description = \"…\"\n# license = \"MIT OR Apache-2.0\"\n# repository = \"https://…\"\n\n[client]\n",
    );
    let _ = writeln!(text, "# What the API is called in prose.\nname = {}", quoted(&title));
    text.push_str("# Types that are sent and have constraints get `validate()`.\n# validate = true\n\n");
    for (word, what) in credentials(api).into_iter().chain(base_url(api)) {
        let _ = writeln!(text, "# {word}: {what}");
    }
    text.push_str(
        "\n# Which Rust types stand for formats; what is used becomes a dependency of the client.\n# [formats]\n",
    );
    text.push_str("# date-time = \"jiff\"  # or \"chrono\", \"time\", \"string\"\n# uuid = \"string\"\n\n");
    text.push_str("# Changes to single schemas and operations, by their names in the description.\n");
    text.push_str("# [schemas.Order]\n# lenient = true  # required fields may be missing in responses\n");
    text.push_str("# [operations.listOrders]\n# rust-name = \"list\"\n\n");
    pages(&about.rules, &mut text);
    text.push_str("# Diagnostics that are expected; one that is not reported any more is itself reported.\n");
    text.push_str("[diagnostics]\nallow = []\n");
    text
}

fn pages(rules: &[Rule], text: &mut String) {
    if rules.is_empty() {
        text.push_str("# No list was recognized as paged. A rule says how one is:\n# [[pagination]]\n");
        text.push_str("# operations = [\"listOrders\"]\n# kind = \"cursor\"  # or \"offset\", \"page\", \"last-item\", \"next-url\", \"link-header\"\n");
        text.push_str("# cursor = \"cursor\"\n# next = \"next_cursor\"\n# items = \"data\"\n\n");
        return;
    }
    text.push_str("# Lists that look paged: `.pages()` and `.items()` walk through them. Delete what is none.\n");
    for rule in rules {
        text.push_str("[[pagination]]\noperations = [\n");
        for operation in &rule.operations {
            let _ = writeln!(text, "    {},", quoted(operation));
        }
        text.push_str("]\n");
        for (key, value) in &rule.keys {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
        text.push('\n');
    }
}

fn found(about: &About<'_>) -> Vec<(&'static str, String)> {
    let mut found = vec![
        ("crate", format!("{}, into `{}`", about.name, about.output)),
        ("description", format!("{}, {}", about.version, counts(about.api))),
    ];
    found.extend(base_url(about.api));
    found.extend(credentials(about.api));
    for rule in &about.rules {
        let kind = rule.keys.first().map_or("", |(_, kind)| kind);
        found.push(("pages", format!("{} by {kind}: {}", rule.operations.len(), rule.operations.join(", "))));
    }
    found
}

fn counts(api: &Api) -> String {
    format!("{} operations in {} groups, {} types", api.operations.len(), api.groups.len(), api.types.len())
}

fn base_url(api: &Api) -> Option<(&'static str, String)> {
    let server = api.servers.first()?;
    Some(("base URL", one_line(&server.default_url().unwrap_or_else(|| server.url.clone()))))
}

fn credentials(api: &Api) -> Option<(&'static str, String)> {
    let schemes: Vec<String> = api.security.iter().map(scheme).collect();
    (!schemes.is_empty()).then(|| ("credentials", schemes.join(", ")))
}

fn scheme(scheme: &SecurityScheme) -> String {
    let what = match &scheme.kind {
        SchemeKind::Basic => "user and password".to_owned(),
        SchemeKind::Bearer => "bearer token".to_owned(),
        SchemeKind::OtherHttp(name) => format!("HTTP scheme {name}"),
        SchemeKind::HeaderKey(name) => format!("key in the header {name}"),
        SchemeKind::QueryKey(name) => format!("key in the query as {name}"),
        SchemeKind::CookieKey(name) => format!("key in the cookie {name}"),
        SchemeKind::OAuth2(_) => "OAuth 2".to_owned(),
        SchemeKind::MutualTls => "TLS certificate of the client".to_owned(),
    };
    one_line(&format!("`{}` ({what})", scheme.wire))
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Text that cannot leave its line of a comment or of a terminal.
fn one_line(text: &str) -> String {
    text.split(|part: char| part.is_whitespace() || part.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
