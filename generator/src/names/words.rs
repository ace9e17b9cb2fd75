//! Wire names to words and words to cases: the only place that knows `heck`.

use std::borrow::Cow;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use sha2::{Digest, Sha256};
use unicode_security::mixed_script::{AugmentedScriptSet, is_potential_mixed_script_confusable_char};

/// Identifiers longer than this are cut and end with a hash of the whole name.
const LONGEST: usize = 80;

/// What becomes of `<`, `>`, `+` and the like between letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    /// They separate words: `Page<Pet>` is `PagePet`.
    Separate,
    /// They are words: `created>` is `created_greater`.
    Spell,
}

/// The name in `PascalCase`: a valid identifier, not yet checked against reserved names.
pub(super) fn pascal(wire: &str, symbols: Symbols) -> String {
    let text = spell(wire, symbols).to_pascal_case();
    let text = if starts_with_digit(&text) { format!("N{text}") } else { text };
    let text = if text.starts_with(|first: char| first.is_lowercase()) { format!("N{text}") } else { text };
    shorten(&text, wire, "")
}

/// The name in `snake_case`: a valid identifier, keywords escaped by a trailing underscore.
pub(super) fn snake(wire: &str) -> String {
    if is_snake(wire) && wire.len() <= LONGEST {
        return not_keyword(wire.to_owned());
    }
    let text = spell(wire, Symbols::Spell).to_snake_case();
    let text = if starts_with_digit(&text) { format!("_{text}") } else { text };
    not_keyword(shorten(&text, wire, "_"))
}

/// The name in `SCREAMING_SNAKE_CASE`.
pub(super) fn shouty(wire: &str) -> String {
    let text = spell(wire, Symbols::Spell).to_shouty_snake_case();
    let text = if starts_with_digit(&text) { format!("N{text}") } else { text };
    shorten(&text, wire, "_")
}

/// The words of the name, in lower case.
pub(super) fn words(wire: &str) -> Vec<String> {
    let text = if is_snake(wire) { wire.to_owned() } else { spell(wire, Symbols::Spell).to_snake_case() };
    text.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The name in `snake_case` and ASCII, for a file.
pub(super) fn file(name: &str) -> String {
    let mut ascii = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            ascii.push_str(&format!(" u{:x} ", u32::from(character)));
        }
    }
    let text = snake(&ascii);
    if RESERVED_FILES.contains(&text.as_str()) { format!("{text}_") } else { text }
}

/// A user's own spelling, when it is a valid identifier; otherwise `None`.
pub(super) fn verbatim(name: &str) -> Option<String> {
    let mut characters = name.chars();
    let first = characters.next()?;
    let starts = first == '_' || kept(first) && !first.is_ascii_digit() && first.is_alphabetic();
    let valid = starts && characters.all(|character| character == '_' || kept(character));
    (valid && name != "_" && name.len() <= LONGEST).then(|| not_keyword(name.to_owned()))
}

/// Whether the text can stand in code as a name.
pub(super) fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok_and(|ident| ident == text)
        && !text.starts_with("r#")
        && !KEYWORDS.contains(&text)
}

/// Appends an underscore to a keyword.
pub(super) fn not_keyword(text: String) -> String {
    if KEYWORDS.contains(&text.as_str()) { format!("{text}_") } else { text }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_numeric() || !first.is_alphabetic() && first != '_')
}

/// Cuts a long name at a character boundary and adds a hash of the whole, so that it stays unique and stable.
fn shorten(text: &str, wire: &str, separator: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut end = LONGEST - 10;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default().trim_end_matches('_');
    let digest = Sha256::digest(wire.as_bytes());
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    if separator.is_empty() { format!("{head}H{hash}") } else { format!("{head}_h{hash}") }
}

/// Whether the name is in `snake_case` as it is: most are, and need not be taken apart.
fn is_snake(wire: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'));
    wire.starts_with(|first: char| first.is_ascii_lowercase()) && wire.split('_').all(is_word)
}

/// Writes the name with letters, digits and spaces only.
fn spell(wire: &str, symbols: Symbols) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    let wire = &without_look_alikes(wire);
    let only_symbols = !wire.chars().any(kept);
    let mut text = String::with_capacity(wire.len());
    let wire = as_one_word(wire);
    let wire = with_plain_plurals(&wire);
    let mut rest = wire.as_str();
    while let Some(character) = rest.chars().next() {
        if kept(character) {
            text.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (word, length) = symbol(rest, character);
        let inside = text.ends_with(kept) && rest.chars().nth(1).is_some_and(kept);
        if matches!(character, '\'' | '’') && inside {
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        let tail = rest.get(length..).unwrap_or_default();
        let alone = only_symbols || edge(character, text.is_empty(), tail);
        if alone || is_word(character, symbols) {
            text.push_str(&format!(" {word} "));
        } else {
            text.push(' ');
        }
        rest = tail;
    }
    text
}

/// Letters of another script that all look like Latin ones (Unicode TS 39) are spelled by code point: `rustc` warns of a
/// Cyrillic `со` in a crate. One letter of the name that does not is enough.
fn without_look_alikes(wire: &str) -> Cow<'_, str> {
    if wire.is_ascii() {
        return Cow::Borrowed(wire);
    }
    let latin = AugmentedScriptSet::for_char('a');
    let distinct = |letter: char| kept(letter) && !is_potential_mixed_script_confusable_char(letter);
    let is_told = |script: AugmentedScriptSet| {
        script == latin || wire.chars().any(|other| distinct(other) && AugmentedScriptSet::for_char(other) == script)
    };
    let spelled = wire.chars().map(|letter| {
        let foreign = !letter.is_ascii() && kept(letter) && !is_told(AugmentedScriptSet::for_char(letter));
        if foreign { format!(" u{:x} ", u32::from(letter)) } else { letter.to_string() }
    });
    Cow::Owned(spelled.collect())
}

