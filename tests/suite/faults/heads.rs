//! Answers with strange heads: redirects, interim answers, headers that stand twice or are too long.

use tests::AUTHORIZATION;
use tests::faults::head;

use super::*;

#[test]
fn page_of_a_gateway_is_an_error_with_its_body() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let fault = Fault::answer("502 Bad Gateway", &[("content-type", "text/html")], page);
    loses_the_answer(&fault);
    for how in BOTH {
        let server = FaultServer::script([fault.clone()]);
        let error = Caller::new(how).get(&patient(&server)).unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((api.status.as_u16(), &*api.body, api.typed.is_none()), (502, page.as_bytes(), true), "{how:?}");
        assert!(error.is_retryable() && server.count() == 3, "{how:?}: {}", server.count());
    }
}

#[test]
fn unavailable_server_that_says_when_is_asked_again_also_with_a_post() {
    for how in BOTH {
        let busy = Fault::answer("503 Service Unavailable", &[("retry-after", "0.01")], "");
        let server = FaultServer::script([busy, found()]);
        let created = Caller::new(how).create(&patient(&server), CreateOpportunity::new());
        assert_eq!((created.map(|it| it.id).ok(), server.count()), (Some(id()), 2), "{how:?}");
    }
}

#[test]
fn headers_that_stand_twice_are_all_kept() {
    let headers = [
        ("content-type", "application/json"),
        ("x-part", "1"),
        ("x-part", "2"),
        ("set-cookie", "a=b"),
        ("set-cookie", "c=d"),
    ];
    let server = FaultServer::script([Fault::answer("200 OK", &headers, "{}")]);
    let raw = block_on(once(&server).opportunities().get("x").send_raw()).unwrap();
    let all = |name: &str| raw.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>();
    assert_eq!((all("x-part"), all("set-cookie")), (vec!["1", "2"], vec!["a=b", "c=d"]));
}

#[test]
fn answer_with_two_lengths_is_no_answer() {
    let mut bytes =
        head("200 OK", &[("content-length", "2"), ("content-length", "20"), ("content-type", "application/json")]);
    bytes.extend_from_slice(b"{}                  ");
    let fault = Fault::new([Act::Send(bytes), Act::Close]);
    once_each(&fault, |outcome, how| assert!(outcome.is_err(), "{how:?}: {outcome:?}"));
    for how in BOTH {
        let server = FaultServer::script([fault.clone(), found()]);
        let error = Caller::new(how).create(&patient(&server), CreateOpportunity::new()).unwrap_err();
        assert!(!error.is_retryable() && server.count() == 1, "{how:?}: {error:?}");
    }
}

#[test]
fn length_that_stands_twice_and_says_the_same_is_a_length() {
    let body = fixture("opportunity.2025.json");
    let length = body.len().to_string();
    let headers = [("content-type", "application/json"), ("content-length", &*length), ("content-length", &*length)];
    let mut bytes = head("200 OK", &headers);
    bytes.extend_from_slice(body.as_bytes());
    let fault = Fault::new([Act::Send(bytes)]);
    once_each(&fault, |outcome, how| assert_eq!(outcome.map(|it| it.id).ok(), Some(id()), "{how:?}"));
}

#[test]
fn hundred_redirects_are_not_followed_to_the_end() {
    for how in BOTH {
        let server = FaultServer::start(|seen| {
            let next = format!("/api/v1/{}", seen.number + 1);
            if seen.number < 100 { Fault::answer("302 Found", &[("location", &next)], "") } else { found() }
        });
        let error = Caller::new(how).get(&patient(&server)).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(302), "{how:?}: {error:?}");
        assert_eq!(error.api().unwrap().headers["location"], "/api/v1/11");
        assert_eq!(server.count(), 11, "{how:?}");
    }
}

#[test]
fn redirects_in_a_circle_come_to_an_end() {
    for how in BOTH {
        let server = FaultServer::start(|seen| {
            let next = if seen.target() == "/a" { "/b" } else { "/a" };
            Fault::answer("307 Temporary Redirect", &[("location", next)], "")
        });
        let error = Caller::new(how).get(&patient(&server)).unwrap_err();
        assert_eq!((error.status().map(|status| status.as_u16()), server.count()), (Some(307), 11), "{how:?}");
    }
}

#[test]
fn redirect_to_another_origin_carries_nothing_that_is_secret() {
    for how in BOTH {
        let other = FaultServer::script([found()]);
        let location = format!("{}/elsewhere", other.url);
        let server = FaultServer::script([Fault::answer("301 Moved Permanently", &[("location", &location)], "")]);
        let client = builder(&server).header("x-tenant", "secret").build().unwrap();
        assert!(Caller::new(how).get(&client).is_ok(), "{how:?}");
        assert_eq!(server.seen()[0].header("authorization"), Some(AUTHORIZATION), "{how:?}");
        let seen = other.seen();
        assert_eq!((seen.len(), seen[0].target()), (1, "/elsewhere"), "{how:?}");
        assert_eq!((seen[0].header("authorization"), seen[0].header("x-tenant")), (None, None), "{how:?}");
    }
}

#[test]
fn post_is_not_sent_to_where_a_redirect_leads() {
    for how in BOTH {
        for status in
            ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
        {
            let server = FaultServer::script([Fault::answer(status, &[("location", "/elsewhere")], ""), found()]);
            let error = Caller::new(how).create(&patient(&server), CreateOpportunity::new()).unwrap_err();
            assert!(error.status().unwrap().is_redirection() && server.count() == 1, "{how:?} {status}: {error:?}");
        }
    }
}

#[test]
fn interim_answers_are_passed_over() {
    let mut bytes = head("100 Continue", &[]);
    bytes.extend(head("103 Early Hints", &[("link", "</style.css>; rel=preload")]));
    bytes.extend(found_bytes());
    let fault = Fault::new([Act::Send(bytes)]);
    once_each(&fault, |outcome, how| assert_eq!(outcome.map(|it| it.id).ok(), Some(id()), "{how:?}"));
}

#[test]
fn head_without_end_is_an_error() {
    let mut bytes = b"HTTP/1.1 200 OK\r\n".to_vec();
    bytes.extend(format!("x-long: {}\r\n", "y".repeat(8 << 20)).into_bytes());
    bytes.extend_from_slice(b"content-length: 0\r\n\r\n");
    once_each(&Fault::raw(bytes), |outcome, how| {
        assert!(matches!(outcome, Err(Error::Connect(_))), "{how:?}: {outcome:?}");
    });
}

#[test]
fn hundreds_of_headers_are_an_answer_or_an_error_and_nothing_between() {
    let names: Vec<String> = (0..90).map(|number| format!("x-{number}")).collect();
    let mut headers: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "v")).collect();
    headers.push(("content-type", "application/json"));
    let fault = Fault::answer("200 OK", &headers, fixture("opportunity.2025.json"));
    once_each(&fault, |outcome, how| assert_eq!(outcome.map(|it| it.id).ok(), Some(id()), "{how:?}"));
    let many = headers.repeat(20);
    once_each(&Fault::answer("200 OK", &many, fixture("opportunity.2025.json")), |outcome, how| {
        assert!(matches!(outcome, Err(Error::Connect(_))), "{how:?}: {outcome:?}");
    });
}

#[test]
fn what_is_no_http_is_an_error() {
    for bytes in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 9999 \r\n\r\n",
        "\0\0\0\0\0\0\0\0",
        "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
    ] {
        once_each(&Fault::raw(bytes), |outcome, how| {
            assert!(matches!(outcome, Err(Error::Connect(_))), "{how:?} {bytes:?}: {outcome:?}");
        });
    }
}
