//! The client: where requests go and what they all have in common.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, USER_AGENT};

use super::auth::{Credentials, Scheme};
use super::credential::Credential;
use super::draft::header_pair;
use super::error::BuildError;
use super::operation::Facts;
use super::retry::{Budget, RetryPolicy};
use super::transport::Transport;
use super::url;

/// A client of the API. A clone is cheap, and shares connections and the retry budget.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    transport: Arc<dyn Transport>,
    #[cfg(feature = "blocking")]
    blocking: Arc<dyn Transport>,
}

/// What all requests of a client have in common. Its `Debug` shows no secret, because none of its parts does.
#[derive(Debug)]
pub(crate) struct Settings {
    base: Base,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_body: usize,
    pub(crate) budget: Budget,
}

/// The base URL, and who says so: one that the user gives goes before the servers of an operation.
#[derive(Debug, Clone)]
enum Base {
    Documented(String),
    Given(String),
}

impl Base {
    fn url(&self) -> &str {
        match self {
            Self::Documented(url) | Self::Given(url) => url,
        }
    }
}

impl Settings {
    /// The base URL of an operation.
    pub(crate) fn base_for(&self, facts: &Facts) -> Result<String, BuildError> {
        match (&self.base, facts.servers.first()) {
            (Base::Given(base), _) | (Base::Documented(base), None) => Ok(base.clone()),
            (Base::Documented(base), Some(server)) => {
                let resolved = url::resolve(&url::check_base(base)?, server);
                let resolved =
                    resolved.ok_or_else(|| BuildError::new(format!("the server `{server}` has no usable URL")))?;
                Ok(resolved.to_string())
            }
        }
    }
}

impl Client {
    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// What sends the requests: for a thread that is blocked meanwhile, the transport that blocks it.
    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        #[cfg(feature = "blocking")]
        if super::blocking::is_blocked() {
            return self.inner.blocking.clone();
        }
        self.inner.transport.clone()
    }

    /// The base URL.
    pub fn base_url(&self) -> &str {
        self.inner.settings.base.url()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(self.settings()).finish()
    }
}

/// Makes a [`Client`].
#[must_use]
pub struct ClientBuilder {
    settings: Settings,
    transport: Option<Arc<dyn Transport>>,
    problem: Option<BuildError>,
}

impl ClientBuilder {
    /// A builder for a server that is named relative to where the document came from.
    pub fn relative(document_url: impl Into<String>, server: &str, user_agent: &str) -> Self {
        let document_url = document_url.into();
        let base = document_url.parse().ok().and_then(|document| url::resolve(&document, server));
        // What is no URL is refused when the client is built.
        Self::new(base.map_or(document_url, |base| base.to_string()), user_agent)
    }

    /// A builder for a server and a user agent.
    pub fn new(base_url: impl Into<String>, user_agent: &str) -> Self {
        let settings = Settings {
            base: Base::Documented(base_url.into()),
            headers: HeaderMap::new(),
            credentials: Credentials::default(),
            retry: RetryPolicy::new(),
            timeout: Some(Duration::from_secs(60)),
            idle_timeout: Some(Duration::from_secs(300)),
            max_body: 64 << 20,
            budget: Budget::new(),
        };
        Self { settings, transport: None, problem: None }.user_agent(user_agent)
    }

    /// Another server. The path of the URL is kept.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base = Base::Given(base_url.into());
        self
    }

    /// The credential for a scheme.
    pub fn credential(mut self, scheme: Scheme, credential: impl Into<Credential>) -> Self {
        self.settings.credentials.insert(scheme.name(), credential.into());
        self
    }

    /// The time for a whole call, retries included, unless the call has its own. It is 60 seconds if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Calls may take as long as they do.
    pub fn no_timeout(mut self) -> Self {
        self.settings.timeout = None;
        self
    }

    /// The longest time in which a stream may be silent before it counts as broken. It is 5 minutes if not set.
    /// A transport that blocks its thread cannot keep it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = Some(timeout);
        self
    }

    /// Streams may be silent as long as they are.
    pub fn no_idle_timeout(mut self) -> Self {
        self.settings.idle_timeout = None;
        self
    }

    /// A header of every request.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header_pair(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.settings.headers.insert(name, value)),
            Err(problem) => drop(self.problem.get_or_insert(problem)),
        }
        self
    }

    /// What the client calls itself.
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.header(USER_AGENT, user_agent)
    }

    /// When a request is sent again after a failure.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// What sends the requests, in place of the default one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The greatest number of bytes of a body, decompressed, that is read into memory. It is 64 MiB if not set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Fails when the base URL is not an absolute HTTP URL, when a header cannot be sent, or when there is no transport.
    pub fn build(self) -> Result<Client, BuildError> {
        url::check_base(self.settings.base.url())?;
        self.problem.map_or(Ok(()), Err)?;
        let inner = Inner {
            settings: self.settings,
            #[cfg(feature = "blocking")]
            blocking: match &self.transport {
                Some(transport) => transport.clone(),
                None => Arc::new(super::BlockingTransport::new()),
            },
            transport: match self.transport {
                Some(transport) => transport,
                None => default_transport()?,
            },
        };
        Ok(Client { inner: Arc::new(inner) })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(super::ReqwestTransport::new()?))
}

#[cfg(all(feature = "blocking", not(feature = "reqwest")))]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(super::BlockingTransport::new()))
}

#[cfg(not(any(feature = "reqwest", feature = "blocking")))]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new("there is no transport: enable the feature `reqwest`, or give one to the builder"))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientBuilder").field(&self.settings).finish()
    }
}
