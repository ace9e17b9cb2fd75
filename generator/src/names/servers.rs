//! Identifiers of servers: a type for each, setters for its variables, an enum for a variable that has values to choose from.

use crate::ir::{Server, ServerVariable};

use super::context::Context;
use super::ident::Ident;
use super::keys;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// What a server is called.
#[derive(Debug, Clone, Default)]
pub struct ServerNames {
    /// The type.
    pub ty: Ident,
    /// What belongs to its variables, in order.
    pub variables: Vec<VariableNames>,
}

/// What a variable of a server is called.
#[derive(Debug, Clone, Default)]
pub struct VariableNames {
    /// The field and its setter.
    pub setter: Ident,
    /// The enum, where there are values to choose from.
    pub ty: Ident,
    /// Its variants, in order.
    pub variants: Vec<Ident>,
}

pub(super) fn servers(ctx: &Context<'_>) -> Vec<ServerNames> {
    let servers = ctx.api.choices();
    let mut scope = Scope::types(reserved::TYPES);
    for server in &servers {
        if let Some(name) = ctx.lock.servers.get(&server.url) {
            scope.keep(&server.url, name);
        }
    }
    let wishes: Vec<Wish> = servers.iter().map(|server| wish(server, servers.len())).collect();
    let types = scope.assign(&wishes);
    let named = servers.into_iter().zip(types).map(|(server, ty)| {
        let mut setters = Scope::values(&["new", "default", "clone", "fmt", "into", "from"]);
        let wish =
            |variable: &ServerVariable| Wish::new(&variable.wire, words::snake(&variable.wire), &variable.wire, 1);
        let setters = setters.assign(&server.variables.iter().map(wish).collect::<Vec<_>>());
        let variables = server.variables.iter().zip(setters);
        let variables = variables.map(|(variable, setter)| self::variable(&mut scope, server, &ty, variable, setter));
        ServerNames { variables: variables.collect(), ty }
    });
    let named = named.collect();
    ctx.close(scope);
    named
}

fn variable(scope: &mut Scope, server: &Server, ty: &Ident, variable: &ServerVariable, setter: Ident) -> VariableNames {
    if variable.values.is_empty() {
        return VariableNames { setter, ..VariableNames::default() };
    }
    let name = format!("{ty}{}", words::pascal(&variable.wire, Symbols::Separate));
    let key = keys::beside(&server.url, &variable.wire);
    let value = |value: &String| Wish::new(value, words::pascal(value, Symbols::Spell), value, 1);
    let variants = Scope::types(&[]).assign(&variable.values.iter().map(value).collect::<Vec<_>>());
    VariableNames { setter, ty: scope.one(Wish::new(key, name, "", 7)), variants }
}

/// The name in the document; a description of a few words; what the URL says.
fn wish(server: &Server, count: usize) -> Wish {
    let described = server.docs.text.as_deref().map(|text| text.trim().trim_end_matches('.'));
    let described = described.filter(|text| text.split_whitespace().count() <= 4 && text.is_ascii());
    let (_, rest) = server.url.split_once("://").unwrap_or(("", &server.url));
    let name = match (&server.name, described) {
        (Some(name), _) => name,
        (None, Some(text)) if !text.is_empty() => text,
        (None, _) if count == 1 => "Server",
        (None, _) => rest,
    };
    Wish::new(&server.url, words::pascal(name, Symbols::Separate), name, 1).or("Server".to_owned())
}
