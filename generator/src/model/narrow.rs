//! Reads the skeleton; when it does not fit, the smallest object that does not is reported and left out.

use serde::de::DeserializeOwned;

use super::de::from_node;
use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{Node, Value};

/// How often something may be left out before the document is given up.
const MOST_ROUNDS: usize = 3;

/// Reads the skeleton.
pub(super) fn read(skeleton: &mut Node, diagnostics: &mut Diagnostics) -> Result<openapiv3::OpenAPI, Reported> {
    let mut message = String::new();
    for _ in 0..MOST_ROUNDS {
        match from_node::<openapiv3::OpenAPI>(skeleton) {
            Ok(openapi) => return Ok(openapi),
            Err(error) => message = error.to_string(),
        }
        document(skeleton, diagnostics);
    }
    Err(diagnostics.error(
        Code::UnreadableObject,
        Some(skeleton.span),
        format!("the document cannot be read: {message}"),
    ))
}

/// Leaves out what cannot be read, from the inside out.
fn document(skeleton: &mut Node, diagnostics: &mut Diagnostics) {
    member::<openapiv3::Info>(skeleton, "info", diagnostics);
    member::<Vec<openapiv3::SecurityRequirement>>(skeleton, "security", diagnostics);
    member::<openapiv3::ExternalDocumentation>(skeleton, "externalDocs", diagnostics);
    elements::<openapiv3::Server>(skeleton, "servers", diagnostics);
    elements::<openapiv3::Tag>(skeleton, "tags", diagnostics);
    if let Some(paths) = skeleton.get_mut("paths") {
        each(paths, |item| path_item(item, diagnostics));
        entries::<openapiv3::PathItem>(paths, diagnostics);
    }
    let Some(components) = skeleton.get_mut("components") else { return };
    let mut section = |name: &str, clean: fn(&mut Node, &mut Diagnostics)| {
        if let Some(section) = components.get_mut(name) {
            clean(section, diagnostics);
        }
    };
    section("responses", entries::<openapiv3::Response>);
    section("parameters", entries::<openapiv3::Parameter>);
    section("examples", entries::<openapiv3::Example>);
    section("requestBodies", entries::<openapiv3::RequestBody>);
    section("headers", entries::<openapiv3::Header>);
    section("securitySchemes", entries::<openapiv3::SecurityScheme>);
    section("links", entries::<openapiv3::Link>);
    section("callbacks", entries::<openapiv3::Callback>);
}

fn path_item(item: &mut Node, diagnostics: &mut Diagnostics) {
    elements::<openapiv3::Parameter>(item, "parameters", diagnostics);
    elements::<openapiv3::Server>(item, "servers", diagnostics);
    for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
        if let Some(operation) = item.get_mut(method) {
            self::operation(operation, diagnostics);
        }
        member::<openapiv3::Operation>(item, method, diagnostics);
    }
}

fn operation(operation: &mut Node, diagnostics: &mut Diagnostics) {
    elements::<openapiv3::Parameter>(operation, "parameters", diagnostics);
    elements::<openapiv3::Server>(operation, "servers", diagnostics);
    if let Some(body) = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")) {
        entries::<openapiv3::MediaType>(body, diagnostics);
    }
    member::<openapiv3::RequestBody>(operation, "requestBody", diagnostics);
    if let Some(callbacks) = operation.get_mut("callbacks") {
        entries::<openapiv3::Callback>(callbacks, diagnostics);
    }
    let Some(responses) = operation.get_mut("responses") else { return };
    each(responses, |response| {
        for (section, clean) in [
            ("headers", entries::<openapiv3::Header> as fn(&mut Node, &mut Diagnostics)),
            ("content", entries::<openapiv3::MediaType>),
            ("links", entries::<openapiv3::Link>),
        ] {
            if let Some(section) = response.get_mut(section) {
                clean(section, diagnostics);
            }
        }
    });
    entries::<openapiv3::Response>(responses, diagnostics);
}

fn each(node: &mut Node, mut change: impl FnMut(&mut Node)) {
    if let Some(object) = node.as_object_mut() {
        object.iter_mut().filter(|(key, _)| !key.starts_with("x-")).for_each(|(_, entry)| change(&mut entry.node));
    }
}

/// Leaves out the members that are no `T`.
fn entries<T: DeserializeOwned>(node: &mut Node, diagnostics: &mut Diagnostics) {
    if let Some(object) = node.as_object_mut() {
        object.retain(|key, entry| key.starts_with("x-") || fits::<T>(&entry.node, key, diagnostics));
    }
}

/// Leaves out the elements that are no `T`.
fn elements<T: DeserializeOwned>(node: &mut Node, key: &str, diagnostics: &mut Diagnostics) {
    if let Some(Value::Array(items)) = node.get_mut(key).map(|node| &mut node.value) {
        items.retain(|item| fits::<T>(item, key, diagnostics));
    }
}

/// Leaves out a member that is no `T`.
fn member<T: DeserializeOwned>(node: &mut Node, key: &str, diagnostics: &mut Diagnostics) {
    if node.get(key).is_some_and(|member| !fits::<T>(member, key, diagnostics)) {
        node.remove(key);
    }
}

fn fits<T: DeserializeOwned>(node: &Node, name: &str, diagnostics: &mut Diagnostics) -> bool {
    match from_node::<T>(node) {
        Ok(_) => true,
        Err(error) => {
            diagnostics.report(Code::UnreadableObject, Some(node.span), format!("`{name}` cannot be read: {error}"));
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::node;

    #[test]
    fn smallest_failing_object_is_left_out() {
        let mut skeleton = node(
            r#"{"openapi": "3.0.0", "info": {"title": "", "version": ""}, "paths": {"/a": {
                "get": {"responses": {"200": {"description": ""}}, "parameters": [{"name": 1}]},
                "put": {"responses": {"200": {"description": 5}, "201": {"description": ""}}}
            }}}"#,
        );
        let mut diagnostics = Diagnostics::new();
        let openapi = read(&mut skeleton, &mut diagnostics).ok();
        assert_eq!(diagnostics.count(Code::UnreadableObject), 2);
        let item = openapi.and_then(|openapi| openapi.paths.paths.get("/a").and_then(|item| item.as_item().cloned()));
        let put = item.as_ref().and_then(|item| item.put.as_ref());
        assert_eq!(put.map(|put| put.responses.responses.len()), Some(1));
        assert!(item.is_some_and(|item| item.get.is_some()));
    }
}
