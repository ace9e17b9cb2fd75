//! Every operation on a real socket: the exact method, path, query, headers and body, by both transports.

use std::collections::BTreeSet;

use close_client::types::{
    AttachmentInput, CreateOpportunity, CreateOpportunityStatus, CreatePipeline, OpportunityOrder,
    PipelineStatusReference, StatusType, UpdateOpportunity, UpdateOpportunityStatus, UpdatePipeline, ValuePeriod,
};
use close_client::{Client, Operation, Request, Value};
use tests::server::{Script, Server, json, reply};
use tests::{block_on, client, fixture, root};

/// An operation with a reply, and what the server has to be sent.
struct Case {
    operation: String,
    expected: String,
    sent: Box<dyn Fn() -> Vec<String>>,
}

/// One case; the call has to succeed with the reply, which is a body with status 200 or a whole script.
fn case<O: Operation>(
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O> + 'static,
    answer: impl Into<Answer>,
    expected: &str,
) -> Case {
    let Answer(script) = answer.into();
    let operation = format!("{} {}", O::FACTS.method(), O::FACTS.path());
    let sent = move || {
        let server = Server::start([script.clone(), script.clone()]);
        let client = client(&server);
        if let Err(error) = block_on(call(&client).send()) {
            panic!("{error}");
        }
        if let Err(error) = call(&client).send_blocking() {
            panic!("{error}");
        }
        server.requests()
    };
    Case { operation, expected: expected.to_owned(), sent: Box::new(sent) }
}

struct Answer(Script);

impl From<&str> for Answer {
    fn from(name: &str) -> Self {
        Self(json("200 OK", &fixture(name)))
    }
}

impl From<Script> for Answer {
    fn from(script: Script) -> Self {
        Self(script)
    }
}

/// A request without a body.
fn plain(line: &str) -> String {
    format!(
        "{line} HTTP/1.1\naccept: application/json\nauthorization: Basic eW91cmFwaWtleTo=\n\
         user-agent: close-client/0.1.0\n\n"
    )
}

/// A request with a JSON body.
fn with_body(line: &str, body: &str) -> String {
    format!(
        "{line} HTTP/1.1\naccept: application/json\nauthorization: Basic eW91cmFwaWtleTo=\ncontent-length: {}\n\
         content-type: application/json\nuser-agent: close-client/0.1.0\n\n{body}",
        body.len()
    )
}

