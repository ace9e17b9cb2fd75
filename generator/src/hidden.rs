//! Characters that a reader does not see, or sees elsewhere than they stand: no generated file has them as they are.

/// Whether a character has no width, ends a line in some programs only, or turns the direction of what follows.
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The text on one line, with an escape of Rust in the place of each hidden character.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A basic string of TOML, always on one line.
pub(crate) fn toml(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    // Nearly every name and path is such, and `names.lock` has tens of thousands of them.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        quoted.push_str(text);
        quoted.push('"');
        return quoted;
    }
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() || is_hidden(character) => {
                quoted.push_str(&format!("\\U{:08X}", u32::from(character)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{shown, toml};

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(shown("a\u{202e}\r\u{2028}é"), "a\\u{202e}\\r\\u{2028}é");
        assert_eq!(toml("a\u{202e}\"\n"), "\"a\\U0000202E\\\"\\U0000000A\"");
    }
}
