//! Small questions about prose: what is hidden in it, where a sentence ends, where an address begins.

use pulldown_cmark::CodeBlockKind;

use crate::hidden::is_hidden;

/// Paragraphs are wrapped at this column.
pub(super) const WIDTH: usize = 112;
/// A space that wrapping must not touch.
pub(super) const FIXED_SPACE: char = '\u{1}';
/// The end of a line that the text asks for.
pub(super) const LINE_END: char = '\u{2}';
/// Text as inline code: a fence longer than any run of backticks inside.
pub(super) fn code(text: &str) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

pub(super) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// One kind of line end, no tabs, no controls, nothing that changes the direction of text.
pub(crate) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n").replace('\t', "    ");
    let hidden = |character: char| character.is_control() && character != '\n' || is_hidden(character);
    text.chars().filter(|&character| !hidden(character)).collect()
}

/// The text itself when it is one paragraph of words that mean nothing in Markdown: most prose is, and needs no parser.
pub(super) fn plain(text: &str) -> Option<&str> {
    let text = text.trim_matches([' ', '\n']);
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic());
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b" .,;:'\"()/?!%$=".contains(&byte);
    (begins && text.bytes().all(harmless) && !text.contains("://")).then_some(text)
}

/// The first sentence and the rest, where the paragraph is longer than a line.
pub(super) fn first_sentence(text: &str) -> Option<(&str, &str)> {
    if text.chars().count() <= WIDTH || text.contains(LINE_END) {
        return None;
    }
    let ends = text.match_indices(". ").map(|(index, _)| index + 1);
    let mut sentences = ends.filter_map(|end| Some((text.get(..end)?, text.get(end + 1..)?)));
    sentences.find(|(summary, rest)| {
        let begins = rest.starts_with(|first: char| first.is_uppercase() || first == '`');
        let balanced = ["**", "*", "[", "~~"].iter().all(|mark| !summary.contains(mark));
        let abbreviated = ["e.g.", "i.e.", "etc.", "vs.", "incl."].iter().any(|end| summary.ends_with(end));
        begins && balanced && !abbreviated
    })
}

/// Spaces as they were, and nothing at the start that would begin a block.
pub(super) fn finish(line: &str) -> String {
    let line = line.replace(FIXED_SPACE, " ");
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    if (1..=9).contains(&digits) && after.starts_with(['.', ')']) {
        return format!("{}\\{after}", line.get(..digits).unwrap_or_default());
    }
    let begins_block = line.starts_with(['#', '>', '=', '|'])
        || ["- ", "+ ", "~~~", "--"].iter().any(|mark| line.starts_with(mark))
        || line == "-"
        || line == "+";
    if begins_block { format!("\\{line}") } else { line }
}

/// Where a bare web address begins.
pub(super) fn address(text: &str) -> Option<usize> {
    let starts = text.match_indices("http").map(|(index, _)| index);
    let mut addresses = starts.filter(|&index| text.get(index..).is_some_and(|tail| address_length(tail) > 0));
    addresses.next()
}

/// How long the address at the start of the text is; 0 when there is none.
pub(super) fn address_length(text: &str) -> usize {
    let scheme = if text.starts_with("https://") {
        8
    } else if text.starts_with("http://") {
        7
    } else {
        return 0;
    };
    let end = text
        .find(|character: char| character.is_whitespace() || character.is_control() || "<>\"`|\\".contains(character))
        .unwrap_or(text.len());
    let address =
        text.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '}']);
    if address.len() > scheme { address.len() } else { 0 }
}

/// The language of a code block, when it is one that `rustdoc` does not take for a test.
pub(super) fn language<'a>(kind: &'a CodeBlockKind<'_>) -> &'a str {
    const LANGUAGES: &[&str] = &[
        "bash",
        "c",
        "console",
        "css",
        "csv",
        "go",
        "graphql",
        "html",
        "http",
        "ini",
        "java",
        "javascript",
        "js",
        "json",
        "jsonc",
        "kotlin",
        "markdown",
        "php",
        "powershell",
        "python",
        "ruby",
        "sh",
        "shell",
        "sql",
        "swift",
        "text",
        "toml",
        "ts",
        "typescript",
        "xml",
        "yaml",
    ];
    let CodeBlockKind::Fenced(info) = kind else { return "text" };
    let word = info.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
    LANGUAGES.iter().find(|language| **language == word).copied().unwrap_or("text")
}
