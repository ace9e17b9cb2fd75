//! Security schemes: each has what its type needs.

use super::Walk;
use crate::diagnostic::Code;
use crate::document::{Node, Object, Value};

/// Finishes a security scheme; `false` when nothing tells how it works.
pub(super) fn scheme(walk: &mut Walk<'_, '_>, node: &mut Node) -> bool {
    let kind = node.get("type").and_then(Node::as_str).unwrap_or_default().to_owned();
    let span = node.span;
    match kind.as_str() {
        "apiKey" => {
            let known = needs(walk, node, "apiKey", "name") && needs(walk, node, "apiKey", "in");
            return known;
        }
        "http" => {
            if node.get("scheme").is_none() && node.get("bearerFormat").is_some() {
                needs(walk, node, "http", "scheme");
                node.insert("scheme", Node::string("bearer", span));
            }
            return needs(walk, node, "http", "scheme");
        }
        "mutualTLS" => {
            node.insert("type", Node::string("http", span));
            node.insert("scheme", Node::string("x-norm-mutual-tls", span));
        }
        "oauth2" => {
            if !needs(walk, node, "oauth2", "flows") {
                node.insert("flows", Node::new(Value::Object(Object::new()), span));
            }
        }
        _ => {
            if !needs(walk, node, "openIdConnect", "openIdConnectUrl") {
                node.insert("openIdConnectUrl", Node::string("", span));
            }
        }
    }
    true
}

/// Reports a missing keyword; whether it is there.
fn needs(walk: &mut Walk<'_, '_>, node: &Node, kind: &str, keyword: &str) -> bool {
    let there = node.get(keyword).is_some();
    if !there {
        let message = format!("a security scheme of type `{kind}` lacks `{keyword}`");
        walk.diagnostics.report(Code::MissingKeyword, Some(node.span), message);
    }
    there
}

/// Each flow has the addresses that its kind needs.
pub(super) fn flows(walk: &mut Walk<'_, '_>, node: &mut Node) {
    const NEEDED: &[(&str, &[&str])] = &[
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (name, urls) in NEEDED {
        let Some(flow) = node.get_mut(name) else { continue };
        for url in *urls {
            if flow.get(url).is_none() {
                let message = format!("the OAuth flow `{name}` lacks `{url}`");
                walk.diagnostics.report(Code::MissingKeyword, Some(flow.span), message);
                let span = flow.span;
                flow.insert(url, Node::string("", span));
            }
        }
    }
}
