//! Which lists are found to go on, and how.

use serde_json::{Value, json};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{self, PageKind};
use crate::normalize::testing::normalized;
use crate::{model, resolve};

/// How `GET /list` goes on: its query parameters, whether its answer has a `Link` header, and the schema of its body.
fn found(parameters: &[(&str, &str)], link: bool, body: &Value) -> Option<PageKind> {
    let parameter = |(name, ty): &(&str, &str)| json!({"name": name, "in": "query", "schema": {"type": ty}});
    let parameters: Vec<Value> = parameters.iter().map(parameter).collect();
    let headers = if link { json!({"Link": {"schema": {"type": "string"}}}) } else { json!({}) };
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/list": {"get": {"operationId": "list", "parameters": parameters, "responses": {"200": {
            "description": "", "headers": headers, "content": {"application/json": {"schema": body}}}}}}},
    });
    let (normalized, mut diagnostics) = normalized(&[("api.json", &document.to_string())]);
    let Ok(model) = model::read(normalized, &mut diagnostics) else { panic!("{diagnostics:?}") };
    let resolved = resolve::resolve(model, &mut diagnostics);
    let api = ir::build::build(&resolved, &Config::default(), &mut Diagnostics::new());
    api.operations[0].pagination.clone().map(|pagination| pagination.kind)
}

/// An object with a list of things that have an id, and these properties.
fn with(properties: &Value) -> Value {
    let mut properties = properties.clone();
    let item = json!({"type": "object", "properties": {"id": {"type": "string"}}});
    properties["data"] = json!({"type": "array", "items": item});
    json!({"type": "object", "properties": properties})
}

fn text() -> Value {
    json!({"type": "string"})
}

#[test]
fn a_list_goes_on_after_its_last_item() {
    let body = with(&json!({"has_more": {"type": "boolean"}}));
    for name in ["after", "starting_after"] {
        let kind = found(&[(name, "string"), ("limit", "integer")], false, &body);
        assert!(
            matches!(kind, Some(PageKind::LastItem { ref cursor, has_more: Some(_), .. }) if cursor == name),
            "{kind:?}"
        );
    }
    // After a time, or without a word on whether there is more, it could mean anything.
    assert_eq!(found(&[("after", "integer")], false, &body), None);
    assert_eq!(found(&[("after", "string")], false, &with(&json!({}))), None);
}

#[test]
fn the_next_position_may_stand_further_inside() {
    let nested = |outer: &str, inner: Value| with(&json!({outer: {"type": "object", "properties": inner}}));
    let cases = [
        ("marker", with(&json!({"next_marker": text()}))),
        ("page", with(&json!({"next_page": text()}))),
        ("cursor", nested("meta", json!({"cursors": {"type": "object", "properties": {"next": text()}}}))),
        (
            "starting_after",
            nested("pages", json!({"next": {"type": "object", "properties": {"starting_after": text()}}})),
        ),
    ];
    for (name, body) in cases {
        let kind = found(&[(name, "string")], false, &body);
        assert!(matches!(kind, Some(PageKind::Cursor { ref cursor, .. }) if cursor == name), "{name}: {kind:?}");
    }
}

#[test]
fn an_offset_beside_a_marker_needs_nothing_else() {
    let parameters = [("marker", "string"), ("offset", "integer"), ("limit", "integer")];
    let kind = found(&parameters, false, &with(&json!({"next_marker": text()})));
    assert!(matches!(kind, Some(PageKind::Offset { .. })), "{kind:?}");
}

#[test]
fn a_url_in_the_body_or_in_a_documented_header_leads_on() {
    let kind = found(&[("PageSize", "integer")], false, &with(&json!({"next_page_uri": text()})));
    assert!(matches!(kind, Some(PageKind::NextUrl { .. })), "{kind:?}");
    let list = json!({"type": "array", "items": {"type": "object"}});
    assert_eq!(found(&[("max_id", "string")], true, &list), Some(PageKind::LinkHeader));
    assert_eq!(found(&[("max_id", "string")], false, &list), None);
    assert_eq!(found(&[("color", "string")], true, &list), None);
}

#[test]
fn positions_are_found_as_large_platforms_spell_them() {
    let list = with(&json!({"NextToken": {"type": "string"}}));
    assert!(matches!(found(&[("NextToken", "string")], false, &list), Some(PageKind::Cursor { .. })));
    let list = with(&json!({"NextMarker": {"type": "string"}}));
    assert!(matches!(found(&[("Marker", "string")], false, &list), Some(PageKind::Cursor { .. })));
    for name in ["nextLink", "@odata.nextLink"] {
        let list = with(&json!({name: {"type": "string"}}));
        assert!(matches!(found(&[], false, &list), Some(PageKind::NextUrl { .. })), "{name}");
    }
}
