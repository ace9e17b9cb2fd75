//! Types that have a new name while the old one stays as an alias: compared as if they had always had it.

use super::surface::{Kind, Surface};

/// The API before, with the names of after for types that are only called otherwise.
pub(super) fn follow(before: &Surface, after: &Surface) -> Surface {
    let mut text = before.text();
    for (path, target) in renamed(before, after) {
        text = text
            .lines()
            .map(|line| rename(line, &path, &target, before))
            .fold(String::new(), |text, line| text + &line + "\n");
    }
    Surface::parse(&text)
}

/// `types::Pet`, and what it is called now: types that became aliases of something new in the same module.
///
/// An alias of a struct with named fields and of an enum can be used wherever the name was; a constructor with unnamed
/// fields cannot.
fn renamed(before: &Surface, after: &Surface) -> Vec<(String, String)> {
    let definitions = before.facts.iter().filter(|(_, fact)| matches!(fact.kind, Kind::Definition { .. }));
    definitions
        .filter_map(|(key, _)| {
            let Kind::Alias(target) = &after.item(&key.path)?.kind else { return None };
            let (module, _) = key.path.rsplit_once("::")?;
            let new = format!("{module}::{target}");
            let is_new = before.item(&new).is_none() && after.item(&new).is_some();
            let unnamed = before.item(&format!("{}.0", key.path)).is_some();
            (is_new && !unnamed).then(|| (key.path.clone(), target.clone()))
        })
        .collect()
}

fn rename(line: &str, path: &str, target: &str, before: &Surface) -> String {
    let Some((item, text)) = line.split_once(": ") else { return line.to_owned() };
    let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
    let renamed = match item.strip_prefix(path) {
        Some(rest) if !rest.starts_with(is_word) => format!("{module}::{target}{rest}"),
        _ => item.to_owned(),
    };
    // A module can have a type of its own that is called the same.
    let own = item.split(['<', '.']).next().and_then(|item| item.rsplit_once("::")).map(|(module, _)| module);
    let shadows = own.is_some_and(|own| own != module && before.item(&format!("{own}::{name}")).is_some());
    let within = module.rsplit("::").next().unwrap_or(module);
    format!("{renamed}: {}", replace_word(text, name, target, within, shadows))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Replaces a type's name where it stands alone, unless that means another type, and where its module stands before it.
fn replace_word(text: &str, word: &str, by: &str, module: &str, shadowed: bool) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = found.get(word.len()..).unwrap_or_default();
        replaced.push_str(before);
        let means_it = match replaced.strip_suffix("::") {
            Some(path) => path.ends_with(module),
            None => !shadowed && !replaced.ends_with(is_word),
        };
        replaced.push_str(if means_it && !after.starts_with(is_word) { by } else { word });
        rest = after;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_type_is_followed_into_other_types() {
        let before = Surface::parse("types::Pet: struct\ntypes::Pet.a: u8\ntypes::PetList.data: Vec<Pet>\n");
        let after = Surface::parse("types::Cat: struct\ntypes::Pet: type Cat #[deprecated]\n");
        let followed = follow(&before, &after);
        assert!(followed.item("types::Cat.a").is_some() && followed.item("types::Pet").is_none());
        assert_eq!(followed.item("types::PetList.data").unwrap().text, "Vec<Cat>");
    }
}
