//! The scenarios of a document of about 500 operations, each called as its description says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod server;

use std::collections::BTreeMap;
use std::time::Duration;

use scenarios_client::types::*;
use scenarios_client::{
    ApiKey, Basic, Bearer, Client, ClientBuilder, Error, EventStream, Json, JsonLines, Operation, Paginated, Request,
    RetryPolicy,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use server::World;

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn every_credential(builder: ClientBuilder) -> ClientBuilder {
    builder.api_key_auth("Token KEY")
}

fn client(world: &World) -> Client {
    let retry = RetryPolicy::new().retries(3).backoff(Duration::from_millis(1), Duration::from_millis(2));
    every_credential(Client::builder()).base_url(&world.url).retry(retry).build().unwrap()
}

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Path and query of a call that is answered by an echo. Its type has every parameter, also those that were not sent.
fn target<O: Operation>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    let world = World::start();
    match block_on(call(&client(&world)).send()) {
        Ok(_) | Err(Error::Decode(_)) => {}
        Err(error) => panic!("{error}"),
    }
    world.last().target.strip_prefix("/anything").unwrap().to_owned()
}

fn header<O: Operation>(name: &str, call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> String {
    let world = World::start();
    if let Err(error) = block_on(call(&client(&world)).send()) {
        panic!("{error}");
    }
    world.last().headers[name].clone()
}

const SIMPLE: &str = r#"{"str":"test","bool":true,"int":1,"int32":1,"num":1.1,"float32":1.1,"enum":"one","date":"2020-01-01","dateTime":"2020-01-01T00:00:00.001Z","any":"any","intEnum":2,"int32Enum":55}"#;

fn simple() -> SimpleObject {
    read(SIMPLE)
}

fn map() -> BTreeMap<String, String> {
    read(r#"{"test":"value","test2":"value2"}"#)
}

fn numbers() -> BTreeMap<String, i64> {
    read(r#"{"test":1,"test2":2}"#)
}

fn words() -> Vec<String> {
    vec!["test".to_owned(), "test2".to_owned()]
}

#[test]
fn path_parameters() {
    assert_eq!(
        target(|c| c.parameters().simple_path_parameter_primitives("test", true, 1, 1.1)),
        "/pathParams/str/test/bool/true/int/1/num/1.1"
    );
    assert_eq!(target(|c| c.parameters().simple_path_parameter_arrays(words())), "/pathParams/arr/test,test2");
    assert_eq!(
        target(|c| c.parameters().simple_path_parameter_maps(map(), numbers())),
        "/pathParams/map/test,value,test2,value2/mapExploded/test=1,test2=2"
    );
    let flat = "str,test,bool,true,int,1,int32,1,num,1.1,float32,1.1,enum,one,date,2020-01-01,dateTime,\
                2020-01-01T00%3A00%3A00.001Z,any,any,intEnum,2,int32Enum,55";
    let exploded = "str=test,bool=true,int=1,int32=1,num=1.1,float32=1.1,enum=one,date=2020-01-01,dateTime=\
                    2020-01-01T00%3A00%3A00.001Z,any=any,intEnum=2,int32Enum=55";
    assert_eq!(
        target(|c| c.parameters().simple_path_parameter_objects(simple(), simple())),
        format!("/pathParams/obj/{flat}/objExploded/{exploded}")
    );
    let json = target(|c| c.parameters().path_parameter_json(simple()));
    assert!(json.starts_with("/pathParams/json/%7B%22str%22%3A%22test%22%2C%22bool%22%3Atrue"), "{json}");
    assert_eq!(target(|c| c.parameters().duplicate_path_param("a", "b")), "/params/a/b/a");
}

#[test]
fn query_parameters() {
    assert_eq!(
        target(|c| c.parameters().form_query_params_primitive("test", true, 1, 1.1)),
        "/queryParams/form/primitive?strParam=test&boolParam=true&intParam=1&numParam=1.1"
    );
    assert_eq!(
        target(|c| c.parameters().form_query_params_array().arr_param(words()).arr_param_exploded([1, 2])),
        "/queryParams/form/array?arrParam=test,test2&arrParamExploded=1&arrParamExploded=2"
    );
    assert_eq!(
        target(|c| c.parameters().form_query_params_map().map_param(map()).map_param_exploded(numbers())),
        "/queryParams/form/map?mapParam=test,value,test2,value2&test=1&test2=2"
    );
    assert_eq!(
        target(|c| c.parameters().pipe_delimited_query_params_array().arr_param(words()).arr_param_exploded([1, 2]).map_param(map())),
        "/queryParams/pipe/array?arrParam=test%7Ctest2&arrParamExploded=1&arrParamExploded=2&mapParam=test%7Cvalue%7Ctest2%7Cvalue2"
    );
    assert_eq!(
        target(|c| c.parameters().deep_object_query_params_map(map())),
        "/queryParams/deepObject/map?mapParam%5Btest%5D=value&mapParam%5Btest2%5D=value2"
    );
    let object = target(|c| c.parameters().deep_object_query_params_object(simple()));
    assert!(object.starts_with("/queryParams/deepObject/obj?objParam%5Bstr%5D=test&objParam%5Bbool%5D=true"), "{object}");
    let exploded = target(|c| c.parameters().form_query_params_object(simple()));
    assert!(exploded.starts_with("/queryParams/form/obj?str=test&bool=true&int=1"), "{exploded}");
    let mixed = target(|c| c.parameters().mixed_query_params(simple(), simple(), simple()));
    assert!(mixed.starts_with("/queryParams/mixed?jsonParam=%7B%22str%22%3A%22test%22"), "{mixed}");
    assert!(mixed.contains("&str=test&bool=true") && mixed.contains("&deepObjectParam%5Bstr%5D=test"), "{mixed}");
}

#[test]
fn header_parameters() {
    assert_eq!(header("x-header-array", |c| c.parameters().header_params_array(words())), "test,test2");
    assert_eq!(header("x-header-map", |c| c.parameters().header_params_map(map(), map())), "test,value,test2,value2");
    assert_eq!(header("x-header-map-explode", |c| c.parameters().header_params_map(map(), map())), "test=value,test2=value2");
    let object = header("x-header-obj", |c| c.parameters().header_params_object(simple(), simple()));
    assert!(object.starts_with("str,test,bool,true,int,1"), "{object}");
}

/// The answer to a call with these credentials, where the body says which headers have to be there.
fn authorized<O: Operation>(
    credentials: impl Fn(ClientBuilder) -> ClientBuilder,
    wanted: &str,
    call: impl for<'c> Fn(&'c Client, AuthServiceRequestBody) -> Request<'c, O>,
) {
    let world = World::start();
    let client = credentials(Client::builder()).base_url(&world.url).build().unwrap();
    if let Err(error) = block_on(call(&client, read(wanted)).send()) {
        panic!("{wanted}: {error}");
    }
    let error = block_on(call(&client, read(r#"{"headerAuth":[{"headerName":"none","expectedValue":"x"}]}"#)).send());
    assert!(error.is_err_and(|error| error.status().is_some_and(|status| status.as_u16() == 401)));
}

#[test]
fn credentials() {
    let basic = r#"{"basicAuth":{"username":"testUser","password":"testPass"}}"#;
    let bearer = r#"{"headerAuth":[{"headerName":"Authorization","expectedValue":"Bearer t"}]}"#;
    let key = r#"{"headerAuth":[{"headerName":"x-api-key","expectedValue":"k"}]}"#;
    let key_and_bearer = r#"{"headerAuth":[{"headerName":"x-api-key","expectedValue":"k"},{"headerName":"Authorization","expectedValue":"Bearer t"}]}"#;
    let key_and_basic = r#"{"headerAuth":[{"headerName":"x-api-key","expectedValue":"k"}],"basicAuth":{"username":"testUser","password":"testPass"}}"#;
    let with_basic = |b: ClientBuilder| b.basic_auth(Basic::new("testUser", "testPass"));
    let with_key = |b: ClientBuilder| b.api_key_auth_new(ApiKey::new("k"));
    let with_oauth = |b: ClientBuilder| b.oauth2(Bearer::new("t"));
    let with_openid = |b: ClientBuilder| b.open_id_connect(Bearer::new("t"));
    authorized(with_basic, basic, |c, body| c.auth_new().basic(body));
    authorized(with_oauth, bearer, |c, body| c.auth_new().oauth2(body));
    authorized(with_openid, bearer, |c, body| c.auth_new().open_id_connect(body));
    authorized(|b| with_key(with_oauth(b)), key_and_bearer, |c, body| c.auth_new().multiple_simple_scheme_auth(body));
    authorized(|b| with_key(with_basic(b)), key_and_basic, |c, body| c.auth_new().multiple_mixed_scheme_auth(body));
    authorized(with_oauth, bearer, |c, body| c.auth_new().multiple_simple_options_auth(body));
    authorized(with_key, key, |c, body| c.auth_new().multiple_simple_options_auth(body));
    authorized(with_basic, basic, |c, body| c.auth_new().multiple_mixed_options_auth(body));
    authorized(|b| with_key(with_openid(b)), key_and_bearer, |c, body| c.auth_new().multiple_options_with_simple_schemes_auth(body));
    authorized(|b| with_key(with_basic(b)), key_and_basic, |c, body| c.auth_new().multiple_options_with_mixed_schemes_auth(body));
}

#[test]
fn a_half_of_what_goes_together_is_not_enough() {
    let world = World::start();
    let client = Client::builder().base_url(&world.url).api_key_auth_new(ApiKey::new("k")).build().unwrap();
    let error = block_on(client.auth_new().multiple_mixed_scheme_auth(read("{}")).send()).unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error}");
    assert!(world.asked().is_empty());
}

#[test]
fn retries() {
    let world = World::start();
    let client = client(&world);
    let found = block_on(client.retries().get("r").num_retries(2).send()).unwrap();
    assert_eq!((found.retries, world.asked().len()), (2, 3));
    let never = client.retries().attempt_count_zero("r").num_retries(9).retry(RetryPolicy::never());
    assert_eq!(block_on(never.send()).unwrap_err().status().unwrap().as_u16(), 503);
    assert_eq!(world.asked().len(), 4);
    // A POST may have been processed, unless the server says when to try again.
    let other = World::start();
    let client = self::client(&other);
    assert!(block_on(client.retries().post("r").num_retries(9).send()).is_err());
    assert_eq!(other.asked().len(), 1);
    let third = World::start();
    let client = self::client(&third);
    let found = block_on(client.retries().after("r").num_retries(1).retry_after_val(1).send()).unwrap();
    assert_eq!((found.retries, third.asked().len()), (1, 2));
}

/// Every item, and the requests.
fn items<O: Paginated>(call: impl for<'c> Fn(&'c Client) -> Request<'c, O>) -> (Vec<O::Item>, Vec<String>) {
    let world = World::start();
    let client = client(&world);
    let found = block_on(async {
        let (mut stream, mut found) = (call(&client).items(), Vec::new());
        loop {
            match stream.try_next().await {
                Ok(Some(item)) => found.push(item),
                Ok(None) => return found,
                Err(error) => panic!("{error}"),
            }
        }
    });
    let line = |asked: server::Asked| format!("{}{}", asked.target.trim_start_matches("/pagination"), asked.body);
    (found, world.asked().into_iter().map(line).collect())
}

#[test]
fn pagination() {
    let all: Vec<i64> = (0..20).collect();
    let (found, asked) = items(|c| c.pagination().cursor_non_numeric());
    assert_eq!(found, ["a", "b", "c"]);
    assert_eq!(asked, ["/cursor_non_numeric", "/cursor_non_numeric?cursor=b"]);
    let (found, asked) = items(|c| c.pagination().limit_offset_offset_params().limit(15));
    assert_eq!((found, asked.len()), (all.clone(), 3));
    let (found, asked) = items(|c| c.pagination().limit_offset_page_params(1));
    assert_eq!(found, all);
    assert_eq!(asked[1], "/limitoffset/page?page=2");
    let (found, asked) = items(|c| c.pagination().limit_offset_offset_body(read(r#"{"limit":15}"#)));
    assert_eq!(found, all);
    assert_eq!(asked[1], r#"/limitoffset/offset{"limit":15,"offset":15}"#);
    let (found, asked) = items(|c| c.pagination().limit_offset_page_body(read(r#"{"page":1,"limit":15}"#)));
    assert_eq!(found, all);
    assert_eq!(asked[1], r#"/limitoffset/page{"page":2,"limit":15}"#);
    let (found, asked) = items(|c| c.pagination().url_params(1));
    assert_eq!((found, asked), (vec![1, 2, 3], vec!["/url?attempts=1".to_owned(), "/url?attempts=0".to_owned()]));
    let (found, asked) = items(|c| c.pagination().cursor_response_envelope());
    assert_eq!((found, asked.len()), (vec![1, 2], 2));
    assert_eq!(asked[1], "/cursor/response_envelope?cursor=n");
}

/// Every event of a stream as JSON.
fn events<T: serde::Serialize, O: Operation<Output = EventStream<T>>>(
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> Vec<Value> {
    let world = World::start();
    let client = client(&world);
    block_on(async {
        let mut stream = match call(&client).send().await {
            Ok(stream) => stream,
            Err(error) => panic!("{error}"),
        };
        let mut found = Vec::new();
        while let Some(event) = stream.try_next().await.unwrap() {
            found.push(serde_json::to_value(&event).unwrap());
        }
        found
    })
}

#[track_caller]
fn are(found: Vec<Value>, expected: &str) {
    let expected: Vec<Value> = expected.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found, expected);
}

#[test]
fn server_sent_events() {
    are(events(|c| c.eventstreams().json()), "{\"data\":{\"content\":\"Hello\"}}\n{\"data\":{\"content\":\" wörld\"}}");
    are(events(|c| c.eventstreams().text()), "{\"data\":\"Hello\"}\n{\"data\":\"world\"}");
    are(events(|c| c.eventstreams().multiline()), "{\"data\":\"YHOO\\n+2\\n10\"}");
    are(
        events(|c| c.eventstreams().rich()),
        "{\"id\":\"job-1\",\"event\":\"completion\",\"data\":{\"completion\":\"Hello\",\"stop_reason\":null,\"model\":\"m\"}}\n\
         {\"event\":\"heartbeat\",\"data\":\"ping\",\"retry\":3000}\n\
         {\"id\":\"job-2\",\"event\":\"completion\",\"data\":{\"completion\":\"world\",\"stop_reason\":\"stop_sequence\"}}",
    );
    are(
        events(|c| c.eventstreams().different_data_schemas()),
        "{\"id\":\"e1\",\"event\":\"message\",\"data\":{\"content\":\"Here is your url\"}}\n\
         {\"id\":\"e2\",\"event\":\"url\",\"data\":{\"url\":\"https://example.com\"}}\n\
         {\"id\":\"e3\",\"event\":\"array\",\"data\":[1,2]}\n\
         {\"id\":\"e4\",\"event\":\"primitive\",\"data\":true}\n{\"id\":\"e5\",\"event\":\"primitive\",\"data\":1.5}",
    );
    let chat = "{\"data\":{\"content\":\"Hello\"}}\n{\"data\":{\"content\":\" world\"}}";
    are(events(|c| c.eventstreams().chat_stream(read(r#"{"prompt":"p","stream":true}"#))), chat);
    are(events(|c| c.eventstreams().chat_skip_sentinel(read(r#"{"prompt":"p"}"#))), chat);
    are(events(|c| c.eventstreams().chat_heartbeat()), "{\"data\":{\"content\":\"a\"}}\n{\"data\":{\"content\":\"b\"}}");
}

#[test]
fn server_sent_events_with_comments_and_odd_lines() {
    are(
        events(|c| c.eventstreams().union_with_comments()),
        "{\"event\":\"status\",\"data\":{\"status\":\"ok\",\"message\":\"m\"}}\n\
         {\"event\":\"progress\",\"data\":{\"percent\":50,\"detail\":\"half\"}}",
    );
    are(
        events(|c| c.eventstreams().partial_with_comments()),
        "{\"event\":\"message\",\"data\":{\"message\":\"hi\"}}\n{\"event\":\"message\",\"data\":{\"progress\":7}}",
    );
    are(
        events(|c| c.eventstreams().wpt_compliance()),
        "{\"event\":\"message\",\"data\":\"no space\"}\n{\"event\":\"message\",\"data\":\"\"}\n\
         {\"id\":\"1\",\"event\":\"message\",\"retry\":250,\"data\":\" two\"}",
    );
    are(
        events(|c| c.eventstreams().mixed_data()),
        "{\"event\":\"completion\",\"data\":{\"content\":\"json\"}}\n\
         {\"event\":\"text\",\"data\":\"plain text\"}\n{\"event\":\"text\",\"data\":\"17\"}",
    );
    are(
        events(|c| c.eventstreams().nullable_id_stream()),
        "{\"event\":\"a\",\"data\":{\"status\":\"s\"}}\n{\"id\":\"7\",\"event\":\"b\",\"data\":{}}",
    );
}

fn lines<T: Json + serde::Serialize, O: Operation<Output = JsonLines<T>>>(
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> Vec<Value> {
    let world = World::start();
    let client = client(&world);
    block_on(async {
        let mut stream = match call(&client).send().await {
            Ok(stream) => stream,
            Err(error) => panic!("{error}"),
        };
        let mut found = Vec::new();
        while let Some(line) = stream.try_next().await.unwrap() {
            found.push(serde_json::to_value(&line).unwrap());
        }
        found
    })
}

#[test]
fn lines_of_json() {
    let people = "{\"name\":\"Peter\",\"skills\":[\"Go\",\"Python\"]}\n{\"name\":\"Jöhn\",\"skills\":[\"Rust\"]}\n{\"name\":\"Ann\"}";
    are(lines(|c| c.jsonl().stream()), people);
    are(lines(|c| c.jsonl().stream_chunks()), people);
    are(lines(|c| c.jsonl().x_ndjson_stream()), people);
    are(lines(|c| c.jsonl().x_ndjson_stream_chunks()), people);
    are(lines(|c| c.jsonl().deserialization_verification()), "{\"isFinished\":\"no\"}\n{\"isFinished\":\"yes\"}");
}

/// Sends a value that was read from JSON, and looks whether it arrives as it was; the echo has to be of its type.
fn travels<B: DeserializeOwned, O: Operation>(
    json: &str,
    call: impl for<'c> Fn(&'c Client, B) -> Request<'c, O>,
) {
    let world = World::start();
    if let Err(error) = block_on(call(&client(&world), read(json)).send()) {
        panic!("{json}: {error}");
    }
    let sent: Value = serde_json::from_str(&world.last().body).unwrap();
    assert_eq!(sent, serde_json::from_str::<Value>(json).unwrap());
}

#[test]
fn unions() {
    let with_type = SIMPLE.replacen('{', r#"{"type":"simpleObjectWithType","#, 1);
    travels(&with_type, |c, body| c.unions().strongly_typed_one_of_post(body));
    travels(SIMPLE, |c, body| c.unions().weakly_typed_one_of_post(body));
    for value in [r#"{"type":"obj1","value":"a"}"#, r#"{"type":"obj2","value":"b"}"#, r#"{"type":"obj3","value":"c"}"#] {
        travels(value, |c, body| c.unions().typed_object_one_of_post(body));
    }
    for value in [r#"{"type":"obj1","value":"a"}"#, "null"] {
        travels(value, |c, body| c.unions().typed_object_nullable_one_of_post(body));
        travels(value, |c, body| c.unions().nullable_typed_object_post(body));
        travels(value, |c, body| c.unions().nullable_one_of_schema_post(body));
    }
    let bike = r#"{"vehicleType":"bike","wheelsType":"two","colour":"red"}"#;
    travels(bike, |c, body| c.unions().mixed_union_types(body));
    travels(&format!("[{bike},{bike}]"), |c, body| c.unions().mixed_union_types(body));
    for value in ["\"a\"", "1", "1.5", "true"] {
        travels(value, |c, body| c.unions().primitive_type_one_of_post(body));
    }
    for value in ["\"2020-01-01\"", "null"] {
        travels(value, |c, body| c.unions().date_null(body));
    }
    travels("null", |c, body| c.unions().date_time_null(body));
}

#[test]
fn response_headers() {
    let world = World::start();
    let client = client(&world);
    let response = block_on(client.response_headers().response_headers(200, true).with_response()).unwrap();
    let typed = response.typed_headers();
    assert_eq!((typed.x_required_header.as_deref(), typed.x_optional_header), (Some("required"), None));
}
