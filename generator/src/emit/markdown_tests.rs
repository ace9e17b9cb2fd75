//! What becomes of the prose of a document.

use proptest::prelude::*;

use super::safe;
use crate::emit::prose::code;

fn check(input: &str, expected: &str) {
    assert_eq!(safe(input).join("\n"), expected, "{input:?}");
}

#[test]
fn brackets_are_no_links() {
    check("Use [tags] or [the docs](Lead).", "Use \\[tags] or the docs.");
    check("See [docs](https://example.com/a_b).", "See [docs](https://example.com/a_b).");
}

#[test]
fn bare_addresses_become_links() {
    check("See https://example.com/a_b?c=d.", "See <https://example.com/a_b?c=d>.");
    check("`https://example.com`", "`https://example.com`");
    check("<https://example.com/a>", "<https://example.com/a>");
}

#[test]
fn tags_of_html_are_text_or_markdown() {
    check("An <id> of Vec<String>", "An \\<id> of Vec\\<String>");
    check("<p>One <b>two</b></p><p>Three<br>four</p>", "One **two**\n\nThree\\\nfour");
    check("<a href=\"https://example.com\">x</a>", "[x](https://example.com)");
    check("a <!-- hidden --> b", "a b");
}

#[test]
fn code_is_never_a_doctest() {
    check("Text:\n\n    let x;", "Text:\n\n```text\nlet x;\n```");
    check("```\nfn main() {}\n```", "```text\nfn main() {}\n```");
    check("```rust,should_panic\nx\n```", "```text\nx\n```");
    check("```json\n{\"a\":\t1}\n```", "```json\n{\"a\":    1}\n```");
}

#[test]
fn lists_and_tables_keep_their_shape() {
    check("A:\n- one\n  more\n- two\n    1. deep\n", "A:\n\n* one more\n* two\n  1. deep");
    check("- one\n  - two\n\n  more\n- three\n", "* one\n  * two\n\n  more\n* three");
    check("|a|b|\n|-|-|\n|x \\| y|`c`|", "| a | b |\n| --- | --- |\n| x \\| y | `c` |");
}

#[test]
fn paragraphs_are_wrapped_and_never_begin_a_block() {
    let text = format!("{} ab - not a list", "word ".repeat(22).trim_end());
    let lines = safe(&text);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].starts_with("\\- "), "{lines:?}");
}

#[test]
fn the_first_sentence_of_a_long_paragraph_stands_alone() {
    let text = format!("Lists leads. {}", "More about this. ".repeat(8).trim_end());
    let lines = safe(&text);
    assert_eq!((lines[0].as_str(), lines[1].as_str()), ("Lists leads.", ""));
}

#[test]
fn hidden_characters_are_dropped() {
    check("a&#x202e;b &#13;&#x2028;c", "ab c");
    check("a\r\nb\u{202e}c\u{0}d\u{2028}e", "a bcd e");
}

#[test]
fn inline_code_holds_anything() {
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a\n b"), "`a b`");
}

proptest! {
    #[test]
    fn writing_is_stable_and_safe(text in "[a-c *_`<>\\[\\]()#|&;:/.\\n-]{0,60}|\\PC{0,40}") {
        let lines = safe(&text);
        for line in &lines {
            prop_assert!(!line.contains(['\n', '\r', '\t']));
            prop_assert_eq!(line.trim_end(), line.as_str());
        }
        prop_assert!(lines.last().is_none_or(|line| !line.is_empty()));
        prop_assert!(lines.first().is_none_or(|line| !line.is_empty()));
    }
}

proptest::proptest! {
    /// Prose that is taken as it is has the lines that the parser would give it.
    #[test]
    fn plain_prose_is_what_the_parser_makes_of_it(text in "[ \n]{0,2}[a-z]([A-Za-z0-9 .,;:'\"()/?!%$=]|\\. [A-Z]| e\\.g\\. |http:/){0,80}[ \n]{0,2}") {
        proptest::prop_assume!(super::plain(&text).is_some());
        let mut writer = super::Writer::default();
        writer.markdown(&text);
        writer.paragraph();
        proptest::prop_assert_eq!(super::safe(&text), writer.lines);
    }
}
