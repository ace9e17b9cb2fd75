//! Parameter styles against the tables of OpenAPI and RFC 6570, and how paths, queries and headers are put together.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use runtime_tests::runtime::json::from_text;
use runtime_tests::runtime::*;
use support::{Create, Elsewhere, Get, Open, Upload, builder};

fn value(json: &str) -> RawJson {
    from_text(json).unwrap()
}

const EMPTY: &str = r#""""#;
const TEXT: &str = r#""blue""#;
const LIST: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

struct NoNetwork;

impl Transport for NoNetwork {
    fn send(
        &self,
        _: http::Request<Body>,
        _: Option<std::time::Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async { Err(TransportError::connect("no network")) })
    }

    fn sleep(&self, _: std::time::Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn client() -> Client {
    builder("https://h/v1").transport(NoNetwork).build().unwrap()
}

fn query(style: Style, json: &str) -> String {
    let request = Request::<Open>::new(&client()).query("color", style, &value(json)).into_http().unwrap();
    request.uri().query().unwrap_or("-").to_owned()
}

fn path(style: Style, json: &str) -> String {
    let client = client();
    match Request::<Get>::new(&client).path("id", style, &value(json)).into_http() {
        Ok(request) => {
            let path = request.uri().path();
            path.strip_prefix("/v1/opportunity/").unwrap().strip_suffix('/').unwrap().to_owned()
        }
        Err(error) => format!("error: {error}"),
    }
}

fn header(style: Style, json: &str) -> String {
    let request = Request::<Open>::new(&client()).header_param("X-Color", style, &value(json)).into_http().unwrap();
    request.headers().get("x-color").map_or("-", |value| value.to_str().unwrap()).to_owned()
}

#[test]
fn query_styles_follow_the_table() {
    let table = [
        (Style::FORM, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (Style::FORM_JOINED, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (Style::SPACE, ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (Style::PIPE, ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
        (
            Style::DEEP,
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
    ];
    for (style, expected) in table {
        let found = [EMPTY, TEXT, LIST, OBJECT].map(|json| query(style, json));
        assert_eq!(found, expected, "{style:?}");
    }
}

#[test]
fn path_styles_follow_the_table() {
    let table = [
        (Style::SIMPLE, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::SIMPLE_EXPLODE, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (Style::LABEL, [".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::LABEL_EXPLODE, [".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::MATRIX, [";id=blue", ";id=blue,black,brown", ";id=R,100,G,200,B,150"]),
        (Style::MATRIX_EXPLODE, [";id=blue", ";id=blue;id=black;id=brown", ";R=100;G=200;B=150"]),
    ];
    for (style, expected) in table {
        assert_eq!([TEXT, LIST, OBJECT].map(|json| path(style, json)), expected, "{style:?}");
    }
    assert_eq!(path(Style::MATRIX, EMPTY), ";id");
}

#[test]
fn header_styles_follow_the_table_and_are_not_escaped() {
    let table = [
        (Style::SIMPLE, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::SIMPLE_EXPLODE, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (style, expected) in table {
        assert_eq!([TEXT, LIST, OBJECT].map(|json| header(style, json)), expected, "{style:?}");
    }
    assert_eq!(header(Style::SIMPLE, r#""a b/%""#), "a b/%");
}

#[test]
fn null_and_empty_lists_are_not_sent() {
    for json in ["null", "[]", "{}", "[null]", r#"{"a":null}"#] {
        assert_eq!(query(Style::FORM, json), "-", "{json}");
        assert_eq!(query(Style::DEEP, json), "-", "{json}");
        assert_eq!(header(Style::SIMPLE, json), "-", "{json}");
    }
}

#[test]
fn deep_objects_nest() {
    let json = r#"{"a":{"b":1,"c":[{"d":true},{"d":false}]},"e f":"x&y"}"#;
    assert_eq!(
        query(Style::DEEP, json),
        "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bc%5D%5B0%5D%5Bd%5D=true&color%5Ba%5D%5Bc%5D%5B1%5D%5Bd%5D=false&color%5Be%20f%5D=x%26y"
    );
}

#[test]
fn nested_values_of_flat_styles_are_json() {
    assert_eq!(query(Style::FORM_JOINED, r#"[{"n":"1"},2]"#), "color=%7B%22n%22%3A%221%22%7D,2");
}

#[test]
fn query_values_are_escaped_unless_reserved_characters_are_allowed() {
    let json = r#""a b+c/d?e=f&g#h%20é""#;
    assert_eq!(query(Style::FORM, json), "color=a%20b%2Bc%2Fd%3Fe%3Df%26g%23h%2520%C3%A9");
    assert_eq!(query(Style::FORM.reserved(), json), "color=a%20b+c/d?e=f&g%23h%20%C3%A9");
}

#[test]
fn numbers_keep_their_text() {
    assert_eq!(query(Style::FORM, "123456789012345678901234567890.10"), "color=123456789012345678901234567890.10");
}

#[test]
fn path_values_are_escaped() {
    assert_eq!(path(Style::SIMPLE, r#""a/b c?d#e%2e""#), "a%2Fb%20c%3Fd%23e%252e");
}

#[test]
fn path_values_that_mean_another_path_are_build_errors() {
    for json in [r#""""#, r#"".""#, r#""..""#, "null", "[]"] {
        assert!(path(Style::SIMPLE, json).starts_with("error: "), "{json}");
    }
    for json in [r#""%2e%2E""#, r#""a/../b""#, r#""a//b""#, r#""/""#] {
        assert!(path(Style::SIMPLE.reserved(), json).starts_with("error: "), "{json}");
    }
    assert!(path(Style::LABEL, EMPTY).starts_with("error: "));
    assert_eq!(path(Style::SIMPLE, r#""...""#), "...");
    let missing = Request::<Get>::new(&client()).into_http().unwrap_err();
    assert_eq!(missing.to_string(), "the path parameter `id` is missing");
}

#[test]
fn base_url_keeps_its_path_with_and_without_slash() {
    for base in ["https://h/api/v1", "https://h/api/v1/"] {
        let client = builder(base).transport(NoNetwork).build().unwrap();
        let request = Request::<Create>::new(&client).into_http().unwrap();
        assert_eq!(request.uri(), "https://h/api/v1/opportunity/");
    }
    let request =
        Request::<Create>::new(&client()).base_url("http://other:81/x?v=2").add_query("a", "b c").into_http().unwrap();
    assert_eq!(request.uri(), "http://other:81/x/opportunity/?v=2&a=b%20c");
}

#[test]
fn base_urls_that_are_none_are_refused() {
    for base in ["", "/v1", "ftp://h", "https://", "https://user:pw@h/", "https://h/#x", "{server}/v1"] {
        let error = builder(base).transport(NoNetwork).build();
        assert!(error.is_err(), "{base}");
    }
}

#[test]
fn servers_of_an_operation_give_way_to_a_base_url_that_was_given() {
    let documented = ClientBuilder::new("https://api.example.com/v1", "t").transport(NoNetwork).build().unwrap();
    assert_eq!(Request::<Elsewhere>::new(&documented).into_http().unwrap().uri(), "https://files.example.com/v2/x");
    assert_eq!(Request::<Elsewhere>::new(&client()).into_http().unwrap().uri(), "https://h/v1/x");
}

#[test]
fn header_values_that_cannot_be_sent_are_build_errors() {
    let client = client();
    for value in ["a\r\nb: c", "a\0"] {
        let error = Request::<Open>::new(&client).header("x-a", value).into_http().unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error}");
    }
    assert!(builder("https://h").header("a b", "c").transport(NoNetwork).build().is_err());
}

#[test]
fn setting_a_parameter_again_replaces_it() {
    let client = client();
    let request = Request::<Open>::new(&client).query("a", Style::FORM, &1).query("a", Style::FORM, &2);
    assert_eq!(request.into_http().unwrap().uri().query(), Some("a=2"));
}

#[test]
fn cookies_are_joined_in_one_header() {
    let client = client();
    let request = Request::<Open>::new(&client).cookie("a", Style::FORM, "x;y").cookie("b", Style::FORM, &vec![1, 2]);
    assert_eq!(request.into_http().unwrap().headers()["cookie"], "a=x%3By; b=1; b=2");
    let request = Request::<Open>::new(&client).header("Cookie", "c=3").cookie("a", Style::FORM, "x");
    assert_eq!(request.into_http().unwrap().headers()["cookie"], "c=3; a=x");
}

#[test]
fn parameters_with_content_are_json() {
    let client = client();
    let request = Request::<Open>::new(&client)
        .query("filter", Style::JSON, &value(r#"{"a":"b"}"#))
        .header_param("x-f", Style::JSON, &value("[1]"))
        .query_form(&value(r#"{"q":"x y"}"#), &[]);
    let request = request.into_http().unwrap();
    assert_eq!(request.uri().query(), Some("filter=%7B%22a%22%3A%22b%22%7D&q=x+y"));
    assert_eq!(request.headers()["x-f"], "[1]");
}

fn body(request: Request<'_, Create>) -> (String, String) {
    let request = request.into_http().unwrap();
    let media_type = request.headers()["content-type"].to_str().unwrap().to_owned();
    (media_type, String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap())
}

#[test]
fn forms_follow_their_encodings() {
    let json = value(r#"{"a":"x y","list":[1,2],"obj":{"k":"v"},"deep":{"k":{"l":1}},"none":null,"joined":["p","q"]}"#);
    let encodings = [Encoding::new("deep").style(Style::DEEP), Encoding::new("joined").style(Style::FORM_JOINED)];
    let client = client();
    let (media_type, body) = body(Request::new(&client).form(&json, &encodings));
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    assert_eq!(body, "a=x+y&list=1&list=2&obj=%7B%22k%22%3A%22v%22%7D&deep%5Bk%5D%5Bl%5D=1&joined=p,q");
}

fn upload(file: File) -> Upload {
    Upload { title: "T \"x\"".to_owned(), tags: vec!["a".to_owned(), "b".to_owned()], file, note: None }
}

const PARTS: &str = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT \"x\"\r\n\
    --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
    --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
    --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
    --B--\r\n";

#[test]
fn multipart_bodies_have_exact_bytes() {
    let client = client();
    let file = File::new("hello").name("a\"b.txt").media_type("text/plain");
    let (media_type, body) = body(Request::new(&client).multipart(&upload(file), &[]));
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(body, PARTS.replace("--B", &format!("--{boundary}")));
}

#[test]
fn parts_have_one_media_type_of_those_that_are_allowed() {
    let json = value(r#"{"o":{"k":1},"l":[1,2],"t":"x"}"#);
    let encodings = [
        Encoding::new("o").content_type("Application/JSON; charset=utf-8"),
        Encoding::new("l").content_type("image/*, application/vnd.a+json;v=1, text/csv"),
        Encoding::new("t").content_type("text/plain, application/json"),
    ];
    let client = client();
    let (media_type, body) = body(Request::new(&client).multipart(&json, &encodings));
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |name: &str, kind: &str, text: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n{text}\r\n"
        )
    };
    let expected = [
        part("o", "Application/JSON; charset=utf-8", r#"{"k":1}"#),
        part("l", "application/vnd.a+json;v=1", "[1,2]"),
        part("t", "text/plain", "x"),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(body, expected.concat());
}

#[test]
fn multipart_files_can_be_streams() {
    let client = client();
    let file = File::new(Body::replayable(Some(5), || Body::from("hello").into_stream()))
        .name("a\"b.txt")
        .media_type("text/plain");
    let request = Request::<Create>::new(&client).multipart(&upload(file), &[]).into_http().unwrap();
    assert!(request.body().is_replayable());
    assert!(request.body().as_bytes().is_none());
    // A boundary has 32 characters where the sample has one.
    assert_eq!(request.body().length(), Some(PARTS.len() as u64 + 5 * 31));
    let once = File::new(Body::stream(None, Body::from("x").into_stream()));
    let request = Request::<Create>::new(&client).multipart(&upload(once), &[]).into_http().unwrap();
    assert!(!request.body().is_replayable());
    assert_eq!(request.body().length(), None);
}

#[test]
fn a_file_in_json_is_its_text() {
    let client = client();
    let (_, body) = body(Request::new(&client).json(&upload(File::new("hello"))));
    assert_eq!(body, r#"{"title":"T \"x\"","tags":["a","b"],"file":"hello"}"#);
}

#[test]
fn json_lines_end_each_with_a_line_feed() {
    let client = client();
    let (media_type, body) = body(Request::new(&client).json_lines("application/x-ndjson", [1, 2]));
    assert_eq!((&*media_type, &*body), ("application/x-ndjson", "1\n2\n"));
}

#[test]
fn responses_the_document_does_not_name_are_decode_errors() {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "Text/CSV; charset=utf-8".parse().unwrap());
    let response = Response::new(StatusCode::ACCEPTED, headers, "a,b");
    assert!(response.is("text/csv") && response.is("text/*") && response.is("*/*") && !response.is("text/plain"));
    let error = response.unexpected();
    assert_eq!(&error.body()[..], b"a,b");
    assert!(error.to_string().contains("202 Accepted with text/csv"), "{error}");
}
