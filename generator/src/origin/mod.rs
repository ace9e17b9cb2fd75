//! Where every public item of a crate comes from: paths as in `api.surface` to places in the description.

mod find;
mod rule;
mod types;

use crate::ir::{Api, GroupId, Operation, OperationId, Origin, Response, SchemeId, TypeId};
use crate::names::Names;

pub use find::{find, overlays, value};
pub use rule::Maker;

/// One item and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path, as in `api.surface`.
    pub path: String,
    /// The part of the description that made it.
    pub origin: Origin,
    /// How.
    pub maker: Maker,
    /// For a variant, the value that the description lists.
    pub value: Option<String>,
}

/// Every item, in the order of the description.
pub fn items(api: &Api, names: &Names) -> Vec<Item> {
    let mut items = Vec::new();
    for index in 0..api.operations.len() {
        operation(api, names, OperationId(index), &mut items);
    }
    if let Some(server) = api.servers.first() {
        push(&mut items, "client".to_owned(), &server.origin, Maker::Server);
    }
    for (index, scheme) in api.security.iter().enumerate() {
        let scheme_names = names.scheme(SchemeId(index));
        for path in
            [format!("client::{}", scheme_names.constant), format!("client::ClientBuilder::{}", scheme_names.method)]
        {
            push(&mut items, path, &scheme.origin, Maker::Scheme);
        }
    }
    for index in 0..api.types.len() {
        types::ty(api, names, TypeId(index), &mut items);
    }
    for (webhook, name) in api.webhooks.iter().zip(names.webhooks()) {
        push(&mut items, format!("webhooks::{name}"), &webhook.origin, Maker::Webhook);
    }
    items
}

fn push(items: &mut Vec<Item>, path: String, origin: &Origin, maker: Maker) {
    items.push(Item { path, origin: origin.clone(), maker, value: None });
}

/// `api::pets::`
fn module(names: &Names, group: GroupId) -> String {
    format!("api::{}::", names.group(group).module)
}

fn operation(api: &Api, names: &Names, id: OperationId, items: &mut Vec<Item>) {
    let Some(operation) = api.operations.get(id.0) else { return };
    let (called, module) = (names.operation(id), module(names, operation.group));
    let markers = [&called.marker].into_iter().chain(called.stream.iter().map(|(_, marker)| marker));
    let methods = called.content_methods.iter().chain(called.stream.iter().map(|(method, _)| method));
    let handle = &names.group(operation.group).handle;
    for method in methods.chain([&called.method]) {
        push(items, format!("{module}{handle}<'c>::{method}"), &operation.origin, Maker::Operation);
    }
    for marker in markers {
        push(items, format!("{module}{marker}"), &operation.origin, Maker::Operation);
        for (parameter, name) in operation.parameters.iter().zip(&called.parameters) {
            push(items, format!("{module}Request<'_, {marker}>::{name}"), &parameter.origin, Maker::Parameter);
        }
    }
    responses(operation, called, &module, items);
}

fn responses(operation: &Operation, called: &crate::names::OperationNames, module: &str, items: &mut Vec<Item>) {
    let variants = |names: &[Vec<String>], owner: &str, responses: &[Response], maker: Maker, items: &mut Vec<Item>| {
        for (response, names) in responses.iter().zip(names) {
            for name in names {
                push(items, format!("{module}{owner}::{name}"), &response.origin, maker);
            }
        }
    };
    let errors: Vec<Vec<String>> = called.errors.iter().map(|name| vec![name.to_string()]).collect();
    push(items, format!("{module}{}", called.error), &operation.origin, Maker::Operation);
    variants(&errors, called.error.as_str(), &operation.errors, Maker::Failure, items);
    let successes: Vec<Vec<String>> =
        called.successes.iter().map(|names| names.iter().map(ToString::to_string).collect()).collect();
    push(items, format!("{module}{}", called.ok), &operation.origin, Maker::Operation);
    variants(&successes, called.ok.as_str(), &operation.success, Maker::Success, items);
}
