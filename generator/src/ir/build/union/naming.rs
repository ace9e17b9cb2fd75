//! What the members of a union are called inside it.

use super::super::types::{Kind, kinds_of};
use super::Member;

/// What a member is called inside the union.
pub(super) fn variant_name(member: &Member, index: usize, members: &[Member]) -> String {
    if let Some(name) = &member.named {
        return name.clone();
    }
    if let [tag] = member.tags.as_slice() {
        return tag.clone();
    }
    let kinds: Vec<Kind> = kinds_of(member.view.kinds()).collect();
    let alone = |kind: Kind| members.iter().filter(|other| kinds_of(other.view.kinds()).eq([kind])).count() == 1;
    match kinds.as_slice() {
        [Kind::Object] => distinguishing_key(member, members).unwrap_or_else(|| format!("variant {}", index + 1)),
        [kind] if alone(*kind) => kind_name(*kind).to_owned(),
        [Kind::String] if member.view.format.is_some() => member.view.format.clone().unwrap_or_default(),
        [kind] => format!("{} {}", kind_name(*kind), index + 1),
        _ => format!("variant {}", index + 1),
    }
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
