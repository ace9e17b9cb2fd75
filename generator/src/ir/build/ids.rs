//! An operation is named after its id: reports one that has none, and one whose id another operation has.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::diagnostic::Code;
use crate::document::Value;
use crate::repair::Repair;
use crate::resolve::Operation;

impl Builder<'_> {
    /// Looks at the ids of the operations that the configuration does not leave out.
    pub(super) fn report_ids(&mut self, operations: &[Operation]) {
        let mut taken: BTreeSet<String> = operations.iter().filter_map(|operation| operation.id.clone()).collect();
        let mut known: BTreeMap<&str, &Operation> = BTreeMap::new();
        for operation in operations {
            let Operation { method, path, place, .. } = operation;
            let id = operation.id.as_deref();
            if id.and_then(|id| self.config.operation(id)).is_some_and(|config| config.skip.is_some()) {
                continue;
            }
            let missing = id.is_none();
            let diagnostic = match id.map(|id| (id, known.get(id))) {
                None => {
                    let message = format!("`{method} {path}` has no `operationId`");
                    self.report(Code::MissingOperationId, place.span, &place.pointer, message)
                }
                Some((id, None)) => {
                    known.insert(id, operation);
                    continue;
                }
                Some((id, Some(first))) => {
                    let message = format!("`{method} {path}` has the `operationId` of another operation, `{id}`");
                    let other = format!("`{} {}` has it first", first.method, first.path);
                    self.report(Code::DuplicateOperationId, place.span, &place.pointer, message)
                        .related(first.place.span, other)
                }
            };
            let id = Value::String(free_id(operation, &mut taken).into());
            let key = "operationId".to_owned();
            diagnostic.repair(match missing {
                true => Repair::Add(place.span, key, id),
                false => Repair::Set(place.span, key, id),
            });
        }
    }
}

/// An id of method and path that no operation has.
fn free_id(operation: &Operation, taken: &mut BTreeSet<String>) -> String {
    let path = operation.path.replace('{', "by_");
    let words = path.split(|part: char| !part.is_alphanumeric()).filter(|word| !word.is_empty());
    let method = operation.method.to_lowercase();
    let id = std::iter::once(method.as_str()).chain(words).collect::<Vec<_>>().join("_");
    let numbered = (2..).map(|number| format!("{id}_{number}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(id.clone());
    taken.insert(free.clone());
    free
}
