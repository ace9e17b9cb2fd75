//! A short text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text that matches; `None` for expressions that look around or backward.
pub(super) fn sample(pattern: &str) -> Option<String> {
    sample_of(pattern, 0)
}

/// The same, of at least so many characters where repetitions allow it.
pub(super) fn sample_of(pattern: &str, least: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let shortest = text(&hir, 0)?;
    let made =
        if shortest.chars().count() >= least.max(1) { shortest } else { text(&hir, least.clamp(1, 4096) as u32)? };
    regex::Regex::new(pattern).ok()?.is_match(&made).then_some(made)
}

/// Whether a text that came from elsewhere fits; an expression that cannot be read here is taken to fit.
pub(super) fn matches(pattern: &str, candidate: &str) -> bool {
    regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(candidate))
}

/// Each repetition is made at least `least` times, as far as it allows.
fn text(hir: &Hir, least: u32) -> Option<String> {
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.to_owned(),
        HirKind::Class(class) => character(class)?.to_string(),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let count = repetition.min.max(least.min(most));
            text(&repetition.sub, 0)?.repeat(usize::try_from(count).ok()?)
        }
        HirKind::Capture(capture) => text(&capture.sub, least)?,
        HirKind::Concat(parts) => parts.iter().map(|part| text(part, least)).collect::<Option<String>>()?,
        HirKind::Alternation(parts) => parts.iter().find_map(|part| text(part, least))?,
    })
}

/// A letter or a digit when the class has one.
fn character(class: &Class) -> Option<char> {
    let holds = |wanted: char| match class {
        Class::Unicode(class) => class.ranges().iter().any(|range| range.start() <= wanted && wanted <= range.end()),
        Class::Bytes(class) => {
            u8::try_from(wanted).is_ok_and(|byte| class.ranges().iter().any(|r| r.start() <= byte && byte <= r.end()))
        }
    };
    let first = match class {
        Class::Unicode(class) => class.ranges().first().map(|range| range.start()),
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    };
    "a1A-_ ./".chars().find(|wanted| holds(*wanted)).or(first)
}

#[cfg(test)]
mod tests {
    use super::{sample, sample_of};

    #[test]
    fn sample_matches_its_pattern() {
        for pattern in ["^[a-z]{3}-[0-9]+$", "^(foo|bar)?$", "^\\+[1-9]\\d{1,14}$", "[A-Z]{2}"] {
            let text = sample(pattern).unwrap();
            assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{text} {pattern}");
        }
    }

    #[test]
    fn repetitions_reach_the_least_length() {
        assert_eq!(sample_of("^a*$", 3).as_deref(), Some("aaa"));
    }
}
