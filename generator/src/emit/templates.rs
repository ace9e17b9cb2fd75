//! Prose and tables from the templates in `generator/templates/`.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value};

/// Fills in a template. Templates are part of the generator, so a failure is a defect that its tests find.
pub(super) fn render(source: &str, context: Value) -> String {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.render_str(source, context).unwrap_or_else(|error| format!("{error:#}"))
}

/// Text as one line of Markdown, outside of code.
pub(super) fn line(text: &str) -> String {
    super::docs::safe(&text.split_whitespace().collect::<Vec<_>>().join(" ")).join(" ").trim().to_owned()
}
