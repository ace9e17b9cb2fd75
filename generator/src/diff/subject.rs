//! What a line of `api.surface` is about: the operation or the type that a reviewer thinks of.

use std::collections::BTreeMap;

use super::judge::owner;
use super::surface::{Key, Kind, Surface};

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The client, its builder and its schemes of authentication.
    Client,
    /// An operation, by the path of its marker: `api::pets::List`.
    Operation(String),
    /// A type, by its path: `types::Pet`.
    Type(String),
    /// A cargo feature, by its name.
    Feature(String),
}

impl Subject {
    /// What kind of thing it is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Operation(_) => "operation",
            Self::Type(_) => "type",
            Self::Feature(_) => "feature",
        }
    }

    /// Its path, or its name.
    pub fn path(&self) -> &str {
        match self {
            Self::Client => "client",
            Self::Operation(path) | Self::Type(path) | Self::Feature(path) => path,
        }
    }
}

/// Which types belong to an operation: its marker, its errors.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    operations: BTreeMap<String, String>,
}

impl Subjects {
    /// Reads off which types are operations and what belongs to them.
    pub(super) fn new(surface: &Surface) -> Self {
        let mut operations = BTreeMap::new();
        for (key, fact) in &surface.facts {
            if fact.kind == Kind::Trait("Operation".to_owned()) {
                operations.insert(key.path.clone(), key.path.clone());
            }
        }
        for marker in operations.keys().cloned().collect::<Vec<_>>() {
            let Some(module) = owner(&marker) else { continue };
            for slot in ["Error", "Output"] {
                let Some(Kind::Alias(target)) = surface.item(&format!("{marker}::{slot}")).map(|fact| &fact.kind)
                else {
                    continue;
                };
                let path = format!("{module}::{target}");
                let own = surface.facts.contains_key(&Key { path: path.clone(), slot: "table".to_owned() });
                let is_errors = slot == "Error" && surface.item(&path).is_some();
                let is_successes = slot == "Output" && surface.item(&path).is_some() && !own;
                if is_errors || is_successes {
                    operations.entry(path).or_insert_with(|| marker.clone());
                }
            }
        }
        Self { operations }
    }

    /// What a line is about.
    pub(super) fn of(&self, key: &Key, surface: &Surface) -> Subject {
        let path = key.path.as_str();
        if let Some(name) = path.strip_prefix("feature ") {
            return Subject::Feature(name.to_owned());
        }
        if path == "client" || path.starts_with("client::") {
            return Subject::Client;
        }
        if let Some(marker) = requested(path, surface) {
            return Subject::Operation(marker);
        }
        let own = path.split(['<', '.']).next().unwrap_or(path);
        // The item itself, or what it is inside of: `types::Pet::Active` is about `types::Pet`.
        let item = match owner(own) {
            Some(outer) if outer.contains("::") && surface.item(outer).is_some() => outer,
            _ => own,
        };
        match self.operations.get(item) {
            Some(marker) => Subject::Operation(marker.clone()),
            None => Subject::Type(item.to_owned()),
        }
    }
}

/// The operation whose request a method makes or sets: by `Request<'c, List>` in its result or in its path.
fn requested(path: &str, surface: &Surface) -> Option<String> {
    let module = path.split_once("<").and_then(|(owner, _)| owner.rsplit_once("::")).map(|(module, _)| module)?;
    let marker = |text: &str| {
        let (_, rest) = text.split_once("Request<'")?;
        let (_, rest) = rest.split_once(", ")?;
        Some(format!("{module}::{}", rest.split('>').next().unwrap_or(rest)))
    };
    marker(path).or_else(|| match &surface.item(path)?.kind {
        Kind::Function { output, .. } => marker(output),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "api::pets::List: impl Operation
api::pets::List: struct #[derive(Clone)]
api::pets::List::Error: type ListError
api::pets::ListError: enum
api::pets::ListError::NotFound: variant
api::pets::Pets: struct<'c>
api::pets::Pets<'c>::list: fn(self) -> Request<'c, List>
api::pets::Request<'_, List>::limit: fn(self, limit: i64) -> Self
client::Client::pets: fn(&self) -> Pets<'_>
feature pets: on by default
types::Pet.name: String
types::Pet: struct
types::Pet::new: fn() -> Self
";

    #[test]
    fn every_line_is_about_an_operation_a_type_the_client_or_a_feature() {
        let surface = Surface::parse(TEXT);
        let subjects = Subjects::new(&surface);
        let found: Vec<(&str, Subject)> =
            surface.facts.keys().map(|key| (key.path.as_str(), subjects.of(key, &surface))).collect();
        let list = Subject::Operation("api::pets::List".to_owned());
        for (path, subject) in found {
            let expected = match path {
                "api::pets::Pets" => Subject::Type("api::pets::Pets".to_owned()),
                path if path.starts_with("api::") => list.clone(),
                path if path.starts_with("client") => Subject::Client,
                path if path.starts_with("feature") => Subject::Feature("pets".to_owned()),
                _ => Subject::Type("types::Pet".to_owned()),
            };
            assert_eq!(subject, expected, "{path}");
        }
    }
}
