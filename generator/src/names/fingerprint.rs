//! What a schema looks like, in few letters: equal for the same shape under another name, in another place or order.
//!
//! A fingerprint has two halves. The first leaves open what other types are referred to; the second takes them by their
//! names in Rust, which hold still while schemas are renamed. What is unnamed inside belongs to both, and a reference to
//! the schema itself is the same whatever it is called. A change of one schema so changes one line of `names.lock`.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::ir::{Api, Field, Shape, Struct, Type, TypeId, TypeName, Union, UnionRule};

/// Says what a type is called in Rust, as far as that is known.
pub(super) type NameOf<'a> = &'a dyn Fn(TypeId) -> Option<String>;

/// Both halves; one where nothing is referred to, because they are equal then.
pub(super) fn fingerprint(api: &Api, id: TypeId, name_of: NameOf<'_>) -> String {
    let (open, linked) = (open(api, id), linked(api, id, name_of));
    if open == linked { open } else { format!("{open}-{linked}") }
}

/// The half that leaves open what is referred to.
pub(super) fn open(api: &Api, id: TypeId) -> String {
    hash(api, id, &|_| Some(String::new()))
}

/// The half that names what is referred to.
pub(super) fn linked(api: &Api, id: TypeId, name_of: NameOf<'_>) -> String {
    hash(api, id, name_of)
}

/// Whether the shape says so much that an equal one is hardly a coincidence.
pub(super) fn is_telling(api: &Api, id: TypeId) -> bool {
    match api.types.get(id.0).map(|def| &def.shape) {
        Some(Shape::Struct(object)) => !object.fields.is_empty(),
        Some(Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::Union(_)) => true,
        Some(Shape::Alias(_) | Shape::Newtype(_)) | None => false,
    }
}

fn hash(api: &Api, id: TypeId, name_of: NameOf<'_>) -> String {
    let mut walk = Walk { api, name_of, seen: BTreeMap::new(), root: id };
    let text = walk.named(id);
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// One walk over a schema and what is unnamed inside it.
struct Walk<'a> {
    api: &'a Api,
    name_of: NameOf<'a>,
    root: TypeId,
    /// In which order types were met: a way to say "this one again" without a name.
    seen: BTreeMap<TypeId, usize>,
}

impl Walk<'_> {
    fn named(&mut self, id: TypeId) -> String {
        if let Some(number) = self.seen.get(&id) {
            return format!("^{number}");
        }
        let Some(def) = self.api.types.get(id.0).filter(|_| self.belongs(id)) else {
            return match (self.name_of)(id) {
                Some(name) => format!("@{name}"),
                None => "?".to_owned(),
            };
        };
        self.seen.insert(id, self.seen.len());
        match &def.shape {
            Shape::Struct(object) => self.object(object),
            Shape::StringEnum(values) => {
                sorted("strings", values.iter().map(|value| format!("{:?}", value.wire)).collect())
            }
            Shape::IntegerEnum(values) => {
                sorted("integers", values.iter().map(|value| value.wire.to_string()).collect())
            }
            Shape::Union(union) => self.union(union),
            Shape::Alias(ty) => self.ty(ty),
            Shape::Newtype(ty) => format!("around {}", self.ty(ty)),
        }
    }

    /// Whether a type is the schema itself or unnamed inside it.
    fn belongs(&self, id: TypeId) -> bool {
        let mut current = id;
        for _ in 0..self.api.types.len() {
            if current == self.root {
                return true;
            }
            match self.api.types.get(current.0).map(|def| &def.name) {
                Some(TypeName::Child { parent, .. } | TypeName::Input(parent)) => current = *parent,
                _ => return false,
            }
        }
        false
    }

    fn object(&mut self, object: &Struct) -> String {
        let mut fields: Vec<&Field> = object.fields.iter().collect();
        fields.sort_by_key(|field| &field.wire);
        let mut rows: Vec<String> = fields
            .into_iter()
            .map(|field| format!("{:?} {:?} {}", field.wire, field.presence, self.ty(&field.ty)))
            .collect();
        rows.extend(object.constants.iter().map(|constant| format!("{:?} = {}", constant.wire, constant.json)));
        for prefixed in &object.prefixed {
            rows.push(format!("{:?}* {}", prefixed.prefix, self.ty(&prefixed.ty)));
        }
        rows.extend(object.extra.as_ref().map(|ty| format!("* {}", self.ty(ty))));
        sorted("object", rows)
    }

    fn union(&mut self, union: &Union) -> String {
        let rule = match &union.rule {
            UnionRule::Tag(tag) => format!("tagged {tag:?}"),
            UnionRule::Guards => "one of".to_owned(),
        };
        let rows = union.variants.iter().map(|variant| format!("{:?} {}", variant.tags, self.ty(&variant.ty)));
        let rows = rows.collect();
        sorted(&rule, rows)
    }

    fn ty(&mut self, ty: &Type) -> String {
        match ty {
            Type::Named(id) => self.named(*id),
            // Where a recursion closes depends on where it is entered.
            Type::Boxed(inner) => self.ty(inner),
            Type::List(inner) => format!("[{}]", self.ty(inner)),
            Type::Map(inner) => format!("{{{}}}", self.ty(inner)),
            Type::Nullable(inner) => format!("null|{}", self.ty(inner)),
            Type::Tuple(items) => format!("({})", items.iter().map(|item| self.ty(item)).collect::<Vec<_>>().join(",")),
            Type::Foreign(id) => self.api.foreign.get(id.0).map(|foreign| foreign.path.clone()).unwrap_or_default(),
            Type::Boolean
            | Type::Integer(_)
            | Type::Double
            | Type::Float
            | Type::String
            | Type::DateTime
            | Type::Date
            | Type::Text(_)
            | Type::Base64
            | Type::File
            | Type::Secret
            | Type::Any
            | Type::Null => format!("{ty:?}"),
        }
    }
}

fn sorted(kind: &str, mut rows: Vec<String>) -> String {
    rows.sort_unstable();
    format!("{kind}<{}>", rows.join(";"))
}
