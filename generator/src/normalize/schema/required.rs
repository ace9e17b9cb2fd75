//! `required: true` on a property moves its name into the list of the object.

use super::Context;
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::repair::Repair;

pub(super) fn apply(schema: &mut Node, context: &mut Context<'_, '_>) {
    if schema.get("required").is_some_and(|required| required.as_bool().is_some()) {
        // The object that has this schema as a property reads the flag.
        schema.remove("required");
    }
    let properties = context.written.get("properties").and_then(Node::as_object);
    for (name, entry) in properties.into_iter().flatten() {
        let Some(flag) = entry.node.get("required") else { continue };
        let said = flag.as_bool().or_else(|| (flag.as_str() == Some("true")).then_some(true));
        if said.is_none() {
            continue;
        }
        let message = format!("`required` of the property `{name}` belongs into the list of the object");
        let list = Repair::Append(context.written.span, "required".to_owned(), Value::String(name.clone()));
        let diagnostic = context.diagnostics.report(Code::RepairedRequired, Some(flag.span), message);
        diagnostic.repair(Repair::Remove(flag.span));
        if said == Some(true) {
            diagnostic.repair(list);
        }
        if said == Some(true) {
            add(schema, name, flag);
        }
    }
}

fn add(schema: &mut Node, name: &str, flag: &Node) {
    let list = match schema.get_mut("required").map(|node| &mut node.value) {
        Some(Value::Array(list)) => list,
        Some(_) | None => {
            schema.insert("required", Node::new(Value::Array(vec![Node::string(name, flag.span)]), flag.span));
            return;
        }
    };
    if !list.iter().any(|item| item.as_str() == Some(name)) {
        list.push(Node::string(name, flag.span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::diagnostic::Code;
    use crate::normalize::Version;

    #[test]
    fn flag_of_a_property_moves_into_the_list() {
        let diagnostics = check(
            Version::V3_0,
            r#"{"properties": {"a": {"required": true}, "b": {"required": false}}}"#,
            r#"{"properties": {"a": {"required": true}, "b": {"required": false}}, "required": ["a"]}"#,
        );
        assert_eq!(diagnostics.count(Code::RepairedRequired), 2);
    }

    #[test]
    fn flag_on_the_schema_itself_does_not_stay() {
        check(Version::V3_0, r#"{"type": "string", "required": true}"#, r#"{"type": "string"}"#);
    }
}
