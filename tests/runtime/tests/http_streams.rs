//! Server-sent events and JSON lines, cut into pieces in every way.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use runtime_tests::runtime::*;
use support::{Export, Watch, builder};

/// A piece of a body; `None` breaks the connection, and an empty one is a silence without end.
type Chunk = Option<Vec<u8>>;

/// A transport whose bodies come in the given pieces.
#[derive(Clone, Default)]
struct Pieces {
    bodies: Arc<Mutex<VecDeque<Vec<Chunk>>>>,
    last_ids: Arc<Mutex<Vec<Option<String>>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

struct Chunks(VecDeque<Chunk>);

impl futures_util::Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0.front().is_some_and(|chunk| chunk.as_ref().is_some_and(Vec::is_empty)) {
            return Poll::Pending;
        }
        Poll::Ready(
            self.0.pop_front().map(|chunk| chunk.map(Bytes::from).ok_or_else(|| TransportError::other("reset"))),
        )
    }
}

impl Transport for Pieces {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let id = request.headers().get("last-event-id").map(|id| id.to_str().unwrap().to_owned());
        self.last_ids.lock().unwrap().push(id);
        let body = self.bodies.lock().unwrap().pop_front();
        Box::pin(async move {
            let body = body.ok_or_else(|| TransportError::connect("no more"))?;
            Ok(http::Response::new(BodyStream::new(Chunks(body.into()))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::poll_fn(move |_| {
            self.waits.lock().unwrap().push(duration);
            Poll::Ready(())
        }))
    }
}

fn pieces(bodies: impl IntoIterator<Item = Vec<Chunk>>) -> (Client, Pieces) {
    let pieces = Pieces { bodies: Arc::new(Mutex::new(bodies.into_iter().collect())), ..Pieces::default() };
    (builder("https://h").transport(pieces.clone()).build().unwrap(), pieces)
}

async fn raw(chunks: Vec<Chunk>) -> Vec<(String, String, String)> {
    let (client, _) = pieces([chunks]);
    let mut events = Request::<RawWatch>::new(&client).await.unwrap();
    let mut all = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        all.push((event.event, event.data, event.id));
    }
    all
}

struct RawWatch;

impl Operation for RawWatch {
    type Output = EventStream<ServerEvent>;
    type Error = Undocumented;
    const FACTS: Facts = Watch::FACTS;
    fn output(response: Response) -> Result<Self::Output, DecodeError> {
        response.events()
    }
}

fn event(event: &str, data: &str, id: &str) -> (String, String, String) {
    (event.to_owned(), data.to_owned(), id.to_owned())
}

#[tokio::test]
async fn events_are_the_same_however_they_are_cut_and_whatever_ends_a_line() {
    let text = "\u{feff}: comment\nevent: é\u{1f980}\ndata: a\ndata:b\ndata\nid: 7\nretry: 10\nunknown: x\n\ndata:  c\n\nevent: none\n\ndata: lost";
    let expected = [event("é\u{1f980}", "a\nb\n", "7"), event("message", " c", "7")];
    for end in ["\n", "\r\n", "\r"] {
        let bytes = text.replace('\n', end).into_bytes();
        for size in [1, 2, 3, 7, bytes.len()] {
            let chunks = bytes.chunks(size).map(|chunk| Some(chunk.to_vec())).collect();
            assert_eq!(raw(chunks).await, expected, "{end:?} {size}");
        }
    }
}

#[tokio::test]
async fn done_ends_the_stream() {
    let chunks = vec![Some(b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n".to_vec()), None];
    assert_eq!(raw(chunks).await, [event("message", "1", "")]);
}

#[tokio::test]
async fn an_event_of_another_shape_is_an_error_and_the_stream_goes_on() {
    let (client, _) = pieces([vec![Some(b"data: {\"id\":1}\n\ndata: oops\n\ndata: {\"id\":2}\n\n".to_vec())]]);
    let mut events = Request::<Watch>::new(&client).await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 1);
    assert!(matches!(events.try_next().await, Err(Error::Decode(_))));
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 2);
    assert!(events.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_broken_connection_goes_on_after_the_last_event() {
    let first = vec![Some(b"retry: 30\nid: 5\ndata: {\"id\":1}\n\ndata: {\"id\":".to_vec()), None];
    let (client, pieces) = pieces([first, vec![Some(b"data: {\"id\":2}\n\n".to_vec())]]);
    let mut events = Request::<Watch>::new(&client).await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 1);
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 2);
    assert!(events.try_next().await.unwrap().is_none());
    assert_eq!(*pieces.last_ids.lock().unwrap(), [None, Some("5".to_owned())]);
    assert_eq!(*pieces.waits.lock().unwrap(), [Duration::from_millis(30)]);
}

#[tokio::test]
async fn a_broken_connection_without_an_id_is_an_error() {
    let (client, _) = pieces([vec![Some(b"data: {\"id\":1}\n\n".to_vec()), None]]);
    let mut events = Request::<Watch>::new(&client).await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 1);
    assert!(matches!(events.try_next().await, Err(Error::Connect(_))));
    assert!(events.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn lines_are_the_same_however_they_are_cut() {
    let bytes = "{\"id\":1}\r\n\n \n\u{1e}{\"id\":2}\n{\"id\":3}".as_bytes();
    for size in [1, 2, 5, bytes.len()] {
        let (client, _) = pieces([bytes.chunks(size).map(|chunk| Some(chunk.to_vec())).collect()]);
        let mut lines = Request::<Export>::new(&client).await.unwrap();
        let mut ids = Vec::new();
        while let Some(item) = lines.try_next().await.unwrap() {
            ids.push(item.id);
        }
        assert_eq!(ids, [1, 2, 3], "{size}");
    }
}

fn silence() -> Chunk {
    Some(Vec::new())
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_a_timeout_of_its_own() {
    let (client, pieces) = pieces([vec![Some(b"{\"id\":1}\n".to_vec()), silence()]]);
    let request = Request::<Export>::new(&client).timeout(Duration::from_secs(1)).idle_timeout(Duration::from_secs(9));
    let mut lines = request.await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().id, 1);
    assert!(matches!(lines.try_next().await, Err(Error::Timeout(_))));
    assert!(lines.try_next().await.unwrap().is_none());
    let waited = pieces.waits.lock().unwrap().pop().unwrap();
    assert!(waited > Duration::from_secs(1) && waited <= Duration::from_secs(9), "{waited:?}");
}

#[tokio::test]
async fn events_go_on_after_a_silence_and_comments_are_signs_of_life() {
    let ping = || Some(b": ping\n\n".to_vec());
    let first = vec![ping(), Some(b"id: 1\ndata: {\"id\":1}\n\n".to_vec()), ping(), silence()];
    let (client, pieces) = pieces([first, vec![Some(b"data: {\"id\":2}\n\n".to_vec())]]);
    let mut events = Request::<Watch>::new(&client).await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 1);
    assert_eq!(events.try_next().await.unwrap().unwrap().id, 2);
    assert_eq!(*pieces.last_ids.lock().unwrap(), [None, Some("1".to_owned())]);
}

#[tokio::test]
async fn an_event_or_a_line_beyond_the_limit_ends_the_stream() {
    let long = || vec![Some(b"data: ".to_vec()), Some(vec![b'x'; 100]), Some(b"\n\n".to_vec())];
    let pieces = Pieces { bodies: Arc::new(Mutex::new([long(), long()].into())), ..Pieces::default() };
    let client = builder("https://h").transport(pieces).max_body(50).build().unwrap();
    let mut events = Request::<Watch>::new(&client).await.unwrap();
    let error = events.try_next().await.unwrap_err();
    assert!(error.to_string().contains("an event is longer than the limit of 50 bytes"), "{error}");
    assert!(events.try_next().await.unwrap().is_none());
    let mut lines = Request::<Export>::new(&client).await.unwrap();
    let error = lines.try_next().await.unwrap_err();
    assert!(error.to_string().contains("a line is longer than the limit of 50 bytes"), "{error}");
    assert!(lines.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_download_beyond_the_limit_of_the_caller_is_refused() {
    let (client, _) = pieces([vec![Some(vec![0; 30]), Some(vec![0; 30])]]);
    let download = Request::<support::Fetch>::new(&client).await.unwrap();
    let error = download.bytes(59).await.unwrap_err();
    assert!(error.to_string().contains("the body is longer than the limit of 59 bytes"), "{error}");
}
