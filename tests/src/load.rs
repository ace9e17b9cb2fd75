//! Many requests of one client at once before a server that fails some of them: every one has to come to the end that its
//! fault allows, with the answer that belongs to it, after as many attempts as it may have.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use close_client::types::CreateOpportunity;
use close_client::{ApiKey, Client, Error, RetryPolicy};

use crate::faults::{Act, Fault, FaultServer, Seen, head, whole};
use crate::{KEY, fixture};

/// What the server does to a request. It is told by the id that the request asks for, so both sides know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is answered.
    Good,
    /// It is answered byte by byte.
    Slow,
    /// The first attempt is refused with 503 and `Retry-After`.
    Busy,
    /// The connection of the first attempt is reset.
    Reset,
    /// The connection is reset in the middle of the body.
    Torn,
    /// It is a `POST`, and the connection is reset after the server has read it.
    LostPost,
    /// It is a `POST`, and refused once with 503 and `Retry-After`.
    BusyPost,
}

const KINDS: [Kind; 10] = [
    Kind::Good,
    Kind::Busy,
    Kind::Good,
    Kind::Slow,
    Kind::Good,
    Kind::Reset,
    Kind::Torn,
    Kind::Good,
    Kind::LostPost,
    Kind::BusyPost,
];

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// With the answer that belongs to it.
    Answered,
    /// With the answer to another request, which must never be.
    Mistaken,
    /// The server was busy, and no retry was left in the budget that all calls share.
    Refused,
    /// The connection was lost.
    Disconnected,
    /// The connection was lost, and the error says that the server may have done it.
    Unknown,
    /// In another way, which must never be.
    Other,
}

/// What became of all calls.
#[derive(Debug)]
pub struct Report {
    /// The number of calls by kind, end and number of attempts that the server has seen.
    pub ends: BTreeMap<(Kind, End, usize), usize>,
    /// The time that each call took, in ascending order.
    pub times: Vec<Duration>,
    /// The time for all.
    pub total: Duration,
    /// How many connections were made.
    pub connections: usize,
}

impl Report {
    /// The calls that did not come to an end that their kind allows, or were sent more often than they may be.
    pub fn lost(&self) -> usize {
        let wrong = self.ends.iter().filter(|((kind, end, attempts), _)| !is_right(*kind, *end, *attempts));
        wrong.map(|(_, count)| count).sum()
    }

    fn percentile(&self, percent: usize) -> Duration {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or_default()
    }
}

/// Which ends and how many attempts a kind allows.
fn is_right(kind: Kind, end: End, attempts: usize) -> bool {
    match (kind, end) {
        (Kind::Good | Kind::Slow, End::Answered) => attempts == 1,
        (Kind::Busy | Kind::Reset | Kind::BusyPost, End::Answered) => attempts == 2,
        // The budget of retries is shared: when it is empty, the first failure is the end.
        (Kind::Busy | Kind::BusyPost, End::Refused) | (Kind::Reset, End::Disconnected) => attempts == 1,
        (Kind::Torn, End::Disconnected) | (Kind::LostPost, End::Unknown) => attempts == 1,
        _ => false,
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:10} {:13} {:>8} {:>6}", "server", "client", "attempts", "calls")?;
        for ((kind, end, attempts), count) in &self.ends {
            let mark = if is_right(*kind, *end, *attempts) { "" } else { "  <- wrong" };
            writeln!(f, "{:10} {:13} {attempts:>8} {count:>6}{mark}", format!("{kind:?}"), format!("{end:?}"))?;
        }
        let requests: usize = self.ends.iter().map(|((_, _, attempts), count)| attempts * count).sum();
        writeln!(f)?;
        writeln!(f, "{} calls, {requests} requests on {} connections", self.times.len(), self.connections)?;
        write!(f, "time of a call:")?;
        for percent in [50, 90, 99, 100] {
            write!(f, "  p{percent} {:.0} ms", self.percentile(percent).as_secs_f64() * 1e3)?;
        }
        writeln!(f, "; of all {:.2} s", self.total.as_secs_f64())?;
        if let Some(memory) = peak_memory() {
            writeln!(f, "peak memory of client and server: {} MiB", memory >> 20)?;
        }
        writeln!(f, "lost, mistaken or sent too often: {}", self.lost())
    }
}

