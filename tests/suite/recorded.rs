//! The same for every exchange that was recorded at the real service, where the recordings are at hand.

use close_client::api::opportunities::GetError;
use close_client::json::to_string;
use close_client::types::{CreateOpportunity, Opportunity, OpportunityList, OpportunityStatusList, UpdateOpportunity};
use close_client::{RetryPolicy, Value};
use tests::server::{Server, reply};
use tests::{block_on, builder, root};

use crate::fixtures::{round_trip, same};

/// Recordings are not part of the repository: they hold data of others.
const RECORDINGS: &str = "../shared/facts/close-examples";

/// What a body is.
#[derive(Clone, Copy)]
enum Body {
    Create,
    Update,
    Opportunity,
    List,
    Statuses,
}

fn check(name: &str, body: Body, value: &Value) {
    let text = value.to_string();
    match body {
        Body::Create => drop(round_trip::<CreateOpportunity>(name, &text)),
        Body::Update => drop(round_trip::<UpdateOpportunity>(name, &text)),
        Body::Opportunity => drop(round_trip::<Opportunity>(name, &text)),
        Body::List => drop(round_trip::<OpportunityList>(name, &text)),
        Body::Statuses => drop(round_trip::<OpportunityStatusList>(name, &text)),
    }
}

/// A body without its exchange, told by the name of its file.
fn documented(name: &str) -> Option<Body> {
    match name {
        "doc.create.request.json" => Some(Body::Create),
        "doc.update.request.json" => Some(Body::Update),
        "doc.list.response.200.json" => Some(Body::List),
        "doc.create.response.200.json" | "doc.get.response.200.json" | "doc.update.response.200.json" => {
            Some(Body::Opportunity)
        }
        _ => None,
    }
}

/// The bodies of a request of this client, and of its success.
fn exchanged(method: &str, url: &str) -> Option<(Option<Body>, Body)> {
    let path = url.split_once("/api/v1/")?.1.split('?').next()?;
    let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    match (method, segments.as_slice()) {
        ("POST", ["opportunity"]) => Some((Some(Body::Create), Body::Opportunity)),
        ("PUT", ["opportunity", _]) => Some((Some(Body::Update), Body::Opportunity)),
        ("GET", ["opportunity", _]) => Some((None, Body::Opportunity)),
        ("GET", ["opportunity"]) => Some((None, Body::List)),
        ("GET", ["status", "opportunity"]) => Some((None, Body::Statuses)),
        _ => None,
    }
}

fn exchange(name: &str, value: &Value) {
    let (request, response) = (&value["request"], &value["response"]);
    let kinds = exchanged(request["method"].as_str().unwrap(), request["url"].as_str().unwrap());
    if let Some((Some(body), _)) = kinds {
        check(name, body, &request["body"]);
    }
    match (response["status"].as_u64().unwrap(), kinds) {
        (200..=299, Some((_, body))) => check(name, body, &response["body"]),
        (200..=299, None) => panic!("{name}: no operation of the client makes this request"),
        (status, _) => refused(name, status, response),
    }
}

/// Answers a call with a recorded error, and checks that it arrives typed.
fn refused(name: &str, status: u64, response: &Value) {
    let headers = response["headers"].as_object().unwrap();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    let body = match &response["body"] {
        Value::String(text) => text.clone(),
        body => body.to_string(),
    };
    let server = Server::start([reply(&format!("{status} Recorded"), &headers, &body)]);
    let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
    let error = block_on(client.opportunities().get("oppo_1").send()).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16() as u64, status, "{name}");
    assert!(error.api().unwrap().rate_limit().is_some(), "{name}: {error:?}");
    let typed = match error.typed_error() {
        Some(GetError::TooManyRequests(body)) if status == 429 => to_string(&**body),
        Some(GetError::BadRequest(body)) if status == 400 => to_string(body),
        Some(GetError::Unauthorized(body)) if status == 401 => to_string(body),
        Some(GetError::NotFound(body)) if status == 404 => to_string(body),
        None if body.is_empty() => return,
        other => panic!("{name}: {other:?}"),
    };
    if let Err(lost) = same(&response["body"], &serde_json::from_str(&typed).unwrap()) {
        panic!("{name}: {lost}");
    }
}

#[test]
fn every_recorded_exchange_is_understood() {
    let folder = root().join(RECORDINGS);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("{} is not there: no recorded exchange was tested", folder.display());
        return;
    };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(!names.is_empty(), "{} is empty", folder.display());
    for name in names.iter().filter(|name| name.ends_with(".json")) {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        match (documented(name), value.get("request"), value.get("body")) {
            (Some(body), _, _) => check(name, body, &value),
            (None, Some(_), _) => exchange(name, &value),
            (None, None, Some(body)) if name.contains(".opportunity.") => check(name, Body::Opportunity, body),
            _ => panic!("{name}: it is not known what this file holds"),
        }
    }
}
