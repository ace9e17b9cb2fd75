//! A report as one page of HTML that needs nothing else: no network, no file beside it, no script to be read.
//!
//! Everything that comes from a document or a crate passes through [`escape`]; the script only folds, filters and moves.

mod columns;

use std::fmt::Write as _;

use super::super::{Change, Level, Report, Side, Subject};
use super::title;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page about a report, with the lines of both documents and the transcripts of both crates.
pub fn html(report: &Report, old: &Side, new: &Side) -> String {
    let mut body = String::new();
    head(report, &mut body);
    security(report, &mut body);
    body.push_str("<div class=\"panes\">\n");
    tree(report, &mut body);
    body.push_str("<main id=\"changes\">\n");
    let sides = columns::Sides::new(old, new);
    for (index, change) in report.changes.iter().enumerate() {
        self::change(index, change, &sides, &mut body);
    }
    if report.changes.is_empty() {
        body.push_str("<p class=\"quiet\">The Rust API is the same.</p>\n");
    }
    files(report, &mut body);
    body.push_str("</main>\n</div>\n");
    let title = escape(&format!("{}: {} → {}", report.level, report.names.0, report.names.1));
    // Nothing may be loaded and no other script may run, whatever a document contains.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n{body}<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// Text as HTML, also inside of quotes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Marks of direction would show a text as another one.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(character));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A sentence of ours, in which words between backticks are code.
pub(super) fn sentence(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 0 { escape(part) } else { format!("<code>{}</code>", escape(part)) })
        .collect()
}

fn head(report: &Report, body: &mut String) {
    let (old, new) = &report.names;
    let says = match report.level {
        Level::None => "nothing changes",
        Level::Patch => "the Rust API is the same",
        Level::Minor => "everything that compiled still does",
        Level::Major => "breaks users",
    };
    let _ = write!(
        body,
        "<header>\n<h1><span class=\"level {level}\">{level}</span> {says}</h1>\n<p>{} → {}</p>\n<dl>\n",
        escape(old),
        escape(new),
        level = report.level.as_str(),
    );
    if let Some(rule) = report.rule {
        term("decided by", &format!("<code>{rule}</code> {}", sentence(rule.explanation())), body);
    }
    if let Some((old, new)) = &report.versions {
        term("version", &format!("{} → {}", escape(old), escape(new)), body);
    }
    if let Some((old, new)) = &report.generators {
        term("oasmith", &format!("{} → {}", escape(old), escape(new)), body);
    }
    if let Some(fingerprint) = &report.fingerprint {
        term("fingerprint", &format!("<code>{}</code>", escape(fingerprint)), body);
    }
    let count = |level: Level| report.changes.iter().filter(|change| change.level == level).count();
    let counts = [Level::Major, Level::Minor, Level::Patch].map(|level| format!("{} {level}", count(level)));
    term("changes", &format!("{}, in {} files", counts.join(", "), report.files.len()), body);
    body.push_str("</dl>\n</header>\n");
}

/// One row of the summary; the text is HTML already.
fn term(name: &str, text: &str, body: &mut String) {
    let _ = writeln!(body, "<dt>{name}</dt><dd>{text}</dd>");
}

fn security(report: &Report, body: &mut String) {
    if report.security.is_empty() {
        body.push_str("<section class=\"security calm\"><h2>Security</h2><p>Nothing changes.</p></section>\n");
        return;
    }
    body.push_str("<section class=\"security\"><h2>Security</h2>\n<ul>\n");
    for found in &report.security {
        let _ = writeln!(body, "<li><b>{}</b> {}</li>", found.kind, escape(&found.text));
    }
    body.push_str("</ul></section>\n");
}

/// The list of changes, by kind.
fn tree(report: &Report, body: &mut String) {
    body.push_str("<nav>\n<label>Filter <input id=\"filter\" type=\"search\" placeholder=\"/ to filter\"></label>\n");
    body.push_str(
        "<p class=\"keys\"><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>o</kbd> fold · <kbd>/</kbd> filter</p>\n",
    );
    for (kind, name) in [("client", "Client"), ("operation", "Operations"), ("type", "Types"), ("feature", "Features")]
    {
        let changes = report.changes.iter().enumerate().filter(|(_, change)| change.subject.kind() == kind);
        let changes: Vec<(usize, &Change)> = changes.collect();
        if changes.is_empty() {
            continue;
        }
        let _ = write!(body, "<details open><summary>{name} ({})</summary>\n<ul>\n", changes.len());
        for (index, change) in changes {
            let _ = writeln!(
                body,
                "<li data-at=\"{index}\"><a href=\"#c{index}\"><span class=\"dot {}\"></span>{} <i>{}</i></a></li>",
                change.level.as_str(),
                escape(&short(change)),
                change.what.as_str()
            );
        }
        body.push_str("</ul></details>\n");
    }
    body.push_str("</nav>\n");
}

/// The shortest text that tells a change apart.
fn short(change: &Change) -> String {
    match (&change.subject, &change.request) {
        (Subject::Operation(_), (before, after)) => {
            after.clone().or_else(|| before.clone()).unwrap_or_else(|| title(change))
        }
        (Subject::Type(path), _) => path.trim_start_matches("types::").to_owned(),
        (Subject::Client | Subject::Feature(_), _) => title(change),
    }
}

fn change(index: usize, change: &Change, sides: &columns::Sides<'_>, body: &mut String) {
    let _ = writeln!(
        body,
        "<details open class=\"change\" id=\"c{index}\" tabindex=\"-1\"><summary><span class=\"level {level}\">{level}</span> \
         <b>{}</b> <i>{}</i></summary>",
        escape(&title(change)),
        change.what.as_str(),
        level = change.level.as_str(),
    );
    columns::columns(change, sides, body);
    body.push_str("</details>\n");
}

fn files(report: &Report, body: &mut String) {
    if report.files.is_empty() {
        return;
    }
    let _ = write!(body, "<details class=\"files\"><summary>Files ({})</summary>\n<table>\n", report.files.len());
    body.push_str("<tr><th>file</th><th>what</th><th>lines</th><th>because of</th></tr>\n");
    for file in &report.files {
        let causes: Vec<&str> = file.causes.iter().map(|cause| cause.as_str()).collect();
        let _ = writeln!(
            body,
            "<tr><td><code>{}</code></td><td>{}</td><td class=\"lines\">+{} −{}</td><td>{}</td></tr>",
            escape(&file.path),
            file.kind.as_str(),
            file.lines.0,
            file.lines.1,
            causes.join(", ")
        );
    }
    body.push_str("</table></details>\n");
}
