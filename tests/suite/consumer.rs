//! The crate as others use it: from a crate outside of this workspace, and by its example.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::server::{Server, json};
use tests::{AUTHORIZATION, KEY, fixture, root};

/// The target directory of this very test, so that dependencies are built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_path_buf()
}

fn cargo(directory: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", target())
        .env_remove("CLOSE_API_KEY")
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn server() -> Server {
    Server::start([json("200 OK", &fixture("create.2026.response.json"))])
}

const MANIFEST: &str = r#"[package]
name = "consumer"
version = "0.1.0"
edition = "2024"

[dependencies]
close-client = { path = "CLIENT" }
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }

[profile.dev]
debug = "line-tables-only"

[workspace]
"#;

const PROGRAM: &str = r#"
use close_client::types::CreateOpportunity;
use close_client::{ApiKey, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::args().nth(1).ok_or("no base URL")?;
    let client = Client::builder().base_url(base_url).api_key_auth(ApiKey::new("yourapikey")).build()?;
    let opportunity = client
        .opportunities()
        .create(
            CreateOpportunity::new()
                .lead_id("lead_1")
                .value(50_000)
                .custom("cf_text", "a text")
                .custom("cf_list", vec!["a", "b"]),
        )
        .await?;
    let cable = opportunity.custom.get_f64("cf_ozTzbS2asrSB62ZpLscmH0lUh87JSLNArY5Y16oPMDc");
    println!("{} {cable:?}", opportunity.id);
    Ok(())
}
"#;

#[test]
fn a_crate_outside_of_the_workspace_creates_an_opportunity_with_custom_fields() {
    let dir = tempfile::tempdir().unwrap();
    let client = root().join("generated-client");
    fs::create_dir(dir.path().join("src")).unwrap();
    fs::write(dir.path().join("Cargo.toml"), MANIFEST.replace("CLIENT", client.to_str().unwrap())).unwrap();
    fs::write(dir.path().join("src/main.rs"), PROGRAM).unwrap();
    // The same versions as here: they are on the disk already.
    fs::copy(root().join("Cargo.lock"), dir.path().join("Cargo.lock")).unwrap();
    let server = server();
    let url = format!("{}/api/v1", server.url);
    let run = cargo(dir.path(), &["run", "--quiet", "--offline", "--", &url], &[("RUSTFLAGS", "")]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert_eq!(text(&run.stdout), "oppo_RMiMWkNcjgrJedp5MW5BNg56g59E0gBUFTjiOaGWl32 Some(7.5)\n");
    let body = r#"{"lead_id":"lead_1","value":50000,"custom.cf_list":["a","b"],"custom.cf_text":"a text"}"#;
    assert_eq!(
        server.request(),
        format!(
            "POST /api/v1/opportunity/ HTTP/1.1\naccept: application/json\nauthorization: {AUTHORIZATION}\n\
             content-length: {}\ncontent-type: application/json\nuser-agent: close-client/0.1.0\n\n{body}",
            body.len()
        )
    );
}

fn example(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let run = ["run", "--quiet", "--offline", "--package", "close-client", "--example", "create_opportunity", "--"];
    cargo(&root(), &[&run[..], arguments].concat(), environment)
}

#[test]
fn the_example_creates_an_opportunity() {
    let server = server();
    let url = format!("{}/api/v1", server.url);
    let arguments = ["lead_1", "--value", "50000", "--custom", "cf_text=a text", "--base-url", &url];
    let run = example(&arguments, &[("CLOSE_API_KEY", KEY)]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(text(&run.stdout).starts_with("created oppo_"), "{}", text(&run.stdout));
    let request = server.request();
    assert!(request.ends_with(r#"{"lead_id":"lead_1","value":50000,"custom.cf_text":"a text"}"#), "{request}");
    assert!(request.contains(AUTHORIZATION), "{request}");
}

#[test]
fn the_example_says_what_to_set_without_a_key() {
    let run = example(&["lead_1"], &[]);
    assert!(!run.status.success());
    assert_eq!(
        text(&run.stderr),
        "error: set `CLOSE_API_KEY` to an API key of your organization: Settings, Developer, API Keys\n"
    );
}
