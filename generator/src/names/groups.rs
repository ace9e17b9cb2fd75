//! Identifiers of groups, security schemes and webhooks.

use crate::ir::{Api, Group, SecurityScheme, Webhook};

use super::ident::Ident;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// What a group is called.
#[derive(Debug, Clone, Default)]
pub struct GroupNames {
    /// The module, also the file's stem.
    pub module: Ident,
    /// The handle type.
    pub handle: Ident,
    /// The method of `Client` that returns the handle.
    pub accessor: Ident,
    /// The cargo feature.
    pub feature: String,
}

/// What a security scheme is called.
#[derive(Debug, Clone, Default)]
pub struct SchemeNames {
    /// The constant in `client.rs`.
    pub constant: Ident,
    /// The method of `ClientBuilder` that takes its credential.
    pub method: Ident,
}

pub(super) fn groups(api: &Api) -> Vec<GroupNames> {
    let wishes = |name: &dyn Fn(&str) -> String, reserved: &[&str], suffix: &str| -> Vec<Wish> {
        api.groups.iter().map(|group| wish(group, name, reserved, suffix)).collect()
    };
    let module = |name: &str| words::file(name);
    let handle = |name: &str| words::pascal(name, Symbols::Separate);
    let feature = |name: &str| words::file(name).trim_matches('_').to_owned();
    let modules = Scope::values(&[]).assign(&wishes(&module, reserved::MODULES, "_api"));
    let handles = Scope::types(&[]).assign(&wishes(&handle, reserved::TYPES, "Api"));
    let accessors = Scope::values(&[]).assign(&wishes(&words::snake, reserved::CLIENT, "_api"));
    let features = Scope::values(&[]).assign(&wishes(&feature, reserved::FEATURES, "-api"));
    let names = modules.into_iter().zip(handles).zip(accessors).zip(features);
    let named = names.map(|(((module, handle), accessor), feature)| GroupNames {
        module,
        handle,
        accessor,
        feature: feature.to_string(),
    });
    named.collect()
}

fn wish(group: &Group, name: &dyn Fn(&str) -> String, reserved: &[&str], suffix: &str) -> Wish {
    let wire = match (&group.rust_name, group.wire.is_empty()) {
        (Some(user), _) => user,
        (None, true) => "general",
        (None, false) => &group.wire,
    };
    let text = name(wire);
    let clashes = reserved.contains(&text.as_str());
    let text = if clashes { format!("{}{suffix}", text.trim_end_matches('_')) } else { text };
    Wish::new(text, wire, u8::from(group.rust_name.is_none()))
}

pub(super) fn schemes(schemes: &[SecurityScheme]) -> Vec<SchemeNames> {
    let constant = |scheme: &SecurityScheme| Wish::new(words::shouty(&scheme.wire), &scheme.wire, 1);
    let method = |scheme: &SecurityScheme| {
        let name = words::snake(&scheme.wire);
        let clashes = reserved::CLIENT_BUILDER.contains(&name.as_str());
        Wish::new(if clashes { format!("{name}_auth") } else { name }, &scheme.wire, 1)
    };
    let constants = Scope::values(&[]).assign(&schemes.iter().map(constant).collect::<Vec<_>>());
    let methods = Scope::values(&[]).assign(&schemes.iter().map(method).collect::<Vec<_>>());
    constants.into_iter().zip(methods).map(|(constant, method)| SchemeNames { constant, method }).collect()
}

pub(super) fn webhooks(webhooks: &[Webhook]) -> Vec<Ident> {
    let wishes: Vec<Wish> = webhooks.iter().map(|hook| Wish::new(words::snake(&hook.wire), &hook.wire, 1)).collect();
    Scope::values(&["from_slice"]).assign(&wishes)
}
