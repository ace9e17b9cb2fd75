//! What can be known of a server before a request is sent.

use std::net::{Ipv4Addr, Ipv6Addr};

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

    /// Values that a variable has by the document, and no URL can have: variable and value.
    pub fn unusable_values(&self) -> Vec<(&str, &str)> {
        let with = |variable: &ServerVariable, value: &str| {
            let url = self.url.replace(&placeholder(variable), value);
            Self { url, ..self.clone() }.reach()
        };
        let all = self.variables.iter().flat_map(|variable| variable.values.iter().map(move |value| (variable, value)));
        let unusable = all.filter(|(variable, value)| with(variable, value) == Reach::Unusable);
        unusable.map(|(variable, value)| (variable.wire.as_str(), value.as_str())).collect()
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
        // Without a scheme, it still names a host.
        (None, _) if lower.strip_prefix("//").is_some_and(|rest| !has_host(rest)) => Reach::Unusable,
        (None, Some((scheme, _))) if !scheme.contains(['/', '?']) => Reach::Unusable,
        (None, _) => Reach::Relative,
    }
}

fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
    if let Some(address) = authority.strip_prefix('[') {
        let (address, rest) = address.split_once(']').unwrap_or_default();
        let port = rest.strip_prefix(':').unwrap_or("80");
        return address.parse::<Ipv6Addr>().is_ok() && (rest.is_empty() || port.parse::<u16>().is_ok());
    }
    is_host(host) && port.parse::<u16>().is_ok()
}

/// Whether a name can be one of the domain name system, or an address: what ends in a number is read as one.
fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let in_label = |character: char| character.is_ascii_alphanumeric() || "-_~".contains(character);
    let named = host.split('.').all(|label| !label.is_empty() && label.len() <= 63 && label.chars().all(in_label));
    let numbers = host.split('.').filter(|label| label.bytes().all(|byte| byte.is_ascii_digit())).count();
    let ends_in_number = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    // A number alone is that of a variable's place.
    named && (!ends_in_number || numbers == 1 && !host.contains('.') || host.parse::<Ipv4Addr>().is_ok())
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
            ("https://[::1]", Reach::Absolute),
            ("https://10.0.0.1:80/", Reach::Absolute),
            ("https://1.example.com./", Reach::Absolute),
            ("https://my_host/", Reach::Absolute),
            ("//h/v1", Reach::Relative),
            ("/v1", Reach::Relative),
            ("../v1", Reach::Relative),
            ("api.example.com", Reach::Relative),
            ("", Reach::Relative),
            ("https://", Reach::Unusable),
            ("https://.example.com", Reach::Unusable),
            ("https://h:port/", Reach::Unusable),
            ("https://h:99999/", Reach::Unusable),
            ("https://[zz]/", Reach::Unusable),
            ("https://[::1/", Reach::Unusable),
            ("https://10.0.0.256/", Reach::Unusable),
            ("https://a;b/", Reach::Unusable),
            ("https://a%zz/", Reach::Unusable),
            ("//h:99999/v1", Reach::Unusable),
            ("//", Reach::Unusable),
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