fn opportunities() -> Vec<Case> {
    vec![
        case(|c| c.opportunities().list(), "list.json", &plain("GET /api/v1/opportunity/")),
        case(
            |c| c.opportunities().create(CreateOpportunity::new().lead_id("lead_1").confidence(90).value(500)),
            "create.2026.response.json",
            &with_body("POST /api/v1/opportunity/", r#"{"lead_id":"lead_1","confidence":90,"value":500}"#),
        ),
        case(|c| c.opportunities().get("oppo_1"), "opportunity.2025.json", &plain("GET /api/v1/opportunity/oppo_1/")),
        case(
            |c| c.opportunities().update("oppo_1", UpdateOpportunity::new().note("new").clear_contact_id()),
            "update.2026.response.json",
            &with_body("PUT /api/v1/opportunity/oppo_1/", r#"{"contact_id":null,"note":"new"}"#),
        ),
        case(|c| c.opportunities().delete("oppo_1"), "delete.empty.json", &plain("DELETE /api/v1/opportunity/oppo_1/")),
    ]
}

fn statuses() -> Vec<Case> {
    let path = "/api/v1/status/opportunity/";
    vec![
        case(|c| c.opportunity_statuses().list(), "statuses.json", &plain(&format!("GET {path}"))),
        case(
            |c| {
                let status = CreateOpportunityStatus::new("Sent", "pipe_1", StatusType::Active);
                c.opportunity_statuses().create(status)
            },
            "status.json",
            &with_body(&format!("POST {path}"), r#"{"label":"Sent","pipeline_id":"pipe_1","type":"active"}"#),
        ),
        case(|c| c.opportunity_statuses().get("stat_1"), "status.json", &plain(&format!("GET {path}stat_1/"))),
        case(
            |c| c.opportunity_statuses().update("stat_1", UpdateOpportunityStatus::new("Gone")),
            "status.json",
            &with_body(&format!("PUT {path}stat_1/"), r#"{"label":"Gone"}"#),
        ),
        case(
            |c| c.opportunity_statuses().delete("stat_1"),
            "delete.object.json",
            &plain(&format!("DELETE {path}stat_1/")),
        ),
    ]
}

fn pipelines() -> Vec<Case> {
    let created = json("201 Created", &fixture("pipeline.json"));
    vec![
        case(|c| c.pipelines().list(), "pipelines.json", &plain("GET /api/v1/pipeline/")),
        case(
            |c| c.pipelines().create(CreatePipeline::new("Lamps")),
            created,
            &with_body("POST /api/v1/pipeline/", r#"{"name":"Lamps"}"#),
        ),
        case(|c| c.pipelines().get("pipe_1"), "pipeline.json", &plain("GET /api/v1/pipeline/pipe_1/")),
        case(
            |c| {
                let order = vec![PipelineStatusReference::new("stat_2"), PipelineStatusReference::new("stat_1")];
                c.pipelines().update("pipe_1", UpdatePipeline::new().statuses(order))
            },
            "pipeline.json",
            &with_body("PUT /api/v1/pipeline/pipe_1/", r#"{"statuses":[{"id":"stat_2"},{"id":"stat_1"}]}"#),
        ),
        case(
            |c| c.pipelines().delete("pipe_1"),
            reply("204 No Content", &[], ""),
            &plain("DELETE /api/v1/pipeline/pipe_1/"),
        ),
    ]
}

fn others() -> Vec<Case> {
    vec![
        case(
            |c| c.custom_field_schemas().get_opportunity(),
            "custom_field_schema.json",
            &plain("GET /api/v1/custom_field_schema/opportunity/"),
        ),
        case(|c| c.users().get_me(), "me.json", &plain("GET /api/v1/me/")),
    ]
}

fn every_operation() -> Vec<Case> {
    [opportunities(), statuses(), pipelines(), others()].into_iter().flatten().collect()
}

/// Checks that both transports send what is expected.
fn check(cases: Vec<Case>) {
    for case in cases {
        assert_eq!((case.sent)(), [case.expected.clone(), case.expected], "{}", case.operation);
    }
}

#[test]
fn every_operation_is_sent_as_documented() {
    check(every_operation());
}

#[test]
fn no_operation_is_missing_from_the_table() {
    let page = std::fs::read_to_string(root().join("generated-client/API.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.split('`').nth(3)).filter(|cell| cell.contains(" /"));
    let documented: BTreeSet<String> = rows.map(str::to_owned).collect();
    let tested: BTreeSet<String> = every_operation().into_iter().map(|case| case.operation).collect();
    assert_eq!(tested, documented);
    assert_eq!(documented.len(), 17);
}

/// Every filter of the list, in the order of the calls.
fn filtered(client: &Client) -> Request<'_, close_client::api::opportunities::List> {
    let list = client.opportunities().list().limit(50).skip(100).fields(["id", "custom"]);
    let list = list.order_by(OpportunityOrder::DateCreatedDescending).lead_id("lead_1").organization_id("orga_1");
    let list = list.user_id("user_1").user_id_in(["user_1", "user_2"]).status_id("stat_1").status_id_in(["stat_1"]);
    let list = list.status_type(StatusType::Won).status_type_in([StatusType::Active, StatusType::Won]);
    let list = list.status_label("In work").status_label_in(["In work", "Sold & paid"]);
    let list = list.status("Won").status_in(["Won", "Lost"]);
    let date = |text: &str| text.parse().unwrap();
    let list = list.date_won(date("2026-01-01")).date_won_gte(date("2026-01-02")).date_won_gt(date("2026-01-03"));
    let list = list.date_won_lte(date("2026-01-04")).date_won_lt(date("2026-01-05"));
    let time = |day: u8| format!("2026-02-0{day}T10:00:00+00:00").parse().unwrap();
    let list = list.date_created(time(1)).date_created_gte(time(2)).date_created_gt(time(3));
    let list = list.date_created_lte(time(4)).date_created_lt(time(5));
    let list = list.date_updated(time(1)).date_updated_gte(time(2)).date_updated_gt(time(3));
    let list = list.date_updated_lte(time(4)).date_updated_lt(time(5));
    let list = list.value_period(ValuePeriod::Monthly).value_period_in([ValuePeriod::OneTime, ValuePeriod::Annual]);
    let list = list.search("note:espresso").lead_saved_search_id("save_1").is_stalled(true);
    #[expect(deprecated, reason = "what is deprecated is sent nevertheless")]
    list.lead_query("name:Kelp")
}

#[test]
fn every_filter_of_the_list_is_sent_by_its_name() {
    let query = [
        "_limit=50&_skip=100&_fields=id,custom&_order_by=-date_created&lead_id=lead_1&organization_id=orga_1",
        "user_id=user_1&user_id__in=user_1,user_2&status_id=stat_1&status_id__in=stat_1",
        "status_type=won&status_type__in=active,won&status_label=In%20work",
        "status_label__in=In%20work,Sold%20%26%20paid&status=Won&status__in=Won,Lost",
        "date_won=2026-01-01&date_won__gte=2026-01-02&date_won__gt=2026-01-03",
        "date_won__lte=2026-01-04&date_won__lt=2026-01-05",
        "date_created=2026-02-01T10%3A00%3A00%2B00%3A00&date_created__gte=2026-02-02T10%3A00%3A00%2B00%3A00",
        "date_created__gt=2026-02-03T10%3A00%3A00%2B00%3A00&date_created__lte=2026-02-04T10%3A00%3A00%2B00%3A00",
        "date_created__lt=2026-02-05T10%3A00%3A00%2B00%3A00",
        "date_updated=2026-02-01T10%3A00%3A00%2B00%3A00&date_updated__gte=2026-02-02T10%3A00%3A00%2B00%3A00",
        "date_updated__gt=2026-02-03T10%3A00%3A00%2B00%3A00&date_updated__lte=2026-02-04T10%3A00%3A00%2B00%3A00",
        "date_updated__lt=2026-02-05T10%3A00%3A00%2B00%3A00",
        "value_period=monthly&value_period__in=one_time,annual&query=note%3Aespresso",
        "lead_saved_search_id=save_1&is_stalled=true&lead_query=name%3AKelp",
    ]
    .join("&");
    check(vec![case(filtered, "list.json", &plain(&format!("GET /api/v1/opportunity/?{query}")))]);
}

/// Every field of a new opportunity.
fn full(client: &Client) -> Request<'_, close_client::api::opportunities::Create> {
    let file = AttachmentInput::new("plan.pdf", "https://app.close.com/go/file/plan.pdf");
    let body = CreateOpportunity::new()
        .lead_id("lead_1")
        .contact_id("cont_1")
        .user_id("user_1")
        .pipeline_id("pipe_1")
        .status_id("stat_1")
        .confidence(65)
        .value(1_840_050)
        .value_period(ValuePeriod::Annual)
        .date_won("2026-12-01".parse::<close_client::DateTime>().unwrap())
        .note("n")
        .note_html("<body><p>Ä \"quoted\"\n</p></body>")
        .attachments(vec![file.content_type("application/pdf")])
        .created_by("user_2")
        .date_created("2026-01-01T00:00:00Z".parse::<close_client::DateTime>().unwrap())
        .custom("cf_text", "a text")
        .custom("cf_number", 7.5)
        .custom("cf_list", vec!["a", "b"])
        .custom("cf_none", Value::Null);
    client.opportunities().create(body)
}

#[test]
fn every_field_of_a_new_opportunity_is_sent_by_its_name() {
    let body = [
        r#"{"lead_id":"lead_1","contact_id":"cont_1","user_id":"user_1","pipeline_id":"pipe_1","status_id":"stat_1""#,
        r#""confidence":65,"value":1840050,"value_period":"annual","date_won":"2026-12-01","note":"n""#,
        r#""note_html":"<body><p>Ä \"quoted\"\n</p></body>""#,
        r#""attachments":[{"filename":"plan.pdf","url":"https://app.close.com/go/file/plan.pdf","content_type":"application/pdf"}]"#,
        r#""created_by":"user_2","date_created":"2026-01-01T00:00:00Z""#,
        r#""custom.cf_list":["a","b"],"custom.cf_none":null,"custom.cf_number":7.5,"custom.cf_text":"a text"}"#,
    ]
    .join(",");
    check(vec![case(full, "create.2026.response.json", &with_body("POST /api/v1/opportunity/", &body))]);
}

#[test]
fn an_update_clears_sets_adds_and_removes() {
    let body = r#"{"contact_id":null,"user_id":"user_1","date_won":null,"note_html":null,"custom.cf_1":null,"custom.cf_2.add":"x","custom.cf_2.remove":"y"}"#;
    check(vec![case(
        |c| {
            let body = UpdateOpportunity::new().user_id("user_1").clear_contact_id().clear_date_won().clear_note_html();
            let body = body.custom("cf_1", Value::Null).custom("cf_2.add", "x").custom("cf_2.remove", "y");
            c.opportunities().update("oppo_1", body)
        },
        "update.2026.response.json",
        &with_body("PUT /api/v1/opportunity/oppo_1/", body),
    )]);
}

#[test]
fn an_id_is_one_segment_of_the_path_whatever_it_holds() {
    check(vec![case(
        |c| c.opportunities().get("a/b ?#é"),
        "opportunity.2025.json",
        &plain("GET /api/v1/opportunity/a%2Fb%20%3F%23%C3%A9/"),
    )]);
}

#[test]
fn an_id_that_would_change_the_path_is_not_sent() {
    for id in ["", ".", ".."] {
        let server = Server::start([]);
        let error = block_on(client(&server).opportunities().delete(id).send()).unwrap_err();
        assert!(matches!(error, close_client::Error::Build(_)), "{error:?}");
    }
}

#[test]
fn headers_of_the_client_and_of_the_call_are_sent() {
    let server = Server::start([json("200 OK", &fixture("list.empty.json"))]);
    let client = tests::builder(&server).header("x-tz-offset", "-4").user_agent("mine/2").build().unwrap();
    let call = client.opportunities().list().header("x-trace", "t").add_query("_group_by", "user_id");
    block_on(call.send()).unwrap();
    assert_eq!(
        server.request(),
        "GET /api/v1/opportunity/?_group_by=user_id HTTP/1.1\naccept: application/json\n\
         authorization: Basic eW91cmFwaWtleTo=\nuser-agent: mine/2\nx-trace: t\nx-tz-offset: -4\n\n"
    );
}

#[test]
fn an_access_token_is_sent_as_bearer() {
    let server = Server::start([json("200 OK", &fixture("me.json"))]);
    let client = Client::builder().base_url(&server.url).oauth2(close_client::Bearer::new("tok")).build().unwrap();
    block_on(client.users().get_me().send()).unwrap();
    assert!(server.request().contains("\nauthorization: Bearer tok\n"), "{}", server.request());
}
