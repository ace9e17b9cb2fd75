//! Finds what a reference points at: in the same file, in another one, by `$id` or by `$anchor`.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::place::Place;
use crate::document::{Documents, FileId, Node, Value};
use crate::pointer;
use crate::suggest::closest;

/// How many references may be crossed on the way to one target.
const MOST_HOPS: usize = 64;

/// How many names are compared with misspelled ones: a thousand mistakes in a document of a thousand schemas.
const MOST_COMPARISONS: usize = 1_000_000;

/// Keywords whose values are data: an `$id` in there names nothing.
const DATA: &[&str] = &["example", "examples", "default", "enum", "const", "value"];

/// A node and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Target<'a> {
    /// Where it stands.
    pub(super) place: Place,
    /// What stands there.
    pub(super) node: &'a Node,
    /// What was overlooked to find it.
    pub(super) repaired: Option<&'static str>,
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Miss {
    /// It is on another host.
    Remote,
    /// No such file was loaded: its absence was reported while loading.
    NoFile,
    /// Nothing stands there; perhaps another name was meant.
    Nothing(Option<String>),
    /// References lead in a circle.
    Cycle,
}

/// Every way to name a place of the documents.
#[derive(Debug)]
pub(super) struct References<'a> {
    documents: &'a Documents,
    roots: BTreeMap<FileId, &'a Node>,
    entry: FileId,
    ids: BTreeMap<String, (Place, &'a Node)>,
    anchors: BTreeMap<(FileId, String), (Place, &'a Node)>,
    /// Schemas with an `$id`, by file and pointer.
    resources: BTreeMap<FileId, BTreeMap<String, (Place, &'a Node, String)>>,
    /// How many more names may be compared with misspelled ones.
    comparisons: Cell<usize>,
}

impl<'a> References<'a> {
    /// Reads the names that the documents give to their parts.
    pub(super) fn new(documents: &'a Documents) -> Self {
        let roots: BTreeMap<_, _> = documents.roots.iter().map(|document| (document.file, &document.tree)).collect();
        let entry = documents.roots.first().map_or(FileId(0), |document| document.file);
        let mut this = Self {
            documents,
            roots,
            entry,
            ids: BTreeMap::new(),
            anchors: BTreeMap::new(),
            resources: BTreeMap::new(),
            comparisons: Cell::new(MOST_COMPARISONS),
        };
        for document in &documents.roots {
            this.index(document.file, &document.tree);
        }
        this
    }

    /// The root of a file.
    pub(super) fn root(&self, file: FileId) -> Option<&'a Node> {
        self.roots.get(&file).copied()
    }

    /// Collects `$self`, `$id`, `id`, `$anchor` and `$dynamicAnchor` of one file.
    fn index(&mut self, file: FileId, root: &'a Node) {
        let names = ["$self", "$id", "id", "$anchor", "$dynamicAnchor"];
        if !contains_key(root, &names) {
            return;
        }
        let mut stack = vec![(Place::root(file), root)];
        while let Some((place, node)) = stack.pop() {
            match &node.value {
                Value::Object(object) => {
                    self.index_object(&place, node);
                    let members = object.iter().filter(|(key, _)| !DATA.contains(&&***key));
                    stack.extend(members.map(|(key, entry)| (place.child(key), &entry.node)));
                }
                Value::Array(items) => {
                    stack.extend(items.iter().enumerate().map(|(at, item)| (place.index(at), item)));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }

    fn index_object(&mut self, place: &Place, node: &'a Node) {
        let text = |key| node.get(key).and_then(Node::as_str);
        let draft4 = text("id").filter(|id| id.contains("://") || id.starts_with('#') || id.starts_with("urn:"));
        for id in [text("$id"), text("$self"), draft4].into_iter().flatten() {
            match id.strip_prefix('#') {
                Some(anchor) => self.anchor(place, node, anchor),
                None => {
                    let id = id.trim_end_matches('#').to_owned();
                    let resource = (place.clone(), node, id.clone());
                    self.resources.entry(place.file).or_default().insert(place.pointer.clone(), resource);
                    self.ids.entry(id).or_insert_with(|| (place.clone(), node));
                }
            }
        }
        for anchor in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
            self.anchor(place, node, anchor);
        }
    }

    fn anchor(&mut self, place: &Place, node: &'a Node, name: &str) {
        self.anchors.entry((place.file, name.to_owned())).or_insert_with(|| (place.clone(), node));
    }

    /// Finds what `text` points at when it is written at `from`.
    pub(super) fn resolve(&self, from: &Place, text: &str) -> Result<Target<'a>, Miss> {
        self.hop(from, text, MOST_HOPS)
    }

    fn hop(&self, from: &Place, text: &str, hops: usize) -> Result<Target<'a>, Miss> {
        if hops == 0 {
            return Err(Miss::Cycle);
        }
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let bases = self.bases(from, path, text)?;
        let fragment = pointer::percent_decode(fragment);
        let mut miss = Miss::Nothing(None);
        for base in bases {
            match self.fragment(&base.place, base.node, &fragment, hops) {
                Ok(target) => return Ok(Target { repaired: target.repaired.or(base.repaired), ..target }),
                Err(found) => miss = found,
            }
        }
        Err(miss)
    }

    /// The documents and embedded resources that the part before `#` may mean, the likeliest first.
    fn bases(&self, from: &Place, path: &str, text: &str) -> Result<Vec<Target<'a>>, Miss> {
        let resource = self.resource_around(from);
        if path.is_empty() {
            let own = self.root(from.file).map(|node| Target { place: Place::root(from.file), node, repaired: None });
            let inner = resource.map(|(place, node, _)| Target { place: place.clone(), node, repaired: None });
            return Ok(inner.into_iter().chain(own).collect());
        }
        let joined = resource.and_then(|(_, _, id)| id.rsplit_once('/').map(|(base, _)| format!("{base}/{path}")));
        for id in [Some(path.to_owned()), joined].into_iter().flatten() {
            if let Some((place, node)) = self.ids.get(&id) {
                return Ok(vec![Target { place: place.clone(), node, repaired: None }]);
            }
        }
        let file = (self.documents.resolve_path(from.file, path))
            .or_else(|| self.documents.resolve_path(from.file, &pointer::percent_decode(path)));
        if let Some((file, node)) = file.and_then(|file| Some((file, self.root(file)?))) {
            return Ok(vec![Target { place: Place::root(file), node, repaired: None }]);
        }
        if !text.contains('#')
            && let Some(target) = self.component(from.file, path)
        {
            return Ok(vec![Target { repaired: Some("a bare name stands for a component"), ..target }]);
        }
        Err(if path.contains("://") { Miss::Remote } else { Miss::NoFile })
    }

    /// The nearest enclosing schema with an `$id`.
    fn resource_around(&self, from: &Place) -> Option<&(Place, &'a Node, String)> {
        let resources = self.resources.get(&from.file)?;
        let mut pointer = from.pointer.as_str();
        while !pointer.is_empty() {
            if let Some(resource) = resources.get(pointer) {
                return Some(resource);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
        None
    }

    /// The component schema called `name`, of this file or of the first one.
    pub(super) fn component(&self, file: FileId, name: &str) -> Option<Target<'a>> {
        [file, self.entry].into_iter().find_map(|file| {
            let node = self.root(file)?.get("components")?.get("schemas")?.get(name)?;
            let place = Place::root(file).child("components").child("schemas").child(name);
            Some(Target { place, node, repaired: None })
        })
    }

    fn fragment(&self, base: &Place, node: &'a Node, fragment: &str, hops: usize) -> Result<Target<'a>, Miss> {
        if fragment.is_empty() || fragment.starts_with('/') {
            let found = self.descend(base, node, fragment, hops);
            let moved = found.is_err().then(|| swagger_places(fragment)).into_iter().flatten();
            return moved.map(|moved| self.descend(base, node, &moved, hops)).find(Result::is_ok).unwrap_or(found);
        }
        if let Some((place, node)) = self.anchors.get(&(base.file, fragment.to_owned())) {
            return Ok(Target { place: place.clone(), node, repaired: None });
        }
        let target = self.descend(base, node, &format!("/{fragment}"), hops)?;
        Ok(Target { repaired: Some("the pointer lacks its first slash"), ..target })
    }

    /// Follows a pointer, crossing references on the way.
    fn descend(&self, base: &Place, node: &'a Node, pointer: &str, hops: usize) -> Result<Target<'a>, Miss> {
        let mut target = Target { place: base.clone(), node, repaired: None };
        for token in pointer.split('/').skip(1) {
            let token = pointer::unescape(token);
            let mut hops = hops;
            loop {
                if let Some(node) = member(target.node, &token) {
                    target = Target { place: target.place.child(&token), node, repaired: target.repaired };
                    break;
                }
                let Some(reference) = target.node.get("$ref").and_then(Node::as_str) else {
                    return Err(Miss::Nothing(self.suggestion(target.node, &token).map(str::to_owned)));
                };
                hops = hops.saturating_sub(1);
                target = self.hop(&target.place, reference, hops)?;
            }
        }
        Ok(target)
    }

    /// The member that was perhaps meant; nothing when so much was misspelled that looking would take too long.
    fn suggestion(&self, node: &'a Node, token: &str) -> Option<&'a str> {
        let object = node.as_object()?;
        self.comparisons.set(self.comparisons.get().checked_sub(object.len())?);
        closest(token, object.keys().map(|key| &**key))
    }
}

/// Whether an object anywhere below has one of the keys with a string under it.
fn contains_key(root: &Node, names: &[&str]) -> bool {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match &node.value {
            Value::Object(object) => {
                for (key, entry) in object {
                    if names.contains(&&**key) && entry.node.as_str().is_some() {
                        return true;
                    }
                    if !DATA.contains(&&**key) {
                        stack.push(&entry.node);
                    }
                }
            }
            Value::Array(items) => stack.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}

/// The member or element that a token names.
fn member<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Object(_) => node.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Where a place of Swagger 2.0 may be in a document of OpenAPI 3.
fn swagger_places(pointer: &str) -> Vec<String> {
    const MOVED: &[(&str, &str)] = &[
        ("/definitions/", "schemas"),
        ("/parameters/", "parameters"),
        ("/parameters/", super::swagger::SHARED_BODIES),
        ("/responses/", "responses"),
        ("/securityDefinitions/", "securitySchemes"),
    ];
    let moved = MOVED.iter().filter_map(|(old, new)| Some((pointer.strip_prefix(old)?, new)));
    moved.map(|(rest, new)| format!("/components/{new}/{rest}")).collect()
}
