//! The client: where requests go and what they all have in common.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, USER_AGENT};

use super::auth::{Credential, Credentials, Scheme};
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

/// What all requests of a client have in common.
pub(crate) struct Settings {
    base: Base,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Option<Duration>,
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

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        self.inner.transport.clone()
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn blocking_transport(&self) -> Arc<dyn Transport> {
        self.inner.blocking.clone()
    }

    /// The base URL.
    pub fn base_url(&self) -> &str {
        self.inner.settings.base.url()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = self.settings();
        f.debug_struct("Client")
            .field("base_url", &settings.base.url())
            .field("headers", &settings.headers)
            .field("credentials", &settings.credentials)
            .field("retry", &settings.retry)
            .field("timeout", &settings.timeout)
            .finish_non_exhaustive()
    }
}

/// Makes a [`Client`].
#[must_use]
pub struct ClientBuilder {
    base: Base,
    user_agent: String,
    headers: Vec<(String, String)>,
    credentials: Credentials,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    max_body: usize,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    /// A builder for a server and a user agent.
    pub fn new(base_url: &str, user_agent: &str) -> Self {
        Self {
            base: Base::Documented(base_url.to_owned()),
            user_agent: user_agent.to_owned(),
            headers: Vec::new(),
            credentials: Credentials::default(),
            retry: RetryPolicy::new(),
            timeout: Some(Duration::from_secs(60)),
            max_body: 64 << 20,
            transport: None,
        }
    }

    /// Another server. The path of the URL is kept.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base = Base::Given(base_url.into());
        self
    }

    /// The credential for a scheme.
    pub fn credential(mut self, scheme: Scheme, credential: impl Into<Credential>) -> Self {
        self.credentials.set(scheme, credential.into());
        self
    }

    /// The time for a whole call, retries included, unless the call has its own. It is 60 seconds if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Calls may take as long as they do.
    pub fn no_timeout(mut self) -> Self {
        self.timeout = None;
        self
    }

    /// A header of every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// When a request is sent again after a failure.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// What sends the requests, in place of the default one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The greatest number of bytes of a body, decompressed, that is read into memory. It is 64 MiB if not set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Fails when the base URL is not an absolute HTTP URL, when a header cannot be sent, or when there is no transport.
    pub fn build(self) -> Result<Client, BuildError> {
        url::check_base(self.base.url())?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, header_pair(USER_AGENT.as_str(), &self.user_agent)?.1);
        for (name, value) in &self.headers {
            let (name, value) = header_pair(name, value)?;
            headers.insert(name, value);
        }
        let settings = Settings {
            base: self.base,
            headers,
            credentials: self.credentials,
            retry: self.retry,
            timeout: self.timeout,
            max_body: self.max_body,
            budget: Budget::new(),
        };
        let inner = Inner {
            settings,
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
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base.url())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
