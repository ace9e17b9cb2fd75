//! Wire transcripts as data for tests.

/// A transcript, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The first line of the request.
    pub line: String,
    /// The pairs of the query, as they are escaped.
    pub query: Vec<(String, String)>,
    /// The headers of the request, sorted, without `host`.
    pub headers: Vec<(String, String)>,
    /// The body of the request, JSON as it is sent.
    pub body: String,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response.
    pub answer_headers: Vec<(String, String)>,
    /// The body of the response, JSON without white space.
    pub answer: String,
}

impl Transcript {
    /// Reads the text of a file below `wire/`.
    pub fn read(text: &str) -> Self {
        let messages = text.split_once("\n\n").unwrap().1;
        let (request, answer) = messages.split_once("\n\n###\n\n").or(messages.split_once("\n###\n\n")).unwrap();
        let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
        let head = head.replace("\n    ", "");
        let (line, lines) = head.split_once('\n').unwrap();
        let query = line.split_once('?').map_or("", |(_, rest)| rest.split(' ').next().unwrap());
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut headers = headers(lines);
        headers.retain(|(name, _)| name != "host");
        let (answer_head, answer_body) = answer.split_once("\n\n").unwrap_or((answer, ""));
        let (status, lines) = answer_head.split_once('\n').unwrap_or((answer_head, ""));
        let answer_headers = self::headers(lines);
        Self {
            line: line.to_owned(),
            query: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: body_of(&headers, body),
            headers,
            status: status.split(' ').nth(1).unwrap().parse().unwrap(),
            answer: body_of(&answer_headers, answer_body),
            answer_headers,
        }
    }

    /// The request in the form in which [`Server::requests`](crate::server::Server::requests) has it, with what stands for
    /// the placeholders.
    pub fn request(&self, placeholders: &[(&str, &str)]) -> String {
        let lines: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let mut text = format!("{}\n{}\n\n{}", self.line, lines.join("\n"), self.body);
        for (name, value) in placeholders {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
        }
        assert!(!text.contains("{{"), "{text}");
        text
    }

    /// The value of a parameter of the query, without escapes.
    pub fn parameter(&self, name: &str) -> String {
        let (_, value) = self.query.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
        let mut bytes = Vec::new();
        let mut rest = value.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if byte == b'%' {
                let code = std::str::from_utf8(&rest[..2]).unwrap();
                bytes.push(u8::from_str_radix(code, 16).unwrap());
                rest = &rest[2..];
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    /// The segment of the path at a position, counted from its end.
    pub fn segment(&self, from_end: usize) -> &str {
        let path = self.line.split(' ').nth(1).unwrap().split('?').next().unwrap();
        path.trim_end_matches('/').rsplit('/').nth(from_end).unwrap()
    }
}

fn headers(lines: &str) -> Vec<(String, String)> {
    let pairs = lines.lines().filter_map(|line| line.split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn body_of(headers: &[(String, String)], body: &str) -> String {
    let body = body.strip_suffix('\n').unwrap_or(body);
    let is_json = headers.iter().any(|(name, value)| name == "content-type" && value.contains("json"));
    if is_json { compact(body) } else { body.to_owned() }
}

/// JSON without the white space between its words; nothing else is changed.
fn compact(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let mut text = String::new();
    for character in json.chars() {
        if inside {
            inside = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_whitespace() {
            continue;
        } else {
            inside = character == '"';
        }
        text.push(character);
    }
    text
}
