//! What a generated crate holds: its operations, lines, and places of any JSON.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::row::OperationKey;

/// Measures of a crate.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) lines: usize,
    /// How many types are operations.
    pub(super) operations: usize,
    /// Their methods and paths.
    pub(super) keys: BTreeSet<OperationKey>,
    pub(super) any_json: usize,
}

/// Reads the crate at a place; nothing when there is none.
pub(super) fn measure(place: &Path) -> Made {
    let mut made = Made { any_json: any_json(place), ..Made::default() };
    let mut open = vec![place.join("src")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("runtime") {
                    open.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                made.lines += text.lines().count();
                facts(&text, &mut made.keys);
                made.operations += text.matches("operation! {").count();
            }
        }
    }
    made
}

/// The id, the method and the path of an operation, as the code says them.
static FACTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let text = r#""((?:[^"\\]|\\.)*)""#;
    Regex::new(&format!(r#"\({text}\):\s*{text}\s*{text}"#)).ok()
});

fn facts(code: &str, keys: &mut BTreeSet<OperationKey>) {
    for found in FACTS.iter().flat_map(|facts| facts.captures_iter(code)) {
        let method = found.get(2).map_or("", |method| method.as_str());
        let path = found.get(3).map_or("", |path| path.as_str());
        keys.insert(format!("{method} {}", path.replace("\\\"", "\"").replace("\\\\", "\\")));
    }
}

/// Public fields, aliases and bodies whose type has any JSON in it.
fn any_json(place: &Path) -> usize {
    let text = fs::read_to_string(place.join("api.surface")).unwrap_or_default();
    let is_place = |line: &&str| !line.contains('(') && (line.contains(": ") || line.contains(" = "));
    let words = |line: &str| line.split(|at: char| !at.is_alphanumeric() && at != '_').any(|word| word == "Value");
    text.lines().filter(is_place).filter(|line| words(line)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_read_from_code_that_is_laid_out_in_any_way() {
        let code = "operation! {\n    A(\"a\\\"b\"): \"GET\" \"/a\",\n}\noperation! {\n    C(\"c\"):\n        \"COPY\"\n        \"/{c}\",\n}";
        let mut keys = BTreeSet::new();
        facts(code, &mut keys);
        assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["COPY /{c}", "GET /a"]);
    }
}
