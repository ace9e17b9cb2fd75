//! From a byte offset to a path: the input is read again, which costs only when there is an error.

use super::reader::Reader;

/// One container that is open at the offset.
enum Step {
    Object { key: Option<String> },
    Array { index: usize },
}

/// The path of what stands at the offset, beginning with `$`.
pub(super) fn to_offset(input: &[u8], offset: usize) -> String {
    let mut open: Vec<Step> = Vec::new();
    let mut reader = Reader::over(input.get(..offset).and_then(|read| str::from_utf8(read).ok()).unwrap_or_default());
    while let Some(byte) = reader.byte() {
        if byte == b'"' {
            // A string that does not end before the offset is where the offset is.
            let Ok(text) = reader.quoted() else { break };
            if let Some(Step::Object { key: key @ None }) = open.last_mut() {
                *key = Some(text.into_owned());
            }
            continue;
        }
        reader.at += 1;
        match byte {
            b'{' => open.push(Step::Object { key: None }),
            b'[' => open.push(Step::Array { index: 0 }),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Step::Object { key }) => *key = None,
                Some(Step::Array { index }) => *index += 1,
                None => {}
            },
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
