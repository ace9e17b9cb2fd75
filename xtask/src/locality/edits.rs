//! The catalogue: what people do to a description.

use oasmith::document::{Node, Object, Value};
use oasmith::pointer::escape;

/// What an edit does to the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Something comes that can be taken away again.
    Addition,
    /// Something is otherwise.
    Change,
    /// Nothing: an order, or what the client does not say.
    Nothing,
}

/// One edit.
pub(super) struct Edit {
    /// In a few words.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) effect: Effect,
    /// Files, or beginnings of paths, that it concerns beside those about `about`.
    pub(super) also: &'static [&'static str],
    /// The parts of the description that it is about, by pointer.
    pub(super) about: fn(&Target) -> Vec<String>,
    /// Carries it out; `None` when the description has nothing of the kind.
    pub(super) apply: fn(&mut Node, &Target) -> Option<()>,
}

/// What the edits of a document are about.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    /// Where schemas stand.
    base: Vec<&'static str>,
    /// An object with properties.
    pub(super) schema: String,
    /// A property of it that is a string.
    property: String,
    /// An operation.
    pub(super) path: String,
    method: String,
    /// Its tag, when it has one.
    tag: Option<String>,
}

impl Target {
    /// Chooses the first schema and operation with what edits need.
    pub(super) fn find(tree: &Node) -> Option<Self> {
        let base = if tree.get("definitions").is_some() { vec!["definitions"] } else { vec!["components", "schemas"] };
        let schemas = base.iter().try_fold(tree, |node, key| node.get(key))?.as_object()?;
        let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let (schema, property) = schemas.iter().find_map(|(name, entry)| {
            let properties = entry.node.get("properties")?.as_object().filter(|properties| properties.len() > 1)?;
            let is_text = |node: &Node| text(node, "type").as_deref() == Some("string") && node.get("enum").is_none();
            let (property, _) = properties.iter().find(|(_, entry)| is_text(&entry.node))?;
            Some((name.to_string(), property.to_string()))
        })?;
        let paths = tree.get("paths")?.as_object()?;
        let (path, method, tag) = paths.iter().find_map(|(path, entry)| {
            let item = entry.node.as_object()?;
            let (method, entry) =
                item.iter().find(|(method, entry)| is_method(method) && entry.node.get("responses").is_some())?;
            let tag = entry.node.get("tags").and_then(Node::as_array).and_then(|tags| tags.first()?.as_str());
            Some((path.to_string(), method.to_string(), tag.map(str::to_owned)))
        })?;
        Some(Self { base, schema, property, path, method, tag })
    }

    fn schemas<'a>(&self, tree: &'a mut Node) -> Option<&'a mut Node> {
        self.base.iter().try_fold(tree, |node, key| node.get_mut(key))
    }

    fn schema<'a>(&self, tree: &'a mut Node) -> Option<&'a mut Node> {
        self.schemas(tree)?.get_mut(&self.schema)
    }

    fn property<'a>(&self, tree: &'a mut Node) -> Option<&'a mut Node> {
        self.schema(tree)?.get_mut("properties")?.get_mut(&self.property)
    }

    fn operation<'a>(&self, tree: &'a mut Node) -> Option<&'a mut Node> {
        tree.get_mut("paths")?.get_mut(&self.path)?.get_mut(&self.method)
    }

    /// A value as JSON, at the place of the whole document.
    fn node(&self, tree: &Node, json: &str) -> Option<Node> {
        let value: serde_json::Value = serde_json::from_str(json).ok()?;
        Some(node(tree, &value))
    }
}

fn node(tree: &Node, value: &serde_json::Value) -> Node {
    let mut made = Node::new(Value::Null, tree.span);
    made.value = match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => Value::Number(number.to_string().into()),
        serde_json::Value::String(text) => Value::String(text.as_str().into()),
        serde_json::Value::Array(items) => Value::Array(items.iter().map(|item| node(tree, item)).collect()),
        serde_json::Value::Object(members) => {
            let mut object = Node::new(Value::Object(Object::new()), tree.span);
            members.iter().for_each(|(key, value)| object.insert(key, node(tree, value)));
            object.value
        }
    };
    made
}

fn is_method(key: &str) -> bool {
    ["get", "put", "post", "delete", "patch"].contains(&key)
}

fn of_schema(target: &Target) -> Vec<String> {
    vec![format!("/components/schemas/{}", escape(&target.schema)), "/components/schemas/LocalityProbe".to_owned()]
}

