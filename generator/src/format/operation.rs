//! Tables of operations: what is known of one, its setters, its successes.

use crate::tree::{ErrorRow, Errors, Facts, OptionRow, Options, SuccessRow};

use super::layout::{INDENT, documentation, line, listed, row_call};
use super::table::string;

/// `operation! { … }`
pub(super) fn facts(facts: &Facts, text: &mut String) {
    line(text, "", "operation! {");
    documentation(&facts.docs, INDENT, text);
    let mut row = |content: &str| line(text, INDENT, &format!("{content},"));
    let (method, path) = (string(&facts.method), string(&facts.path));
    row(&format!("{}({}): {method} {path}", facts.marker, string(&facts.id)));
    let read = facts.read.map(|read| format!(" as {read}")).unwrap_or_default();
    row(&format!("output: {}{read}", facts.output));
    row(&format!("error: {}", facts.error));
    if let Some(accept) = &facts.accept {
        row(&format!("accept: {}", string(accept)));
    }
    if facts.streamed {
        row("delivery: stream");
    }
    if !facts.servers.is_empty() {
        let servers: Vec<String> = facts.servers.iter().map(|server| string(server)).collect();
        row(&listed(INDENT, 1, "servers: [", &servers, "]"));
    }
    if !facts.security.is_empty() {
        let together = |schemes: &Vec<_>| {
            format!("[{}]", schemes.iter().map(ToString::to_string).collect::<Vec<String>>().join(", "))
        };
        let alternatives: Vec<String> = facts.security.iter().map(together).collect();
        row(&format!("security: {}", alternatives.join(" or ")));
    }
    line(text, "", "}");
}

/// `options!(List of Pets::list { … });`
pub(super) fn options(options: &Options, text: &mut String) {
    let (handle, method) = &options.method;
    line(text, "", &format!("options!({} of {handle}::{method} {{", options.marker));
    for row in &options.rows {
        option(row, text);
    }
    line(text, "", "});");
}

fn option(row: &OptionRow, text: &mut String) {
    documentation(&row.docs, INDENT, text);
    for attribute in &row.attributes {
        line(text, INDENT, attribute);
    }
    let head = format!("{}({}) => ", row.name, row.ty);
    line(text, INDENT, &format!("{head}{},", row_call(INDENT, head.chars().count(), &row.step)));
}

/// `errors!(ListError of Pets::list { … });`
pub(super) fn errors(errors: &Errors, text: &mut String) {
    let (handle, method) = &errors.method;
    line(text, "", &format!("errors!({} of {handle}::{method} {{", errors.name));
    for ErrorRow { docs, statuses, variant, body } in &errors.rows {
        documentation(docs, INDENT, text);
        let body = body.iter().map(|(ty, read)| format!("({ty} as {read})"));
        line(text, INDENT, &format!("{statuses} => {variant}{},", body.collect::<String>()));
    }
    line(text, "", "});");
}

/// `200 if "text/csv" => Csv(text)`
pub(super) fn success_row(row: &SuccessRow) -> String {
    let media_type = row.media_type.iter().map(|media_type| format!(" if {}", string(media_type)));
    let boxed = if row.boxed { "boxed " } else { "" };
    let read = row.read.iter().map(|read| format!("({boxed}{read})"));
    format!("{}{} => {}{}", row.statuses, media_type.collect::<String>(), row.variant, read.collect::<String>())
}
