//! The path of an operation as it is sent.

use std::fmt::Write as _;

use super::Operation;

impl Operation {
    /// The path template with everything escaped that cannot stand in a URL. What follows a `#`, by which documents tell
    /// operations of one path apart, is never sent.
    pub fn sent_path(&self) -> String {
        let mut sent = String::new();
        let mut rest = self.path.split('#').next().unwrap_or_default();
        while let Some((literal, after)) = rest.split_once('{') {
            push(&mut sent, literal);
            let Some((name, after)) = after.split_once('}') else {
                push(&mut sent, "{");
                rest = after;
                continue;
            };
            sent.push_str(&format!("{{{name}}}"));
            rest = after;
        }
        push(&mut sent, rest);
        sent
    }
}

/// Appends text with what cannot stand in a URL escaped.
fn push(sent: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte) {
            sent.push(char::from(byte));
        } else {
            let _ = write!(sent, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::emit::sample::operation;

    #[test]
    fn a_path_is_sent_without_what_cannot_stand_in_a_url() {
        for (path, sent) in [
            ("/pets/{pet id}/", "/pets/{pet id}/"),
            ("/a b/\u{e9}|x", "/a%20b/%C3%A9%7Cx"),
            ("/auth#basic", "/auth"),
            ("/a%20b(1):go?x=1", "/a%20b(1):go?x=1"),
            ("/open{brace", "/open%7Bbrace"),
            ("/close}brace/{id}", "/close%7Dbrace/{id}"),
        ] {
            assert_eq!(operation("x", 0, "GET", path).sent_path(), sent, "{path}");
        }
    }
}
