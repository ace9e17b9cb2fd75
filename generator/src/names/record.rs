//! Names → what `names.lock` says about them.

use crate::ir::{GroupId, Operation, OperationId, SchemeId, TypeDef, TypeId, TypeName};
use crate::lock::{self, Lock};

use super::arguments::body_setters;
use super::context::Context;
use super::ident::Ident;
use super::operations::{usual_methods, usual_types};
use super::{Home, Names, OperationNames, TypeNames, fingerprint, keys, members};

/// Writes down everything that a later addition could take the name of.
pub(super) fn record(ctx: &Context<'_>, names: &Names) -> Lock {
    let mut lock = Lock::default();
    for (index, group) in ctx.api.groups.iter().enumerate() {
        lock.groups.insert(group.wire.clone(), self::group(names, GroupId(index)));
    }
    for (index, operation) in ctx.api.operations.iter().enumerate() {
        let id = OperationId(index);
        lock.operations.insert(ctx.keys.operation(id).to_owned(), self::operation(names, id, operation));
        arguments(ctx, names.operation(id), id, operation, &mut lock);
    }
    for (index, def) in ctx.api.types.iter().enumerate() {
        ty(ctx, names, TypeId(index), def, &mut lock);
    }
    for (index, scheme) in ctx.api.security.iter().enumerate() {
        let names = names.scheme(SchemeId(index));
        let names = lock::Scheme { constant: names.constant.to_string(), method: names.method.to_string() };
        lock.security.insert(scheme.wire.clone(), names);
    }
    for (server, names) in ctx.api.choices().into_iter().zip(names.servers()) {
        lock.servers.insert(server.url.clone(), names.ty.to_string());
    }
    for (webhook, ident) in ctx.api.webhooks.iter().zip(names.webhooks()) {
        if webhook.wire != ident.as_str() {
            lock.webhooks.insert(webhook.wire.clone(), ident.to_string());
        }
    }
    lock
}

fn group(names: &Names, id: GroupId) -> lock::Group {
    let names = names.group(id);
    lock::Group {
        module: names.module.to_string(),
        handle: names.handle.to_string(),
        accessor: names.accessor.to_string(),
        feature: names.feature.clone(),
    }
}

fn operation(names: &Names, id: OperationId, operation: &Operation) -> lock::Operation {
    let module = names.group(operation.group).module.to_string();
    let names = names.operation(id);
    let (method, marker) = (names.method.as_str(), names.marker.as_str());
    let types = usual_types(operation, marker);
    let unusual = |what: &str, ident: &Ident| {
        let usual = types.iter().find(|(usual, _)| *usual == what);
        usual.filter(|(_, name)| name != ident.as_str()).map(|_| ident.to_string())
    };
    let stream = names.stream.as_ref();
    let mut methods = usual_methods(operation, method).into_iter();
    let stream_method = stream.and_then(|(ident, _)| {
        let (_, usual) = methods.next()?;
        (usual != ident.as_str()).then(|| ident.to_string())
    });
    let further = methods.zip(names.content_methods.iter().skip(1));
    let contents = further.filter(|((_, usual), ident)| usual != ident.as_str());
    lock::Operation {
        module,
        method: method.to_owned(),
        ty: marker.to_owned(),
        error: unusual("error", &names.error),
        ok: unusual("ok", &names.ok),
        headers: unusual("headers", &names.headers),
        stream: stream.and_then(|(_, ident)| unusual("stream", ident)),
        stream_method,
        contents: contents.map(|((media_type, _), ident)| (media_type, ident.to_string())).collect(),
    }
}

fn arguments(ctx: &Context<'_>, names: &OperationNames, id: OperationId, operation: &Operation, lock: &mut Lock) {
    let key = ctx.keys.operation(id);
    for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
        if parameter.wire != ident.as_str() {
            lock.parameters.insert(keys::parameter(key, parameter), ident.to_string());
        }
    }
    for (setter, ident) in body_setters(key, operation).into_iter().zip(&names.bodies) {
        lock.parameters.insert(setter.key, ident.to_string());
    }
}

fn ty(ctx: &Context<'_>, names: &Names, id: TypeId, def: &TypeDef, lock: &mut Lock) {
    let (key, ty) = (ctx.keys.ty(id), names.ty(id));
    let module = match &ty.home {
        Home::Types(_) => None,
        Home::Group(group) => Some(names.group(*group).module.to_string()),
    };
    let name_of = |id: TypeId| Some(names.ty(id).ident.to_string());
    let shape = matches!(def.name, TypeName::Schema(_)).then(|| fingerprint::fingerprint(ctx.api, id, &name_of));
    let (chosen, shared) = (def.rust_name.is_some(), !def.places.is_empty());
    let entry = lock::Type { name: ty.ident.to_string(), module, chosen, shared, shape };
    for place in def.places.iter().skip(1) {
        lock.types.insert(place.clone(), entry.clone());
        inside(place, def, ty, lock);
    }
    lock.types.insert(key.to_owned(), entry);
    inside(key, def, ty, lock);
    if !ty.aliases.is_empty() {
        lock.aliases.insert(key.to_owned(), ty.aliases.iter().map(ToString::to_string).collect());
    }
}

/// What is inside a type, under one of its keys.
fn inside(key: &str, def: &TypeDef, ty: &TypeNames, lock: &mut Lock) {
    members::each(key, def, &ty.members, &mut |key, wire, ident| {
        if wire != ident.as_str() {
            lock.members.insert(key, ident.to_string());
        }
    });
}
