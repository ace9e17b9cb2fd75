//! Security schemes: which credentials a request shows, and how.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::credential::{AuthError, Basic, Bearer, Credential, Token, TokenProvider};
use super::escape::escape;
use super::secret::Secret;
use super::transport::Transport;
use super::url::push_query;

/// A security scheme of the document: how a request shows a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Basic,
    Authorization(&'static str),
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    Tls,
}

impl Scheme {
    /// HTTP basic authentication.
    pub const fn basic(name: &'static str) -> Self {
        Self { name, place: Place::Basic }
    }

    /// A bearer token, of whatever origin.
    pub const fn bearer(name: &'static str) -> Self {
        Self::http(name, "Bearer")
    }

    /// Another HTTP authentication scheme; its parameters are given as the credential.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self { name, place: Place::Authorization(scheme) }
    }

    /// A key in a header.
    pub const fn header_key(name: &'static str, header: &'static str) -> Self {
        Self { name, place: Place::Header(header) }
    }

    /// A key in the query.
    pub const fn query_key(name: &'static str, parameter: &'static str) -> Self {
        Self { name, place: Place::Query(parameter) }
    }

    /// A key in a cookie.
    pub const fn cookie_key(name: &'static str, cookie: &'static str) -> Self {
        Self { name, place: Place::Cookie(cookie) }
    }

    /// A client certificate, which the transport has to be given.
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self { name, place: Place::Tls }
    }

    /// The name of the scheme in the document.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether a credential is of the kind that this scheme shows.
    fn accepts(self, credential: &Credential) -> bool {
        match credential {
            Credential::Basic(_) => self.place == Place::Basic,
            Credential::Bearer(_) => !matches!(self.place, Place::Basic | Place::Tls),
            Credential::Key(_) => self.place != Place::Tls,
            Credential::Certificate => self.place == Place::Tls,
        }
    }

    fn sets_authorization(self) -> bool {
        match self.place {
            Place::Basic | Place::Authorization(_) => true,
            Place::Header(name) => name.eq_ignore_ascii_case("authorization"),
            Place::Query(_) | Place::Cookie(_) | Place::Tls => false,
        }
    }
}

/// The credentials of a client by the names of the schemes that they are for.
pub(crate) type Credentials = BTreeMap<&'static str, Credential>;

/// A scheme with what fulfills it.
pub(crate) type Proof<'a> = (Scheme, &'a Credential);

/// The first alternative all of whose schemes have a credential; the empty one comes last, wherever it stands.
///
/// Credentials that were given for the one call go before those of the client.
pub(crate) fn choose<'a>(
    alternatives: &[&[Scheme]],
    own: &'a [Credential],
    shared: &'a Credentials,
    headers: &HeaderMap,
) -> Result<Vec<Proof<'a>>, AuthError> {
    if alternatives.is_empty() {
        return Ok(Vec::new());
    }
    let of =
        |scheme: Scheme| own.iter().find(|credential| scheme.accepts(credential)).or_else(|| shared.get(scheme.name));
    let complete = alternatives.iter().filter(|schemes| !schemes.is_empty()).find_map(|schemes| {
        schemes.iter().map(|scheme| of(*scheme).map(|credential| (*scheme, credential))).collect::<Option<Vec<_>>>()
    });
    if let Some(proofs) = complete {
        return Ok(proofs);
    }
    let by_hand = headers.contains_key(AUTHORIZATION)
        && alternatives
            .iter()
            .any(|schemes| !schemes.is_empty() && schemes.iter().all(|scheme| scheme.sets_authorization()));
    if by_hand || alternatives.iter().any(|schemes| schemes.is_empty()) {
        return Ok(Vec::new());
    }
    let all = |schemes: &&[Scheme]| {
        let names: Vec<String> = schemes.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
        names.join(" and ")
    };
    let names: Vec<String> = alternatives.iter().map(all).collect();
    Err(AuthError::new(format!("no credential was given for {}", names.join(" or "))))
}

