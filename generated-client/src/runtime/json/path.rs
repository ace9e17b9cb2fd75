//! From a byte offset to a path: the input is read again, which costs only when there is an error.

use super::scan;

/// One container that is open at the offset.
enum Step {
    Object { key: Option<String> },
    Array { index: usize },
}

/// The path of what stands at the offset, beginning with `$`.
pub(super) fn to_offset(input: &[u8], offset: usize) -> String {
    let mut open: Vec<Step> = Vec::new();
    let mut at = 0;
    while at < offset {
        let Some(&byte) = input.get(at) else { break };
        at += 1;
        match byte {
            b'{' => open.push(Step::Object { key: None }),
            b'[' => open.push(Step::Array { index: 0 }),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Step::Object { key }) => *key = None,
                Some(Step::Array { index }) => *index += 1,
                None => {}
            },
            b'"' => {
                let end = string_end(input, at);
                if let Some(Step::Object { key: key @ None }) = open.last_mut()
                    && end < offset
                {
                    *key = Some(text(input, at, end));
                }
                at = end + 1;
            }
            _ => {}
        }
    }
    let mut path = String::from("$");
    for step in &open {
        match step {
            Step::Object { key: Some(key) } => push_member(&mut path, key),
            Step::Object { key: None } => {}
            Step::Array { index } => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// Adds a member name: `.name`, or `["a name"]` where it is not a plain word.
pub(crate) fn push_member(path: &mut String, name: &str) {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '$';
    if !name.is_empty() && name.chars().all(plain) {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&super::to_string(name));
        path.push(']');
    }
}

/// The offset of the quote that ends the string whose content begins at `at`.
fn string_end(input: &[u8], mut at: usize) -> usize {
    loop {
        at = scan::special(input, at);
        match input.get(at) {
            Some(b'"') | None => return at,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// The string between two offsets, without its escapes.
fn text(input: &[u8], start: usize, end: usize) -> String {
    let quoted = input.get(start.saturating_sub(1)..=end).unwrap_or_default();
    super::from_slice(quoted).unwrap_or_else(|_| String::from("?"))
}
