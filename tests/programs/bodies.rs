//! Request bodies on a real socket, byte for byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::io::Write as _;

use bodies_client::types::Address;
use bodies_client::{Body, Bytes, Client, File, Operation, Request, Value};
use programs::block_on;
use programs::server::{Server, reply};

/// The media type and the body as both transports send them. Boundaries are chosen anew by each call, so they are `B`.
fn sent<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> (String, String) {
    let nothing = || reply("204 No Content", &[], "");
    let server = Server::start([nothing(), nothing()]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    for error in [block_on(call(&client).send()).err(), call(&client).send_blocking().err()].into_iter().flatten() {
        panic!("{error}");
    }
    let requests = server.requests();
    assert_eq!(parts(&requests[0]), parts(&requests[1]), "the transports differ");
    parts(&requests[0])
}

fn parts(request: &str) -> (String, String) {
    let (head, body) = request.split_once("\n\n").unwrap();
    let media_type = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or("-");
    match media_type.split_once("boundary=") {
        Some((media_type, boundary)) => (format!("{media_type}boundary=B"), body.replace(boundary, "B")),
        None => (media_type.to_owned(), body.to_owned()),
    }
}

fn body<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    sent(call).1
}

fn address() -> Address {
    Address::new().street_address("123 Example Dr.").zip("99999+1234")
}

const ADDRESS: &str = r#"{"streetAddress":"123 Example Dr.","zip":"99999+1234"}"#;

#[track_caller]
fn is(found: (String, String), media_type: &str, body: &str) {
    assert_eq!((found.0.as_str(), found.1.as_str()), (media_type, body));
}

