//! Open enums of strings and of integers.

use crate::ir::{Docs, IntegerValue, StringValue, TypeDef, TypeId};
use crate::names::Ident;
use crate::tree::{Definition, Kind, Member, Module, Table};

use super::docs;
use super::scope::Scope;
use super::types::{open_head, type_docs};

/// Adds an enum of strings.
pub(super) fn strings(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[StringValue], module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let variants = names.members.variants.iter().zip(values);
    let known = variants.clone().map(|(name, value)| variant(name, &value.docs, &value.wire));
    let unknown = scope.import("UnknownValue");
    module.define(definition(def, &names.ident, known, unknown));
    let rows = variants.map(|(name, value)| (name.clone(), value.wire.clone())).collect();
    module.table(Table::StringEnum(names.ident.clone(), rows));
}

/// Adds an enum of integers.
pub(super) fn integers(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[IntegerValue], module: &mut Module) {
    let names = scope.ctx.names.ty(id);
    let variants = names.members.variants.iter().zip(values);
    let known = variants.clone().map(|(name, value)| variant(name, &value.docs, &value.wire.to_string()));
    let unknown = scope.import("UnknownInteger");
    module.define(definition(def, &names.ident, known, unknown));
    let rows = variants.map(|(name, value)| (name.clone(), value.wire)).collect();
    module.table(Table::IntegerEnum(names.ident.clone(), rows));
}

fn variant(name: &Ident, docs: &Docs, wire: &str) -> Member {
    let fallback = match wire {
        "" => "The empty string.".to_owned(),
        _ if docs::spells(name, wire) => String::new(),
        _ => docs::code(wire),
    };
    Member { docs: docs::member(docs, &fallback), attributes: Vec::new(), name: name.clone(), ty: None }
}

fn definition(def: &TypeDef, name: &Ident, known: impl Iterator<Item = Member>, unknown: &str) -> Definition {
    Definition {
        docs: type_docs(def),
        attributes: open_head(def, &["Debug", "Clone", "PartialEq", "Eq", "Hash"]),
        kind: Kind::Enum,
        name: name.clone(),
        members: known.chain([unknown_variant(unknown)]).collect(),
    }
}

/// The variant for what none of the others describes.
pub(super) fn unknown_variant(holds: &str) -> Member {
    Member { docs: Vec::new(), attributes: Vec::new(), name: Ident::unknown(), ty: Some(holds.to_owned()) }
}
