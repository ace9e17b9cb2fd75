//! What the crate of this repository looks like: a change of the generator shows in these files.

use oasmith::job::Job;
use oasmith::write::Files;
use tests::{make, root};

fn close() -> Files {
    let made = make(Job { config: Some(root().join("specs/close/oasmith.toml")), ..Job::default() });
    made.files.unwrap_or_else(|| panic!("{}", made.report))
}

#[test]
fn generated_files_look_as_they_did() {
    let files = close();
    for path in [
        "API.md",
        "Cargo.toml",
        "README.md",
        "src/api/opportunities.rs",
        "src/client.rs",
        "src/lib.rs",
        "src/types/create_opportunity.rs",
        "src/types/error_body.rs",
        "src/types/opportunity.rs",
        "src/types/opportunity_order.rs",
        "src/types/suggested_action_details.rs",
        "src/types/update_opportunity.rs",
    ] {
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/close", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(path.replace('/', "."), files[path]);
        });
    }
}
