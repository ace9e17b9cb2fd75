//! The file of a transcript.

use super::Answer;
use super::body::Sent;
use super::request::Request;
use super::value::Json;
use super::visible;

/// A query and a JSON body up to this length stand on one line, as they are sent.
const SHORT: usize = 100;

/// How a transcript is read; the placeholders are those of editors that send such files.
const HEAD: &str = "\
# A request as the client sends it, and a response, with the examples of the description.
# Words in double braces stand for what is not the description's. A longer query is broken before each `&`, and longer
# JSON is spread over lines; both travel on one line, which is what `content-length` counts.
";

/// The whole file.
pub(super) fn transcript(request: &Request, answer: &Answer) -> String {
    let mut text = HEAD.to_owned();
    text.push_str(&format!("\n{} {}{} HTTP/1.1\n", request.method, shown(&request.path), query(&request.query)));
    for (name, value) in &request.headers {
        text.push_str(&format!("{}: {}\n", shown(name), shown(value)));
    }
    push_body(request.body.as_ref(), &mut text);
    text.push_str("\n###\n\n");
    text.push_str(&format!("HTTP/1.1 {}\n", status(answer.status)));
    if let Some(body) = &answer.body {
        text.push_str(&format!("content-type: {}\n", shown(&body.media_type)));
    }
    push_body(answer.body.as_ref(), &mut text);
    text
}

fn query(pairs: &[String]) -> String {
    let line = pairs.join("&");
    match pairs {
        [] => String::new(),
        _ if line.len() <= SHORT => format!("?{}", shown(&line)),
        _ => format!("\n    ?{}", shown(&pairs.join("\n    &"))),
    }
}

fn push_body(body: Option<&Sent>, text: &mut String) {
    let Some(body) = body else { return };
    text.push('\n');
    let shown = match &body.json {
        Some(json) if body.bytes.len() > SHORT => {
            let mut pretty = String::new();
            spread(json, 0, &mut pretty);
            escaped(&pretty)
        }
        Some(_) => escaped(&body.bytes),
        None => shown(&body.bytes.replace("\r\n", "\n")),
    };
    text.push_str(&shown);
    if !text.ends_with('\n') {
        text.push('\n');
    }
}

/// JSON with one member or item per line.
fn spread(json: &Json, level: usize, out: &mut String) {
    let indent = "  ".repeat(level + 1);
    let (open, close, count) = match json {
        Json::Object(members) => ('{', '}', members.len()),
        Json::List(items) => ('[', ']', items.len()),
        _ => ('"', '"', 0),
    };
    if count == 0 {
        out.push_str(&json.text());
        return;
    }
    out.push(open);
    for index in 0..count {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&indent);
        match json {
            Json::Object(members) => {
                let Some((key, value)) = members.get(index) else { continue };
                out.push_str(&format!("{}: ", Json::String(key.clone()).text()));
                spread(value, level + 1, out);
            }
            Json::List(items) => {
                let Some(item) = items.get(index) else { continue };
                spread(item, level + 1, out);
            }
            _ => {}
        }
    }
    out.push_str(&format!("\n{}{close}", "  ".repeat(level)));
}

/// JSON in which what an editor would hide is escaped: the same value, and nothing can pose as something else.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || visible(character.encode_utf8(&mut [0; 4])) {
            out.push(character);
        } else {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

/// Text of which nothing is hidden.
fn shown(text: &str) -> String {
    let show = |character: char| {
        let harmless = character == '\n' || visible(character.encode_utf8(&mut [0; 4]));
        if harmless { character } else { '\u{fffd}' }
    };
    text.chars().map(show).collect()
}

/// The status with its reason phrase (RFC 9110, section 15).
fn status(code: u16) -> String {
    let reason = match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        _ => "",
    };
    format!("{code} {reason}")
}
