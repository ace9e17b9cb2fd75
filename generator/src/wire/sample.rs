//! A value of a type: what the document gives as an example where it fits the type, else one that is made up.

use super::hints::{At, Hints};
use super::value::Json;
use crate::ir::{Api, Field, FieldForm, ForeignForm, IntegerWidth, Shape, Struct, TextFormat, Type, TypeId};
use crate::model::Schemas;

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

/// Below this level a value without an example has only what it must have.
const DEEP: usize = 3;
/// How many values one body is made of at most.
const MOST: usize = 2_000;

/// Makes values for one operation.
pub(super) struct Sampler<'a> {
    pub(super) api: &'a Api,
    pub(super) schemas: &'a Schemas,
    pub(super) way: Way,
    /// The types around the value.
    pub(super) open: Vec<TypeId>,
    left: usize,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(api: &'a Api, schemas: &'a Schemas, way: Way) -> Self {
        Self { api, schemas, way, open: Vec::new(), left: MOST }
    }

    /// A value; `None` where there is none, because the type needs itself.
    pub(super) fn value(&mut self, ty: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        self.left = self.left.checked_sub(1)?;
        let fitting = given.and_then(|given| self.fit(ty, at, Some(given)));
        let hints = || self.hints(ty, at);
        let hinted = if fitting.is_some() { Vec::new() } else { hints() };
        fitting
            .or_else(|| hinted.iter().find_map(|hint| self.fit(ty, at, Some(hint))))
            .or_else(|| self.fit(ty, at, None))
    }

    /// The given value as the type writes it, and no other.
    pub(super) fn exact(&mut self, ty: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        self.fit(ty, at, given)
    }

    /// A value that owes nothing to examples.
    pub(super) fn plain(&mut self, ty: &Type, at: At<'_>) -> Option<Json> {
        self.fit(ty, at, None)
    }

    fn hints(&self, ty: &Type, at: At<'_>) -> Vec<Json> {
        let mut values = Hints::of(self.schemas, at.schema).values();
        if let (Type::Named(id), true) = (ty, values.is_empty()) {
            values = Hints::of(self.schemas, self.declared(*id)).values();
        }
        values
    }

    fn declared(&self, id: TypeId) -> Option<crate::model::SchemaId> {
        self.schemas.find(&self.api.types.get(id.0)?.origin.pointer)
    }

    /// The given value as the type writes it, or one that is made up; `None` where the given one is of another kind.
    fn fit(&mut self, ty: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        match ty {
            Type::Boolean => match given {
                None => Some(Json::Bool(true)),
                Some(value @ Json::Bool(_)) => Some(value.clone()),
                Some(_) => None,
            },
            Type::Integer(width) => self.integer(*width, at, given),
            Type::Double | Type::Float => self.number(*ty == Type::Float, given),
            Type::Any => Some(given.map_or_else(|| Json::String(self.text(at)), Json::any)),
            Type::Null => given.is_none_or(|given| *given == Json::Null).then_some(Json::Null),
            Type::File => Some(Json::File(given.and_then(Json::as_str).unwrap_or("contents").to_owned())),
            Type::List(item) => self.list(item, at, given),
            Type::Tuple(places) => self.tuple(places, at, given),
            Type::Map(value) => self.map(value, at, given),
            Type::Nullable(_) if given == Some(&Json::Null) => Some(Json::Null),
            Type::Nullable(inner) => {
                let made = self.fit(inner, at, given);
                if given.is_none() { Some(made.unwrap_or(Json::Null)) } else { made }
            }
            Type::Boxed(inner) => self.fit(inner, at, given),
            Type::Named(id) => self.named(*id, at, given),
            Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Base64 | Type::Text(_) => {
                self.string(ty, at, given)
            }
            Type::Foreign(id) => match self.api.foreign.get(id.0)?.form {
                ForeignForm::Text => self.string(&Type::String, at, given),
                ForeignForm::Integer => self.integer(IntegerWidth::I64, at, given),
                ForeignForm::Number => self.number(false, given),
            },
        }
    }

    fn text(&self, at: At<'_>) -> String {
        Hints::of(self.schemas, at.schema).text(at.name)
    }

    fn integer(&self, width: IntegerWidth, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let text = match given {
            None => Hints::of(self.schemas, at.schema).integer(),
            Some(Json::Number(text)) => text.clone(),
            Some(_) => return None,
        };
        let value: i128 = text.strip_suffix(".0").unwrap_or(&text).parse().ok()?;
        let fits = match width {
            IntegerWidth::I32 => i32::try_from(value).is_ok(),
            IntegerWidth::I64 => i64::try_from(value).is_ok(),
            IntegerWidth::U32 => u32::try_from(value).is_ok(),
            IntegerWidth::U64 => u64::try_from(value).is_ok(),
            IntegerWidth::I128 => true,
        };
        fits.then(|| Json::Number(value.to_string()))
    }

    /// A number, as the client writes it; what is received stays as it was written.
    fn number(&self, single: bool, given: Option<&Json>) -> Option<Json> {
        let text = match given {
            None => "1.5",
            Some(Json::Number(text)) => text,
            Some(_) => return None,
        };
        let (double, float): (f64, f32) = (text.parse().ok()?, text.parse().ok()?);
        let written = if single { serde_json::to_string(&float) } else { serde_json::to_string(&double) };
        let written = written.ok().filter(|text| text != "null")?;
        Some(Json::Number(if self.way == Way::Received { text.to_owned() } else { written }))
    }

    /// A text; those that a type of the client would not read are not taken from examples.
    fn string(&self, ty: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let given = match given {
            None => None,
            Some(given) => Some(given.as_str()?),
        };
        let text = match (ty, given) {
            (Type::Text(format), Some(text)) => of_format(*format, text)?,
            (Type::Text(format), None) => made_up(*format).to_owned(),
            (Type::Base64, Some(text)) => Some(text).filter(|text| is_base64(text))?.to_owned(),
            (Type::Base64, None) => "Y29udGVudHM=".to_owned(),
            (Type::DateTime, None) => "2026-03-04T05:06:07Z".to_owned(),
            (Type::Date, None) => "2026-03-04".to_owned(),
            (_, Some(text)) => text.to_owned(),
            (_, None) => self.text(at),
        };
        Some(Json::String(text))
    }

    fn list(&mut self, item: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let inner = At { schema: Hints::of(self.schemas, at.schema).items(), name: at.name };
        let items = match given {
            None => self.value(item, inner, None).into_iter().collect(),
            Some(Json::List(items)) => items.iter().filter_map(|given| self.value(item, inner, Some(given))).collect(),
            Some(_) => return None,
        };
        Some(Json::List(items))
    }

    fn tuple(&mut self, places: &[Type], at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let items = match given {
            None => &[][..],
            Some(Json::List(items)) => items,
            Some(_) => return None,
        };
        let hints = Hints::of(self.schemas, at.schema);
        let values = places.iter().enumerate().map(|(index, ty)| {
            let inner = At { schema: hints.place(index).or_else(|| hints.items()), name: at.name };
            self.value(ty, inner, items.get(index))
        });
        values.collect::<Option<Vec<_>>>().map(Json::List)
    }

    fn map(&mut self, value: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let inner = At { schema: Hints::of(self.schemas, at.schema).additional(), name: at.name };
        let mut members: Vec<(String, Json)> = match given {
            None => self.value(value, inner, None).map(|value| ("key".to_owned(), value)).into_iter().collect(),
            Some(Json::Object(members)) => members
                .iter()
                .filter_map(|(key, given)| Some((key.clone(), self.value(value, inner, Some(given))?)))
                .collect(),
            Some(_) => return None,
        };
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(Json::Object(members))
    }

    fn named(&mut self, id: TypeId, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let def = self.api.types.get(id.0)?;
        if given.is_none() && self.open.contains(&id) || self.open.len() > 40 {
            return None;
        }
        let at = At { schema: at.schema.or_else(|| self.declared(id)), name: at.name };
        self.open.push(id);
        let value = match &def.shape {
            Shape::Struct(object) => self.object(object, given),
            Shape::StringEnum(values) => {
                let texts: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
                let text = match given {
                    None => texts.iter().find(|text| !text.is_empty()).or(texts.first()),
                    Some(given) => texts.iter().find(|text| given.as_str() == Some(text)),
                };
                text.map(|text| Json::String((*text).to_owned()))
            }
            Shape::IntegerEnum(values) => {
                let mut texts = values.iter().map(|value| Json::Number(value.wire.to_string()));
                texts.find(|text| given.is_none_or(|given| given == text))
            }
            Shape::Union(union) => self.union(union, at, given),
            Shape::Alias(inner) | Shape::Newtype(inner) => self.fit(inner, at, given),
        };
        self.open.pop();
        value
    }

    /// The members in the order in which the client writes them: fields, constants, prefixed ones, others.
    fn object(&mut self, object: &Struct, given: Option<&Json>) -> Option<Json> {
        let known = match given {
            None => &[][..],
            Some(Json::Object(members)) => members,
            Some(_) => return None,
        };
        let mut members: Vec<(String, Json)> = Vec::new();
        for field in &object.fields {
            let own = known.iter().find(|(key, _)| *key == field.wire).map(|(_, value)| value);
            if let Some(value) = self.field(field, own, given.is_some()) {
                members.push((field.wire.clone(), value));
            } else if field.form == FieldForm::Nullable {
                members.push((field.wire.clone(), Json::Null));
            } else if field.form == FieldForm::Plain {
                return None;
            }
        }
        for constant in &object.constants {
            let value = serde_json::from_str::<serde_json::Value>(&constant.json).ok()?;
            members.push((constant.wire.clone(), Json::from(&value)));
        }
        self.further(object, known, &mut members);
        Some(Json::Object(members))
    }

    fn field(&mut self, field: &Field, own: Option<&Json>, exemplary: bool) -> Option<Json> {
        let other_way = match self.way {
            Way::Sent => field.read_only,
            Way::Received => field.write_only,
        };
        if field.form != FieldForm::Plain {
            let unwanted = if exemplary { own.is_none() } else { field.deprecated || self.open.len() > DEEP };
            if other_way || unwanted {
                return None;
            }
            match (own, field.form) {
                (Some(Json::Null), FieldForm::Option) if self.way == Way::Sent => return None,
                (Some(Json::Null), _) => return Some(Json::Null),
                _ => {}
            }
        }
        let at = At { schema: self.schemas.find(&field.origin.pointer), name: &field.wire };
        self.value(&field.ty, at, own)
    }

    /// Members that the type keeps in maps.
    fn further(&mut self, object: &Struct, known: &[(String, Json)], members: &mut Vec<(String, Json)>) {
        let mut others: Vec<&(String, Json)> = known.iter().collect();
        others.sort_by(|(one, _), (other, _)| one.cmp(other));
        others.retain(|(key, _)| {
            !object.fields.iter().any(|field| field.wire == *key)
                && !object.constants.iter().any(|constant| constant.wire == *key)
        });
        let maps = object.prefixed.iter().map(|prefixed| (prefixed.prefix.as_str(), &prefixed.ty));
        for (prefix, ty) in maps.chain(object.extra.iter().map(|ty| ("", ty))) {
            for (key, value) in others.extract_if(.., |(key, _)| key.starts_with(prefix)).collect::<Vec<_>>() {
                let at = At { schema: None, name: key };
                members.extend(self.value(ty, at, Some(value)).map(|value| (key.clone(), value)));
            }
        }
    }
}

