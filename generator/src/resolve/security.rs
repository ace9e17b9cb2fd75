//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, OAuth2Flows, OpenAPI, SecurityScheme};

use super::{Alternative, Context, Scheme, media};
use crate::ir::{OAuth2, SchemeKind};

pub(super) fn schemes(context: &Context<'_>, openapi: &OpenAPI) -> Vec<Scheme> {
    let schemes = openapi.components.iter().flat_map(|components| &components.security_schemes);
    schemes
        .filter_map(|(name, scheme)| {
            let scheme = scheme.as_item()?;
            let place = context.place(&media::below("/components/securitySchemes", name));
            let (kind, description) = kind(scheme);
            Some(Scheme { name: name.clone(), kind, description, place })
        })
        .collect()
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
    if let Some(flow) = &flows.client_credentials {
        oauth2.client_credentials = true;
        oauth2.token_url = Some(flow.token_url.clone());
        oauth2.refresh_url = flow.refresh_url.clone();
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.authorization_code {
        oauth2.token_url.get_or_insert_with(|| flow.token_url.clone());
        oauth2.authorization_url = Some(flow.authorization_url.clone());
        oauth2.refresh_url = oauth2.refresh_url.take().or_else(|| flow.refresh_url.clone());
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.password {
        oauth2.token_url.get_or_insert_with(|| flow.token_url.clone());
        add_scopes(&mut oauth2, &flow.scopes);
    }
    if let Some(flow) = &flows.implicit {
        oauth2.authorization_url.get_or_insert_with(|| flow.authorization_url.clone());
        add_scopes(&mut oauth2, &flow.scopes);
    }
    oauth2
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
