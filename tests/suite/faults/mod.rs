//! A client before a server that misbehaves, once with each transport: what comes back is the right typed error with what
//! had arrived, and nothing is lost or sent twice.

mod bodies;
mod connections;
mod heads;
mod load;

use std::time::Duration;

use close_client::api::opportunities::{CreateError, GetError};
use close_client::types::{CreateOpportunity, Opportunity};
use close_client::{ApiKey, Client, ClientBuilder, Error, RetryPolicy};
use tests::faults::{Act, Fault, FaultServer};
use tests::{KEY, block_on, fixture};

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Async,
    Blocking,
}

const BOTH: [How; 2] = [How::Async, How::Blocking];

fn builder(server: &FaultServer) -> ClientBuilder {
    Client::builder()
        .base_url(format!("{}/api/v1", server.url))
        .api_key_auth(ApiKey::new(KEY))
        .timeout(Duration::from_secs(20))
        .retry(RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(2)))
}

/// A client that sends again what may be sent again.
fn patient(server: &FaultServer) -> Client {
    builder(server).build().unwrap()
}

/// A client that sends everything once.
fn once(server: &FaultServer) -> Client {
    builder(server).retry(RetryPolicy::never()).build().unwrap()
}

/// A tokio runtime, whose connections live as long as it does, or none.
struct Caller(How, tokio::runtime::Runtime);

impl Caller {
    fn new(how: How) -> Self {
        Self(how, tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap())
    }

    fn get(&self, client: &Client) -> Result<Opportunity, Error<GetError>> {
        let opportunities = client.opportunities();
        let request = opportunities.get("oppo_1");
        match self.0 {
            How::Async => self.1.block_on(request.send()),
            How::Blocking => request.send_blocking(),
        }
    }

    fn create(&self, client: &Client, body: CreateOpportunity) -> Result<Opportunity, Error<CreateError>> {
        let opportunities = client.opportunities();
        let request = opportunities.create(body);
        match self.0 {
            How::Async => self.1.block_on(request.send()),
            How::Blocking => request.send_blocking(),
        }
    }

    fn delete(&self, client: &Client) -> Result<(), String> {
        let opportunities = client.opportunities();
        let request = opportunities.delete("oppo_1");
        let outcome = match self.0 {
            How::Async => self.1.block_on(request.send()),
            How::Blocking => request.send_blocking(),
        };
        outcome.map(drop).map_err(|error| error.to_string())
    }
}

/// A good answer.
fn found() -> Fault {
    Fault::json("200 OK", fixture("opportunity.2025.json"))
}

/// The bytes of a good answer.
fn found_bytes() -> Vec<u8> {
    tests::faults::whole("200 OK", &[("content-type", "application/json")], fixture("opportunity.2025.json").as_bytes())
}

/// The id in [`found`].
fn id() -> String {
    let value: serde_json::Value = serde_json::from_str(&fixture("opportunity.2025.json")).unwrap();
    value["id"].as_str().unwrap().to_owned()
}

/// What a fault comes to for a request that is sent once: with each transport, one request, and what the check says.
#[track_caller]
fn once_each(fault: &Fault, check: impl Fn(Result<Opportunity, Error<GetError>>, How)) {
    for how in BOTH {
        let server = FaultServer::script([fault.clone()]);
        check(Caller::new(how).get(&once(&server)), how);
        assert_eq!(server.count(), 1, "{how:?}");
    }
}

/// A fault that loses the answer: a `GET` is sent again and answered, a `POST` is not, and its error says so.
#[track_caller]
fn loses_the_answer(fault: &Fault) {
    for how in BOTH {
        let caller = Caller::new(how);
        let server = FaultServer::script([fault.clone(), found()]);
        let got = caller.get(&patient(&server)).map(|opportunity| opportunity.id);
        assert_eq!(got.map_err(|error| format!("{error:?}")), Ok(id()), "{how:?}");
        assert_eq!(server.count(), 2, "{how:?}");
        a_post_is_sent_once(&caller, fault);
    }
}

#[track_caller]
fn a_post_is_sent_once(caller: &Caller, fault: &Fault) {
    let server = FaultServer::script([fault.clone(), found()]);
    let error = caller.create(&patient(&server), CreateOpportunity::new().lead_id("lead_1")).unwrap_err();
    assert!(error.outcome_unknown() && !error.is_retryable(), "{:?}: {error:?}", caller.0);
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(server.count(), 1, "{:?}: {error:?}", caller.0);
}

/// After a fault, the same client gets the right answer to its next request.
#[track_caller]
fn poisons_nothing(fault: &Fault, first: impl Fn(&Caller, &Client)) {
    for how in BOTH {
        let caller = Caller::new(how);
        let server = FaultServer::script([fault.clone(), found()]);
        let client = once(&server);
        first(&caller, &client);
        let got = caller.get(&client).map(|opportunity| opportunity.id);
        assert_eq!(got.map_err(|error| format!("{error:?}")), Ok(id()), "{how:?}");
        assert_eq!(server.count(), 2, "{how:?}");
    }
}
