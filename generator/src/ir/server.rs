//! What can be known of a server before a request is sent.

use super::{Api, Server, ServerVariable};

/// Where a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// An absolute `http` or `https` URL.
    Absolute,
    /// Relative to where the document came from.
    Relative,
    /// Nothing to which an HTTP request can be sent.
    Unusable,
}

/// What a client needs to know where to send requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Nothing: the document says it.
    Known(String),
    /// Where the document came from, to which this is relative.
    Document(String),
    /// The URL itself.
    Given,
}

impl Server {
    /// The URL with the defaults of its variables, without a slash at its end; `None` if a variable has none.
    pub fn default_url(&self) -> Option<String> {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&placeholder(variable), variable.default.as_deref()?);
        }
        Some(url.trim_end_matches('/').to_owned())
    }

    /// Where the server is, whatever the values of its variables.
    pub fn reach(&self) -> Reach {
        let mut url = self.url.clone();
        for variable in &self.variables {
            let value = variable.default.as_deref().filter(|value| !value.is_empty()).unwrap_or("x");
            // A number does for a host as well as for a port.
            url = url.replace(&placeholder(variable), if value == "x" { "1" } else { value });
        }
        reach(&url)
    }

    /// Whether requests go there unless something else is said.
    pub fn is_default(&self) -> bool {
        self.default_url().is_some_and(|url| reach(&url) != Reach::Unusable)
    }
}

impl Api {
    /// Where requests go that have no servers of their own: the first server that can be one.
    pub fn base(&self) -> Base {
        let Some(server) = self.servers.iter().find(|server| server.reach() != Reach::Unusable) else {
            return Base::Given;
        };
        match server.default_url() {
            Some(url) if reach(&url) == Reach::Absolute => Base::Known(url),
            Some(url) if reach(&url) == Reach::Relative => Base::Document(url),
            _ => Base::Given,
        }
    }

    /// The servers that users choose from, each URL once: those of the API, then those of its operations.
    pub fn choices(&self) -> Vec<&Server> {
        let mut choices: Vec<&Server> = Vec::new();
        let all = self.servers.iter().chain(self.operations.iter().flat_map(|operation| &operation.servers));
        for server in all.filter(|server| server.reach() == Reach::Absolute) {
            if choices.iter().all(|known| known.url != server.url) {
                choices.push(server);
            }
        }
        let worth_it = choices.len() > 1 || choices.iter().any(|server| !server.variables.is_empty());
        if worth_it { choices } else { Vec::new() }
    }
}

impl Reach {
    /// Where a URL without variables leads.
    pub fn of(url: &str) -> Self {
        reach(url)
    }
}

/// A variable as it stands in the URL.
fn placeholder(variable: &ServerVariable) -> String {
    format!("{{{}}}", variable.wire)
}

fn reach(url: &str) -> Reach {
    let in_url = |character: char| character.is_ascii_graphic() && !"<>\"\\^`{|}#@".contains(character);
    if !url.chars().all(in_url) {
        return Reach::Unusable;
    }
    let lower = url.to_ascii_lowercase();
    let absolute = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match (absolute, lower.split_once(':')) {
        (Some(rest), _) if has_host(rest) => Reach::Absolute,
        (Some(_), _) => Reach::Unusable,
        (None, Some((scheme, _))) if !scheme.contains(['/', '?']) => Reach::Unusable,
        // Without a scheme, it may still name a host.
        (None, _) => Reach::Relative,
    }
}

fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
    let named = !host.is_empty() && !host.starts_with('.') && !host.contains("..");
    named && (port.parse::<u16>().is_ok() || host.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_a_server_is_known_beforehand() {
        for (url, expected) in [
            ("https://a.example.com/v1", Reach::Absolute),
            ("HTTP://localhost:8080", Reach::Absolute),
            ("https://[::1]:80/", Reach::Absolute),
            ("/v1", Reach::Relative),
            ("../v1", Reach::Relative),
            ("api.example.com", Reach::Relative),
            ("", Reach::Relative),
            ("https://", Reach::Unusable),
            ("https://.example.com", Reach::Unusable),
            ("https://h:port/", Reach::Unusable),
            ("https://user@h/", Reach::Unusable),
            ("https://{tenant}.example.com", Reach::Unusable),
            ("wss://h/", Reach::Unusable),
            ("h:8080/x", Reach::Unusable),
            ("/a b", Reach::Unusable),
        ] {
            assert_eq!(reach(url), expected, "{url}");
        }
    }
}
