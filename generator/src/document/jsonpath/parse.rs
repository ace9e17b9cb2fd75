//! The text of a JSONPath query to its parts.

use super::super::Value;
use super::{Comparison, Filter, Operand, Query, QueryError, Reach, Segment, Selector};

/// How deep filters may be nested.
const MAX_DEPTH: usize = 50;

impl Query {
    /// Reads a query, which begins with `$`.
    pub(in crate::document) fn parse(text: &str) -> Result<Self, QueryError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        if !parser.skip("$") {
            return Err(parser.fail("a query begins with `$`"));
        }
        let query = parser.segments()?;
        match parser.rest() {
            "" => Ok(query),
            _ => Err(parser.fail("expected `.`, `..` or `[`")),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn segments(&mut self) -> Result<Query, QueryError> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.skip_space();
            let reach = if self.skip("..") { Reach::Descendants } else { Reach::Children };
            let dotted = reach == Reach::Descendants || self.skip(".");
            let selectors = if self.skip("[") {
                if dotted && reach == Reach::Children {
                    return Err(self.fail("`.` must not stand before `[`"));
                }
                self.bracketed()?
            } else if dotted && self.skip("*") {
                vec![Selector::Wildcard]
            } else if dotted {
                vec![Selector::Name(self.name()?.into())]
            } else {
                self.at = before;
                return Ok(Query { segments });
            };
            segments.push(Segment { reach, selectors });
        }
    }

    /// A name without quotes. Hyphens are taken as part of it, since extensions are called `x-…`.
    fn name(&mut self) -> Result<&'a str, QueryError> {
        let rest = self.rest();
        let part = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '-') || !character.is_ascii()
        };
        let end = rest.find(|character| !part(character)).unwrap_or(rest.len());
        match rest.get(..end) {
            Some(name) if !name.is_empty() && !name.starts_with(|first: char| first.is_ascii_digit()) => {
                self.at += end;
                Ok(name)
            }
            _ => Err(self.fail("expected a name; other characters are written in brackets: `['/path']`")),
        }
    }

    fn bracketed(&mut self) -> Result<Vec<Selector>, QueryError> {
        let mut selectors = Vec::new();
        loop {
            self.skip_space();
            selectors.push(self.selector()?);
            self.skip_space();
            if self.skip("]") {
                return Ok(selectors);
            }
            if !self.skip(",") {
                return Err(self.fail("expected `,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, QueryError> {
        match self.peek() {
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('?') => {
                self.at += 1;
                Ok(Selector::Filter(self.any()?))
            }
            _ => self.index_or_slice(),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, QueryError> {
        let start = self.integer()?;
        self.skip_space();
        if !self.skip(":") {
            return start
                .map(Selector::Index)
                .ok_or_else(|| self.fail("expected a name in quotes, an index, `*` or `?`"));
        }
        self.skip_space();
        let end = self.integer()?;
        self.skip_space();
        let mut step = None;
        if self.skip(":") {
            self.skip_space();
            step = self.integer()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn integer(&mut self) -> Result<Option<i64>, QueryError> {
        let rest = self.rest();
        let end = rest.find(|character: char| !character.is_ascii_digit() && character != '-').unwrap_or(rest.len());
        let digits = rest.get(..end).unwrap_or_default();
        if digits.is_empty() {
            return Ok(None);
        }
        let value = digits.parse().map_err(|_| self.fail("this is no index"))?;
        self.at += end;
        Ok(Some(value))
    }

    fn any(&mut self) -> Result<Filter, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fail("filters are nested too deeply"));
        }
        let mut parts = vec![self.all()?];
        while self.skip_token("||") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(Filter::Any(parts))
    }

    fn all(&mut self) -> Result<Filter, QueryError> {
        let mut parts = vec![self.condition()?];
        while self.skip_token("&&") {
            parts.push(self.condition()?);
        }
        Ok(Filter::All(parts))
    }

    fn condition(&mut self) -> Result<Filter, QueryError> {
        self.skip_space();
        let negations = self.rest().bytes().take_while(|byte| *byte == b'!').count();
        self.at += negations;
        self.skip_space();
        let inner = if self.skip("(") {
            let inner = self.any()?;
            if !self.skip_token(")") {
                return Err(self.fail("expected `)`"));
            }
            inner
        } else {
            self.test(negations > 0)?
        };
        Ok(if negations % 2 == 1 { Filter::Not(Box::new(inner)) } else { inner })
    }

    /// A comparison, or the question whether something exists.
    fn test(&mut self, negated: bool) -> Result<Filter, QueryError> {
        let start = self.at;
        let left = self.operand()?;
        self.skip_space();
        match self.comparison() {
            Some(_) if negated => Err(self.fail("a comparison after `!` needs parentheses")),
            Some(comparison) => {
                self.skip_space();
                let right = self.operand()?;
                for operand in [&left, &right] {
                    if let Operand::Relative(query) | Operand::Absolute(query) = operand
                        && !query.is_singular()
                    {
                        return Err(QueryError {
                            at: start,
                            message: "only a query for a single value can be compared".into(),
                        });
                    }
                }
                Ok(Filter::Compare(left, comparison, right))
            }
            None if matches!(left, Operand::Literal(_)) => Err(self.fail("expected a comparison")),
            None => Ok(Filter::Exists(left)),
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        const ALL: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        ALL.into_iter().find(|(text, _)| self.skip(text)).map(|(_, comparison)| comparison)
    }

    fn operand(&mut self) -> Result<Operand, QueryError> {
        if self.skip("@") {
            return Ok(Operand::Relative(self.nested()?));
        }
        if self.skip("$") {
            return Ok(Operand::Absolute(self.nested()?));
        }
        match self.peek() {
            Some('\'' | '"') => Ok(Operand::Literal(Value::String(self.string()?))),
            Some('-' | '0'..='9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(&mut self) -> Result<Query, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fail("filters are nested too deeply"));
        }
        let query = self.segments()?;
        self.depth -= 1;
        Ok(query)
    }

    fn number(&mut self) -> Result<Operand, QueryError> {
        let rest = self.rest();
        let part = |character: char| character.is_ascii_digit() || matches!(character, '-' | '+' | '.' | 'e' | 'E');
        let end = rest.find(|character| !part(character)).unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or_default();
        if text.parse::<f64>().is_err() {
            return Err(self.fail("this is no number"));
        }
        self.at += end;
        Ok(Operand::Literal(Value::Number(text.into())))
    }

    fn word(&mut self) -> Result<Operand, QueryError> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if self.skip(word) {
                return Ok(Operand::Literal(value));
            }
        }
        let start = self.at;
        if let Ok(name) = self.name()
            && self.peek() == Some('(')
        {
            return Err(QueryError { at: start, message: format!("the function `{name}` is not supported") });
        }
        self.at = start;
        Err(self.fail("expected `@`, `$` or a literal"))
    }

    fn string(&mut self) -> Result<Box<str>, QueryError> {
        let quote = self.next().unwrap_or('\'');
        let mut value = String::new();
        loop {
            match self.next() {
                Some(character) if character == quote => return Ok(value.into()),
                Some('\\') => value.push(self.escape()?),
                Some(character) => value.push(character),
                None => return Err(self.fail("the string is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, QueryError> {
        match self.next() {
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{C}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some(character @ ('/' | '\\' | '\'' | '"')) => Ok(character),
            Some('u') => {
                let digits = self.rest().get(..4).unwrap_or_default();
                let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                let character = code.ok_or_else(|| self.fail("expected four hexadecimal digits of a character"))?;
                self.at += 4;
                Ok(character)
            }
            _ => Err(self.fail("unknown escape in a string")),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn skip(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn skip_token(&mut self, text: &str) -> bool {
        self.skip_space();
        self.skip(text)
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn fail(&self, message: &str) -> QueryError {
        QueryError { at: self.at, message: message.to_owned() }
    }
}
