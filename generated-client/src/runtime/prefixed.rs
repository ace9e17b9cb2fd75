//! Members that share a prefix: custom fields and the like.

use super::datetime::Date;
use super::json::{Json, JsonError, PrefixMap, Reader, Writer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map;
use std::ops::{Deref, DerefMut};

/// The members of an object whose names begin with a prefix: a map by what follows the prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrefixedFields<V = Value> {
    fields: BTreeMap<String, V>,
}

impl<V> PrefixedFields<V> {
    /// No fields.
    pub fn new() -> Self {
        Self { fields: BTreeMap::new() }
    }

    /// Sets the value of a field, and returns the one it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<V>) -> Option<V> {
        self.fields.insert(name.into(), value.into())
    }
}

impl<V> Deref for PrefixedFields<V> {
    type Target = BTreeMap<String, V>;

    fn deref(&self) -> &Self::Target {
        &self.fields
    }
}

impl<V> DerefMut for PrefixedFields<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.fields
    }
}

impl PrefixedFields<Value> {
    /// The value of a field that holds a text.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The value of a field that holds an integer.
    pub fn get_i64(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// The value of a field that holds a number.
    pub fn get_f64(&self, name: &str) -> Option<f64> {
        self.get(name)?.as_f64()
    }

    /// The value of a field that holds `true` or `false`.
    pub fn get_bool(&self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    /// The texts of a field that holds a list of them; a single text is a list of one.
    pub fn get_list(&self, name: &str) -> Option<Vec<&str>> {
        match self.get(name)? {
            Value::String(text) => Some(vec![text]),
            Value::Array(values) => values.iter().map(Value::as_str).collect(),
            _ => None,
        }
    }

    /// The value of a field that holds a date, or a date with a time.
    pub fn get_date(&self, name: &str) -> Option<Date> {
        self.get_str(name)?.parse().ok()
    }
}

impl<V> Default for PrefixedFields<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for PrefixedFields<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, fields: I) {
        self.fields.extend(fields.into_iter().map(|(name, value)| (name.into(), value)));
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for PrefixedFields<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(fields: I) -> Self {
        let mut map = Self::new();
        map.extend(fields);
        map
    }
}

impl<V> IntoIterator for PrefixedFields<V> {
    type Item = (String, V);
    type IntoIter = btree_map::IntoIter<String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.into_iter()
    }
}

impl<'a, V> IntoIterator for &'a PrefixedFields<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = btree_map::Iter<'a, String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V: Json> PrefixMap for PrefixedFields<V> {
    fn decode_entry(&mut self, name: &str, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.fields.decode_entry(name, reader)
    }

    fn encode_entries(&self, prefix: &str, taken: &dyn Fn(&str) -> bool, writer: &mut Writer) {
        self.fields.encode_entries(prefix, taken, writer);
    }
}

impl<V: Json> Json for PrefixedFields<V> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        Json::decode(reader).map(|fields| Self { fields })
    }

    fn encode(&self, writer: &mut Writer) {
        self.fields.encode(writer);
    }
}

serde_impls! { <V> PrefixedFields<V> }
