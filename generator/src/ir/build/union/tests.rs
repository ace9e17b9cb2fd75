//! What `union!` says for small schemas.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::load_text;
use crate::lock::Lock;
use crate::source;
use crate::write::Files;

/// The rows of `union!` for the schema `Pick` among these schemas, without the types that convert.
fn table(schemas: &str) -> String {
    let file = pick("3.1.0", schemas);
    let from = file.find("union!(").unwrap();
    let table = file[from..].split("});\n").next().unwrap_or_default();
    let row = |line: &str| match line.split_once("): ") {
        Some((variant, guard)) if variant.starts_with("    ") && !variant.contains(": ") => {
            format!("{}: {guard}", variant.split('(').next().unwrap_or_default())
        }
        _ => line.to_owned(),
    };
    table.lines().map(row).collect::<Vec<_>>().join("\n")
}

/// The file of the schema `Pick`.
fn pick(version: &str, schemas: &str) -> String {
    files(version, schemas)["src/types/pick.rs"].clone()
}

fn files(version: &str, schemas: &str) -> Files {
    let text = format!(
        r#"{{"openapi":"{version}","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{schemas}}}}}"#
    );
    let (mut files, mut diagnostics) = (source::Files::new(), Diagnostics::default());
    let documents = load_text("t.json", &text, &mut files, &mut diagnostics).unwrap();
    crate::generate(
        documents,
        &Config::default(),
        &Lock::default(),
        &mut diagnostics,
        &mut crate::stage::Watch::default(),
    )
    .unwrap()
    .files
}

#[test]
fn property_that_only_some_members_require_is_no_tag() {
    let table = table(
        r#"{"Pick":{"oneOf":[
            {"title":"A","type":"object","required":["x"],"properties":{"k":{"enum":["a"]},"x":{"type":"string"}}},
            {"title":"B","type":"object","required":["k"],"properties":{"k":{"enum":["b"]}}}]}}"#,
    );
    assert!(!table.contains("by \"k\"") && table.contains("object(\"k\" = \"b\")"), "{table}");
}

#[test]
fn marks_of_inner_alternatives_are_marks_of_the_member() {
    let table = table(
        r##"{"Inner":{"type":"object","oneOf":[
            {"type":"object","required":["k","m"],"properties":{"k":{"enum":["z"]},"m":{"type":"string"}}},
            {"type":"object","required":["k","n"],"properties":{"k":{"enum":["z"]},"n":{"type":"string"}}}]},
        "Pick":{"oneOf":[
            {"type":"object","required":["k"],"properties":{"k":{"enum":["a","b"]}}},
            {"$ref":"#/components/schemas/Inner"}]}}"##,
    );
    let (inner, plain) = (table.find("Inner: object(\"k\" = \"z\")"), table.find(": object(\"k\")"));
    assert!(inner.is_some() && inner < plain, "{table}");
}

#[test]
fn optional_keys_of_one_member_alone_prefer_it() {
    let table = table(
        r#"{"Pick":{"oneOf":[
            {"title":"A","type":"object","properties":{"node":{"type":"string"},"place":{"type":"integer"}}},
            {"title":"B","type":"object","properties":{"node":{"type":"string"},"magnet":{"type":"string"},"side":{"type":"string"}}}]}}"#,
    );
    assert!(table.contains("A: object,"), "{table}");
    assert!(table.contains(r#"B: object(any "magnet" | "side"),"#), "{table}");
}

#[test]
fn required_key_that_no_other_member_declares_is_preferred_alone() {
    let table = table(
        r#"{"Pick":{"oneOf":[
            {"type":"object","required":["a","b"],"properties":{"a":{"type":"string"},"b":{"type":"string"}}},
            {"type":"object","required":["c"],"properties":{
                "a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"},"d":{"type":"string"}}}]}}"#,
    );
    assert!(table.contains(r#"object("c", any "c"),"#), "{table}");
}

#[test]
fn contradicting_constants_need_no_further_keys() {
    let table = table(
        r#"{"Pick":{"oneOf":[
            {"type":"object","required":["k"],"properties":{"k":{"const":"a"},"x":{"type":"string"}}},
            {"type":"object","required":["k"],"properties":{"k":{"const":"b"},"y":{"type":"string"}}},
            {"type":"string"}]}}"#,
    );
    assert!(!table.contains("any"), "{table}");
}

#[test]
fn map_beside_an_object_takes_what_has_none_of_its_keys() {
    let table = table(
        r#"{"Pick":{"anyOf":[
            {"title":"A","type":"object","properties":{"a":{"type":"string"}}},
            {"type":"object","additionalProperties":{"type":"string"}}]}}"#,
    );
    let (map, object) = (table.find(": object,"), table.find(r#": object(any "a"),"#));
    assert!(map.is_some() && map < object, "{table}");
}

#[test]
fn member_without_a_type_allows_any_value() {
    let table = table(r#"{"Pick":{"anyOf":[{"type":"number"},{"description":"or what it was"}]}}"#);
    assert!(table.contains("Number: number,") && table.contains(": any,"), "{table}");
    let constrained = self::table(r#"{"Pick":{"anyOf":[{"type":"integer"},{"minimum":2}]}}"#);
    assert!(constrained.contains(": integer,") && constrained.contains(": number,"), "{constrained}");
}

#[test]
fn member_without_a_type_only_constrains_where_one_is_said() {
    let file = pick(
        "3.1.0",
        r#"{"Pick":{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[
            {"required":["a"]},{"properties":{"b":{"type":"string"}}}]}}"#,
    );
    assert!(file.contains("pub type Pick ="), "{file}");
}