/// Words whose capitals would split them: `OAuth2` is `oauth2`, not `o_auth2`.
fn as_one_word(wire: &str) -> Cow<'_, str> {
    const WORDS: &[(&str, &str)] =
        &[("OAuth", "Oauth"), ("IPv", "Ipv"), ("iOS", "Ios"), ("macOS", "Macos"), ("GraphQL", "Graphql")];
    let split = WORDS.iter().filter(|(word, _)| wire.contains(word));
    split.fold(Cow::Borrowed(wire), |text, (word, joined)| Cow::Owned(text.replace(word, joined)))
}

/// The plural of an acronym is one word: `userIDs` is `user_ids`, not `user_i_ds`.
fn with_plain_plurals(wire: &str) -> String {
    let characters: Vec<char> = wire.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or(' ');
    let mut text = String::with_capacity(wire.len());
    let mut index = 0;
    while index < characters.len() {
        let capitals = characters.iter().skip(index).take_while(|character| character.is_ascii_uppercase()).count();
        let plural = capitals > 1 && at(index + capitals) == 's' && !at(index + capitals + 1).is_lowercase();
        let run = characters.iter().skip(index).take(capitals.max(1));
        match plural {
            true => text.extend(run.enumerate().map(|(at, c)| if at == 0 { *c } else { c.to_ascii_lowercase() })),
            false => text.extend(run),
        }
        index += capitals.max(1);
    }
    text
}

/// A sign at the edge of a name has a meaning: `-created`, `A-`.
fn edge(character: char, first: bool, tail: &str) -> bool {
    character == '-' && (tail.is_empty() || first && tail.starts_with(kept))
}

/// Whether a symbol between letters is a word.
fn is_word(character: char, symbols: Symbols) -> bool {
    let separates = match symbols {
        Symbols::Separate => ".-_/ ,:;~@#$?'\"`\\()[]{}\t\n\r<>|«»‘’“”–—…",
        Symbols::Spell => ".-_/ ,:;~@#$?'\"`\\()[]{}\t\n\r«»‘’“”–—…",
    };
    !separates.contains(character) && !character.is_control() && !character.is_whitespace()
}

/// Letters and digits that identifiers keep. Scripts that `rustc` calls uncommon are spelled by code point.
fn kept(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    let common = matches!(character,
        '\u{c0}'..='\u{17f}' | '\u{391}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}' | '\u{410}'..='\u{44f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    common
        && character.is_alphabetic()
        && !matches!(character, '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}')
}

/// The word for the symbol at the start of `rest` and how many bytes it takes.
fn symbol(rest: &str, character: char) -> (String, usize) {
    let pair = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair));
    if let Some((pair, word)) = pair {
        return ((*word).to_owned(), pair.len());
    }
    let word = SYMBOLS.iter().find(|(symbol, _)| *symbol == character).map(|(_, word)| (*word).to_owned());
    (word.unwrap_or_else(|| format!("u{:x}", u32::from(character))), character.len_utf8())
}

const PAIRS: &[(&str, &str)] = &[
    (">=", "greater or equal"),
    ("<=", "less or equal"),
    ("!=", "not equal"),
    ("<>", "not equal"),
    ("==", "equal"),
    ("&&", "and"),
    ("||", "or"),
];

const SYMBOLS: &[(char, &str)] = &[
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('%', "percent"),
    ('<', "less"),
    ('>', "greater"),
    ('=', "equal"),
    ('!', "not"),
    ('&', "and"),
    ('|', "or"),
    ('^', "caret"),
    ('~', "tilde"),
    ('@', "at"),
    ('#', "hash"),
    ('$', "dollar"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('?', "question"),
    ('\'', "quote"),
    ('"', "double quote"),
    ('`', "backtick"),
    ('\\', "backslash"),
    ('(', "open"),
    (')', "close"),
    ('[', "open bracket"),
    (']', "close bracket"),
    ('{', "open brace"),
    ('}', "close brace"),
    ('_', "underscore"),
    (' ', "space"),
    ('\t', "tab"),
    ('\n', "newline"),
    ('\r', "return"),
    ('€', "euro"),
    ('£', "pound"),
    ('°', "degree"),
    ('µ', "micro"),
    ('👍', "thumbs up"),
    ('👎', "thumbs down"),
    ('❤', "heart"),
    ('🎉', "hooray"),
    ('🚀', "rocket"),
    ('👀', "eyes"),
    ('✅', "check mark"),
    ('❌', "cross mark"),
];

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that some file systems keep for devices.
const RESERVED_FILES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
