//! Bodies that are not what their heads say, or not what anybody wants in memory.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use tests::faults::head;

use super::*;

const LIMIT: usize = 1 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(status: &str, bytes: &[u8]) -> Fault {
    Fault::answer(status, &[("content-type", "application/json"), ("content-encoding", "gzip")], bytes)
}

/// With each transport, a client that reads a mebibyte at most.
fn bounded(fault: &Fault, check: impl Fn(Error<GetError>, How)) {
    for how in BOTH {
        let server = FaultServer::script([fault.clone()]);
        let client = builder(&server).max_body(LIMIT).build().unwrap();
        check(Caller::new(how).get(&client).unwrap_err(), how);
        assert_eq!(server.count(), 1, "{how:?}");
    }
}

#[test]
fn length_that_is_too_great_is_an_error_with_what_arrived() {
    let body = fixture("opportunity.2025.json");
    let length = (body.len() + 1).to_string();
    let mut bytes = head("200 OK", &[("content-type", "application/json"), ("content-length", &length)]);
    bytes.extend_from_slice(body.as_bytes());
    once_each(&Fault::raw(bytes), |outcome, how| {
        let Err(Error::Connect(lost)) = outcome else { panic!("{how:?}: {outcome:?}") };
        assert_eq!(&*lost.received().unwrap().body, body.as_bytes(), "{how:?}");
    });
}

#[test]
fn length_that_is_too_small_cuts_the_body_and_poisons_nothing() {
    let mut bytes = head("200 OK", &[("content-type", "application/json"), ("content-length", "9")]);
    bytes.extend_from_slice(b"{\"id\":\"opHTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"id\":\"no\"}");
    let fault = Fault::new([Act::Send(bytes)]);
    poisons_nothing(&fault, |caller, client| {
        let Err(Error::Decode(error)) = caller.get(client) else { panic!("{:?}: the body is cut", caller.0) };
        assert_eq!(&**error.body(), b"{\"id\":\"op");
    });
}

#[test]
fn body_of_an_answer_that_has_none_is_no_answer_to_the_next_request() {
    let bytes =
        Fault::new([Act::Send([&*head("204 No Content", &[("content-length", "11")]), b"{\"id\":\"no\"}"].concat())]);
    poisons_nothing(&bytes, |caller, client| assert_eq!(caller.delete(client), Ok(()), "{:?}", caller.0));
    let without_length = [&*head("204 No Content", &[]), b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"].concat();
    let bytes = Fault::new([Act::Send(without_length)]);
    poisons_nothing(&bytes, |caller, client| assert_eq!(caller.delete(client), Ok(()), "{:?}", caller.0));
}

#[test]
fn body_that_swells_when_unpacked_is_read_to_the_limit_only() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < LIMIT / 2);
    bounded(&zipped("200 OK", &bomb), |error, how| {
        let Error::Decode(error) = error else { panic!("{how:?}: {error:?}") };
        assert_eq!(error.body().len(), LIMIT, "{how:?}");
        assert!(error.to_string().contains("longer than the limit of 1048576 bytes"), "{error}");
    });
    bounded(&zipped("400 Bad Request", &bomb), |error, how| {
        let Error::Api(error) = error else { panic!("{how:?}: {error:?}") };
        assert_eq!((error.status.as_u16(), error.body.len()), (400, LIMIT), "{how:?}");
    });
}

#[test]
fn packed_body_that_is_cut_off_is_an_error_with_what_arrived() {
    let body = fixture("opportunity.2025.json");
    let whole = gzip(body.as_bytes());
    for cut in [1, 5, 12, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        once_each(&zipped("200 OK", &whole[..cut]), |outcome, how| {
            let Err(Error::Connect(lost)) = outcome else { panic!("{how:?}, {cut} of {}: {outcome:?}", whole.len()) };
            let received = lost.received().unwrap();
            assert!(received.status.is_success() && body.as_bytes().starts_with(&received.body), "{how:?} {cut}");
        });
    }
}

