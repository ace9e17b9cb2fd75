//! The transcripts of Close: the real client, given their values, sends what they say and reads what they answer.

use close_client::types::{
    CreateOpportunity, CreateOpportunityStatus, CreatePipeline, UpdateOpportunity, UpdateOpportunityStatus,
    UpdatePipeline,
};
use close_client::{Client, Operation, Request};
use tests::server::{Server, reply};
use tests::transcript::Transcript;
use tests::{block_on, builder, root};

/// Sends one request, compares it with the transcript, and reads the answer of the transcript.
fn check<O: Operation>(path: &str, call: impl for<'c> Fn(&'c Client, &Transcript) -> Request<'c, O>) -> String {
    let file = root().join("generated-client/wire").join(path);
    let transcript = Transcript::read(&std::fs::read_to_string(file).unwrap());
    let headers: Vec<(&str, &str)> =
        transcript.answer_headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let server = Server::start([reply(&format!("{} Done", transcript.status), &headers, &transcript.answer)]);
    let client = builder(&server).user_agent("me").build().unwrap();
    if let Err(error) = block_on(call(&client, &transcript).send()) {
        panic!("{path}: {error}");
    }
    let placeholders = [("user-agent", "me"), ("credentials", "eW91cmFwaWtleTo=")];
    assert_eq!(server.request(), transcript.request(&placeholders), "{path}");
    path.to_owned()
}

/// The body of the transcript as its type; the client writes it again.
fn body<T: close_client::Json>(transcript: &Transcript) -> T {
    close_client::from_slice(transcript.body.as_bytes()).unwrap()
}

/// Every filter with the value that it has in the transcript.
fn filtered<'c>(client: &'c Client, shown: &Transcript) -> Request<'c, close_client::api::opportunities::List> {
    let text = |name: &str| shown.parameter(name);
    let texts = |name: &str| text(name).split(',').map(str::to_owned).collect::<Vec<_>>();
    let list = client.opportunities().list().limit(text("_limit").parse().unwrap());
    let list = list.skip(text("_skip").parse().unwrap()).fields(texts("_fields"));
    let list = list.order_by(text("_order_by").parse().unwrap()).lead_id(&text("lead_id"));
    let list =
        list.organization_id(&text("organization_id")).user_id(&text("user_id")).user_id_in(texts("user_id__in"));
    let list = list.status_id(&text("status_id")).status_id_in(texts("status_id__in"));
    let list = list.status_type(text("status_type").parse().unwrap());
    let list = list.status_type_in(texts("status_type__in").iter().map(|text| text.parse().unwrap()));
    let list = list.status_label(&text("status_label")).status_label_in(texts("status_label__in"));
    let list = list.status(&text("status")).status_in(texts("status__in"));
    let date = |name: &str| text(name).parse().unwrap();
    let list = list.date_won(date("date_won")).date_won_gte(date("date_won__gte")).date_won_gt(date("date_won__gt"));
    let list = list.date_won_lte(date("date_won__lte")).date_won_lt(date("date_won__lt"));
    let time = |name: &str| text(name).parse().unwrap();
    let list = list.date_created(time("date_created")).date_created_gte(time("date_created__gte"));
    let list = list.date_created_gt(time("date_created__gt")).date_created_lte(time("date_created__lte"));
    let list = list.date_created_lt(time("date_created__lt")).date_updated(time("date_updated"));
    let list = list.date_updated_gte(time("date_updated__gte")).date_updated_gt(time("date_updated__gt"));
    let list = list.date_updated_lte(time("date_updated__lte")).date_updated_lt(time("date_updated__lt"));
    let list = list.value_period(text("value_period").parse().unwrap());
    let list = list.value_period_in(texts("value_period__in").iter().map(|text| text.parse().unwrap()));
    let list = list.search(&text("query")).lead_saved_search_id(&text("lead_saved_search_id"));
    list.is_stalled(text("is_stalled").parse().unwrap())
}

fn opportunities() -> Vec<String> {
    vec![
        check("opportunities/list.http", filtered),
        check("opportunities/create.http", |c, t| c.opportunities().create(body::<CreateOpportunity>(t))),
        check("opportunities/get.http", |c, t| {
            let fields: Vec<String> = t.parameter("_fields").split(',').map(str::to_owned).collect();
            c.opportunities().get(t.segment(0)).fields(fields)
        }),
        check("opportunities/update.http", |c, t| c.opportunities().update(t.segment(0), body::<UpdateOpportunity>(t))),
        check("opportunities/delete.http", |c, t| c.opportunities().delete(t.segment(0))),
    ]
}

fn statuses() -> Vec<String> {
    vec![
        check("opportunity_statuses/list.http", |c, _| c.opportunity_statuses().list()),
        check("opportunity_statuses/create.http", |c, t| {
            c.opportunity_statuses().create(body::<CreateOpportunityStatus>(t))
        }),
        check("opportunity_statuses/get.http", |c, t| c.opportunity_statuses().get(t.segment(0))),
        check("opportunity_statuses/update.http", |c, t| {
            c.opportunity_statuses().update(t.segment(0), body::<UpdateOpportunityStatus>(t))
        }),
        check("opportunity_statuses/delete.http", |c, t| c.opportunity_statuses().delete(t.segment(0))),
    ]
}

fn others() -> Vec<String> {
    vec![
        check("pipelines/list.http", |c, _| c.pipelines().list()),
        check("pipelines/create.http", |c, t| c.pipelines().create(body::<CreatePipeline>(t))),
        check("pipelines/get.http", |c, t| c.pipelines().get(t.segment(0))),
        check("pipelines/update.http", |c, t| c.pipelines().update(t.segment(0), body::<UpdatePipeline>(t))),
        check("pipelines/delete.http", |c, t| c.pipelines().delete(t.segment(0))),
        check("custom_field_schemas/get_opportunity.http", |c, _| c.custom_field_schemas().get_opportunity()),
        check("users/get_me.http", |c, t| {
            let fields: Vec<String> = t.parameter("_fields").split(',').map(str::to_owned).collect();
            c.users().get_me().fields(fields)
        }),
    ]
}

#[test]
fn every_transcript_is_what_the_client_sends_and_reads() {
    let mut checked = [opportunities(), statuses(), others()].concat();
    checked.sort();
    let wire = root().join("generated-client/wire");
    let mut written: Vec<String> = Vec::new();
    for group in std::fs::read_dir(&wire).unwrap() {
        for file in std::fs::read_dir(group.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            written.push(path.strip_prefix(&wire).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    written.sort();
    assert_eq!(checked, written);
    assert_eq!(checked.len(), 17);
}