fn made_up(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Uuid => "3f2c8f0e-5d0a-4e5e-9c0b-1a2b3c4d5e6f",
        TextFormat::Decimal => "1.5",
        TextFormat::Uri => "https://example.com/a",
        TextFormat::DateTime(crate::ir::Calendar::Chrono) => "2026-03-04T05:06:07+00:00",
        TextFormat::DateTime(_) => "2026-03-04T05:06:07Z",
        TextFormat::Date(_) => "2026-03-04",
        TextFormat::Time(_) => "05:06:07",
        TextFormat::Duration => "P1D",
    }
}

/// An example of a format whose type writes it again as it was; of dates and times each crate has its own idea.
fn of_format(format: TextFormat, text: &str) -> Option<String> {
    let fits = match format {
        TextFormat::Uuid => {
            let shape: Vec<usize> = text.split('-').map(str::len).collect();
            shape == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        }
        TextFormat::Decimal => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
            [whole, fraction].iter().all(|part| (1..12).contains(&part.len()) && is_digits(part))
        }
        TextFormat::Uri
        | TextFormat::DateTime(_)
        | TextFormat::Date(_)
        | TextFormat::Time(_)
        | TextFormat::Duration => text == made_up(format),
    };
    fits.then(|| text.to_ascii_lowercase())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let letters = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    letters && !text.is_empty() && text.len().is_multiple_of(4) && text.len() - body.len() <= 2
}
