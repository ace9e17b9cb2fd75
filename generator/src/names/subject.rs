//! What an operation is about: its path around the resource of its group.

use crate::ir::Operation;

use super::path::{Segment, path};

/// An operation, as far as its name depends on it.
pub(super) struct Subject<'a> {
    /// The operation itself.
    pub(super) operation: &'a Operation,
    /// The names before the group's own one.
    pub(super) before: Vec<Vec<String>>,
    /// The group's own name, where the path has it.
    pub(super) own: Option<Vec<String>>,
    /// The names after it.
    pub(super) after: Vec<Vec<String>>,
    /// The parameters behind the last name.
    pub(super) parameters: Vec<Vec<String>>,
    /// The parameters of the whole path.
    pub(super) all_parameters: Vec<Vec<String>>,
    /// Whether a parameter stands right before the last name.
    pub(super) of_item: bool,
    /// Whether the last name has another name right before it.
    pub(super) compound: bool,
    /// The words of the version in the path.
    pub(super) version: Vec<String>,
}

/// Finds the group's own name in a path.
pub(super) fn subject<'a>(operation: &'a Operation, group: &[String]) -> Subject<'a> {
    let path = path(&operation.path);
    let (own, earlier) = (path.own(group), path.segments.clone());
    let mut names: Vec<Vec<String>> = Vec::new();
    let (mut parameters, mut all_parameters) = (Vec::new(), Vec::new());
    let (mut of_item, mut compound) = (false, false);
    let mut previous = None;
    for segment in path.segments {
        match &segment {
            Segment::Name(name) => {
                of_item = matches!(previous, Some(Segment::Parameter(_)));
                compound = matches!(previous, Some(Segment::Name(_)));
                names.push(name.clone());
                parameters.clear();
            }
            Segment::Parameter(name) => {
                parameters.push(name.clone());
                all_parameters.push(name.clone());
            }
        }
        previous = Some(segment);
    }
    let own = own.map(|index| earlier.iter().take(index).filter(|segment| segment.is_name()).count());
    let after = names.split_off(own.map_or(0, |index| index + 1));
    let own = own.and_then(|_| names.pop());
    Subject {
        operation,
        before: names,
        own,
        after,
        parameters,
        all_parameters,
        of_item,
        compound,
        version: path.version,
    }
}
