//! The text of `oasmith explain CODE`: what a diagnostic means and what to do about it.

use crate::diagnostic::{Code, Severity};
use crate::suggest::closest;

/// How wide the text is, in characters.
const WIDTH: usize = 80;

/// What the code called `name` means; `Err` says what is wrong with the name.
pub fn explain(name: &str) -> Result<String, String> {
    match Code::from_name(name) {
        Some(code) => Ok(explain_code(code)),
        None => match closest(name, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => Err(format!("there is no diagnostic `{name}`; did you mean `{near}`?")),
            None => Err(format!("there is no diagnostic `{name}`")),
        },
    }
}

/// What a code means, in lines of at most 80 characters.
pub fn explain_code(code: Code) -> String {
    let weight = match code.severity() {
        Severity::Error => "Nothing is generated while it stands.",
        Severity::Warning | Severity::Note => {
            "It can be silenced with `[diagnostics] allow` in `oasmith.toml`; a client is generated all the same."
        }
    };
    format!("{}[{code}]\n\n{}\n{}", code.severity().as_str(), wrap(code.explain()), wrap(weight))
}

/// One line per code: its severity and name.
pub fn list() -> String {
    Code::ALL.iter().map(|code| format!("{:8} {code}\n", code.severity().as_str())).collect()
}

fn wrap(text: &str) -> String {
    let mut output = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            output.push('\n');
            column = 0;
        } else if column > 0 {
            output.push(' ');
            column += 1;
        }
        output.push_str(word);
        column += length;
    }
    output.push('\n');
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_explained_in_short_lines() {
        assert_eq!(
            explain("duplicate-key").unwrap(),
            "error[duplicate-key]\n\nA key stands twice in one object, and readers disagree on which one counts.\nRemove or rename one of them.\n\nNothing is generated while it stands.\n"
        );
    }

    #[test]
    fn every_code_has_an_explanation_in_sentences() {
        for code in Code::ALL {
            let text = explain_code(*code);
            assert!(code.explain().ends_with('.') && code.explain().contains(' '), "{code}");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        }
    }

    #[test]
    fn unknown_code_names_the_nearest() {
        assert_eq!(
            explain("duplicate-keys").unwrap_err(),
            "there is no diagnostic `duplicate-keys`; did you mean `duplicate-key`?"
        );
        assert_eq!(explain("zzz").unwrap_err(), "there is no diagnostic `zzz`");
    }
}
