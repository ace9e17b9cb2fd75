//! OAuth 2.0 access tokens (RFC 6749): client credentials and refresh tokens, each token asked for once however many calls wait for it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};

use super::body::{Body, Extent, Held};
use super::clock::Instant;
use super::credential::{AuthError, Basic, TokenProvider};
use super::escape::escape;
use super::secret::Secret;
use super::transport::{BoxFuture, Transport};

/// A token that is given out less than this before its end would not live through the call.
const MARGIN: Duration = Duration::from_secs(30);

/// The time that a token endpoint has, for transports that block.
const PATIENCE: Duration = Duration::from_secs(30);

/// The greatest answer of a token endpoint that is read.
const LIMIT: usize = 1 << 20;

/// Gets access tokens from a token endpoint, and keeps each until shortly before it expires.
pub struct OAuth2 {
    token_url: String,
    client_id: String,
    client_secret: Option<Secret>,
    scopes: String,
    rotated: Option<Rotated>,
    /// Held by whoever asks the endpoint, while the others wait.
    turn: futures_util::lock::Mutex<()>,
    state: Mutex<State>,
}

/// Told a new refresh token.
type Rotated = Box<dyn Fn(&Secret) + Send + Sync>;

struct State {
    grant: Grant,
    token: Option<Token>,
}

#[derive(Clone)]
enum Grant {
    ClientCredentials,
    RefreshToken(Secret),
}

struct Token {
    text: Secret,
    end: Option<Instant>,
}

impl OAuth2 {
    fn new(token_url: impl Into<String>, client_id: impl Into<String>, grant: Grant) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: None,
            scopes: String::new(),
            rotated: None,
            turn: futures_util::lock::Mutex::new(()),
            state: Mutex::new(State { grant, token: None }),
        }
    }

    /// Tokens for the client itself (section 4.4).
    pub fn client_credentials(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self::new(token_url, client_id, Grant::ClientCredentials).client_secret(client_secret)
    }

    /// Tokens for a user who has authorized the client before (section 6).
    pub fn refresh_token(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        refresh_token: impl Into<String>,
    ) -> Self {
        Self::new(token_url, client_id, Grant::RefreshToken(Secret::new(refresh_token)))
    }

    /// The secret of the client.
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.client_secret = Some(Secret::new(client_secret));
        self
    }

    /// The scopes that are asked for, with spaces between them.
    #[must_use]
    pub fn scopes(mut self, scopes: impl Into<String>) -> Self {
        self.scopes = scopes.into();
        self
    }

    /// Called with each new refresh token; the one before may be void from then on.
    #[must_use]
    pub fn on_refresh_token(mut self, rotated: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.rotated = Some(Box::new(rotated));
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self, now: Instant) -> Option<Secret> {
        let state = self.state();
        let token = state.token.as_ref()?;
        let valid = token.end.is_none_or(|end| now < end);
        valid.then(|| token.text.clone())
    }

    async fn fetch(&self, transport: &dyn Transport) -> Result<Secret, AuthError> {
        let grant = self.state().grant.clone();
        let lost = |error| AuthError::with_source("no access token could be got", error);
        let response = transport.send(self.request(&grant)?, Some(PATIENCE)).await.map_err(lost)?;
        let (status, mut body) = (response.status(), response.into_body());
        let mut held = Held::default();
        if body.read(&mut held, LIMIT).await.map_err(lost)? == Extent::Cut {
            return Err(AuthError::new("the answer of the token endpoint is too long"));
        }
        let answer: serde_json::Value = serde_json::from_slice(&held.into_bytes()).unwrap_or_default();
        let text = |key: &str| answer.get(key).and_then(serde_json::Value::as_str);
        let Some(token) = text("access_token").filter(|_| status.is_success()) else {
            let code = text("error").map(|code| format!(": {}", code.escape_debug())).unwrap_or_default();
            return Err(AuthError::new(format!("the token endpoint answered {status}{code}")));
        };
        let lifetime =
            answer.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        let lifetime = lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        // A short-lived token is kept for at least half of its life.
        let end = lifetime.and_then(|life| transport.now().checked_add(life.saturating_sub(MARGIN).max(life / 2)));
        let token = Secret::new(token);
        self.state().token = Some(Token { text: token.clone(), end });
        self.rotate(&grant, text("refresh_token"));
        Ok(token)
    }

    fn rotate(&self, grant: &Grant, refresh_token: Option<&str>) {
        let (Grant::RefreshToken(old), Some(new)) = (grant, refresh_token) else { return };
        if old.expose() == new {
            return;
        }
        let new = Secret::new(new);
        self.state().grant = Grant::RefreshToken(new.clone());
        if let Some(rotated) = &self.rotated {
            rotated(&new);
        }
    }

    fn request(&self, grant: &Grant) -> Result<http::Request<Body>, AuthError> {
        let mut form = match grant {
            Grant::ClientCredentials => "grant_type=client_credentials".to_owned(),
            Grant::RefreshToken(token) => format!("grant_type=refresh_token&refresh_token={}", escape(token.expose())),
        };
        if !self.scopes.is_empty() {
            form.push_str(&format!("&scope={}", escape(&self.scopes)));
        }
        if self.client_secret.is_none() {
            form.push_str(&format!("&client_id={}", escape(&self.client_id)));
        }
        let request = http::Request::post(&self.token_url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(Body::from(form));
        let mut request = request.map_err(|_| AuthError::new("the token endpoint has no valid URL"))?;
        if let Some(secret) = &self.client_secret {
            let pair = Basic::new(escape(&self.client_id), escape(secret.expose())).header();
            let value = HeaderValue::from_str(pair.expose());
            let mut value = value.map_err(|_| AuthError::new("the client secret cannot be sent"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        Ok(request)
    }
}

impl TokenProvider for OAuth2 {
    fn token<'a>(&'a self, transport: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, AuthError>> {
        Box::pin(async move {
            if let Some(token) = self.held(transport.now()) {
                return Ok(token);
            }
            let _turn = self.turn.lock().await;
            match self.held(transport.now()) {
                Some(token) => Ok(token),
                None => self.fetch(transport).await,
            }
        })
    }

    fn refused(&self, token: &Secret) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|held| held.text.expose() == token.expose()) {
            state.token = None;
        }
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
