//! Types and what is inside them.

use crate::ir::{Api, Field, FieldForm, Origin, Shape, Struct, TypeDef, TypeId};
use crate::names::{Home, Ident, Members, Names};

use super::{Item, Maker, module, push};

/// Adds a type, its former names and everything inside.
pub(super) fn ty(api: &Api, names: &Names, id: TypeId, items: &mut Vec<Item>) {
    let Some(def) = api.types.get(id.0) else { return };
    let called = names.ty(id);
    let module = match &called.home {
        Home::Types(_) => "types::".to_owned(),
        Home::Group(group) => module(names, *group),
    };
    let path = format!("{module}{}", called.ident);
    push(items, path.clone(), &def.origin, maker(&def.shape));
    for alias in &called.aliases {
        push(items, format!("{module}{alias}"), &def.origin, Maker::Former);
    }
    match &def.shape {
        Shape::Struct(object) => structure(&path, def, object, &called.members, items),
        Shape::StringEnum(values) => {
            let wires = values.iter().map(|value| value.wire.clone());
            listed(&path, &def.origin, wires, &called.members.variants, items);
        }
        Shape::IntegerEnum(values) => {
            let wires = values.iter().map(|value| value.wire.to_string());
            listed(&path, &def.origin, wires, &called.members.variants, items);
        }
        Shape::Union(_) => {
            for variant in &called.members.variants {
                push(items, format!("{path}::{variant}"), &def.origin, Maker::Member);
            }
        }
        Shape::Alias(_) | Shape::Newtype(_) => {}
    }
}

fn maker(shape: &Shape) -> Maker {
    match shape {
        Shape::Struct(_) => Maker::Object,
        Shape::StringEnum(_) => Maker::StringEnum,
        Shape::IntegerEnum(_) => Maker::IntegerEnum,
        Shape::Union(_) => Maker::Union,
        Shape::Alias(_) => Maker::Alias,
        Shape::Newtype(_) => Maker::Newtype,
    }
}

fn listed(path: &str, origin: &Origin, wires: impl Iterator<Item = String>, variants: &[Ident], items: &mut Vec<Item>) {
    for (wire, variant) in wires.zip(variants) {
        let path = format!("{path}::{variant}");
        items.push(Item { path, origin: origin.clone(), maker: Maker::Value, value: Some(wire) });
    }
}

fn structure(path: &str, def: &TypeDef, object: &Struct, members: &Members, items: &mut Vec<Item>) {
    for ((field, name), clear) in object.fields.iter().zip(&members.fields).zip(&members.clears) {
        push(items, format!("{path}.{name}"), &field.origin, form(field));
        if def.usage.sent {
            push(items, format!("{path}::{name}"), &field.origin, Maker::Setter);
            push(items, format!("{path}::{clear}"), &field.origin, Maker::Clear);
        }
    }
    for name in &members.prefixed {
        push(items, format!("{path}.{name}"), &def.origin, Maker::Prefixed);
    }
    if object.extra.is_some() {
        push(items, format!("{path}.{}", members.extra), &def.origin, Maker::Rest);
    }
    if def.usage.sent {
        push(items, format!("{path}::new"), &def.origin, Maker::New);
    }
}

fn form(field: &Field) -> Maker {
    match field.form {
        FieldForm::Plain => Maker::Required,
        FieldForm::Option => Maker::Optional,
        FieldForm::Nullable => Maker::Nullable,
        FieldForm::ThreeState => Maker::ThreeState,
    }
}
