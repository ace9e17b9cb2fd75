//! Markdown of a document to Markdown that `rustdoc` and clippy take without a warning.
//!
//! The text is parsed by the parser that `rustdoc` uses and written anew: what was a link to nowhere, a tag or a doctest
//! by accident is text now, lists and tables keep their shape, paragraphs are wrapped.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::hidden::is_hidden;

use super::docs::is_url;
use super::html;
use super::prose::{
    FIXED_SPACE, LINE_END, WIDTH, address, address_length, clean, code, finish, first_sentence, language, longest_run,
    plain,
};

/// Containers nested deeper than this are written flat.
const DEEPEST: usize = 5;

/// Lines for a doc comment, without the leading space.
pub(super) fn safe(text: &str) -> Vec<String> {
    lines(text, Writer::default())
}

/// The same without a summary apart from the rest.
pub(super) fn whole(text: &str) -> Vec<String> {
    lines(text, Writer { whole: true, ..Writer::default() })
}

fn lines(text: &str, mut writer: Writer) -> Vec<String> {
    match plain(text) {
        Some(sentence) => writer.inline.push_str(sentence),
        None => writer.markdown(text),
    }
    writer.paragraph();
    while writer.lines.last().is_some_and(String::is_empty) {
        writer.lines.pop();
    }
    writer.lines
}

/// Something that indents what is inside.
#[derive(Debug, Default)]
struct Container {
    first: String,
    rest: String,
    used: bool,
}

#[derive(Debug, Default)]
struct Writer {
    lines: Vec<String>,
    /// Whether the first sentence stays with the rest of its paragraph.
    whole: bool,
    containers: Vec<Container>,
    /// Next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Text of the parser that belongs together.
    text: String,
    /// The paragraph, heading or cell being read.
    inline: String,
    links: Vec<Option<String>>,
    heading: Option<usize>,
    code: Option<(String, String)>,
    table: Option<Vec<Vec<String>>>,
    needs_blank: bool,
    /// Whether a list has just ended: what follows in its item would else continue the last line of the list.
    after_list: bool,
}

impl Writer {
    fn markdown(&mut self, text: &str) {
        let clean = html::to_markdown(&clean(text));
        for event in Parser::new_ext(&clean, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            self.event(event);
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let Event::Text(text) = &event {
            match &mut self.code {
                Some((_, body)) => body.push_str(text),
                None => self.text.push_str(text),
            }
            return;
        }
        self.flush_text();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(text) => self.inline_code(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text.push_str(&text)
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.heading = Some(level as usize);
            }
            Tag::BlockQuote(_) => self.open("> ".to_owned(), "> ".to_owned()),
            Tag::CodeBlock(kind) => {
                self.paragraph();
                self.code = Some((language(&kind).to_owned(), String::new()));
            }
            Tag::List(first) => {
                self.paragraph();
                let interrupts = matches!(first, None | Some(1));
                self.needs_blank = self.lists.is_empty() || self.needs_blank && !interrupts;
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Table(_) => {
                self.paragraph();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong => self.inline.push_str("**"),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.links.push(None),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.open_link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.close(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Item => {
                self.paragraph();
                self.containers.pop();
                self.needs_blank = false;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.needs_blank = self.lists.is_empty();
                self.after_list = true;
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline).replace([LINE_END, FIXED_SPACE], " ");
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell.trim().to_owned());
                }
            }
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong => self.inline.push_str("**"),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => {
                if let Some(Some(url)) = self.links.pop() {
                    self.inline.push_str(&format!("]({url})"));
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, first: String, rest: String) {
        self.paragraph();
        let deep = self.containers.len() >= DEEPEST;
        let container = Container { first, rest, used: false };
        self.containers.push(if deep { Container::default() } else { container });
    }

    fn close(&mut self) {
        self.paragraph();
        self.containers.pop();
        self.needs_blank = true;
    }

    fn item(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            Some(None) | None => "* ".to_owned(),
        };
        let rest = " ".repeat(marker.len());
        self.open(marker, rest);
        self.after_list = false;
    }

    /// A link that leads somewhere stays one; any other becomes its text.
    fn open_link(&mut self, url: &CowStr<'_>) {
        let nested = self.links.iter().any(Option::is_some);
        let escaped = url.replace('(', "%28").replace(')', "%29");
        let link = (is_url(&escaped) && !nested).then_some(escaped);
        if link.is_some() {
            self.inline.push('[');
        }
        self.links.push(link);
    }

    fn inline_code(&mut self, text: &str) {
        let code = code(text);
        let code = if self.table.is_some() { code.replace('|', "\\|") } else { code };
        self.inline.push_str(&code.replace(' ', &FIXED_SPACE.to_string()));
    }

    fn html(&mut self, text: &str) {
        let tag = text.trim().to_ascii_lowercase();
        if tag.starts_with("<!--") {
            return;
        }
        if matches!(tag.as_str(), "<br>" | "<br/>" | "<br />" | "</br>") {
            return self.hard_break();
        }
        self.text.push_str(text);
        self.flush_text();
    }

    fn hard_break(&mut self) {
        self.inline.push(if self.table.is_some() || self.heading.is_some() { ' ' } else { LINE_END });
    }

    fn rule(&mut self) {
        self.paragraph();
        if !self.lines.is_empty() && self.containers.is_empty() {
            self.line("---");
            self.needs_blank = true;
        }
    }

    /// Escapes the text that has come together, and turns bare addresses into links.
    fn flush_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let in_link = self.links.iter().any(Option::is_some);
        let mut rest = text.as_str();
        while let Some(start) = if in_link { None } else { address(rest) } {
            let (before, tail) = rest.split_at(start);
            let length = address_length(tail);
            self.escape(before, in_link);
            let (url, tail) = tail.split_at(length);
            self.inline.push_str(&format!("<{url}>"));
            rest = tail;
        }
        self.escape(rest, in_link);
    }

    fn escape(&mut self, text: &str, in_link: bool) {
        let mut previous = self.inline.chars().last().unwrap_or(' ');
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            // `&#x202e;` is one of them only now that it was parsed.
            if character.is_control() && character != '\n' || is_hidden(character) {
                continue;
            }
            let next = characters.peek().copied().unwrap_or(' ');
            let escaped = match character {
                '\\' | '`' | '*' | '[' | '<' => true,
                ']' => in_link,
                '|' => self.table.is_some(),
                '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
                '~' => previous == '~' || next == '~',
                '&' => next == '#' || next.is_ascii_alphabetic(),
                _ => false,
            };
            if escaped {
                self.inline.push('\\');
            }
            self.inline.push(if character == '\n' { ' ' } else { character });
            previous = character;
        }
    }

