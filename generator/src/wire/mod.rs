//! Wire transcripts, `wire/<group>/<operation>.http`: for each operation a request and a response as they are on the wire.
//!
//! They come first in a review, and are data for tests. The values are the document's examples where they fit their types
//! (`sample`); what lays them out is the encoder of the generated client itself (`encoder`).

mod body;
mod encoder;
mod hints;
mod request;
mod sample;
mod show;
mod union;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::ir::{Api, Content, Operation, OperationId, Response, Status};
use crate::model::Schemas;
use crate::names::Names;
use crate::resolve::{self, Resolved};

/// One operation with what its transcript is made of.
struct Scene<'a> {
    api: &'a Api,
    schemas: &'a Schemas,
    operation: &'a Operation,
    /// The same operation as the document has it, with its examples.
    resolved: Option<&'a resolve::Operation>,
    /// Whether there is another method that reads streams.
    apart: bool,
}

impl<'a> Scene<'a> {
    fn successes(&self) -> impl Iterator<Item = &'a Response> {
        self.operation.success.iter()
    }

    /// Whether the method reads bodies of this kind.
    fn reads(&self, content: &Content) -> bool {
        !(self.apart && content.form.is_stream())
    }
}

/// The transcripts of all operations by their paths in the crate.
pub fn files(resolved: &Resolved, api: &Api, names: &Names) -> BTreeMap<String, String> {
    let by_place: BTreeMap<(&str, &str), &resolve::Operation> =
        resolved.operations.iter().map(|operation| ((&*operation.path, &*operation.method), operation)).collect();
    let file = |(index, operation): (usize, &Operation)| {
        let id = OperationId(index);
        let names_of = names.operation(id);
        let scene = Scene {
            api,
            schemas: &resolved.schemas,
            operation,
            resolved: by_place.get(&(&*operation.path, &*operation.method)).copied(),
            apart: names_of.stream.is_some(),
        };
        let path = format!("wire/{}/{}.http", names.group(operation.group).module, names_of.method);
        (path, show::transcript(&request::make(&scene), &answer(&scene)))
    };
    api.operations.iter().enumerate().map(file).collect()
}

/// A response in parts.
struct Answer {
    status: u16,
    body: Option<body::Sent>,
}

/// The first documented success.
fn answer(scene: &Scene<'_>) -> Answer {
    let Some(response) = scene.successes().find(|response| {
        scene.operation.method == "HEAD"
            || response.contents.is_empty()
            || response.contents.iter().any(|content| scene.reads(content))
    }) else {
        return Answer { status: 200, body: None };
    };
    let status = match response.status {
        Status::Code(code) => code,
        Status::Range(digit) => u16::from(digit) * 100,
        Status::Default => 200,
    };
    let bodiless = scene.operation.method == "HEAD" || matches!(status, 204 | 205 | 304);
    Answer { status, body: if bodiless { None } else { body::received(scene, response) } }
}

/// Whether a text shows what it holds: no controls, nothing that hides or changes the direction of text.
fn visible(text: &str) -> bool {
    crate::emit::prose::clean(text) == text && !text.contains('\n')
}
