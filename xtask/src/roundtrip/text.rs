//! Random texts: by format, by pattern, by length.

use std::fmt::Write as _;

use fastrand::Rng;
use oasmith::model::Schema;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::merged::Merged;

/// What a text without a format is made of: JSON has to escape some of it.
const LETTERS: [&str; 12] = ["a", "B", "7", " ", "-", "_", "\"", "\\", "\n", "é", "日", "🦀"];

/// A text that meets the schemas, as far as one is found.
pub(super) fn text(rng: &mut Rng, merged: &Merged<'_>) -> Option<String> {
    if let Some(text) = merged.format().and_then(|format| of_format(rng, format)) {
        return Some(text);
    }
    let (low, high) = merged.counts("minLength", "maxLength", 12);
    let mut patterns = merged.all.iter().filter_map(|schema| schema.constraints.get("pattern")?.as_str());
    if let Some(pattern) = patterns.next_back() {
        return of_pattern(rng, pattern).filter(|text| text.chars().count() >= low);
    }
    let base64 = merged.all.iter().any(|schema| schema.content_encoding.as_deref() == Some("base64"));
    if base64 {
        return Some("aGVsbG8gd29ybGQ=".to_owned());
    }
    let length = rng.usize(low..=high);
    Some((0..length).map(|_| rng.choice(LETTERS).unwrap_or("x")).collect())
}

/// A text of a format that has a type of its own, or a wire form worth respecting.
fn of_format(rng: &mut Rng, format: &str) -> Option<String> {
    let date = format!("{:04}-{:02}-{:02}", rng.u16(1970..2100), rng.u8(1..=12), rng.u8(1..=28));
    let time = format!("{:02}:{:02}:{:02}", rng.u8(0..24), rng.u8(0..60), rng.u8(0..60));
    Some(match format {
        "date" => date,
        "date-time" => {
            let fraction = rng.choice(["", ".5", ".123456", ".000"]).unwrap_or_default();
            let offset = rng.choice(["Z", "+02:00", "-09:30"]).unwrap_or_default();
            format!("{date}T{time}{fraction}{offset}")
        }
        "time" => format!("{time}Z"),
        "uuid" => {
            let digits = format!("{:032x}", rng.u128(..));
            let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
            [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
        }
        "byte" | "base64" => rng.choice(["", "AA==", "aGk=", "aGVsbG8h"]).unwrap_or_default().to_owned(),
        "email" => format!("a{}@example.com", rng.u16(..)),
        "uri" | "url" | "uri-reference" | "iri" => format!("https://example.com/{}", rng.u16(..)),
        "ipv4" => format!("192.0.2.{}", rng.u8(..)),
        "ipv6" => format!("2001:db8::{:x}", rng.u16(1..)),
        "hostname" => format!("h{}.example.com", rng.u16(..)),
        "duration" => format!("P{}D", rng.u8(..)),
        "decimal" => format!("{}.{:02}", rng.u16(..), rng.u8(0..100)),
        _ => return None,
    })
}

/// Whether a text looks like the format of its schema, for the formats that tell members of a choice apart.
pub(super) fn fits_format(schema: &Schema, text: &str) -> bool {
    let digit_first = text.starts_with(|first: char| first.is_ascii_digit());
    match schema.format.as_deref() {
        Some("date") => text.len() == 10 && digit_first,
        Some("date-time") => text.len() >= 19 && digit_first && text.contains('T'),
        Some("uuid") => text.len() == 36,
        _ => true,
    }
}

/// Whether a name begins with the literal text that an anchored pattern begins with.
pub(super) fn begins_like(pattern: &str, name: &str) -> bool {
    let Some(anchored) = pattern.strip_prefix('^') else { return true };
    let literal: String = anchored.replace('\\', "");
    let end = literal.find(['[', '(', '*', '+', '?', '$', '{', '|']).unwrap_or(literal.len());
    literal.get(..end).is_none_or(|prefix| name.starts_with(prefix))
}

/// A text that a regular expression matches; `None` for expressions that look around or backward.
pub(super) fn of_pattern(rng: &mut Rng, pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(rng, &hir, &mut text)?;
    Some(text)
}

fn write(rng: &mut Rng, hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => write!(text, "{}", character(rng, class)?).ok()?,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(4));
            for _ in 0..rng.u32(repetition.min..=most) {
                write(rng, &repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(rng, &capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(rng, part, text))?,
        HirKind::Alternation(parts) => {
            let part = rng.usize(0..parts.len());
            write(rng, parts.get(part)?, text)?;
        }
    }
    Some(())
}

/// A character of a class, a printable one of ASCII when there is one.
fn character(rng: &mut Rng, class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let holds = |wanted: &char| ranges.iter().any(|(start, end)| start <= wanted && wanted <= end);
    let printable: Vec<char> = (' '..='~').filter(holds).collect();
    rng.choice(printable).or(ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::{begins_like, of_pattern};

    #[test]
    fn text_of_a_pattern_has_its_shape() {
        let mut rng = fastrand::Rng::with_seed(7);
        let text = of_pattern(&mut rng, "^[a-c]{3}-[0-9]+$").unwrap_or_default();
        assert!(text.len() > 4 && text.as_bytes().get(3) == Some(&b'-'), "{text}");
    }

    #[test]
    fn prefix_of_an_anchored_pattern_is_compared() {
        assert!(begins_like("^custom\\.", "custom.cf_1") && !begins_like("^custom\\.", "name"));
    }
}
