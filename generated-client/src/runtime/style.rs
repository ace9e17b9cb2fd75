//! Parameter styles: how a value is laid out in a path, a query, a header or a cookie
//! (OpenAPI 3.1, "Style Values"; RFC 6570).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::escape::escape;
use super::json::{Outline, text_of};

/// How a parameter is serialized: OpenAPI's `style`, `explode` and `allowReserved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    layout: Layout,
    explode: bool,
    reserved: bool,
    empty: bool,
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
    Cookie,
    /// The value is a JSON document of its own.
    Json,
    /// The value is a text of its own, or a JSON document where it is no scalar.
    Text,
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
    /// `cookie`, exploded, which is its default: as `form`, but nothing is escaped (OpenAPI 3.2).
    pub const COOKIE: Self = Self::new(Layout::Cookie, true);
    /// `cookie`, not exploded: `name=a,b`.
    pub const COOKIE_JOINED: Self = Self::new(Layout::Cookie, false);

    /// `content` with a JSON media type: the value as JSON text.
    pub const JSON: Self = Self::new(Layout::Json, true);
    /// `content` with any other media type: text as it is.
    pub const TEXT: Self = Self::new(Layout::Text, true);

    const fn new(layout: Layout, explode: bool) -> Self {
        Self { layout, explode, reserved: false, empty: false }
    }

    /// The same style with `allowReserved`: the reserved characters of RFC 3986 are not escaped.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// The same style with `allowEmptyValue`: what has no value is sent as `name=`.
    #[must_use]
    pub const fn or_empty(self) -> Self {
        Self { empty: true, ..self }
    }

    fn escape(self) -> Escape {
        match (self.layout, self.reserved) {
            (Layout::Cookie, _) => Escape::Nothing,
            (_, true) => Escape::Reserved,
            (_, false) => Escape::All,
        }
    }
}

/// Whatever is neither unreserved nor reserved.
const OTHERS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The same, and what would end the path.
const IN_PATH: &AsciiSet = &OTHERS.add(b'?');

/// What is done to the characters of a value.
#[derive(Debug, Clone, Copy)]
enum Escape {
    /// Everything but the unreserved characters is escaped.
    All,
    /// The reserved characters and escapes already there stay.
    Reserved,
    /// The same, but for what would end the path.
    ReservedInPath,
    /// Nothing is escaped: in a header.
    Nothing,
}

impl Escape {
    fn apply(self, text: &str) -> String {
        match self {
            Self::Nothing => text.to_owned(),
            Self::All => escape(text),
            Self::Reserved => escape_once(text, OTHERS),
            Self::ReservedInPath => escape_once(text, IN_PATH),
        }
    }
}

/// `text` with the characters of a set escaped. Escapes that are there already stay.
fn escape_once(text: &str, set: &'static AsciiSet) -> String {
    let mut parts = text.split('%');
    let mut out = utf8_percent_encode(parts.next().unwrap_or_default(), set).to_string();
    for part in parts {
        out.push_str(if begins_with_digits(part) { "%" } else { "%25" });
        out.extend(utf8_percent_encode(part, set));
    }
    out
}

