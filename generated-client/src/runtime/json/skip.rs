//! Passing over values: the text is checked, but nothing is built.

use super::error::JsonError;
use super::kind::Kind;
use super::reader::{MAX_DEPTH, Reader};

impl<'a> Reader<'a> {
    /// Reads one value of any type, as the text it has in the input.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn raw(&mut self) -> Result<&'a str, JsonError> {
        self.skip_space();
        let start = self.at;
        self.skip()?;
        Ok(self.between(start, self.at))
    }

    /// Passes over one value of any type, however deeply nested, without recursion.
    ///
    /// # Errors
    ///
    /// Fails when the text is not JSON.
    pub fn skip(&mut self) -> Result<(), JsonError> {
        match self.peek()? {
            Kind::Array | Kind::Object => self.skip_nested(),
            scalar => self.skip_scalar(scalar),
        }
    }

    fn skip_scalar(&mut self, kind: Kind) -> Result<(), JsonError> {
        match kind {
            Kind::Null => self.literal("null"),
            Kind::Boolean => self.boolean().map(|_| ()),
            Kind::Number => self.number().map(|_| ()),
            _ => self.string().map(|_| ()),
        }
    }

    fn skip_nested(&mut self) -> Result<(), JsonError> {
        let outer = self.depth;
        let mut is_object = [false; MAX_DEPTH + 1];
        loop {
            let kind = self.peek()?;
            match kind {
                Kind::Array => self.begin_array().map(|_| ())?,
                Kind::Object => self.begin_object().map(|_| ())?,
                scalar => self.skip_scalar(scalar)?,
            }
            if let Kind::Array | Kind::Object = kind
                && let Some(slot) = is_object.get_mut(self.depth)
            {
                *slot = kind == Kind::Object;
            }
            while self.depth > outer {
                let in_object = is_object.get(self.depth).copied().unwrap_or_default();
                let more = if in_object { self.key()?.is_some() } else { self.element()? };
                if more {
                    break;
                }
            }
            if self.depth == outer {
                return Ok(());
            }
        }
    }
}
