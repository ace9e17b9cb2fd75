//! The runtime's sources, as they are copied into every generated crate.

/// Embeds the files that stand below `generator/runtime/`.
macro_rules! embedded {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../runtime/", $path)))),*]
    };
}

/// Every file of the runtime: its path below `src/runtime/`, and its text.
pub const FILES: &[(&str, &str)] = embedded! {
    "auth.rs"
    "base64.rs"
    "block_on.rs"
    "body.rs"
    "client.rs"
    "clock.rs"
    "datetime.rs"
    "download.rs"
    "draft.rs"
    "driver.rs"
    "error.rs"
    "events.rs"
    "field.rs"
    "file.rs"
    "json/builder.rs"
    "json/care.rs"
    "json/enums.rs"
    "json/error.rs"
    "json/impls.rs"
    "json/kind.rs"
    "json/mod.rs"
    "json/newtype.rs"
    "json/number.rs"
    "json/object.rs"
    "json/path.rs"
    "json/raw.rs"
    "json/reader.rs"
    "json/scan.rs"
    "json/serde_bridge.rs"
    "json/serde_impls.rs"
    "json/shape.rs"
    "json/skip.rs"
    "json/strings.rs"
    "json/union.rs"
    "json/unknown.rs"
    "json/writer.rs"
    "json_lines.rs"
    "mock.rs"
    "mod.rs"
    "multipart.rs"
    "oauth2.rs"
    "operation.rs"
    "pages.rs"
    "paginate.rs"
    "params.rs"
    "pointer.rs"
    "prefixed.rs"
    "rate_limit.rs"
    "request.rs"
    "response.rs"
    "retry.rs"
    "secret.rs"
    "transport.rs"
    "transport_blocking.rs"
    "transport_fetch.rs"
    "transport_reqwest.rs"
    "url.rs"
    "webhook.rs"
};

#[cfg(test)]
mod tests {
    use std::path::Path;

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
        let embedded: Vec<&str> = super::FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, embedded);
    }
}
