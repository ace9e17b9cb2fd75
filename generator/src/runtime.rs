//! The runtime's sources, and which of them a generated crate holds.

use std::collections::BTreeSet;

use crate::ir::Part;

/// Embeds the files that stand below `generator/runtime/`, each with the parts that need it; none means all crates.
macro_rules! embedded {
    ($($path:literal $([$($part:ident)+])?)*) => {
        &[$(File {
            path: $path,
            text: include_str!(concat!("../runtime/", $path)),
            parts: &[$($(Part::$part),+)?],
        }),*]
    };
}

/// A file of the runtime.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Its path below `src/runtime/`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
    /// What needs it; empty when every crate does.
    pub parts: &'static [Part],
}

/// Every file of the runtime.
pub const FILES: &[File] = embedded! {
    "api_error.rs"
    "arriving.rs" [Downloads Events JsonLines]
    "auth.rs"
    "base64.rs" [Base64]
    "blocking.rs"
    "body.rs"
    "client.rs"
    "clock.rs"
    "credential.rs"
    "datetime.rs" [Dates Prefixed]
    "decode_error.rs"
    "download.rs" [Downloads]
    "draft.rs"
    "driver.rs"
    "encoding.rs" [Files Forms Multipart]
    "error.rs"
    "escape.rs"
    "events.rs" [Events]
    "exchange.rs"
    "field.rs" [ThreeStates]
    "file.rs" [Files Multipart]
    "form.rs" [Forms]
    "headers.rs" [Headers]
    "json/care.rs"
    "json/enums.rs" [Enums]
    "json/error.rs"
    "json/impls.rs"
    "json/kind.rs"
    "json/mod.rs"
    "json/newtype.rs" [Forwarded]
    "json/number.rs"
    "json/object.rs"
    "json/outline.rs"
    "json/path.rs"
    "json/raw.rs" [Events Headers Pages Unions]
    "json/reader.rs"
    "json/scan.rs"
    "json/serde_bridge.rs"
    "json/serde_impls.rs"
    "json/shape.rs" [Unions]
    "json/skip.rs"
    "json/strings.rs"
    "json/tuples.rs" [Tuples]
    "json/union.rs" [Unions]
    "json/unknown.rs" [Enums]
    "json/writer.rs"
    "json_lines.rs" [JsonLines]
    "mock.rs"
    "mock/reply.rs"
    "mod.rs"
    "modules.rs"
    "multipart.rs" [Files Multipart]
    "oauth2.rs" [OAuth2]
    "operation.rs"
    "pages.rs" [Pages]
    "paginate.rs" [Pages]
    "parameters.rs" [Files Forms Multipart Pages Parameters]
    "pointer.rs" [Pages]
    "prefixed.rs" [Prefixed]
    "rate_limit.rs"
    "request.rs"
    "response.rs"
    "retry.rs"
    "secret.rs"
    "signature.rs" [Signatures]
    "stream.rs" [Downloads Events JsonLines Pages]
    "style.rs" [Files Forms Multipart Pages Parameters]
    "trace.rs"
    "transport.rs"
    "transport_blocking.rs"
    "transport_fetch.rs"
    "transport_reqwest.rs"
    "url.rs"
    "webhook.rs" [Webhooks]
};

/// The files of a crate by path. All are copies; in each `mod.rs` the modules that the crate does not have are left out.
pub fn files(parts: &BTreeSet<Part>) -> Vec<(String, String)> {
    let is_needed = |file: &&File| file.parts.is_empty() || file.parts.iter().any(|part| parts.contains(part));
    let (needed, left_out): (Vec<&File>, Vec<&File>) = FILES.iter().partition(is_needed);
    let text = |file: &File| match file.path.strip_suffix("mod.rs") {
        Some(folder) => declarations(file.text, folder, &left_out),
        None => file.text.to_owned(),
    };
    needed.into_iter().map(|file| (file.path.to_owned(), text(file))).collect()
}

/// The text of the `mod.rs` in `folder` without what it says about the files that are left out.
fn declarations(text: &str, folder: &str, left_out: &[&File]) -> String {
    let modules = left_out.iter().filter_map(|file| file.path.strip_prefix(folder)?.strip_suffix(".rs"));
    let signs: Vec<[String; 2]> =
        modules.map(|path| [format!("mod {path};"), format!("self::{}::", path.replace('/', "::"))]).collect();
    let mut kept = String::new();
    let mut item = String::new();
    for line in text.split_inclusive('\n') {
        item.push_str(line);
        if line.ends_with(";\n") || line.trim().is_empty() {
            let is_left_out = signs.iter().flatten().any(|sign| item.contains(sign));
            kept.push_str(if is_left_out { "" } else { &item });
            item.clear();
        }
    }
    kept + &item
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{FILES, files};
    use crate::ir::Part;

    #[test]
    fn every_file_of_the_runtime_is_embedded() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let mut open = vec![base.clone()];
        let mut found = Vec::new();
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    found.push(path.strip_prefix(&base).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        let embedded: Vec<&str> = FILES.iter().map(|file| file.path).collect();
        assert_eq!(found, embedded);
    }

    fn text(parts: &[Part], path: &str) -> String {
        let all = files(&parts.iter().copied().collect::<BTreeSet<Part>>());
        all.into_iter().find(|(name, _)| name == path).map(|(_, text)| text).unwrap()
    }

    #[test]
    fn modules_that_a_crate_does_not_have_are_not_declared() {
        let root = text(&[Part::Pages], "mod.rs");
        assert!(root.contains("mod pages;\nmod paginate;\n") && root.contains("pub use self::json::raw::RawJson;"));
        for absent in ["events", "download", "UnknownValue", "webhook", "oauth2"] {
            assert!(!root.contains(absent), "{absent}");
        }
        let json = text(&[], "json/mod.rs");
        assert!(json.contains("#[macro_use]\nmod object;") && json.contains("pub use self::reader::Reader;"));
        for absent in ["enums", "shape", "raw", "#[macro_use]\n\n", "#[macro_use]\n#[macro_use]"] {
            assert!(!json.contains(absent), "{absent}");
        }
    }

    #[test]
    fn a_crate_that_needs_every_part_has_every_file_as_it_is() {
        let parts: BTreeSet<Part> = FILES.iter().flat_map(|file| file.parts).copied().collect();
        let all: Vec<(String, String)> =
            FILES.iter().map(|file| (file.path.to_owned(), file.text.to_owned())).collect();
        assert!(files(&parts) == all);
    }
}
