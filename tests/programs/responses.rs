//! Responses from a real socket: what the generated client makes of their bytes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use programs::block_on;
use programs::server::{Script, Server, json, reply};
use responses_client::api::choice::{GetByStatusOk, GetEitherOk};
use responses_client::api::several::{GetError, GetOk};
use responses_client::api::{headers, stream};
use responses_client::types::Problem;
use responses_client::{Client, Error, HeaderMap, Operation, Request, TypedHeaders as _};

/// What a call gives for a reply, and the `Accept` header that it sent.
fn call<O: Operation, T>(
    script: Script,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
    read: impl AsyncFnOnce(Result<O::Output, Error<O::Error>>) -> T,
) -> (T, String) {
    let server = Server::start([script]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let found = block_on(async { read(call(&client).send().await).await });
    let request = server.request();
    let accept = request.lines().find_map(|line| line.strip_prefix("accept: ")).unwrap_or("-");
    (found, accept.to_owned())
}

fn of(media_type: &str, body: &str) -> Script {
    reply("200 OK", &[("content-type", media_type)], body)
}

const PROBLEM: &str = r#"{"title":"t","status":7}"#;

fn is_problem(problem: &Problem) -> bool {
    (problem.title.as_deref(), problem.status) == (Some("t"), Some(7))
}

#[test]
fn successes_are_told_apart_by_status() {
    for (script, expected) in [
        (json("200 OK", "\"a\""), GetOk::Ok("a".to_owned())),
        (json("202 Accepted", "7"), GetOk::Accepted(7)),
        (reply("204 No Content", &[], ""), GetOk::NoContent),
    ] {
        assert_eq!(call(script, |c| c.several().get(), async |result| result.unwrap()).0, expected);
    }
}

#[test]
fn errors_are_told_apart_by_status_range_and_default() {
    for (script, expected) in [
        (json("400 Bad Request", PROBLEM), "BadRequest(Problem { title: Some(\"t\"), status: Some(7) })"),
        (reply("404 Not Found", &[], ""), "NotFound"),
        (json("503 Service Unavailable", PROBLEM), "ServerError(Problem { title: Some(\"t\"), status: Some(7) })"),
        (of("text/plain", "x"), "-"),
        (reply("418 I'm a teapot", &[("content-type", "text/plain")], "short"), "Other(\"short\")"),
    ] {
        let server = Server::start([script]);
        let client = Client::builder().base_url(&server.url).build().unwrap();
        let request = client.several().get().retry(responses_client::RetryPolicy::never());
        match block_on(request.send()) {
            Err(Error::Api(error)) => {
                let typed: Option<GetError> = error.typed;
                assert_eq!(format!("{:?}", typed.unwrap()), expected);
            }
            other => assert!(expected == "-" && matches!(other, Err(Error::Decode(_))), "{expected}: {other:?}"),
        }
    }
}

#[test]
fn an_error_that_only_default_describes_is_typed() {
    let script = json("409 Conflict", PROBLEM);
    let (found, _) = call(script, |c| c.choice().get_default(), async |result| result);
    let Err(Error::Api(error)) = found else { panic!("{found:?}") };
    assert!(matches!(error.typed, Some(responses_client::api::choice::GetDefaultError::Other(problem)) if is_problem(&problem)));
}

#[test]
fn one_status_with_several_media_types_is_told_apart_by_the_media_type() {
    let read = async |result: Result<GetEitherOk, _>| match result.unwrap() {
        GetEitherOk::Json(problem) => assert!(is_problem(&problem)),
        GetEitherOk::Pdf(file) => assert_eq!(&file.bytes(9).await.unwrap()[..], b"%PDF"),
        other => panic!("{other:?}"),
    };
    let (_, accept) = call(of("Application/JSON; charset=utf-8", PROBLEM), |c| c.choice().get_either(), read);
    assert_eq!(accept, "application/json, application/pdf");
    call(of("application/pdf", "%PDF"), |c| c.choice().get_either(), read);
}

#[test]
fn status_and_media_type_decide_together() {
    let read = async |result: Result<GetByStatusOk, _>| match result.unwrap() {
        GetByStatusOk::OkJson(problem) => format!("json {:?}", problem.title),
        GetByStatusOk::OkBytes(file) => format!("{} bytes", file.bytes(99).await.unwrap().len()),
        GetByStatusOk::Created(text) => text,
        GetByStatusOk::Success(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let found = |script| call(script, |c| c.choice().get_by_status(), read);
    assert_eq!(
        found(of("application/vnd.example+json; version=1", PROBLEM)),
        (
            "json Some(\"t\")".to_owned(),
            "application/vnd.example+json; version=1, application/octet-stream, text/plain, application/json".to_owned()
        )
    );
    assert_eq!(found(of("application/octet-stream", "\0\u{1}")).0, "2 bytes");
    assert_eq!(found(reply("201 Created", &[("content-type", "text/plain")], "made")).0, "made");
    assert_eq!(found(json("299 Fine", "5")).0, "5");
}

#[test]
fn text_and_xml_are_text() {
    let read = async |result: Result<String, _>| result.unwrap();
    assert_eq!(call(of("text/plain", "ä\n"), |c| c.text().get(), read), ("ä\n".to_owned(), "text/plain".to_owned()));
    let read = async |result: Result<String, _>| result.unwrap();
    assert_eq!(
        call(of("application/xml", "<a/>"), |c| c.text().get_xml(), read),
        ("<a/>".to_owned(), "application/xml".to_owned())
    );
}

#[test]
fn vendor_media_types_with_parameters_are_json() {
    let read = async |result: Result<Problem, _>| is_problem(&result.unwrap());
    assert_eq!(
        call(of("application/vnd.example.v2+json", PROBLEM), |c| c.vendor().get(), read),
        (true, "application/vnd.example.v2+json; charset=utf-8".to_owned())
    );
}

#[test]
fn nothing_is_nothing_whatever_the_body() {
    for script in [reply("200 OK", &[], ""), json("200 OK", "{}")] {
        let read = async |result: Result<(), _>| result.unwrap();
        call(script, |c| c.none().delete(), read);
    }
}

#[test]
fn a_download_is_a_stream_with_its_name() {
    let headers = [("content-type", "image/png"), ("content-disposition", "attachment; filename=\"../a b.png\"")];
    let script = reply("200 OK", &headers, vec![7; 100_000]);
    let read = async |result: Result<responses_client::Download, _>| {
        let mut file = result.unwrap();
        assert_eq!((file.file_name().as_deref(), file.length()), (Some("a b.png"), Some(100_000)));
        let (mut length, mut pieces) = (0, 0);
        while let Some(piece) = file.chunk().await.unwrap() {
            (length, pieces) = (length + piece.len(), pieces + 1);
        }
        (length, pieces > 1)
    };
    assert_eq!(call(script, |c| c.file().get(), read).0, (100_000, true));
}

fn described() -> Script {
    let headers = [
        ("content-type", "application/json"),
        ("X-Count", "42"),
        ("X-Name", "17"),
        ("X-Flag", "true"),
        ("X-Time", "2026-03-04T05:06:07Z"),
        ("X-Kind", "c"),
        ("X-List", "1, 2"),
        ("X-List", "3"),
        ("X-Object", "title,t,status,7"),
        ("X-Exploded", "title=t,status=7"),
        ("X-Json", PROBLEM),
        ("Link", "<https://h/?page=2>; rel=\"next\""),
    ];
    reply("200 OK", &headers, "\"body\"")
}

#[test]
fn described_headers_have_types() {
    let server = Server::start([described()]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let response = block_on(client.headers().get().with_response()).unwrap();
    assert_eq!((response.value.as_str(), response.status.as_u16()), ("body", 200));
    let typed: headers::GetHeaders = response.typed_headers();
    assert_eq!((typed.x_count, typed.x_name.as_deref(), typed.x_flag), (Some(42), Some("17"), Some(true)));
    assert_eq!(typed.x_time.unwrap().to_string(), "2026-03-04T05:06:07Z");
    assert_eq!(typed.x_kind.unwrap().as_str(), "c");
    assert_eq!(typed.x_list, Some(vec![1, 2, 3]));
    for problem in [typed.x_object, typed.x_exploded, typed.x_json] {
        assert!(is_problem(&problem.unwrap()));
    }
    assert_eq!(typed.link.as_deref(), Some("<https://h/?page=2>; rel=\"next\""));
    assert_eq!(typed.x_reason, None);
    assert_eq!(response.header("x-list"), Some("1, 2"), "what came stays at hand");
}

#[test]
fn headers_that_are_absent_or_of_another_type_are_none() {
    let mut map = HeaderMap::new();
    map.insert("x-count", "many".parse().unwrap());
    let typed = headers::Get::headers(&map);
    assert_eq!((typed.x_count, typed.x_name, typed.x_list), (None, None, None));
}

#[test]
fn headers_of_errors_have_types_too() {
    let script = reply("400 Bad Request", &[("X-Reason", "none")], "");
    let (found, _) = call(script, |c| c.headers().get(), async |result| result);
    let Err(Error::Api(error)) = found else { panic!("{found:?}") };
    assert_eq!(headers::Get::headers(&error.headers).x_reason.as_deref(), Some("none"));
}

#[test]
fn an_answer_to_head_has_headers_alone() {
    let server = Server::start([reply("200 OK", &[("X-Count", "3")], "")]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let response = block_on(client.headers().head().with_response()).unwrap();
    assert_eq!(response.typed_headers().x_count, Some(3));
}

fn events(body: &str) -> Script {
    of("text/event-stream", body)
}

#[test]
fn events_are_typed_by_their_data() {
    let read = async |result: Result<responses_client::EventStream<responses_client::api::events::GetResponse>, _>| {
        let (mut stream, mut found) = (result.unwrap(), Vec::new());
        while let Some(event) = stream.try_next().await.unwrap() {
            found.push(event.a);
        }
        found
    };
    let body = ": comment\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\nevent: x\ndata:{\"a\":2}\n\ndata: [DONE]\n\ndata: {\"a\":3}\n\n";
    assert_eq!(
        call(events(body), |c| c.events().get(), read),
        (vec![Some(1), Some(2)], "text/event-stream".to_owned())
    );
}

#[test]
fn events_that_are_described_as_objects_are_read_whole() {
    let read = async |result: Result<stream::ObjectsOk, _>| {
        let stream::ObjectsOk::Ok(mut stream) = result.unwrap() else { panic!("no stream") };
        let event = stream.try_next().await.unwrap().unwrap();
        assert_eq!((event.id.as_deref(), event.event.as_deref(), event.retry), (Some("1"), Some("made"), Some(250)));
        assert!(is_problem(&event.data));
        let event = stream.try_next().await.unwrap().unwrap();
        assert_eq!((event.id.as_deref(), event.event.as_deref(), event.retry), (Some("1"), Some("message"), None));
        assert!(stream.try_next().await.unwrap().is_none());
    };
    let body = format!("id: 1\nevent: made\nretry: 250\ndata: {PROBLEM}\n\ndata: {{}}\n\n");
    call(events(&body), |c| c.stream().objects(), read);
}

#[test]
fn events_of_several_kinds_are_a_union() {
    let read = async |result: Result<responses_client::EventStream<stream::ItemsResponse>, _>| {
        let (mut stream, mut found) = (result.unwrap(), Vec::new());
        while let Some(event) = stream.try_next().await.unwrap() {
            found.push(match event {
                stream::ItemsResponse::Started(started) => format!("started at {}", started.data.at),
                stream::ItemsResponse::Said(said) => format!("said {}", said.data),
                other => format!("{other:?}"),
            });
        }
        found
    };
    let body = "event: started\ndata: {\"at\":3}\n\nevent: said\ndata: hello\n\nevent: said\ndata: 17\n\n";
    assert_eq!(call(events(body), |c| c.stream().items(), read).0, ["started at 3", "said hello", "said 17"]);
}

#[test]
fn events_without_a_type_are_events() {
    let read = async |result: Result<responses_client::EventStream<responses_client::ServerEvent>, _>| {
        let event = result.unwrap().try_next().await.unwrap().unwrap();
        (event.event, event.data)
    };
    let found = call(events("event: e\ndata: a\ndata: b\n\n"), |c| c.stream().text(), read).0;
    assert_eq!(found, ("e".to_owned(), "a\nb".to_owned()));
}

#[test]
fn an_answer_at_once_or_as_a_stream_is_two_methods() {
    let body = || stream::AskBody::new().stream(true);
    let read = async |result: Result<Vec<Problem>, _>| is_problem(&result.unwrap()[0]);
    let (found, accept) = call(json("200 OK", &format!("[{PROBLEM}]")), |c| c.stream().ask(body()), read);
    assert_eq!((found, accept.as_str()), (true, "application/json"));
    let read = async |result: Result<responses_client::EventStream<Problem>, _>| {
        is_problem(&result.unwrap().try_next().await.unwrap().unwrap())
    };
    let (found, accept) = call(events(&format!("data: {PROBLEM}\n\n")), |c| c.stream().ask_stream(body()), read);
    assert_eq!((found, accept.as_str()), (true, "text/event-stream"));
}

#[test]
fn lines_of_json_are_typed() {
    let read = async |result: Result<responses_client::JsonLines<responses_client::api::lines::GetResponse>, _>| {
        let (mut lines, mut found) = (result.unwrap(), Vec::new());
        while let Some(line) = lines.try_next().await.unwrap() {
            found.push(line.a);
        }
        found
    };
    let script = of("application/x-ndjson", "{\"a\":1}\r\n\n{\"a\":2}");
    assert_eq!(
        call(script, |c| c.lines().get(), read),
        (vec![Some(1), Some(2)], "application/x-ndjson".to_owned())
    );
}
