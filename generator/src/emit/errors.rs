//! Documented errors: the enum of an operation as its `errors!` table.

use crate::ir::{Content, Form, Operation, Response};
use crate::names::Ident;
use crate::tree::{ErrorRow, Errors, Module, Table};

use super::operation::Call;
use super::responses::{pattern, status_text};
use super::scope::Scope;
use super::{docs, layout};

/// The type of an operation's errors.
pub(super) fn name(scope: &Scope<'_>, call: &Call<'_>) -> String {
    if call.operation.errors.is_empty() {
        return scope.import("Undocumented").to_owned();
    }
    call.names.error.to_string()
}

/// Adds the table, where errors are documented.
pub(super) fn emit(scope: &Scope<'_>, call: &Call<'_>, method: (Ident, Ident), module: &mut Module) {
    let Call { operation, names, .. } = call;
    if operation.errors.is_empty() {
        return;
    }
    let rows = operation.errors.iter().zip(&names.errors);
    let rows = rows.map(|(response, variant)| row(scope, operation, response, variant)).collect();
    module.table(Table::Errors(Errors { name: names.error.clone(), method, rows }));
}

/// The media type that is read: JSON where there is one. An answer to `HEAD` has no body.
fn content<'a>(operation: &Operation, response: &'a Response) -> Option<&'a Content> {
    let json = response.contents.iter().find(|content| matches!(content.form, Form::Json(_)));
    json.or(response.contents.first()).filter(|_| operation.method != "HEAD")
}

fn row(scope: &Scope<'_>, operation: &Operation, response: &Response, variant: &Ident) -> ErrorRow {
    let brief = docs::brief(&response.docs).map(|text| format!(": {text}")).unwrap_or_default();
    let body = content(operation, response).map(|content| match &content.form {
        Form::Json(ty) if layout::is_large(scope.ctx.api, ty) => (format!("Box<{}>", scope.spell(ty)), "json"),
        Form::Json(ty) => (scope.spell(ty), "json"),
        Form::Text | Form::Events(_) | Form::EventObjects(..) | Form::JsonLines(_) | Form::UrlEncoded(..) => {
            ("String".to_owned(), "text")
        }
        Form::Binary | Form::Multipart(..) => (scope.import("Bytes").to_owned(), "bytes"),
    });
    ErrorRow {
        docs: docs::safe(&format!("{}{brief}", status_text(response.status))),
        statuses: pattern(response.status),
        variant: variant.clone(),
        body,
    }
}
