//! Bounds of numbers as the type that the value has can tell them: whole and within its range for integers.

use crate::ir::{IntegerWidth, Limit};

/// The same limit of an integer with a whole number; `None` when every value of the type keeps it, or none can.
pub(super) fn of_integer(limit: &Limit, width: IntegerWidth) -> Option<Limit> {
    let (least, most) = range(width);
    match limit {
        Limit::Minimum(text) => {
            let at = Bound::read(text)?.up();
            (at > least && at <= most).then(|| Limit::Minimum(at.to_string()))
        }
        Limit::Maximum(text) => {
            let at = Bound::read(text)?.down();
            (at >= least && at < most).then(|| Limit::Maximum(at.to_string()))
        }
        Limit::ExclusiveMinimum(text) => {
            let at = Bound::read(text)?.down();
            (at >= least && at <= most).then(|| Limit::ExclusiveMinimum(at.to_string()))
        }
        Limit::ExclusiveMaximum(text) => {
            let at = Bound::read(text)?.up();
            (at >= least && at <= most).then(|| Limit::ExclusiveMaximum(at.to_string()))
        }
        Limit::MultipleOf(text) => match Bound::read(text)? {
            Bound::Whole(step) => (step > 1 && step <= most).then(|| Limit::MultipleOf(step.to_string())),
            Bound::Fraction(step) => (step > 0.0).then(|| limit.clone()),
        },
        other => Some(other.clone()),
    }
}

/// The same limit of a decimal number; `None` when it has more digits than are told exactly.
pub(super) fn of_decimal(limit: &Limit) -> Option<Limit> {
    let text = match limit {
        Limit::Minimum(text)
        | Limit::Maximum(text)
        | Limit::ExclusiveMinimum(text)
        | Limit::ExclusiveMaximum(text)
        | Limit::MultipleOf(text) => text,
        other => return Some(other.clone()),
    };
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'));
    let step = matches!(limit, Limit::MultipleOf(_));
    (mantissa(text).is_some() && !(step && (zero || text.starts_with('-')))).then(|| limit.clone())
}

/// A decimal number as an integer and the number of its decimal places: `0.05` is 5 with two of them.
pub fn mantissa(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let value = format!("{whole}{fraction}").parse().ok()?;
    Some((value, u32::try_from(fraction.len()).ok().filter(|places| *places <= 18)?))
}

/// The same limit of a double; `None` when it is no double.
pub(super) fn of_double(limit: &Limit) -> Option<Limit> {
    let usable = match limit {
        Limit::Minimum(text) | Limit::Maximum(text) | Limit::ExclusiveMinimum(text) | Limit::ExclusiveMaximum(text) => {
            double(text).is_some()
        }
        Limit::MultipleOf(text) => double(text).is_some_and(|step| step > 0.0),
        _ => true,
    };
    usable.then(|| limit.clone())
}

fn double(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A number of the document.
enum Bound {
    Whole(i128),
    Fraction(f64),
}

impl Bound {
    fn read(text: &str) -> Option<Self> {
        if let Ok(whole) = text.parse() {
            return Some(Self::Whole(whole));
        }
        let value = double(text)?;
        // Whole doubles are cast exactly, and those beyond the range of all integers to its ends.
        Some(if value.fract() == 0.0 { Self::Whole(value as i128) } else { Self::Fraction(value) })
    }

    fn up(self) -> i128 {
        match self {
            Self::Whole(value) => value,
            Self::Fraction(value) => value.ceil() as i128,
        }
    }

    fn down(self) -> i128 {
        match self {
            Self::Whole(value) => value,
            Self::Fraction(value) => value.floor() as i128,
        }
    }
}

fn range(width: IntegerWidth) -> (i128, i128) {
    match width {
        IntegerWidth::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerWidth::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerWidth::U32 => (0, i128::from(u32::MAX)),
        IntegerWidth::U64 => (0, i128::from(u64::MAX)),
        IntegerWidth::I128 => (i128::MIN, i128::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_integers_are_whole_and_those_that_say_nothing_are_left_out() {
        let text = str::to_owned;
        let of = |limit: Limit| of_integer(&limit, IntegerWidth::I32);
        assert_eq!(of(Limit::Minimum(text("0.5"))), Some(Limit::Minimum(text("1"))));
        assert_eq!(of(Limit::Maximum(text("1e3"))), Some(Limit::Maximum(text("1000"))));
        assert_eq!(of(Limit::ExclusiveMinimum(text("-0.5"))), Some(Limit::ExclusiveMinimum(text("-1"))));
        assert_eq!(of(Limit::ExclusiveMaximum(text("9.5"))), Some(Limit::ExclusiveMaximum(text("10"))));
        assert_eq!(of(Limit::Maximum(text("2147483647"))), None);
        assert_eq!(of(Limit::Minimum(text("-9223372036854776000"))), None);
        assert_eq!(of(Limit::MultipleOf(text("1"))), None);
        assert_eq!(of(Limit::MultipleOf(text("2.0"))), Some(Limit::MultipleOf(text("2"))));
        assert_eq!(of_integer(&Limit::Minimum(text("0")), IntegerWidth::U64), None);
    }
}
