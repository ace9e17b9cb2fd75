//! Servers and the addresses of token endpoints: made absolute where it is known against what.

use super::{Builder, docs, origin};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::path::template_names;
use crate::ir::{Reach, SchemeKind, SecurityScheme, Server, ServerVariable};
use crate::resolve::{self, Resolved};

/// Where the document came from: what the configuration says, or else what the document says of itself.
pub(super) fn address(resolved: &Resolved, config: &Config) -> Option<String> {
    let configured = config.document_url.as_ref().map(|url| url.get_ref().clone());
    configured.or_else(|| resolved.address.clone()).filter(|url| is_absolute(url))
}

/// Reports an address that relative URLs cannot be resolved against.
pub(super) fn check(config: &Config, diagnostics: &mut Diagnostics) {
    let Some(url) = config.document_url.as_ref().filter(|url| !is_absolute(url.get_ref())) else { return };
    let message = format!("`{}` is no absolute `http` or `https` URL", url.get_ref());
    diagnostics.report(Code::ConfigSyntax, config.span(url), message);
}

impl Builder<'_> {
    pub(super) fn servers(&mut self, written: &[resolve::Server]) -> Vec<Server> {
        let servers: Vec<Server> = written.iter().map(|server| self.server(server)).collect();
        for (server, written) in servers.iter().zip(written) {
            if server.reach() == Reach::Unusable {
                let message = format!("no request can be sent to `{}`", server.url);
                self.report(Code::UnusableServer, written.place.span, &written.place.pointer, message)
                    .help("correct the URL in the document or in an overlay");
                continue;
            }
            for (variable, value) in server.unusable_values() {
                let message = format!("no request can be sent to `{}` where `{variable}` is `{value}`", server.url);
                self.report(Code::UnusableServer, written.place.span, &written.place.pointer, message)
                    .help("correct the value in the document or in an overlay");
            }
        }
        servers
    }

    fn server(&self, server: &resolve::Server) -> Server {
        let mut variables: Vec<ServerVariable> = Vec::new();
        for name in template_names(&server.url) {
            let declared = server.variables.iter().find(|(wire, ..)| wire == name);
            let (default, values, description) = match declared {
                Some((_, default, values, description)) => (Some(default.clone()), values.clone(), description.clone()),
                None => (None, Vec::new(), None),
            };
            variables.push(ServerVariable {
                wire: name.to_owned(),
                default: default.filter(|default| !default.is_empty() || is_in_path(&server.url, name)),
                values,
                docs: docs::text(description.as_deref()),
            });
        }
        let url = self.absolute(&server.url);
        let docs = docs::text(server.description.as_deref());
        Server { url, name: server.name.clone(), docs, variables, origin: origin(&server.place) }
    }

    /// A URL that is relative to the document, where it is known where that came from.
    fn absolute(&self, url: &str) -> String {
        match &self.address {
            Some(address) if !url.contains(':') && !url.starts_with('{') => resolve(address, url),
            _ => match url.split_once("://") {
                Some((scheme, rest)) => without_dots(scheme, rest),
                None => url.to_owned(),
            },
        }
    }

    pub(super) fn scheme(&self, scheme: &resolve::Scheme) -> SecurityScheme {
        let mut kind = scheme.kind.clone();
        if let SchemeKind::OAuth2(oauth2) = &mut kind {
            for url in [&mut oauth2.client_token_url, &mut oauth2.renewal_url].into_iter().flatten() {
                *url = self.absolute(url);
            }
        }
        SecurityScheme {
            wire: scheme.name.clone(),
            kind,
            docs: docs::text(scheme.description.as_deref()),
            origin: origin(&scheme.place),
        }
    }
}

/// Nothing at all is a path, but no host.
fn is_in_path(url: &str, name: &str) -> bool {
    let (_, after) = url.split_once("://").unwrap_or(("", url));
    let host = after.split('/').next().unwrap_or_default();
    !host.contains(&format!("{{{name}}}")) && url.contains('/')
}

fn is_absolute(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '['))
}

/// What a relative reference means on a page (RFC 3986, section 5.2), with templates in it left alone.
fn resolve(base: &str, reference: &str) -> String {
    let base = base.split(['#', '?']).next().unwrap_or_default();
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other) = reference.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let merged = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => {
            path.rsplit_once('/').map_or_else(|| reference.to_owned(), |(folder, _)| format!("{folder}/{reference}"))
        }
    };
    format!("{scheme}://{host}/{}", kept(&merged))
}

/// A URL as it is sent (RFC 3986, section 5.2.4).
fn without_dots(scheme: &str, rest: &str) -> String {
    let (before, query) = rest.split_once('?').map_or((rest, None), |(before, query)| (before, Some(query)));
    let Some((host, path)) = before.split_once('/') else { return format!("{scheme}://{rest}") };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{scheme}://{host}/{}{query}", kept(path))
}

/// The segments of a path that are not taken away.
fn kept(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls_are_resolved_against_the_document() {
        let at = |reference| resolve("https://h:1/api/v1/openapi.yaml?x#y", reference);
        assert_eq!(at("/v2"), "https://h:1/v2");
        assert_eq!(at("v2/{tenant}"), "https://h:1/api/v1/v2/{tenant}");
        assert_eq!(at("./"), "https://h:1/api/v1/");
        assert_eq!(at("../v2"), "https://h:1/api/v2");
        assert_eq!(at("//other/x"), "https://other/x");
        assert_eq!(resolve("https://h", "v1"), "https://h/v1");
        assert_eq!(without_dots("https", "h/a/../b/./{c}/?d=/../e"), "https://h/b/{c}/?d=/../e");
        assert_eq!(without_dots("https", "h?a=/../b"), "https://h?a=/../b");
        assert_eq!(without_dots("https", "h/../../a"), "https://h/a");
    }
}
