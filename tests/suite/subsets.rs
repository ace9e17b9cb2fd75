//! A crate holds of the runtime what it uses, and no part of it needs another one that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use oasmith::ir::Part;
use oasmith::job::Job;
use oasmith::runtime::FILES;
use oasmith::write::Files;
use tests::{make, root};

/// For each part the smallest description that needs it: paths, and what stands below `components`.
const DESCRIPTIONS: &[(&[Part], &str, &str)] = &[
    (&[], "/a: {get: {responses: {'200': {description: ok, content: {text/plain: {}}}}}}", ""),
    (&[Part::Base64], GET_T, "schemas: {T: {type: string, format: byte}}"),
    (
        &[Part::Dates],
        GET_T,
        "schemas: {T: {type: object, properties: {a: {type: string, format: date-time}, b: {type: string, format: date}}}}",
    ),
    (
        &[Part::Downloads],
        "/a: {get: {responses: {'200': {description: ok, content: {application/octet-stream: {}}}}}}",
        "",
    ),
    (&[Part::Enums], GET_T, "schemas: {T: {type: string, enum: [a, b]}}"),
    (
        &[Part::Events],
        "/a: {get: {responses: {'200': {description: ok, content: {text/event-stream: {itemSchema: {type: object, properties: {a: {type: string}}}}}}}}}",
        "",
    ),
    (&[Part::Files], GET_T, "schemas: {T: {type: object, properties: {a: {type: string, format: binary}}}}"),
    (&[Part::Forwarded], GET_T, "schemas: {T: {type: array, items: {$ref: '#/components/schemas/T'}}}"),
    (
        &[Part::Forms],
        "/a: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, additionalProperties: {type: string}}}}}, responses: {'204': {description: ok}}}}",
        "",
    ),
    (
        // The implicit flow of OAuth 2 has nothing that a client could ask for tokens.
        &[Part::Headers],
        "/a: {get: {security: [{o: []}], responses: {'204': {description: ok, headers: {X-Count: {schema: {type: integer}}}}}}}",
        "securitySchemes: {o: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://example.com/in', scopes: {}}}}}",
    ),
    (
        &[Part::JsonLines],
        "/a: {get: {responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: string}}}}}}}",
        "",
    ),
    (
        &[Part::Multipart],
        "/a: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object, additionalProperties: {type: string}}}}}, responses: {'204': {description: ok}}}}",
        "",
    ),
    (
        &[Part::OAuth2],
        "/a: {get: {security: [{o: []}], responses: {'204': {description: ok}}}}",
        "securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}}",
    ),
    (
        &[Part::Pages, Part::Parameters],
        "/a: {get: {operationId: list, parameters: [{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}}}",
        "schemas: {T: {type: object, required: [data], properties: {data: {type: array, items: {type: string}}, has_more: {type: boolean}}}}",
    ),
    (&[Part::Prefixed], GET_T, "schemas: {T: {type: object, patternProperties: {'^x\\.': {}}}}"),
    (
        &[Part::ThreeStates],
        "/a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}, responses: {'204': {description: ok}}}}",
        "schemas: {T: {type: object, properties: {a: {type: [string, 'null']}}}}",
    ),
    (
        &[Part::Tuples],
        GET_T,
        "schemas: {T: {type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}}",
    ),
    (&[Part::Unions], GET_T, "schemas: {T: {oneOf: [{type: string}, {type: integer}]}}"),
    (
        &[Part::Parameters],
        "/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'204': {description: ok}}}}",
        "",
    ),
    (
        &[Part::Webhooks],
        "/a: {get: {responses: {'204': {description: ok}}}}\nwebhooks:\n  w: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'204': {description: ok}}}}",
        "",
    ),
    (
        &[Part::Signatures, Part::Webhooks],
        "/a: {get: {responses: {'204': {description: ok}}}}\nwebhooks:\n  w: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'204': {description: ok}}}}",
        "",
    ),
];

const GET_T: &str = "/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}}}";

fn name(parts: &[Part]) -> String {
    let names: Vec<String> = parts.iter().map(|part| format!("{part:?}").to_lowercase()).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join("-") }
}

fn generate(parts: &[Part], paths: &str, components: &str) -> Files {
    let directory = tempfile::tempdir().unwrap();
    let spec = directory.path().join("openapi.yaml");
    let components = if components.is_empty() { String::new() } else { format!("components:\n  {components}\n") };
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: {}, version: '1'}}\nservers: [{{url: 'https://example.com'}}]\npaths:\n  {paths}\n{components}",
        name(parts)
    );
    fs::write(&spec, text).unwrap();
    if parts.contains(&Part::Signatures) {
        let config = "[client]\nwebhook-signatures = \"hmac-sha256\"\n";
        fs::write(directory.path().join("oasmith.toml"), config).unwrap();
    }
    let made = make(Job { spec: Some(spec), ..Job::default() });
    made.files.unwrap_or_else(|| panic!("{}: {}", name(parts), made.report))
}

#[test]
fn a_crate_holds_what_it_needs_of_the_runtime_and_nothing_else() {
    let mut described = BTreeSet::new();
    for (parts, paths, components) in DESCRIPTIONS {
        described.extend(*parts);
        let files = generate(parts, paths, components);
        let copied: Vec<&str> = files.keys().filter_map(|path| path.strip_prefix("src/runtime/")).collect();
        let is_needed = |needs: &[Part]| needs.is_empty() || needs.iter().any(|part| parts.contains(part));
        let needed: Vec<&str> = FILES.iter().filter(|file| is_needed(file.parts)).map(|file| file.path).collect();
        assert_eq!(copied, needed, "{}", name(parts));
    }
    let known: BTreeSet<&Part> = FILES.iter().flat_map(|file| file.parts).collect();
    assert_eq!(described.iter().collect::<BTreeSet<_>>(), known, "each part has a description of its own");
}

fn workspace() -> PathBuf {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("subsets");
    let _ = fs::remove_dir_all(&workspace);
    for (parts, paths, components) in DESCRIPTIONS {
        for (path, text) in generate(parts, paths, components) {
            let place = workspace.join(name(parts)).join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
    }
    let members: Vec<String> = DESCRIPTIONS.iter().map(|(parts, ..)| format!("{:?}", name(parts))).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
        members.join(", ")
    );
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    workspace
}

#[test]
fn every_subset_of_the_runtime_compiles_without_warnings() {
    let workspace = workspace();
    for features in
        [&["--no-default-features", "--features", "full"][..], &["--features", "blocking,serde,tracing,mock"]]
    {
        let run = Command::new(env!("CARGO"))
            .args(["check", "--workspace", "--offline"])
            .args(features)
            .current_dir(&workspace)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && !said.contains("warning"), "{said}");
    }
}
