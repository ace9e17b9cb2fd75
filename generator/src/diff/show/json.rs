//! A report as JSON, for programs.

use serde_json::{Value, json};

use super::super::{Change, Detail, FileChange, Place, Report};

/// The report; keys are stable, lists are in the order of the text.
pub fn json(report: &Report) -> Value {
    json!({
        "old": report.names.0,
        "new": report.names.1,
        "level": report.level.as_str(),
        "rule": report.rule.map(|rule| rule.as_str()),
        "version": report.versions.as_ref().map(|(old, new)| json!({ "old": old, "new": new })),
        "generator": report.generators.as_ref().map(|(old, new)| json!({ "old": old, "new": new })),
        "fingerprint": report.fingerprint,
        "security": report.security.iter().map(|found| json!({
            "kind": found.kind,
            "text": found.text,
            "item": found.item,
        })).collect::<Vec<_>>(),
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "kind": change.subject.kind(),
        "item": change.subject.path(),
        "what": change.what.as_str(),
        "level": change.level.as_str(),
        "request": { "old": change.request.0, "new": change.request.1 },
        "details": change.details.iter().map(detail).collect::<Vec<_>>(),
    })
}

fn detail(detail: &Detail) -> Value {
    json!({
        "item": detail.item,
        "rule": detail.rule.as_str(),
        "level": detail.rule.level().as_str(),
        "old": { "signature": detail.before, "place": detail.old_place.as_ref().map(place) },
        "new": { "signature": detail.after, "place": detail.new_place.as_ref().map(place) },
    })
}

fn place(place: &Place) -> Value {
    json!({
        "pointer": place.pointer,
        "file": place.line.as_ref().map(|(file, _)| file),
        "line": place.line.as_ref().map(|(_, line)| line),
    })
}

fn file(file: &FileChange) -> Value {
    json!({
        "path": file.path,
        "what": file.kind.as_str(),
        "come": file.lines.0,
        "go": file.lines.1,
        "causes": file.causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>(),
    })
}
