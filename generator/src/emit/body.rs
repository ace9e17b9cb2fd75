//! Request bodies: an argument where one is required, a setter where it is not.

use crate::ir::{Body, Content, Form, PropertyEncoding, Type};
use crate::names::Ident;
use crate::tree::{Call, OptionRow, Value};

use super::docs;
use super::object::{PLACEHOLDER, is_placeholder};
use super::parameters::style;
use super::scope::{Scope, literal};

/// The type of a body's argument, and the call that puts it into the request.
pub(super) fn argument(scope: &Scope<'_>, content: &Content, name: &Ident) -> (String, Call) {
    let media_type = concrete(content);
    let typed = |ty: &Type| if *ty == Type::String { "&str".to_owned() } else { scope.spell(ty) };
    let (by_reference, by_value) = (Value::Text(format!("&{name}")), Value::Text(name.to_string()));
    let said = Value::Text(literal(&media_type));
    match &content.form {
        Form::Json(ty) if media_type == "application/json" => (typed(ty), Call::new("json", [by_reference])),
        Form::Json(ty) => (typed(ty), Call::new("json_as", [said, by_reference])),
        Form::UrlEncoded(ty, encodings) => {
            (typed(ty), Call::new("form", [by_reference, self::encodings(scope, encodings)]))
        }
        Form::Multipart(ty, encodings) => {
            let encodings = self::encodings(scope, encodings);
            let call = match media_type.as_str() {
                "multipart/form-data" => Call::new("multipart", [by_reference, encodings]),
                _ => Call::new("multipart_as", [said, by_reference, encodings]),
            };
            (typed(ty), call)
        }
        Form::Text | Form::Events(_) | Form::EventObjects(..) => {
            ("impl Into<String>".to_owned(), Call::new("text", [said, by_value]))
        }
        Form::Binary if content.is_range() => {
            (format!("impl Into<{}>", scope.import("File")), Call::new("file", [by_value]))
        }
        Form::Binary => (format!("impl Into<{}>", scope.import("Body")), Call::new("bytes", [said, by_value])),
        Form::JsonLines(ty) => {
            (format!("impl IntoIterator<Item = {}>", scope.spell(ty)), Call::new("json_lines", [said, by_value]))
        }
    }
}

/// The media type that is sent; a range says only what may be (RFC 9110 §12.5.1).
pub(crate) fn concrete(content: &Content) -> String {
    let essence = content.media_type.split(';').next().unwrap_or_default().trim();
    match &content.form {
        _ if content.is_range() => {}
        // The boundary is chosen anew for each request.
        Form::Multipart(..) => return essence.to_owned(),
        _ => return content.media_type.clone(),
    }
    let concrete = match &content.form {
        Form::Json(_) => "application/json",
        Form::UrlEncoded(..) => "application/x-www-form-urlencoded",
        Form::Multipart(..) => "multipart/form-data",
        Form::Text => "text/plain",
        Form::Binary => "application/octet-stream",
        Form::JsonLines(_) => "application/x-ndjson",
        Form::Events(_) | Form::EventObjects(..) => "text/event-stream",
    };
    concrete.to_owned()
}

/// How the properties of a form are written, where it is not the usual way.
pub(super) fn encodings(scope: &Scope<'_>, encodings: &[PropertyEncoding]) -> Value {
    let row = |property: &PropertyEncoding| {
        let mut row = format!("{}::new({})", scope.import("Encoding"), literal(&property.wire));
        if let Some(encoding) = &property.style {
            row.push_str(&format!(".style({})", style(scope, encoding)));
        }
        if let Some(content_type) = &property.content_type {
            row.push_str(&format!(".content_type({})", literal(content_type)));
        }
        row
    };
    Value::List(encodings.iter().map(row).collect())
}

/// The setter of an optional body.
pub(super) fn option(scope: &Scope<'_>, body: &Body, content: &Content, name: &Ident) -> OptionRow {
    let fallback = format!("Sets the body, sent as {}.", docs::code(&content.media_type));
    let (ty, step) = argument(scope, content, name);
    let attributes = is_placeholder(name).then_some(PLACEHOLDER).into_iter().collect();
    OptionRow { docs: docs::lines(&body.docs, &fallback), attributes, name: name.clone(), ty, step }
}