fn begins_with_digits(text: &str) -> bool {
    matches!(text.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// The texts of a list, or the keys and texts of an object, already escaped; absent values are left out.
enum Flat {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

fn flatten(style: Style, json: &str, escape: Escape) -> Option<Flat> {
    let item = |json: &str| Some(escape.apply(&text_of(json)?));
    match (style.layout, Outline::of(json)) {
        (_, Outline::Null) => None,
        (Layout::Json, _) | (Layout::Text, Outline::List(_) | Outline::Object(_)) => {
            Some(Flat::Scalar(escape.apply(json)))
        }
        (_, Outline::Scalar(text)) => Some(Flat::Scalar(escape.apply(&text))),
        (_, Outline::List(items)) => {
            let texts: Vec<String> = items.into_iter().filter_map(item).collect();
            (!texts.is_empty()).then_some(Flat::List(texts))
        }
        (_, Outline::Object(members)) => {
            let pair = |(key, json): (Cow<'_, str>, &str)| Some((escape.apply(&key), item(json)?));
            let pairs: Vec<(String, String)> = members.into_iter().filter_map(pair).collect();
            (!pairs.is_empty()).then_some(Flat::Object(pairs))
        }
    }
}

/// The text that takes the place of `{name}` in a path; `None` if the value is absent.
pub(crate) fn path_text(name: &str, style: Style, json: &str) -> Option<String> {
    let flat = flatten(style, json, if style.reserved { Escape::ReservedInPath } else { Escape::All })?;
    let equals = if style.explode { "=" } else { "," };
    Some(match style.layout {
        Layout::Label => format!(".{}", joined(&flat, equals, if style.explode { "." } else { "," })),
        Layout::Matrix => matrix(&escape(name), style.explode, &flat),
        _ => joined(&flat, equals, ","),
    })
}

/// The text of a header, which escapes nothing; `None` if the value is absent.
pub(crate) fn header_text(style: Style, json: &str) -> Option<String> {
    Some(joined(&flatten(style, json, Escape::Nothing)?, if style.explode { "=" } else { "," }, ","))
}

/// The `name=value` pairs of a query, a form or a cookie, escaped; none if the value is absent.
pub(crate) fn query_pairs(name: &str, style: Style, json: &str) -> Vec<String> {
    let name = if style.layout == Layout::Cookie { name.to_owned() } else { escape(name) };
    let mut pairs = pairs_of(&name, style, json);
    if pairs.is_empty() && style.empty {
        pairs.push(format!("{name}="));
    }
    pairs
}

fn pairs_of(name: &str, style: Style, json: &str) -> Vec<String> {
    if style.layout == Layout::Deep {
        let mut out = Vec::new();
        deep(name, json, style.escape(), &mut out);
        return out;
    }
    let separator = match style.layout {
        Layout::Space => "%20",
        Layout::Pipe => "%7C",
        _ => ",",
    };
    match flatten(style, json, style.escape()) {
        None => Vec::new(),
        Some(flat @ (Flat::List(_) | Flat::Object(_))) if !style.explode => {
            vec![format!("{name}={}", joined(&flat, separator, separator))]
        }
        Some(flat) => exploded(name, &flat),
    }
}

/// All of a value in one text.
fn joined(flat: &Flat, equals: &str, separator: &str) -> String {
    match flat {
        Flat::Scalar(text) => text.clone(),
        Flat::List(texts) => texts.join(separator),
        Flat::Object(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, text)| format!("{key}{equals}{text}")).collect();
            pairs.join(separator)
        }
    }
}

/// A pair for each part of a value; the members of an object have names of their own.
fn exploded(name: &str, flat: &Flat) -> Vec<String> {
    match flat {
        Flat::Scalar(text) => vec![format!("{name}={text}")],
        Flat::List(texts) => texts.iter().map(|text| format!("{name}={text}")).collect(),
        Flat::Object(pairs) => pairs.iter().map(|(key, text)| format!("{key}={text}")).collect(),
    }
}

fn matrix(name: &str, explode: bool, flat: &Flat) -> String {
    match flat {
        Flat::Scalar(text) if text.is_empty() => format!(";{name}"),
        flat if explode => exploded(name, flat).iter().map(|pair| format!(";{pair}")).collect(),
        flat => format!(";{name}={}", joined(flat, ",", ",")),
    }
}

/// `name[k]=v` for objects, `name[]=v` for lists of scalars, `name[0][k]=v` for lists of objects.
fn deep(name: &str, json: &str, escape: Escape, out: &mut Vec<String>) {
    match Outline::of(json) {
        Outline::Null => {}
        Outline::Scalar(text) => out.push(format!("{name}={}", escape.apply(&text))),
        Outline::List(items) => {
            for (index, item) in items.into_iter().enumerate() {
                let is_nested = item.starts_with(['[', '{']);
                let index = if is_nested { index.to_string() } else { String::new() };
                deep(&format!("{name}%5B{index}%5D"), item, escape, out);
            }
        }
        Outline::Object(members) => {
            for (key, member) in members {
                deep(&format!("{name}%5B{}%5D", Escape::All.apply(&key)), member, escape, out);
            }
        }
    }
}
