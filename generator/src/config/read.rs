//! The text of `oasmith.toml` to its types: every mistake in it is told, each with what was probably meant.

use std::ops::Range;

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};

use super::{Config, span};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Reported};
use crate::document::FileId;
use crate::suggest::closest;

/// Reads a text. The reader of TOML stops at the first mistake, so each one is taken out and the rest is read again.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Result<Config, Reported> {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    let mut wrong: Option<Reported> = None;
    for error in errors {
        wrong = Some(report(file, &error, diagnostics));
    }
    if let Some(reported) = wrong {
        return Err(reported);
    }
    loop {
        let error = match Config::deserialize(Deserializer::from(table.clone())) {
            Ok(config) => return wrong.map_or(Ok(Config { file: Some(file), ..config }), Err),
            Err(error) => error,
        };
        // What is missing now was perhaps only taken out.
        if let Some(reported) = wrong.filter(|_| error.message().starts_with("missing field")) {
            return Err(reported);
        }
        let reported = report(file, &error, diagnostics);
        wrong = Some(reported);
        if !error.span().is_some_and(|place| take_out(table.get_mut(), &place)) {
            return Err(reported);
        }
    }
}

/// Takes out the member whose key or value stands at a place; whether there is one.
fn take_out(table: &mut DeTable<'_>, place: &Range<usize>) -> bool {
    let found = table.iter().find(|(key, value)| key.span() == *place || value.span() == *place);
    match found.map(|(key, _)| key.clone()) {
        Some(key) => table.remove(&key).is_some(),
        None => table.iter_mut().any(|(_, value)| take_out_below(value.get_mut(), place)),
    }
}

fn take_out_below(value: &mut DeValue<'_>, place: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, place),
        DeValue::Array(items) => items.iter_mut().any(|item| take_out_below(item.get_mut(), place)),
        _ => false,
    }
}

/// Turns an error of the TOML reader into a diagnostic; its messages name what they would have accepted.
fn report(file: FileId, error: &toml::de::Error, diagnostics: &mut Diagnostics) -> Reported {
    let place = error.span().map(|range| span(file, &range));
    let message = error.message().trim_end();
    let mut quoted = message.split('`').skip(1).step_by(2);
    match (message.split_once("unknown field"), message.split_once("unknown variant"), quoted.next()) {
        (Some(_), _, Some(name)) => {
            let diagnostic = diagnostics.report(Code::ConfigUnknownKey, place, format!("unknown key `{name}`"));
            suggest(diagnostic, name, quoted.collect())
        }
        (_, Some(_), Some(name)) => {
            let diagnostic = diagnostics.report(Code::ConfigSyntax, place, format!("unknown value `{name}`"));
            suggest(diagnostic, name, quoted.collect())
        }
        _ => diagnostics.error(Code::ConfigSyntax, place, message),
    }
}

fn suggest(diagnostic: &mut Diagnostic, name: &str, known: Vec<&str>) -> Reported {
    match closest(name, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("known here: `{}`", known.join("`, `"))),
    };
    diagnostic.reported()
}
