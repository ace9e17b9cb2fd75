//! Checks of values against what their schemas ask beyond types. Nothing here runs unless it is asked for.

use super::runtime::json::{self, path};
use super::runtime::{Json, Value};
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::ops::{Deref, DerefMut, Rem};

/// Values that can be checked against the constraints of their schema.
pub trait Validate {
    /// Checks the value and everything inside it.
    ///
    /// # Errors
    ///
    /// Fails with every place that is not as the schema asks. The server may still think otherwise of the others.
    fn validate(&self) -> Result<(), Invalid> {
        let mut found = Checker { path: String::from("$"), violations: Vec::new() };
        self.check(&mut found);
        if found.violations.is_empty() { Ok(()) } else { Err(Invalid { violations: found.violations }) }
    }

    /// Notes every violation in the value.
    fn check(&self, found: &mut Checker);
}

impl<T: Validate + ?Sized> Validate for &T {
    fn check(&self, found: &mut Checker) {
        (**self).check(found);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, found: &mut Checker) {
        (**self).check(found);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, found: &mut Checker) {
        if let Some(value) = self {
            value.check(found);
        }
    }
}

impl<T: Validate> Validate for [T] {
    fn check(&self, found: &mut Checker) {
        for (index, value) in self.iter().enumerate() {
            value.check(&mut found.item(index));
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, found: &mut Checker) {
        self.as_slice().check(found);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, found: &mut Checker) {
        for (name, value) in self {
            value.check(&mut found.member(name));
        }
    }
}

/// A value that is not as its schema asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    violations: Vec<Violation>,
}

impl Invalid {
    /// Everything that is not as the schema asks, in the order of the schema; never empty.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.violations.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Invalid {}

/// One place that is not as the schema asks. It does not hold a text of the value, which may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    path: String,
    expected: String,
}

impl Violation {
    /// Where it is, as a JSON path: `$.tags[3]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the schema asks there.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}", self.path, self.expected)
    }
}

/// Collects violations while a value is walked through.
#[derive(Debug)]
pub struct Checker {
    path: String,
    violations: Vec<Violation>,
}

impl Checker {
    /// Goes to a property, for as long as the result lives.
    pub fn member(&mut self, name: &str) -> Inside<'_> {
        let before = self.path.len();
        path::push_member(&mut self.path, name);
        Inside { checker: self, before }
    }

    /// Goes to an item of an array, for as long as the result lives.
    pub fn item(&mut self, index: usize) -> Inside<'_> {
        let before = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        Inside { checker: self, before }
    }

    /// Checks a value of a type that can be checked.
    pub fn value(&mut self, value: &(impl Validate + ?Sized)) {
        value.check(self);
    }

    /// Notes what is expected here where it is not so.
    pub fn expect(&mut self, holds: bool, expected: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(Violation { path: self.path.clone(), expected: expected() });
        }
    }

    /// `minimum`
    pub fn at_least<T: PartialOrd + Display>(&mut self, value: &T, bound: T) {
        self.expect(*value >= bound, || format!("at least {bound}, not {value}"));
    }

    /// `exclusiveMinimum`
    pub fn more_than<T: PartialOrd + Display>(&mut self, value: &T, bound: T) {
        self.expect(*value > bound, || format!("more than {bound}, not {value}"));
    }

    /// `maximum`
    pub fn at_most<T: PartialOrd + Display>(&mut self, value: &T, bound: T) {
        self.expect(*value <= bound, || format!("at most {bound}, not {value}"));
    }

    /// `exclusiveMaximum`
    pub fn less_than<T: PartialOrd + Display>(&mut self, value: &T, bound: T) {
        self.expect(*value < bound, || format!("less than {bound}, not {value}"));
    }

    /// `multipleOf` where it can be told exactly.
    pub fn multiple_of<T: Rem<Output = T> + PartialEq + Default + Copy + Display>(&mut self, value: &T, step: T) {
        self.expect(*value % step == T::default(), || format!("a multiple of {step}, not {value}"));
    }

    /// `multipleOf` among doubles, which miss most decimal fractions by a little: 0.3 is a multiple of 0.1.
    pub fn nearly_multiple_of(&mut self, value: f64, step: f64) {
        let times = value / step;
        let near = (times - times.round()).abs() <= f64::EPSILON * 4.0 * times.abs().max(1.0);
        self.expect(near, || format!("a multiple of {step}, not {value}"));
    }

    /// `minLength`, in Unicode characters (JSON Schema 2020-12, Validation §6.3.2).
    pub fn min_length(&mut self, text: &str, least: usize) {
        self.expect(text.chars().count() >= least, || format!("at least {}", count(least, "character")));
    }

    /// `maxLength`, in Unicode characters (JSON Schema 2020-12, Validation §6.3.1).
    pub fn max_length(&mut self, text: &str, most: usize) {
        self.expect(text.chars().count() <= most, || format!("at most {}", count(most, "character")));
    }

    /// `minItems`
    pub fn min_items(&mut self, items: usize, least: usize) {
        self.expect(items >= least, || format!("at least {}, not {items}", count(least, "item")));
    }

    /// `maxItems`
    pub fn max_items(&mut self, items: usize, most: usize) {
        self.expect(items <= most, || format!("at most {}, not {items}", count(most, "item")));
    }

    /// `uniqueItems`
    pub fn unique<T: PartialEq>(&mut self, items: &[T]) {
        let earlier =
            |(at, item): (usize, &T)| items.iter().take(at).position(|other| other == item).map(|of| (of, at));
        if let Some((first, second)) = items.iter().enumerate().find_map(earlier) {
            self.expect(false, || format!("no item twice, but [{first}] and [{second}] are equal"));
        }
    }

    /// The names of the properties with which a value is sent.
    pub fn properties(&self, value: &impl Json) -> Vec<String> {
        match json::from_slice(json::to_string(value).as_bytes()) {
            Ok(Value::Object(members)) => members.into_iter().map(|(name, _)| name).collect(),
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    /// `minProperties`
    pub fn min_properties(&mut self, properties: usize, least: usize) {
        self.expect(properties >= least, || format!("at least {}, not {properties}", named(least)));
    }

    /// `maxProperties`
    pub fn max_properties(&mut self, properties: usize, most: usize) {
        self.expect(properties <= most, || format!("at most {}, not {properties}", named(most)));
    }

    /// `dependentRequired`: beside `name` there must be all of `others`.
    pub fn dependent(&mut self, properties: &[String], name: &str, others: &[&str]) {
        let has = |name: &str| properties.iter().any(|known| known == name);
        for other in others {
            self.expect(!has(name) || has(other), || format!("`{other}` beside `{name}`"));
        }
    }
}

/// A checker that has gone one step further into the value.
#[derive(Debug)]
pub struct Inside<'c> {
    checker: &'c mut Checker,
    before: usize,
}

impl Deref for Inside<'_> {
    type Target = Checker;

    fn deref(&self) -> &Checker {
        self.checker
    }
}

impl DerefMut for Inside<'_> {
    fn deref_mut(&mut self) -> &mut Checker {
        self.checker
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.checker.path.truncate(self.before);
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn named(number: usize) -> String {
    if number == 1 { String::from("1 property") } else { format!("{number} properties") }
}
