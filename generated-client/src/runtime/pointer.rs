//! One member of a JSON body, found by a JSON Pointer (RFC 6901). All other members keep their text and their order.

use serde_json::Value;

use super::json::{self, Json as _, JsonError, RawJson, Reader, ToJson as _, Writer};

/// The text of a string, or of a number.
pub(crate) fn get(body: &[u8], pointer: &str) -> Option<String> {
    let body: Value = json::from_slice(body).ok()?;
    match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The body with another value at the pointer. Objects on the way to it are made where they are missing.
pub(crate) fn set(body: &[u8], pointer: &str, value: &Value) -> Option<Vec<u8>> {
    let path: Vec<String> = pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~")).collect();
    let body = if body.is_empty() { b"null" } else { body };
    let mut writer = Writer::new();
    copy(&mut Reader::new(body).ok()?, &path, value, &mut writer).ok()?;
    Some(writer.into_bytes())
}

/// Copies a value, but replaces what is at the end of the path.
fn copy(reader: &mut Reader<'_>, path: &[String], value: &Value, writer: &mut Writer) -> Result<(), JsonError> {
    let Some((name, rest)) = path.split_first() else {
        value.write_json(writer);
        return reader.skip();
    };
    let mut missing = true;
    writer.begin_object();
    if !reader.null()? {
        reader.begin_object()?;
        while let Some(key) = reader.key()? {
            writer.key(&key);
            if *key == **name {
                missing = false;
                copy(reader, rest, value, writer)?;
            } else {
                RawJson::decode(reader)?.encode(writer);
            }
        }
    }
    if missing {
        writer.key(name);
        copy(&mut Reader::over("null"), rest, value, writer)?;
    }
    writer.end_object();
    Ok(())
}
