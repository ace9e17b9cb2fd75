//! Where a line ends. Everything that may be too long for one line comes through here.

use crate::tree::{Call, Value};

/// Longest line of code.
const WIDTH: usize = 120;
/// One level of indentation.
pub(super) const INDENT: &str = "    ";

/// One line.
pub(super) fn line(text: &mut String, indent: &str, content: &str) {
    if !content.is_empty() {
        text.push_str(indent);
        text.push_str(content);
    }
    text.push('\n');
}

/// A doc comment.
pub(super) fn documentation(docs: &[String], indent: &str, text: &mut String) {
    for doc in docs {
        text.push_str(indent);
        text.push_str(if doc.is_empty() { "///" } else { "/// " });
        text.push_str(doc);
        text.push('\n');
    }
}

/// `open a, b close` where that fits behind what the line holds already, else one item a line.
pub(super) fn listed(indent: &str, before: usize, open: &str, items: &[String], close: &str) -> String {
    let line = format!("{open}{}{close}", items.join(", "));
    if items.is_empty() || fits(indent, before, &line) {
        return line;
    }
    let items: String = items.iter().map(|item| format!("\n{indent}{INDENT}{item},")).collect();
    format!("{open}{items}\n{indent}{close}")
}

/// Names in braces, as many on a line as fit.
pub(super) fn filled(text: &mut String, open: &str, names: &[String], close: &str) {
    let whole = format!("{open}{}{close}", names.join(", "));
    if fits("", 0, &whole) {
        return line(text, "", &whole);
    }
    line(text, "", open);
    let mut row = String::new();
    for name in names {
        if !row.is_empty() && !fits(INDENT, row.len(), &format!(" {name},")) {
            line(text, INDENT, &row);
            row.clear();
        }
        row.push_str(if row.is_empty() { "" } else { " " });
        row.push_str(name);
        row.push(',');
    }
    line(text, INDENT, &row);
    line(text, "", close);
}

/// A value with calls on it: on one line where it fits, else one call a line.
pub(super) fn chain(indent: &str, start: &str, calls: &[Call]) -> String {
    let flat: String = calls.iter().map(|call| format!(".{}", one_line(call))).collect();
    if fits(indent, start.len(), &flat) {
        return format!("{start}{flat}");
    }
    if let [only] = calls {
        return format!("{start}.{}", self::call(indent, start.len() + 1, only));
    }
    let inner = format!("{indent}{INDENT}");
    let calls: String = calls.iter().map(|call| format!("\n{inner}.{}", self::call(&inner, 1, call))).collect();
    format!("{start}{calls}")
}

/// A call behind what the line holds already.
fn call(indent: &str, before: usize, call: &Call) -> String {
    let line = one_line(call);
    if fits(indent, before, &format!("{line},")) {
        return line;
    }
    let inner = format!("{indent}{INDENT}");
    let arguments = call.arguments.iter().map(|argument| match argument {
        Value::Text(text) => format!("\n{inner}{text},"),
        Value::List(items) => format!("\n{inner}{},", listed(&inner, 1, "&[", items, "]")),
    });
    format!("{}({}\n{indent})", call.method, arguments.collect::<String>())
}

/// The same in a row of a table, which is one line for what has no list of its own.
pub(super) fn row_call(indent: &str, before: usize, call: &Call) -> String {
    let has_list = call.arguments.iter().any(|argument| matches!(argument, Value::List(_)));
    if has_list { self::call(indent, before, call) } else { one_line(call) }
}

fn one_line(call: &Call) -> String {
    let arguments: Vec<String> = call.arguments.iter().map(value).collect();
    format!("{}({})", call.method, arguments.join(", "))
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => format!("&[{}]", items.join(", ")),
    }
}

fn fits(indent: &str, before: usize, content: &str) -> bool {
    indent.len() + before + content.chars().count() <= WIDTH
}
