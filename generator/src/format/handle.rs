//! The type whose methods are the operations of a group.

use crate::tree::{Handle, Method};

use super::layout::{INDENT, chain, documentation, line, listed};

/// Writes the type and its methods.
pub(super) fn print(handle: &Handle, text: &mut String) {
    let name = &handle.name;
    documentation(&handle.docs, "", text);
    text.push_str(&format!(
        "#[derive(Debug, Clone, Copy)]
pub struct {name}<'c> {{
    client: &'c Client,
}}

impl<'c> {name}<'c> {{
    pub(crate) fn new(client: &'c Client) -> Self {{
        Self {{ client }}
    }}
"
    ));
    for method in &handle.methods {
        text.push('\n');
        self::method(method, text);
    }
    line(text, "", "}");
}

fn method(method: &Method, text: &mut String) {
    documentation(&method.docs, INDENT, text);
    for attribute in &method.attributes {
        line(text, INDENT, attribute);
    }
    let arguments: Vec<String> = std::iter::once("self".to_owned()).chain(method.arguments.iter().cloned()).collect();
    let tail = format!(") -> Request<'c, {}> {{", method.marker);
    let head = listed(INDENT, 0, &format!("pub fn {}(", method.name), &arguments, &tail);
    line(text, INDENT, &head);
    let body = "        ";
    line(text, body, &chain(body, "Request::new(self.client)", &method.steps));
    line(text, INDENT, "}");
}
