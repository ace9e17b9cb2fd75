//! A server on a real socket that answers by a script and keeps what it was sent.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
// Each test binary uses a part of it.
#![allow(dead_code, unreachable_pub, unused_imports)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub use runtime_tests::api::*;
use runtime_tests::runtime::*;

pub fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new("https://api.example.com/v1", "test/1.0")
        .base_url(base)
        .credential(API_KEY, ApiKey::new("yourapikey"))
}

/// A server that gives each reply to one connection.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

pub struct Script {
    pub reply: Vec<u8>,
    pub delay: Duration,
}

impl From<String> for Script {
    fn from(reply: String) -> Self {
        Self { reply: reply.into_bytes(), delay: Duration::ZERO }
    }
}

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

pub fn json(status: &str, body: &str) -> Script {
    reply(status, &[("content-type", "application/json")], body)
}

impl Script {
    pub fn late(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl Server {
    pub fn start(script: impl IntoIterator<Item = Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (script.into_iter().collect::<Vec<_>>(), requests.clone());
        thread::spawn(move || {
            for step in script {
                let Ok((stream, _)) = listener.accept() else { return };
                let request = read(&stream);
                log.lock().unwrap().push(request);
                thread::sleep(step.delay);
                let mut stream = stream;
                // The client may have gone away, which is the point of some tests.
                let _ = stream.write_all(&step.reply);
            }
        });
        Self { url, requests }
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub fn request(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }
}

/// The request with its headers in lower case and sorted, so that it can be compared whatever the transport.
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