fn of_operation(target: &Target) -> Vec<String> {
    vec![format!("/paths/{}", escape(&target.path)), "/paths/~1locality-probe".to_owned()]
}

fn of_nothing(_: &Target) -> Vec<String> {
    Vec::new()
}

/// Puts JSON under a key of a node that is found by `place`; replaces what is there.
macro_rules! put {
    ($place:ident, $key:expr, $json:expr) => {
        |tree, target| {
            let made = target.node(tree, $json)?;
            target.$place(tree)?.insert($key, made);
            Some(())
        }
    };
}

const NEW_OPERATION: &str = r#"{"operationId": "locality_probe", "responses": {"204": {"description": "Done."}}}"#;

/// Files that say which features there are.
const FEATURES: &[&str] = &["Cargo.toml", "README.md", "src/api/", "src/client.rs", "src/lib.rs", "src/types/mod.rs"];

/// Every edit.
pub(super) const EDITS: &[Edit] = &[
    Edit {
        name: "add an optional property",
        effect: Effect::Addition,
        also: &[],
        about: of_schema,
        apply: |tree, target| add_property(tree, target, false),
    },
    Edit {
        name: "add a required property",
        effect: Effect::Addition,
        also: &[],
        about: of_schema,
        apply: |tree, target| add_property(tree, target, true),
    },
    Edit {
        name: "add a property with an enum of its own",
        effect: Effect::Addition,
        also: &[],
        about: of_schema,
        apply: |tree, target| {
            let made = target.node(tree, r#"{"type": "string", "enum": ["first", "second"]}"#)?;
            target.schema(tree)?.get_mut("properties")?.insert("locality_probe", made);
            Some(())
        },
    },
    Edit {
        name: "add a value to an enum",
        effect: Effect::Addition,
        also: &["src/types/", "src/api/"],
        about: of_schema,
        apply: |tree, target| {
            let made = target.node(tree, "\"locality_probe\"")?;
            let schemas = target.schemas(tree)?.as_object_mut()?;
            let values = schemas.values_mut().find_map(|entry| match &mut entry.node.get_mut("enum")?.value {
                Value::Array(values) if values.iter().all(|value| value.as_str().is_some()) => Some(values),
                _ => None,
            })?;
            values.push(made);
            Some(())
        },
    },
    Edit {
        name: "add a schema and a property of it",
        effect: Effect::Addition,
        also: &["src/types/mod.rs"],
        about: of_schema,
        apply: |tree, target| {
            let made =
                target.node(tree, r#"{"type": "object", "properties": {"locality_probe": {"type": "string"}}}"#)?;
            let reference =
                target.node(tree, &format!("{{\"$ref\": \"#/{}/LocalityProbe\"}}", target.base.join("/")))?;
            target.schemas(tree)?.insert("LocalityProbe", made);
            target.schema(tree)?.get_mut("properties")?.insert("locality_probe", reference);
            Some(())
        },
    },
    Edit {
        name: "add a schema that nothing uses",
        effect: Effect::Addition,
        also: &["src/types/mod.rs"],
        about: of_schema,
        apply: |tree, target| {
            let made =
                target.node(tree, r#"{"type": "object", "properties": {"locality_probe": {"type": "string"}}}"#)?;
            target.schemas(tree)?.insert("LocalityProbe", made);
            Some(())
        },
    },
    Edit {
        name: "add an operation to a tag",
        effect: Effect::Addition,
        also: &["src/types/mod.rs"],
        about: of_operation,
        apply: |tree, target| {
            let mut made = target.node(tree, NEW_OPERATION)?;
            if let Some(tag) = &target.tag {
                let tags = target.node(tree, &serde_json::json!([tag]).to_string())?;
                made.insert("tags", tags);
            }
            let Some(_) = &target.tag else {
                // Without tags the path is the group.
                tree.get_mut("paths")?.get_mut(&target.path)?.insert("options", made);
                return Some(());
            };
            let mut item = target.node(tree, "{}")?;
            item.insert("post", made);
            tree.get_mut("paths")?.insert(&format!("{}/locality-probe", target.path.trim_end_matches('/')), item);
            Some(())
        },
    },
    Edit {
        name: "add an operation with a tag of its own",
        effect: Effect::Addition,
        also: FEATURES,
        about: of_operation,
        apply: |tree, target| {
            let mut made = target.node(tree, NEW_OPERATION)?;
            let tags = target.node(tree, "[\"locality_probe\"]")?;
            made.insert("tags", tags);
            let mut item = target.node(tree, "{}")?;
            item.insert("get", made);
            tree.get_mut("paths")?.insert("/locality-probe", item);
            Some(())
        },
    },
    Edit {
        name: "add an optional parameter",
        effect: Effect::Addition,
        also: &[],
        about: of_operation,
        apply: |tree, target| add_parameter(tree, target, "query", false),
    },
    Edit {
        name: "add a required parameter",
        effect: Effect::Addition,
        also: &["README.md", "src/lib.rs"],
        about: of_operation,
        apply: |tree, target| add_parameter(tree, target, "query", true),
    },
    Edit {
        name: "add a header",
        effect: Effect::Addition,
        also: &[],
        about: of_operation,
        apply: |tree, target| add_parameter(tree, target, "header", false),
    },
    Edit {
        name: "document one more error",
        effect: Effect::Addition,
        also: &[],
        about: of_operation,
        apply: |tree, target| {
            let made = target.node(tree, r#"{"description": "A teapot."}"#)?;
            target.operation(tree)?.get_mut("responses")?.insert("418", made);
            Some(())
        },
    },
    Edit {
        name: "describe a property otherwise",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: put!(property, "description", "\"Another text.\""),
    },
    Edit {
        name: "describe a schema otherwise",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: put!(schema, "description", "\"Another text.\""),
    },
    Edit {
        name: "describe an operation otherwise",
        effect: Effect::Change,
        also: &["README.md"],
        about: of_operation,
        apply: put!(operation, "description", "\"Another text.\""),
    },
    Edit {
        name: "give an operation another summary",
        effect: Effect::Change,
        also: &["README.md"],
        about: of_operation,
        apply: put!(operation, "summary", "\"Another text\""),
    },
    Edit {
        name: "describe the API otherwise",
        effect: Effect::Change,
        also: &["README.md", "src/lib.rs"],
        about: of_nothing,
        apply: |tree, target| {
            let made = target.node(tree, "\"Another text.\"")?;
            tree.get_mut("info")?.insert("description", made);
            Some(())
        },
    },
    Edit {
        name: "give the API another version",
        effect: Effect::Change,
        also: &["README.md", "src/lib.rs"],
        about: of_nothing,
        apply: |tree, target| {
            let made = target.node(tree, "\"99.1.2\"")?;
            tree.get_mut("info")?.insert("version", made);
            Some(())
        },
    },
    Edit {
        name: "make a property nullable",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: |tree, target| {
            let upgraded = tree.get("openapi").and_then(Node::as_str).is_some_and(|version| version.starts_with("3.1"));
            let (key, json) = match (upgraded, tree.get("swagger").is_some()) {
                (true, _) => ("type", r#"["string", "null"]"#),
                (false, true) => ("x-nullable", "true"),
                (false, false) => ("nullable", "true"),
            };
            let made = target.node(tree, json)?;
            target.property(tree)?.insert(key, made);
            Some(())
        },
    },
    Edit {
        name: "give a property another type",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: |tree, target| {
            let made = target.node(tree, "{\"type\": \"boolean\"}")?;
            target.schema(tree)?.get_mut("properties")?.insert(&target.property, made);
            Some(())
        },
    },
    Edit {
        name: "require a property, or no longer",
        effect: Effect::Change,
        also: &["README.md", "src/lib.rs"],
        about: of_schema,
        apply: |tree, target| {
            let required = target.node(tree, &serde_json::json!([target.property]).to_string())?;
            let schema = target.schema(tree)?;
            match schema.get("required").and_then(Node::as_array) {
                Some(names) if names.iter().any(|name| name.as_str() == Some(&target.property)) => {
                    let Value::Array(names) = &mut schema.get_mut("required")?.value else { return None };
                    names.retain(|name| name.as_str() != Some(&target.property));
                }
                Some(_) | None => schema.insert("required", required),
            }
            Some(())
        },
    },
    Edit {
        name: "limit the length of a property",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: put!(property, "maxLength", "4321"),
    },
    Edit {
        name: "deprecate a property",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: put!(property, "deprecated", "true"),
    },
    Edit {
        name: "deprecate an operation",
        effect: Effect::Change,
        also: &["README.md", "src/lib.rs"],
        about: of_operation,
        apply: put!(operation, "deprecated", "true"),
    },
    Edit {
        name: "remove a property",
        effect: Effect::Change,
        also: &["README.md", "src/lib.rs"],
        about: of_schema,
        apply: |tree, target| {
            let schema = target.schema(tree)?;
            schema.get_mut("properties")?.remove(&target.property)?;
            if let Some(Value::Array(names)) = schema.get_mut("required").map(|node| &mut node.value) {
                names.retain(|name| name.as_str() != Some(&target.property));
            }
            Some(())
        },
    },
    Edit {
        name: "rename a schema",
        effect: Effect::Change,
        also: &[],
        about: of_schema,
        apply: |tree, target| {
            let (from, to) = (
                format!("#/{}/{}", target.base.join("/"), target.schema),
                format!("#/{}/LocalityProbe", target.base.join("/")),
            );
            let schemas = target.schemas(tree)?.as_object_mut()?;
            let at = schemas.get_index_of(target.schema.as_str())?;
            let (_, entry) = schemas.shift_remove_index(at)?;
            schemas.shift_insert(at, "LocalityProbe".into(), entry);
            refer(tree, &from, &to);
            Some(())
        },
    },
    Edit {
        name: "add what the client does not say (x-…)",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: put!(schema, "x-locality-probe", "1"),
    },
    Edit {
        name: "name paths in another order",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: |tree, _| {
            tree.get_mut("paths")?.as_object_mut()?.reverse();
            Some(())
        },
    },
    Edit {
        name: "name methods of paths in another order",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: |tree, _| {
            tree.get_mut("paths")?
                .as_object_mut()?
                .values_mut()
                .filter_map(|entry| entry.node.as_object_mut())
                .for_each(Object::reverse);
            Some(())
        },
    },
    Edit {
        name: "name schemas in another order",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: |tree, target| {
            target.schemas(tree)?.as_object_mut()?.reverse();
            Some(())
        },
    },
    Edit {
        name: "name properties of all schemas in another order",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: |tree, target| {
            let schemas = target.schemas(tree)?.as_object_mut()?;
            for entry in schemas.values_mut() {
                if let Some(properties) = entry.node.get_mut("properties").and_then(Node::as_object_mut) {
                    properties.reverse();
                }
            }
            Some(())
        },
    },
    Edit {
        name: "name responses and keywords in another order",
        effect: Effect::Nothing,
        also: &[],
        about: of_nothing,
        apply: |tree, target| {
            target.operation(tree)?.get_mut("responses")?.as_object_mut()?.reverse();
            target.operation(tree)?.as_object_mut()?.reverse();
            target.schema(tree)?.as_object_mut()?.reverse();
            tree.as_object_mut()?.reverse();
            Some(())
        },
    },
];

fn add_property(tree: &mut Node, target: &Target, required: bool) -> Option<()> {
    let (made, name) = (target.node(tree, "{\"type\": \"string\"}")?, target.node(tree, "\"locality_probe\"")?);
    let list = target.node(tree, "[\"locality_probe\"]")?;
    let schema = target.schema(tree)?;
    schema.get_mut("properties")?.insert("locality_probe", made);
    if required {
        match schema.get_mut("required").map(|node| &mut node.value) {
            Some(Value::Array(names)) => names.push(name),
            Some(_) => return None,
            None => schema.insert("required", list),
        }
    }
    Some(())
}

fn add_parameter(tree: &mut Node, target: &Target, location: &str, required: bool) -> Option<()> {
    let ty = if tree.get("swagger").is_some() { r#""type": "string""# } else { r#""schema": {"type": "string"}"# };
    let json = format!(r#"{{"name": "locality_probe", "in": "{location}", "required": {required}, {ty}}}"#);
    let (made, list) = (target.node(tree, &json)?, target.node(tree, &format!("[{json}]"))?);
    let operation = target.operation(tree)?;
    match operation.get_mut("parameters").map(|node| &mut node.value) {
        Some(Value::Array(parameters)) => parameters.push(made),
        Some(_) => return None,
        None => operation.insert("parameters", list),
    }
    Some(())
}

/// Changes every reference.
fn refer(node: &mut Node, from: &str, to: &str) {
    match &mut node.value {
        Value::String(text) if **text == *from => *text = to.into(),
        Value::Object(object) => object.values_mut().for_each(|entry| refer(&mut entry.node, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, from, to)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
