//! Connections that break, at every point of an exchange, and those that go on longer than they should.

use std::time::{Duration, Instant};

use close_client::types::CreateOpportunity;
use tests::faults::head;

use super::*;

/// The head of an answer whose body is longer than what comes.
fn promise() -> Vec<u8> {
    let mut bytes =
        head("200 OK", &[("content-type", "application/json"), ("content-length", "1000"), ("x-seen", "1")]);
    bytes.extend_from_slice(b"{\"id\":\"op");
    bytes
}

fn half_a_head() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\ncontent-le".to_vec()
}

#[test]
fn connection_that_is_reset_or_closed_before_the_head_loses_the_answer() {
    for act in [Act::Reset, Act::Close] {
        loses_the_answer(&Fault::new([act.clone()]));
        once_each(&Fault::new([act]), |outcome, how| {
            assert!(
                matches!(outcome, Err(Error::Connect(ref lost)) if lost.received().is_none()),
                "{how:?}: {outcome:?}"
            );
        });
    }
}

#[test]
fn connection_that_is_reset_before_the_request_is_read_loses_the_answer() {
    for how in BOTH {
        let body = CreateOpportunity::new().note("x".repeat(4 << 20));
        let server = FaultServer::script([Fault::early([Act::Reset]), found()]);
        let error = Caller::new(how).create(&patient(&server), body).unwrap_err();
        assert!(matches!(error, Error::Connect(_)) && error.outcome_unknown(), "{how:?}: {error:?}");
        std::thread::sleep(Duration::from_millis(30));
        assert_eq!(server.count(), 1, "{how:?}");
    }
}

#[test]
fn connection_that_breaks_in_the_head_loses_the_answer() {
    for act in [Act::Reset, Act::Close] {
        loses_the_answer(&Fault::new([Act::Send(half_a_head()), Act::Wait(Duration::from_millis(20)), act]));
    }
}

#[test]
fn connection_that_breaks_in_the_body_is_an_error_with_what_arrived() {
    for act in [Act::Reset, Act::Close] {
        let fault = Fault::new([Act::Send(promise()), Act::Wait(Duration::from_millis(50)), act]);
        once_each(&fault, |outcome, how| {
            let Err(Error::Connect(lost)) = outcome else { panic!("{how:?}: {outcome:?}") };
            let received = lost.received().unwrap();
            assert_eq!(
                (received.status.as_u16(), &received.headers["x-seen"]),
                (200, &"1".parse().unwrap()),
                "{how:?}"
            );
            assert_eq!(&*received.body, b"{\"id\":\"op", "{how:?}");
        });
        for how in BOTH {
            a_post_is_sent_once(&Caller::new(how), &fault);
        }
    }
}

#[test]
fn body_of_an_error_that_breaks_off_is_kept_beside_the_status() {
    let promise = String::from_utf8(promise()).unwrap().replace("200 OK", "404 Not Found");
    once_each(&Fault::raw(promise), |outcome, how| {
        let Err(Error::Api(error)) = outcome else { panic!("{how:?}: {outcome:?}") };
        assert_eq!((error.status.as_u16(), &*error.body), (404, &b"{\"id\":\"op"[..]), "{how:?}");
        assert!(error.typed.is_none());
    });
}

#[test]
fn slow_bytes_are_waited_for() {
    let bytes = found_bytes();
    let (first, last) = bytes.split_at(bytes.len() - 100);
    let fault = Fault::new([Act::Send(first.to_vec()), Act::Trickle(last.to_vec(), Duration::from_millis(2))]);
    once_each(&fault, |outcome, how| assert_eq!(outcome.map(|it| it.id).ok(), Some(id()), "{how:?}"));
}

#[test]
fn bytes_that_come_too_slowly_are_a_timeout_with_what_arrived() {
    for how in BOTH {
        let slow = [Act::Send(promise()), Act::Trickle(vec![b'x'; 900], Duration::from_millis(50)), Act::Close];
        let server = FaultServer::script([Fault::new(slow)]);
        let client = builder(&server).timeout(Duration::from_millis(400)).build().unwrap();
        let begun = Instant::now();
        let error = Caller::new(how).get(&client).unwrap_err();
        // Nine hundred pauses would be 45 seconds.
        assert!(begun.elapsed() < Duration::from_secs(20), "{how:?}");
        let Error::Timeout(late) = &error else { panic!("{how:?}: {error:?}") };
        assert!(late.received().unwrap().body.starts_with(b"{\"id\":\"op"), "{how:?}");
        assert!(error.is_retryable() && server.count() == 1, "{how:?}");
    }
}

#[test]
fn head_that_comes_too_slowly_is_a_timeout() {
    for how in BOTH {
        let slow = [Act::Trickle(found_bytes(), Duration::from_millis(100))];
        let server = FaultServer::script([Fault::new(slow)]);
        let client = builder(&server).timeout(Duration::from_millis(300)).build().unwrap();
        let error = Caller::new(how).create(&client, CreateOpportunity::new()).unwrap_err();
        assert!(matches!(error, Error::Timeout(_)) && error.outcome_unknown(), "{how:?}: {error:?}");
        assert_eq!(server.count(), 1, "{how:?}");
    }
}

#[test]
fn connection_that_was_closed_between_requests_is_not_used_again() {
    for how in BOTH {
        let caller = Caller::new(how);
        let server = FaultServer::script([found().then(Act::Close), found()]);
        let client = once(&server);
        assert!(caller.get(&client).is_ok(), "{how:?}");
        std::thread::sleep(Duration::from_millis(50));
        let created = caller.create(&client, CreateOpportunity::new());
        assert!(created.is_ok(), "{how:?}: {created:?}");
        let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
        assert_eq!(connections, [0, 1], "{how:?}");
    }
}

#[test]
fn connection_is_used_again_when_nothing_is_wrong() {
    for how in BOTH {
        let caller = Caller::new(how);
        let server = FaultServer::script([found()]);
        let client = once(&server);
        for _ in 0..3 {
            assert!(caller.get(&client).is_ok(), "{how:?}");
        }
        let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
        assert_eq!(connections, [0, 0, 0], "{how:?}");
    }
}

#[test]
fn answer_before_the_body_was_read_is_the_answer() {
    for how in BOTH {
        let refusal =
            tests::faults::whole("400 Bad Request", &[("content-type", "application/json")], b"{\"error\":\"no\"}");
        let acts = [Act::Send(refusal), Act::Wait(Duration::from_millis(100)), Act::Read];
        let server = FaultServer::script([Fault::early(acts)]);
        let body = CreateOpportunity::new().note("x".repeat(4 << 20));
        let error = Caller::new(how).create(&patient(&server), body).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(400), "{how:?}: {error:?}");
        assert_eq!(error.api().unwrap().message(), Some("no"));
        assert_eq!(server.count(), 1, "{how:?}");
    }
}