/// The most memory that this process ever had, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// Makes `count` calls at once with one client.
pub async fn run(count: usize) -> Report {
    let server = FaultServer::start(decide());
    let client = Client::builder()
        .base_url(&server.url)
        .api_key_auth(ApiKey::new(KEY))
        .retry(RetryPolicy::new().backoff(Duration::from_millis(5), Duration::from_millis(50)))
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let begun = Instant::now();
    let calls: Vec<_> = (0..count)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let begun = Instant::now();
                (call(&client, number).await, begun.elapsed())
            })
        })
        .collect();
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    let total = begun.elapsed();
    let seen = server.seen();
    let mut ends = BTreeMap::new();
    for (number, (end, _)) in outcomes.iter().enumerate() {
        let attempts = seen.iter().filter(|seen| number_of(seen) == number).count();
        *ends.entry((kind(number), *end, attempts)).or_default() += 1;
    }
    let mut times: Vec<Duration> = outcomes.iter().map(|(_, time)| *time).collect();
    times.sort();
    let connections = seen.iter().map(|seen| seen.connection).collect::<std::collections::BTreeSet<_>>().len();
    Report { ends, times, total, connections }
}

fn kind(number: usize) -> Kind {
    KINDS[number % KINDS.len()]
}

async fn call(client: &Client, number: usize) -> End {
    let id = number.to_string();
    match kind(number) {
        Kind::LostPost | Kind::BusyPost => {
            let request = client.opportunities().create(CreateOpportunity::new()).header("x-number", &id);
            end(request.send().await.map(|made| made.id), &id)
        }
        Kind::Good | Kind::Slow | Kind::Busy | Kind::Reset | Kind::Torn => {
            let request = client.opportunities().get(&id).header("x-number", &id);
            end(request.send().await.map(|found| found.id), &id)
        }
    }
}

fn end<E>(outcome: Result<String, Error<E>>, id: &str) -> End {
    match outcome {
        Ok(found) if found == id => End::Answered,
        Ok(_) => End::Mistaken,
        Err(error) if error.outcome_unknown() => End::Unknown,
        Err(Error::Api(error)) if error.status.as_u16() == 503 => End::Refused,
        Err(Error::Connect(_)) => End::Disconnected,
        Err(_) => End::Other,
    }
}

fn number_of(seen: &Seen) -> usize {
    seen.header("x-number").and_then(|value| value.parse().ok()).unwrap_or(usize::MAX)
}

/// What the server does: it remembers which requests it has failed once.
fn decide() -> impl Fn(&Seen) -> Fault + Send + Sync + 'static {
    let template: serde_json::Value = serde_json::from_str(&fixture("opportunity.2025.json")).unwrap();
    let attempts: Arc<Mutex<BTreeMap<usize, usize>>> = Arc::default();
    move |seen| {
        let number = number_of(seen);
        let attempt = {
            let mut attempts = attempts.lock().unwrap();
            let attempt = attempts.entry(number).or_default();
            *attempt += 1;
            *attempt
        };
        let mut value = template.clone();
        value["id"] = number.to_string().into();
        let body = value.to_string();
        let good = || Fault::json("200 OK", &body);
        match kind(number) {
            Kind::Good => good(),
            Kind::Slow => {
                let bytes = whole("200 OK", &[("content-type", "application/json")], body.as_bytes());
                let (first, last) = bytes.split_at(bytes.len() - 40);
                Fault::new([Act::Send(first.to_vec()), Act::Trickle(last.to_vec(), Duration::from_millis(5))])
            }
            Kind::Busy | Kind::BusyPost if attempt == 1 => {
                Fault::answer("503 Service Unavailable", &[("retry-after", "0.1")], "")
            }
            Kind::Reset if attempt == 1 => Fault::new([Act::Reset]),
            Kind::LostPost => Fault::new([Act::Reset]),
            Kind::Torn => {
                let mut bytes = head("200 OK", &[("content-type", "application/json"), ("content-length", "9999")]);
                bytes.extend_from_slice(body.as_bytes());
                Fault::new([Act::Send(bytes), Act::Wait(Duration::from_millis(10)), Act::Reset])
            }
            Kind::Busy | Kind::BusyPost | Kind::Reset => good(),
        }
    }
}
