//! Types to text, for the rows of tables.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A type as one writes it: `impl Into<String>`, `Option<Vec<(i64, &'a str)>>`.
pub(super) fn print(tokens: &TokenStream) -> String {
    let mut text = String::new();
    write(tokens.clone(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut after_word = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&ident.to_string());
                after_word = true;
            }
            TokenTree::Literal(literal) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&literal.to_string());
                after_word = true;
            }
            TokenTree::Punct(punct) => {
                match punct.as_char() {
                    ',' => text.push_str(", "),
                    '=' => text.push_str(" = "),
                    '+' => text.push_str(" + "),
                    ':' if punct.spacing() == Spacing::Alone && !text.ends_with(':') => text.push_str(": "),
                    '\'' if after_word => text.push_str(" '"),
                    other => text.push(other),
                }
                after_word = false;
            }
            TokenTree::Group(group) => {
                let (open, close) = delimiters(group.delimiter());
                text.push_str(open);
                text.push_str(&inside(group.stream()));
                text.push_str(close);
                after_word = false;
            }
        }
    }
}

/// What stands between brackets. Only a tuple of one keeps its last comma.
fn inside(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    match text.strip_suffix(", ") {
        Some(items) if items.contains(',') => items.to_owned(),
        Some(item) => format!("{item},"),
        None => text,
    }
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}
