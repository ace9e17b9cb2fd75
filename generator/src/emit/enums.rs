//! Open enums of strings and of integers.

use crate::ir::{Docs, IntegerValue, StringValue, TypeDef, TypeId};
use crate::names::Ident;
use crate::tree::{EnumRow, Member, Module, OpenEnum, Table};

use super::docs;
use super::scope::Scope;
use super::types::type_docs;

/// Adds an enum of strings.
pub(super) fn strings(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[StringValue], module: &mut Module) {
    let rows = values.iter().map(|value| (&value.docs, value.wire.clone()));
    module.table(Table::StringEnum(table(scope, id, def, rows)));
}

/// Adds an enum of integers.
pub(super) fn integers(scope: &Scope<'_>, id: TypeId, def: &TypeDef, values: &[IntegerValue], module: &mut Module) {
    let rows = values.iter().map(|value| (&value.docs, value.wire));
    module.table(Table::IntegerEnum(table(scope, id, def, rows)));
}

fn table<'a, T: ToString>(
    scope: &Scope<'_>,
    id: TypeId,
    def: &TypeDef,
    values: impl Iterator<Item = (&'a Docs, T)>,
) -> OpenEnum<T> {
    let names = scope.ctx.names.ty(id);
    let rows = names.members.variants.iter().zip(values);
    let rows = rows.map(|(variant, (docs, wire))| EnumRow {
        docs: docs::member(docs, &fallback(variant, &wire.to_string())),
        variant: variant.clone(),
        wire,
    });
    OpenEnum { docs: type_docs(def), deprecated: def.deprecated, name: names.ident.clone(), rows: rows.collect() }
}

/// The value as it is on the wire, where the variant does not say it to those who read the documentation.
fn fallback(variant: &Ident, wire: &str) -> String {
    match wire {
        "" => "The empty string.".to_owned(),
        _ if docs::spells(variant, wire) => String::new(),
        _ => docs::code(wire),
    }
}

/// The variant for what none of the others describes.
pub(super) fn unknown_variant(holds: &str) -> Member {
    Member { docs: Vec::new(), attributes: Vec::new(), name: Ident::unknown(), ty: Some(holds.to_owned()) }
}