#[test]
fn body_that_is_not_packed_as_its_head_says_is_an_error() {
    once_each(&zipped("200 OK", fixture("opportunity.2025.json").as_bytes()), |outcome, how| {
        assert!(matches!(outcome, Err(Error::Connect(_))), "{how:?}: {outcome:?}");
    });
}

#[test]
fn body_without_end_is_read_to_the_limit_only() {
    let endless = |headers: &[(&str, &str)], piece: &str| {
        Fault::new([Act::Send(head("200 OK", headers)), Act::Repeat(piece.repeat(64).into_bytes())])
    };
    let json = ("content-type", "application/json");
    for fault in [endless(&[json], "[[[["), endless(&[json, ("transfer-encoding", "chunked")], "4\r\n    \r\n")] {
        bounded(&fault, |error, how| {
            let Error::Decode(error) = error else { panic!("{how:?}: {error:?}") };
            assert_eq!(error.body().len(), LIMIT, "{how:?}");
        });
    }
}

#[test]
fn trailers_after_a_body_in_chunks_are_no_part_of_it() {
    let body = fixture("opportunity.2025.json");
    let (first, second) = body.as_bytes().split_at(100);
    let mut bytes =
        head("200 OK", &[("content-type", "application/json"), ("transfer-encoding", "chunked"), ("trailer", "x-sum")]);
    for chunk in [first, second] {
        bytes.extend(format!("{:x};ext=1\r\n", chunk.len()).into_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\nx-sum: 1\r\n\r\n");
    let fault = Fault::new([Act::Send(bytes)]);
    once_each(&fault, |outcome, how| assert_eq!(outcome.map(|it| it.id).ok(), Some(id()), "{how:?}"));
    poisons_nothing(&fault, |caller, client| assert!(caller.get(client).is_ok(), "{:?}", caller.0));
}

#[test]
fn chunks_that_end_too_early_or_make_no_sense_are_an_error() {
    let chunked = head("200 OK", &[("content-type", "application/json"), ("transfer-encoding", "chunked")]);
    for body in ["9\r\n{\"id\":\"op\r\n", "9\r\n{\"id\":\"op\r\nzz\r\n", "ffffffffffffffffff\r\n{}"] {
        once_each(&Fault::raw([&*chunked, body.as_bytes()].concat()), |outcome, how| {
            let Err(Error::Connect(lost)) = outcome else { panic!("{how:?} {body:?}: {outcome:?}") };
            assert!(b"{\"id\":\"op".starts_with(&lost.received().unwrap().body), "{how:?} {body:?}");
        });
    }
}

#[test]
fn json_that_is_no_utf_8_is_an_error_with_the_body_and_a_place() {
    let body = b"{\"id\":\"oppo_\xff\",\"lead_id\":1}";
    once_each(&Fault::json("200 OK", body), |outcome, how| {
        let Err(Error::Decode(error)) = outcome else { panic!("{how:?}: {outcome:?}") };
        assert_eq!((&**error.body(), error.path()), (&body[..], Some("$.id")), "{how:?}");
    });
    once_each(&Fault::json("400 Bad Request", body), |outcome, how| {
        let Err(Error::Api(error)) = outcome else { panic!("{how:?}: {outcome:?}") };
        assert_eq!((&*error.body, error.typed.is_none()), (&body[..], true), "{how:?}");
    });
}

#[test]
fn empty_success_is_an_error_where_a_value_is_documented() {
    for fault in [Fault::json("200 OK", ""), Fault::answer("200 OK", &[], ""), Fault::json("200 OK", " \r\n")] {
        once_each(&fault, |outcome, how| {
            let Err(Error::Decode(error)) = outcome else { panic!("{how:?}: {outcome:?}") };
            assert!(error.body().trim_ascii().is_empty(), "{how:?}");
        });
    }
}
