//! A short text that a regular expression matches.
//!
//! Documents write expressions of ECMA-262, which decides whether a text matches. A text is made out of the parts that
//! the crate `regex-syntax` knows as well: what looks around is left out, and often holds all the same.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text that matches; `None` when none was found.
pub(super) fn sample(pattern: &str) -> Option<String> {
    sample_of(pattern, 0)
}

/// The same, of at least so many characters where repetitions allow it.
pub(super) fn sample_of(pattern: &str, least: usize) -> Option<String> {
    let hir = regex_syntax::parse(&straight(pattern)).ok()?;
    let shortest = text(&hir, 0)?;
    let made =
        if shortest.chars().count() >= least.max(1) { shortest } else { text(&hir, least.clamp(1, 4096) as u32)? };
    matches(pattern, &made).then_some(made)
}

/// Whether a text fits; an expression that cannot be read is taken to fit.
pub(super) fn matches(pattern: &str, candidate: &str) -> bool {
    regress::Regex::new(pattern).map_or(true, |regex| regex.find(candidate).is_some())
}

/// The expression without what looks ahead or behind, and without escapes that only ECMA-262 allows.
fn straight(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some(group) = ["(?=", "(?!", "(?<=", "(?<!"].iter().find_map(|begin| rest.strip_prefix(begin)) {
            rest = group.get(end_of_group(group)..).unwrap_or_default();
            continue;
        }
        let step = if first == '\\' { 1 + rest.chars().nth(1).map_or(0, char::len_utf8) } else { first.len_utf8() };
        let (now, later) = rest.split_at(step);
        text.push_str(if now == "\\/" { "/" } else { now });
        rest = later;
    }
    text
}

/// Where the group ends that is open at the beginning of this text.
fn end_of_group(text: &str) -> usize {
    let (mut depth, mut escaped) = (1, false);
    for (index, found) in text.char_indices() {
        match found {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    text.len()
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
    use super::{matches, sample, sample_of};

    #[test]
    fn sample_matches_its_pattern() {
        for pattern in ["^[a-z]{3}-[0-9]+$", "^(foo|bar)?$", "^\\+[1-9]\\d{1,14}$", "[A-Z]{2}"] {
            let text = sample(pattern).unwrap();
            assert!(matches(pattern, &text), "{text} {pattern}");
        }
    }

    #[test]
    fn expressions_that_look_around_have_samples() {
        for pattern in ["^(?!aws:)[a-z:]+$", "^(?=.{3,8}$)[a-z]{4}$", "^a(?!\\))b\\/c$"] {
            let text = sample(pattern).unwrap();
            assert!(matches(pattern, &text), "{text} {pattern}");
        }
    }

    #[test]
    fn repetitions_reach_the_least_length() {
        assert_eq!(sample_of("^a*$", 3).as_deref(), Some("aaa"));
    }
}