/// What is added to a request, as text.
pub(crate) struct Shown<'a> {
    scheme: Scheme,
    pub(crate) text: Secret,
    /// Who gave the text, if it is a token.
    pub(crate) provider: Option<&'a dyn TokenProvider>,
}

/// Gets the texts of all proofs, which may ask token providers.
pub(crate) async fn reveal<'a>(proofs: &[Proof<'a>], transport: &dyn Transport) -> Result<Vec<Shown<'a>>, AuthError> {
    let mut shown = reveal_fixed(proofs);
    for (scheme, credential) in proofs {
        if let Credential::Bearer(Bearer(Token::Provided(provider))) = credential {
            let text = provider.token(transport).await?;
            shown.push(Shown { scheme: *scheme, text, provider: Some(&**provider) });
        }
    }
    Ok(shown)
}

/// The texts of those proofs that need no provider.
pub(crate) fn reveal_fixed<'a>(proofs: &[Proof<'a>]) -> Vec<Shown<'a>> {
    let fixed = proofs.iter().filter_map(|(scheme, credential)| Some((*scheme, fixed(*scheme, credential)?)));
    fixed.map(|(scheme, text)| Shown { scheme, text, provider: None }).collect()
}

/// The text of a credential; `None` where only a provider or the transport knows it.
fn fixed(scheme: Scheme, credential: &Credential) -> Option<Secret> {
    match credential {
        Credential::Basic(basic) => Some(basic.header()),
        Credential::Key(key) if scheme.place == Place::Basic => Some(Basic::from(key.clone()).header()),
        Credential::Key(key) => Some(key.0.clone()),
        Credential::Bearer(Bearer(Token::Fixed(token))) => Some(token.clone()),
        Credential::Bearer(Bearer(Token::Provided(_))) | Credential::Certificate => None,
    }
}

impl Shown<'_> {
    /// Adds the credential to a request.
    pub(crate) fn apply(&self, url: &mut String, headers: &mut HeaderMap) -> Result<(), AuthError> {
        let text = self.text.expose();
        match self.scheme.place {
            Place::Tls => Ok(()),
            Place::Basic => self.header(headers, AUTHORIZATION, text.to_owned()),
            Place::Authorization(scheme) => self.header(headers, AUTHORIZATION, format!("{scheme} {text}")),
            Place::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| self.unusable())?;
                self.header(headers, name, text.to_owned())
            }
            Place::Cookie(name) => {
                let mut cookies = headers.get(COOKIE).map(|old| old.as_bytes().to_vec()).unwrap_or_default();
                if !cookies.is_empty() {
                    cookies.extend_from_slice(b"; ");
                }
                cookies.extend_from_slice(format!("{}={}", escape(name), escape(text)).as_bytes());
                self.header(headers, COOKIE, cookies)
            }
            Place::Query(name) => {
                let key = format!("{}=", escape(name));
                let present =
                    url.split_once('?').is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with(&key)));
                // The link to a next page may hold the key already.
                if !present {
                    push_query(url, &format!("{key}{}", escape(text)));
                }
                Ok(())
            }
        }
    }

    fn header(&self, headers: &mut HeaderMap, name: HeaderName, text: impl Into<Vec<u8>>) -> Result<(), AuthError> {
        let mut value = HeaderValue::from_bytes(&text.into()).map_err(|_| self.unusable())?;
        value.set_sensitive(true);
        headers.insert(name, value);
        Ok(())
    }

    fn unusable(&self) -> AuthError {
        AuthError::new(format!("the credential for `{}` holds characters that cannot be sent", self.scheme.name))
    }

    /// Whether `text` repeats the credential, as it is sent or as it was given. What is very short is in every text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let sent = self.text.expose();
        let encoded = sent.strip_prefix("Basic ");
        let decoded = encoded.and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
        let given = decoded.iter().flat_map(|pair| pair.splitn(2, ':'));
        given.chain([encoded.unwrap_or(sent)]).any(|secret| secret.len() >= 6 && text.contains(secret))
    }
}
