//! Which transcript of a crate shows a change: the operation's own, or that of the first operation that uses the type.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::changes::Change;
use super::side::Side;
use super::subject::{Subject, Subjects};
use super::surface::Kind;

/// The transcripts of a crate.
#[derive(Debug, Default)]
pub(super) struct Transcripts {
    /// By the path of an operation's type.
    files: BTreeMap<String, String>,
    /// By the name of a type, what mentions it.
    users: BTreeMap<String, BTreeSet<Subject>>,
}

impl Transcripts {
    /// Reads off which operation has which transcript and uses which types.
    pub(super) fn new(side: &Side) -> Self {
        if !side.files.keys().any(|path| path.starts_with("wire/")) {
            return Self::default();
        }
        let surface = side.surface();
        let subjects = Subjects::new(&surface);
        let mut transcripts = Self::default();
        for (key, fact) in &surface.facts {
            let subject = subjects.of(key, &surface);
            let path = path(&key.path).filter(|path| side.files.contains_key(path));
            if let (Subject::Operation(marker), Kind::Function { .. }, Some(path)) = (&subject, &fact.kind, path) {
                transcripts.files.entry(marker.clone()).or_insert(path);
            }
            for word in fact.text.split(|character: char| !character.is_alphanumeric() && character != '_') {
                if word.starts_with(char::is_uppercase) {
                    transcripts.users.entry(word.to_owned()).or_default().insert(subject.clone());
                }
            }
        }
        transcripts
    }

    /// The path of the transcript within the crate; `None` when there is none.
    pub(super) fn of(&self, change: &Change) -> Option<&str> {
        let mut open = VecDeque::from([change.subject.clone()]);
        let mut seen = BTreeSet::from([change.subject.clone()]);
        while let Some(subject) = open.pop_front() {
            let name = match &subject {
                Subject::Operation(marker) => match self.files.get(marker) {
                    Some(path) => return Some(path),
                    None => continue,
                },
                Subject::Type(path) => path.rsplit("::").next().unwrap_or(path),
                Subject::Client | Subject::Feature(_) => continue,
            };
            for user in self.users.get(name).into_iter().flatten() {
                if seen.insert(user.clone()) {
                    open.push_back(user.clone());
                }
            }
        }
        None
    }
}

/// `api::pets::Pets<'c>::list` to `wire/pets/list.http`.
fn path(item: &str) -> Option<String> {
    let (handle, method) = item.split_once("<'c>::")?;
    let module = handle.strip_prefix("api::")?.split("::").next()?;
    Some(format!("wire/{module}/{method}.http"))
}
