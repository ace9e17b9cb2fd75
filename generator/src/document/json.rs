//! JSON text to a tree (RFC 8259): order and numbers as written, every place kept.

use super::build::{Builder, Expected, Failure};
use super::{FileId, Node, Value};
use crate::diagnostic::{Code, Diagnostics};

/// Reads one JSON text; the diagnostics are duplicate keys.
pub(super) fn parse(file: FileId, text: &str) -> Result<(Node, Diagnostics), Failure> {
    let mut parser = Parser { text, at: 0, builder: Builder::new(file) };
    if text.starts_with('\u{FEFF}') {
        parser.at = '\u{FEFF}'.len_utf8();
    }
    parser.document()?;
    let end = parser.at;
    let (root, diagnostics) = parser.builder.into_root();
    match root {
        Some(root) => Ok((root, diagnostics)),
        None => Err(Parser { text, at: end, builder: Builder::new(file) }.fail("expected a value")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    builder: Builder,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), Failure> {
        self.begin_value()?;
        while self.builder.depth() > 0 {
            self.skip_space();
            match (self.peek(), self.builder.expected()) {
                (Some(b','), _) => {
                    self.at += 1;
                    self.next_item()?;
                }
                (Some(b'}'), Expected::Key) | (Some(b']'), Expected::Element) => self.end(),
                (_, Expected::Element) => return Err(self.fail("expected `,` or `]`")),
                _ => return Err(self.fail("expected `,` or `}`")),
            }
        }
        self.skip_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fail("expected the end of the document")),
        }
    }

    /// A scalar, or the beginning of a container together with its first item.
    fn begin_value(&mut self) -> Result<(), Failure> {
        loop {
            self.skip_space();
            let start = self.at;
            let closing = match self.peek() {
                Some(b'{') => {
                    self.builder.begin_object(start)?;
                    b'}'
                }
                Some(b'[') => {
                    self.builder.begin_array(start)?;
                    b']'
                }
                _ => return self.scalar(),
            };
            self.at += 1;
            self.skip_space();
            if self.peek() == Some(closing) {
                self.end();
                return Ok(());
            }
            if closing == b'}' {
                self.key()?;
            }
        }
    }

    /// What follows a comma.
    fn next_item(&mut self) -> Result<(), Failure> {
        self.skip_space();
        if matches!(self.peek(), Some(b'}' | b']')) {
            return Err(self.fail("a comma must not stand before the closing bracket"));
        }
        if self.builder.expected() == Expected::Key {
            self.key()?;
        }
        self.begin_value()
    }

    fn end(&mut self) {
        self.at += 1;
        if let Some(node) = self.builder.close(self.at) {
            self.builder.value(node);
        }
    }

    fn key(&mut self) -> Result<(), Failure> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.fail("expected a key in double quotes"));
        }
        let key = self.string()?;
        let span = self.builder.span(start, self.at);
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.fail("expected `:` after the key"));
        }
        self.at += 1;
        self.builder.key(key, span);
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), Failure> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.word()?,
        };
        let node = Node::new(value, self.builder.span(start, self.at));
        self.builder.value(node);
        Ok(())
    }

    fn word(&mut self) -> Result<Value, Failure> {
        for (word, value) in [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))] {
            let rest = self.rest();
            if rest.starts_with(word.as_bytes()) && !rest.get(word.len()).is_some_and(u8::is_ascii_alphanumeric) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.fail("expected a value"))
    }

    fn number(&mut self) -> Result<Box<str>, Failure> {
        let start = self.at;
        self.skip_if(|byte| byte == b'-');
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.skip_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        if self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.') {
            return Err(self.fail("this is not part of a JSON number"));
        }
        Ok(self.text.get(start..self.at).unwrap_or_default().into())
    }

    fn digits(&mut self) -> Result<(), Failure> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(self.fail("expected a digit")) } else { Ok(()) }
    }

    /// A string; most have no escapes and are copied once.
    fn string(&mut self) -> Result<Box<str>, Failure> {
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len());
            let part = self.text.get(self.at..self.at + plain).unwrap_or_default();
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(if decoded.is_empty() { part.into() } else { (decoded + part).into() });
                }
                Some(b'\\') => {
                    decoded.push_str(part);
                    self.at += 1;
                    decoded.push(self.escape()?);
                }
                Some(_) => return Err(self.fail("a control character must be escaped in a string")),
                None => return Err(self.fail("the string is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Failure> {
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.fail("unknown escape in a string")),
        };
        self.at += 1;
        Ok(character)
    }

    /// One `\u` escape or a surrogate pair of them; a lone surrogate becomes U+FFFD.
    fn unicode(&mut self) -> Result<char, Failure> {
        let first = self.hex4()?;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with(b"\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.hex4()?;
            if (0xDC00..0xE000).contains(&second) {
                let combined = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(combined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex4(&mut self) -> Result<u32, Failure> {
        let digits =
            self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                self.at += 4;
                Ok(value)
            }
            None => Err(self.fail("expected four hexadecimal digits")),
        }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).unwrap_or(rest.len());
    }

    fn skip_if(&mut self, test: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(test);
        self.at += usize::from(found);
        found
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail(&self, message: &str) -> Failure {
        let width = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let message = if width == 0 { format!("{message}, but the text ends") } else { message.to_owned() };
        Failure { code: Code::Syntax, span: self.builder.span(self.at, self.at + width), message, help: None }
    }
}
