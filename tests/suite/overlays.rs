//! `check --fix`: the overlay of a run silences what it repairs, changes nothing else, and no file is lost.

use std::fs;
use std::path::Path;

use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::job::{Job, Session};
use oasmith::repair::{self, Overlay};
use oasmith::write::Files;

/// A description of each code that can be repaired, with how many of its problems are.
const REPAIRED: &[(Code, usize, &str)] = &[
    (
        Code::UnknownKeyword,
        3,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1', colour: red}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      Summary: All of them\n      nonsense: {deep: [1]}\n      responses: {'204': {description: Gone}}\n",
    ),
    (
        Code::WrongType,
        3,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps/{id}:\n    get:\n      operationId: get_lamp\n      deprecated: perhaps\n      parameters:\n        - {name: id, in: path, required: true, style: deepObject, schema: {type: string, minLength: few}}\n      responses: {'204': {description: Gone}}\n",
    ),
    (
        Code::MissingKeyword,
        2,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps/{id}:\n    get:\n      operationId: get_lamp\n      parameters:\n        - {name: id, in: path, schema: {type: string}}\n      responses: {'204': {}}\n",
    ),
    (
        Code::UnsupportedKeyword,
        2,
        "openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      parameters:\n        - {$ref: '#/components/parameters/Limit', required: true}\n      responses: {'200': {description: Some, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp', required: [name]}}}}}\ncomponents:\n  parameters:\n    Limit: {name: limit, in: query, schema: {type: integer}}\n  schemas:\n    Lamp: {type: object, properties: {name: {type: string}}}\n",
    ),
    (
        Code::RepairedValue,
        6,
        "openapi: 3.0.3\ninfo: {title: Lamps, version: '1', description: null}\npaths:\n  lamps:\n    get:\n      operationId: list_lamps\n      deprecated: 'true'\n      tags: lamps\n      parameters:\n        - {name: limit, in: query, schema: {type: integer, minimum: '1'}}\n      responses: {'200': {description: Some, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}}\ncomponents:\n  schemas:\n    Lamp: {type: object, required: [name, watts, name], properties: {name: {type: string}, watts: {type: integer}}}\n",
    ),
    (
        Code::RepairedRequired,
        2,
        "openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      responses: {'200': {description: Some, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}}\ncomponents:\n  schemas:\n    Lamp: {type: object, properties: {name: {type: string, required: true}, watts: {type: integer, required: false}}}\n",
    ),
    (
        Code::RepairedReference,
        3,
        "openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      responses: {'200': {description: Some, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}}\ncomponents:\n  schemas:\n    Lamp:\n      type: object\n      required: [shade]\n      properties:\n        shade: {$ref: '#/components/schemas/Shade', description: Around the bulb}\n        old: {$ref: '#/components/schemas/Shade', nullable: true, readOnly: true}\n    Shade: {type: object, properties: {color: {type: string}}}\n",
    ),
    (
        Code::MissingOperationId,
        2,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get: {responses: {'204': {description: None}}}\n  /lamps/{id}:\n    get:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: None}}\n",
    ),
    (
        Code::DuplicateOperationId,
        2,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get: {operationId: lamps, responses: {'204': {description: None}}}\n    put: {operationId: lamps, responses: {'204': {description: None}}}\n    post: {operationId: lamps, responses: {'204': {description: None}}}\n",
    ),
    (
        Code::UndeclaredPathParameter,
        2,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps/{id}/{part}:\n    get:\n      operationId: get_part\n      parameters: [{name: deep, in: query, schema: {type: boolean}}]\n      responses: {'204': {description: None}}\n",
    ),
    (
        Code::UndeclaredPathParameter,
        1,
        "swagger: '2.0'\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps/{id}:\n    get: {operationId: get_lamp, responses: {'204': {description: None}}}\n",
    ),
    (
        Code::UnusedPathParameter,
        2,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      parameters:\n        - {name: id, in: path, required: true, schema: {type: string}}\n        - {name: deep, in: query, schema: {type: boolean}}\n        - {name: part, in: path, required: true, schema: {type: string}}\n      responses: {'204': {description: None}}\n",
    ),
    (
        Code::IgnoredHeaderParameter,
        1,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      parameters: [{name: Accept, in: header, schema: {type: string}}]\n      responses: {'204': {description: None}}\n",
    ),
    (
        Code::InvalidPattern,
        1,
        "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    post:\n      operationId: add_lamp\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}\n      responses: {'204': {description: None}}\ncomponents:\n  schemas:\n    Lamp: {type: object, properties: {name: {type: string, pattern: '(', maxLength: 9}}}\n",
    ),
];

