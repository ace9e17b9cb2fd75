//! What holds for anything that a server may send: the properties behind the property tests and the fuzz targets.
// Properties that do not hold fail like tests.
#![allow(clippy::panic)]

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::api::{API_KEY, ByLink, Notices, Open, Rows};
use crate::runtime::{
    ApiKey, Body, BodyStream, BoxFuture, Bytes, Client, ClientBuilder, Date, DateTime, Error, HeaderMap, RateLimit,
    RawJson, Request, RetryPolicy, ServerEvent, Transport, TransportError, Value, json, retry_after,
};
use crate::types::Opportunity;

/// A response that was prepared: status, headers, the pieces of the body.
type Reply = (u16, HeaderMap, Vec<Vec<u8>>);

/// What a request showed: its URL, and whether a credential was on it.
type Seen = (http::Uri, bool);

/// A transport that gives prepared responses at once, and the last one again and again.
#[derive(Clone, Default)]
struct Prepared {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

struct Pieces(std::vec::IntoIter<Vec<u8>>);

impl futures_util::Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(|piece| Ok(piece.into())))
    }
}

impl Transport for Prepared {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let shows = request.headers().contains_key(http::header::AUTHORIZATION);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((request.uri().clone(), shows));
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let next = if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() };
        Box::pin(async move {
            let (status, headers, pieces) = next.ok_or_else(|| TransportError::connect("no more"))?;
            let mut response = http::Response::new(BodyStream::new(Pieces(pieces.into_iter())));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
            *response.headers_mut() = headers;
            Ok(response)
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

impl Prepared {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: Arc::new(Mutex::new(replies.into_iter().collect())), seen: Arc::default() }
    }

    #[expect(clippy::expect_used, reason = "a client of fixed settings")]
    fn client(&self) -> Client {
        let builder = ClientBuilder::new("https://h.example/v1", "t").credential(API_KEY, ApiKey::new("k"));
        builder.no_timeout().retry(RetryPolicy::never()).transport(self.clone()).build().expect("fixed settings")
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The output of a future that never waits.
fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// Cuts bytes into pieces whose lengths other bytes say.
fn cut(bytes: &[u8], lengths: &[u8]) -> Vec<Vec<u8>> {
    let (mut pieces, mut rest) = (Vec::new(), bytes);
    for length in lengths {
        let (piece, after) = rest.split_at(usize::from(*length).min(rest.len()));
        pieces.push(piece.to_vec());
        rest = after;
    }
    pieces.push(rest.to_vec());
    pieces
}

/// Splits an input of a fuzzer: what the first line says about the rest.
fn head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    (bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default())
}

/// Server-sent events are the same however the bytes are cut, and the same again when they are written and read anew.
///
/// The first line says how the rest is cut.
pub fn events(input: &[u8]) {
    let (lengths, body) = head(input);
    let whole = read_events(vec![body.to_vec()]);
    assert_eq!(whole, read_events(cut(body, lengths)));
    let mut again = String::new();
    for event in &whole {
        let lines = event.data.split('\n').map(|line| format!("data: {line}\n"));
        let retry = event.retry.map(|time| format!("retry: {}\n", time.as_millis())).unwrap_or_default();
        again.push_str(&format!("id: {}\nevent: {}\n{retry}{}\n", event.id, event.event, lines.collect::<String>()));
    }
    assert_eq!(whole, read_events(vec![again.into_bytes()]));
}

fn read_events(pieces: Vec<Vec<u8>>) -> Vec<ServerEvent> {
    let prepared = Prepared::new([(200, HeaderMap::new(), pieces)]);
    let client = prepared.client();
    let mut found = Vec::new();
    if let Ok(mut stream) = now(Request::<Notices>::new(&client).send()) {
        while let Ok(Some(event)) = now(stream.try_next()) {
            found.push(event);
        }
    }
    found
}

/// JSON lines are the same however the bytes are cut, and each is what `serde_json` says.
///
/// The first line says how the rest is cut.
pub fn json_lines(input: &[u8]) {
    let (lengths, body) = head(input);
    let whole = read_lines(vec![body.to_vec()]);
    assert_eq!(whole, read_lines(cut(body, lengths)));
    let lines = body.split(|byte| matches!(byte, b'\n' | b'\r' | 0x1e)).filter(|line| !line.trim_ascii().is_empty());
    let lines: Vec<&[u8]> = lines.collect();
    assert_eq!(whole.len(), lines.len());
    for (found, line) in whole.iter().zip(lines) {
        if is_judged_alike(line) {
            assert_eq!(*found, serde_json::from_slice(unmarked(line)).ok(), "{}", line.escape_ascii());
        }
    }
}

fn read_lines(pieces: Vec<Vec<u8>>) -> Vec<Option<Value>> {
    let prepared = Prepared::new([(200, HeaderMap::new(), pieces)]);
    let client = prepared.client();
    let mut found = Vec::new();
    if let Ok(mut stream) = now(Request::<Rows>::new(&client).send()) {
        loop {
            match now(stream.try_next()) {
                Ok(Some(value)) => found.push(Some(value)),
                Ok(None) => break,
                Err(_) => found.push(None),
            }
        }
    }
    found
}

/// Lone surrogates and the depth of nesting are what the two readers take differently by intent.
fn is_judged_alike(text: &[u8]) -> bool {
    let opened = text.iter().filter(|byte| matches!(byte, b'[' | b'{')).count();
    opened < 100 && !text.windows(2).any(|pair| pair == b"\\u")
}

/// The text without a byte order mark, which readers may pass over (RFC 8259 §8.1); ours does, `serde_json` does not.
fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

/// The reader accepts what `serde_json` accepts, with the same value, and reads back what it writes; types never panic.
pub fn json(bytes: &[u8]) {
    let ours = json::from_slice::<Value>(bytes).ok();
    if is_judged_alike(bytes) {
        assert_eq!(ours, serde_json::from_slice(unmarked(bytes)).ok());
    }
    if let Some(value) = ours {
        assert_eq!(json::from_slice::<Value>(&json::to_vec(&value)).ok(), Some(value));
    }
    if let Ok(raw) = json::from_slice::<RawJson>(bytes) {
        assert_eq!(raw.get().as_bytes(), unmarked(bytes).trim_ascii());
    }
    match json::from_slice::<Opportunity>(bytes) {
        Ok(opportunity) => {
            let written = json::to_vec(&opportunity);
            assert_eq!(json::from_slice::<Opportunity>(&written).ok(), Some(opportunity));
        }
        Err(error) => assert!(error.path(bytes).starts_with('$') && !error.to_string().is_empty()),
    }
}

/// Dates keep their text, whether they are dates or not.
pub fn dates(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(time) = text.parse::<DateTime>() {
        assert_eq!((time.as_str(), time.to_string().as_str()), (text, text));
        assert!(time.civil().is_some() && (time.offset().is_some() || time.timestamp().is_none()));
    }
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string(), text);
    }
    let quoted = json::to_vec(&Value::from(text));
    let read = json::from_slice::<(DateTime, Date)>(&[b"[", &*quoted, b",", &*quoted, b"]"].concat());
    let Ok((time, date)) = read else { panic!("a text is always read as a date") };
    assert_eq!((time.as_str(), date.as_str()), (text, text));
    assert_eq!((json::to_vec(&time), json::to_vec(&date)), (quoted.clone(), quoted));
}

