//! A server on a real socket that misbehaves on purpose: each request gets what a test decides, byte for byte.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// One thing that the server does with a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Writes bytes.
    Send(Vec<u8>),
    /// Writes bytes one by one, with a pause after each.
    Trickle(Vec<u8>, Duration),
    /// Writes bytes again and again, until the client goes away.
    Repeat(Vec<u8>),
    /// Reads the rest of the request, if that was not done before.
    Read,
    /// Does nothing for a while.
    Wait(Duration),
    /// Closes the connection in good order.
    Close,
    /// Breaks the connection off: the client sees a reset.
    Reset,
}

/// What the server does with one request. Unless it closes the connection, the next request is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    reads_body: bool,
    acts: Vec<Act>,
}

impl Fault {
    /// Reads the whole request, then does all of this.
    pub fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self { reads_body: true, acts: acts.into_iter().collect() }
    }

    /// Does all of this as soon as the head of the request is there.
    pub fn early(acts: impl IntoIterator<Item = Act>) -> Self {
        Self { reads_body: false, ..Self::new(acts) }
    }

    /// A whole answer, after which the connection stays open.
    pub fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        Self::new([Act::Send(whole(status, headers, body.as_ref()))])
    }

    /// A whole answer of JSON.
    pub fn json(status: &str, body: impl AsRef<[u8]>) -> Self {
        Self::answer(status, &[("content-type", "application/json")], body)
    }

    /// Bytes that may be anything, after which the connection is closed.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self::new([Act::Send(bytes.as_ref().to_vec()), Act::Close])
    }

    /// The same, and one thing more.
    #[must_use]
    pub fn then(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }
}

/// An answer with its `Content-Length`.
pub fn whole(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let length = body.len().to_string();
    let mut bytes = head(status, &[headers, &[("content-length", &length)]].concat());
    bytes.extend_from_slice(body);
    bytes
}

/// The head of an answer, with the empty line after it.
pub fn head(status: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which request it is, from 0.
    pub number: usize,
    /// Which connection it came on, from 0.
    pub connection: usize,
    /// The request line and the headers.
    pub head: String,
    /// How much of the body was read.
    pub body: usize,
}

impl Seen {
    /// The path with the query.
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// The value of a header; its name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn length(&self) -> usize {
        self.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0)
    }
}

type Decide = dyn Fn(&Seen) -> Fault + Send + Sync;

/// A server that counts what it is asked. It stops when it is dropped.
#[derive(Debug)]
pub struct FaultServer {
    /// Where it listens: `http://127.0.0.1:` and a port.
    pub url: String,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<Seen>>>);

impl FaultServer {
    /// Gives each request what `decide` says.
    pub fn start(decide: impl Fn(&Seen) -> Fault + Send + Sync + 'static) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (log, decide): (Log, Arc<Decide>) = (Log::default(), Arc::new(decide));
        let (stop, stopped) = oneshot::channel();
        let kept = log.clone();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let serve = accept(TcpListener::from_std(listener).unwrap(), kept, decide);
                tokio::select! { () = serve => {}, _ = stopped => {} }
            });
        });
        Self { url, log, stop: Some(stop), thread: Some(thread) }
    }

    /// Gives the requests these faults one after the other, and the last one again and again.
    pub fn script(faults: impl IntoIterator<Item = Fault>) -> Self {
        let faults: Vec<Fault> = faults.into_iter().collect();
        Self::start(move |seen| faults[seen.number.min(faults.len() - 1)].clone())
    }

    /// The requests so far, in the order in which their heads came.
    pub fn seen(&self) -> Vec<Seen> {
        self.log.0.lock().unwrap().clone()
    }

    /// How many requests came so far.
    pub fn count(&self) -> usize {
        self.log.0.lock().unwrap().len()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, log: Log, decide: Arc<Decide>) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else { return };
        // That the client goes away in the middle is the point of some tests.
        tokio::spawn(serve(stream, connection, log.clone(), decide.clone()));
    }
}

/// Serves one connection until one of both sides ends it.
async fn serve(mut stream: TcpStream, connection: usize, log: Log, decide: Arc<Decide>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut held = Vec::new();
    while let Some(head) = read_head(&mut stream, &mut held).await? {
        let number = {
            let mut log = log.0.lock().unwrap();
            let number = log.len();
            log.push(Seen { number, connection, head, body: 0 });
            number
        };
        let mut request = log.0.lock().unwrap()[number].clone();
        let fault = decide(&request);
        if fault.reads_body {
            read_body(&mut stream, &mut held, &mut request, &log).await?;
        }
        for act in fault.acts {
            match act {
                Act::Send(bytes) => stream.write_all(&bytes).await?,
                Act::Trickle(bytes, pause) => {
                    for byte in bytes {
                        stream.write_all(&[byte]).await?;
                        tokio::time::sleep(pause).await;
                    }
                }
                Act::Repeat(bytes) => loop {
                    stream.write_all(&bytes).await?;
                },
                Act::Read => read_body(&mut stream, &mut held, &mut request, &log).await?,
                Act::Wait(time) => tokio::time::sleep(time).await,
                Act::Close => return stream.shutdown().await,
                Act::Reset => return stream.set_zero_linger(),
            }
        }
    }
    Ok(())
}

/// The head of the next request; `None` when the client has closed the connection.
async fn read_head(stream: &mut TcpStream, held: &mut Vec<u8>) -> std::io::Result<Option<String>> {
    loop {
        if let Some(end) = held.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = held.drain(..end + 4).collect::<Vec<u8>>();
            return Ok(Some(String::from_utf8_lossy(&head[..end]).into_owned()));
        }
        if stream.read_buf(held).await? == 0 {
            return Ok(None);
        }
    }
}

/// Reads the body of a request that says how long it is, and notes how much came.
async fn read_body(stream: &mut TcpStream, held: &mut Vec<u8>, request: &mut Seen, log: &Log) -> std::io::Result<()> {
    let missing = request.length() - request.body;
    while held.len() < missing && stream.read_buf(held).await? > 0 {}
    request.body += held.drain(..missing.min(held.len())).count();
    log.0.lock().unwrap()[request.number].body = request.body;
    Ok(())
}
