//! Bodies of every year decode, and are encoded again without loss.

use std::collections::BTreeSet;
use std::fmt::Debug;

use close_client::json::{Json, to_string};
use close_client::types::{
    CreateOpportunity, CurrentUser, CustomFieldSchema, ErrorBody, Opportunity, OpportunityList, OpportunityStatus,
    OpportunityStatusList, Pipeline, PipelineList, RateLimitBody, SuggestedActionDetails, UpdateOpportunity,
    ValuePeriod,
};
use close_client::{Field, Value, from_slice};
use tests::{fixture, root};

/// Decodes a body and encodes it again, and checks that nothing is lost on the way.
pub(crate) fn round_trip<T: Json + PartialEq + Debug>(name: &str, text: &str) -> T {
    let value: T = from_slice(text.as_bytes()).unwrap_or_else(|error| {
        panic!("{name}: {error} at {}", error.path(text.as_bytes()));
    });
    let again = to_string(&value);
    assert_eq!(from_slice::<T>(again.as_bytes()).unwrap(), value, "{name}");
    let (before, after) = (serde_json::from_str(text).unwrap(), serde_json::from_str(&again).unwrap());
    if let Err(lost) = same(&before, &after) {
        panic!("{name}: {lost}\n{again}");
    }
    value
}

/// Whether two values say the same: `null` may become absence, and `0` may become `0.0`.
pub(crate) fn same(before: &Value, after: &Value) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => same(value, other).map_err(|lost| format!("{key}.{lost}"))?,
                    None if value.is_null() => {}
                    None => return Err(format!("{key} is lost")),
                }
            }
            after.keys().find(|key| !before.contains_key(*key)).map_or(Ok(()), |key| Err(format!("{key} is new")))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            before.iter().zip(after).try_for_each(|(before, after)| same(before, after))
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => Ok(()),
        _ if before == after => Ok(()),
        _ => Err(format!("{before} became {after}")),
    }
}

type Check = fn(&str, &str);

fn checked<T: Json + PartialEq + Debug>(name: &str, text: &str) {
    round_trip::<T>(name, text);
}

/// Every fixture that has a body, with the type that it is of.
const FIXTURES: &[(&str, Check)] = &[
    ("create.2026.request.json", checked::<CreateOpportunity>),
    ("create.2026.request.minimal.json", checked::<CreateOpportunity>),
    ("create.2026.response.json", checked::<Opportunity>),
    ("update.2026.request.json", checked::<UpdateOpportunity>),
    ("update.2026.response.json", checked::<Opportunity>),
    ("opportunity.2026.stalled.json", checked::<Opportunity>),
    ("opportunity.future.json", checked::<Opportunity>),
    ("opportunity.fields.json", checked::<Opportunity>),
    ("opportunity.2013.json", checked::<Opportunity>),
    ("opportunity.2017.json", checked::<Opportunity>),
    ("opportunity.2025.json", checked::<Opportunity>),
    ("list.json", checked::<OpportunityList>),
    ("list.page1.json", checked::<OpportunityList>),
    ("list.page2.json", checked::<OpportunityList>),
    ("list.empty.json", checked::<OpportunityList>),
    ("statuses.json", checked::<OpportunityStatusList>),
    ("statuses.2017.json", checked::<OpportunityStatusList>),
    ("status.json", checked::<OpportunityStatus>),
    ("pipelines.json", checked::<PipelineList>),
    ("pipeline.json", checked::<Pipeline>),
    ("custom_field_schema.json", checked::<CustomFieldSchema>),
    ("me.json", checked::<CurrentUser>),
    ("error.400.fields.json", checked::<ErrorBody>),
    ("error.400.fields_only.json", checked::<ErrorBody>),
    ("error.400.error.json", checked::<ErrorBody>),
    ("error.401.json", checked::<ErrorBody>),
    ("error.404.error.json", checked::<ErrorBody>),
    ("error.404.errors.json", checked::<ErrorBody>),
    ("error.429.legacy.json", checked::<RateLimitBody>),
];

/// What has no body of a type.
const OTHERS: &[&str] = &["README.md", "delete.empty.json", "delete.object.json", "error.504.empty.json"];

#[test]
fn every_fixture_is_encoded_again_without_loss() {
    for (name, check) in FIXTURES {
        check(name, &fixture(name));
    }
}

