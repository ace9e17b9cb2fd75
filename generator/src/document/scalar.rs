//! Plain YAML scalars to values: the core schema of YAML 1.2.2, section 10.3, with numbers as JSON text.

use super::Value;

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match number(text) {
            Some(number) => Value::Number(number),
            None => Value::String(text.into()),
        },
    }
}

/// Whether a plain scalar is an infinity or NaN, which JSON cannot say.
pub(super) fn is_non_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// The JSON text of a number in any notation of the core schema.
fn number(text: &str) -> Option<Box<str>> {
    // Nearly all scalars are ordinary text, which the first byte tells.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    decimal(text)
}

fn radix(digits: &str, radix: u32) -> Option<Box<str>> {
    let all_digits = digits.chars().all(|digit| digit.is_digit(radix));
    let value = if all_digits { u128::from_str_radix(digits, radix).ok() } else { None };
    value.map(|value| value.to_string().into())
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn decimal(text: &str) -> Option<Box<str>> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let power = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let valid = digits(whole)
        && fraction.is_none_or(digits)
        && power.is_none_or(|power| !power.is_empty() && digits(power))
        && !(whole.is_empty() && fraction.is_none_or(str::is_empty));
    if !valid {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let mut json = format!("{sign}{whole}");
    if let Some(fraction) = fraction {
        json.push('.');
        json.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        json.push('e');
        json.push_str(exponent);
    }
    Some(json.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let Value::Number(number) = resolve(text) else { panic!("{text} is no number") };
        assert_eq!(&*number, expected);
        assert!(serde_json::from_str::<serde_json::Value>(&number).is_ok());
    }

    #[test]
    fn numbers_become_json_text() {
        check("12", "12");
        check("+1", "1");
        check(".5", "0.5");
        check("-.5", "-0.5");
        check("1.", "1.0");
        check("1.10", "1.10");
        check("007", "7");
        check("0o17", "15");
        check("0xfF", "255");
        check("1E+6", "1e+6");
        check("123456789012345678901234567890", "123456789012345678901234567890");
    }

    #[test]
    fn look_alikes_of_older_versions_are_strings() {
        for text in [
            "on",
            "no",
            "Yes",
            "off",
            "1_000",
            "2013-02-20",
            "12:30:45",
            "0b1",
            "1e",
            ".",
            "-",
            "+",
            "1.2.3",
            "0x",
            "0xg",
            "-0x1",
            ".e1",
        ] {
            assert_eq!(resolve(text), Value::String(text.into()), "{text}");
        }
    }

    #[test]
    fn nulls_and_booleans_are_read() {
        assert_eq!((resolve("~"), resolve("")), (Value::Null, Value::Null));
        assert_eq!((resolve("True"), resolve("tRUE")), (Value::Bool(true), Value::String("tRUE".into())));
    }

    #[test]
    fn infinities_are_told_apart() {
        assert!(is_non_finite("-.inf") && is_non_finite(".NaN") && !is_non_finite("inf") && !is_non_finite("+.nan"));
    }
}
