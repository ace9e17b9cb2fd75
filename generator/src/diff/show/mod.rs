//! A report for people and for programs.

mod changelog;
mod github;
mod html;
mod json;
mod text;

pub use changelog::changelog;
pub use github::{annotation, github};
pub use html::html;
pub use json::json;
pub use text::text;

use super::changes::{Change, Detail};
use super::side::Place;
use super::subject::Subject;

/// `GET /pets`, `types::Pet`
fn title(change: &Change) -> String {
    match (&change.subject, &change.request) {
        (Subject::Operation(path), (before, after)) => {
            let request = after.as_ref().or(before.as_ref());
            request.map_or_else(|| path.clone(), |request| format!("{request} ({path})"))
        }
        (Subject::Client, _) => "the client".to_owned(),
        (Subject::Type(path), _) => path.clone(),
        (Subject::Feature(name), _) => format!("feature {name}"),
    }
}

/// Where a detail is to be looked up: in the new document, or in the old one for what is gone.
fn place(detail: &Detail) -> Option<&Place> {
    match detail.after {
        Some(_) => detail.new_place.as_ref(),
        None => detail.old_place.as_ref().or(detail.new_place.as_ref()),
    }
}
