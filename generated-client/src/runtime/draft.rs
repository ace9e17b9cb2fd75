//! A request while it is built: parameters, headers, body and options of one call, without its operation.

use std::time::Duration;

use http::Uri;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::body::Body;
use super::client::Settings;
use super::credential::Credential;
use super::error::BuildError;
use super::escape::escape;
use super::operation::{Facts, Repetition};
use super::retry::RetryPolicy;
use super::url;

/// The parts of a request.
#[derive(Clone, Default)]
pub(crate) struct Draft {
    pub(crate) path: Vec<(&'static str, String)>,
    /// Names of parameters with their `name=value` pairs, escaped.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) cookies: Vec<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
    /// The whole URL, where it was not made from the path: the link to a next page.
    pub(crate) url: Option<Uri>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) credentials: Vec<Credential>,
    base_url: Option<String>,
    /// What is known of this call beyond its operation: it has an idempotency key.
    repetition: Option<Repetition>,
    problem: Option<BuildError>,
}

impl Draft {
    /// Keeps the first problem for when the request is sent.
    pub(crate) fn fail(&mut self, problem: BuildError) {
        self.problem.get_or_insert(problem);
    }

    /// Adds a parameter beside others of its name.
    pub(crate) fn add_query(&mut self, name: &str, value: &str) {
        self.push_query(name, &[format!("{}={}", escape(name), escape(value))]);
    }

    pub(crate) fn push_query(&mut self, name: &str, pairs: &[String]) {
        if !pairs.is_empty() {
            self.query.push((name.to_owned(), pairs.join("&")));
        }
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match header_pair(name, value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(problem) => self.fail(problem),
        }
    }

    pub(crate) fn idempotency_key(&mut self, key: &str) {
        self.repetition = Some(Repetition::Harmless);
        self.header("idempotency-key", key);
    }

    pub(crate) fn base_url(&mut self, base: String) {
        match url::check_base(&base) {
            Ok(_) => self.base_url = Some(base),
            Err(problem) => self.fail(problem),
        }
    }

    pub(crate) fn content(&mut self, media_type: &str, body: Body) {
        self.header(CONTENT_TYPE.as_str(), media_type);
        self.body = Some(body);
    }

    /// Whether the call may be made twice.
    pub(crate) fn repetition(&self, facts: &Facts) -> Repetition {
        self.repetition.unwrap_or(facts.repetition)
    }

    /// The URL and the headers, without credentials.
    pub(crate) fn assemble(&self, facts: &Facts, settings: &Settings) -> Result<(String, HeaderMap), BuildError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        Ok((self.url(facts, settings)?.to_string(), self.make_headers(facts, settings)?))
    }

    /// The URL without credentials.
    pub(crate) fn url(&self, facts: &Facts, settings: &Settings) -> Result<Uri, BuildError> {
        if let Some(url) = &self.url {
            return Ok(url.clone());
        }
        let path = fill(facts.path, &self.path)?;
        let base = match &self.base_url {
            Some(base) => base.clone(),
            None => settings.base_for(facts)?,
        };
        let mut url = url::join(&base, &path);
        for (_, pairs) in &self.query {
            url::push_query(&mut url, pairs);
        }
        url.parse().map_err(|_| BuildError::new(format!("{}: the parameters make no valid URL", facts.id)))
    }

    fn make_headers(&self, facts: &Facts, settings: &Settings) -> Result<HeaderMap, BuildError> {
        let mut headers = settings.headers.clone();
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static(facts.accept));
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if !self.cookies.is_empty() {
            let own = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
            let all: Vec<&str> = own.into_iter().chain(self.cookies.iter().map(String::as_str)).collect();
            let (name, value) = header_pair(COOKIE.as_str(), &all.join("; "))?;
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// A header from text; those that may hold a secret are marked, so that they are not shown by `Debug`.
pub(crate) fn header_pair(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let problem =
        |what: &str| BuildError::new(format!("the {what} of the header `{}` cannot be sent", name.escape_default()));
    let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| problem("name"))?;
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| problem("value"))?;
    let secret = ["auth", "cookie", "key", "token", "secret", "password", "signature", "session"];
    value.set_sensitive(secret.iter().any(|word| key.as_str().contains(word)));
    Ok((key, value))
}

/// The path with its parameters filled in.
fn fill(template: &str, values: &[(&'static str, String)]) -> Result<String, BuildError> {
    let mut path = String::with_capacity(template.len() + 32);
    for (index, segment) in segments(template).enumerate() {
        if index > 0 {
            path.push('/');
        }
        let start = path.len();
        let mut rest = segment;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            let value = values.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
            let value = value.ok_or_else(|| BuildError::new(format!("the path parameter `{name}` is missing")))?;
            if value.is_empty() {
                return Err(BuildError::new(format!("the path parameter `{name}` is empty")));
            }
            path.push_str(literal);
            path.push_str(value);
            rest = after;
        }
        let filled = rest.len() != segment.len();
        path.push_str(rest);
        if filled && path.get(start..).unwrap_or_default().split('/').any(climbs) {
            return Err(BuildError::new(format!(
                "a parameter of the path `{template}` gives a segment that means another path"
            )));
        }
    }
    Ok(path)
}

/// The parts between the slashes of a template; those in the name of a parameter are part of it.
fn segments(template: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    template.split(move |character| {
        inside = character == '{' || inside && character != '}';
        character == '/' && !inside
    })
}

/// Whether servers and proxies may take a path segment for something other than a name (RFC 3986, section 5.2.4).
fn climbs(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "" | "." | "..")
}
