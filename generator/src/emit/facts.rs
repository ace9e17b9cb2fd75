//! Lines of `api.surface` that no item shows: features, what is there only with some of them, and what security rests on.

use crate::hidden::shown;
use crate::ir::{GroupId, Operation, OperationId, Requirement, SchemeId, SchemeKind, Server, TypeId};
use crate::names::Home;

use super::Ctx;
use super::operation::{Call, calls};

/// Every line, in no order.
pub(super) fn lines(ctx: &Ctx<'_>, manifest: &str) -> Vec<String> {
    let mut lines = features(manifest);
    lines.extend((0..ctx.api.types.len()).flat_map(|index| gate(ctx, TypeId(index))));
    lines.extend(hosts("client", &ctx.api.servers));
    lines.extend((0..ctx.api.security.len()).flat_map(|index| scheme(ctx, SchemeId(index))));
    for index in 0..ctx.api.operations.len() {
        for call in calls(ctx, OperationId(index)) {
            lines.extend(operation(ctx, &call));
        }
    }
    lines
}

/// `feature blocking: off by default`
fn features(manifest: &str) -> Vec<String> {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return Vec::new() };
    let Some(features) = manifest.get("features").and_then(toml::Value::as_table) else { return Vec::new() };
    let mut on: Vec<&str> = vec!["default"];
    let mut at = 0;
    while let Some(feature) = on.get(at) {
        let brings = features.get(*feature).and_then(toml::Value::as_array).into_iter().flatten();
        let brings: Vec<&str> = brings.filter_map(toml::Value::as_str).filter(|name| !on.contains(name)).collect();
        on.extend(brings);
        at += 1;
    }
    let names = features.keys().filter(|name| *name != "default");
    names
        .map(|name| format!("feature {name}: {} by default", if on.contains(&name.as_str()) { "on" } else { "off" }))
        .collect()
}

/// `types::Pet: with feature pets or shops`
fn gate(ctx: &Ctx<'_>, id: TypeId) -> Vec<String> {
    let names = ctx.names.ty(id);
    let Home::Types(file) = &names.home else { return Vec::new() };
    let Some(groups) = ctx.gates.get(file).and_then(Option::as_ref) else { return Vec::new() };
    let mut features: Vec<&str> = groups.iter().map(|group| ctx.names.group(*group).feature.as_str()).collect();
    features.sort_unstable();
    names.all().map(|name| format!("types::{name}: with feature {}", features.join(" or "))).collect()
}

/// `client: host https://api.example.com, by default`
fn hosts(owner: &str, servers: &[Server]) -> Vec<String> {
    let line = |(index, server): (usize, &Server)| {
        let default = if index == 0 { ", by default" } else { "" };
        let url = server.default_url().unwrap_or_else(|| server.url.clone());
        format!("{owner}: host {}{default}", shown(&url))
    };
    servers.iter().enumerate().map(line).collect()
}

fn scheme(ctx: &Ctx<'_>, id: SchemeId) -> Vec<String> {
    let Some(scheme) = ctx.api.security.get(id.0) else { return Vec::new() };
    let constant = &ctx.names.scheme(id).constant;
    let kind = match &scheme.kind {
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Bearer => "bearer".to_owned(),
        SchemeKind::OtherHttp(name) => format!("authorization {name}"),
        SchemeKind::HeaderKey(name) => format!("key in the header {name}"),
        SchemeKind::QueryKey(name) => format!("key in the query {name}"),
        SchemeKind::CookieKey(name) => format!("key in the cookie {name}"),
        SchemeKind::OAuth2(_) => "OAuth 2".to_owned(),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
    };
    let mut lines = vec![format!("client::{constant}: scheme {}", shown(&kind))];
    if let SchemeKind::OAuth2(oauth) = &scheme.kind {
        let urls =
            [("authorization", &oauth.authorization_url), ("refresh", &oauth.refresh_url), ("token", &oauth.token_url)];
        let urls = urls.into_iter().filter_map(|(name, url)| Some((name, url.as_deref()?)));
        lines.extend(urls.map(|(name, url)| format!("client::{constant}: {name} URL {}", shown(url))));
        lines.extend(oauth.scopes.iter().map(|(scope, _)| format!("client::{constant}: scope {}", shown(scope))));
    }
    lines
}

/// The request line, who may call, where, and what parameters are called on the wire.
fn operation(ctx: &Ctx<'_>, call: &Call<'_>) -> Vec<String> {
    let Operation { method, path, group, security, servers, .. } = call.operation;
    let marker = format!("{}{}", module(ctx, *group), call.marker);
    let mut lines = vec![format!("{marker}: sends {method} {}", shown(path))];
    let mut alternatives: Vec<String> = security.iter().map(|alternative| together(ctx, alternative)).collect();
    alternatives.sort_unstable();
    let auth = if alternatives.is_empty() { "nothing".to_owned() } else { alternatives.join(" or ") };
    lines.push(format!("{marker}: needs {auth}"));
    lines.extend(hosts(&marker, servers));
    for (parameter, name) in call.operation.parameters.iter().zip(&call.names.parameters) {
        if name.as_str() != parameter.wire {
            lines.push(format!("{marker}: sends {:?} for {name}", parameter.wire));
        }
    }
    lines
}

/// `API_KEY and OAUTH2 (read, write)`
fn together(ctx: &Ctx<'_>, alternative: &[Requirement]) -> String {
    if alternative.is_empty() {
        return "nothing".to_owned();
    }
    let one = |requirement: &Requirement| {
        let constant = &ctx.names.scheme(requirement.scheme).constant;
        let mut scopes: Vec<String> = requirement.scopes.iter().map(|scope| shown(scope)).collect();
        scopes.sort_unstable();
        if scopes.is_empty() { constant.to_string() } else { format!("{constant} ({})", scopes.join(", ")) }
    };
    alternative.iter().map(one).collect::<Vec<_>>().join(" and ")
}

fn module(ctx: &Ctx<'_>, group: GroupId) -> String {
    format!("api::{}::", ctx.names.group(group).module)
}
