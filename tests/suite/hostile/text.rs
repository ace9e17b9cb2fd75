//! Texts that try to leave their place: comments, strings, templates, lines, tags, the direction of writing.

use oasmith::job::Job;
use tests::{documents, make, pipeline};

use super::{SMALL, deep};

/// What ends a comment, a string, a template, a line, a tag or a fence somewhere, or turns the direction of what follows.
pub(super) const TEXTS: &[&str] = &[
    "../../x",
    "*/ fn a() {}",
    "a]b",
    "a\"#b",
    "{{ a }}",
    "${a}",
    "a\u{2028}b\u{2029}c",
    "a\u{202e}b\u{2066}c\u{200f}",
    "a\rb\r\nc",
    "a`b```c",
    "</script><img src=x onerror=y>",
    "<!-- a -->&#x202e;\\u{0}\\0%00",
];

/// A description with a text in one place of many; `HERE` is a JSON string.
const PLACES: &[&str] = &[
    r#""info":{"title":HERE,"version":"1"}"#,
    r#""info":{"title":"T","version":HERE}"#,
    r#""info":{"title":"T","version":"1","description":HERE,"license":{"name":HERE},"contact":{"name":HERE,"url":HERE}}"#,
    r#""externalDocs":{"url":HERE,"description":HERE}"#,
    r#""servers":[{"url":"https://h.example/{v}","description":HERE,"variables":{"v":{"default":HERE,"description":HERE}}}]"#,
    r#""servers":[{"url":HERE}]"#,
    r#""tags":[{"name":HERE,"description":HERE}]"#,
    r#""paths":{"/a":{"get":{"operationId":HERE,"summary":HERE,"description":HERE,"tags":[HERE],"responses":{"200":{"description":HERE}}}}}"#,
    r#""paths":{"/a":{"get":{"parameters":[{"name":HERE,"in":"query","description":HERE,"schema":{"type":"string","default":HERE,"example":HERE}}],"responses":{"200":{"description":"ok"}}}}}"#,
    r#""paths":{"/a":{"get":{"parameters":[{"name":HERE,"in":"header","schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}}}}"#,
    r#""paths":{"/a":{"get":{"parameters":[{"name":HERE,"in":"cookie","schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}}}}"#,
    r#""paths":{"/a":{"post":{"requestBody":{"content":{HERE:{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}},"responses":{"200":{"description":"ok","content":{HERE:{"schema":{"type":"string"}}}}}}}}"#,
    r#""paths":{"/a":{"get":{"responses":{"200":{"description":"ok","headers":{HERE:{"description":HERE,"schema":{"type":"string"}}}},HERE:{"description":"ok"}}}}}"#,
    r#""components":{"schemas":{HERE:{"type":"object","title":HERE,"description":HERE,"properties":{"a":{"type":"string"}}}}}"#,
    r#""components":{"schemas":{"S":{"type":"object","required":[HERE],"properties":{HERE:{"type":"string","description":HERE,"default":HERE,"pattern":HERE,"const":HERE}}}}}"#,
    r#""components":{"schemas":{"S":{"type":"string","enum":[HERE,"other"],"x-enum-varnames":[HERE,"b"],"x-enum-descriptions":[HERE,"c"]}}}"#,
    r#""components":{"schemas":{"S":{"type":"object","x-rust-name":HERE,"properties":{"a":{"type":"string","x-rust-type":HERE}}}}}"#,
    r##""components":{"schemas":{"A":{"type":"object","properties":{"k":{"type":"string"}}},"S":{"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"object","title":HERE}],"discriminator":{"propertyName":HERE,"mapping":{HERE:"A"}}}}}"##,
    r#""components":{"schemas":{"S":{"type":"object","patternProperties":{HERE:{"type":"string"}}}}}"#,
    r#""components":{"securitySchemes":{HERE:{"type":"apiKey","name":HERE,"in":"header","description":HERE},"o":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":HERE,"scopes":{HERE:HERE}}}}}}"#,
    r#""webhooks":{HERE:{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}},"responses":{"200":{"description":"ok"}}}}}"#,
];

#[test]
fn text_stays_text_wherever_it_stands() {
    let mut made = 0;
    for place in PLACES {
        for text in TEXTS {
            let mut document = r#"{"openapi":"3.1.0","#.to_owned();
            for (key, usual) in [("info", r#""info":{"title":"T","version":"1"},"#), ("paths", r#""paths":{},"#)] {
                if !place.starts_with(&format!("\"{key}\"")) {
                    document.push_str(usual);
                }
            }
            document.push_str(&place.replace("HERE", &serde_json::Value::from(*text).to_string()));
            document.push('}');
            made += usize::from(deep(move || pipeline::check(document.as_bytes())));
        }
    }
    // Some texts are refused in some places, such as a path for a server.
    assert!(made > PLACES.len() * TEXTS.len() * 3 / 4, "only {made} crates were made: the test checks too little");
}

#[test]
fn path_may_hold_anything() {
    for word in documents::WORDS {
        let path = serde_json::Value::from(format!("/a/{word}/b")).to_string();
        let document = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{{path}:{{"get":{{"responses":{{"200":{{"description":"ok"}}}}}}}}}}}}"#
        );
        deep(move || pipeline::check(document.as_bytes()));
    }
}

#[test]
fn file_name_of_a_description_stays_in_its_comment() {
    for name in ["a*!b.yaml", "a\"#b.yaml", "a\nb.yaml", "a{{b}}.yaml", "a\u{202e}b.yaml", "a`]b.yaml"] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(name), SMALL).unwrap();
        let made = make(Job { spec: Some(dir.path().join(name)), ..Job::default() });
        pipeline::check_files(&made.files.unwrap_or_else(|| panic!("{}", made.report)));
    }
}
