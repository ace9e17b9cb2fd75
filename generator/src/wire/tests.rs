use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::load_text;
use crate::lock::Lock;
use crate::source::Files;
use crate::stage::Watch;

/// The transcripts of a description.
fn transcripts(paths: &str) -> BTreeMap<String, String> {
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"servers":[{{"url":"https://example.com/v1/"}}],"paths":{paths}}}"#
    );
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let documents = load_text("t.json", &text, &mut files, &mut diagnostics).unwrap();
    let config = Config { wire: true, ..Config::default() };
    let made = crate::generate(documents, &config, &Lock::default(), &mut diagnostics, &mut Watch::default());
    let made = made.unwrap_or_else(|_| panic!("{diagnostics:?}"));
    made.files.into_iter().filter(|(path, _)| path.starts_with("wire/")).collect()
}

/// The one transcript without its head.
fn transcript(paths: &str) -> String {
    let all = transcripts(paths);
    assert_eq!(all.len(), 1, "{all:?}");
    let text = all.into_values().next().unwrap();
    text.split_once("\n\n").unwrap().1.to_owned()
}

#[test]
fn examples_of_the_description_are_sent_in_the_order_of_the_type() {
    let text = transcript(
        r#"{"/a/{id}":{"put":{"operationId":"put_a","tags":["a"],
          "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"},"examples":{"x":{"value":"a/b"}}},
            {"name":"q","in":"query","example":["x y","z"],"schema":{"type":"array","items":{"type":"string"}}}],
          "requestBody":{"required":true,"content":{"application/json":{"example":{"b":2,"a":"one","unknown":true},
            "schema":{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"string"}}}}}},
          "responses":{"201":{"description":"d","content":{"application/json":{"schema":{"type":"object",
            "required":["n"],"properties":{"n":{"type":"number","example":2},"s":{"type":"string","default":"usual"}}}}}}}}}}"#,
    );
    let request = "PUT /v1/a/a%2Fb?q=x%20y&q=z HTTP/1.1\naccept: application/json\ncontent-length: 17\n\
                   content-type: application/json\nhost: {{host}}\nuser-agent: {{user-agent}}\n\n{\"a\":\"one\",\"b\":2}\n";
    let response = "HTTP/1.1 201 Created\ncontent-type: application/json\n\n{\"n\":2,\"s\":\"usual\"}\n";
    assert_eq!(text, format!("{request}\n###\n\n{response}"));
}

#[test]
fn nothing_in_a_description_can_pose_as_another_part_of_the_file() {
    let text = transcript(
        r#####"{"/a/{id}":{"post":{"operationId":"post_a","tags":["a"],
          "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"},"example":".."},
            {"name":"X-H","in":"header","schema":{"type":"string"},"example":"a\r\nx-evil: 1"},
            {"name":"X-B","in":"header","schema":{"type":"string"},"example":"\u202eevil"}],
          "requestBody":{"content":{"text/plain":{"example":"a\n###\n\nGET /evil HTTP/1.1","schema":{"type":"string"}}}},
          "responses":{"200":{"description":"d","content":{"application/json":{"example":"\u202e\n###\u0000",
            "schema":{"type":"string"}}}}}}}}"#####,
    );
    assert_eq!(text.matches("###").count(), 2, "{text}");
    assert_eq!(text.matches("\n###\n").count(), 1, "{text}");
    assert!(text.starts_with("POST /v1/a/id HTTP/1.1\n"), "{text}");
    assert!(text.contains("\nx-b: X-B\nx-h: X-H\n\ntext\n"), "{text}");
    assert!(text.ends_with("\n\"\\u202e\\n###\\u0000\"\n"), "{text}");
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text:?}");
}

#[test]
fn a_type_that_holds_itself_has_an_end() {
    let paths = r##"{"/t":{"get":{"operationId":"get_t","tags":["t"],"responses":{"200":{"description":"d","content":{"application/json":
        {"schema":{"$defs":{"T":{"type":"object","required":["kids"],"properties":{"kids":{"type":"array","items":{"$ref":"#/paths/~1t/get/responses/200/content/application~1json/schema/$defs/T"}},
          "up":{"$ref":"#/paths/~1t/get/responses/200/content/application~1json/schema/$defs/T"}}}},
          "$ref":"#/paths/~1t/get/responses/200/content/application~1json/schema/$defs/T"}}}}}}}}"##;
    assert!(transcript(paths).ends_with("\n\n{\"kids\":[]}\n"), "{}", transcript(paths));
}

#[test]
fn a_union_is_the_member_that_the_example_is_one_of() {
    let paths = r##"{"/t":{"get":{"operationId":"get_t","tags":["t"],"responses":{"200":{"description":"d","content":{"application/json":
        {"example":{"kind":"dog","bark":2},"schema":{"oneOf":[
          {"type":"object","required":["kind"],"properties":{"kind":{"const":"cat"},"meow":{"type":"boolean"}}},
          {"type":"object","required":["kind","bark"],"properties":{"kind":{"const":"dog"},"bark":{"type":"integer"}}}]}}}}}}}}"##;
    let text = transcript(paths);
    assert!(text.contains("\"kind\":\"dog\"") && text.contains("\"bark\":2"), "{text}");
}

#[test]
fn there_are_no_transcripts_unless_they_are_asked_for() {
    let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
    let text = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"204":{"description":"d"}}}}}}"#;
    let documents = load_text("t.json", text, &mut files, &mut diagnostics).unwrap();
    let made =
        crate::generate(documents, &Config::default(), &Lock::default(), &mut diagnostics, &mut Watch::default());
    assert!(made.unwrap().files.keys().all(|path| !path.starts_with("wire/")));
}