#[test]
fn no_fixture_is_missing_from_the_table() {
    let entries = std::fs::read_dir(root().join("tests/fixtures/close")).unwrap();
    let found: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let named = FIXTURES.iter().map(|(name, _)| *name).chain(OTHERS.iter().copied());
    assert_eq!(named.map(str::to_owned).collect::<BTreeSet<_>>(), found);
}

#[test]
fn a_lost_value_would_be_noticed() {
    let differ = |before: &str, after: &str| {
        same(&serde_json::from_str(before).unwrap(), &serde_json::from_str(after).unwrap()).is_err()
    };
    assert!(differ(r#"{"a":1}"#, "{}"));
    assert!(differ("{}", r#"{"a":1}"#));
    assert!(differ(r#"{"a":[1]}"#, r#"{"a":[1,2]}"#));
    assert!(differ(r#"{"a":"x"}"#, r#"{"a":null}"#));
    assert!(!differ(r#"{"a":null,"b":0}"#, r#"{"b":0.0}"#));
}

#[test]
fn requests_are_encoded_exactly_as_they_were_written() {
    let exact = |name: &str, again: String| {
        let before: Value = serde_json::from_str(&fixture(name)).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), before, "{name}");
    };
    let update: UpdateOpportunity = round_trip("update", &fixture("update.2026.request.json"));
    assert_eq!(update.contact_id, Field::Null);
    assert_eq!(update.user_id, Field::Absent);
    exact("update.2026.request.json", to_string(&update));
    let create: CreateOpportunity = round_trip("create", &fixture("create.2026.request.json"));
    exact("create.2026.request.json", to_string(&create));
}

#[test]
fn an_unknown_value_period_round_trips() {
    let opportunity: Opportunity = round_trip("future", &fixture("opportunity.future.json"));
    let period = opportunity.value_period.clone().unwrap();
    assert!(matches!(period, ValuePeriod::Unknown(_)), "{period:?}");
    assert_eq!(period.as_str(), "weekly");
    assert_eq!(period.to_string().parse::<ValuePeriod>().unwrap(), period);
    assert!(to_string(&opportunity).contains(r#""value_period":"weekly""#));
    assert!(to_string(&CreateOpportunity::new().value_period(period)).contains(r#""value_period":"weekly""#));
}

#[test]
fn unknown_fields_do_no_harm_and_are_kept() {
    let opportunity: Opportunity = round_trip("future", &fixture("opportunity.future.json"));
    assert_eq!(opportunity.extra["health"]["score"], 41);
    let action = opportunity.suggested_action.unwrap();
    assert_eq!(action.action.as_str(), "send_postcard");
    assert!(matches!(action.details, Some(SuggestedActionDetails::Unknown(_))), "{:?}", action.details);
}

#[test]
fn older_objects_decode_without_the_fields_that_came_later() {
    let old: Opportunity = round_trip("2017", &fixture("opportunity.2017.json"));
    assert_eq!((old.note_html, old.pipeline_id, old.expected_value), (None, None, None));
    assert!(old.confidence.is_some());
    let newer: Opportunity = round_trip("2025", &fixture("opportunity.2025.json"));
    assert_eq!((newer.note_html, newer.is_stalled), (None, None));
    assert!(newer.pipeline_id.is_some());
}

#[test]
fn an_opportunity_without_its_ids_does_not_decode() {
    let error = from_slice::<Opportunity>(br#"{"id":"oppo_1","lead_id":"lead_1"}"#).unwrap_err();
    assert_eq!(error.to_string(), "`organization_id` is missing at byte 0");
}

#[test]
fn custom_fields_are_read_by_their_ids() {
    let opportunity: Opportunity = round_trip("create", &fixture("create.2026.response.json"));
    let custom = &opportunity.custom;
    assert_eq!(custom.get_f64("cf_ozTzbS2asrSB62ZpLscmH0lUh87JSLNArY5Y16oPMDc"), Some(7.5));
    assert_eq!(custom.get_list("cf_Xwsgl6rqrpnnQnjrUYrk7q"), Some(vec!["Harbor fair", "Newsletter"]));
    assert_eq!(custom.get_date("cf_oTLia6kLj3XLBqVME3YPMv").unwrap().to_string(), "2026-12-24");
    assert!(opportunity.extra.keys().all(|key| !key.starts_with("custom.")));
}

#[test]
fn serde_sees_the_same_objects() {
    let value: Value = serde_json::from_str(&fixture("opportunity.2026.stalled.json")).unwrap();
    let opportunity: Opportunity = serde_json::from_value(value.clone()).unwrap();
    same(&value, &serde_json::to_value(&opportunity).unwrap()).unwrap();
}
