//! Rows for security schemes and requirements.

use super::{Fill, Grammar, Keys, Kind, Shape, foreign, map, modelled, object, passed, required};

pub(super) const SECURITY_SCHEME: Grammar = object(
    "a security scheme object",
    &[
        modelled("type", Shape::OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        modelled("description", Shape::Text),
        modelled("name", Shape::Text),
        modelled("in", Shape::OneOf(&["query", "header", "cookie"])),
        modelled("scheme", Shape::Text),
        passed("bearerFormat", Shape::Text),
        modelled("flows", Shape::Object(Kind::OAuthFlows)),
        passed("openIdConnectUrl", Shape::Text),
        passed("oauth2MetadataUrl", Shape::Text).carried("x-norm-metadata-url"),
        passed("deprecated", Shape::Flag).carried("x-norm-deprecated"),
        foreign("flow", "flows"),
        foreign("scopes", "flows.*.scopes"),
        foreign("authorizationUrl", "flows.*.authorizationUrl"),
        foreign("tokenUrl", "flows.*.tokenUrl"),
    ],
    &[required("type", Fill::Nothing)],
);

pub(super) const OAUTH_FLOWS: Grammar = object(
    "an OAuth flows object",
    &[
        modelled("implicit", Shape::Object(Kind::OAuthFlow)),
        modelled("password", Shape::Object(Kind::OAuthFlow)),
        modelled("clientCredentials", Shape::Object(Kind::OAuthFlow)),
        modelled("authorizationCode", Shape::Object(Kind::OAuthFlow)),
        passed("deviceAuthorization", Shape::Object(Kind::OAuthFlow)).carried("x-norm-device-authorization"),
    ],
    &[],
);

pub(super) const OAUTH_FLOW: Grammar = object(
    "an OAuth flow object",
    &[
        modelled("authorizationUrl", Shape::Text),
        modelled("tokenUrl", Shape::Text),
        modelled("refreshUrl", Shape::Text),
        passed("deviceAuthorizationUrl", Shape::Text).carried("x-norm-device-authorization-url"),
        modelled("scopes", Shape::TextMap),
    ],
    &[required("scopes", Fill::EmptyObject)],
);

pub(super) const SECURITY_REQUIREMENT: Grammar = map("a security requirement object", &[], Keys::Any, Shape::Texts);
