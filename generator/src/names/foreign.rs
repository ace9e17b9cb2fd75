//! Types of other crates: the text that the user wrote becomes a path, or is reported.

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Calendar, Foreign, ForeignForm, TextFormat};

use super::NamesConfig;
use super::ident::Ident;
use super::words::is_identifier;

/// The path of a type of another crate, such as `my_crate::Money`: the crate first, without generic arguments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignPath(Vec<Ident>);

impl fmt::Display for ForeignPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments: Vec<&str> = self.0.iter().map(Ident::as_str).collect();
        formatter.write_str(&segments.join("::"))
    }
}

impl ToTokens for ForeignPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let segments = &self.0;
        tokens.extend(quote!(#(#segments)::*));
    }
}

/// The path of the type that stands for a format.
pub fn of_format(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Uuid => "uuid::Uuid",
        TextFormat::Decimal => "rust_decimal::Decimal",
        TextFormat::Uri => "url::Url",
        TextFormat::DateTime(Calendar::Chrono) => "chrono::DateTime<chrono::FixedOffset>",
        TextFormat::DateTime(Calendar::Time) => "time::OffsetDateTime",
        TextFormat::DateTime(Calendar::Jiff) => "jiff::Timestamp",
        TextFormat::Date(Calendar::Chrono) => "chrono::NaiveDate",
        TextFormat::Date(Calendar::Time) => "time::Date",
        TextFormat::Date(Calendar::Jiff) => "jiff::civil::Date",
        TextFormat::Time(Calendar::Chrono) => "chrono::NaiveTime",
        TextFormat::Time(Calendar::Time) => "time::Time",
        TextFormat::Time(Calendar::Jiff) => "jiff::civil::Time",
        TextFormat::Duration => "jiff::SpanFieldwise",
    }
}

/// The path of each type of another crate; `None` for a text that was reported.
pub(super) fn paths(api: &Api, config: &NamesConfig, diagnostics: &mut Diagnostics) -> Vec<Option<ForeignPath>> {
    let mut forms: BTreeMap<String, ForeignForm> =
        api.needs.formats.iter().map(|format| (of_format(*format).to_owned(), ForeignForm::Text)).collect();
    let mut path = |foreign: &Foreign| {
        let problem = match parse(&foreign.path) {
            Err(problem) => problem,
            Ok(path) => match refusal(&path, foreign.form, config, &mut forms) {
                Some(problem) => problem,
                None => return Some(path),
            },
        };
        let diagnostic = diagnostics.report(Code::RustType, Some(foreign.span), problem.message);
        diagnostic.help(problem.help);
        None
    };
    api.foreign.iter().map(&mut path).collect()
}

/// Why a path cannot stand in the crate.
struct Problem {
    message: String,
    help: String,
}

fn parse(text: &str) -> Result<ForeignPath, Problem> {
    let segments: Vec<&str> = text.split("::").collect();
    if segments.len() < 2 || !segments.iter().all(|segment| is_identifier(segment)) {
        let message = format!("`{}` is no path of a type of a crate", text.escape_debug());
        let help = "write the crate and the type, such as `my_crate::Money`; an alias there can stand for a type with \
                    generic arguments";
        return Err(Problem { message, help: help.to_owned() });
    }
    Ok(ForeignPath(segments.into_iter().map(Ident::new).collect()))
}

/// What is against a path; remembers how its values are written.
fn refusal(
    path: &ForeignPath,
    form: ForeignForm,
    config: &NamesConfig,
    forms: &mut BTreeMap<String, ForeignForm>,
) -> Option<Problem> {
    let text = path.to_string();
    let home = path.0.first().map(Ident::as_str).unwrap_or_default();
    if home != "std" && !config.crates.iter().any(|name| name.replace('-', "_") == home) {
        return Some(Problem {
            message: format!("`{text}` is of the crate `{home}`, on which the client does not depend"),
            help: format!("declare it in `oasmith.toml`, below `[dependencies]`: `{home} = \"…\"`"),
        });
    }
    if text == "std::string::String" || text.starts_with("std::primitive::") {
        return Some(Problem {
            message: format!("`{text}` is a type of the language, which the client reads and writes by itself"),
            help: "remove it; `type` and `format` choose such types".to_owned(),
        });
    }
    let is_text = |form: ForeignForm| form == ForeignForm::Text;
    let known = *forms.entry(text.clone()).or_insert(form);
    (is_text(known) != is_text(form)).then(|| Problem {
        message: format!("`{text}` stands for a string in one place and for a number in another"),
        help: "use two types, such as newtypes of a crate of your own".to_owned(),
    })
}
