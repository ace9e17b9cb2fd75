//! Identifiers of what is given to an operation: parameters and bodies.

use crate::ir::{Content, Operation, Parameter};

use super::context::Context;
use super::ident::Ident;
use super::keys;
use super::operations::content_word;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words;

/// Names the parameters, and the body's argument or its setters.
pub(super) fn arguments(ctx: &Context<'_>, key: &str, operation: &Operation) -> (Vec<Ident>, Vec<Ident>) {
    let mut scope = Scope::values(&[]);
    let wishes: Vec<Wish> = operation.parameters.iter().map(|it| parameter(key, it)).collect();
    let setters = body_setters(key, operation);
    let published = |key: &str| ctx.lock.parameters.get(key);
    for (wish, parameter) in wishes.iter().zip(&operation.parameters) {
        if let Some(name) = published(&wish.key).filter(|name| !hides_method(parameter, name)) {
            scope.keep(&wish.key, name);
        }
    }
    for setter in &setters {
        if let Some(name) = published(&setter.key) {
            scope.keep(&setter.key, name);
        }
    }
    let parameters = scope.assign(&wishes);
    let bodies = match &operation.body {
        Some(body) if body.required => {
            let wish = Wish::new(keys::beside(key, "argument"), "body".to_owned(), "", 7).or("request_body".to_owned());
            vec![scope.one(wish); body.contents.len()]
        }
        _ => scope.assign(&setters),
    };
    ctx.close(scope);
    (parameters, bodies)
}

/// One setter per media type of a body that can be left out.
pub(super) fn body_setters(key: &str, operation: &Operation) -> Vec<Wish> {
    let Some(body) = operation.body.as_ref().filter(|body| !body.required) else { return Vec::new() };
    let setter = |(index, content): (usize, &Content)| {
        let key = keys::beside(key, &content.media_type);
        match index {
            0 => Wish::new(key, "body".to_owned(), "", 7).or("request_body".to_owned()),
            _ => Wish::new(key, format!("body_{}", content_word(content)), "", 7),
        }
    };
    body.contents.iter().enumerate().map(setter).collect()
}

/// Whether a setter with this name would hide a method of the request.
fn hides_method(parameter: &Parameter, name: &str) -> bool {
    !parameter.required && reserved::REQUEST.contains(&name)
}

fn parameter(operation: &str, parameter: &Parameter) -> Wish {
    let place = keys::location(parameter.location);
    let key = keys::parameter(operation, parameter);
    let name = words::snake(&parameter.wire);
    let base = super::members::user_or(key, parameter.rust_name.as_deref(), name, &parameter.wire);
    let name = base.names.first().cloned().unwrap_or_default();
    let name = if hides_method(parameter, &name) { format!("{name}_param") } else { name };
    let name = if hides_method(parameter, &name) { format!("{name}eter") } else { name };
    Wish { names: vec![name.clone(), format!("{}_{place}", name.trim_end_matches('_'))], ..base }
}
