//! Names of methods: by what the id says, and by resource and verb where it says nothing.

use crate::emit::sample::{group, json, operation, response};
use crate::ir::{Api, OperationId, Status, Type};

use super::*;

/// An operation: its id, method, path and summary.
type Call = (&'static str, &'static str, &'static str, &'static str);

fn api(tags: &[&str], calls: &[Call]) -> Api {
    let make = |(id, method, path, summary): &Call| {
        let mut made = operation(id, 0, method, path);
        made.wire = Some((*id).to_owned()).filter(|id| !id.is_empty());
        made.docs.summary = Some((*summary).to_owned()).filter(|summary| !summary.is_empty());
        let list = *method == "GET" && !path.ends_with('}');
        made.success = vec![response(Status::Code(200), vec![json(Type::List(Box::new(Type::String)))])];
        if !list {
            made.success = vec![response(Status::Code(200), vec![json(Type::String)])];
        }
        made
    };
    Api {
        groups: tags.iter().map(|tag| group(tag)).collect(),
        operations: calls.iter().map(make).collect(),
        ..Api::default()
    }
}

fn methods(tag: &str, calls: &[Call]) -> Vec<String> {
    let names = assign(&api(&[tag], calls), &NamesConfig::default());
    (0..calls.len()).map(|index| names.operation(OperationId(index)).method.to_string()).collect()
}

