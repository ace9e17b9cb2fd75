//! The HTML that descriptions use for formatting, to Markdown. Anything else in angle brackets stays text.

/// Rewrites formatting tags. Code, fenced or inline, is left alone.
pub(super) fn to_markdown(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut output = String::with_capacity(text.len());
    let mut links: Vec<String> = Vec::new();
    let mut in_fence = false;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            in_fence = !in_fence;
        }
        if in_fence {
            output.push_str(line);
        } else {
            rewrite(line, &mut output, &mut links);
        }
    }
    output
}

fn rewrite(line: &str, output: &mut String, links: &mut Vec<String>) {
    let mut rest = line;
    let mut in_code = false;
    while let Some(character) = rest.chars().next() {
        if character == '`' {
            in_code = !in_code;
        }
        let tag = (character == '<' && !in_code).then(|| tag(rest)).flatten();
        if let Some((markdown, tail)) = tag.and_then(|(tag, tail)| Some((markdown(tag, links)?, tail))) {
            output.push_str(&markdown);
            rest = tail;
            continue;
        }
        output.push(character);
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
}

/// Longer tags are text, so that looking for the end of each costs no more than the text is long.
const LONGEST_TAG: usize = 2_000;

/// The inside of the tag at the start of `rest`, and what comes after it.
fn tag(rest: &str) -> Option<(&str, &str)> {
    let end = rest.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    Some((rest.get(1..end)?, rest.get(end + 1..)?))
}

fn markdown(tag: &str, links: &mut Vec<String>) -> Option<String> {
    let closing = tag.starts_with('/');
    let body = tag.trim_start_matches('/').trim_end_matches('/').trim();
    let name = body.split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
    if name != body.to_ascii_lowercase() && !body.contains('=') {
        return None;
    }
    let text = match name.as_str() {
        "p" | "div" | "ul" | "ol" | "dl" | "section" | "article" | "blockquote" => "\n\n",
        "b" | "strong" => "**",
        "i" | "em" => "*",
        "code" | "tt" | "kbd" | "samp" => "`",
        "pre" if closing => "\n```\n\n",
        "pre" => "\n\n```text\n",
        "li" | "dt" if !closing => "\n- ",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !closing => "\n\n### ",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "\n\n",
        "a" if closing => return Some(links.pop().map_or_else(String::new, |url| format!("]({url})"))),
        "a" => {
            let url = attribute(body, "href")?;
            links.push(url);
            "["
        }
        "span" | "font" | "u" | "small" | "sup" | "sub" | "li" | "dt" | "dd" | "center" | "nobr" | "details"
        | "summary" => "",
        _ => return None,
    };
    Some(text.to_owned())
}

fn attribute(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("{name}="))?;
    let quote = rest.chars().next()?;
    let value = if quote == '"' || quote == '\'' {
        rest.get(1..)?.split(quote).next()?
    } else {
        rest.split(char::is_whitespace).next()?
    };
    Some(value.replace(' ', "%20"))
}
