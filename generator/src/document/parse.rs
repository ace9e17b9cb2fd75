//! Text to a tree: JSON or YAML, told by the content and not by the name of the file.

use super::build::Failure;
use super::{FileId, Node, json, yaml};
use crate::diagnostic::{Code, Diagnostics, Reported};

/// Reads one document.
///
/// Text that begins like JSON is read as JSON. When it is not quite JSON but a YAML flow mapping, it is read as YAML.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Result<Node, Reported> {
    match read(file, text) {
        Ok((root, found)) => {
            diagnostics.append(found);
            Ok(root)
        }
        Err(Failure { code, span, message, help }) => {
            let diagnostic = diagnostics.report(code, Some(span), message);
            if let Some(help) = help {
                diagnostic.help(help);
            }
            Err(diagnostic.reported())
        }
    }
}

fn read(file: FileId, text: &str) -> Result<(Node, Diagnostics), Failure> {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if !start.starts_with(['{', '[']) {
        return yaml::parse(file, text);
    }
    match json::parse(file, text) {
        Err(failure) if failure.code == Code::Syntax => yaml::parse(file, text).map_err(|_| failure),
        result => result,
    }
}
