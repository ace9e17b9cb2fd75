//! The version that a change asks for.

use super::rule::Level;

/// The next version. Before 1, the place after the first counts what breaks, as Cargo reads it.
pub(super) fn next(version: &str, level: Level) -> String {
    let core = version.split(['-', '+']).next().unwrap_or(version);
    let parts: Vec<u64> = core.split('.').filter_map(|part| part.parse().ok()).collect();
    let [major, minor, patch] = parts.as_slice() else { return version.to_owned() };
    let (major, minor, patch) = match (major, minor, level) {
        (_, _, Level::None) => (*major, *minor, *patch),
        (0, 0, _) => (0, 0, patch + 1),
        (0, minor, Level::Major) => (0, minor + 1, 0),
        (0, minor, Level::Minor | Level::Patch) => (0, *minor, patch + 1),
        (major, _, Level::Major) => (major + 1, 0, 0),
        (major, minor, Level::Minor) => (*major, minor + 1, 0),
        (major, minor, Level::Patch) => (*major, *minor, patch + 1),
    };
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_before_one_count_one_place_later() {
        assert_eq!(next("0.1.3", Level::Major), "0.2.0");
        assert_eq!(next("0.1.3", Level::Minor), "0.1.4");
        assert_eq!(next("0.0.3", Level::Patch), "0.0.4");
        assert_eq!(next("1.2.3", Level::Major), "2.0.0");
        assert_eq!(next("1.2.3", Level::Minor), "1.3.0");
        assert_eq!(next("1.2.3", Level::None), "1.2.3");
        assert_eq!(next("what", Level::Major), "what");
    }
}
