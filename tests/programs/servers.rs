//! Where requests go: servers of the API, of a path and of an operation, with variables.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::time::Duration;

use programs::block_on;
use programs::server::{Server, reply};
use servers_client::servers::{TenantExampleCom, Files, Regional, RegionalRegion, Sandbox, Uploads};
use servers_client::{
    Body, BodyStream, BoxFuture, Client, ClientBuilder, Operation, ReqwestTransport, Request, Transport, TransportError,
};

/// Leads every request to a server on loopback, and leaves everything but the address as it is.
struct ToLoopback {
    port: String,
    through: ReqwestTransport,
}

impl Transport for ToLoopback {
    fn send(
        &self,
        mut request: http::Request<Body>,
        deadline: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        let meant = request.uri().authority().unwrap().to_string();
        let target = request.uri().path_and_query().unwrap().clone();
        *request.uri_mut() = format!("http://127.0.0.1:{}{target}", self.port).parse().unwrap();
        request.headers_mut().insert("x-meant-for", meant.parse().unwrap());
        self.through.send(request, deadline)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.through.sleep(duration)
    }
}

/// The host that was meant, and the path that was asked for.
fn place<O: Operation>(
    change: impl Fn(ClientBuilder) -> ClientBuilder,
    call: impl for<'c> Fn(&'c Client) -> Request<'c, O>,
) -> String {
    let server = Server::start([reply("204 No Content", &[], "")]);
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let transport = ToLoopback { port, through: ReqwestTransport::new().unwrap() };
    let client = change(Client::builder()).transport(transport).build().unwrap();
    if let Err(error) = block_on(call(&client).send()) {
        panic!("{error}");
    }
    let request = server.request();
    let host = request.lines().find_map(|line| line.strip_prefix("x-meant-for: ")).unwrap();
    format!("{host}{}", request.split(' ').nth(1).unwrap())
}

#[test]
fn the_first_server_with_its_defaults_is_the_base_url() {
    assert_eq!(place(|b| b, |c| c.plain().get()), "eu.example.com:8443/v2/plain");
}

#[test]
fn variables_are_set_by_their_types() {
    let regional = || Regional::new().region(RegionalRegion::UsEast).port("443").base("v3");
    assert_eq!(place(|b| b.base_url(regional()), |c| c.plain().get()), "us-east.example.com:443/v3/plain");
    assert_eq!(String::from(Regional::default()), "https://eu.example.com:8443/v2");
    assert_eq!(RegionalRegion::UsEast.to_string(), "us-east");
}

#[test]
fn servers_without_variables_have_a_name() {
    assert_eq!(place(|b| b.base_url(Sandbox), |c| c.plain().get()), "sandbox.example.com/v2/plain");
}

#[test]
fn a_variable_without_a_default_is_asked_for() {
    let own = || TenantExampleCom::new("acme");
    assert_eq!(place(|b| b.base_url(own()), |c| c.plain().get()), "acme.example.com/plain");
}

#[test]
fn a_path_and_an_operation_have_servers_of_their_own() {
    assert_eq!(place(|b| b, |c| c.of_path().get()), "files.example.com/public/of-path");
    assert_eq!(place(|b| b, |c| c.of_path().put_own()), "uploads.example.com/of-path");
    let files = || Files::new().area("secret");
    assert_eq!(place(|b| b, |c| c.of_path().get().base_url(files())), "files.example.com/secret/of-path");
    assert_eq!(String::from(Uploads), "https://uploads.example.com/");
}

#[test]
fn a_server_that_is_given_goes_before_all_of_them() {
    assert_eq!(place(|b| b.base_url(Sandbox), |c| c.of_path().get()), "sandbox.example.com/v2/of-path");
}

#[test]
fn a_relative_server_of_an_operation_begins_at_that_of_the_api() {
    assert_eq!(place(|b| b, |c| c.relative().get()), "eu.example.com:8443/v3/relative");
}
