//! Parameter styles: how a value is laid out in a path, a query, a header or a cookie
//! (OpenAPI 3.1, "Style Values"; RFC 6570).
//!
//! A value is written as JSON first, and the JSON is then laid out: one mechanism for every type.

use percent_encoding::percent_encode_byte;

use super::json::{self, JsonError, Kind, Reader, ToJson};

/// How a parameter is serialized: OpenAPI's `style`, `explode` and `allowReserved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    layout: Layout,
    explode: bool,
    reserved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Deep,
}

impl Style {
    /// `simple`: `a,b`, `k,v`.
    pub const SIMPLE: Self = Self::new(Layout::Simple, false);
    /// `simple`, exploded: `a,b`, `k=v`.
    pub const SIMPLE_EXPLODE: Self = Self::new(Layout::Simple, true);
    /// `label`: `.a,b`, `.k,v`.
    pub const LABEL: Self = Self::new(Layout::Label, false);
    /// `label`, exploded: `.a.b`, `.k=v`.
    pub const LABEL_EXPLODE: Self = Self::new(Layout::Label, true);
    /// `matrix`: `;name=a,b`.
    pub const MATRIX: Self = Self::new(Layout::Matrix, false);
    /// `matrix`, exploded: `;name=a;name=b`, `;k=v`.
    pub const MATRIX_EXPLODE: Self = Self::new(Layout::Matrix, true);
    /// `form`, exploded, which is the default of queries and cookies: `name=a&name=b`, `k=v`.
    pub const FORM: Self = Self::new(Layout::Form, true);
    /// `form`, not exploded: `name=a,b`.
    pub const FORM_JOINED: Self = Self::new(Layout::Form, false);
    /// `spaceDelimited`: `name=a%20b`.
    pub const SPACE: Self = Self::new(Layout::Space, false);
    /// `pipeDelimited`: `name=a%7Cb`.
    pub const PIPE: Self = Self::new(Layout::Pipe, false);
    /// `deepObject`: `name[k]=v`, with the brackets escaped; nested objects nest their brackets.
    pub const DEEP: Self = Self::new(Layout::Deep, true);

    const fn new(layout: Layout, explode: bool) -> Self {
        Self { layout, explode, reserved: false }
    }

    /// The same style with `allowReserved`: the reserved characters of RFC 3986 are not escaped.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    fn escape(self) -> Escape {
        if self.reserved { Escape::Reserved } else { Escape::All }
    }
}

/// What is done to the characters of a value.
#[derive(Debug, Clone, Copy)]
enum Escape {
    /// Everything but the unreserved characters is escaped.
    All,
    /// The reserved characters and escapes already there stay.
    Reserved,
    /// Nothing is escaped: in a header.
    Nothing,
}

impl Escape {
    fn push(self, out: &mut String, text: &str) {
        match self {
            Self::Nothing => out.push_str(text),
            Self::All => escape_into(out, text, |byte, _| unreserved(byte)),
            Self::Reserved => escape_into(out, text, |byte, rest| {
                unreserved(byte) || b":/?@!$&'()*+,;=[]".contains(&byte) || byte == b'%' && is_escape(rest)
            }),
        }
    }
}

fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_escape(rest: &[u8]) -> bool {
    matches!(rest, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn escape_into(out: &mut String, text: &str, keep: impl Fn(u8, &[u8]) -> bool) {
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = bytes.split_first() {
        if keep(byte, rest) {
            out.push(char::from(byte));
        } else {
            out.push_str(percent_encode_byte(byte));
        }
        bytes = rest;
    }
}

/// `text` with everything escaped that is not unreserved in a URL.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    Escape::All.push(&mut out, text);
    out
}

/// A value as JSON describes it, with the members of objects in their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Scalar(String),
    List { items: Vec<Tree>, json: String },
    Object { members: Vec<(String, Tree)>, json: String },
}

impl Tree {
    pub(crate) fn of(value: &(impl ToJson + ?Sized)) -> Self {
        Self::parse(&json::to_string(value))
    }

    pub(crate) fn parse(text: &str) -> Self {
        // A writer writes JSON only; a value nested too deeply for the reader counts as none.
        Self::read(&mut Reader::over(text)).unwrap_or(Self::Null)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        Ok(match reader.peek()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Boolean => Self::Scalar(reader.boolean()?.to_string()),
            Kind::Number => Self::Scalar(reader.number()?.to_owned()),
            Kind::String => Self::Scalar(reader.string()?.into_owned()),
            Kind::Array => {
                let json = reader.clone().raw()?.to_owned();
                reader.begin_array()?;
                let mut items = Vec::new();
                while reader.element()? {
                    items.push(Self::read(reader)?);
                }
                Self::List { items, json }
            }
            Kind::Object => {
                let json = reader.clone().raw()?.to_owned();
                reader.begin_object()?;
                let mut members = Vec::new();
                while let Some(key) = reader.key()? {
                    let key = key.into_owned();
                    members.push((key, Self::read(reader)?));
                }
                Self::Object { members, json }
            }
        })
    }

    /// Several values as one list.
    pub(crate) fn list<T: ToJson>(values: impl IntoIterator<Item = T>) -> Self {
        let items = values.into_iter().map(|value| Self::of(&value)).collect();
        Self::List { items, json: String::new() }
    }

    /// The text of a value inside a list or an object: itself if it is a scalar, else its JSON.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Scalar(text) => text,
            Self::List { json, .. } | Self::Object { json, .. } => json,
        }
    }

    fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Scalar(_) | Self::List { .. } | Self::Object { .. } => false,
        }
    }
}

