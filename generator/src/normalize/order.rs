//! What is a map in a description has no order, so its order must not show: paths, methods and reusable objects are taken
//! by name. Properties keep the order that was published, because arguments of `new` are positional.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::document::{Node, Object, Value};

/// Methods in the order in which people think of them (RFC 9110 §9, then what came later).
const METHODS: &[&str] = &["get", "head", "post", "put", "patch", "delete", "options", "trace", "query"];

/// Takes the maps of a root object by name.
pub(super) fn by_name(root: &mut Node) {
    for key in ["paths", "webhooks"] {
        let Some(paths) = root.get_mut(key).and_then(Node::as_object_mut) else { continue };
        sort(paths);
    }
    if let Some(components) = root.get_mut("components").and_then(Node::as_object_mut) {
        for section in components.values_mut() {
            if let Value::Object(section) = &mut section.node.value {
                sort(section);
            }
        }
    }
}

fn sort(object: &mut Object) {
    object.sort_by(|left, _, right, _| left.cmp(right));
}

/// The place of a method among the others; one that is not usual comes last.
pub fn rank(method: &str) -> usize {
    METHODS.iter().position(|known| *known == method).unwrap_or(METHODS.len())
}

/// Gives the properties of each schema the order that was published; what is new stands after what it follows.
pub fn restore(schemas: &mut IndexMap<String, Node>, published: &BTreeMap<String, Vec<String>>) {
    for (pointer, names) in published {
        let properties = schemas.get_mut(pointer).and_then(|schema| schema.get_mut("properties"));
        let Some(properties) = properties.and_then(Node::as_object_mut) else { continue };
        let known: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let mut order: Vec<Box<str>> = names
            .iter()
            .filter(|name| properties.contains_key(name.as_str()))
            .map(|name| name.as_str().into())
            .collect();
        let mut previous: Option<Box<str>> = None;
        for name in properties.keys() {
            if !known.contains(&**name) {
                let after = previous.as_ref().and_then(|previous| order.iter().position(|known| known == previous));
                order.insert(after.map_or(0, |at| at + 1), name.clone());
            }
            previous = Some(name.clone());
        }
        let places: BTreeMap<&str, usize> = order.iter().enumerate().map(|(at, name)| (&**name, at)).collect();
        properties.sort_by(|left, _, right, _| places.get(&**left).cmp(&places.get(&**right)));
    }
}

/// The order of the properties of each schema that has several.
pub fn published(schemas: &IndexMap<String, Node>) -> BTreeMap<String, Vec<String>> {
    let several = |(pointer, schema): (&String, &Node)| {
        let properties = schema.get("properties")?.as_object()?;
        let names = properties.keys().map(|name| name.to_string()).collect();
        (properties.len() > 1).then(|| (pointer.clone(), names))
    };
    schemas.iter().filter_map(several).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{FileId, Span};

    fn schemas(names: &[&str]) -> IndexMap<String, Node> {
        let span = Span { file: FileId(0), start: 0, end: 0 };
        let object = |names: &[&str]| {
            let mut node = Node::new(Value::Object(Object::new()), span);
            names.iter().for_each(|name| node.insert(name, Node::new(Value::Null, span)));
            node
        };
        let mut schema = object(&[]);
        schema.insert("properties", object(names));
        IndexMap::from([("/a".to_owned(), schema)])
    }

    fn restored(published_names: &[&str], now: &[&str]) -> Vec<String> {
        let mut schemas = schemas(now);
        restore(&mut schemas, &published(&self::schemas(published_names)));
        published(&schemas).remove("/a").unwrap()
    }

    #[test]
    fn reordered_properties_stand_as_they_were_published() {
        assert_eq!(restored(&["c", "a", "b"], &["a", "b", "c"]), ["c", "a", "b"]);
    }

    #[test]
    fn a_new_property_stands_after_the_one_it_follows() {
        assert_eq!(restored(&["c", "a"], &["new", "a", "next", "c", "last"]), ["new", "c", "last", "a", "next"]);
    }

    #[test]
    fn a_property_that_is_gone_leaves_the_others() {
        assert_eq!(restored(&["c", "a", "b"], &["b", "c"]), ["c", "b"]);
    }
}