/// Headers about rates are read or passed over; a time to wait is never zero, and whole seconds are what they say.
///
/// Each line is a header.
pub fn rate_limits(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let at = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (name, value) = line.split_at(at);
        let value = http::HeaderValue::from_bytes(value.get(1..).unwrap_or_default().trim_ascii());
        if let (Ok(name), Ok(value)) = (http::HeaderName::from_bytes(name), value) {
            headers.append(name, value);
        }
    }
    if let Some(limit) = RateLimit::from_headers(&headers) {
        assert!(limit.limit.is_some() || limit.remaining.is_some() || limit.reset.is_some());
    }
    let wait = retry_after(&headers);
    assert!(wait.is_none_or(|wait| !wait.is_zero()));
    let stated = headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
    if let Some(seconds) = stated.filter(|seconds| *seconds > 0) {
        assert_eq!(wait, Some(Duration::from_secs(seconds.into())));
    }
}

/// Links and redirects are followed or refused; a credential never leaves its origin, and an end comes.
///
/// The first line is a `Link`, the second one a `Location`.
pub fn links(input: &[u8]) {
    let (link, rest) = head(input);
    let mut headers = HeaderMap::new();
    if let Ok(link) = http::HeaderValue::from_bytes(link) {
        headers.insert(http::header::LINK, link);
    }
    let page = || br#"{"data":[{"id":1}]}"#.to_vec();
    let last = (200, HeaderMap::new(), vec![page()]);
    let prepared = Prepared::new([(200, headers.clone(), vec![page()]), (200, headers, vec![page()]), last]);
    let client = prepared.client();
    let mut items = Request::<ByLink>::new(&client).items();
    while let Ok(Some(_)) = now(items.try_next()) {}
    let seen = prepared.seen();
    assert!(seen.len() <= 3 && seen.iter().all(|(url, shows)| *shows && is_home(url)), "{seen:?}");

    let mut headers = HeaderMap::new();
    if let Ok(location) = http::HeaderValue::from_bytes(rest) {
        headers.insert(http::header::LOCATION, location);
    }
    let prepared = Prepared::new([(302, headers, Vec::new())]);
    let client = prepared.client();
    let outcome = now(Request::<Open>::new(&client).header("authorization", "Basic secret").send());
    let seen = prepared.seen();
    assert!(matches!(outcome, Err(Error::Api(_))) && seen.len() <= 11, "{outcome:?} {seen:?}");
    assert!(seen.iter().all(|(url, shows)| !shows || is_home(url)), "{seen:?}");
    assert!(seen.iter().all(|(url, _)| url.scheme_str() == Some("https")), "{seen:?}");
}

fn is_home(url: &http::Uri) -> bool {
    url.scheme_str() == Some("https")
        && url.host().is_some_and(|host| host.eq_ignore_ascii_case("h.example"))
        && url.port_u16().is_none_or(|port| port == 443)
}
