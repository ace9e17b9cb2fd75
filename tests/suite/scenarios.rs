//! The scenarios of a published document with about 500 operations: generated, compiled, and called on a server that the
//! program below `tests/scenarios` brings up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use oasmith::job::Job;
use oasmith::write::Files;
use tests::{make, root};

/// The document, where there is a corpus.
fn document() -> Option<PathBuf> {
    let corpus = std::env::var_os("OASMITH_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let path = corpus.join("peers/speakeasy-generation-tests/openapi-generation-tests.tree/test.yaml");
    path.is_file().then_some(path)
}

/// What the document says in words that are its publisher's own.
const CONFIG: &str = r#"
[package]
name = "scenarios-client"

[[pagination]]
operations = ["paginationLimitOffsetPageParams"]
kind = "page"
page = "page"
items = "resultArray"

[[pagination]]
operations = ["paginationLimitOffsetPageBody"]
kind = "page"
page = "page"
items = "resultArray"

[[pagination]]
operations = ["paginationLimitOffsetOffsetBody"]
kind = "offset"
offset = "offset"
items = "resultArray"

[[pagination]]
operations = ["paginationURLParams"]
kind = "next-url"
next = "next"
items = "resultArray"

[[pagination]]
operations = ["paginationCursorResponseEnvelope"]
kind = "cursor"
cursor = "cursor"
next = "pageInfo.next"
items = "resultArray"

[operations]
basicAuthNew.rust-name = "basic"
oauth2AuthNew.rust-name = "oauth2"
openIdConnectAuthNew.rust-name = "open_id_connect"
multipleSimpleSchemeAuth.rust-name = "multiple_simple_scheme_auth"
multipleMixedSchemeAuth.rust-name = "multiple_mixed_scheme_auth"
multipleSimpleOptionsAuth.rust-name = "multiple_simple_options_auth"
multipleMixedOptionsAuth.rust-name = "multiple_mixed_options_auth"
multipleOptionsWithSimpleSchemesAuth.rust-name = "multiple_options_with_simple_schemes_auth"
multipleOptionsWithMixedSchemesAuth.rust-name = "multiple_options_with_mixed_schemes_auth"
duplicatePathParam.rust-name = "duplicate_path_param"
simplePathParameterPrimitives.rust-name = "simple_path_parameter_primitives"
simplePathParameterObjects.rust-name = "simple_path_parameter_objects"
simplePathParameterArrays.rust-name = "simple_path_parameter_arrays"
simplePathParameterMaps.rust-name = "simple_path_parameter_maps"
pathParameterJson.rust-name = "path_parameter_json"
formQueryParamsPrimitive.rust-name = "form_query_params_primitive"
formQueryParamsObject.rust-name = "form_query_params_object"
formQueryParamsArray.rust-name = "form_query_params_array"
pipeDelimitedQueryParamsArray.rust-name = "pipe_delimited_query_params_array"
formQueryParamsMap.rust-name = "form_query_params_map"
deepObjectQueryParamsObject.rust-name = "deep_object_query_params_object"
deepObjectQueryParamsMap.rust-name = "deep_object_query_params_map"
mixedQueryParams.rust-name = "mixed_query_params"
headerParamsObject.rust-name = "header_params_object"
headerParamsMap.rust-name = "header_params_map"
headerParamsArray.rust-name = "header_params_array"
responseHeaders.rust-name = "response_headers"
stronglyTypedOneOfPost.rust-name = "strongly_typed_one_of_post"
mixedUnionTypes.rust-name = "mixed_union_types"
weaklyTypedOneOfPost.rust-name = "weakly_typed_one_of_post"
typedObjectOneOfPost.rust-name = "typed_object_one_of_post"
typedObjectNullableOneOfPost.rust-name = "typed_object_nullable_one_of_post"
nullableTypedObjectPost.rust-name = "nullable_typed_object_post"
nullableOneOfSchemaPost.rust-name = "nullable_one_of_schema_post"
primitiveTypeOneOfPost.rust-name = "primitive_type_one_of_post"
unionDateNull.rust-name = "date_null"
unionDateTimeNull.rust-name = "date_time_null"
paginationCursorNonNumeric.rust-name = "cursor_non_numeric"
paginationCursorResponseEnvelope.rust-name = "cursor_response_envelope"
paginationLimitOffsetPageParams.rust-name = "limit_offset_page_params"
paginationLimitOffsetPageBody.rust-name = "limit_offset_page_body"
paginationLimitOffsetOffsetParams.rust-name = "limit_offset_offset_params"
paginationLimitOffsetOffsetBody.rust-name = "limit_offset_offset_body"
paginationURLParams.rust-name = "url_params"
retriesAfter.rust-name = "after"
retriesAttemptCountZero.rust-name = "attempt_count_zero"
retriesGet.rust-name = "get"
retriesPost.rust-name = "post"
json.rust-name = "json"
text.rust-name = "text"
multiline.rust-name = "multiline"
rich.rust-name = "rich"
differentDataSchemas.rust-name = "different_data_schemas"
chatHeartbeat.rust-name = "chat_heartbeat"
chatSkipSentinel.rust-name = "chat_skip_sentinel"
unionWithComments.rust-name = "union_with_comments"
partialWithComments.rust-name = "partial_with_comments"
wptCompliance.rust-name = "wpt_compliance"
mixedData.rust-name = "mixed_data"
nullableIdStream.rust-name = "nullable_id_stream"
jsonl_stream.rust-name = "stream"
jsonl_deserialization_verification.rust-name = "deserialization_verification"
jsonl_stream_chunks.rust-name = "stream_chunks"
x_ndjson_stream.rust-name = "x_ndjson_stream"
x_ndjson_stream_chunks.rust-name = "x_ndjson_stream_chunks"
"#;

/// Only what is called is compiled.
const MANIFEST: &str = r#"
[package]
name = "scenarios"
edition = "2024"

[dependencies]
scenarios-client = { path = "../client", default-features = false, features = ["reqwest", "rustls-tls", "serde", FEATURES] }
serde = "1"
serde_json = "1"
tokio = { version = "1", default-features = false, features = ["rt", "net", "time"] }
"#;

const TAGS: [&str; 8] =
    ["parameters", "auth_new", "retries", "pagination", "eventstreams", "jsonl", "unions", "response_headers"];

fn put(directory: &Path, path: &str, text: &str) {
    let place = directory.join(path);
    if fs::read_to_string(&place).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

fn generated(workspace: &Path, document: &Path) -> Files {
    put(workspace, "oasmith.toml", CONFIG);
    let config = workspace.join("oasmith.toml");
    let made = make(Job { spec: Some(document.to_path_buf()), config: Some(config), ..Job::default() });
    made.files.unwrap_or_else(|| panic!("{}", made.report))
}

#[test]
fn scenarios_of_a_published_document_hold() {
    let Some(document) = document() else {
        eprintln!("there is no corpus, so nothing was tested: set OASMITH_CORPUS");
        return;
    };
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenarios");
    let _ = fs::remove_dir_all(workspace.join("client/src/api"));
    let _ = fs::remove_dir_all(workspace.join("client/src/types"));
    for (path, text) in generated(&workspace, &document) {
        put(&workspace.join("client"), &path, text.as_ref());
    }
    let features: Vec<String> = TAGS.iter().map(|tag| format!("{tag:?}")).collect();
    put(&workspace, "program/Cargo.toml", &MANIFEST.replace("FEATURES", &features.join(", ")));
    put(&workspace, "program/src/lib.rs", "");
    for file in ["scenarios.rs", "server.rs"] {
        let text = fs::read_to_string(root().join("tests/scenarios").join(file)).unwrap();
        let place = if file == "server.rs" { "program/tests/server/mod.rs" } else { "program/tests/scenarios.rs" };
        put(&workspace, place, &text);
    }
    let members =
        "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"program\"]\n\n[profile.dev]\ndebug = false\n";
    put(&workspace, "Cargo.toml", members);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    let run = Command::new(env!("CARGO"))
        .args(["test", "--package", "scenarios", "--offline"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && said.contains("12 passed"), "{said}");
}
