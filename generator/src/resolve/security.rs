//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, OAuth2Flows, OpenAPI, SecurityScheme};

use super::{Alternative, Context, Scheme, media};
use crate::diagnostic::Code;
use crate::ir::{OAuth2, SchemeKind};

/// HTTP authentication schemes whose credential is made of what the server has just said, by the registry of IANA.
const CHALLENGED: [&str; 7] = ["digest", "hoba", "mutual", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256"];

pub(super) fn schemes(context: &mut Context<'_>, openapi: &OpenAPI) -> Vec<Scheme> {
    let schemes = openapi.components.iter().flat_map(|components| &components.security_schemes);
    schemes
        .filter_map(|(name, scheme)| {
            let scheme = scheme.as_item()?;
            let place = context.place(&media::below("/components/securitySchemes", name));
            let (kind, description) = kind(scheme);
            if let SchemeKind::HeaderKey(text) | SchemeKind::OtherHttp(text) = &kind
                && !super::is_token(text)
            {
                let message = format!("`{}` cannot stand in a header", text.escape_debug());
                let diagnostic = context.diagnostics.report(Code::UnsupportedSecurity, Some(place.span), message);
                diagnostic.help("the security scheme is left out of the client");
                return None;
            }
            if let SchemeKind::OtherHttp(scheme) = &kind
                && CHALLENGED.iter().any(|known| scheme.eq_ignore_ascii_case(known))
            {
                let message = format!("`{scheme}` answers a challenge of the server, which the client does not do");
                let diagnostic = context.diagnostics.report(Code::UnsupportedSecurity, Some(place.span), message);
                diagnostic.help("the credential is sent as it is given; a transport of your own can answer challenges");
            }
            Some(Scheme { name: name.clone(), kind, description, place })
        })
        .collect()
}

/// Which declared schemes send the header `Authorization`.
pub(super) enum Known {
    /// None; a name that another one can have.
    None(String),
    /// This one.
    One(String),
    /// More than one.
    Several,
}

pub(super) fn of_authorization(openapi: &OpenAPI) -> Known {
    let schemes = openapi.components.iter().flat_map(|components| &components.security_schemes);
    let names: Vec<&String> = schemes.clone().map(|(name, _)| name).collect();
    let sends = |scheme: &SecurityScheme| match kind(scheme).0 {
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OtherHttp(_) | SchemeKind::OAuth2(_) => true,
        SchemeKind::HeaderKey(name) => name.eq_ignore_ascii_case("authorization"),
        SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) | SchemeKind::MutualTls => false,
    };
    let mut known = schemes.filter(|(_, scheme)| scheme.as_item().is_some_and(sends)).map(|(name, _)| name);
    match (known.next(), known.next()) {
        (Some(only), None) => Known::One(only.clone()),
        (Some(_), Some(_)) => Known::Several,
        (None, _) => {
            let numbered = (2..).map(|number| format!("authorization{number}"));
            let mut free = std::iter::once("authorization".to_owned()).chain(numbered);
            Known::None(free.find(|name| !names.contains(&name)).unwrap_or_default())
        }
    }
}

fn kind(scheme: &SecurityScheme) -> (SchemeKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let kind = match location {
                APIKeyLocation::Query => SchemeKind::QueryKey(name.clone()),
                APIKeyLocation::Header => SchemeKind::HeaderKey(name.clone()),
                APIKeyLocation::Cookie => SchemeKind::CookieKey(name.clone()),
            };
            (kind, description.clone())
        }
        SecurityScheme::HTTP { scheme, description, .. } => {
            // RFC 9110 §11.1: the scheme is compared without regard to case.
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "basic" => SchemeKind::Basic,
                "bearer" => SchemeKind::Bearer,
                "x-norm-mutual-tls" => SchemeKind::MutualTls,
                _ => SchemeKind::OtherHttp(scheme.clone()),
            };
            (kind, description.clone())
        }
        SecurityScheme::OAuth2 { flows, description, .. } => (SchemeKind::OAuth2(oauth2(flows)), description.clone()),
        SecurityScheme::OpenIDConnect { description, .. } => (SchemeKind::Bearer, description.clone()),
    }
}

fn oauth2(flows: &OAuth2Flows) -> OAuth2 {
    let mut oauth2 = OAuth2::default();
    // A flow that lacks its URL was reported.
    let known = |url: &String| Some(url.clone()).filter(|url| !url.is_empty());
    if let Some(flow) = &flows.client_credentials {
        oauth2.client_token_url = known(&flow.token_url);
        oauth2.token_url = known(&flow.token_url);
        oauth2.refresh_url = flow.refresh_url.as_ref().and_then(known);
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.authorization_code {
        oauth2.authorization_url = known(&flow.authorization_url);
        of_user(&mut oauth2, known(&flow.token_url), flow.refresh_url.as_ref().and_then(known));
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.password {
        of_user(&mut oauth2, known(&flow.token_url), flow.refresh_url.as_ref().and_then(known));
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.implicit {
        oauth2.authorization_url = oauth2.authorization_url.or_else(|| known(&flow.authorization_url));
        add_scopes(&mut oauth2, &flow.scopes);
    }
    oauth2
}

/// The addresses of a flow by which a user gets a refresh token.
fn of_user(oauth2: &mut OAuth2, token: Option<String>, refresh: Option<String>) {
    oauth2.renewal_url = oauth2.renewal_url.take().or_else(|| refresh.clone().or_else(|| token.clone()));
    oauth2.refresh_url = oauth2.refresh_url.take().or(refresh);
    oauth2.token_url = oauth2.token_url.take().or(token);
}

fn add_scopes(oauth2: &mut OAuth2, scopes: &indexmap::IndexMap<String, String>) {
    for (scope, meaning) in scopes {
        if oauth2.scopes.iter().all(|(known, _)| known != scope) {
            oauth2.scopes.push((scope.clone(), meaning.clone()));
        }
    }
}

/// Alternatives of scheme names with scopes.
pub(super) fn requirements(written: &[openapiv3::SecurityRequirement]) -> Vec<Alternative> {
    written
        .iter()
        .map(|alternative| alternative.iter().map(|(name, scopes)| (name.clone(), scopes.clone())).collect())
        .collect()
}