/// Methods of operations without a summary.
fn plain(tag: &str, calls: &[(&'static str, &'static str, &'static str)]) -> Vec<String> {
    methods(tag, &calls.iter().map(|(id, method, path)| (*id, *method, *path, "")).collect::<Vec<_>>())
}

#[test]
fn an_id_of_method_and_path_says_nothing_in_any_spelling() {
    for id in
        ["get_users_id", "GetUsersId", "users_id_get", "get-users-by-id", "getUser", "getUserById", "getUsers", ""]
    {
        assert_eq!(plain("users", &[(id, "GET", "/v1/users/{id}")]), ["get"], "{id}");
    }
}

#[test]
fn the_groups_own_resource_needs_a_verb_only() {
    assert_eq!(
        plain(
            "cards",
            &[
                ("GetCards", "GET", "/v1/cards"),
                ("PostCards", "POST", "/v1/cards"),
                ("GetCardsCard", "GET", "/v1/cards/{card}"),
                ("PutCardsCard", "PUT", "/v1/cards/{card}"),
                ("DeleteCardsCard", "DELETE", "/v1/cards/{card}"),
                ("PostCardsCardCapture", "POST", "/v1/cards/{card}/capture"),
            ]
        ),
        ["list", "create", "get", "update", "delete", "capture"]
    );
}

#[test]
fn a_resource_below_is_named_with_the_verb() {
    assert_eq!(
        plain(
            "customers",
            &[
                ("GetCustomersCustomerCards", "GET", "/customers/{customer}/cards"),
                ("PostCustomersCustomerCards", "POST", "/customers/{customer}/cards"),
                ("GetCustomersCustomerCardsId", "GET", "/customers/{customer}/cards/{id}"),
                ("DeleteCustomersCustomerCardsId", "DELETE", "/customers/{customer}/cards/{id}"),
                ("PostCustomersCustomerCardsIdVerify", "POST", "/customers/{customer}/cards/{id}/verify"),
                ("GetCustomersSearch", "GET", "/customers/search"),
                ("PostCustomersCustomerApplyBalance", "POST", "/customers/{customer}/apply_balance"),
            ]
        ),
        ["list_cards", "create_card", "get_card", "delete_card", "verify_card", "search", "apply_balance"]
    );
}

#[test]
fn of_two_with_one_name_the_one_nearer_to_the_group_keeps_it() {
    assert_eq!(
        plain(
            "customers",
            &[
                ("", "DELETE", "/customers/{customer}/discount"),
                ("", "DELETE", "/customers/{customer}/subscriptions/{id}/discount"),
            ]
        ),
        ["delete_discount", "delete_subscription_discount"]
    );
    assert_eq!(
        plain("components", &[("", "GET", "/teams/{team}/components"), ("", "GET", "/files/{file}/components")]),
        ["list_team_components", "list_file_components"]
    );
    assert_eq!(
        plain("accounts", &[("", "POST", "/accounts/{id}/people"), ("", "POST", "/accounts/{id}/persons")]),
        ["create_people", "create_persons"]
    );
}

#[test]
fn what_differs_by_its_keys_only_says_them() {
    let attachments = [
        ("getAccountAttachmentById", "GET", "/Accounts/{AccountID}/Attachments/{AttachmentID}"),
        ("getAccountAttachmentByFileName", "GET", "/Accounts/{AccountID}/Attachments/{FileName}"),
        ("getContactAttachmentById", "GET", "/Contacts/{ContactID}/Attachments/{AttachmentID}"),
        ("getContactAttachmentByFileName", "GET", "/Contacts/{ContactID}/Attachments/{FileName}"),
    ];
    assert_eq!(
        plain("accounting", &attachments),
        [
            "get_account_attachment_by_attachment_id",
            "get_account_attachment_by_file_name",
            "get_contact_attachment_by_attachment_id",
            "get_contact_attachment_by_file_name"
        ]
    );
    let objects = [("", "GET", "/objects/{id}"), ("", "GET", "/objects/{class}/{id}")];
    assert_eq!(plain("objects", &objects), ["get", "get_by_class_and_id"]);
    let uploads = [("", "POST", "/files/uploads"), ("", "POST", "/files/{id}/uploads")];
    assert_eq!(plain("chunked", &uploads), ["create_upload", "create_file_upload"]);
}

#[test]
fn an_opaque_id_in_a_path_is_no_noun() {
    let id = "put_files_id_metadata_securityClassification-6VMVochwUWo";
    assert_eq!(
        plain("files", &[(id, "PUT", "/files/{id}/metadata/securityClassification-6VMVochwUWo")]),
        ["update_metadata_security_classification"]
    );
}

#[test]
fn a_verb_in_the_summary_says_what_a_post_does() {
    let payments = [
        ("post-payments", "POST", "/payments", "Start a transaction"),
        ("post-cardDetails", "POST", "/cardDetails", "Get the brands and other details of a card"),
        ("post-payments-ref-captures", "POST", "/payments/{ref}/captures", "<p>Captures an authorised payment"),
        ("delete-payments-ref", "DELETE", "/payments/{ref}", "Cancel a payment"),
        ("post-payments-ref", "POST", "/payments/{ref}", "Everything about it"),
    ];
    assert_eq!(methods("payments", &payments), ["start", "get_card_details", "capture", "cancel", "update"]);
}

#[test]
fn what_can_be_looked_at_and_what_has_items_is_a_thing() {
    let archive = [("", "GET", "/boxes/{id}/archive", ""), ("", "PUT", "/boxes/{id}/archive", "Upload files")];
    assert_eq!(methods("boxes", &archive), ["list_archive", "upload_archive"]);
    let runs = [
        ("", "POST", "/report_runs", "Create one"),
        ("", "GET", "/report_runs/{id}", ""),
        ("", "POST", "/calculations", "Calculate tax"),
        ("", "GET", "/calculations/{id}", ""),
    ];
    assert_eq!(methods("tax", &runs), ["create_report_run", "get_report_run", "create_calculation", "get_calculation"]);
}

#[test]
fn fastapi_adds_path_and_method_to_the_name_of_a_function() {
    let items = [
        ("read_item_items__item_id__get", "GET", "/items/{item_id}"),
        ("create_item_api_v1_items__post", "POST", "/api/v1/items/"),
    ];
    assert_eq!(plain("items", &items), ["read", "create"]);
}

#[test]
fn a_class_of_the_server_says_nothing() {
    let users = [("UsersController_findAll", "GET", "/users"), ("UsersController_remove", "DELETE", "/users/{id}")];
    assert_eq!(plain("users", &users), ["find_all", "remove"]);
}

#[test]
fn what_all_ids_have_in_front_is_left_out() {
    let files = [
        ("drive.files.list", "GET", "/files"),
        ("drive.files.update", "PATCH", "/files/{fileId}"),
        ("drive.files.labels.list", "GET", "/files/{fileId}/labels"),
    ];
    assert_eq!(plain("files", &files), ["list", "update", "labels_list"]);
    let places = [("shop.places.zones.list", "GET", "/zones"), ("shop.places.zones.get", "GET", "/zones/{id}")];
    assert_eq!(plain("places", &places), ["zones_list", "zones_get"]);
    // One operation shares nothing.
    assert_eq!(plain("files", &[("drive.labels.list", "GET", "/labels")]), ["drive_labels_list"]);
    assert_eq!(
        plain("models", &[("Api::V1::Zoom", "GET", "/zoom"), ("Api::V1::Turn", "GET", "/turn")]),
        ["zoom", "turn"]
    );
}

#[test]
fn last_name_before_an_operation_stays_unless_it_is_the_groups_or_that_of_all() {
    let own = ["app.contacts.persons.list", "app.contacts.persons.get"];
    let others = ["app.contacts.persons.list", "app.contacts.persons.get", "app.login"];
    let namespace = |all: &[&'static str], group: &str| {
        namespace::namespace(namespace::shared(all.iter().copied()), own.iter().copied(), &words::words(group))
    };
    assert_eq!(namespace(&others, "staff"), "app.contacts.");
    assert_eq!(namespace(&others, "Persons"), "app.contacts.persons.");
    assert_eq!(namespace(&others, "contacts"), "app.contacts.");
    assert_eq!(namespace(&own, "staff"), "app.contacts.persons.");
}

#[test]
fn words_that_are_written_as_one_come_apart() {
    let limits = [
        ("Updateorganizationspendlimit", "POST", "/organization/spend_limit", "Change the limit"),
        ("CreateanAPIkeyforaserviceaccount", "POST", "/accounts/{id}/keys", "Create an API key for a service account"),
        ("patchembedders", "PATCH", "/indexes/{uid}/settings/embedders", ""),
    ];
    assert_eq!(
        methods("limits", &limits),
        ["update_organization_spend_limit", "create_api_key_for_a_service_account", "update_embedders"]
    );
}

#[test]
fn what_is_left_of_a_stripped_id_still_says_the_same() {
    let deploys = [
        ("createSiteDeploy", "POST", "/sites/{site_id}/deploys"),
        ("getDeploy", "GET", "/deploys/{deploy_id}"),
        ("getSiteDeploy", "GET", "/sites/{site_id}/deploys/{deploy_id}"),
        ("cancelSiteDeploy", "POST", "/deploys/{deploy_id}/cancel"),
        ("get_a_deploy_report", "GET", "/reports/{id}"),
    ];
    assert_eq!(
        plain("deploy", &deploys),
        ["create", "get", "get_site_deploy", "cancel_site_deploy", "get_deploy_report"]
    );
    assert_eq!(plain("search", &[("searchPairs", "POST", "/pairs/search")]), ["search_pairs"]);
    assert_eq!(plain("invites", &[("inviteUser", "POST", "/people")]), ["invite_user"]);
    assert_eq!(plain("channels", &[("create_channel_invite", "POST", "/channels/{id}/invites")]), ["create_invite"]);
    assert_eq!(plain("payments", &[("create_payment_method", "POST", "/payment_methods")]), ["create_payment_method"]);
}

#[test]
fn names_do_not_depend_on_the_order_of_the_document() {
    let calls = [
        ("", "GET", "/files/{file}/comments", ""),
        ("", "GET", "/teams/{team}/comments", ""),
        ("", "GET", "/comments/{id}", ""),
        ("listComments", "GET", "/all", ""),
        ("", "POST", "/comments/{id}/close", "Close it"),
    ];
    let mut backwards = calls;
    backwards.reverse();
    let mut names = methods("comments", &backwards);
    names.reverse();
    assert_eq!(names, methods("comments", &calls));
    assert_eq!(names, ["list_file_comments", "list_team_comments", "get", "list", "close"]);
}

#[test]
fn tags_are_called_by_what_they_say() {
    let accessors = |tags: &[&str]| -> Vec<String> {
        let calls: Vec<Call> = Vec::new();
        let names = assign(&api(tags, &calls), &NamesConfig::default());
        (0..tags.len()).map(|index| names.group(GroupId(index)).accessor.to_string()).collect()
    };
    assert_eq!(
        accessors(&["🐶 Pets", "Assistants (deprecated)", "Assistants"]),
        ["pets", "assistants_deprecated", "assistants"]
    );
    assert_eq!(accessors(&["Api20100401Account", "Api20100401Call", "Api20100401Key"]), ["account", "call_api", "key"]);
    assert_eq!(accessors(&["pet-controller", "tag/sub", "🙈"]), ["pet", "tag_sub", "u1f648"]);
    assert_eq!(accessors(&["Pets", "Pets Admin"]), ["pets", "pets_admin"]);
}
