//! URLs: joining a path to a base, resolving a reference (RFC 3986, section 5), comparing origins.

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::error::BuildError;

/// `base` with `path` after its own path. The path of the base is kept, whether it ends in a slash or not.
pub(crate) fn join(base: &str, path: &str) -> String {
    let (base, query) = base.split_once('?').map_or((base, None), |(base, query)| (base, Some(query)));
    let mut url = base.trim_end_matches('/').to_owned();
    if !path.is_empty() && !path.starts_with('/') {
        url.push('/');
    }
    url.push_str(path);
    if let Some(query) = query {
        push_query(&mut url, query);
    }
    url
}

/// Appends to the query of a URL.
pub(crate) fn push_query(url: &mut String, query: &str) {
    if query.is_empty() {
        return;
    }
    if !url.contains('?') {
        url.push('?');
    } else if !url.ends_with(['?', '&']) {
        url.push('&');
    }
    url.push_str(query);
}

/// A base URL as given by a user: absolute, `http` or `https`, without a user name.
pub(crate) fn check_base(base: &str) -> Result<Uri, BuildError> {
    let problem = || BuildError::new(format!("the base URL must be an absolute http or https URL, not `{base}`"));
    if base.contains('@') {
        return Err(BuildError::new("the base URL must not hold a user name or password"));
    }
    if base.contains('#') {
        return Err(problem());
    }
    let uri: Uri = base.parse().map_err(|_| problem())?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(host)) if !host.is_empty() => Ok(uri),
        _ => Err(problem()),
    }
}

/// The scheme, host and port of a URL: what credentials are bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    pub(crate) fn of(uri: &Uri) -> Self {
        let scheme = uri.scheme_str().unwrap_or_default().to_ascii_lowercase();
        let port = uri.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
        Self { host: uri.host().unwrap_or_default().to_ascii_lowercase(), scheme, port }
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.scheme == "https"
    }
}

/// What must not stand in a URL, but is in the `Location` of some servers.
const UNSENDABLE: &AsciiSet = &CONTROLS.add(b' ');

/// The URL that `reference` means on the page `base`; `None` if it is not an HTTP URL or holds a user name.
pub(crate) fn resolve(base: &Uri, reference: &str) -> Option<Uri> {
    let reference = reference.split('#').next().unwrap_or_default().trim();
    let reference = utf8_percent_encode(reference, UNSENDABLE).to_string();
    let scheme = base.scheme_str()?;
    let root = format!("{scheme}://{}", base.authority()?);
    let absolute = if has_scheme(&reference) {
        reference
    } else if reference.starts_with("//") {
        format!("{scheme}:{reference}")
    } else if reference.is_empty() {
        base.to_string()
    } else if reference.starts_with('?') {
        format!("{root}{}{reference}", base.path())
    } else {
        let (path, query) = reference.split_once('?').map_or((&*reference, None), |(path, query)| (path, Some(query)));
        let merged = if path.starts_with('/') {
            path.to_owned()
        } else {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{path}")
        };
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        format!("{root}{}{query}", without_dots(&merged))
    };
    let uri: Uri = absolute.parse().ok()?;
    let usable = matches!(uri.scheme_str(), Some("http" | "https")) && !uri.authority()?.as_str().contains('@');
    usable.then_some(uri)
}

fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}
