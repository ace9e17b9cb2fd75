//! `README.md`: install, authenticate, first call, errors, pagination, features. Its code compiles.

use minijinja::{Value, context};

use crate::ir::{Base, GroupId, Parameter, SchemeId, SchemeKind, Shape, Type};

use super::Ctx;
use super::operation::{Call, calls};
use super::templates::{line, render};

/// The text of `README.md`.
pub(super) fn emit(ctx: &Ctx<'_>) -> String {
    let calls: Vec<(GroupId, Call<'_>)> = ctx
        .groups()
        .flat_map(|group| {
            let operations = ctx.operations_of(group);
            operations.flat_map(|operation| calls(ctx, operation)).map(move |call| (group, call))
        })
        .collect();
    let readable = |call: &Call<'_>| {
        call.operation.method == "GET" && !call.operation.deprecated && !super::responses::is_streamed(call)
    };
    let mut readable: Vec<&(GroupId, Call<'_>)> = calls.iter().filter(|(_, call)| readable(call)).collect();
    readable.sort_by_key(|(group, call)| ease(ctx, *group, call));
    let first = readable.into_iter().find_map(|(group, call)| example(ctx, *group, call));
    let paged = calls.iter().filter(|(_, call)| call.operation.pagination.is_some() && !call.operation.deprecated);
    let paged = paged
        .filter(|(_, call)| super::responses::json_output(call).is_some())
        .find_map(|(group, call)| example(ctx, *group, call));
    let groups = ctx.groups().map(|id| {
        let names = ctx.names.group(id);
        context! { feature => names.feature.as_str(), accessor => names.accessor.as_str() }
    });
    let description = if ctx.settings.description.is_empty() {
        format!("Client for {}.", ctx.api.info.title)
    } else {
        ctx.settings.description.clone()
    };
    let values = context! {
        header => ctx.header(),
        name => ctx.settings.name.as_str(),
        version => if ctx.settings.version.is_empty() { "0.1.0" } else { &ctx.settings.version },
        krate => ctx.names.crate_ident().as_str(),
        description => line(&description),
        base => match ctx.api.base() {
            Base::Known(_) => "",
            Base::Document(_) => "\"https://example.com/openapi.yaml\"",
            Base::Given => "\"https://example.com\"",
        },
        auth => auth(ctx),
        call => first,
        pages => paged,
        groups => groups.collect::<Vec<_>>(),
    };
    render(include_str!("../../templates/README.md.j2"), values)
}

fn auth(ctx: &Ctx<'_>) -> Option<Value> {
    let mut methods = ctx.api.security.iter().enumerate().filter_map(|(index, scheme)| {
        let method = ctx.names.scheme(SchemeId(index)).method.to_string();
        let (ty, value) = match &scheme.kind {
            SchemeKind::Basic => ("Basic", "Basic::new(\"user\", \"password\")"),
            SchemeKind::Bearer | SchemeKind::OAuth2(_) => ("Bearer", "Bearer::new(\"token\")"),
            SchemeKind::OtherHttp(_)
            | SchemeKind::HeaderKey(_)
            | SchemeKind::QueryKey(_)
            | SchemeKind::CookieKey(_) => ("ApiKey", "ApiKey::new(\"key\")"),
            SchemeKind::MutualTls => return None,
        };
        Some((method, ty, value))
    });
    let (method, ty, value) = methods.next()?;
    let others: Vec<String> = methods.map(|(method, ..)| format!("`{method}`")).collect();
    Some(context! { method => method, type => ty, value => value, others => others.join(", ") })
}

/// What makes a call a good first one, the least first: it needs nothing, it lists, much can be done with what it lists.
fn ease(ctx: &Ctx<'_>, group: GroupId, call: &Call<'_>) -> (usize, bool, usize) {
    let required = call.operation.parameters.iter().filter(|parameter| parameter.required).count();
    let lists = call.methods.first().is_some_and(|(method, _)| method.as_str() == "list");
    let others = ctx.api.operations.iter().filter(|operation| operation.group != group).count();
    (required, !lists, others)
}

/// A call that can be shown: its arguments are texts, numbers and enums.
fn example(ctx: &Ctx<'_>, group: GroupId, call: &Call<'_>) -> Option<Value> {
    if call.operation.body.as_ref().is_some_and(|body| body.required) {
        return None;
    }
    let required = call.operation.parameters.iter().filter(|parameter| parameter.required);
    let arguments: Option<Vec<String>> = required.map(|parameter| argument(ctx, parameter)).collect();
    let (method, _) = call.methods.first()?;
    Some(
        context! { accessor => ctx.names.group(group).accessor.as_str(), method => method.as_str(), arguments => arguments?.join(", ") },
    )
}

fn argument(ctx: &Ctx<'_>, parameter: &Parameter) -> Option<String> {
    match &parameter.ty {
        Type::String => {
            let name: String = parameter
                .wire
                .chars()
                .filter(|character| character.is_ascii_alphanumeric() || *character == '_')
                .collect();
            Some(format!("\"{name}\""))
        }
        Type::Integer(_) => Some("1".to_owned()),
        Type::Boolean => Some("true".to_owned()),
        Type::Named(id) => {
            let names = ctx.names.ty(*id);
            let is_enum = matches!(ctx.def(*id)?.shape, Shape::StringEnum(_))
                && matches!(names.home, crate::names::Home::Types(_));
            let variant = names.members.variants.first().filter(|_| is_enum)?;
            Some(format!("{}::types::{}::{variant}", ctx.names.crate_ident(), names.ident))
        }
        _ => None,
    }
}