/// The texts of a list, or the keys and texts of an object, already escaped; absent values are left out.
enum Flat {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

fn flatten(value: &Tree, escape: Escape) -> Option<Flat> {
    let escaped = |text: &str| {
        let mut out = String::with_capacity(text.len());
        escape.push(&mut out, text);
        out
    };
    match value {
        Tree::Null => None,
        Tree::Scalar(text) => Some(Flat::Scalar(escaped(text))),
        Tree::List { items, .. } => {
            let texts: Vec<String> =
                items.iter().filter(|item| !item.is_null()).map(|item| escaped(item.text())).collect();
            (!texts.is_empty()).then_some(Flat::List(texts))
        }
        Tree::Object { members, .. } => {
            let pairs: Vec<(String, String)> = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (escaped(key), escaped(value.text())))
                .collect();
            (!pairs.is_empty()).then_some(Flat::Object(pairs))
        }
    }
}

fn pairs(pairs: &[(String, String)], equals: &str, separator: &str) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}{equals}{value}")).collect();
    pairs.join(separator)
}

/// The text that takes the place of `{name}` in a path; `None` if the value is absent.
pub(crate) fn path_text(name: &str, style: Style, value: &Tree) -> Option<String> {
    let flat = flatten(value, style.escape())?;
    let name = escape(name);
    Some(match style.layout {
        Layout::Label => label(style.explode, &flat),
        Layout::Matrix => matrix(&name, style.explode, &flat),
        Layout::Simple | Layout::Form | Layout::Space | Layout::Pipe | Layout::Deep => simple(style.explode, flat),
    })
}

/// The text of a header; `None` if the value is absent.
pub(crate) fn header_text(style: Style, value: &Tree) -> Option<String> {
    Some(simple(style.explode, flatten(value, Escape::Nothing)?))
}

fn simple(explode: bool, flat: Flat) -> String {
    match flat {
        Flat::Scalar(text) => text,
        Flat::List(texts) => texts.join(","),
        Flat::Object(members) => pairs(&members, if explode { "=" } else { "," }, ","),
    }
}

fn label(explode: bool, flat: &Flat) -> String {
    let separator = if explode { "." } else { "," };
    let text = match flat {
        Flat::Scalar(text) => text.clone(),
        Flat::List(texts) => texts.join(separator),
        Flat::Object(members) => pairs(members, if explode { "=" } else { "," }, separator),
    };
    format!(".{text}")
}

fn matrix(name: &str, explode: bool, flat: &Flat) -> String {
    match (flat, explode) {
        (Flat::Scalar(text), _) if text.is_empty() => format!(";{name}"),
        (Flat::Scalar(text), _) => format!(";{name}={text}"),
        (Flat::List(texts), false) => format!(";{name}={}", texts.join(",")),
        (Flat::List(texts), true) => texts.iter().map(|text| format!(";{name}={text}")).collect(),
        (Flat::Object(members), false) => format!(";{name}={}", pairs(members, ",", ",")),
        (Flat::Object(members), true) => members.iter().map(|(key, text)| format!(";{key}={text}")).collect(),
    }
}

/// The `name=value` pairs of a query, a form or a cookie, escaped; none if the value is absent.
pub(crate) fn query_pairs(name: &str, style: Style, value: &Tree) -> Vec<String> {
    let encoded = escape(name);
    if style.layout == Layout::Deep {
        let mut out = Vec::new();
        deep(&encoded, value, style.escape(), &mut out);
        return out;
    }
    let separator = match style.layout {
        Layout::Space => "%20",
        Layout::Pipe => "%7C",
        Layout::Simple | Layout::Label | Layout::Matrix | Layout::Form | Layout::Deep => ",",
    };
    match (flatten(value, style.escape()), style.explode) {
        (None, _) => Vec::new(),
        (Some(Flat::Scalar(text)), _) => vec![format!("{encoded}={text}")],
        (Some(Flat::List(texts)), true) => texts.iter().map(|text| format!("{encoded}={text}")).collect(),
        (Some(Flat::List(texts)), false) => vec![format!("{encoded}={}", texts.join(separator))],
        (Some(Flat::Object(members)), true) => members.iter().map(|(key, text)| format!("{key}={text}")).collect(),
        (Some(Flat::Object(members)), false) => vec![format!("{encoded}={}", pairs(&members, separator, separator))],
    }
}

/// `name[k]=v` for objects, `name[]=v` for lists of scalars, `name[0][k]=v` for lists of objects.
fn deep(name: &str, value: &Tree, escape: Escape, out: &mut Vec<String>) {
    match value {
        Tree::Null => {}
        Tree::Scalar(text) => {
            let mut pair = format!("{name}=");
            escape.push(&mut pair, text);
            out.push(pair);
        }
        Tree::List { items, .. } => {
            for (index, item) in items.iter().enumerate() {
                match item {
                    Tree::Null | Tree::Scalar(_) => deep(&format!("{name}%5B%5D"), item, escape, out),
                    Tree::List { .. } | Tree::Object { .. } => deep(&format!("{name}%5B{index}%5D"), item, escape, out),
                }
            }
        }
        Tree::Object { members, .. } => {
            for (key, member) in members {
                let mut inner = format!("{name}%5B");
                Escape::All.push(&mut inner, key);
                inner.push_str("%5D");
                deep(&inner, member, escape, out);
            }
        }
    }
}
