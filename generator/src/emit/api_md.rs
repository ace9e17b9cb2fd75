//! `API.md`: one line per operation and per public type, with its place in the document.

use minijinja::{Value, context};

use crate::ir::{GroupId, Origin, Shape, TypeId};
use crate::names::Home;

use super::operation::{call_line, calls};
use super::templates::render;
use super::{Ctx, docs};

/// The text of `API.md`.
pub(super) fn emit(ctx: &Ctx<'_>) -> String {
    let groups: Vec<Value> = ctx.groups().map(|id| group(ctx, id)).collect();
    let mut types: Vec<(String, Value)> = (0..ctx.api.types.len()).flat_map(|index| ty(ctx, TypeId(index))).collect();
    types.sort_by(|(left, _), (right, _)| left.cmp(right));
    let webhooks = ctx.api.webhooks.iter().zip(ctx.names.webhooks()).filter(|(webhook, _)| webhook.payload.is_some());
    let webhooks: Vec<Value> =
        webhooks.map(|(webhook, name)| context! { name => name.as_str(), place => place(&webhook.origin) }).collect();
    let values = context! {
        header => ctx.header(),
        name => ctx.settings.name.as_str(),
        groups => groups,
        types => types.into_iter().map(|(_, row)| row).collect::<Vec<_>>(),
        webhooks => webhooks,
    };
    render(include_str!("../../templates/API.md.j2"), values)
}

fn group(ctx: &Ctx<'_>, id: GroupId) -> Value {
    let names = ctx.names.group(id);
    let operations = ctx.operations_of(id).filter_map(|id| Some((id, ctx.api.operations.get(id.0)?)));
    let rows = operations.flat_map(|(id, operation)| {
        let calls = calls(ctx, id);
        let methods: Vec<String> =
            calls.iter().flat_map(|call| &call.methods).map(|(method, _)| method.to_string()).collect();
        methods
            .into_iter()
            .map(|method| {
                context! {
                    method => method,
                    call => cell(&call_line(operation)),
                    deprecated => deprecated(operation.deprecated),
                    place => place(&operation.origin),
                }
            })
            .collect::<Vec<_>>()
    });
    context! { accessor => names.accessor.as_str(), feature => names.feature.as_str(), rows => rows.collect::<Vec<_>>() }
}

/// A type and its former names.
fn ty(ctx: &Ctx<'_>, id: TypeId) -> Vec<(String, Value)> {
    let Some(def) = ctx.def(id) else { return Vec::new() };
    let names = ctx.names.ty(id);
    let module = match &names.home {
        Home::Types(_) => "types".to_owned(),
        Home::Group(group) => format!("api::{}", ctx.names.group(*group).module),
    };
    let kind = match &def.shape {
        Shape::Struct(_) => "struct",
        Shape::StringEnum(_) => "enum of strings",
        Shape::IntegerEnum(_) => "enum of integers",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    };
    let former = format!("former name of `{}`", names.ident);
    let rows = names.all().map(|ident| {
        let (path, is_former) = (format!("{module}::{ident}"), *ident != names.ident);
        let row = context! {
            path => path.as_str(),
            kind => if is_former { former.as_str() } else { kind },
            deprecated => deprecated(def.deprecated || is_former),
            place => place(&def.origin),
        };
        (path, row)
    });
    rows.collect()
}

fn deprecated(is: bool) -> &'static str {
    if is { " (deprecated)" } else { "" }
}

fn place(origin: &Origin) -> String {
    let pointer = if origin.pointer.contains('#') { origin.pointer.clone() } else { format!("#{}", origin.pointer) };
    cell(&docs::code(&pointer))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
