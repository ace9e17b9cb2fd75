//! A value of a union: the member that the example is one of, or the first one that has a value.

use super::hints::At;
use super::sample::Sampler;
use super::value::Json;
use crate::ir::{Guard, Type, Union, UnionRule, Variant};

impl Sampler<'_> {
    pub(super) fn union(&mut self, union: &Union, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        let inner = At { schema: None, name: at.name };
        let candidates =
            union.variants.iter().filter(|variant| given.is_none_or(|given| admits(union, variant, given)));
        let mut values = candidates.filter_map(|variant| {
            let value = self.member(&variant.ty, inner, given)?;
            Some(match &union.rule {
                UnionRule::Tag(key) => tagged(key, variant, given, value),
                UnionRule::Guards => guarded(&variant.guard, value),
            })
        });
        values.next()
    }

    fn member(&mut self, ty: &Type, at: At<'_>, given: Option<&Json>) -> Option<Json> {
        match given {
            // An example of the union is of one of its members; the others do not stand in with examples of their own.
            Some(_) => self.exact(ty, at, given),
            None => self.value(ty, at, None),
        }
    }
}

/// Whether the rule of the union tries a value as this member.
fn admits(union: &Union, variant: &Variant, given: &Json) -> bool {
    match &union.rule {
        UnionRule::Tag(key) => {
            let tag = given.get(key).and_then(Json::as_str);
            tag.is_some_and(|tag| variant.tags.iter().any(|known| known == tag))
        }
        UnionRule::Guards => holds(&variant.guard, given),
    }
}

fn holds(guard: &Guard, given: &Json) -> bool {
    match guard {
        Guard::Any => true,
        Guard::Null => *given == Json::Null,
        Guard::Boolean => matches!(given, Json::Bool(_)),
        Guard::Integer => matches!(given, Json::Number(text) if !text.contains(['.', 'e', 'E'])),
        Guard::Number => matches!(given, Json::Number(_)),
        Guard::String => matches!(given, Json::String(_)),
        Guard::Strings(texts) => given.as_str().is_some_and(|text| texts.iter().any(|known| known == text)),
        Guard::Array => matches!(given, Json::List(_)),
        Guard::Object { keys, values, .. } => {
            let has_values = |(key, texts): &(String, Vec<String>)| {
                given.get(key).and_then(Json::as_str).is_some_and(|text| texts.iter().any(|known| known == text))
            };
            matches!(given, Json::Object(_))
                && keys.iter().all(|key| given.get(key).is_some())
                && values.iter().all(has_values)
        }
    }
}

/// The value with the tag that means its member: where the type carries the tag it is a member already, else it comes first.
fn tagged(key: &str, variant: &Variant, given: Option<&Json>, value: Json) -> Json {
    let own = given.and_then(|given| given.get(key)).and_then(Json::as_str).filter(|_| !variant.adds_tag);
    let (Some(tag), Json::Object(mut members)) = (own.or(variant.tags.first().map(String::as_str)), value.clone())
    else {
        return value;
    };
    let tag = Json::String(tag.to_owned());
    match members.iter_mut().find(|(name, _)| name == key) {
        Some((_, value)) => *value = tag,
        None => members.insert(0, (key.to_owned(), tag)),
    }
    Json::Object(members)
}

/// The value with the texts by which its member is recognized.
fn guarded(guard: &Guard, value: Json) -> Json {
    let (Guard::Object { values, .. }, Json::Object(mut members)) = (guard, value.clone()) else { return value };
    for (key, texts) in values {
        let member = members.iter_mut().find(|(name, _)| name == key);
        if let (Some((_, value)), Some(text)) = (member, texts.first())
            && !value.as_str().is_some_and(|known| texts.iter().any(|text| text == known))
        {
            *value = Json::String(text.clone());
        }
    }
    Json::Object(members)
}