    /// Writes one line behind the prefixes of its containers.
    fn line(&mut self, text: &str) {
        if (self.needs_blank || self.after_list) && !self.lines.is_empty() {
            let blank: String = self
                .containers
                .iter()
                .map(|container| if container.used { container.rest.as_str() } else { "" })
                .collect();
            self.lines.push(blank.trim_end().to_owned());
        }
        (self.needs_blank, self.after_list) = (false, false);
        let mut line = String::new();
        for container in &mut self.containers {
            line.push_str(if container.used { &container.rest } else { &container.first });
            container.used = true;
        }
        line.push_str(text);
        self.lines.push(line.trim_end().to_owned());
    }

    /// Ends what is being read as a paragraph.
    fn paragraph(&mut self) {
        self.flush_text();
        let inline = std::mem::take(&mut self.inline);
        let text = inline.trim_matches([' ', LINE_END]);
        if text.is_empty() {
            return;
        }
        let begins = self.lines.is_empty() && self.containers.is_empty();
        let parts = if begins && !self.whole { first_sentence(text) } else { None };
        let (summary, rest) = parts.unwrap_or((text, ""));
        self.wrapped(summary);
        self.needs_blank = true;
        if !rest.is_empty() {
            self.wrapped(rest);
            self.needs_blank = true;
        }
    }

    fn wrapped(&mut self, text: &str) {
        let parts: Vec<&str> = text.split(LINE_END).map(str::trim).filter(|part| !part.is_empty()).collect();
        for (index, part) in parts.iter().enumerate() {
            let mut line = String::new();
            for word in part.split(' ').filter(|word| !word.is_empty()) {
                if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
                    self.line(&finish(&line));
                    line.clear();
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            let end = if index + 1 < parts.len() { "\\" } else { "" };
            self.line(&format!("{}{end}", finish(&line)));
        }
    }

    fn end_heading(&mut self) {
        let level = self.heading.take().unwrap_or(1);
        let inline = std::mem::take(&mut self.inline).replace(LINE_END, " ");
        let text = finish(inline.trim());
        if text.is_empty() {
            return;
        }
        let first = self.lines.is_empty();
        let text = if first { text } else { format!("{} {text}", "#".repeat((level + 1).min(6))) };
        self.line(&text);
        self.needs_blank = true;
    }

    fn end_code(&mut self) {
        let Some((language, body)) = self.code.take() else { return };
        if body.trim().is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(&body).max(2) + 1);
        self.line(&format!("{fence}{language}"));
        for line in body.trim_end().lines() {
            self.line(line);
        }
        self.line(&fence);
        self.needs_blank = true;
    }

    fn end_table(&mut self) {
        let rows = self.table.take().unwrap_or_default();
        for (index, row) in rows.iter().enumerate() {
            self.line(&format!("| {} |", row.join(" | ")));
            if index == 0 {
                self.line(&format!("|{}", " --- |".repeat(row.len())));
            }
        }
        self.needs_blank = !rows.is_empty();
    }
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
