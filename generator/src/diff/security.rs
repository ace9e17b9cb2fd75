//! What of a change concerns security: hosts, schemes, scopes, who may call what, fields that are never shown.

use std::collections::BTreeSet;

use super::changes::{Change, What};
use super::subject::Subject;
use super::surface::{Fact, Key, Kind, Surface};

/// One thing that a reviewer has to agree to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Security {
    /// What kind of thing: `host`, `scheme`, `scope`, `auth` or `sensitive`.
    pub kind: &'static str,
    /// What happened, in a sentence without its full stop.
    pub text: String,
    /// The item, as in `api.surface`.
    pub item: String,
}

/// Everything that concerns security, by kind.
pub(super) fn security(before: &Surface, after: &Surface, changes: &[Change]) -> Vec<Security> {
    let keys: BTreeSet<&Key> = before.facts.keys().chain(after.facts.keys()).collect();
    let differ = keys.into_iter().filter(|key| before.facts.get(key) != after.facts.get(key));
    let known: BTreeSet<&str> =
        before.facts.iter().filter(|(key, _)| key.slot == "needs").map(|(_, fact)| fact.text.as_str()).collect();
    let gone: BTreeSet<&str> =
        changes.iter().filter(|change| change.what == What::Removed).map(|change| change.subject.path()).collect();
    let mut found: Vec<Security> = differ
        .filter(|key| !gone.contains(key.path.as_str()))
        .filter_map(|key| one(key, before, after, &known, changes))
        .collect();
    found.sort();
    found
}

fn one(key: &Key, before: &Surface, after: &Surface, known: &BTreeSet<&str>, changes: &[Change]) -> Option<Security> {
    let (old, new) = (before.facts.get(key), after.facts.get(key));
    let text = |fact: Option<&Fact>| fact.map(|fact| fact.text.clone());
    let (kind, text) = match key.slot.split(' ').next().unwrap_or_default() {
        "host" => ("host", host(key, old, new, changes)),
        "scheme" => ("scheme", pair("scheme", &key.path, text(old), text(new))),
        "authorization" | "refresh" | "token" => ("scheme", pair(&key.slot, &key.path, text(old), text(new))),
        "scope" => ("scope", pair("scope", &key.path, text(old), text(new))),
        "needs" => ("auth", auth(key, old, new, known, changes)?),
        "" => ("sensitive", sensitive(key, old, new)?),
        _ => return None,
    };
    Some(Security { kind, text, item: key.path.clone() })
}

/// `new scheme client::OAUTH2: OAuth 2`
fn pair(what: &str, path: &str, old: Option<String>, new: Option<String>) -> String {
    let value = |text: String| text.strip_prefix(what).map(|rest| rest.trim().to_owned()).unwrap_or(text);
    match (old.map(value), new.map(value)) {
        (None, Some(new)) => format!("new {what} of {path}: {new}"),
        (Some(old), None) => format!("the {what} of {path} is gone: {old}"),
        (Some(old), Some(new)) => format!("the {what} of {path} was {old} and is {new}"),
        (None, None) => String::new(),
    }
}

fn host(key: &Key, old: Option<&Fact>, new: Option<&Fact>, changes: &[Change]) -> String {
    let url = key.slot.trim_start_matches("host ");
    let tls = if url.starts_with("http://") { ", which is not encrypted" } else { "" };
    let whose = match key.path.as_str() {
        "client" => String::new(),
        path => format!(" of {}", request(path, changes)),
    };
    let is_default = |fact: &Fact| fact.text.ends_with(", by default");
    match (old, new) {
        (None, Some(new)) if is_default(new) => {
            format!("requests{whose} go to the new host {url} by default{tls}")
        }
        (None, Some(_)) => format!("new host{whose}: {url}{tls}"),
        (Some(old), None) if is_default(old) => {
            format!("requests{whose} no longer go to {url}, which was the default")
        }
        (Some(_), None) => format!("the host {url}{whose} is gone"),
        (Some(_), Some(new)) if is_default(new) => format!("requests{whose} go to {url} by default now{tls}"),
        (Some(_) | None, Some(_) | None) => format!("requests{whose} no longer go to {url} by default"),
    }
}

/// Who may call; of a new operation only what no other operation asks, or that it asks nothing.
fn auth(
    key: &Key,
    old: Option<&Fact>,
    new: Option<&Fact>,
    known: &BTreeSet<&str>,
    changes: &[Change],
) -> Option<String> {
    let request = request(&key.path, changes);
    match (old, new) {
        (Some(old), Some(new)) => {
            let needed = old.text.trim_start_matches("needs ");
            Some(format!("{request} {} and needed {needed}", new.text))
        }
        (None, Some(new)) if new.text == "needs nothing" => Some(format!("the new {request} needs no credentials")),
        (None, Some(new)) if !known.contains(new.text.as_str()) => Some(format!("the new {request} {}", new.text)),
        (None, _) | (Some(_), None) => None,
    }
}

fn request(marker: &str, changes: &[Change]) -> String {
    let change = changes.iter().find(|change| change.subject == Subject::Operation(marker.to_owned()));
    let request = change.and_then(|change| change.request.1.clone().or_else(|| change.request.0.clone()));
    request.unwrap_or_else(|| marker.to_owned())
}

/// A field whose value is never shown came or went.
fn sensitive(key: &Key, old: Option<&Fact>, new: Option<&Fact>) -> Option<String> {
    let path = &key.path;
    match (old.is_some_and(is_secret), new.is_some_and(is_secret)) {
        (false, true) if old.is_none() => Some(format!("new sensitive value: {path}")),
        (false, true) => Some(format!("{path} is sensitive now: it is no longer shown")),
        (true, false) if new.is_some() => Some(format!("{path} is no longer sensitive: it can be shown")),
        (true, false) => Some(format!("the sensitive value {path} is gone")),
        (true, true) | (false, false) => None,
    }
}

fn is_secret(fact: &Fact) -> bool {
    let ty = match &fact.kind {
        Kind::Field(ty) | Kind::Alias(ty) | Kind::Variant(ty) => ty,
        Kind::Definition { .. }
        | Kind::Constant(_)
        | Kind::Function { .. }
        | Kind::Trait(_)
        | Kind::Table(_)
        | Kind::Gate(_)
        | Kind::Feature(_)
        | Kind::Wire => return false,
    };
    ty.split(|character: char| !character.is_alphanumeric() && character != '_').any(|word| word == "Secret")
}
