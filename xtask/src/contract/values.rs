//! Rust expressions for values: a type of the generated crate and its schema come in, source text goes out.
//!
//! The type says how a value is spelled, the schema what it may be. `None` means that no value could be found.

use std::cell::RefCell;

use oasmith::ir::{
    Api, Field, FieldForm, Guard, IntegerWidth, Shape, Struct, TextFormat, Type, TypeId, Union, UnionRule,
};
use oasmith::model::{SchemaId, Schemas};
use oasmith::names::{Home, Names};

use super::facets::Facets;

/// How much of a value is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What the document requires.
    Required,
    /// Optional properties too.
    Everything,
}

/// Objects below this level have their required properties only, so that a value stays of a readable size.
const DEEP: usize = 4;

/// Where values are looked for.
pub(super) struct Values<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) schemas: &'a Schemas,
    extent: Extent,
    open: RefCell<Vec<TypeId>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, schemas: &'a Schemas, extent: Extent) -> Self {
        Self { api, names, schemas, extent, open: RefCell::default() }
    }

    /// A value of exactly this type.
    pub(super) fn of(&self, ty: &Type, schema: Option<SchemaId>) -> Option<String> {
        self.value(ty, &Facets::of(self.schemas, schema))
    }

    /// A text for a body that travels as it is; a number or a boolean is written out.
    pub(super) fn text(&self, schema: Option<SchemaId>) -> Option<String> {
        Facets::of(self.schemas, schema).plain().map(|text| format!("{text:?}"))
    }

    fn value(&self, ty: &Type, facets: &Facets<'_>) -> Option<String> {
        Some(match ty {
            Type::Boolean => facets.boolean().to_string(),
            Type::Integer(width) => format!("{}_{}", facets.integer(), suffix(*width)),
            Type::Double => format!("{:?}_f64", facets.number()),
            Type::Float => format!("{:?}_f32", facets.number()),
            Type::String => format!("{:?}.to_owned()", facets.text()?),
            Type::DateTime => r#""2026-03-04T05:06:07Z".parse::<client::DateTime>().unwrap()"#.to_owned(),
            Type::Date => r#""2026-03-04".parse::<client::Date>().unwrap()"#.to_owned(),
            Type::Text(TextFormat::Uuid) => {
                r#""3f2c8f0e-5d0a-4e5e-9c0b-1a2b3c4d5e6f".parse::<uuid::Uuid>().unwrap()"#.to_owned()
            }
            Type::Text(TextFormat::Decimal) => {
                format!("\"{}\".parse::<rust_decimal::Decimal>().unwrap()", facets.number())
            }
            // Only a configuration chooses the others.
            Type::Text(_) => return None,
            // What texts a type of another crate takes is not known.
            Type::Foreign(_) => return None,
            Type::Base64 => r#"client::Base64::from(b"contents".to_vec())"#.to_owned(),
            Type::File => r#"client::File::new(b"contents".to_vec()).name("file.txt")"#.to_owned(),
            Type::Secret => format!("client::Secret::new({:?})", facets.text()?),
            Type::Any => format!("serde_json::from_str::<client::Value>({:?}).unwrap()", facets.json()?),
            Type::Null => "()".to_owned(),
            Type::List(item) => self.list(item, facets)?,
            Type::Tuple(items) => self.tuple(items, facets)?,
            Type::Map(inner) => self.map(inner, facets)?,
            Type::Nullable(inner) => format!("Some({})", self.value(inner, facets)?),
            Type::Boxed(inner) => format!("Box::new({})", self.value(inner, facets)?),
            Type::Named(id) => self.named(*id, facets, None)?,
        })
    }

    fn list(&self, item: &Type, facets: &Facets<'_>) -> Option<String> {
        let least = facets.count("minItems");
        // Two items show how they are told apart; equal ones are refused where items are unique.
        let single = self.extent == Extent::Required || facets.has("uniqueItems") || facets.has("maxItems");
        let usual = if single { 1 } else { 2 };
        let count = if self.is_deep() { least } else { least.max(usual) };
        let items: Option<Vec<String>> = (0..count.min(32)).map(|_| self.value(item, &facets.items())).collect();
        Some(format!("vec![{}]", items?.join(", ")))
    }

    fn tuple(&self, items: &[Type], facets: &Facets<'_>) -> Option<String> {
        if items.is_empty() || items.len() > 12 {
            return Some("vec![]".to_owned());
        }
        let values: Option<Vec<String>> =
            items.iter().enumerate().map(|(index, item)| self.value(item, &facets.place(index))).collect();
        Some(format!("({},)", values?.join(", ")))
    }

    fn map(&self, inner: &Type, facets: &Facets<'_>) -> Option<String> {
        let none = facets.is_closed() || facets.count("maxProperties") == 0 && facets.has("maxProperties");
        if self.is_deep() || none {
            return Some("std::collections::BTreeMap::new()".to_owned());
        }
        let value = self.value(inner, &facets.additional())?;
        let key = facets.key()?;
        Some(format!("std::collections::BTreeMap::from([({key:?}.to_owned(), {value})])"))
    }

    /// A value of a named type; `tag` is what a tagged union wants one property to be.
    fn named(&self, id: TypeId, facets: &Facets<'_>, tag: Option<(&str, &str)>) -> Option<String> {
        let def = self.api.types.get(id.0)?;
        let own = Facets::of(self.schemas, self.schemas.find(&def.origin.pointer));
        let facets = if facets.is_empty() { &own } else { facets };
        if self.open.borrow().iter().filter(|open| **open == id).count() > 1 {
            return None;
        }
        self.open.borrow_mut().push(id);
        let value = match &def.shape {
            Shape::Struct(object) => self.structure(id, object, tag),
            Shape::StringEnum(values) => {
                let known: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
                self.enumerator(id, facets.choose(&known))
            }
            Shape::IntegerEnum(values) => {
                let known: Vec<String> = values.iter().map(|value| value.wire.to_string()).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                self.enumerator(id, facets.choose(&known))
            }
            Shape::Union(union) => self.union(id, union),
            Shape::Alias(ty) => self.value(ty, facets),
            Shape::Newtype(ty) => self.value(ty, facets).map(|inner| format!("{}({inner})", self.path(id))),
        };
        self.open.borrow_mut().pop();
        value
    }

    fn enumerator(&self, id: TypeId, index: usize) -> Option<String> {
        let variant = self.names.ty(id).members.variants.get(index)?;
        Some(format!("{}::{variant}", self.path(id)))
    }

    /// The first member for which there is a value; a member that leads back here has none.
    fn union(&self, id: TypeId, union: &Union) -> Option<String> {
        let variants = union.variants.iter().zip(&self.names.ty(id).members.variants);
        let mut values = variants.filter_map(|(variant, name)| {
            let path = format!("{}::{name}", self.path(id));
            if variant.guard == Guard::Null && variant.ty == Type::Null {
                return Some(path);
            }
            let inner = match (&union.rule, &variant.guard) {
                (UnionRule::Tag(tag), _) if !variant.adds_tag => {
                    self.tagged(&variant.ty, variant.tags.first().map(|value| (tag.as_str(), value.as_str())))?
                }
                (UnionRule::Guards, Guard::Strings(texts)) if variant.ty == Type::String => {
                    format!("{:?}.to_owned()", texts.first()?)
                }
                (UnionRule::Guards, Guard::Object { values, .. }) => {
                    let tag = values.first().and_then(|(key, texts)| Some((key.as_str(), texts.first()?.as_str())));
                    self.tagged(&variant.ty, tag)?
                }
                (UnionRule::Guards | UnionRule::Tag(_), _) => self.value(&variant.ty, &Facets::default())?,
            };
            Some(format!("{path}(({inner}).into())"))
        });
        values.next()
    }

    fn tagged(&self, ty: &Type, tag: Option<(&str, &str)>) -> Option<String> {
        match ty {
            Type::Named(id) => self.named(*id, &Facets::default(), tag),
            Type::Boxed(inner) => self.tagged(inner, tag).map(|inner| format!("Box::new({inner})")),
            _ => self.value(ty, &Facets::default()),
        }
    }

    /// `Pet::new(…).name(…)`
    fn structure(&self, id: TypeId, object: &Struct, tag: Option<(&str, &str)>) -> Option<String> {
        let members = &self.names.ty(id).members;
        let deep = self.is_deep();
        let (mut required, mut setters) = (Vec::new(), String::new());
        for (field, name) in object.fields.iter().zip(&members.fields) {
            let tag = tag.filter(|(wire, _)| *wire == field.wire).map(|(_, value)| value);
            if field.form == FieldForm::Plain {
                required.push(self.field(field, tag)?);
            } else if !field.read_only
                && (tag.is_some() || self.wants(field, deep))
                && let Some(value) = self.field(field, tag)
            {
                setters.push_str(&format!(".{name}({value})"));
            }
        }
        if self.extent == Extent::Everything && !deep {
            for (prefixed, name) in object.prefixed.iter().zip(&members.prefixed) {
                if let Some(value) = self.value(&prefixed.ty, &Facets::default()) {
                    setters.push_str(&format!(".{name}(\"key\", {value})"));
                }
            }
        }
        Some(format!("{}::new({}){setters}", self.path(id), required.join(", ")))
    }

    /// A nullable property that must be there is written as `null` when it is not set, which is right as well.
    fn wants(&self, field: &Field, deep: bool) -> bool {
        let recursive = matches!(&field.ty, Type::Named(id) if self.open.borrow().contains(id));
        match self.extent {
            Extent::Required => false,
            Extent::Everything => !deep && !recursive && !matches!(field.ty, Type::Boxed(_)),
        }
    }

    /// The argument of `new` or of a setter: a box is made there.
    fn field(&self, field: &Field, tag: Option<&str>) -> Option<String> {
        let ty = match &field.ty {
            Type::Boxed(inner) => inner,
            ty => ty,
        };
        let facets = Facets::of(self.schemas, self.schemas.find(&field.origin.pointer));
        match (ty, tag) {
            (Type::String, Some(tag)) => Some(format!("{tag:?}.to_owned()")),
            (Type::Named(id), Some(tag)) => self.tag_value(*id, tag).or_else(|| self.value(ty, &facets)),
            _ => self.value(ty, &facets),
        }
    }

    fn tag_value(&self, id: TypeId, tag: &str) -> Option<String> {
        match &self.api.types.get(id.0)?.shape {
            Shape::StringEnum(values) => self.enumerator(id, values.iter().position(|value| value.wire == tag)?),
            Shape::Alias(Type::Named(inner)) => self.tag_value(*inner, tag),
            Shape::Alias(Type::String) => Some(format!("{tag:?}.to_owned()")),
            Shape::Struct(_) | Shape::IntegerEnum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => None,
        }
    }

    fn is_deep(&self) -> bool {
        self.open.borrow().len() > DEEP
    }

    /// The type's path from outside the crate.
    fn path(&self, id: TypeId) -> String {
        let names = self.names.ty(id);
        match &names.home {
            Home::Types(_) => format!("client::types::{}", names.ident),
            Home::Group(group) => format!("client::api::{}::{}", self.names.group(*group).module, names.ident),
        }
    }
}

fn suffix(width: IntegerWidth) -> &'static str {
    match width {
        IntegerWidth::I32 => "i32",
        IntegerWidth::I64 => "i64",
        IntegerWidth::U32 => "u32",
        IntegerWidth::U64 => "u64",
        IntegerWidth::I128 => "i128",
    }
}