#[test]
fn json_of_every_shape() {
    is(sent(|c| c.values().post_list(vec![address(), Address::new()])), "application/json", &format!("[{ADDRESS},{{}}]"));
    let map = || [("a".to_owned(), 1), ("b".to_owned(), 2)].into_iter().collect();
    is(sent(|c| c.values().post_map(map())), "application/json", r#"{"a":1,"b":2}"#);
    is(sent(|c| c.values().post_number(0.5)), "application/json", "0.5");
    is(sent(|c| c.values().post_any(Value::Null)), "application/json", "null");
}

#[test]
fn json_of_another_media_type_keeps_its_parameters() {
    is(sent(|c| c.vendor().post(address())), "application/vnd.example+json; version=2", ADDRESS);
    is(
        sent(|c| c.patch().patch(bodies_client::api::patch::PatchOperationBody::new().clear_a())),
        "application/merge-patch+json",
        r#"{"a":null}"#,
    );
}

/// The example of OpenAPI 3.1.2, section 4.8.15.2.1.
#[test]
fn a_form_is_encoded_as_forms_are() {
    use bodies_client::api::forms::PostPlainBody;
    let form = || PostPlainBody::new("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", address());
    is(
        sent(|c| c.forms().post_plain(form())),
        "application/x-www-form-urlencoded",
        "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C\
         %22zip%22%3A%2299999%2B1234%22%7D",
    );
    let more = || form().list(vec!["a b".to_owned(), "~*".to_owned()]).flag(true);
    let sent = body(|c| c.forms().post_plain(more()));
    assert!(sent.ends_with("&list=a+b&list=%7E*&flag=true"), "{sent}");
}

#[test]
fn members_of_a_form_follow_their_encodings() {
    use bodies_client::api::forms::PostEncodedBody;
    let words = || vec!["a b".to_owned(), "c".to_owned()];
    let form = || {
        let form = PostEncodedBody::new().json("text").joined(words()).space(words()).pipe(words()).deep(address());
        form.flat(Address::new().city("x y")).raw("a/b?c d").list(vec![1, 2])
    };
    assert_eq!(
        body(|c| c.forms().post_encoded(form())),
        "json=%22text%22&joined=a%20b,c&space=a%20b%20c&pipe=a%20b%7Cc&deep%5BstreetAddress%5D=123%20Example%20Dr.\
         &deep%5Bzip%5D=99999%2B1234&city=x%20y&raw=a/b?c%20d&list=%5B1%2C2%5D"
    );
}

fn part(head: &str, content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

#[test]
fn files_come_from_bytes_a_stream_or_a_path_with_name_type_and_headers() {
    use bodies_client::api::parts::PostFilesBody;
    let mut file = std::env::temp_dir();
    file.push(format!("oasmith-program-{}.txt", std::process::id()));
    std::fs::File::create(&file).unwrap().write_all(b"from the disk").unwrap();
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    let files = || {
        let stream = Body::stream(None, Body::from("streamed").into_stream());
        vec![
            File::new("bytes").name("a \"b\".txt").media_type("text/plain").header("X-Part", "1"),
            File::new(stream).name("s.bin"),
            File::open(&file).unwrap().media_type("text/x-disk"),
            File::new(Bytes::from_static(b"unnamed")),
        ]
    };
    let found = sent(|c| c.parts().post_files(PostFilesBody::new(files())));
    std::fs::remove_file(&file).unwrap();
    let expected = [
        part("name=\"files\"; filename=\"a %22b%22.txt\"\r\nContent-Type: text/plain\r\nX-Part: 1", "bytes"),
        part("name=\"files\"; filename=\"s.bin\"\r\nContent-Type: application/octet-stream", "streamed"),
        part(&format!("name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/x-disk"), "from the disk"),
        part("name=\"files\"; filename=\"files\"\r\nContent-Type: application/octet-stream", "unnamed"),
        "--B--\r\n".to_owned(),
    ];
    is(found, "multipart/form-data; boundary=B", &expected.concat());
}

#[test]
fn a_file_that_is_not_there_is_told_before_anything_is_sent() {
    assert!(File::open("/nowhere/at/all").is_err());
}

#[test]
fn items_of_lists_are_parts_and_objects_are_json() {
    use bodies_client::api::parts::PostFilesBody;
    let form = || {
        let form = PostFilesBody::new(Vec::new()).tags(vec!["a".to_owned(), "b".to_owned()]);
        form.rows(vec![address(), Address::new()]).count(3)
    };
    let json = "name=\"rows\"\r\nContent-Type: application/json";
    let expected = [
        part("name=\"tags\"", "a"),
        part("name=\"tags\"", "b"),
        part(json, ADDRESS),
        part(json, "{}"),
        part("name=\"count\"", "3"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body(|c| c.parts().post_files(form())), expected.concat());
}

#[test]
fn parts_follow_their_encodings() {
    use bodies_client::api::parts::PostBody;
    let form = || {
        let form = PostBody::new().json("text").list(vec![1, 2]).deep(address());
        form.joined(vec!["a b".to_owned(), "c".to_owned()]).csv("a,b").icon(File::new("png").media_type("image/png"))
    };
    let json = "\r\nContent-Type: application/json";
    let expected = [
        part(&format!("name=\"json\"{json}"), "\"text\""),
        part(&format!("name=\"list\"{json}"), "[1,2]"),
        part("name=\"deep[streetAddress]\"", "123 Example Dr."),
        part("name=\"deep[zip]\"", "99999+1234"),
        part("name=\"joined\"", "a b,c"),
        part("name=\"csv\"\r\nContent-Type: text/csv; charset=utf-8", "a,b"),
        part("name=\"icon\"; filename=\"icon\"\r\nContent-Type: image/png", "png"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body(|c| c.parts().post(form())), expected.concat());
}

#[test]
fn other_multipart_types_are_sent_as_such() {
    use bodies_client::api::parts::PostMixedBody;
    let found = sent(|c| c.parts().post_mixed(PostMixedBody::new().text("t").meta(Address::new())));
    let meta = part("name=\"meta\"\r\nContent-Type: application/json", "{}");
    is(found, "multipart/mixed; boundary=B", &format!("{}{meta}--B--\r\n", part("name=\"text\"", "t")));
}

#[test]
fn bytes_are_sent_as_they_are_and_streamed() {
    is(sent(|c| c.raw().post_pdf("%PDF")), "application/pdf", "%PDF");
    let stream = || Body::replayable(Some(8), || Body::from("streamed").into_stream());
    is(sent(|c| c.bytes().put(stream())), "application/octet-stream", "streamed");
    let once = || Body::stream(None, Body::from("of unknown length").into_stream());
    is(sent(|c| c.bytes().put(once())), "application/octet-stream", "of unknown length");
}

#[test]
fn a_range_of_media_types_leaves_the_choice_to_the_file() {
    is(sent(|c| c.raw().post_image(File::new("gif").media_type("image/gif"))), "image/gif", "gif");
    is(sent(|c| c.raw().post_image(File::new("x"))), "application/octet-stream", "x");
    is(sent(|c| c.raw().post_whatever().body("x")), "application/octet-stream", "x");
    is(sent(|c| c.raw().post_whatever()), "-", "");
}

#[test]
fn text_and_xml_are_text() {
    is(sent(|c| c.text().put("äöü")), "text/plain", "äöü");
    is(sent(|c| c.raw().post_xml("<a b=\"c\"/>")), "application/xml", "<a b=\"c\"/>");
}

#[test]
fn lines_of_json_end_each_with_a_line_feed() {
    is(
        sent(|c| c.raw().post_lines([address(), Address::new()])),
        "application/x-ndjson",
        &format!("{ADDRESS}\n{{}}\n"),
    );
}

#[test]
fn each_media_type_of_a_required_body_is_a_method() {
    let at = || Address::new().city("x y");
    is(sent(|c| c.choice().post(at())), "application/json", r#"{"city":"x y"}"#);
    is(sent(|c| c.choice().post_form(at())), "application/x-www-form-urlencoded", "city=x+y");
    let multipart = format!("{}--B--\r\n", part("name=\"city\"", "x y"));
    is(sent(|c| c.choice().post_multipart(at())), "multipart/form-data; boundary=B", &multipart);
    is(sent(|c| c.choice().post_json_lines([at()])), "application/x-ndjson", "{\"city\":\"x y\"}\n");
    is(sent(|c| c.choice().post_xml("<x/>")), "application/xml", "<x/>");
    is(sent(|c| c.choice().post_bytes("b")), "application/octet-stream", "b");
}

#[test]
fn an_optional_body_is_a_setter_for_each_media_type() {
    is(sent(|c| c.choice().post_optional()), "-", "");
    is(sent(|c| c.choice().post_optional().body(Address::new())), "application/json", "{}");
    is(sent(|c| c.choice().post_optional().body_text("t")), "text/plain", "t");
}

#[test]
fn get_and_delete_may_have_bodies() {
    is(sent(|c| c.unusual().get_with_body(address())), "application/json", ADDRESS);
    is(sent(|c| c.unusual().delete_with_body().body(address())), "application/json", ADDRESS);
    is(sent(|c| c.unusual().delete_with_body()), "-", "");
}
