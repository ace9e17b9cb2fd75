//! Identifiers of what comes back: variants of errors and of successes.

use crate::ir::{Content, Operation, Response, Status};

use super::ident::Ident;
use super::operations::content_word;
use super::reserved;
use super::scope::{Scope, Wish};
use super::words::{self, Symbols};

/// The variants of errors, one per status.
pub(super) fn errors(responses: &[Response]) -> Vec<Ident> {
    let wish = |(index, response): (usize, &Response)| variant(index, status_name(response.status));
    Scope::types(&[]).assign(&responses.iter().enumerate().map(wish).collect::<Vec<_>>())
}

/// A variant; statuses are in an order of their own and media types in that of preference.
fn variant(index: usize, name: String) -> Wish {
    Wish::new(format!("{index:04}"), name, "", 1)
}

/// The fields of response headers.
pub(super) fn headers(operation: &Operation) -> Vec<Ident> {
    let headers = operation.headers();
    let wish = |wire: &String| Wish::new(wire.to_ascii_lowercase(), words::snake(wire), wire, 1);
    Scope::values(&[]).assign(&headers.iter().map(|header| wish(&header.wire)).collect::<Vec<_>>())
}

/// The variants of successes: per response, per media type (one where there is no body).
pub(super) fn successes(responses: &[Response]) -> Vec<Vec<Ident>> {
    let several = responses.len() > 1;
    let mut scope = Scope::types(&[]);
    let mut idents = Vec::new();
    for response in responses {
        let status = status_name(response.status);
        let name = |content: &Content| {
            let word = words::pascal(&content_word(content), Symbols::Separate);
            match (several, response.contents.len()) {
                (true, 1) => status.clone(),
                (true, _) => format!("{status}{word}"),
                (false, _) => word,
            }
        };
        let names: Vec<String> = match response.contents.is_empty() {
            true => vec![status.clone()],
            false => response.contents.iter().map(name).collect(),
        };
        let wishes: Vec<Wish> = names.into_iter().enumerate().map(|(index, name)| variant(index, name)).collect();
        idents.push(scope.assign(&wishes));
    }
    idents
}

/// What a status is called as a variant.
fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => reserved::status_name(code).map_or_else(|| format!("Status{code}"), str::to_owned),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(digit) => format!("Status{digit}xx"),
        Status::Default => "Other".to_owned(),
    }
}
