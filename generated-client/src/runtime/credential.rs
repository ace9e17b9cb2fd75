//! Credentials: what a security scheme is fulfilled with. None of them is shown by `Debug`.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::secret::Secret;
use super::transport::{BoxFuture, Transport};

/// What a scheme is fulfilled with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A user name and a password.
    Basic(Basic),
    /// A token.
    Bearer(Bearer),
    /// A key.
    Key(ApiKey),
    /// A client certificate that the transport has.
    Certificate,
}

/// A secret key.
#[derive(Debug, Clone)]
pub struct ApiKey(pub(crate) Secret);

/// A user name and a password.
#[derive(Debug, Clone)]
pub struct Basic {
    // User names are often keys.
    user: Secret,
    password: Secret,
}

/// A token, or what gets one.
#[derive(Clone)]
pub struct Bearer(pub(crate) Token);

#[derive(Clone)]
pub(crate) enum Token {
    Fixed(Secret),
    Provided(Arc<dyn TokenProvider>),
}

/// Gets access tokens.
pub trait TokenProvider: Send + Sync + 'static {
    /// A token that is valid now. Requests that it needs go through `transport`.
    fn token<'a>(&'a self, transport: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, AuthError>>;

    /// Told when the server has refused a token, so that it is not given out again.
    fn refused(&self, token: &Secret) {
        let _ = token;
    }
}

impl ApiKey {
    /// A key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(Secret::new(key))
    }
}

impl Basic {
    /// A user name, which must not hold a colon, and a password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: Secret::new(user), password: Secret::new(password) }
    }

    /// The value of the header `Authorization` (RFC 7617).
    pub(crate) fn header(&self) -> Secret {
        Secret::new(format!("Basic {}", STANDARD.encode(format!("{}:{}", self.user.expose(), self.password.expose()))))
    }
}

impl Bearer {
    /// A token that stays the same.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Token::Fixed(Secret::new(token)))
    }

    /// Something that is asked for the token of each request.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Token::Provided(Arc::new(provider)))
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer(***)")
    }
}

impl<T: Into<String>> From<T> for ApiKey {
    fn from(key: T) -> Self {
        Self::new(key)
    }
}

impl From<ApiKey> for Basic {
    /// The key as user name, with an empty password.
    fn from(key: ApiKey) -> Self {
        Self { user: key.0, password: Secret::new("") }
    }
}

impl From<ApiKey> for Bearer {
    fn from(key: ApiKey) -> Self {
        Self(Token::Fixed(key.0))
    }
}

impl From<Basic> for Credential {
    fn from(basic: Basic) -> Self {
        Self::Basic(basic)
    }
}

impl From<Bearer> for Credential {
    fn from(bearer: Bearer) -> Self {
        Self::Bearer(bearer)
    }
}

impl From<ApiKey> for Credential {
    fn from(key: ApiKey) -> Self {
        Self::Key(key)
    }
}

/// Why a request could not be given a credential. It never holds one.
#[derive(Debug)]
pub struct AuthError {
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl AuthError {
    /// An error of a token provider.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    /// An error of a token provider that comes from another error.
    pub fn with_source(message: impl Into<String>, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { message: message.into(), source: Some(source.into()) }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
