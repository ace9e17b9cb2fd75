//! Operation ids that say no more than method and path: `get_users_id`, `PostCustomersCustomerCards`, `users_id_get`.

use crate::ir::Operation;

use super::{nouns, path, verbs, words};

/// What the id of an operation says beyond its method and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// These words.
    Words(Vec<String>),
}

/// Words that join the parts of a path in an id.
const JOINTS: &[&str] = &["by", "with", "and", "id", "api", "for", "of", "in", "from", "the", "a", "an"];

/// Takes an id for what it says.
pub(super) fn said(operation: &Operation) -> Said {
    let Some(id) = operation.wire.as_deref().filter(|id| !id.is_empty()) else { return Said::Nothing };
    let id_words = apart(operation, id);
    let method = operation.method.to_lowercase();
    let mut whole = path::all_words(&operation.path);
    let covered = path_covers(operation, &id_words, &method);
    whole.push(method);
    match id_words.strip_suffix(whole.as_slice()) {
        // FastAPI: the function's name, the path and the method.
        Some(function) if !function.is_empty() => Said::Words(function.to_vec()),
        _ if covered || names_action(operation, &id_words) => Said::Nothing,
        _ => Said::Words(told(operation, id)),
    }
}

/// The words of an id, or of the end of one.
pub(super) fn told(operation: &Operation, id: &str) -> Vec<String> {
    without_articles(behind_controller(id, apart(operation, id)))
}

/// Whether the id is the method and words of the path in their order, down to the last name.
fn path_covers(operation: &Operation, id: &[String], method: &str) -> bool {
    let rest = match id {
        [first, rest @ ..] if first == method => rest,
        [rest @ .., last] if last == method => rest,
        _ => return false,
    };
    let segments = path::path(&operation.path).segments;
    let names: Vec<&[String]> = segments.iter().filter(|segment| segment.is_name()).map(path::Segment::words).collect();
    let told = spoken(rest);
    // `getRunStep` of `/threads/{thread_id}/runs/{run_id}/steps/{step_id}`: somebody chose what to say.
    let chosen = ["get", "delete"].contains(&method) && names.len() > 2;
    let begin = names.first().filter(|_| chosen);
    let is_told = |name: &&[String]| told.contains(&spoken(name));
    begin.is_none_or(is_told) && names.last().is_some_and(is_told) && in_order(rest, &path::all_words(&operation.path))
}

/// `createNotificationClear` of `POST /notifications/clear`: the verb is that of the method, the path has the real one.
fn names_action(operation: &Operation, id: &[String]) -> bool {
    let Some((verb, rest)) =
        id.split_first().filter(|(verb, _)| verb.as_str() == "create" && operation.method == "POST")
    else {
        return false;
    };
    let segments = path::path(&operation.path).segments;
    let action = match segments.last() {
        Some(path::Segment::Name(words)) => matches!(words.as_slice(), [only] if verbs::is_verb(only) && only != verb),
        _ => false,
    };
    action && in_order(rest, &path::all_words(&operation.path))
}

fn is_joint(word: &str) -> bool {
    let version = word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    version || JOINTS.contains(&word)
}

/// Whether the words are words of the path in its order, however words are joined.
fn in_order(told: &[String], path: &[String]) -> bool {
    let told = spoken(told);
    let mut rest = told.as_str();
    for word in path {
        rest = rest.strip_prefix(nouns::one_of(word).as_str()).unwrap_or(rest);
    }
    rest.is_empty()
}

/// The words in the singular, as one text.
fn spoken(words: &[String]) -> String {
    words.iter().filter(|word| !is_joint(word)).map(|word| nouns::one_of(word)).collect()
}

/// The words of an id; one that is all lower case comes apart at the words of path and summary.
fn apart(operation: &Operation, id: &str) -> Vec<String> {
    let summary = operation.docs.summary.as_deref().unwrap_or_default();
    let mut spoken: Vec<String> = summary.split_whitespace().flat_map(words::words).collect();
    if id.chars().all(char::is_alphanumeric) && spoken.concat() == id.to_lowercase() {
        return spoken;
    }
    for word in path::all_words(&operation.path) {
        spoken.push(nouns::one_of(&word));
        spoken.push(word);
    }
    let whole = words::words(id).into_iter();
    whole.flat_map(|word| split(&word, &spoken).unwrap_or_else(|| vec![word])).collect()
}

/// A verb and known words that are written as one word.
fn split(word: &str, known: &[String]) -> Option<Vec<String>> {
    if known.iter().any(|known| known == word) || verbs::is_verb(word) {
        return None;
    }
    let ends = (2..word.len()).rev().filter(|end| word.is_char_boundary(*end));
    ends.filter_map(|end| word.split_at_checked(end)).filter(|(verb, _)| verbs::is_verb(verb)).find_map(
        |(verb, rest)| {
            let mut parts = vec![verb.to_owned()];
            parts.extend(known_words(rest, known, 0)?);
            Some(parts)
        },
    )
}

/// The known words that a text consists of, the longest first.
fn known_words(text: &str, known: &[String], depth: usize) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    if depth > 12 {
        return None;
    }
    let mut fitting: Vec<&String> = known.iter().filter(|word| word.len() > 1 && text.starts_with(*word)).collect();
    fitting.sort_by_key(|word| (usize::MAX - word.len(), *word));
    fitting.dedup();
    fitting.into_iter().find_map(|word| {
        let mut parts = vec![word.clone()];
        parts.extend(known_words(text.strip_prefix(word.as_str())?, known, depth + 1)?);
        Some(parts)
    })
}

/// `UsersController_findAll` names a class of the server and a method of it.
fn behind_controller(id: &str, words: Vec<String>) -> Vec<String> {
    let separated = ["Controller_", "Controller.", "controller_", "controller."].iter().any(|it| id.contains(it));
    match words.iter().position(|word| word == "controller").and_then(|index| words.get(index + 1..)) {
        Some(method) if separated && !method.is_empty() => method.to_vec(),
        _ => words,
    }
}

/// `get_a_chapter` is `get_chapter`.
fn without_articles(words: Vec<String>) -> Vec<String> {
    match words.as_slice() {
        [verb, article, rest @ ..]
            if !rest.is_empty() && verbs::is_verb(verb) && ["a", "an", "the"].contains(&article.as_str()) =>
        {
            std::iter::once(verb).chain(rest).cloned().collect()
        }
        _ => words,
    }
}
