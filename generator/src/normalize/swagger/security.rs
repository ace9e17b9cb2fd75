//! Security definitions: `basic` and the four flows of OAuth 2.

use super::{empty, object};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Value};

/// Rewrites a security definition in place.
pub(super) fn scheme(scheme: &mut Node, diagnostics: &mut Diagnostics) {
    let span = scheme.span;
    match scheme.get("type").and_then(Node::as_str) {
        Some("basic") => {
            scheme.insert("type", Node::string("http", span));
            scheme.insert("scheme", Node::string("basic", span));
        }
        Some("oauth2") => flow(scheme, diagnostics),
        Some(_) | None => {}
    }
}

/// `flow` and its addresses become a member of `flows`.
fn flow(scheme: &mut Node, diagnostics: &mut Diagnostics) {
    let span = scheme.span;
    let Some(written) = scheme.remove("flow") else { return };
    let name = match written.as_str() {
        Some("implicit") => "implicit",
        Some("password") => "password",
        Some("application" | "clientCredentials") => "clientCredentials",
        Some("accessCode" | "authorizationCode") => "authorizationCode",
        Some(_) | None => {
            let message = "`flow` should be one of `implicit`, `password`, `application`, `accessCode`";
            diagnostics.report(Code::WrongType, Some(written.span), message);
            "authorizationCode"
        }
    };
    let mut flow = empty(span);
    for key in ["authorizationUrl", "tokenUrl"] {
        if let Some(url) = scheme.remove(key) {
            flow.insert(key, url);
        }
    }
    let scopes = scheme.remove("scopes").filter(|scopes| !matches!(scopes.value, Value::Null));
    flow.insert("scopes", scopes.unwrap_or_else(|| empty(span)));
    scheme.insert("flows", object([(name, flow)], span));
}
