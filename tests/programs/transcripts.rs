//! The real client sends what the transcripts say, and reads what they answer.

use programs::server::{Server, reply};
use programs::transcript::Transcript;
use wire_client::{Bytes, Client, File};

fn transcript(path: &str) -> Transcript {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Transcript::read(&std::fs::read_to_string(root.join(path)).unwrap())
}

/// Answers with the transcript, and compares the request with it.
fn check(path: &str, call: impl FnOnce(&str)) {
    let transcript = transcript(path);
    let headers: Vec<(&str, &str)> =
        transcript.answer_headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let server = Server::start([reply(&format!("{} Done", transcript.status), &headers, &transcript.answer)]);
    call(&format!("{}/v1", server.url));
    let sent = server.request().replace("\r\n", "\n");
    // The client makes up what stands between parts.
    let boundary = sent.split("boundary=").nth(1).and_then(|rest| rest.lines().next()).unwrap_or("none").to_owned();
    let sent = sent.replace(&boundary, "0123456789abcdef0123456789abcdef");
    assert_eq!(sent.trim_end(), transcript.request(&[("user-agent", "me")]).trim_end(), "{path}");
}

#[test]
fn parameters_are_sent_as_shown() {
    use wire_client::api::lamps::{GetFilter, GetWhere};
    check("wire/wire/lamps/get.http", |url| {
        let client = Client::builder().base_url(url).user_agent("me").build().unwrap();
        let label = vec!["label".to_owned()];
        let get = client.lamps().get(1, label, vec![1], true).tags(["tags"]).joined(["joined"]).piped([1]);
        let get = get.filter(GetFilter::new().color("color").size(1)).since("2026-03-04T05:06:07Z".parse().unwrap());
        let get = get.raw("a/b?c").where_(GetWhere::new().a(1)).x_trace("X-Trace").session("session");
        get.send_blocking().unwrap();
    });
}

#[test]
fn bodies_are_sent_as_shown() {
    use wire_client::api::{form, json, multipart, patch};
    let client = |url: &str| Client::builder().base_url(url).user_agent("me").build().unwrap();
    check("wire/wire/bytes/put.http", |url| {
        client(url).bytes().put(Bytes::from_static(b"contents")).send_blocking().unwrap();
    });
    check("wire/wire/form/put.http", |url| {
        client(url).form().put(form::PutBody::new("a").b(vec![1])).send_blocking().unwrap();
    });
    check("wire/wire/json/put.http", |url| {
        client(url).json().put().body(json::PutBody::new().a("a")).send_blocking().unwrap();
    });
    check("wire/wire/multipart/put.http", |url| {
        let file = || File::from(b"contents".to_vec());
        let body = multipart::PutBody::new(file()).photo(file()).note("note");
        let body = body.meta(multipart::PutBodyMeta::new().a(1));
        client(url).multipart().put(body).send_blocking().unwrap();
    });
    check("wire/wire/patch/patch.http", |url| {
        client(url).patch().patch(patch::PatchOperationBody::new().a("a".to_owned())).send_blocking().unwrap();
    });
    check("wire/wire/several/put.http", |url| {
        client(url).several().put("text").send_blocking().unwrap();
    });
    check("wire/wire/text/put.http", |url| {
        client(url).text().put("text").send_blocking().unwrap();
    });
}

#[test]
fn a_query_that_is_a_form_is_sent_as_shown() {
    use wire_client::api::search::SearchOperationAll;
    check("wire/wire/search/search.http", |url| {
        let client = Client::builder().base_url(url).user_agent("me").build().unwrap();
        let all = SearchOperationAll::new().text("two words").list(vec![1, 2]).joined(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(client.search().search(all).send_blocking().unwrap().len(), 2);
    });
}

#[test]
fn every_transcript_is_checked() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let groups = std::fs::read_dir(root.join("wire/wire")).unwrap();
    let count: usize = groups.map(|group| std::fs::read_dir(group.unwrap().path()).unwrap().count()).sum();
    assert_eq!(count, 9);
}
