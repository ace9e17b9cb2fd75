//! Documents that nobody wrote, made from random bytes: whole enough to come far, with names and texts that mean harm.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// Names and texts: ordinary ones, and those that try to leave the place where they stand.
pub const WORDS: &[&str] = &[
    "a",
    "b",
    "id",
    "name",
    "type",
    "Self",
    "self",
    "crate",
    "r#fn",
    "Pet",
    "pet",
    "PET",
    "pet-name",
    "petName",
    "Option",
    "String",
    "Vec",
    "Result",
    "Error",
    "Client",
    "new",
    "body",
    "builder",
    "",
    " ",
    "1",
    "0x",
    "_",
    "__",
    "é",
    "ß",
    "名前",
    "🦀",
    "*/",
    "/*",
    "//",
    "///",
    "\"",
    "\\",
    "\"#",
    "r#\"",
    "'",
    "`",
    "```",
    "]",
    "}",
    "{{",
    "}}",
    "{",
    "${x}",
    "{id}",
    "#[cfg(x)]",
    "$crate",
    "../../x",
    "/etc/x",
    "con",
    "a\0b",
    "a\rb",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}abc",
    "\u{2066}",
    "\u{feff}",
    "\u{7f}",
    "\u{85}",
    "</script>",
    "<img src=x>",
    "<!--",
    "[x](javascript:x)",
    "[[section]]",
    "\"\"\"",
    "'''",
    "a = 1",
    "@",
    "%",
    "%2e%2e",
    "?",
    "#",
    "&",
    "+",
    ":",
    ";",
    ",",
    "|",
    "~1",
    "~0",
    "$ref",
];

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null", "file", "any"];
const FORMATS: &[&str] =
    &["date", "date-time", "uuid", "byte", "binary", "int32", "uint64", "float", "password", "uri"];
const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/octet-stream",
    "text/plain",
    "text/event-stream",
    "application/x-ndjson",
    "application/xml",
    "*/*",
    "a/b; c=\"*/\"",
    "]\"#",
];
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options", "trace"];
const SCHEMAS: &[&str] = &["A", "B", "C", "D", "*/", "../x"];

/// A document of some version.
///
/// # Errors
///
/// When the bytes run out, which only the caller can want.
pub fn document(u: &mut Unstructured<'_>) -> Result<Value> {
    let version = *u.choose(&["3.0.3", "3.1.0", "3.2.0", "3.1.1"])?;
    let mut schemas = Map::new();
    for name in SCHEMAS {
        schemas.insert((*name).to_owned(), schema(u, 4)?);
    }
    let mut paths = Map::new();
    for _ in 0..u.int_in_range(0..=4)? {
        let path = format!("/{}/{{id}}/{}", word(u)?, word(u)?);
        paths.insert(path, path_item(u)?);
    }
    let mut document = json!({
        "openapi": version,
        "info": {"title": word(u)?, "version": word(u)?, "description": text(u)?},
        "servers": [{"url": format!("https://{}.example/{}", word(u)?, word(u)?), "description": text(u)?}],
        "tags": [{"name": word(u)?, "description": text(u)?}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {word(u)?: security_scheme(u)?}},
    });
    if u.ratio(1, 8)? {
        document["webhooks"] = json!({word(u)?: {"post": operation(u)?}});
    }
    Ok(document)
}

fn word(u: &mut Unstructured<'_>) -> Result<&'static str> {
    u.choose(WORDS).copied()
}

/// One to three words on one line or on several.
fn text(u: &mut Unstructured<'_>) -> Result<String> {
    let separator = *u.choose(&[" ", "\n", "\n\n", ""])?;
    let words = (0..u.int_in_range(1..=3)?).map(|_| word(u)).collect::<Result<Vec<_>>>()?;
    Ok(words.join(separator))
}

fn security_scheme(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match u.int_in_range(0..=3)? {
        0 => json!({"type": "apiKey", "name": word(u)?, "in": *u.choose(&["header", "query", "cookie"])?}),
        1 => {
            json!({"type": "http", "scheme": *u.choose(&["basic", "bearer", "digest", "*/"])?, "description": text(u)?})
        }
        2 => {
            json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": word(u)?, "scopes": {word(u)?: text(u)?}}}})
        }
        _ => json!({"type": "openIdConnect", "openIdConnectUrl": word(u)?}),
    })
}

fn path_item(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut item = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        item.insert((*u.choose(METHODS)?).to_owned(), operation(u)?);
    }
    if u.ratio(3, 4)? {
        let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        item.insert("parameters".to_owned(), json!([id]));
    }
    Ok(Value::Object(item))
}

