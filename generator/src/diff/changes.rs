//! Which operations and types were added, changed and removed, line by line and with the rule for each.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::judge;
use super::rule::{Level, Rule};
use super::side::{Place, Side};
use super::subject::{Subject, Subjects};
use super::surface::{Fact, Key, Kind, Surface};

/// What happened to an operation or a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What happened to it.
    pub what: What,
    /// The highest level of its details.
    pub level: Level,
    /// For an operation, the request line before and after.
    pub request: (Option<String>, Option<String>),
    /// The lines that differ.
    pub details: Vec<Detail>,
}

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is gone.
    Removed,
    /// It differs.
    Changed,
    /// It is new.
    Added,
}

impl What {
    /// `removed`, `changed` or `added`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Added => "added",
        }
    }
}

/// One line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The item's path, as in `api.surface`.
    pub item: String,
    /// Its signature before.
    pub before: Option<String>,
    /// Its signature after.
    pub after: Option<String>,
    /// What it means.
    pub rule: Rule,
    /// Where it came from.
    pub old_place: Option<Place>,
    /// Where it comes from.
    pub new_place: Option<Place>,
}

impl Detail {
    /// Everything that is approved when the change is: rule, item, before and after.
    pub fn line(&self) -> String {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        format!("{}: {}: {} => {}", self.rule, self.item, side(&self.before), side(&self.after))
    }
}

/// Every change, what breaks first, then by what it is about.
pub(super) fn changes(before: &Surface, after: &Surface, old: &Side, new: &Side) -> Vec<Change> {
    let (old_subjects, new_subjects) = (Subjects::new(before), Subjects::new(after));
    let keys: BTreeSet<&Key> = before.facts.keys().chain(after.facts.keys()).collect();
    let mut details: BTreeMap<Subject, Vec<(Key, Detail)>> = BTreeMap::new();
    for key in keys.into_iter().filter(|key| before.facts.get(key) != after.facts.get(key)) {
        let subject = match after.facts.contains_key(key) {
            true => new_subjects.of(key, after),
            false => old_subjects.of(key, before),
        };
        for rule in judge(key, before, after) {
            let detail = Detail {
                item: key.path.clone(),
                before: before.facts.get(key).map(|fact| show(&key.path, fact)),
                after: after.facts.get(key).map(|fact| show(&key.path, fact)),
                rule,
                old_place: old.place(&key.path).cloned(),
                new_place: new.place(&key.path).cloned(),
            };
            details.entry(subject.clone()).or_default().push((key.clone(), detail));
        }
    }
    let mut changes: Vec<Change> =
        details.into_iter().map(|(subject, details)| change(subject, details, before, after)).collect();
    changes.sort_by(|left, right| {
        (std::cmp::Reverse(left.level), &left.subject).cmp(&(std::cmp::Reverse(right.level), &right.subject))
    });
    changes
}

fn change(subject: Subject, details: Vec<(Key, Detail)>, before: &Surface, after: &Surface) -> Change {
    let item = match &subject {
        Subject::Client => "client::Client::builder".to_owned(),
        Subject::Feature(name) => format!("feature {name}"),
        Subject::Operation(path) | Subject::Type(path) => path.clone(),
    };
    let what = match (before.item(&item).is_some(), after.item(&item).is_some()) {
        (false, true) => What::Added,
        (true, false) => What::Removed,
        (true, true) | (false, false) => What::Changed,
    };
    let mut details: Vec<Detail> = match what {
        What::Changed => details.into_iter().map(|(_, detail)| detail).collect(),
        // The signature stands for everything inside.
        What::Added | What::Removed => {
            details.into_iter().filter(|(key, _)| is_signature(key, &subject)).map(|(_, detail)| detail).collect()
        }
    };
    details.sort_by(|left, right| right.rule.level().cmp(&left.rule.level()).then(left.item.cmp(&right.item)));
    let request = match &subject {
        Subject::Operation(path) => (request(before, path), request(after, path)),
        Subject::Client | Subject::Type(_) | Subject::Feature(_) => (None, None),
    };
    let level = details.iter().map(|detail| detail.rule.level()).max().unwrap_or(Level::None);
    Change { subject, what, level, request, details }
}

/// Whether a line is what one calls or names: the method of an operation and its marker, the head of a type and its members.
fn is_signature(key: &Key, subject: &Subject) -> bool {
    match subject {
        Subject::Operation(path) => key.slot.is_empty() && (key.path == *path || key.path.contains("<'c>::")),
        Subject::Type(path) => key.slot.is_empty() && !key.path.starts_with(&format!("{path}::new")),
        Subject::Client | Subject::Feature(_) => true,
    }
}

/// `GET /pets/{id}`
fn request(surface: &Surface, marker: &str) -> Option<String> {
    let key = Key { path: marker.to_owned(), slot: "sends".to_owned() };
    surface.facts.get(&key)?.text.strip_prefix("sends ").map(str::to_owned)
}

/// A line as Rust: `pub name: String`, `pub fn list(self) -> Request<'c, List>`.
pub(super) fn show(path: &str, fact: &Fact) -> String {
    let name = path.rsplit_once('.').or_else(|| path.rsplit_once("::")).map_or(path, |(_, name)| name);
    let text = fact.text.split(" as \"").next().unwrap_or(&fact.text);
    let rust = match &fact.kind {
        Kind::Definition { head, .. } => {
            let attributes = text.strip_prefix(head.as_str()).unwrap_or_default().trim_start();
            let (word, generics) = head.split_at(head.find('<').unwrap_or(head.len()));
            let space = if attributes.is_empty() { "" } else { " " };
            format!("{attributes}{space}pub {word} {name}{generics}")
        }
        Kind::Alias(target) => format!("pub type {name} = {target}"),
        Kind::Constant(ty) => format!("pub const {name}: {ty}"),
        Kind::Function { .. } => format!("pub fn {name}{}", signature(text)),
        Kind::Field(ty) => format!("pub {name}: {ty}"),
        Kind::Variant(payload) => format!("{name}{payload}"),
        Kind::Trait(_) | Kind::Table(_) | Kind::Gate(_) | Kind::Feature(_) | Kind::Wire => text.to_owned(),
    };
    match (&fact.wire, fact.deprecated && !rust.starts_with("#[")) {
        (Some(wire), true) => format!("#[deprecated] {rust} // {wire} on the wire"),
        (Some(wire), false) => format!("{rust} // {wire} on the wire"),
        (None, true) => format!("#[deprecated] {rust}"),
        (None, false) => rust,
    }
}

fn signature(text: &str) -> &str {
    let text = text.strip_prefix("fn").unwrap_or(text);
    text.strip_suffix(" #[deprecated]").unwrap_or(text)
}
