//! Creates an opportunity for a lead: `create_opportunity LEAD_ID [--value CENTS] [--custom ID=VALUE]... [--base-url URL]`.
//!
//! The API key is read from the environment variable `CLOSE_API_KEY`.

use std::process::ExitCode;

use close_client::types::CreateOpportunity;
use close_client::{ApiKey, Client};

const USAGE: &str = "usage: create_opportunity LEAD_ID [--value CENTS] [--custom ID=VALUE]... [--base-url URL]";

/// What the command line asks for.
struct Arguments {
    body: CreateOpportunity,
    base_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { body, base_url } = arguments(std::env::args().skip(1))?;
    let key = std::env::var("CLOSE_API_KEY")
        .map_err(|_| "set `CLOSE_API_KEY` to an API key of your organization: Settings, Developer, API Keys")?;
    let mut builder = Client::builder().api_key_auth(ApiKey::new(key));
    if let Some(base_url) = base_url {
        builder = builder.base_url(base_url);
    }
    let opportunity = builder.build()?.opportunities().create(body).await?;

    println!("created {} for {}", opportunity.id, opportunity.lead_id);
    if let Some(value) = opportunity.value_formatted {
        println!("value: {value}");
    }
    for (id, value) in &opportunity.custom {
        println!("custom field {id}: {value}");
    }
    Ok(())
}

/// Reads the command line. The lead is required: without one, the API makes a new lead.
fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut body = CreateOpportunity::new();
    let mut base_url = None;
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("`{argument}` needs a value\n{USAGE}"));
        match &*argument {
            "--base-url" => base_url = Some(value()?),
            "--value" => {
                let cents = value()?;
                body = body.value(cents.parse().map_err(|_| format!("`{cents}` is no number of cents"))?);
            }
            "--custom" => {
                let pair = value()?;
                let (id, value) =
                    pair.split_once('=').ok_or_else(|| format!("`{pair}` is not of the form ID=VALUE"))?;
                body = body.custom(id, value);
            }
            lead if !lead.starts_with('-') => body = body.lead_id(lead),
            _ => return Err(format!("`{argument}` is not known\n{USAGE}")),
        }
    }
    if body.lead_id.is_none() {
        return Err(format!("say for which lead\n{USAGE}"));
    }
    Ok(Arguments { body, base_url })
}