fn operation(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut operation = json!({"description": text(u)?, "responses": responses(u)?});
    if u.ratio(1, 2)? {
        operation["operationId"] = json!(word(u)?);
    }
    if u.ratio(1, 2)? {
        operation["tags"] = json!([word(u)?]);
    }
    if u.ratio(1, 3)? {
        operation["requestBody"] = json!({"required": u.ratio(1, 2)?, "content": content(u)?});
    }
    let parameters = (0..u.int_in_range(0..=2)?).map(|_| parameter(u)).collect::<Result<Vec<_>>>()?;
    operation["parameters"] = Value::Array(parameters);
    Ok(operation)
}

fn parameter(u: &mut Unstructured<'_>) -> Result<Value> {
    let style = *u.choose(&["form", "simple", "label", "matrix", "deepObject", "pipeDelimited", "spaceDelimited"])?;
    Ok(json!({
        "name": word(u)?,
        "in": *u.choose(&["query", "query", "header", "cookie", "path", "querystring"])?,
        "required": u.ratio(1, 2)?,
        "style": style,
        "explode": u.ratio(1, 2)?,
        "description": text(u)?,
        "schema": schema(u, 2)?,
    }))
}

fn responses(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut responses = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let status = *u.choose(&["200", "201", "204", "2XX", "400", "4XX", "default", "*/"])?;
        let mut response = json!({"description": text(u)?});
        if u.ratio(2, 3)? {
            response["content"] = content(u)?;
        }
        if u.ratio(1, 6)? {
            response["headers"] = json!({word(u)?: {"schema": schema(u, 1)?, "description": text(u)?}});
        }
        responses.insert(status.to_owned(), response);
    }
    Ok(Value::Object(responses))
}

fn content(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut content = Map::new();
    for _ in 0..u.int_in_range(1..=2)? {
        content.insert((*u.choose(MEDIA_TYPES)?).to_owned(), json!({"schema": schema(u, 3)?}));
    }
    Ok(Value::Object(content))
}

/// A schema that holds others to some depth.
fn schema(u: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    if depth == 0 || u.is_empty() || u.ratio(1, 6)? {
        return leaf(u);
    }
    let mut schema = match u.int_in_range(0..=7)? {
        0 => json!({"type": "array", "items": schema(u, depth - 1)?}),
        1 => json!({"type": "object", "additionalProperties": schema(u, depth - 1)?}),
        2 => json!({"type": "object", "patternProperties": {format!("^{}", word(u)?): schema(u, depth - 1)?}}),
        3 => json!({*u.choose(&["oneOf", "anyOf", "allOf"])?: several(u, depth - 1)?}),
        4 => tagged(u, depth - 1)?,
        5 => json!({"type": "array", "prefixItems": several(u, depth - 1)?, "items": u.ratio(1, 2)?}),
        _ => object(u, depth - 1)?,
    };
    if u.ratio(1, 2)? {
        schema["description"] = json!(text(u)?);
    }
    if u.ratio(1, 8)? {
        schema[*u.choose(&["nullable", "deprecated", "readOnly", "writeOnly", "uniqueItems", "x-nullable"])?] =
            json!(true);
    }
    if u.ratio(1, 8)? {
        schema["title"] = json!(word(u)?);
    }
    Ok(schema)
}

fn several(u: &mut Unstructured<'_>, depth: u32) -> Result<Vec<Value>> {
    (0..u.int_in_range(1..=4)?).map(|_| schema(u, depth)).collect()
}

fn object(u: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    let mut properties = Map::new();
    for _ in 0..u.int_in_range(0..=4)? {
        properties.insert(word(u)?.to_owned(), schema(u, depth)?);
    }
    let required: Vec<String> = properties.keys().filter(|name| name.len() % 2 == 0).cloned().collect();
    Ok(json!({"type": "object", "properties": properties, "required": required}))
}

/// A union with a discriminator.
fn tagged(u: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    let (left, right) = (*u.choose(SCHEMAS)?, *u.choose(SCHEMAS)?);
    let members = json!([reference(left), reference(right), schema(u, depth)?]);
    let mapping = json!({word(u)?: format!("#/components/schemas/{left}"), word(u)?: right});
    Ok(json!({"oneOf": members, "discriminator": {"propertyName": word(u)?, "mapping": mapping}}))
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))})
}

fn leaf(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match u.int_in_range(0..=7)? {
        0 => reference(u.choose(SCHEMAS)?),
        1 => json!({"type": *u.choose(TYPES)?, "format": *u.choose(FORMATS)?, "default": word(u)?}),
        2 => json!({"type": "string", "enum": [word(u)?, word(u)?, word(u)?]}),
        3 => json!({"type": [*u.choose(TYPES)?, *u.choose(TYPES)?], "example": text(u)?}),
        4 => json!({"enum": [word(u)?, u.int_in_range(-2..=2)?, null, true]}),
        5 => json!({"const": word(u)?, "pattern": word(u)?}),
        6 => {
            json!({"type": "integer", "minimum": u.arbitrary::<i64>()?, "maximum": u.arbitrary::<u8>()?, "default": u.arbitrary::<i8>()?})
        }
        _ => json!({"type": *u.choose(TYPES)?}),
    })
}
