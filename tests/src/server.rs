//! A server on a real socket that answers by a script and keeps what it was sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server that gives each reply of its script to one connection, and refuses what comes after the last one.
#[derive(Debug)]
pub struct Server {
    /// Where it listens: `http://127.0.0.1:` and a port.
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// One reply, and how long it takes.
#[derive(Debug, Clone)]
pub struct Script {
    /// What is written to the connection.
    pub reply: Vec<u8>,
    /// The time until it is.
    pub delay: Duration,
}

impl Script {
    /// The same reply after a while.
    #[must_use]
    pub fn late(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl From<String> for Script {
    fn from(reply: String) -> Self {
        Self { reply: reply.into_bytes(), delay: Duration::ZERO }
    }
}

/// A reply of a status such as `200 OK`, headers and a body.
pub fn reply(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Script {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("connection: close\r\ncontent-length: {}\r\n\r\n", body.as_ref().len()));
    let mut reply = text.into_bytes();
    reply.extend_from_slice(body.as_ref());
    Script { reply, delay: Duration::ZERO }
}

/// No reply: the connection is closed after the request.
pub fn hang_up() -> Script {
    Script { reply: Vec::new(), delay: Duration::ZERO }
}

/// A reply of JSON.
pub fn json(status: &str, body: &str) -> Script {
    reply(status, &[("content-type", "application/json")], body)
}

impl Server {
    /// Listens on a free port.
    pub fn start(script: impl IntoIterator<Item = Script>) -> Self {
        Self::start_with(|_| script.into_iter().collect())
    }

    /// Listens on a free port with a script that names it.
    pub fn start_with(script: impl FnOnce(&str) -> Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (script(&url), requests.clone());
        thread::spawn(move || {
            for step in script {
                let Ok((stream, _)) = listener.accept() else { return };
                let request = read(&stream);
                log.lock().unwrap().push(request);
                // A reply that comes late does not keep the next request from being seen.
                let answer = move || {
                    thread::sleep(step.delay);
                    // The client may have gone away, which is the point of some tests.
                    let _ = (&stream).write_all(&step.reply);
                };
                if step.delay.is_zero() { answer() } else { drop(thread::spawn(answer)) }
            }
        });
        Self { url, requests }
    }

    /// The requests so far, in order: first line, headers in lower case and sorted, an empty line, the body.
    ///
    /// `host`, `connection` and `accept-encoding` are left out: they belong to the connection.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request.
    pub fn request(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }
}

fn read(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let (mut headers, mut length, mut chunked) = (Vec::new(), 0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_owned();
        let Some((name, value)) = line.split_once(": ") else { break };
        let name = name.to_ascii_lowercase();
        match &*name {
            "content-length" => length = value.parse().unwrap(),
            "transfer-encoding" => chunked = true,
            "host" | "connection" | "accept-encoding" => continue,
            _ => {}
        }
        headers.push(format!("{name}: {value}"));
    }
    headers.sort();
    let body = if chunked { read_chunks(&mut reader) } else { read_exact(&mut reader, length) };
    format!("{}\n{}\n\n{}", first.trim_end(), headers.join("\n"), String::from_utf8_lossy(&body))
}

fn read_exact(reader: &mut impl Read, length: usize) -> Vec<u8> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

fn read_chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        body.extend(read_exact(reader, size));
        read_exact(reader, 2);
        if size == 0 {
            return body;
        }
    }
}
