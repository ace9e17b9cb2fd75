//! What ids have in front alike and what therefore tells no operation from another: `drive.files.` of `drive.files.list`.

use super::{nouns, words};

/// What stands between the names of things that are inside each other.
const SEPARATORS: [char; 2] = ['.', ':'];

/// The beginning that the ids of a group can do without, given what those of the whole API begin with.
///
/// It ends behind the group's own name, where it has it. Elsewhere its last name stays: `contacts.persons.` may be what
/// tells the operations from those of another group.
pub(super) fn namespace<'a>(of_all: &'a str, own: impl Iterator<Item = &'a str>, group: &[String]) -> &'a str {
    let of_group = shared(own);
    let mut inner = "";
    let mut named = None;
    for (start, end) in parts(of_group) {
        let is_group = |part: &str| nouns::same(&words::words(part.trim_end_matches(SEPARATORS)), group);
        inner = of_group.get(..start).unwrap_or_default();
        if of_group.get(start..end).is_some_and(is_group) {
            named = of_group.get(..end);
        }
    }
    let longer = if inner.len() > of_all.len() { inner } else { of_all };
    named.unwrap_or(longer)
}

/// What several ids begin with, up to a separator.
pub(super) fn shared<'a>(ids: impl Iterator<Item = &'a str>) -> &'a str {
    let ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
    let Some((first, others @ [_, ..])) = ids.split_first() else { return "" };
    let common = |left: &'a str, right: &&str| {
        let same = left.char_indices().zip(right.chars()).take_while(|((_, left), right)| left == right);
        let end = same.last().map_or(0, |((at, character), _)| at + character.len_utf8());
        left.get(..end).unwrap_or_default()
    };
    let common = others.iter().fold(*first, common);
    common.rfind(SEPARATORS).and_then(|last| common.get(..=last)).unwrap_or_default()
}

/// Where each name of a beginning starts and where the next one does.
fn parts(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    text.split_inclusive(SEPARATORS).map(move |part| {
        let begin = start;
        start += part.len();
        (begin, start)
    })
}