#[test]
fn nullable_member_without_a_type_is_null() {
    let file = pick(
        "3.0.3",
        r#"{"Pick":{"type":"object","properties":{"a":{"anyOf":[{"type":"integer"},{"nullable":true}]}}}}"#,
    );
    assert!(file.contains("pub a: Option<i64>"), "{file}");
}

#[test]
fn alternatives_inside_a_member_are_tried_by_their_type() {
    let table = table(
        r##"{"Inner":{"oneOf":[
            {"type":"object","required":["m"],"properties":{"m":{"type":"string"}}},
            {"type":"object","required":["n"],"properties":{"n":{"type":"string"}}}]},
        "Pick":{"oneOf":[{"$ref":"#/components/schemas/Inner"},{"type":"string"},{"type":"integer"}]}}"##,
    );
    assert!(table.contains("Inner: object,"), "{table}");
}

#[test]
fn keys_by_pattern_beside_other_keys_have_values_of_both() {
    let file = pick(
        "3.1.0",
        r#"{"Pick":{"type":"object","properties":{"a":{"type":"string"}},
            "patternProperties":{"f.o":{"type":"array"}},"additionalProperties":{"type":"integer"}}}"#,
    );
    assert!(file.contains("BTreeMap<String, Value>"), "{file}");
}

#[test]
fn object_among_several_types_refers_to_all_of_them() {
    let file = pick(
        "3.1.0",
        r##"{"Pick":{"type":["string","object"],"properties":{"inner":{"$ref":"#/components/schemas/Pick"}}}}"##,
    );
    assert!(file.contains("pub inner: Option<Box<Pick>>"), "{file}");
}

#[test]
fn schema_among_its_own_alternatives_is_left_out() {
    let table =
        table(r##"{"Pick":{"oneOf":[{"$ref":"#/components/schemas/Pick"},{"type":"string"},{"type":"integer"}]}}"##);
    assert!(table.contains("Integer: integer,") && table.contains("String: string,"), "{table}");
    assert!(!table.contains(": any"), "{table}");
    let file = pick("3.1.0", r##"{"Pick":{"oneOf":[{"$ref":"#/components/schemas/Pick"},{"type":"string"}]}}"##);
    assert!(file.contains("pub type Pick = String;"), "{file}");
}

#[test]
fn constants_with_titles_are_an_enum_named_by_them() {
    let file = pick(
        "3.1.0",
        r#"{"Pick":{"type":"integer","oneOf":[
            {"title":"JOIN","const":1},{"title":"JOIN_REQUEST","description":"Asks to join.","const":5},{"const":7}]}}"#,
    );
    let rows = "/// `1`\n        Join = 1,\n        /// Asks to join.\n        JoinRequest = 5,\n        /// `7`\n        N7 = 7,\n";
    assert!(file.contains(rows), "{file}");
}

#[test]
fn an_open_enum_is_the_type_of_the_whole() {
    let file = pick("3.1.0", r#"{"Pick":{"anyOf":[{"type":"string"},{"type":"string","enum":["a","b"]}]}}"#);
    assert!(file.contains("pub enum Pick {") && !file.contains("Variant"), "{file}");
}

#[test]
fn members_are_called_by_title_then_constant_then_type() {
    let table = table(
        r##"{"Pet":{"type":"object"},"Pick":{"anyOf":[
            {"title":"User message","type":"object","required":["a"],"properties":{"a":{"type":"string"}}},
            {"title":"A sentence that says what this is about.","type":"object","required":["b"],"properties":{"b":{}}},
            {"type":"object","additionalProperties":{"type":"string"}},
            {"type":"string","enum":["auto"]},
            {"type":"string","enum":[""]},
            {"type":"array","items":{"type":"number"}},
            {"type":"array","items":{"type":"array","items":{"type":"number"}}},
            {"type":"array","items":{"$ref":"#/components/schemas/Pet"}}]}}"##,
    );
    for variant in ["UserMessage", "WithB", "Map", "Auto", "Empty", "Numbers", "NumberLists", "PetList"] {
        assert!(table.contains(&format!("    {variant}: ")), "{variant}\n{table}");
    }
}

#[test]
fn members_that_share_a_constant_are_called_after_it() {
    let file = pick(
        "3.1.0",
        r#"{"Pick":{"oneOf":[
            {"type":"object","required":["type","repo"],"properties":{"type":{"enum":["github"]},"repo":{"type":"string"}}},
            {"type":"object","required":["type","repo"],"properties":{"type":{"enum":["github"]},"repo":{"type":"string"},"org":{"type":"string"}}},
            {"type":"object","required":["type","repo","org"],"properties":{"type":{"enum":["gitlab"]},"repo":{"type":"string"},"org":{"type":"string"}}}]}}"#,
    );
    for variant in ["    Github(PickGithub),", "    GithubWithOrg(PickGithubWithOrg),", "    Gitlab(PickGitlab),"] {
        assert!(file.contains(variant), "{variant}: {file}");
    }
}