/// Codes whose repair gives operations a name in the description, after which methods are then called.
const RENAMING: &[Code] = &[Code::MissingOperationId, Code::DuplicateOperationId];

/// Reads a description in a folder, and makes the overlay of its repairs.
fn run(folder: &Path) -> (Diagnostics, Overlay, Option<Files>) {
    let job = Job { spec: Some(folder.join("api.yaml")), ..Job::default() };
    std::thread::Builder::new()
        .stack_size(oasmith::STACK_SIZE)
        .spawn(move || {
            let mut session = Session::default();
            let loaded = job.load(&mut session).unwrap();
            let entry = loaded.documents.entry().cloned().unwrap();
            let files = job.generate(loaded, &mut session).ok().map(|output| output.files);
            let overlay = repair::overlay(&entry, &session.diagnostics);
            (session.diagnostics, overlay, files)
        })
        .unwrap()
        .join()
        .unwrap()
}

fn place(text: &str, config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("api.yaml"), text).unwrap();
    fs::write(folder.path().join("oasmith.toml"), config).unwrap();
    folder
}

#[test]
fn an_overlay_silences_what_it_repairs_and_changes_nothing_else() {
    for (code, count, text) in REPAIRED {
        let folder = place(text, "[client]\nvalidate = true\n");
        let (found, overlay, before) = run(folder.path());
        assert_eq!((found.count(*code), overlay.mended), (*count, *count), "{code}: {found:#?}");
        let written = overlay.text.unwrap();
        assert!(written.contains(&format!("{code}: ")), "{written}");
        fs::write(folder.path().join("repairs.yaml"), &written).unwrap();
        fs::write(folder.path().join("oasmith.toml"), "overlays = [\"repairs.yaml\"]\n[client]\nvalidate = true\n")
            .unwrap();
        let (left, again, after) = run(folder.path());
        assert!(left.is_empty(), "{code}: {written}\n{left:#?}");
        assert!(again.text.is_none());
        let surface = |files: &Option<Files>| files.as_ref().unwrap()["api.surface"].clone();
        if !RENAMING.contains(code) {
            assert_eq!(surface(&before), surface(&after), "{code}: {written}");
        }
    }
}

#[test]
fn the_explanation_says_which_codes_can_be_repaired() {
    for code in Code::ALL {
        let repaired = REPAIRED.iter().any(|(repaired, ..)| repaired == code);
        let said = oasmith::explain::section(*code, "In an overlay").unwrap().contains("`--fix`");
        assert_eq!(repaired, said, "{code}");
    }
}

#[test]
fn what_is_used_elsewhere_is_not_taken_out() {
    let text = "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationId: list_lamps\n      parameters: [{$ref: '#/components/parameters/Id'}]\n      responses: {'204': {description: None}}\n  /lamps/{id}:\n    get:\n      operationId: get_lamp\n      parameters: [{$ref: '#/components/parameters/Id'}]\n      responses: {'204': {description: None}}\ncomponents:\n  parameters:\n    Id: {name: id, in: path, required: true, schema: {type: string}}\n";
    let (found, overlay, _) = run(place(text, "").path());
    assert_eq!(found.count(Code::UnusedPathParameter), 1);
    assert_eq!((overlay.text, overlay.mended, overlay.elsewhere), (None, 0, 1));
}

#[test]
fn what_one_repair_brings_another_one_leaves() {
    let text = "openapi: 3.1.0\ninfo: {title: Lamps, version: '1'}\npaths:\n  /lamps:\n    get:\n      operationID: all_lamps\n      responses: {'204': {description: None}}\n";
    let folder = place(text, "");
    let (found, overlay, _) = run(folder.path());
    assert_eq!((found.count(Code::UnknownKeyword), found.count(Code::MissingOperationId), overlay.mended), (1, 1, 2));
    fs::write(folder.path().join("repairs.yaml"), overlay.text.unwrap()).unwrap();
    fs::write(folder.path().join("oasmith.toml"), "overlays = [\"repairs.yaml\"]\n").unwrap();
    let (left, _, files) = run(folder.path());
    assert!(left.is_empty(), "{left:#?}");
    assert!(files.unwrap().values().any(|text| text.contains("(\"all_lamps\"): ")));
}
