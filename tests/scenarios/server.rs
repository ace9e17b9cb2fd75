//! A server that behaves as the scenario document says: it echoes, asks for credentials, pages, fails and streams.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// Path and query, as they came.
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Asked {
    fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// A parameter of the query.
    fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// The server, and everything that it was asked.
pub struct World {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl World {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, log) = (stream.unwrap(), log.clone());
                thread::spawn(move || serve(stream, &log));
            }
        });
        Self { url, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn last(&self) -> Asked {
        self.asked().last().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>) {
    let asked = read(&stream);
    let before = {
        let mut log = log.lock().unwrap();
        log.push(asked.clone());
        log.iter().filter(|other| other.path() == asked.path()).count() - 1
    };
    let answer = answer(&asked, before);
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"transfer-encoding: chunked\r\n\r\n").unwrap();
    // In pieces that keep to nothing, also not to characters.
    for piece in answer.body.chunks(7) {
        let _ = write!(stream, "{:x}\r\n", piece.len()).and_then(|()| stream.write_all(piece)).and_then(|()| stream.write_all(b"\r\n"));
    }
    let _ = stream.write_all(b"0\r\n\r\n");
}

fn read(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut parts = first.split(' ').map(str::to_owned);
    let (method, target) = (parts.next().unwrap(), parts.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Asked { method, target, headers, body: String::from_utf8(body).unwrap() }
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

fn of(status: &'static str, media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    Answer { status, headers: vec![("content-type", media_type.to_owned())], body: body.into() }
}

fn data(value: &Value) -> Answer {
    of("200 OK", "application/json", value.to_string())
}

fn answer(asked: &Asked, before: usize) -> Answer {
    let path = asked.path();
    match path.split('/').nth(1).unwrap_or_default() {
        "auth" => auth(asked),
        "retries" => retries(asked, before),
        "pagination" => page(asked),
        "eventstreams" => of("200 OK", "text/event-stream", events(path)),
        "jsonl" => of("200 OK", "application/jsonl", lines(path)),
        "x-ndjson" => of("200 OK", "application/x-ndjson", lines(path)),
        "response-headers" if asked.method == "GET" => {
            let mut answer = data(&json!({"token": "test-token"}));
            answer.headers.push(("X-Required-Header", "required".to_owned()));
            answer
        }
        "status" => of("404 Not Found", "application/json", "{}"),
        _ => data(&echo(asked)),
    }
}

/// What `/anything` of httpbin answers: parameters that come twice are lists, and headers are spelled `X-Name`.
fn echo(asked: &Asked) -> Value {
    let (_, query) = asked.target.split_once('?').unwrap_or_default();
    let mut args: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        args.entry(name).or_default().push(value);
    }
    let one = |(name, values): (&str, Vec<&str>)| match values.as_slice() {
        [value] => (name.to_owned(), json!(value)),
        values => (name.to_owned(), json!(values)),
    };
    let args: BTreeMap<String, Value> = args.into_iter().map(one).collect();
    let headers: BTreeMap<String, &String> = asked.headers.iter().map(|(name, value)| (spelled(name), value)).collect();
    json!({
        "method": asked.method, "url": format!("http://localhost:35123{}", asked.target), "args": args,
        "headers": headers, "json": asked.json(), "data": asked.body, "form": {}, "files": {},
    })
}

fn spelled(name: &str) -> String {
    let word = |word: &str| word.get(..1).unwrap_or_default().to_ascii_uppercase() + word.get(1..).unwrap_or_default();
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

/// Whether the request has the headers that its own body asks for.
fn auth(asked: &Asked) -> Answer {
    let wanted = asked.json();
    let header = |row: &Value| {
        let name = row["headerName"].as_str().unwrap().to_ascii_lowercase();
        asked.headers.get(&name).map(String::as_str) == row["expectedValue"].as_str()
    };
    let headers = wanted["headerAuth"].as_array().is_none_or(|rows| rows.iter().all(header));
    let basic = wanted["basicAuth"].is_null()
        || asked.headers.get("authorization").map(String::as_str) == Some("Basic dGVzdFVzZXI6dGVzdFBhc3M=");
    let authorized = headers && basic && (wanted["headerAuth"].is_array() || wanted["basicAuth"].is_object());
    of(if authorized { "200 OK" } else { "401 Unauthorized" }, "application/json", "")
}

fn retries(asked: &Asked, before: usize) -> Answer {
    let wanted = asked.query("num-retries").map_or(3, |count| count.parse::<usize>().unwrap());
    if before < wanted {
        let mut answer = of("503 Service Unavailable", "application/json", "{}");
        answer.headers.extend(asked.query("retry-after-val").map(|seconds| ("retry-after", seconds)));
        return answer;
    }
    data(&json!({"retries": before}))
}

/// Twenty numbers or letters, in pages.
fn page(asked: &Asked) -> Answer {
    let path = asked.path();
    let body = asked.json();
    let number = |name: &str| asked.query(name).and_then(|text| text.parse().ok()).or(body[name].as_i64());
    let limit = number("limit").unwrap_or(15);
    if path.contains("cursor_non_numeric") {
        return match asked.query("cursor").as_deref() {
            None => data(&json!({"numPages": 2, "cursor": "b", "resultArray": ["a", "b"]})),
            _ => data(&json!({"numPages": 2, "cursor": null, "resultArray": ["c"]})),
        };
    }
    if path == "/pagination/url" {
        return match asked.query("attempts").unwrap().as_str() {
            "0" => data(&json!({"numPages": 2, "resultArray": [3]})),
            _ => data(&json!({"numPages": 2, "next": "/pagination/url?attempts=0", "resultArray": [1, 2]})),
        };
    }
    if path == "/pagination/cursor/response_envelope" {
        return match asked.query("cursor") {
            None => data(&json!({"pageInfo": {"numPages": 2, "next": "n"}, "resultArray": [1]})),
            Some(_) => data(&json!({"pageInfo": {"numPages": 2}, "resultArray": [2]})),
        };
    }
    let start = number("offset").unwrap_or_else(|| (number("page").unwrap_or(1) - 1) * limit);
    let items: Vec<i64> = (start..20).take(usize::try_from(limit).unwrap()).collect();
    data(&json!({"numPages": 2, "resultArray": items}))
}

fn events(path: &str) -> String {
    let text = match path.trim_start_matches("/eventstreams/") {
        "json" => "data: {\"content\":\"Hello\"}\n\ndata: {\"content\":\" wörld\"}\n\n",
        "text" => "data: Hello\n\ndata: world\n\n",
        "multiline" => "data: YHOO\ndata: +2\ndata: 10\n\n",
        "rich" => {
            "id: job-1\nevent: completion\ndata: {\"completion\":\"Hello\",\"stop_reason\":null,\"model\":\"m\"}\n\n\
             event: heartbeat\ndata: ping\nretry: 3000\n\n\
             id: job-2\nevent: completion\ndata: {\"completion\":\"world\",\"stop_reason\":\"stop_sequence\"}\n\n"
        }
        "differentdataschemas" => {
            "id: e1\nevent: message\ndata: {\"content\":\"Here is your url\"}\n\n\
             id: e2\nevent: url\ndata: {\"url\":\"https://example.com\"}\n\n\
             id: e3\nevent: array\ndata: [1,2]\n\nid: e4\nevent: primitive\ndata: true\n\nid: e5\nevent: primitive\ndata: 1.5\n\n"
        }
        "chat" | "sse-overload" | "chat-chunked" => {
            "data: {\"content\":\"Hello\"}\n\ndata: {\"content\":\" world\"}\n\ndata: [DONE]\n\ndata: {\"content\":\"late\"}\n\n"
        }
        "chat-heartbeat" => "event: heartbeat\n\ndata: {\"content\":\"a\"}\n\n: comment\n\ndata: {\"content\":\"b\"}\n\ndata: [DONE]\n\n",
        "union-with-comments" => {
            ": comment\nevent: status\ndata: {\"status\":\"ok\",\"message\":\"m\"}\n\n\
             event: progress\n: another\ndata: {\"percent\":50,\ndata: \"detail\":\"half\"}\n\n"
        }
        "partial-with-comments" => "event: message\r\n: c\r\ndata: {\"message\":\"hi\"}\r\n\r\ndata: {\"progress\":7}\r\rdata: [DONE]\n\n",
        "wpt-compliance" => "\u{feff}data:no space\n\ndata\n\nid: 1\nid: bad\0id\nretry: 1x\nretry: 250\nunknown: x\ndata:  two\n\n",
        "mixeddata" => {
            "event: completion\ndata: {\"content\":\"json\"}\n\nevent: text\ndata: plain text\n\nevent: text\ndata: 17\n\n"
        }
        "nullable-id" => "event: a\ndata: {\"status\":\"s\"}\n\nid: 7\nevent: b\ndata: {}\n\n",
        other => panic!("{other}"),
    };
    text.to_owned()
}

fn lines(path: &str) -> &'static str {
    match path {
        "/jsonl/deserialization_verification" => "{\"isFinished\":\"no\"}\n{\"isFinished\":\"yes\"}\n",
        _ => "{\"name\":\"Peter\",\"skills\":[\"Go\",\"Python\"]}\n{\"name\":\"Jöhn\",\"skills\":[\"Rust\"]}\r\n\n{\"name\":\"Ann\"}",
    }
}
