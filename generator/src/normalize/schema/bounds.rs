//! `exclusiveMinimum: true` beside `minimum: 1` becomes `exclusiveMinimum: 1`.

use super::Context;
use crate::diagnostic::Code;
use crate::document::{Node, Value};
use crate::repair::Repair;

pub(super) fn apply(schema: &mut Node, context: &mut Context<'_, '_>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(flag) = schema.get(exclusive).and_then(Node::as_bool) else { continue };
        let span = schema.get(exclusive).map(|node| node.span);
        if !flag {
            schema.remove(exclusive);
            continue;
        }
        match schema.remove(bound) {
            Some(limit) if matches!(limit.value, Value::Number(_)) => schema.insert(exclusive, limit),
            Some(_) | None => {
                schema.remove(exclusive);
                let message = format!("`{exclusive}: true` has no `{bound}` beside it");
                let diagnostic = context.diagnostics.report(Code::MissingKeyword, span, message);
                if let Some(span) = span {
                    diagnostic.repair(Repair::Remove(span));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::diagnostic::Code;
    use crate::normalize::Version;

    #[test]
    fn exclusive_flag_takes_the_number_of_its_bound() {
        check(
            Version::V3_0,
            r#"{"type": "number", "exclusiveMinimum": true, "minimum": 1, "exclusiveMaximum": false, "maximum": 9}"#,
            r#"{"type": "number", "exclusiveMinimum": 1, "maximum": 9}"#,
        );
    }

    #[test]
    fn exclusive_flag_without_a_bound_is_reported() {
        let diagnostics = check(Version::V3_0, r#"{"exclusiveMinimum": true}"#, "{}");
        assert_eq!(diagnostics.count(Code::MissingKeyword), 1);
    }
}
