//! Several JSON types in one `type`: a union with a member for each.

use super::super::types::{Kind, kinds_of};
use super::super::view::{Key, View};
use super::super::{Builder, enumeration};
use super::{has_structure, rule_note};
use crate::diagnostic::Code;
use crate::ir::{Guard, Origin, Shape, Type, TypeName, Union, UnionRule, Variant};
use crate::model::Types;

impl Builder<'_> {
    /// `type: [string, integer]`: one member per JSON type.
    pub(in crate::ir::build) fn union_of_kinds(
        &mut self,
        kinds: Types,
        owner: &Key,
        view: &View,
        name: &TypeName,
        origin: &Origin,
    ) -> Type {
        let kinds: Vec<Kind> = kinds_of(kinds).collect();
        // Every JSON type is allowed: that is what "any" means.
        if kinds.len() >= 5 {
            if has_structure(view) || view.items.is_some() {
                let message = "every JSON type is allowed, so what is said of objects and arrays has no type; the value is any JSON";
                self.report(Code::UntypedSchema, origin.span, &origin.pointer, message);
            }
            return Type::Any;
        }
        let id = self.define(owner, name, origin);
        let mut variants = Vec::new();
        for kind in kinds {
            let (part, guard) = match kind {
                Kind::Boolean => ("boolean", Guard::Boolean),
                Kind::Integer => ("integer", Guard::Integer),
                Kind::Number => ("number", Guard::Number),
                Kind::String => ("string", Guard::String),
                Kind::Array => ("array", Guard::Array),
                Kind::Object => ("object", Guard::Object { keys: Vec::new(), values: Vec::new(), any: Vec::new() }),
            };
            let name = TypeName::Child { parent: id, part: part.to_owned() };
            let ty = match kind {
                Kind::Object => self.object_inside(owner, view, name, origin),
                kind => self.of_kind(kind, owner, view, &name, origin),
            };
            variants.push(Variant { limits: self.limits(owner), ..enumeration::plain(part, ty, guard) });
        }
        let note = rule_note(&UnionRule::Guards, &variants);
        if let Some(def) = self.def_mut(id) {
            def.docs.notes.push(note);
            def.shape = Shape::Union(Union { rule: UnionRule::Guards, variants });
        }
        Type::Named(id)
    }
}
