//! What the members of a union are called inside it.

use super::super::types::{Kind, kinds_of, number_text};
use super::super::view::{Key, View};
use super::Member;
use crate::model::{SchemaId, Schemas};

/// What a member is called inside the union: by its own name, its tag, its title, what it is always equal to, its type.
pub(super) fn variant_name(member: &Member, index: usize, members: &[Member]) -> String {
    if let Some(name) = &member.named {
        return name.clone();
    }
    if let [tag] = member.tags.as_slice()
        && is_word(tag)
    {
        return tag.clone();
    }
    let same_title = |other: &&Member| other.title.as_deref().map(str::trim) == member.title.as_deref().map(str::trim);
    if let Some(title) = member.title.as_deref().filter(|title| is_name(title))
        && members.iter().filter(same_title).count() == 1
    {
        return title.trim().to_owned();
    }
    if let Some(constant) = constant(&member.view) {
        return constant;
    }
    let kinds: Vec<Kind> = kinds_of(member.view.kinds()).collect();
    let alone = |kind: Kind| members.iter().filter(|other| kinds_of(other.view.kinds()).eq([kind])).count() == 1;
    match kinds.as_slice() {
        [Kind::Object] => match distinguishing_key(member, members) {
            Some(key) => key,
            None if is_map(&member.view) && members.iter().filter(|other| is_map(&other.view)).count() == 1 => {
                "map".to_owned()
            }
            None if alone(Kind::Object) => kind_name(Kind::Object).to_owned(),
            None => untold(member, index, members),
        },
        [kind] if alone(*kind) => kind_name(*kind).to_owned(),
        [Kind::String] if member.view.format.is_some() => member.view.format.clone().unwrap_or_default(),
        [Kind::Array]
            if member.items.is_some() && members.iter().filter(|other| other.items == member.items).count() == 1 =>
        {
            member.items.clone().unwrap_or_default()
        }
        [kind] => format!("{} {}", kind_name(*kind), index + 1),
        _ => untold(member, index, members),
    }
}

/// Whether a tag says what it means: numbers and booleans do not.
fn is_word(tag: &str) -> bool {
    tag.parse::<i64>().is_err() && !matches!(tag, "true" | "false")
}

/// The name of a member that has a mark, which others may have too: `github`, `github with org`.
fn marked(member: &Member, members: &[Member]) -> Option<String> {
    let mark = member.mark.as_deref().filter(|mark| is_name(mark))?;
    let same: Vec<&Member> = members.iter().filter(|other| other.mark == member.mark).collect();
    let own = |wire: &&String| same.iter().filter(|other| other.view.properties.contains_key(*wire)).count() == 1;
    let key = member.view.properties.keys().filter(own).min().filter(|_| same.len() > 1);
    Some(key.map_or_else(|| mark.to_owned(), |wire| format!("{mark} with {wire}")))
}

/// The name of a member that nothing else names: its title or its mark, which others have too, its tag, or its number.
fn untold(member: &Member, index: usize, members: &[Member]) -> String {
    let title = member.title.as_deref().filter(|title| is_name(title)).map(|title| title.trim().to_owned());
    let tag = || match member.tags.as_slice() {
        [tag] => Some(tag.clone()),
        _ => None,
    };
    title.or_else(|| marked(member, members)).or_else(tag).unwrap_or_else(|| format!("variant {}", index + 1))
}

/// What an array is a list of: `numbers`, `Pet list`, `number lists`.
pub(super) fn items_name(
    schemas: &Schemas,
    name_of: &dyn Fn(SchemaId) -> Option<String>,
    items: &Key,
) -> Option<String> {
    if let [part] = items.as_slice()
        && let Some(name) = name_of(part.schema)
    {
        return Some(format!("{name} list"));
    }
    let view = View::of(schemas, items);
    let kinds: Vec<Kind> = kinds_of(view.kinds()).collect();
    match (kinds.as_slice(), &view.items) {
        ([Kind::Array], Some(inner)) => {
            let inner: Vec<Kind> = kinds_of(View::of(schemas, inner).kinds()).collect();
            let [inner] = inner.as_slice() else { return None };
            Some(format!("{} lists", kind_name(*inner)))
        }
        ([kind], _) => Some(format!("{}s", kind_name(*kind))),
        _ => None,
    }
}

/// Whether a title is a name rather than a sentence.
pub(in crate::ir::build) fn is_name(title: &str) -> bool {
    let title = title.trim();
    let words = title.split_whitespace().count();
    (1..6).contains(&words)
        && title.len() <= 40
        && title.starts_with(char::is_alphabetic)
        && !title.ends_with(['.', '!', '?', ':'])
}

/// The one text or number that a member allows.
fn constant(view: &View) -> Option<String> {
    let [only] = view.values.as_deref()? else { return None };
    let text = only.as_str().or_else(|| number_text(only))?;
    let short = text.len() <= 40 && text.split_whitespace().count() < 6;
    short.then(|| if text.is_empty() { "empty".to_owned() } else { text.to_owned() })
}

/// Whether a schema is an object that declares no property.
fn is_map(view: &View) -> bool {
    kinds_of(view.kinds()).eq([Kind::Object]) && view.properties.is_empty() && view.choices.is_empty()
}

/// A required property that no other member has says best what the member is for: the first one by name, because the
/// order of a document means nothing.
fn distinguishing_key(member: &Member, members: &[Member]) -> Option<String> {
    let own = |wire: &&String| members.iter().filter(|other| other.view.properties.contains_key(*wire)).count() == 1;
    member
        .view
        .required
        .iter()
        .filter(own)
        .min()
        .or_else(|| member.view.properties.keys().filter(own).min())
        .map(|wire| format!("with {wire}"))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}
