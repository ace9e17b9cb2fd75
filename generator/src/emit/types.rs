//! `src/types/`: one file per root type with its inline children, all re-exported from `mod.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Shape, TypeDef, TypeId, TypeName};
use crate::names::{Home, Ident};
use crate::tree::{Module, ModuleRow, Table, Tree};

use super::scope::Scope;
use super::{Ctx, alias, docs, enums, gates, object, union, validate};

/// Adds every file of `src/types/`.
pub(super) fn files<'a>(ctx: &'a Ctx<'a>, tree: &mut Tree<'a>) {
    let files = by_file(ctx);
    for (file, ids) in &files {
        let (file, ids) = (file.clone(), ids.clone());
        tree.rust(format!("src/types/{file}.rs"), move || self::file(ctx, &file, &ids));
    }
    tree.rust("src/types/mod.rs", move || index(ctx, &files));
}

fn by_file(ctx: &Ctx<'_>) -> BTreeMap<Ident, Vec<TypeId>> {
    let mut files: BTreeMap<Ident, Vec<TypeId>> = BTreeMap::new();
    for id in (0..ctx.api.types.len()).map(TypeId) {
        if let Home::Types(file) = &ctx.names.ty(id).home {
            files.entry(file.clone()).or_default().push(id);
        }
    }
    files
}

fn file(ctx: &Ctx<'_>, file: &Ident, ids: &[TypeId]) -> Module {
    let locals: BTreeSet<String> = ids.iter().flat_map(|id| ctx.names.ty(*id).all()).map(Ident::to_string).collect();
    let scope = Scope::new(ctx, Some(Home::Types(file.clone())), locals);
    let mut body = Module::default();
    for id in ids {
        definition(&scope, *id, &mut body);
    }
    let mut module = Module { header: ctx.header(), ..Module::default() };
    module.uses(scope.imports());
    module.items.append(&mut body.items);
    module
}

/// Adds one named type.
pub(super) fn definition(scope: &Scope<'_>, id: TypeId, module: &mut Module) {
    let Some(def) = scope.ctx.def(id) else { return };
    match &def.shape {
        Shape::Struct(object) => object::emit(scope, id, def, object, module),
        Shape::StringEnum(values) => enums::strings(scope, id, def, values, module),
        Shape::IntegerEnum(values) => enums::integers(scope, id, def, values, module),
        Shape::Union(union) => union::emit(scope, id, def, union, module),
        Shape::Alias(ty) => alias::alias(scope, id, def, ty, module),
        Shape::Newtype(ty) => alias::newtype(scope, id, def, ty, module),
    }
    validate::emit(scope, id, def, module);
    alias::former(scope, id, module);
}

/// The documentation of a type.
pub(super) fn type_docs(def: &TypeDef) -> Vec<String> {
    match &def.name {
        TypeName::Schema(name) => docs::lines(&docs::beyond(&def.docs, name), &docs::place(&def.origin)),
        // What has no name of its own is found where it is used.
        TypeName::Child { .. }
        | TypeName::Input(_)
        | TypeName::Shared(_)
        | TypeName::OfOperation { .. }
        | TypeName::Of { .. } => docs::lines(&def.docs, ""),
    }
}

/// `#[deprecated]` and `#[derive(…)]` of a type.
pub(super) fn head(def: &TypeDef, always: &[&str]) -> Vec<String> {
    let mut traits: Vec<&str> = always.to_vec();
    if def.derives.eq_hash && !traits.contains(&"Eq") {
        traits.extend(["Eq", "Hash"]);
    }
    let builds = def.usage.sent && matches!(def.shape, Shape::Struct(_));
    if def.derives.default && !builds && matches!(def.shape, Shape::Struct(_) | Shape::Newtype(_)) {
        traits.push("Default");
    }
    let deprecated = def.deprecated.then(|| "#[deprecated]".to_owned());
    deprecated.into_iter().chain([format!("#[derive({})]", traits.join(", "))]).collect()
}

/// The same for a type that grows: users may neither build it nor match it without a rest.
pub(super) fn open_head(def: &TypeDef, always: &[&str]) -> Vec<String> {
    let mut attributes = head(def, always);
    attributes.push("#[non_exhaustive]".to_owned());
    attributes
}

fn index(ctx: &Ctx<'_>, files: &BTreeMap<Ident, Vec<TypeId>>) -> Module {
    let mut module = Module {
        header: ctx.header(),
        docs: vec!["What the API sends and receives: one file per schema, re-exported flat.".to_owned()],
        ..Module::default()
    };
    let rows = files.keys().map(|name| ModuleRow {
        features: gates::features(ctx.names, ctx.gates.get(name).and_then(Option::as_ref)),
        name: name.clone(),
    });
    module.table(Table::Modules(rows.collect()));
    module
}
